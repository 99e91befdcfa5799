//! Operator keys of a development chain.
//!
//! A node that is started with `--alice` and the like puts that key into its keystore together
//! with its consensus keys. The one node of `--dev` holds all roles, and so all their keys.

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

/// Puts all development operators' keys into the keystore of a development node.
pub fn insert_operators(config: &Configuration, keystore: &KeystorePtr) -> Result<(), Error> {
    let in_development = config.chain_spec.chain_type() == ChainType::Development;
    if !in_development || config.dev_key_seed.is_none() {
        return Ok(());
    }
    for seed in OPERATORS {
        keystore.sr25519_generate_new(OPERATOR_KEY_TYPE, Some(seed))?;
    }
    Ok(())
}
