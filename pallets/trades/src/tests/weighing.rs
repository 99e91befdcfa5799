//! What a batch is charged before and after it runs, and who pays no fee.

mod singles;

use crate::{
    batch::record,
    client_credits::{Counted, MAX_TOLERANCE},
    largest_calls_fit,
    mock::{record as record_trades, *},
    weighing::{self, BatchSize},
    Call, WeightInfo,
};
use counterfoil_primitives::{
    day::MINUTE, window::CHUNK_BITS, BusinessDay, Conditions, Kind, Moment, TimeOfDay, TradeRequest,
};
use frame_support::{
    dispatch::{CheckIfFeeless, GetDispatchInfo, PostDispatchInfo},
    traits::Hooks,
    weights::Weight,
};

/// The weight that recording a batch turned out to have, and the one it was charged before.
fn weights(trades: Vec<TradeRequest>) -> (Weight, Weight) {
    let call = Call::<Test>::record {
        agreement: AGREEMENT,
        trades: batch(trades.clone()),
    };
    let PostDispatchInfo { actual_weight, .. } =
        Trades::record(signed(CLIENT), AGREEMENT, batch(trades)).unwrap();
    (actual_weight.unwrap(), call.get_dispatch_info().call_weight)
}

#[test]
fn a_batch_never_costs_more_than_it_was_charged() {
    build_and_execute(|| {
        set_time(at(2, 0, 15));
        let spread: Vec<_> = (0..40)
            .map(|at_| {
                let product = [PRODUCT, OWN_DEBIT, LATER_PRODUCT, 99][at_ as usize % 4];
                let occurred_at = at(0, 10, 0) + at_ * WHOLE_DAY / 20;
                priced(at_ * CHUNK_BITS, product, 1_000, occurred_at)
            })
            .collect();
        for trades in [trades([0]), trades(0..1_000), trades([0; 10]), spread] {
            let (actual, charged) = weights(trades);
            assert!(actual.all_lte(charged), "{actual:?} exceeds {charged:?}");
        }
    });
}

/// What a batch turned out to be, and what it was taken for before.
fn sizes(trades: Vec<TradeRequest>) -> (BatchSize, BatchSize) {
    let bound = BatchSize::bound(&trades);
    let Ok(actual) = record::<Test, _>(CLIENT, AGREEMENT, &trades) else {
        panic!("the batch is good");
    };
    (actual.size, bound)
}

fn parts(size: BatchSize) -> [u32; 10] {
    [
        size.kept,
        size.refused,
        size.lookups,
        size.originals,
        size.looked_up,
        size.chunks,
        size.days,
        size.full_pages,
        size.credits.days,
        size.credits.exceeded,
    ]
}

/// A short day between a west offset and an east one; its neighbours begin and end on the same
/// day by UTC. Returns moments of all three. All of them take trades at the last.
fn three_days_of_one_utc_day() -> [Moment; 3] {
    set_conditions(day(5), late(-600));
    set_conditions(day(6), late(600));
    let begin = Moment::from(day(5).0) * WHOLE_DAY;
    [9, 12, 15].map(|hours| begin + hours * 60 * MINUTE)
}

/// Conditions by which a day takes trades until late on the next.
fn late(offset: i16) -> Conditions {
    Conditions {
        cut_off: TimeOfDay(23 * 60),
        preset: TimeOfDay(23 * 60 + 30),
        ..conditions(offset)
    }
}

fn set_conditions(from: BusinessDay, conditions: Conditions) {
    Registry::set_conditions(RuntimeOrigin::root(), AGREEMENT, from, conditions).unwrap();
}

#[test]
fn a_utc_day_that_meets_three_business_days_is_bounded() {
    build_and_execute(|| {
        set_conditions(day(4), late(60));
        let moments = three_days_of_one_utc_day();
        set_time(moments[2]);
        let trades: Vec<_> = (0..9)
            .map(|index| priced(index, PRODUCT, 1_000, moments[index as usize % 3]))
            .collect();
        let (actual, bound) = sizes(trades);
        assert_eq!((actual.kept, actual.lookups, actual.days), (9, 3, 3));
        assert_eq!((bound.lookups, bound.days), (3, 3));
    });
}

#[test]
fn no_part_of_a_batch_exceeds_its_bound() {
    build_and_execute(|| {
        set_conditions(day(4), late(60));
        let moments = three_days_of_one_utc_day();
        set_time(moments[2]);
        record_trades(trades(0..255));
        let spread: Vec<_> = (0..600)
            .map(|index| {
                let product = [PRODUCT, OWN_DEBIT, LATER_PRODUCT, 99][index as usize % 4];
                let occurred_at = moments[index as usize % 3];
                priced(index * CHUNK_BITS / 16, product, 1_000, occurred_at)
            })
            .collect();
        for batch in [trades(300..302), trades([0; 10]), spread] {
            let (actual, bound) = sizes(batch);
            let mut pairs = parts(actual).into_iter().zip(parts(bound));
            assert!(
                pairs.all(|(actual, bound)| actual <= bound),
                "{actual:?} exceeds {bound:?}"
            );
        }
    });
}

#[test]
fn a_batch_without_refusals_gets_weight_back() {
    build_and_execute(|| {
        let (actual, charged) = weights(trades(0..100));
        assert!(actual.ref_time() < charged.ref_time() / 2);
    });
}

#[test]
fn a_batch_is_charged_for_counting_its_client_where_its_days_have_limits() {
    build_and_execute(|| {
        let (without, _) = sizes(trades(0..3));
        assert_eq!(without.credits, Counted::default());
        limit_clients(1, 1_970, 0);
        // A quarter past midnight both days take trades.
        set_time(at(2, 0, 15));
        let spread = [at(1, 23, 0), at(2, 0, 5), at(1, 22, 0), at(1, 21, 0)];
        let spread: Vec<_> = (3..)
            .zip(spread)
            .map(|(sequence, occurred_at)| priced(sequence, PRODUCT, 1_000, occurred_at))
            .collect();
        let (actual, bound) = sizes(spread);
        let (days, exceeded) = (2, 1);
        assert_eq!(actual.credits, Counted { days, exceeded });
        let expected = BatchSize {
            credits: Counted::default(),
            ..actual
        };
        let counting = weighing::credits::<Test>(actual.credits);
        let weight = expected.weight::<Test>() + counting;
        assert_eq!(actual.weight::<Test>(), weight);
        assert!(weight.all_lte(bound.weight::<Test>()));
    });
}

#[test]
fn the_bound_counts_what_the_trades_name() {
    build_and_execute(|| {
        let trades = vec![
            priced(0, PRODUCT, 1_000, at(0, 10, 0)),
            priced(1, PRODUCT, 1_000, at(0, 11, 0)),
            priced(CHUNK_BITS, OWN_DEBIT, 1_000, at(0, 12, 0)),
            priced(CHUNK_BITS + 1, OWN_DEBIT, 1_000, at(0, 12, 0)),
            priced(CHUNK_BITS + 2, OWN_DEBIT, 1_000, at(0, 12, 0)),
        ];
        let expected = BatchSize {
            kind: Kind::Payment,
            kept: 5,
            refused: 5,
            lookups: 5,
            originals: 0,
            looked_up: 5,
            chunks: 2,
            days: 3,
            full_pages: 3,
            credits: Counted {
                days: 3,
                exceeded: 3,
            },
        };
        assert_eq!(BatchSize::bound(&trades), expected);
    });
}

#[test]
fn no_call_is_free_of_weight() {
    let weights = [
        BatchSize::worst(Kind::Payment, 1).weight::<Test>(),
        BatchSize::worst(Kind::Refund, 1).weight::<Test>(),
        <() as WeightInfo>::validate_record(1, 1),
        <() as WeightInfo>::validate_refund(1, 1),
        <() as WeightInfo>::record_singles(1),
        <() as WeightInfo>::validate_singles(1),
        <() as WeightInfo>::check_entitlement(1),
        <() as WeightInfo>::seal(1),
        <() as WeightInfo>::validate_seal(),
        <() as WeightInfo>::count_credits(1),
        <() as WeightInfo>::exceed_limits(0),
    ];
    assert!(weights.iter().all(|weight| weight.ref_time() > 0));
}

fn time(size: BatchSize) -> u64 {
    size.weight::<Test>().ref_time()
}

#[test]
fn every_part_of_a_batch_adds_weight() {
    let base = BatchSize {
        kind: Kind::Payment,
        kept: 1,
        refused: 1,
        lookups: 1,
        originals: 0,
        looked_up: 1,
        chunks: 1,
        days: 1,
        full_pages: 1,
        credits: Counted::MAX_OF_ONE,
    };
    let counted = |days, exceeded| BatchSize {
        credits: Counted { days, exceeded },
        ..base
    };
    let more = [
        BatchSize { kept: 2, ..base },
        BatchSize { refused: 2, ..base },
        BatchSize { lookups: 2, ..base },
        BatchSize {
            looked_up: 2,
            ..base
        },
        BatchSize { chunks: 2, ..base },
        BatchSize { days: 2, ..base },
        BatchSize {
            full_pages: 2,
            ..base
        },
        counted(2, 1),
        counted(1, 2),
    ];
    assert!(more.iter().all(|size| time(*size) > time(base)));
}

#[test]
fn a_page_is_charged_for_its_roots_when_it_gets_full() {
    build_and_execute(|| {
        record_trades(trades(0..253));
        weights(trades([253]));
        let (before, _) = weights(trades([254]));
        let (filling, _) = weights(trades([255]));
        assert!(filling.ref_time() > before.ref_time());
    });
}

#[test]
fn the_largest_calls_fit_a_block() {
    build_and_execute(|| {
        largest_calls_fit::assert_largest_calls_fit::<Test>();
        <Trades as Hooks<u32>>::integrity_test();
    });
}

#[test]
#[should_panic(expected = "MaxPagesPerDay")]
fn more_positions_than_can_be_counted_are_refused_at_build() {
    build_and_execute(|| {
        MaxPagesPerDay::set(u32::MAX);
        largest_calls_fit::assert_largest_calls_fit::<Test>();
    });
}

#[test]
fn a_tolerance_by_which_no_fifth_day_takes_trades_passes() {
    build_and_execute(|| {
        ClockTolerance::set(MAX_TOLERANCE);
        largest_calls_fit::assert_largest_calls_fit::<Test>();
    });
}

#[test]
#[should_panic(expected = "ClockTolerance must not let a fifth day take trades")]
fn a_tolerance_by_which_a_fifth_day_takes_trades_is_refused_at_build() {
    build_and_execute(|| {
        ClockTolerance::set(MAX_TOLERANCE + 1);
        largest_calls_fit::assert_largest_calls_fit::<Test>();
    });
}

#[test]
fn a_batch_is_free_for_an_admitted_client_only() {
    build_and_execute(|| {
        let call = |agreement| Call::<Test>::record {
            agreement,
            trades: batch(trades([0])),
        };
        assert!(call(AGREEMENT).is_feeless(&signed(CLIENT)));
        assert!(!call(99).is_feeless(&signed(CLIENT)));
        for member in [STRANGER, BANK, RECONCILER] {
            assert!(!call(AGREEMENT).is_feeless(&signed(member)));
        }
    });
}

#[test]
fn a_seal_is_free_for_members_that_the_agreement_names() {
    build_and_execute(|| {
        let call = |agreement| Call::<Test>::seal {
            agreement,
            day: FIRST,
        };
        for member in [CLIENT, COMPANY, BANK, RECONCILER] {
            assert!(call(AGREEMENT).is_feeless(&signed(member)));
            assert!(!call(99).is_feeless(&signed(member)));
        }
        assert!(!call(AGREEMENT).is_feeless(&signed(STRANGER)));
    });
}

#[test]
fn a_call_that_is_refused_as_a_whole_costs_a_look_at_the_agreement() {
    build_and_execute(|| {
        let nobody = RuntimeOrigin::signed([9; 32].into());
        let refused = [
            Trades::record(signed(STRANGER), AGREEMENT, batch(trades(0..100))),
            Trades::record(nobody.clone(), AGREEMENT, batch(trades(0..100))),
            Trades::seal(signed(BANK), AGREEMENT, FIRST.previous()),
            Trades::seal(nobody, AGREEMENT, FIRST),
        ];
        for refused in refused {
            let cost = refused.unwrap_err().post_info.actual_weight;
            assert_eq!(cost, Some(<()>::validate_seal()));
        }
        let seal = Call::<Test>::seal {
            agreement: AGREEMENT,
            day: FIRST,
        };
        let charged = seal.get_dispatch_info().call_weight;
        assert!(<()>::validate_seal().ref_time() < charged.ref_time());
    });
}

#[test]
fn a_member_pays_no_fee_and_others_do() {
    build_and_execute(|| {
        let calls = [
            Call::<Test>::record {
                agreement: AGREEMENT,
                trades: batch(trades([0])),
            },
            Call::refund {
                agreement: AGREEMENT,
                refunds: Default::default(),
            },
            Call::seal {
                agreement: AGREEMENT,
                day: FIRST,
            },
        ];
        for call in calls {
            assert!(call.is_feeless(&signed(CLIENT)));
            assert!(!call.is_feeless(&RuntimeOrigin::signed([9; 32].into())));
        }
    });
}
