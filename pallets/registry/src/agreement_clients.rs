//! The clients of an agreement: each a client by its role, and named once.

use crate::{
    agreements::{change, ensure_role},
    members_named_by_agreements::{name, unname},
    Config, Error, Event, Pallet,
};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{AgreementId, MemberId, Role};
use frame_support::{ensure, pallet_prelude::DispatchResult, BoundedVec};
use sp_runtime::DispatchError;

pub(crate) fn do_set_clients<T: Config>(id: AgreementId, members: Vec<MemberId>) -> DispatchResult {
    let clients = clients::<T>(members)?;
    let admitted: BTreeSet<_> = clients.iter().copied().collect();
    change::<T>(id, |agreement| {
        clients.iter().copied().for_each(name::<T>);
        agreement.clients.iter().copied().for_each(unname::<T>);
        agreement.clients = clients.clone();
        agreement
            .suspended
            .retain(|suspension| admitted.contains(&suspension.client));
        Ok(())
    })?;
    Pallet::<T>::deposit_event(Event::ClientsSet {
        agreement: id,
        clients: clients.into_inner(),
    });
    Ok(())
}

pub(crate) fn clients<T: Config>(
    members: Vec<MemberId>,
) -> Result<BoundedVec<MemberId, T::MaxClients>, DispatchError> {
    let clients: BoundedVec<_, T::MaxClients> =
        members.try_into().map_err(|_| Error::<T>::TooManyClients)?;
    let distinct: BTreeSet<_> = clients.iter().collect();
    ensure!(distinct.len() == clients.len(), Error::<T>::DuplicateClient);
    for client in &clients {
        ensure_role::<T>(*client, Role::Client)?;
    }
    Ok(clients)
}
