//! A suspended client records nothing, until bank and company lift the suspension.

use crate::{mock::*, Call, Error, WeightInfo};
use counterfoil_primitives::{MemberId, RefundRequest};
use counterfoil_support::{unordered::SUSPENDED, ValidateUnordered};
use frame_support::{
    assert_noop, assert_ok,
    dispatch::CheckIfFeeless,
    pallet_prelude::{TransactionSource, TransactionValidity},
};

/// A test with a payment of [`CLIENT`] on the first day, which is suspended then.
fn with_suspended(test: impl FnOnce()) {
    build_and_execute(|| {
        record(trades([0]));
        suspend(CLIENT);
        test();
    });
}

fn lift(party: MemberId) {
    Registry::lift_suspension(signed(party), AGREEMENT, CLIENT).unwrap();
}

/// A refund of the payment.
fn refund() -> RefundRequest {
    refund_of(1, (FIRST, 0), 500, at(0, 11, 0))
}

/// The calls that record, but for one trade in writing.
fn calls() -> [Call<Test>; 2] {
    [
        Call::record {
            agreement: AGREEMENT,
            trades: batch(trades([1])),
        },
        Call::refund {
            agreement: AGREEMENT,
            refunds: vec![refund()].try_into().unwrap(),
        },
    ]
}

fn validity(client: MemberId, call: &Call<Test>) -> TransactionValidity {
    call.validate_unordered(client, TransactionSource::External)
}

#[test]
fn a_suspended_client_records_no_payments() {
    with_suspended(|| {
        assert_noop!(
            without_weight(Trades::record(
                signed(CLIENT),
                AGREEMENT,
                batch(trades(1..3))
            )),
            Error::<Test>::ClientSuspended
        );
        assert_ok!(Trades::record(
            signed(OTHER_CLIENT),
            AGREEMENT,
            batch(trades(1..3))
        ));
    });
}

#[test]
fn a_suspended_client_gives_no_refunds() {
    with_suspended(|| {
        let refunds = vec![refund()].try_into().unwrap();
        assert_noop!(
            without_weight(Trades::refund(signed(CLIENT), AGREEMENT, refunds)),
            Error::<Test>::ClientSuspended
        );
    });
}

#[test]
fn a_client_records_again_once_both_have_lifted_its_suspension() {
    with_suspended(|| {
        lift(BANK);
        assert_noop!(
            without_weight(Trades::record(
                signed(CLIENT),
                AGREEMENT,
                batch(trades([1]))
            )),
            Error::<Test>::ClientSuspended
        );
        lift(COMPANY);
        assert_eq!(outcome(trade(1)), Ok(()));
    });
}

#[test]
fn what_a_suspended_client_recorded_before_stays() {
    with_suspended(|| assert_eq!(sequences(FIRST), [0]));
}

#[test]
fn the_pool_refuses_what_a_suspended_client_records_by_a_code_of_its_own() {
    with_suspended(|| {
        let refused: TransactionValidity = Err(SUSPENDED.into());
        for call in calls() {
            assert_eq!(validity(CLIENT, &call), refused);
            assert!(validity(OTHER_CLIENT, &call).is_ok());
        }
        lift(BANK);
        lift(COMPANY);
        for call in calls() {
            assert!(validity(CLIENT, &call).is_ok());
        }
    });
}

#[test]
fn what_a_suspended_client_records_is_not_free() {
    with_suspended(|| {
        for call in calls() {
            assert!(!call.is_feeless(&signed(CLIENT)));
            assert!(call.is_feeless(&signed(OTHER_CLIENT)));
        }
        lift(BANK);
        lift(COMPANY);
        for call in calls() {
            assert!(call.is_feeless(&signed(CLIENT)));
        }
    });
}

#[test]
fn a_call_of_a_suspended_client_costs_a_look_at_the_agreement() {
    with_suspended(|| {
        let refused = Trades::record(signed(CLIENT), AGREEMENT, batch(trades(1..100)));
        let cost = refused.unwrap_err().post_info.actual_weight;
        assert_eq!(cost, Some(<()>::validate_seal()));
    });
}

#[test]
fn a_suspended_client_seals_days_as_any_member_that_the_agreement_names() {
    with_suspended(|| {
        set_time(at(1, 12, 0));
        let seal = Call::<Test>::seal {
            agreement: AGREEMENT,
            day: FIRST,
        };
        assert!(seal.is_feeless(&signed(CLIENT)));
        assert!(validity(CLIENT, &seal).is_ok());
        assert_ok!(Trades::seal(signed(CLIENT), AGREEMENT, FIRST));
    });
}
