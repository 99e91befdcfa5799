//! Changes of the account that a member is paid to, which the member asks for by itself, and objections to
//! them.
//!
//! A change that a member asks for is among its accounts at once: nobody has to do anything on its first
//! day. Beside them stands which one it is, so that it can be objected to, and no other one.

use crate::{
    accounts::{account_on, begins_within},
    members::acting,
    AccountRequests, AccountVersion, Accounts, Config, Error, Event, Member, Members, Pallet,
    SetBy,
};
use counterfoil_primitives::{day::DAY, written::date, BusinessDay, MemberId, Moment, Role};
use counterfoil_support::is_signed_by;
use frame_support::{
    ensure,
    pallet_prelude::{DispatchResult, EnsureOrigin},
    traits::Get,
};
use frame_system::pallet_prelude::OriginFor;
use sp_core::crypto::AccountId32;

/// How long, at least, a change that a member asks for can be objected to.
pub const OBJECTION_TIME: Moment = DAY;

/// How many days an account has, at least, before its member replaces it by itself.
///
/// Accounts of days that have begun stay for ever. Without this bound a member could fill its list within a
/// few months, and free of fees.
pub const ACCOUNT_DAYS: u32 = 28;

/// Whether a member may change by itself the account that it is paid to. A company may not: it is paid
/// where it pays from, and that account is the council's to set.
fn may_change(member: &Member) -> bool {
    member.role != Role::Company
}

/// Changes a member's account at its own wish.
pub(crate) fn do_change_account<T: Config>(
    id: MemberId,
    from: BusinessDay,
    account: AccountId32,
) -> DispatchResult {
    let member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
    ensure!(may_change(&member), Error::<T>::AccountPays);
    ensure!(
        !begins_within::<T>(from, OBJECTION_TIME),
        Error::<T>::NoTimeToObject
    );
    ensure!(
        Pallet::<T>::open_account_change(id).is_none(),
        Error::<T>::AccountChangeOpen
    );
    let mut replaced = member.account;
    Accounts::<T>::try_mutate(id, |changes| -> DispatchResult {
        ensure!(
            changes.len() < T::MaxVersions::get() as usize / 2,
            Error::<T>::TooManyVersions
        );
        if let Some((first, last)) = changes.last() {
            let earliest = first.0.saturating_add(ACCOUNT_DAYS);
            ensure!(from.0 >= earliest, Error::<T>::AccountTooRecent);
            replaced = last.account.clone();
        }
        let version = AccountVersion {
            account: account.clone(),
            set_by: SetBy::Member,
        };
        changes
            .try_push((from, version))
            .map_err(|_| Error::<T>::TooManyVersions)?;
        Ok(())
    })?;
    AccountRequests::<T>::insert(id, from);
    Pallet::<T>::deposit_event(Event::AccountChangeRequested {
        member: id,
        from,
        from_date: date::words(from),
        replaced,
        account,
    });
    Ok(())
}

/// Whether a change of account is free of fees: for members that may change theirs.
pub(crate) fn is_free_to_change<T: Config>(origin: &OriginFor<T>) -> bool {
    is_signed_by::<T, Pallet<T>>(origin, |id| {
        Members::<T>::get(id).is_some_and(|member| may_change(&member))
    })
}

/// The member itself may object to its change, since another may have its key; so may the council.
pub(crate) fn ensure_may_object<T: Config>(
    origin: OriginFor<T>,
    member: MemberId,
) -> DispatchResult {
    if let Err(origin) = T::AdminOrigin::try_origin(origin) {
        ensure!(acting::<T>(origin)? == member, Error::<T>::NotTheMember);
    }
    Ok(())
}

/// Takes back the change that a member asked for and whose day has not begun, if it is the one that is named
/// by its first day and its account.
pub(crate) fn do_object<T: Config>(
    id: MemberId,
    named_from: BusinessDay,
    named: &AccountId32,
) -> DispatchResult {
    let member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
    let from = Pallet::<T>::open_account_change(id).ok_or(Error::<T>::NothingToObjectTo)?;
    let mut changes = Accounts::<T>::get(id);
    let index = changes
        .iter()
        .position(|(day, version)| *day == from && version.set_by == SetBy::Member)
        .ok_or(Error::<T>::NothingToObjectTo)?;
    let (_, AccountVersion { account, .. }) = changes.remove(index);
    ensure!(
        (from, &account) == (named_from, named),
        Error::<T>::OtherAccountChange
    );
    let kept = account_on(&member, &changes, from);
    if changes.is_empty() {
        Accounts::<T>::remove(id);
    } else {
        Accounts::<T>::insert(id, changes);
    }
    AccountRequests::<T>::remove(id);
    Pallet::<T>::deposit_event(Event::AccountChangeObjected {
        member: id,
        from,
        from_date: date::words(from),
        account,
        kept,
    });
    Ok(())
}

impl<T: Config> Pallet<T> {
    /// The first day of the change of account that a member asked for, while it can be objected to.
    pub fn open_account_change(member: MemberId) -> Option<BusinessDay> {
        AccountRequests::<T>::get(member).filter(|from| !begins_within::<T>(*from, 0))
    }
}
