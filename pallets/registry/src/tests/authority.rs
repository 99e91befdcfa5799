use crate::{
    mock::*,
    origin::{self, EXPIRED, POOL_STAY, TOO_FAR_AHEAD, WORKER_PRIORITY},
    Call,
};
use counterfoil_primitives::{
    day::MINUTE,
    operator::{signing_payload, MAX_LIFETIME, OPERATOR_KEY_TYPE},
    ports::Directory,
    OperatorAuth,
};
use frame_support::{assert_err, assert_ok};
use sp_core::{
    offchain::{testing::TestOffchainExt, OffchainWorkerExt, Timestamp as Clock},
    Pair,
};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::{
    app_crypto::RuntimeAppPublic,
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
};

const ACTION: &str = "trades.record";
const ARGUMENTS: (u32, &str) = (7, "these");

fn check(auth: &OperatorAuth) -> Result<u32, TransactionValidityError> {
    origin::authorise::<Registry>(
        TransactionSource::InBlock,
        &Some(auth.clone()),
        ACTION,
        &ARGUMENTS,
    )
}

#[test]
fn an_operators_authority_is_accepted_up_to_its_longest_life() {
    with_members(|| {
        for expires_at in [NOON + 1, NOON + MAX_LIFETIME] {
            let auth = authority("Alice", CLIENT, expires_at, ACTION, &ARGUMENTS);
            assert_eq!(check(&auth), Ok(CLIENT));
        }
    });
}

#[test]
fn an_expired_authority_is_refused() {
    with_members(|| {
        let auth = authority("Alice", CLIENT, NOON, ACTION, &ARGUMENTS);
        assert_err!(check(&auth), EXPIRED);
    });
}

#[test]
fn an_authority_that_ends_before_the_blocks_to_come_enters_a_block_and_not_the_pool() {
    with_members(|| {
        for (expires_at, in_pool) in [
            (NOON + 1, Err(EXPIRED.into())),
            (NOON + POOL_STAY, Err(EXPIRED.into())),
            (NOON + POOL_STAY + 1, Ok(CLIENT)),
        ] {
            let auth = authority("Alice", CLIENT, expires_at, ACTION, &ARGUMENTS);
            assert_eq!(check(&auth), Ok(CLIENT));
            for source in [TransactionSource::Local, TransactionSource::External] {
                let checked =
                    origin::authorise::<Registry>(source, &Some(auth.clone()), ACTION, &ARGUMENTS);
                assert_eq!(checked, in_pool);
            }
        }
    });
}

#[test]
fn an_authority_that_reaches_too_far_ahead_is_refused() {
    with_members(|| {
        let expires_at = NOON + MAX_LIFETIME + 1;
        let auth = authority("Alice", CLIENT, expires_at, ACTION, &ARGUMENTS);
        assert_err!(check(&auth), TOO_FAR_AHEAD);
    });
}

#[test]
fn a_stranger_has_no_authority() {
    with_members(|| {
        let auth = authority("Ferdie", 99, NOON + MINUTE, ACTION, &ARGUMENTS);
        assert_err!(check(&auth), InvalidTransaction::BadSigner);
    });
}

#[test]
fn a_removed_member_has_no_authority() {
    with_members(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        let auth = authority("Alice", CLIENT, NOON + MINUTE, ACTION, &ARGUMENTS);
        assert_err!(check(&auth), InvalidTransaction::BadSigner);
    });
}

#[test]
fn another_members_signature_is_refused() {
    with_members(|| {
        let auth = authority("Bob", CLIENT, NOON + MINUTE, ACTION, &ARGUMENTS);
        assert_err!(check(&auth), InvalidTransaction::BadProof);
    });
}

#[test]
fn a_retired_keys_signature_is_refused() {
    with_members(|| {
        assert_ok!(Registry::rotate_operator(
            RuntimeOrigin::signed(account("Alice")),
            key("Ferdie"),
            None
        ));
        let old = authority("Alice", CLIENT, NOON + MINUTE, ACTION, &ARGUMENTS);
        assert_err!(check(&old), InvalidTransaction::BadProof);
        let new = authority("Ferdie", CLIENT, NOON + MINUTE, ACTION, &ARGUMENTS);
        assert_eq!(check(&new), Ok(CLIENT));
    });
}

#[test]
fn a_damaged_signature_is_refused() {
    with_members(|| {
        let mut auth = authority("Alice", CLIENT, NOON + MINUTE, ACTION, &ARGUMENTS);
        auth.signature = pair("Alice").sign(b"something else");
        assert_err!(check(&auth), InvalidTransaction::BadProof);
    });
}

#[test]
fn an_authority_for_another_action_is_refused() {
    with_members(|| {
        let auth = authority("Alice", CLIENT, NOON + MINUTE, "trades.seal", &ARGUMENTS);
        assert_err!(check(&auth), InvalidTransaction::BadProof);
    });
}

#[test]
fn an_authority_for_other_arguments_is_refused() {
    with_members(|| {
        let auth = authority("Alice", CLIENT, NOON + MINUTE, ACTION, &(8, "these"));
        assert_err!(check(&auth), InvalidTransaction::BadProof);
    });
}

#[test]
fn an_authority_with_another_expiry_than_signed_is_refused() {
    with_members(|| {
        let mut auth = authority("Alice", CLIENT, NOON + MINUTE, ACTION, &ARGUMENTS);
        auth.expires_at += 1;
        assert_err!(check(&auth), InvalidTransaction::BadProof);
    });
}

#[test]
fn an_authority_for_another_chain_is_refused() {
    with_members(|| {
        let elsewhere = sp_core::H256::repeat_byte(9);
        let payload = signing_payload(elsewhere, ACTION, &ARGUMENTS, CLIENT, NOON + MINUTE);
        let auth = OperatorAuth {
            member: CLIENT,
            expires_at: NOON + MINUTE,
            signature: pair("Alice").sign(&payload),
        };
        assert_err!(check(&auth), InvalidTransaction::BadProof);
    });
}

#[test]
fn a_general_transaction_without_an_authority_is_refused() {
    with_members(|| {
        assert_err!(
            origin::authorise::<Registry>(TransactionSource::InBlock, &None, ACTION, &ARGUMENTS),
            InvalidTransaction::Call
        );
        assert_err!(
            validate(general(Call::set_endpoint {
                endpoint: endpoint(""),
                auth: None,
            })),
            InvalidTransaction::Call
        );
    });
}

#[test]
fn an_authorised_call_goes_first_and_is_held_once() {
    with_members(|| {
        let first = endpoint("http://one");
        let second = endpoint("http://two");
        let validity = |to: crate::Endpoint| {
            let action = "registry.set_endpoint";
            let auth = authority("Alice", CLIENT, NOON + MINUTE, action, &(to.clone(),));
            validate(general(Call::set_endpoint {
                endpoint: to,
                auth: Some(auth),
            }))
        };
        let (first, second) = (validity(first), validity(second));
        let first = first.expect("valid");
        assert_eq!(first.priority, WORKER_PRIORITY);
        assert!(first.propagate);
        assert_eq!(first.provides.len(), 1);
        assert_eq!(first.provides, second.expect("valid").provides);
    });
}

#[test]
fn an_authorised_call_changes_the_member_that_signed() {
    with_members(|| {
        let action = "registry.rotate_operator";
        let auth = authority("Alice", CLIENT, NOON + MINUTE, action, &(key("Ferdie"),));
        assert_ok!(apply(general(Call::rotate_operator {
            new: key("Ferdie"),
            auth: Some(auth),
        })));
        assert_eq!(Registry::member_of(&account("Ferdie")), Some(CLIENT));
    });
}

#[test]
fn an_authorised_call_that_would_fail_stays_out_of_the_pool() {
    with_members(|| {
        let action = "registry.rotate_operator";
        let auth = authority("Alice", CLIENT, NOON + MINUTE, action, &(key("Bob"),));
        assert_err!(
            validate(general(Call::rotate_operator {
                new: key("Bob"),
                auth: Some(auth),
            })),
            InvalidTransaction::Call
        );
        let bad = endpoint("nowhere");
        let auth = authority(
            "Alice",
            CLIENT,
            NOON + MINUTE,
            "registry.set_endpoint",
            &(bad.clone(),),
        );
        assert_err!(
            validate(general(Call::set_endpoint {
                endpoint: bad,
                auth: Some(auth),
            })),
            InvalidTransaction::Call
        );
    });
}

#[test]
fn a_node_acts_for_the_member_whose_key_it_holds() {
    let keystore = MemoryKeystore::new();
    keystore
        .sr25519_generate_new(OPERATOR_KEY_TYPE, Some("//Alice"))
        .expect("a valid name");
    let mut ext = externalities(genesis(vec![]));
    ext.register_extension(KeystoreExt::new(keystore));
    ext.execute_with(|| {
        assert!(Registry::acts_for(CLIENT));
        assert!(!Registry::acts_for(COMPANY));
        assert!(!Registry::acts_for(99));
    });
}

#[test]
fn what_a_worker_signs_is_accepted_on_chain() {
    let keystore = MemoryKeystore::new();
    keystore
        .sr25519_generate_new(OPERATOR_KEY_TYPE, Some("//Alice"))
        .expect("a valid name");
    let (offchain, state) = TestOffchainExt::new();
    state.write().timestamp = Clock::from_unix_millis(NOON);
    let mut ext = externalities(genesis(vec![]));
    ext.register_extension(KeystoreExt::new(keystore));
    ext.register_extension(OffchainWorkerExt::new(offchain));
    ext.execute_with(|| {
        let auth = Registry::sign(CLIENT, ACTION, &ARGUMENTS).expect("the key is there");
        assert_eq!(auth.member, CLIENT);
        assert!(auth.expires_at > NOON);
        assert_eq!(check(&auth), Ok(CLIENT));
        assert_eq!(Registry::sign(COMPANY, ACTION, &ARGUMENTS), None);

        let signature = Registry::sign_payload(CLIENT, b"a request").expect("the key is there");
        assert!(key("Alice").verify(&b"a request", &signature));
        assert_eq!(Registry::sign_payload(COMPANY, b"a request"), None);
    });
}
