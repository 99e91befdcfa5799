//! Operator keys of a development chain or of a local network.
//!
//! A node that is started with `--alice` and the like makes blocks with that key. Session keys do not hold
//! the operator's, so it is put into the keystore here. The one node of `--dev` holds all roles, and so all
//! their keys. On a live chain nobody acts with a key that everybody knows.

use counterfoil_primitives::operator::OPERATOR_KEY_TYPE;
use sc_service::{ChainType, Configuration};
use sp_keystore::{Error, KeystorePtr};

/// The operators of the development chain's members.
const OPERATORS: [&str; 6] = [
    "//Alice",
    "//Bob",
    "//Charlie",
    "//Dave",
    "//Eve",
    "//Ferdie",
];

/// Puts the operator keys that belong to a node's well-known seed into its keystore.
pub fn insert_operators(config: &Configuration, keystore: &KeystorePtr) -> Result<(), Error> {
    let chain_type = config.chain_spec.chain_type();
    for seed in seeds(&chain_type, config.dev_key_seed.as_deref()) {
        keystore.sr25519_generate_new(OPERATOR_KEY_TYPE, Some(seed))?;
    }
    Ok(())
}

/// The seeds of the operators that a node acts for, which was started with a well-known `seed` or with
/// none.
fn seeds<'a>(chain_type: &ChainType, seed: Option<&'a str>) -> Vec<&'a str> {
    match (chain_type, seed) {
        (ChainType::Development, Some(_)) => OPERATORS.to_vec(),
        (ChainType::Local, Some(seed)) => vec![seed],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_node_of_a_development_chain_holds_the_keys_of_all_members() {
        assert_eq!(seeds(&ChainType::Development, Some("//Alice")), OPERATORS);
    }

    #[test]
    fn a_node_of_the_local_network_holds_the_key_that_it_was_started_with() {
        assert_eq!(seeds(&ChainType::Local, Some("//Bob")), ["//Bob"]);
    }

    #[test]
    fn a_node_without_a_well_known_key_gets_none() {
        let none = Vec::<&str>::new();
        assert_eq!(seeds(&ChainType::Development, None), none);
        assert_eq!(seeds(&ChainType::Local, None), none);
    }

    #[test]
    fn no_well_known_key_acts_on_a_live_chain() {
        assert_eq!(seeds(&ChainType::Live, Some("//Alice")), Vec::<&str>::new());
    }
}
