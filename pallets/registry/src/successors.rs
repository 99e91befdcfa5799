//! Successors of clients: who refunds what a client recorded that does so no more.
//!
//! The agreement names both, so both stay members: no other member gets a number by which payments are
//! given back.

use crate::{
    agreements::ensure_role,
    members_named_by_agreements::{name, unname},
    Agreements, Config, Error, Event, Pallet, Successors,
};
use counterfoil_primitives::{AgreementId, MemberId, Role};
use frame_support::{ensure, pallet_prelude::DispatchResult};
use sp_runtime::DispatchError;

pub(crate) fn do_name_successor<T: Config>(
    id: AgreementId,
    client: MemberId,
    successor: Option<MemberId>,
) -> DispatchResult {
    let former = check_name_successor::<T>(id, client, successor)?;
    for member in successor.into_iter().flat_map(|one| [client, one]) {
        name::<T>(member);
    }
    for member in former.into_iter().flat_map(|one| [client, one]) {
        unname::<T>(member);
    }
    Successors::<T>::set(id, client, successor);
    Pallet::<T>::deposit_event(Event::SuccessorNamed {
        agreement: id,
        client,
        successor,
    });
    Ok(())
}

/// The successor that the client has had so far, where it may have this one, or none, from now on.
fn check_name_successor<T: Config>(
    id: AgreementId,
    client: MemberId,
    successor: Option<MemberId>,
) -> Result<Option<MemberId>, DispatchError> {
    let agreement = Agreements::<T>::get(id).ok_or(Error::<T>::UnknownAgreement)?;
    let former = Successors::<T>::get(id, client);
    match successor {
        Some(successor) => {
            ensure!(successor != client, Error::<T>::OwnSuccessor);
            ensure_role::<T>(client, Role::Client)?;
            ensure_role::<T>(successor, Role::Client)?;
            ensure!(
                agreement.clients.contains(&successor),
                Error::<T>::NotAClient
            );
        }
        None => ensure!(former.is_some(), Error::<T>::NoSuccessor),
    }
    Ok(former)
}
