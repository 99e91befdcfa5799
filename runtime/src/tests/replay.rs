//! What was applied without a nonce does not apply again, though its member left and came back.

use super::{
    on_development_chain,
    transactions::{refund_of, refused, trade, unordered, validity},
};
use crate::{
    AccountId, Executive, Registry, RuntimeCall, RuntimeOrigin, Trades, UncheckedExtrinsic,
};
use counterfoil_primitives::{AgreementId, MemberId, RefundRequest, Role, Sequence, TradeRequest};
use sp_keyring::Sr25519Keyring;
use sp_runtime::transaction_validity::InvalidTransaction;

const AGREEMENT: AgreementId = 1;
/// The client that leaves. It acts with the key of Eve.
const CLIENT: MemberId = 5;
/// The client that stays.
const OTHER: MemberId = 1;
/// The client's number for a payment that it recorded before.
const PAID: Sequence = 5;

/// A trade that is refused, and leaves its sequence free.
fn refused_trade(sequence: Sequence) -> TradeRequest {
    TradeRequest {
        credit: 99,
        ..trade(sequence)
    }
}

fn record(trades: Vec<TradeRequest>) -> UncheckedExtrinsic {
    let call = RuntimeCall::Trades(pallet_trades::Call::record {
        agreement: AGREEMENT,
        trades: trades.try_into().expect("the batch is small"),
    });
    unordered(&Sr25519Keyring::Eve.pair(), call)
}

fn refund(refunds: Vec<RefundRequest>) -> UncheckedExtrinsic {
    let call = RuntimeCall::Trades(pallet_trades::Call::refund {
        agreement: AGREEMENT,
        refunds: refunds.try_into().expect("the batch is small"),
    });
    unordered(&Sr25519Keyring::Eve.pair(), call)
}

/// The payment of [`PAID`].
fn pay() {
    let eve = RuntimeOrigin::signed(Sr25519Keyring::Eve.to_account_id());
    let trades = vec![trade(PAID)];
    let trades = trades.try_into().expect("the batch is small");
    Trades::record(eve, AGREEMENT, trades).expect("it is right");
}

/// The agreement drops the client, which is removed, registered again with the same key, and admitted.
fn leave_and_come_back() {
    let root = RuntimeOrigin::root;
    let key = Sr25519Keyring::Eve.public();
    Registry::set_clients(root(), AGREEMENT, vec![OTHER]).unwrap();
    Registry::remove_member(root(), CLIENT).unwrap();
    Registry::register_member(
        root(),
        CLIENT,
        Role::Client,
        "Web shop".try_into().expect("it is short"),
        AccountId::from(key),
        key.into(),
        Default::default(),
    )
    .unwrap();
    Registry::set_clients(root(), AGREEMENT, vec![OTHER, CLIENT]).unwrap();
}

/// Applies a transaction, lets its member leave and come back, and sends the same bytes again.
fn assert_applies_once(transaction: UncheckedExtrinsic, succeeds: bool) {
    on_development_chain(|| {
        pay();
        let applied = Executive::apply_extrinsic(transaction.clone());
        assert!(applied.is_ok_and(|result| result.is_ok() == succeeds));
        leave_and_come_back();
        assert_eq!(
            Executive::apply_extrinsic(transaction.clone()),
            Err(InvalidTransaction::Stale.into())
        );
        // The member itself goes on.
        let next = record(vec![trade(9)]);
        assert_eq!(Executive::apply_extrinsic(next), Ok(Ok(())));
        assert_eq!(refused(validity(transaction)), InvalidTransaction::Stale);
    });
}

/// A transaction is signed for a chain, so it is made on one.
fn signed(sign: impl FnOnce() -> UncheckedExtrinsic) -> UncheckedExtrinsic {
    let mut signed = None;
    on_development_chain(|| signed = Some(sign()));
    signed.expect("it was signed")
}

#[test]
fn a_batch_without_a_nonce_does_not_apply_again_after_its_client_left_and_came_back() {
    let batch = signed(|| record(vec![trade(0), trade(1)]));
    assert_applies_once(batch, true);
}

#[test]
fn a_batch_that_was_taken_in_part_does_not_come_back_after_its_client_left_and_came_back() {
    let in_part = signed(|| record(vec![trade(0), refused_trade(1)]));
    assert_applies_once(in_part, true);
}

#[test]
fn a_call_that_failed_does_not_come_back_after_its_client_left_and_came_back() {
    let failed = signed(|| record(vec![refused_trade(0)]));
    assert_applies_once(failed, false);
}

#[test]
fn a_refund_without_a_nonce_does_not_apply_again_after_its_client_left_and_came_back() {
    let whole = signed(|| refund(vec![refund_of(PAID, 6)]));
    assert_applies_once(whole, true);
}

#[test]
fn refunds_that_were_taken_in_part_do_not_come_back_after_their_client_left_and_came_back() {
    // Once the first gave all of it back, nothing is left for the second.
    let in_part = signed(|| refund(vec![refund_of(PAID, 6), refund_of(PAID, 7)]));
    assert_applies_once(in_part, true);
}

#[test]
fn a_refund_that_failed_does_not_come_back_after_its_client_left_and_came_back() {
    let failed = signed(|| refund(vec![refund_of(PAID + 1, 6)]));
    assert_applies_once(failed, false);
}
