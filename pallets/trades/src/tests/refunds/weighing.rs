//! What refunds are charged before and after they are given.

use super::*;
use crate::{
    client_credits::Counted,
    largest_calls_fit,
    weighing::{self, BatchSize},
    Call, WeightInfo,
};
use counterfoil_primitives::{window::CHUNK_BITS, Kind};
use counterfoil_support::ValidateUnordered;
use frame_support::{dispatch::GetDispatchInfo, weights::Weight};

/// The weight that giving refunds turned out to have, and the one that it was charged before.
fn weights(refunds: Vec<RefundRequest>) -> (Weight, Weight) {
    let call = Call::<Test>::refund {
        agreement: AGREEMENT,
        refunds: refunds.clone().try_into().unwrap(),
    };
    let given = Trades::refund(signed(CLIENT), AGREEMENT, refunds.try_into().unwrap());
    let post_info = match given {
        Ok(post_info) => post_info,
        Err(failed) => failed.post_info,
    };
    let charged = call.get_dispatch_info().call_weight;
    (post_info.actual_weight.unwrap(), charged)
}

/// A refund of a unit of the payment on a position of the first day.
fn of(sequence: u64, position: u32) -> RefundRequest {
    refund_of(sequence, (FIRST, position), 1, eleven())
}

#[test]
fn refunds_never_cost_more_than_they_were_charged() {
    build_and_execute(|| {
        record(trades(0..250));
        let missing = RefundRequest {
            original: counterfoil_primitives::Original {
                position: 999,
                ..of(0, 0).original
            },
            ..of(300, 0)
        };
        let spread = (0..40).map(|index| of(CHUNK_BITS * (index + 1), index as u32 + 100));
        for refunds in [
            vec![of(250, 0)],
            vec![missing],
            vec![missing; 10],
            (251..300).map(|seq| of(seq, seq as u32 - 250)).collect(),
            spread.collect(),
        ] {
            let (actual, charged) = weights(refunds);
            assert!(actual.all_lte(charged), "{actual:?} exceeds {charged:?}");
        }
    });
}

#[test]
fn the_bound_counts_the_payments_that_refunds_name() {
    build_and_execute(|| {
        record(trades(0..3));
        let refunds = [of(3, 0), of(4, 0), of(5, 2), of(CHUNK_BITS, 2)];
        let expected = BatchSize {
            kind: Kind::Refund,
            kept: 4,
            refused: 4,
            lookups: 0,
            originals: 2,
            // Each may be of another client.
            looked_up: 2,
            chunks: 2,
            days: 3,
            full_pages: 3,
            credits: Counted {
                days: 3,
                exceeded: 3,
            },
        };
        assert_eq!(BatchSize::bound(&refunds), expected);
    });
}

#[test]
fn a_payment_is_counted_once_a_call() {
    build_and_execute(|| {
        record(trades(0..3));
        let refunds = [of(3, 0), of(4, 0), of(5, 2)];
        let Ok(outcome) = crate::batch::record::<Test, _>(CLIENT, AGREEMENT, &refunds) else {
            panic!("a refund of the batch is good");
        };
        let size = outcome.size;
        assert_eq!((size.kept, size.refused, size.originals), (2, 1, 2));
        assert_eq!((size.lookups, size.chunks, size.days), (0, 1, 1));
        assert_eq!(size.looked_up, 0);
    });
}

#[test]
fn another_client_is_looked_up_once_a_call() {
    build_and_execute(|| {
        record(trades(0..3));
        record_by(OTHER_CLIENT, trades(0..3));
        succeed(OTHER_CLIENT, Some(CLIENT));
        let refunds = [of(3, 3), of(4, 4), of(5, 5)];
        let (actual, charged) = weights(refunds.to_vec());
        let size = BatchSize {
            kind: Kind::Refund,
            kept: 3,
            refused: 0,
            lookups: 0,
            originals: 3,
            looked_up: 1,
            chunks: 1,
            days: 1,
            full_pages: 0,
            credits: Counted::default(),
        };
        assert_eq!(actual, size.weight::<Test>());
        assert!(actual.all_lte(charged));
    });
}

#[test]
fn every_part_of_a_batch_of_refunds_adds_weight() {
    let base = BatchSize {
        kind: Kind::Refund,
        kept: 1,
        refused: 1,
        lookups: 0,
        originals: 1,
        looked_up: 0,
        chunks: 1,
        days: 1,
        full_pages: 1,
        credits: Counted::default(),
    };
    let more = [
        BatchSize { kept: 2, ..base },
        BatchSize { refused: 2, ..base },
        BatchSize {
            originals: 2,
            ..base
        },
        BatchSize {
            looked_up: 1,
            ..base
        },
        BatchSize { chunks: 2, ..base },
        BatchSize { days: 2, ..base },
        BatchSize {
            full_pages: 2,
            ..base
        },
        BatchSize {
            credits: Counted::MAX_OF_ONE,
            ..base
        },
    ];
    let time = |size: BatchSize| size.weight::<Test>().ref_time();
    assert!(more.iter().all(|size| time(*size) > time(base)));
}

#[test]
fn a_refund_that_comes_alone_is_charged_as_a_batch_of_one() {
    build_and_execute(|| {
        record(trades(0..2));
        let size = BatchSize {
            kind: Kind::Refund,
            kept: 1,
            refused: 0,
            lookups: 0,
            originals: 1,
            looked_up: 0,
            chunks: 1,
            days: 1,
            full_pages: 0,
            credits: Counted::default(),
        };
        let (actual, _) = weights(vec![of(2, 0)]);
        assert_eq!(actual, size.weight::<Test>());
        let refused = RefundRequest {
            debit: 9,
            ..of(3, 0)
        };
        let size = BatchSize {
            kept: 0,
            refused: 1,
            days: 0,
            ..size
        };
        assert_eq!(weights(vec![refused]).0, size.weight::<Test>());
    });
}

#[test]
fn a_page_that_refunds_fill_is_charged_for_its_roots() {
    build_and_execute(|| {
        record(trades(0..254));
        let (before, _) = weights(vec![of(254, 0)]);
        let (filling, _) = weights(vec![of(255, 1)]);
        assert_eq!(filling, before + weighing::full_page::<Test>());
    });
}

#[test]
fn what_the_pool_checks_of_refunds_is_weighed_by_refunds_and_chunks() {
    build_and_execute(|| {
        record(trades(0..2));
        let call = |refunds: Vec<RefundRequest>| Call::<Test>::refund {
            agreement: AGREEMENT,
            refunds: refunds.try_into().unwrap(),
        };
        let weight = |refunds| call(refunds).weight_of_unordered();
        let of_two = weight(vec![of(2, 0), of(3, 0)]);
        assert_eq!(of_two, <()>::validate_refund(2, 1));
        let of_two_chunks = weight(vec![of(2, 0), of(CHUNK_BITS, 0)]);
        assert_eq!(of_two_chunks, <()>::validate_refund(2, 2));
    });
}

#[test]
#[should_panic(expected = "the largest refund call")]
fn more_refunds_than_a_block_takes_are_refused_at_build() {
    build_and_execute(|| {
        MaxRefunds::set(10_000);
        largest_calls_fit::assert_largest_calls_fit::<Test>();
    });
}

#[test]
#[should_panic(expected = "MaxRefunds must let a call carry a refund")]
fn calls_without_room_for_a_refund_are_refused_at_build() {
    build_and_execute(|| {
        MaxRefunds::set(0);
        largest_calls_fit::assert_largest_calls_fit::<Test>();
    });
}
