//! The refusals of the pool: by their reason, and listed.

use super::{
    amendments::{missing, propose_call},
    on_development_chain,
    transactions::{record, refund, refund_one, refused, remark, signed, validity},
};
use crate::{
    cannot_pay_explained::{NOT_ADMITTED, NOT_FREE, STRANGER, SUSPENDED},
    errors_by_number, Registry, RuntimeCall, RuntimeOrigin,
};
use counterfoil_primitives::refusal::words;
use sp_keyring::Sr25519Keyring;
use sp_runtime::transaction_validity::InvalidTransaction;

const DOCUMENT: &str = include_str!("../../../docs/refusals.md");

/// Why a call by this key is not taken.
fn why(signer: Sr25519Keyring, call: RuntimeCall) -> InvalidTransaction {
    refused(validity(signed(&signer.pair(), 0, call)))
}

#[test]
fn a_stranger_is_told_that_it_is_one() {
    on_development_chain(|| {
        for call in [record(), refund(), refund_one(), remark()] {
            assert_eq!(why(Sr25519Keyring::One, call), STRANGER);
        }
    });
}

#[test]
fn a_member_that_is_not_admitted_is_told_so() {
    on_development_chain(|| {
        for signer in [Sr25519Keyring::Ferdie, Sr25519Keyring::Bob] {
            for call in [record(), refund(), refund_one()] {
                assert_eq!(why(signer, call), NOT_ADMITTED);
            }
        }
    });
}

#[test]
fn a_suspended_client_is_told_that_it_is() {
    on_development_chain(|| {
        let bob = RuntimeOrigin::signed(Sr25519Keyring::Bob.to_account_id());
        Registry::suspend_client(bob, 1, 5).expect("it is a client");
        for call in [record(), refund(), refund_one(), propose_call(missing())] {
            assert_eq!(why(Sr25519Keyring::Eve, call), SUSPENDED);
        }
        // What else is not free is refused as ever.
        assert_eq!(why(Sr25519Keyring::Eve, remark()), NOT_FREE);
        let of_another = signed(&Sr25519Keyring::Alice.pair(), 0, record());
        assert!(validity(of_another).is_ok());
    });
}

#[test]
fn a_member_is_told_what_is_not_free() {
    on_development_chain(|| {
        let batch = RuntimeCall::Utility(pallet_utility::Call::batch {
            calls: vec![record()],
        });
        for call in [remark(), batch] {
            assert_eq!(why(Sr25519Keyring::Eve, call), NOT_FREE);
        }
    });
}

#[test]
fn the_document_lists_each_error_that_a_code_stands_for() {
    let mut listed = DOCUMENT
        .lines()
        .filter(|line| line.starts_with("| ") && line.contains(" | `"));
    for code in 0..=u8::MAX {
        let Some(error) = words::pallet_error(code) else {
            continue;
        };
        let Some((name, docs)) = errors_by_number::docs(error.pallet, error.index) else {
            continue;
        };
        let row = format!("| {code} | `{}.{name}`: {} |", error.pallet, docs.trim());
        assert_eq!(listed.next(), Some(&row[..]));
    }
    assert_eq!(listed.next(), None);
}

#[test]
fn no_error_is_without_a_code() {
    // The settlement's errors end before the reports' codes begin, and the reports' fit into a byte.
    assert!(errors_by_number::docs("Settlement", 32).is_none());
    assert!(errors_by_number::docs("Reconciliation", u8::MAX - 63).is_none());
    assert!(errors_by_number::docs("Trades", 0).is_none());
}
