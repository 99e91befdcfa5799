//! Products and their terms.

use crate::{
    versions_by_day::{are_ascending, set_version},
    Agreements, Config, Error, Event, Pallet, Products,
};
use alloc::vec::Vec;
use counterfoil_primitives::{written::date, AgreementId, BusinessDay, ProductId, Terms};
use frame_support::{ensure, pallet_prelude::DispatchResult, BoundedVec};

pub(crate) fn do_set_terms<T: Config>(
    agreement_id: AgreementId,
    product: ProductId,
    from: BusinessDay,
    terms: Terms,
) -> DispatchResult {
    let agreement = Agreements::<T>::get(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(terms.is_valid(), Error::<T>::InvalidTerms);
    Products::<T>::try_mutate(agreement_id, product, |versions| {
        // A product that is not known yet has no trades that its first terms could alter.
        if versions.is_some() {
            agreement.ensure_not_begun(from)?;
        }
        set_version::<T, _>(versions.get_or_insert_default(), from, terms)
    })?;
    Pallet::<T>::deposit_event(Event::TermsSet {
        agreement: agreement_id,
        product,
        from,
        from_date: date::words(from),
        terms,
    });
    Ok(())
}

pub(crate) fn do_add_product<T: Config>(
    agreement: AgreementId,
    product: ProductId,
    versions: Vec<(BusinessDay, Terms)>,
) -> DispatchResult {
    ensure!(
        Agreements::<T>::contains_key(agreement),
        Error::<T>::UnknownAgreement
    );
    ensure!(
        !Products::<T>::contains_key(agreement, product),
        Error::<T>::ProductExists
    );
    ensure!(
        !versions.is_empty() && are_ascending(&versions),
        Error::<T>::InvalidHistory
    );
    ensure!(
        versions.iter().all(|(_, terms)| terms.is_valid()),
        Error::<T>::InvalidTerms
    );
    let versions: BoundedVec<_, T::MaxVersions> = versions
        .try_into()
        .map_err(|_| Error::<T>::TooManyVersions)?;
    for (from, terms) in &versions {
        Pallet::<T>::deposit_event(Event::TermsSet {
            agreement,
            product,
            from: *from,
            from_date: date::words(*from),
            terms: *terms,
        });
    }
    Products::<T>::insert(agreement, product, versions);
    Ok(())
}
