//! Calls without a nonce: what the pool takes, and what it refuses.

use crate::{mock::*, Call, Refusal};
use codec::Encode;
use counterfoil_primitives::{window::WIDTH, BusinessDay, MemberId, TradeRequest};
use counterfoil_support::ValidateUnordered;
use frame_support::{
    assert_ok,
    pallet_prelude::{InvalidTransaction, TransactionSource, ValidTransaction},
    traits::UnfilteredDispatchable,
};
use sp_runtime::transaction_validity::TransactionValidityError;

/// A call, and who signs it.
type Signed = (MemberId, Call<Test>);

fn record_of(client: MemberId, trades: Vec<TradeRequest>) -> Signed {
    let call = Call::record {
        agreement: AGREEMENT,
        trades: batch(trades),
    };
    (client, call)
}

fn seal_by(member: MemberId, day: BusinessDay) -> Signed {
    let call = Call::seal {
        agreement: AGREEMENT,
        day,
    };
    (member, call)
}

/// What the pool is told of a call.
fn validity((member, call): &Signed) -> Result<ValidTransaction, InvalidTransaction> {
    match call.validate_unordered(*member, TransactionSource::External) {
        Ok(validity) => Ok(validity),
        Err(TransactionValidityError::Invalid(reason)) => Err(reason),
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

/// Applies a call as a block does.
fn apply(call: Signed) -> Result<(), InvalidTransaction> {
    KeptSpent::set(false);
    validity(&call)?;
    let (member, call) = call;
    assert_ok!(call.dispatch_bypass_filter(signed(member)));
    Ok(())
}

#[test]
fn a_batch_without_a_nonce_is_recorded() {
    build_and_execute(|| {
        assert_ok!(apply(record_of(CLIENT, trades(0..3))));
        assert_eq!(sequences(FIRST), [0, 1, 2]);
    });
}

#[test]
fn a_batch_enters_the_pool_under_its_first_fresh_sequence() {
    build_and_execute(|| {
        record(trades([0]));
        let valid = validity(&record_of(CLIENT, trades(0..3))).unwrap();
        let expected = ValidTransaction {
            priority: 0,
            requires: vec![],
            provides: vec![("counterfoil", ("record", CLIENT, 1u64)).encode()],
            longevity: u64::MAX,
            propagate: true,
        };
        assert_eq!(valid, expected);
    });
}

#[test]
fn two_batches_of_a_client_wait_side_by_side() {
    build_and_execute(|| {
        let [first, second] =
            [0..3, 3..6].map(|range| validity(&record_of(CLIENT, trades(range))).unwrap());
        assert_ne!(first.provides, second.provides);
    });
}

#[test]
fn clients_do_not_get_in_each_others_way() {
    build_and_execute(|| {
        let [one, other] =
            [CLIENT, OTHER_CLIENT].map(|client| validity(&record_of(client, trades([0]))).unwrap());
        assert_ne!(one.provides, other.provides);
    });
}

#[test]
fn a_batch_that_was_applied_is_refused() {
    build_and_execute(|| {
        let call = record_of(CLIENT, trades(0..3));
        assert_ok!(apply(call.clone()));
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
        assert_eq!(apply(call), Err(InvalidTransaction::Stale));
    });
}

/// A batch whose second trade is refused: its credit amount is wrong.
fn partly_bad() -> Signed {
    let bad = TradeRequest {
        credit: 1,
        ..trade(1)
    };
    record_of(CLIENT, vec![trade(0), bad])
}

#[test]
fn a_batch_that_was_taken_in_part_is_kept_as_spent() {
    build_and_execute(|| {
        assert_ok!(apply(partly_bad()));
        assert!(KeptSpent::get());
    });
}

#[test]
fn a_batch_of_which_nothing_can_be_taken_later_is_not_kept() {
    build_and_execute(|| {
        record(trades([0]));
        assert_ok!(apply(record_of(CLIENT, trades(0..3))));
        assert!(!KeptSpent::get());
    });
}

#[test]
fn a_refused_trade_of_a_batch_is_named_by_an_event() {
    build_and_execute(|| {
        assert_ok!(apply(partly_bad()));
        let refused = crate::Event::TradeRefused {
            agreement: AGREEMENT,
            client: CLIENT,
            sequence: 1,
            reference: trade(1).reference,
            reason: Refusal::WrongCredit,
        };
        assert!(events().contains(&refused));
    });
}

#[test]
fn a_batch_that_was_taken_in_part_may_be_signed_anew() {
    build_and_execute(|| {
        let early = priced(1, PRODUCT, 10_000, at(0, 12, 5));
        let batch = vec![trade(0), early];
        assert_ok!(apply(record_of(CLIENT, batch.clone())));
        assert_eq!(sequences(FIRST), [0]);
        set_time(at(0, 12, 5));
        assert_ok!(apply(record_of(CLIENT, batch)));
        assert_eq!(sequences(FIRST), [0, 1]);
    });
}

#[test]
fn a_batch_beyond_the_windows_reach_has_to_wait() {
    build_and_execute(|| {
        let call = record_of(CLIENT, trades([WIDTH + 1]));
        assert_eq!(validity(&call), Err(InvalidTransaction::Future));
    });
}

#[test]
fn an_empty_batch_is_refused() {
    build_and_execute(|| {
        let call = record_of(CLIENT, vec![]);
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
    });
}

#[test]
fn a_batch_of_a_client_that_is_not_admitted_is_refused() {
    build_and_execute(|| {
        for member in [STRANGER, BANK] {
            let call = record_of(member, trades([0]));
            assert_eq!(validity(&call), Err(InvalidTransaction::BadSigner));
        }
    });
}

#[test]
fn a_batch_of_an_unknown_agreement_is_refused() {
    build_and_execute(|| {
        let call = Call::record {
            agreement: 99,
            trades: batch(trades([0])),
        };
        assert_eq!(validity(&(CLIENT, call)), Err(InvalidTransaction::Call));
    });
}

#[test]
fn a_seal_is_applied_once() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let call = seal_by(RECONCILER, FIRST);
        assert_ok!(apply(call.clone()));
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
    });
}

#[test]
fn a_seal_goes_before_what_members_send() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let valid = validity(&seal_by(RECONCILER, FIRST)).unwrap();
        assert_eq!(valid.priority, u64::MAX / 2);
    });
}

#[test]
fn the_pool_holds_one_seal_of_a_day() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        let tags = |member, day| validity(&seal_by(member, day)).unwrap().provides;
        assert_eq!(tags(RECONCILER, day(0)), tags(BANK, day(0)));
        assert_ne!(tags(RECONCILER, day(0)), tags(RECONCILER, day(1)));
    });
}

#[test]
fn a_seal_before_the_cut_off_is_refused() {
    build_and_execute(|| {
        let call = seal_by(RECONCILER, FIRST);
        assert_eq!(validity(&call), Err(InvalidTransaction::Future));
    });
}

#[test]
fn a_seal_by_a_member_that_the_agreement_does_not_name_is_refused() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let refused = Err(InvalidTransaction::BadSigner);
        assert_eq!(validity(&seal_by(STRANGER, FIRST)), refused);
        assert!(validity(&seal_by(CLIENT, FIRST)).is_ok());
    });
}

#[test]
fn a_seal_before_the_first_day_is_refused() {
    build_and_execute(|| {
        let call = seal_by(RECONCILER, FIRST.previous());
        assert_eq!(validity(&call), Err(InvalidTransaction::Call));
    });
}
