//! The operator keys of members: admitted, changed, and retired for ever.

use crate::{
    directory::genesis_hash, Config, Error, Event, LastRotation, MemberByOperator, Members, Pallet,
    RetiredOperators, Retirement,
};
use counterfoil_primitives::{
    day::DAY, operator::rotation_payload, MemberId, OperatorId, OperatorSignature,
};
use counterfoil_support::operator_account;
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};
use sp_core::crypto::AccountId32;
use sp_runtime::app_crypto::RuntimeAppPublic;

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
pub(crate) fn admit_key<T: Config>(id: MemberId, operator: &OperatorId) -> DispatchResult {
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

pub(crate) fn retire<T: Config>(operator: &OperatorId, why: Retirement) {
    let account = operator_account(operator);
    MemberByOperator::<T>::remove(&account);
    RetiredOperators::<T>::insert(account, why);
}
