//! What wallets are told of fees is what is taken.

use super::{
    amendments::{missing, propose_call},
    on_development_chain,
    transactions::{record, refund, refund_one, remark, signed},
};
use crate::{fees, RuntimeCall, UncheckedExtrinsic};
use codec::Encode;
use sp_keyring::Sr25519Keyring;

/// The fee that a wallet is told for a call signed by a key.
fn told(signer: Sr25519Keyring, call: RuntimeCall) -> u128 {
    let transaction = signed(&signer.pair(), 0, call);
    let len = transaction.encoded_size() as u32;
    let fee = fees::info(transaction.clone(), len).partial_fee;
    let details = fees::details(transaction, len).inclusion_fee;
    let sum = details.map_or(0, |fee| fee.inclusion_fee());
    assert_eq!(fee, sum);
    fee
}

#[test]
fn a_members_own_call_is_told_to_be_free() {
    on_development_chain(|| {
        assert_eq!(told(Sr25519Keyring::Alice, record()), 0);
        assert_eq!(told(Sr25519Keyring::Eve, record()), 0);
        assert_eq!(told(Sr25519Keyring::Eve, refund()), 0);
        assert_eq!(told(Sr25519Keyring::Eve, refund_one()), 0);
        assert_eq!(told(Sr25519Keyring::Eve, propose_call(missing())), 0);
    });
}

#[test]
fn whoever_pays_is_told_the_fee() {
    on_development_chain(|| {
        // A client that the agreement does not admit, a member that is no client, a stranger.
        let fee = told(Sr25519Keyring::Ferdie, record());
        assert!(fee > 0);
        assert_eq!(told(Sr25519Keyring::Bob, record()), fee);
        assert_eq!(told(Sr25519Keyring::One, record()), fee);
        assert!(told(Sr25519Keyring::Ferdie, refund()) > 0);
        assert!(told(Sr25519Keyring::Ferdie, refund_one()) > 0);
        assert!(told(Sr25519Keyring::Ferdie, propose_call(missing())) > 0);
        assert!(told(Sr25519Keyring::Alice, remark()) > 0);
    });
}

#[test]
fn a_call_inside_a_batch_is_told_to_be_paid_for() {
    on_development_chain(|| {
        let batch = RuntimeCall::Utility(pallet_utility::Call::batch {
            calls: vec![record()],
        });
        assert!(told(Sr25519Keyring::Eve, batch) > 0);
    });
}

#[test]
fn a_free_call_weighs_what_it_weighs() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, record());
        let len = transaction.encoded_size() as u32;
        let own = crate::TransactionPayment::query_info(transaction.clone(), len);
        let told = fees::info(transaction, len);
        assert_eq!((told.weight, told.class), (own.weight, own.class));
    });
}

#[test]
fn an_inherent_costs_nothing() {
    on_development_chain(|| {
        let bare = UncheckedExtrinsic::new_bare(remark());
        let len = bare.encoded_size() as u32;
        assert_eq!(fees::info(bare, len).partial_fee, 0);
    });
}

/// A wallet that puts a length in front of a transaction that has one already gets no answer.
#[test]
fn the_fee_is_asked_by_the_bytes_with_one_length_in_front() {
    on_development_chain(|| {
        let transaction = signed(&Sr25519Keyring::Eve.pair(), 0, remark());
        let len = transaction.encoded_size() as u32;
        let once = (transaction.clone(), len).encode();
        let answer = crate::apis::api::dispatch("TransactionPaymentApi_query_info", &once);
        let told = fees::info(transaction.clone(), len);
        assert_eq!(answer, Some(told.encode()));

        let twice = (transaction.encode(), len).encode();
        let trap = std::panic::catch_unwind(|| {
            crate::apis::api::dispatch("TransactionPaymentApi_query_info", &twice)
        });
        assert!(trap.is_err());
    });
}
