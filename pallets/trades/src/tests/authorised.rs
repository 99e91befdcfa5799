//! Calls that carry the operator's authority: what the pool accepts, and what it refuses.

use crate::{
    mock::*,
    spent::{self, OUTNUMBERED},
    Call, Refusal, SpentAuthorities,
};
use codec::Encode;
use counterfoil_primitives::{
    day::MINUTE, window::WIDTH, BusinessDay, MemberId, Moment, OperatorAuth, TradeRequest,
};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::GetDispatchInfo,
    pallet_prelude::{InvalidTransaction, TransactionSource, ValidTransaction},
    traits::{Authorize, Get},
};
use sp_runtime::{
    traits::{Applyable, Checkable},
    transaction_validity::TransactionValidityError,
    DispatchError,
};

fn record_call(trades: Vec<TradeRequest>, auth: Option<OperatorAuth>) -> Call<Test> {
    Call::record {
        agreement: AGREEMENT,
        trades: batch(trades),
        auth,
    }
}

/// A batch with its client's authority.
fn authorised_record(client: MemberId, trades: Vec<TradeRequest>) -> Call<Test> {
    let auth = authority(client, "trades.record", &(AGREEMENT, &trades));
    record_call(trades, Some(auth))
}

fn authorised_seal(member: MemberId, day: BusinessDay) -> Call<Test> {
    let auth = authority(member, "trades.seal", &(AGREEMENT, day));
    Call::seal {
        agreement: AGREEMENT,
        day,
        auth: Some(auth),
    }
}

/// What the pool is told of a call.
fn validity(call: &Call<Test>) -> Result<ValidTransaction, InvalidTransaction> {
    match call.authorize(TransactionSource::External).unwrap() {
        Ok((validity, _)) => Ok(validity),
        Err(TransactionValidityError::Invalid(reason)) => Err(reason),
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

/// Applies a call as a block does: as a general transaction.
fn apply(call: Call<Test>) -> Result<(), TransactionValidityError> {
    let extension = (frame_system::AuthorizeCall::<Test>::new(),);
    let transaction = UncheckedExtrinsic::new_transaction(call.into(), extension);
    let info = transaction.get_dispatch_info();
    let len = transaction.encoded_size();
    let checked = Checkable::check(transaction, &frame_system::ChainContext::<Test>::default())?;
    assert_ok!(checked.apply::<Test>(&info, len)?);
    Ok(())
}

#[test]
fn an_authorised_batch_is_recorded() {
    build_and_execute(|| {
        assert_ok!(apply(authorised_record(CLIENT, trades(0..3))));
        assert_eq!(sequences(FIRST), [0, 1, 2]);
    });
}

#[test]
fn a_batch_enters_the_pool_under_its_first_fresh_sequence() {
    build_and_execute(|| {
        record(trades([0]));
        let valid = validity(&authorised_record(CLIENT, trades(0..3))).unwrap();
        let expected = ValidTransaction {
            priority: 0,
            requires: vec![],
            provides: vec![("counterfoil", ("record", CLIENT, 1u64)).encode()],
            longevity: 64,
            propagate: true,
        };
        assert_eq!(valid, expected);
    });
}

#[test]
fn two_batches_of_a_client_wait_side_by_side() {
    build_and_execute(|| {
        let [first, second] =
            [0..3, 3..6].map(|range| validity(&authorised_record(CLIENT, trades(range))).unwrap());
        assert_ne!(first.provides, second.provides);
    });
}

#[test]
fn a_batch_signed_anew_waits_in_place_of_the_old_one() {
    build_and_execute(|| {
        let first = authorised_record(CLIENT, trades(0..3));
        set_time(at(0, 12, 1));
        let second = authorised_record(CLIENT, trades(0..3));
        assert_ne!(first, second);
        let tags = |call| validity(&call).unwrap().provides;
        assert_eq!(tags(first), tags(second));
    });
}

#[test]
fn clients_do_not_get_in_each_others_way() {
    build_and_execute(|| {
        let [one, other] = [CLIENT, OTHER_CLIENT]
            .map(|client| validity(&authorised_record(client, trades([0]))).unwrap());
        assert_ne!(one.provides, other.provides);
    });
}

#[test]
fn a_batch_that_was_applied_is_refused() {
    build_and_execute(|| {
        let call = authorised_record(CLIENT, trades(0..3));
        assert_ok!(apply(call.clone()));
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
        assert_eq!(apply(call), Err(InvalidTransaction::Stale.into()));
    });
}

#[test]
fn a_batch_that_was_taken_in_part_is_refused() {
    build_and_execute(|| {
        let bad = TradeRequest {
            credit: 1,
            ..trade(1)
        };
        let call = authorised_record(CLIENT, vec![trade(0), bad]);
        assert_ok!(apply(call.clone()));
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
    });
}

#[test]
fn a_batch_that_was_taken_in_part_may_be_signed_anew() {
    build_and_execute(|| {
        let early = priced(1, PRODUCT, 10_000, at(0, 12, 5));
        let batch = vec![trade(0), early];
        assert_ok!(apply(authorised_record(CLIENT, batch.clone())));
        assert_eq!(sequences(FIRST), [0]);
        set_time(at(0, 12, 5));
        assert_ok!(apply(authorised_record(CLIENT, batch)));
        assert_eq!(sequences(FIRST), [0, 1]);
    });
}

#[test]
fn a_batch_of_bad_trades_is_answered_by_events_once() {
    build_and_execute(|| {
        let bad = TradeRequest {
            credit: 1,
            ..trade(1)
        };
        let call = authorised_record(CLIENT, vec![bad]);
        assert_ok!(apply(call.clone()));
        let refused = crate::Event::TradeRefused {
            agreement: AGREEMENT,
            client: CLIENT,
            sequence: 1,
            reference: trade(1).reference,
            reason: Refusal::WrongCredit,
        };
        assert_eq!(events(), [refused]);
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
    });
}

#[test]
fn an_authority_is_kept_only_where_a_trade_could_still_be_taken() {
    build_and_execute(|| {
        record(trades([0]));
        assert_ok!(apply(authorised_record(CLIENT, trades(0..3))));
        assert!(SpentAuthorities::<Test>::get(CLIENT).kept.is_empty());
    });
}

#[test]
fn expired_authorities_are_forgotten() {
    build_and_execute(|| {
        let bad = |sequence| {
            vec![TradeRequest {
                credit: 1,
                ..trade(sequence)
            }]
        };
        assert_ok!(apply(authorised_record(CLIENT, bad(0))));
        assert_ok!(apply(authorised_record(CLIENT, bad(1))));
        assert_eq!(SpentAuthorities::<Test>::get(CLIENT).kept.len(), 2);
        set_time(at(0, 12, 31));
        assert_ok!(apply(authorised_record(CLIENT, bad(2))));
        assert_eq!(SpentAuthorities::<Test>::get(CLIENT).kept.len(), 1);
    });
}

/// Notes one used authority for each end, and gives them.
fn note_ends(ends: impl Iterator<Item = Moment>) -> Vec<OperatorAuth> {
    let note = |expires_at| {
        let auth = OperatorAuth {
            expires_at,
            ..authority(CLIENT, "trades.record", &expires_at)
        };
        spent::note::<Test>(&auth, at(0, 12, 0));
        auth
    };
    ends.map(note).collect()
}

fn is_spent(auth: &OperatorAuth) -> bool {
    spent::ensure_unused::<Test>(auth).is_err()
}

fn limit() -> u32 {
    <spent::Limit as Get<u32>>::get()
}

/// Two ends more than are kept, one a millisecond.
fn too_many_ends() -> impl DoubleEndedIterator<Item = Moment> {
    (0..u64::from(limit()) + 2).map(|index| at(0, 12, 10) + index)
}

#[test]
fn used_authorities_stay_used_however_many_there_are() {
    for backwards in [false, true] {
        build_and_execute(|| {
            let noted = if backwards {
                note_ends(too_many_ends().rev())
            } else {
                note_ends(too_many_ends())
            };
            assert!(noted.iter().all(is_spent));
            let kept = SpentAuthorities::<Test>::get(CLIENT).kept;
            assert_eq!(kept.len() as u32, limit());
        });
    }
}

#[test]
fn used_authorities_that_end_together_stay_used_however_many_there_are() {
    build_and_execute(|| {
        let limit = limit() as usize;
        let noted = note_ends(core::iter::repeat_n(at(0, 12, 10), limit + 2));
        assert!(noted.iter().all(is_spent));
    });
}

#[test]
fn an_authority_counts_as_used_where_one_that_ends_no_sooner_gave_way() {
    build_and_execute(|| {
        note_ends(too_many_ends());
        let unused = |expires_at| OperatorAuth {
            expires_at,
            ..authority(CLIENT, "trades.record", &"never used")
        };
        let one = unused(at(0, 12, 10) + 1);
        assert_eq!(spent::ensure_unused::<Test>(&one), Err(OUTNUMBERED));
        assert!(!is_spent(&unused(at(0, 12, 10) + 2)));
    });
}

#[test]
fn clients_use_up_none_but_their_own_authorities() {
    build_and_execute(|| {
        note_ends(too_many_ends());
        let other = OperatorAuth {
            expires_at: at(0, 12, 10),
            ..authority(OTHER_CLIENT, "trades.record", &"never used")
        };
        assert!(!is_spent(&other));
    });
}

#[test]
fn a_batch_beyond_the_windows_reach_has_to_wait() {
    build_and_execute(|| {
        let call = authorised_record(CLIENT, trades([WIDTH + 1]));
        assert_eq!(validity(&call), Err(InvalidTransaction::Future));
    });
}

#[test]
fn an_empty_batch_is_refused() {
    build_and_execute(|| {
        let call = authorised_record(CLIENT, vec![]);
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
    });
}

#[test]
fn a_batch_without_authority_is_refused() {
    build_and_execute(|| {
        let call = record_call(trades([0]), None);
        assert!(validity(&call).is_err());
    });
}

#[test]
fn a_batch_of_a_client_that_is_not_admitted_is_refused() {
    build_and_execute(|| {
        for member in [STRANGER, BANK] {
            let call = authorised_record(member, trades([0]));
            assert_eq!(validity(&call), Err(InvalidTransaction::BadSigner));
        }
    });
}

#[test]
fn a_batch_of_an_unknown_agreement_is_refused() {
    build_and_execute(|| {
        let trades = trades([0]);
        let call = Call::record {
            agreement: 99,
            auth: Some(authority(CLIENT, "trades.record", &(99u32, &trades))),
            trades: batch(trades),
        };
        assert_eq!(validity(&call), Err(InvalidTransaction::Call));
    });
}

#[test]
fn an_authority_is_for_its_own_trades() {
    build_and_execute(|| {
        let auth = authority(CLIENT, "trades.record", &(AGREEMENT, trades([0])));
        let call = record_call(trades([1]), Some(auth));
        assert_eq!(validity(&call), Err(InvalidTransaction::BadProof));
    });
}

#[test]
fn an_authority_ends() {
    build_and_execute(|| {
        let call = authorised_record(CLIENT, trades([0]));
        set_time(at(0, 12, 0) + 30 * MINUTE);
        assert!(validity(&call).is_err());
    });
}

#[test]
fn a_signed_call_carries_no_authority() {
    build_and_execute(|| {
        let trades = batch(trades([0]));
        let auth = authority(CLIENT, "trades.record", &(AGREEMENT, &trades));
        assert_noop!(
            Trades::record(signed(CLIENT), AGREEMENT, trades, Some(auth)),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn an_authorised_call_names_its_authority() {
    build_and_execute(|| {
        assert_noop!(
            Trades::record(authorised(), AGREEMENT, batch(trades([0])), None),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn an_authorised_seal_is_applied_once() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let call = authorised_seal(RECONCILER, FIRST);
        assert_ok!(apply(call.clone()));
        assert_eq!(validity(&call), Err(InvalidTransaction::Stale));
    });
}

#[test]
fn a_seal_goes_before_what_members_send() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let valid = validity(&authorised_seal(RECONCILER, FIRST)).unwrap();
        assert_eq!(valid.priority, u64::MAX / 2);
    });
}

#[test]
fn the_pool_holds_one_seal_of_a_day() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        let tags = |member, day| validity(&authorised_seal(member, day)).unwrap().provides;
        assert_eq!(tags(RECONCILER, day(0)), tags(BANK, day(0)));
        assert_ne!(tags(RECONCILER, day(0)), tags(RECONCILER, day(1)));
    });
}

#[test]
fn a_seal_before_the_cut_off_is_refused() {
    build_and_execute(|| {
        let call = authorised_seal(RECONCILER, FIRST);
        assert_eq!(validity(&call), Err(InvalidTransaction::Future));
    });
}

#[test]
fn a_seal_before_the_first_day_is_refused() {
    build_and_execute(|| {
        let call = authorised_seal(RECONCILER, FIRST.previous());
        assert_eq!(validity(&call), Err(InvalidTransaction::Call));
    });
}
