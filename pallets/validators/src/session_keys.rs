//! The session keys that members set.

use crate::{validator_list, Config, Error, Event, Pallet};
use codec::Encode;
use counterfoil_primitives::{institution::institution_account, MemberId};
use counterfoil_support::{ensure_member, is_signed_by};
use frame_support::{
    ensure,
    pallet_prelude::{DispatchResult, EnsureOrigin},
};
use frame_system::pallet_prelude::OriginFor;
use pallet_session::{Pallet as Session, SessionInterface};
use sp_core::crypto::AccountId32;
use sp_runtime::{traits::OpaqueKeys, DispatchError};

/// The calling member.
pub(crate) fn acting<T: Config>(origin: OriginFor<T>) -> Result<MemberId, DispatchError> {
    Ok(ensure_member::<T, T::Directory>(origin).map_err(|_| Error::<T>::NotAMember)?)
}

/// The keys of a member, as the session after the next one would have them.
pub(crate) fn keys_of<T: Config>(member: MemberId) -> Option<T::Keys> {
    Session::<T>::load_keys(&institution_account(member))
}

pub(crate) fn do_set_keys<T: Config>(
    member: MemberId,
    keys: T::Keys,
    proof: &[u8],
) -> DispatchResult {
    let is_valid = institution_account(member)
        .using_encoded(|owner| keys.ownership_proof_is_valid(owner, proof));
    ensure!(is_valid, Error::<T>::WrongProof);
    put_keys::<T>(member, keys)?;
    Pallet::<T>::deposit_event(Event::KeysSet { member });
    Ok(())
}

/// Puts a member's keys in the place of its former ones. Each key belongs to one member.
pub(crate) fn put_keys<T: Config>(member: MemberId, keys: T::Keys) -> DispatchResult {
    let account = institution_account(member);
    let is_free = |owner: Option<AccountId32>| owner.is_none_or(|owner| owner == account);
    ensure!(
        T::Keys::key_ids()
            .iter()
            .all(|id| is_free(Session::<T>::key_owner(*id, keys.get_raw(*id)))),
        Error::<T>::KeyTaken
    );
    <Session<T> as SessionInterface>::set_keys(&account, keys)
}

/// The member itself may take its keys away; so may the council.
pub(crate) fn ensure_may_purge<T: Config>(
    origin: OriginFor<T>,
    member: MemberId,
) -> DispatchResult {
    if let Err(origin) = T::AdminOrigin::try_origin(origin) {
        ensure!(acting::<T>(origin)? == member, Error::<T>::NotTheMember);
    }
    Ok(())
}

/// Drops the keys of a member that left the registry. Whoever has its number later would else make blocks by
/// the keys of somebody else.
pub(crate) fn drop_keys<T: Config>(member: MemberId) {
    if <Session<T> as SessionInterface>::purge_keys(&institution_account(member)).is_ok() {
        Pallet::<T>::deposit_event(Event::KeysPurged { member });
    }
}

/// Whether it is free of fees to take keys away: for the member, where it has some and is no validator.
pub(crate) fn is_free_to_purge<T: Config>(origin: &OriginFor<T>, member: MemberId) -> bool {
    is_signed_by::<T, T::Directory>(origin, |caller| {
        caller == member && check_purge::<T>(member).is_ok()
    })
}

/// Checks that a member has keys, and no use for them.
fn check_purge<T: Config>(member: MemberId) -> Result<(), Error<T>> {
    ensure!(
        !validator_list::has_part::<T>(member),
        Error::<T>::IsValidator
    );
    ensure!(keys_of::<T>(member).is_some(), Error::<T>::NoKeys);
    Ok(())
}

pub(crate) fn do_purge_keys<T: Config>(member: MemberId) -> DispatchResult {
    check_purge::<T>(member)?;
    <Session<T> as SessionInterface>::purge_keys(&institution_account(member))?;
    Pallet::<T>::deposit_event(Event::KeysPurged { member });
    Ok(())
}
