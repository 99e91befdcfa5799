//! What the chain starts with passes the same checks as what comes later.

use crate::{Config, GenesisConfig, Member, Pallet};
use frame_support::pallet_prelude::DispatchResult;
use sp_runtime::DispatchError;

/// Builds the genesis state. A chain with a wrong directory must not start, so this stops.
pub(crate) fn build<T: Config>(config: &GenesisConfig<T>) {
    let built = try_build::<T>(config);
    assert!(built.is_ok(), "the registry's genesis is wrong: {built:?}");
}

fn try_build<T: Config>(config: &GenesisConfig<T>) -> DispatchResult {
    for member in &config.members {
        let too_long = |_| DispatchError::Other("a member's name or endpoint is too long");
        Pallet::<T>::do_register(
            member.id,
            Member {
                role: member.role,
                name: member.name.clone().try_into().map_err(too_long)?,
                account: member.account.clone(),
                operator: member.operator.clone(),
                endpoint: member.endpoint.clone().try_into().map_err(too_long)?,
            },
        )?;
    }
    for agreement in &config.agreements {
        Pallet::<T>::do_create_agreement(agreement.id, agreement.spec.clone())?;
    }
    for product in &config.products {
        Pallet::<T>::do_set_terms(
            product.agreement,
            product.product,
            product.from,
            product.terms,
        )?;
    }
    Ok(())
}
