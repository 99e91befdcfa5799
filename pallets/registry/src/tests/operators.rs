use crate::mock::*;
use counterfoil_primitives::{operator::OPERATOR_KEY_TYPE, ports::Directory};
use frame_support::assert_ok;
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};
use sp_runtime::app_crypto::RuntimeAppPublic;

/// A node that holds the operator key of Alice.
fn alices_node() -> sp_io::TestExternalities {
    let keystore = MemoryKeystore::new();
    keystore
        .sr25519_generate_new(OPERATOR_KEY_TYPE, Some("//Alice"))
        .expect("a valid name");
    let mut ext = externalities(genesis(vec![]));
    ext.register_extension(KeystoreExt::new(keystore));
    ext
}

#[test]
fn a_member_is_known_by_its_operators_account() {
    with_members(|| {
        assert_eq!(Registry::member_of(&account("Alice")), Some(CLIENT));
        assert_eq!(Registry::operator(CLIENT), Some(key("Alice")));
    });
}

#[test]
fn a_stranger_is_no_member() {
    with_members(|| {
        assert_eq!(Registry::member_of(&account("Ferdie")), None);
        assert_eq!(Registry::operator(99), None);
    });
}

#[test]
fn a_retired_key_acts_for_nobody() {
    with_members(|| {
        assert_ok!(rotate("Alice", CLIENT, "Ferdie"));
        assert_eq!(Registry::member_of(&account("Alice")), None);
        assert_eq!(Registry::member_of(&account("Ferdie")), Some(CLIENT));
    });
}

#[test]
fn a_node_acts_for_the_member_whose_key_it_holds() {
    alices_node().execute_with(|| {
        assert!(Registry::acts_for(CLIENT));
        assert!(!Registry::acts_for(COMPANY));
        assert!(!Registry::acts_for(99));
    });
}

#[test]
fn a_node_signs_for_the_member_whose_key_it_holds() {
    alices_node().execute_with(|| {
        let signature = Registry::sign_payload(CLIENT, b"a request").expect("the key is there");
        assert!(key("Alice").verify(&b"a request", &signature));
        assert_eq!(Registry::sign_payload(COMPANY, b"a request"), None);
    });
}
