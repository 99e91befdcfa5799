//! Genesis states: one node in development, and the local network of four.

use crate::{
    constants::UNIT, AuraConfig, BalancesConfig, GrandpaConfig, RuntimeGenesisConfig, SudoConfig,
};
use alloc::{vec, vec::Vec};
use frame_support::build_struct_json_patch;
use serde_json::Value;
use sp_genesis_builder::{PresetId, DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};
use sp_keyring::{Ed25519Keyring, Sr25519Keyring};

/// The four authorities of the local network: an sr25519 key makes blocks, an ed25519 key
/// finalises them.
const LOCAL_AUTHORITIES: [(Sr25519Keyring, Ed25519Keyring); 4] = [
    (Sr25519Keyring::Alice, Ed25519Keyring::Alice),
    (Sr25519Keyring::Bob, Ed25519Keyring::Bob),
    (Sr25519Keyring::Charlie, Ed25519Keyring::Charlie),
    (Sr25519Keyring::Dave, Ed25519Keyring::Dave),
];

/// The genesis state of a network of `authorities`, as a patch of the default one.
fn genesis(authorities: &[(Sr25519Keyring, Ed25519Keyring)]) -> Value {
    let administrator = Sr25519Keyring::Alice.to_account_id();
    build_struct_json_patch!(RuntimeGenesisConfig {
        balances: BalancesConfig {
            balances: vec![(administrator.clone(), 1_000_000 * UNIT)],
        },
        aura: AuraConfig {
            authorities: authorities
                .iter()
                .map(|(maker, _)| maker.public().into())
                .collect::<Vec<_>>(),
        },
        grandpa: GrandpaConfig {
            authorities: authorities
                .iter()
                .map(|(_, finaliser)| (finaliser.public().into(), 1))
                .collect::<Vec<_>>(),
        },
        sudo: SudoConfig {
            key: Some(administrator)
        },
    })
}

/// The preset of this name, as JSON.
pub fn get(id: &PresetId) -> Option<Vec<u8>> {
    let patch = match id.as_ref() {
        DEV_RUNTIME_PRESET => genesis(&LOCAL_AUTHORITIES[..1]),
        LOCAL_TESTNET_RUNTIME_PRESET => genesis(&LOCAL_AUTHORITIES),
        _ => return None,
    };
    serde_json::to_vec(&patch).ok()
}

/// The presets' names.
pub fn names() -> Vec<PresetId> {
    vec![
        PresetId::from(DEV_RUNTIME_PRESET),
        PresetId::from(LOCAL_TESTNET_RUNTIME_PRESET),
    ]
}
