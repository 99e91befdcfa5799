//! Members come and go.

use crate::{
    member_endpoint::is_endpoint,
    operator_keys::{admit_key, retire},
    AccountRequests, Accounts, Config, Error, Event, LastRotation, Member, Members, NamedBy,
    Pallet, Retirement,
};
use counterfoil_primitives::{ports::Posts, MemberId};
use counterfoil_support::ensure_member;
use frame_support::{ensure, pallet_prelude::DispatchResult};
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::DispatchError;

pub(crate) fn do_register<T: Config>(id: MemberId, member: Member) -> DispatchResult {
    ensure!(id != 0, Error::<T>::InvalidId);
    ensure!(!Members::<T>::contains_key(id), Error::<T>::MemberExists);
    ensure!(!member.name.is_empty(), Error::<T>::InvalidName);
    ensure!(is_endpoint(&member.endpoint), Error::<T>::InvalidEndpoint);
    admit_key::<T>(id, &member.operator)?;
    Pallet::<T>::deposit_event(Event::MemberRegistered {
        member: id,
        role: member.role,
        account: member.account.clone(),
        operator: member.operator.clone(),
    });
    Members::<T>::insert(id, member);
    Ok(())
}

pub(crate) fn do_remove<T: Config>(id: MemberId) -> DispatchResult {
    let member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
    ensure!(NamedBy::<T>::get(id) == 0, Error::<T>::MemberIsNamed);
    ensure!(!T::Posts::holds(id), Error::<T>::HoldsAPost);
    retire::<T>(&member.operator, Retirement::Removed(id));
    Members::<T>::remove(id);
    LastRotation::<T>::remove(id);
    Accounts::<T>::remove(id);
    AccountRequests::<T>::remove(id);
    T::Posts::left(id);
    Pallet::<T>::deposit_event(Event::MemberRemoved { member: id });
    Ok(())
}

/// The calling member.
pub(crate) fn acting<T: Config>(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
    Ok(ensure_member::<T, Pallet<T>>(origin).map_err(|_| Error::<T>::NotAMember)?)
}
