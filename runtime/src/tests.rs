//! Tests of the chain as a whole.

mod amendments;
mod blocks;
mod calendars;
mod cannot_pay_explained;
mod council;
mod counterfoil_api;
mod docs;
mod down_three_days;
mod fees;
mod flood;
mod forks;
mod frozen;
mod histories;
mod input;
mod limits;
mod metadata;
mod pallets_in_metadata;
mod presets;
mod replay;
mod transactions;
mod validators;
mod views;
mod views_in_words;
mod weights;

use crate::{presets as genesis, Runtime, RuntimeGenesisConfig, Settlement, System, Timestamp};
use counterfoil_primitives::{ports::OnReconciled, BusinessDay, SignedAmount};
use serde_json::Value;
use sp_genesis_builder::DEV_RUNTIME_PRESET;
use sp_runtime::BuildStorage;

/// 2026-11-23, 12:00 UTC: the day after the presets' first.
const NOON: u64 = (20_780 * 24 + 12) * 3_600_000;

/// Puts `patch` over `value`, as RFC 7386 says.
fn merge(value: &mut Value, patch: Value) {
    match (value, patch) {
        (Value::Object(object), Value::Object(patch)) => {
            for (key, patch) in patch {
                merge(object.entry(key).or_insert(Value::Null), patch);
            }
        }
        (value, patch) => *value = patch,
    }
}

/// The genesis of a preset.
fn config(preset: &str) -> RuntimeGenesisConfig {
    let patch = genesis::get(&preset.into()).expect("the preset is known");
    let mut config = serde_json::to_value(RuntimeGenesisConfig::default()).expect("it is JSON");
    merge(
        &mut config,
        serde_json::from_slice(&patch).expect("a preset is JSON"),
    );
    serde_json::from_value(config).expect("the config fits")
}

/// The genesis state of a preset.
fn built(preset: &str) -> sp_core::storage::Storage {
    config(preset).build_storage().expect("the genesis builds")
}

/// Runs `test` on the development chain, at noon of the second day.
fn on_development_chain(test: impl FnOnce()) {
    sp_io::TestExternalities::new(built(DEV_RUNTIME_PRESET)).execute_with(|| {
        System::set_block_number(1);
        pallet_timestamp::Now::<Runtime>::put(NOON);
        assert_eq!(Timestamp::get(), NOON);
        test()
    });
}

/// Reconciles a day of the first agreement with this obligation.
fn reconcile(day: BusinessDay, owed: SignedAmount) {
    Settlement::on_reconciled(1, day, owed);
}
