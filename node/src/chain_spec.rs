//! The chains that the binary knows by name.

use counterfoil_runtime::{
    constants::{DECIMALS, SS58_PREFIX},
    WASM_BINARY,
};
use sc_service::{ChainType, Properties};
use serde_json::json;
use sp_genesis_builder::{DEV_RUNTIME_PRESET, LOCAL_TESTNET_RUNTIME_PRESET};

/// A chain's specification, without extensions.
pub type ChainSpec = sc_service::GenericChainSpec;

/// One node that holds all roles.
pub fn development() -> Result<ChainSpec, String> {
    named(
        "Counterfoil development",
        "dev",
        ChainType::Development,
        DEV_RUNTIME_PRESET,
    )
}

/// Four nodes, one for each role, all validators.
pub fn local() -> Result<ChainSpec, String> {
    named(
        "Counterfoil local",
        "local",
        ChainType::Local,
        LOCAL_TESTNET_RUNTIME_PRESET,
    )
}

fn named(name: &str, id: &str, chain_type: ChainType, preset: &str) -> Result<ChainSpec, String> {
    let runtime = WASM_BINARY.ok_or("this binary was built without the runtime")?;
    Ok(ChainSpec::builder(runtime, None)
        .with_name(name)
        .with_id(id)
        .with_protocol_id("counterfoil")
        .with_chain_type(chain_type)
        .with_genesis_config_preset_name(preset)
        .with_properties(properties())
        .build())
}

/// How wallets show the native token.
fn properties() -> Properties {
    let mut properties = Properties::new();
    properties.insert("tokenSymbol".into(), json!("CFT"));
    properties.insert("tokenDecimals".into(), json!(DECIMALS));
    properties.insert("ss58Format".into(), json!(SS58_PREFIX));
    properties
}

#[cfg(test)]
mod tests {
    use super::*;
    use sc_service::ChainSpec as _;
    use sp_runtime::BuildStorage;

    #[test]
    fn the_runtime_builds_the_development_chain() {
        let spec = development().unwrap();
        assert_eq!(spec.chain_type(), ChainType::Development);
        assert!(spec.build_storage().is_ok());
    }

    #[test]
    fn the_runtime_builds_the_local_network() {
        let spec = local().unwrap();
        assert_eq!(spec.chain_type(), ChainType::Local);
        assert!(spec.build_storage().is_ok());
    }
}
