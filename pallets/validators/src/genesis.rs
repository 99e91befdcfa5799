//! What the chain starts with.
//!
//! This runs before the genesis of `pallet_session`, which asks for the list. The registry's comes after it,
//! and stops where a validator is no member. Each validator has keys, since its entry names them.

use crate::{session_keys, validator_list, Config, GenesisConfig};
use frame_support::pallet_prelude::DispatchResult;

/// Builds the genesis state, and stops on a wrong one. An empty one is FRAME's default, which has to build;
/// a chain that starts from it makes no block.
///
/// It runs while a specification is read, never in a block.
pub(crate) fn build<T: Config>(config: &GenesisConfig<T>) {
    if config.validators.is_empty() {
        return;
    }
    let built = try_build::<T>(config);
    assert!(built.is_ok(), "the validators' genesis is wrong: {built:?}");
}

fn try_build<T: Config>(config: &GenesisConfig<T>) -> DispatchResult {
    let members = config.validators.iter().map(|validator| validator.member);
    let list = validator_list::check_bounds::<T>(members.collect())?;
    for validator in &config.validators {
        session_keys::put_keys::<T>(validator.member, validator.keys.clone())?;
    }
    validator_list::accept_list::<T>(list);
    Ok(())
}
