//! What the chain starts with passes the same checks as what comes later.

use crate::{
    agreements, dates_by_digits::given, members, products, AgreementSpec, Config, Error,
    GenesisConfig, Member, Members, ProductGenesis, Products,
};
use counterfoil_primitives::{ports::Posts, BusinessDay};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::DispatchError;

/// Builds the genesis state. A chain with a wrong directory must not start, so this stops.
pub(crate) fn build<T: Config>(config: &GenesisConfig<T>) {
    let built = try_build::<T>(config);
    assert!(built.is_ok(), "the registry's genesis is wrong: {built:?}");
    for member in T::Posts::named() {
        assert!(
            Members::<T>::contains_key(member),
            "the registry's genesis is wrong: validator or seat {member} is none of its members"
        );
    }
}

fn try_build<T: Config>(config: &GenesisConfig<T>) -> DispatchResult {
    for member in &config.members {
        let too_long = |_| DispatchError::Other("a member's name or endpoint is too long");
        members::do_register::<T>(
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
        let spec = agreement.spec.clone();
        let first_day = given::<T>(spec.first_day)?;
        agreements::do_create_agreement::<T>(agreement.id, AgreementSpec { first_day, ..spec })?;
    }
    for product in &config.products {
        let from = given::<T>(product.from)?;
        ensure!(ascends::<T>(product, from), Error::<T>::InvalidHistory);
        products::do_set_terms::<T>(product.agreement, product.product, from, product.terms)?;
    }
    Ok(())
}

/// Whether terms begin after those that stand before them: they would take their place otherwise.
fn ascends<T: Config>(product: &ProductGenesis, from: BusinessDay) -> bool {
    Products::<T>::get(product.agreement, product.product)
        .and_then(|versions| versions.last().map(|(last, _)| *last))
        .is_none_or(|last| from > last)
}
