//! Members come, go, and change their key.

use crate::{
    directory::genesis_hash, AccountRequests, Accounts, Config, Endpoint, Error, Event,
    LastRotation, Member, MemberByOperator, Members, NamedBy, Pallet, RetiredOperators, Retirement,
};
use counterfoil_primitives::{
    day::DAY, operator::rotation_payload, ports::Posts, MemberId, OperatorId, OperatorSignature,
};
use counterfoil_support::{ensure_member, operator_account};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};
use frame_system::pallet_prelude::OriginFor;
use sp_core::crypto::AccountId32;
use sp_runtime::{app_crypto::RuntimeAppPublic, DispatchError};

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

pub(crate) fn do_rotate<T: Config>(id: MemberId, new: OperatorId) -> DispatchResult {
    let mut member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
    admit_key::<T>(id, &new)?;
    retire::<T>(&member.operator, Retirement::Rotated(id));
    let old = core::mem::replace(&mut member.operator, new.clone());
    Members::<T>::insert(id, member);
    Pallet::<T>::deposit_event(Event::OperatorRotated {
        member: id,
        old,
        new,
    });
    Ok(())
}

pub(crate) fn do_set_endpoint<T: Config>(id: MemberId, endpoint: Endpoint) -> DispatchResult {
    ensure!(is_endpoint(&endpoint), Error::<T>::InvalidEndpoint);
    Members::<T>::try_mutate(id, |member| {
        let member = member.as_mut().ok_or(Error::<T>::UnknownMember)?;
        member.endpoint = endpoint.clone();
        Ok::<_, DispatchError>(())
    })?;
    Pallet::<T>::deposit_event(Event::EndpointSet {
        member: id,
        endpoint,
    });
    Ok(())
}

/// The calling member.
pub(crate) fn acting<T: Config>(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
    Ok(ensure_member::<T, Pallet<T>>(origin).map_err(|_| Error::<T>::NotAMember)?)
}

/// Rotates a member's key at its own wish: once a day, and with the new key's consent.
pub(crate) fn do_rotate_by_member<T: Config>(
    id: MemberId,
    new: OperatorId,
    proof: OperatorSignature,
) -> DispatchResult {
    let payload = rotation_payload(genesis_hash::<T>(), id);
    ensure!(new.verify(&payload, &proof), Error::<T>::WrongProof);
    let now = T::UnixTime::now();
    let last = LastRotation::<T>::get(id);
    ensure!(
        last.is_none_or(|last| now >= last.saturating_add(DAY)),
        Error::<T>::RotatedRecently
    );
    do_rotate::<T>(id, new)?;
    LastRotation::<T>::insert(id, now);
    Ok(())
}

/// Makes a key the member's. The provider reference lets its account send transactions
/// without a balance; it is given once and never taken back, because an account that dies
/// starts its nonces again, and everything it ever signed could be replayed.
fn admit_key<T: Config>(id: MemberId, operator: &OperatorId) -> DispatchResult {
    let account = operator_account(operator);
    check_key::<T>(id, &account)?;
    if RetiredOperators::<T>::take(&account).is_none() {
        frame_system::Pallet::<T>::inc_providers(&account);
    }
    MemberByOperator::<T>::insert(account, id);
    Ok(())
}

/// A key is new, or this member left with it.
fn check_key<T: Config>(id: MemberId, account: &AccountId32) -> DispatchResult {
    ensure!(
        !MemberByOperator::<T>::contains_key(account),
        Error::<T>::KeyTaken
    );
    ensure!(
        RetiredOperators::<T>::get(account)
            .is_none_or(|retired| retired == Retirement::Removed(id)),
        Error::<T>::KeyRetired
    );
    Ok(())
}

fn retire<T: Config>(operator: &OperatorId, why: Retirement) {
    let account = operator_account(operator);
    MemberByOperator::<T>::remove(&account);
    RetiredOperators::<T>::insert(account, why);
}

/// Whether a worker can ask there. Empty is an answer too: nobody is to ask this member.
fn is_endpoint(text: &str) -> bool {
    let known = text.starts_with("http://") || text.starts_with("https://");
    text.is_empty() || (known && text.bytes().all(|byte| byte.is_ascii_graphic()))
}
