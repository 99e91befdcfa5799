//! The list of validators, and who has a part in it.

use crate::{session_keys, Config, Error, Event, Pallet, Validators};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    institution::institution_of,
    ports::{Directory, Posts},
    MemberId,
};
use frame_support::{ensure, BoundedVec};
use pallet_session::Pallet as Session;

/// A list of validators, within its bound.
pub(crate) type List<T> = BoundedVec<MemberId, <T as Config>::MaxValidators>;

/// A list that can be decided: one within its bounds, of members with keys.
pub(crate) fn check_list<T: Config>(members: Vec<MemberId>) -> Result<List<T>, Error<T>> {
    let is_member = |member: &MemberId| T::Directory::operator(*member).is_some();
    let list = check_bounds::<T>(members)?;
    ensure!(list.iter().all(is_member), Error::<T>::UnknownMember);
    ensure!(
        list.iter()
            .all(|member| session_keys::keys_of::<T>(*member).is_some()),
        Error::<T>::NoKeys
    );
    Ok(list)
}

/// A list that is not empty, ascends, and keeps to its bound.
pub(crate) fn check_bounds<T: Config>(members: Vec<MemberId>) -> Result<List<T>, Error<T>> {
    ensure!(!members.is_empty(), Error::<T>::NoValidators);
    let list = List::<T>::try_from(members).map_err(|_| Error::<T>::TooManyValidators)?;
    ensure!(is_ascending(&list), Error::<T>::NotAscending);
    Ok(list)
}

/// Puts a checked list in the place of the former one. It is queued when the next session begins.
pub(crate) fn accept_list<T: Config>(list: List<T>) {
    let members = list.clone().into_inner();
    Validators::<T>::put(list);
    Pallet::<T>::deposit_event(Event::ValidatorsSet { members });
}

/// Whether each member stands before the next one.
pub(crate) fn is_ascending(members: &[MemberId]) -> bool {
    members.windows(2).all(|pair| pair[0] < pair[1])
}

/// The validators of this session.
pub(crate) fn active<T: Config>() -> BTreeSet<MemberId> {
    Session::<T>::validators()
        .iter()
        .filter_map(institution_of)
        .collect()
}

/// The validators of the next session.
pub(crate) fn queued<T: Config>() -> BTreeSet<MemberId> {
    Session::<T>::queued_keys()
        .iter()
        .filter_map(|(account, _)| institution_of(account))
        .collect()
}

/// Whether the member is in the list, or a validator of this session or the next.
pub(crate) fn has_part<T: Config>(member: MemberId) -> bool {
    Validators::<T>::get().contains(&member)
        || active::<T>().contains(&member)
        || queued::<T>().contains(&member)
}

impl<T: Config> Pallet<T> {
    /// The validators of this session.
    pub fn active() -> BTreeSet<MemberId> {
        active::<T>()
    }

    /// The validators of the next session.
    pub fn queued() -> BTreeSet<MemberId> {
        queued::<T>()
    }
}

impl<T: Config> Posts for Pallet<T> {
    fn holds(member: MemberId) -> bool {
        has_part::<T>(member)
    }

    fn named() -> Vec<MemberId> {
        Validators::<T>::get().into_inner()
    }

    fn left(member: MemberId) {
        session_keys::drop_keys::<T>(member);
    }
}
