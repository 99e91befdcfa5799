//! The accounts that members pay from and are paid to, by the day.
//!
//! Settlement takes money from a debtor's account without a signature of that account. So a member pays only
//! from an account that the council set, and one that it names by itself is only paid to: it could be
//! anybody's.

use crate::{
    versions_by_day::set_version, AccountRequests, AccountVersion, Accounts, Config, Error, Event,
    Member, Members, Pallet, SetBy,
};
use counterfoil_primitives::{
    conditions::version_on, day_times::begun_anywhere, written::date, BusinessDay, MemberId, Moment,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};
use sp_core::crypto::AccountId32;

/// Sets an account as the council decides.
pub(crate) fn do_set_account<T: Config>(
    id: MemberId,
    from: BusinessDay,
    account: AccountId32,
) -> DispatchResult {
    ensure!(Members::<T>::contains_key(id), Error::<T>::UnknownMember);
    ensure!(!begins_within::<T>(from, 0), Error::<T>::DayHasBegun);
    let version = AccountVersion {
        account: account.clone(),
        set_by: SetBy::Council,
    };
    Accounts::<T>::try_mutate(id, |changes| set_version::<T, _>(changes, from, version))?;
    // It takes the place of what the member asked for from this day on.
    if AccountRequests::<T>::get(id).is_some_and(|requested| requested >= from) {
        AccountRequests::<T>::remove(id);
    }
    Pallet::<T>::deposit_event(Event::AccountSet {
        member: id,
        from,
        from_date: date::words(from),
        account,
    });
    Ok(())
}

/// Whether a day has begun anywhere, is about to, or comes to that within `time`. A member's agreements may
/// have different offsets, so the earliest one counts.
pub(crate) fn begins_within<T: Config>(day: BusinessDay, time: Moment) -> bool {
    begun_anywhere(day) <= T::UnixTime::now().saturating_add(time)
}

/// The account of a member on `day`, by its changes.
pub(crate) fn account_on(
    member: &Member,
    changes: &[(BusinessDay, AccountVersion)],
    day: BusinessDay,
) -> AccountId32 {
    let change = version_on(changes, day).and_then(|index| changes.get(index));
    let account = change.map_or(&member.account, |(_, version)| &version.account);
    account.clone()
}
