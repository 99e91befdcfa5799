//! Refunds without a nonce: what the pool takes, and what it refuses.

use super::*;
use crate::Call;
use codec::Encode;
use counterfoil_primitives::MemberId;
use counterfoil_support::ValidateUnordered;
use frame_support::{
    dispatch::CheckIfFeeless,
    pallet_prelude::{InvalidTransaction, TransactionSource, TransactionValidity},
};

fn call(agreement: u32, refunds: Vec<RefundRequest>) -> Call<Test> {
    Call::refund {
        agreement,
        refunds: refunds.try_into().unwrap(),
    }
}

fn validity(client: MemberId, call: &Call<Test>) -> TransactionValidity {
    call.validate_unordered(client, TransactionSource::External)
}

/// Two refunds of the first payment.
fn refunds() -> Vec<RefundRequest> {
    vec![
        refund_after(1, (FIRST, 0), 0, 500, eleven()),
        refund_after(2, (FIRST, 0), 500, 500, eleven()),
    ]
}

#[test]
fn refunds_enter_the_pool_as_payments_of_their_first_fresh_sequence() {
    build_and_execute(|| {
        record(trades(0..2));
        let valid = validity(CLIENT, &call(AGREEMENT, refunds())).unwrap();
        let tag = ("counterfoil", ("record", CLIENT, 2u64)).encode();
        assert_eq!((valid.priority, valid.provides), (0, vec![tag]));
    });
}

#[test]
fn refunds_that_were_given_are_refused() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let call = call(AGREEMENT, refunds());
        assert!(validity(CLIENT, &call).is_ok());
        give_back(refunds());
        let refused: TransactionValidity = Err(InvalidTransaction::Stale.into());
        assert_eq!(validity(CLIENT, &call), refused);
    });
}

#[test]
fn refunds_of_a_member_that_is_not_admitted_are_refused() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let refused: TransactionValidity = Err(InvalidTransaction::BadSigner.into());
        assert_eq!(validity(STRANGER, &call(AGREEMENT, refunds())), refused);
        let refused: TransactionValidity = Err(InvalidTransaction::Call.into());
        assert_eq!(validity(CLIENT, &call(99, refunds())), refused);
    });
}

#[test]
fn refunds_of_which_one_may_pass_later_are_kept_as_spent() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let mut refunds = refunds();
        refunds[1].original.position = 9;
        KeptSpent::set(false);
        give_back(refunds);
        assert!(KeptSpent::get());
    });
}

#[test]
fn refunds_of_which_none_may_pass_later_are_not_kept() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        give_back(vec![refunds()[0]]);
        KeptSpent::set(false);
        give_back(refunds());
        assert!(!KeptSpent::get());
        assert_eq!(refunded((FIRST, 0)), 1_000);
    });
}

#[test]
fn refunds_are_free_for_an_admitted_client_only() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        assert!(call(AGREEMENT, refunds()).is_feeless(&signed(CLIENT)));
        assert!(!call(99, refunds()).is_feeless(&signed(CLIENT)));
        for member in [STRANGER, BANK, RECONCILER] {
            assert!(!call(AGREEMENT, refunds()).is_feeless(&signed(member)));
        }
    });
}
