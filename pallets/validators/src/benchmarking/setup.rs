//! Members with keys, and lists that are as long as they may be.

use super::BenchmarkHelper;
use crate::{session_keys, Config, Validators};
use alloc::vec::Vec;
use counterfoil_primitives::{institution::institution_account, MemberId};
use frame_support::{traits::Get, BoundedVec};
use pallet_session::QueuedKeys;
use sp_core::crypto::AccountId32;

/// The first validator.
pub const FIRST: MemberId = 10_000;
/// A member that is no validator.
pub const OTHER: MemberId = 20_000;

/// Puts a member with session keys there. Returns the account of its operator key.
pub fn put_member_with_keys<T: Config>(member: MemberId) -> AccountId32 {
    let operator = T::BenchmarkHelper::put_member(member);
    let (keys, _) = T::BenchmarkHelper::keys(member, &institution_account(member));
    session_keys::put_keys::<T>(member, keys).expect("nobody has these keys");
    operator
}

/// Makes as many members validators as there may be: by the list, in this session and in the next.
pub fn put_validators<T: Config>() {
    let members: Vec<_> = (FIRST..FIRST + T::MaxValidators::get()).collect();
    let queued: Vec<_> = members
        .iter()
        .map(|member| {
            let account = institution_account(*member);
            let (keys, _) = T::BenchmarkHelper::keys(*member, &account);
            (account, keys)
        })
        .collect();
    let active: Vec<_> = queued.iter().map(|(account, _)| account.clone()).collect();
    pallet_session::Validators::<T>::put(active);
    QueuedKeys::<T>::put(queued);
    Validators::<T>::put(BoundedVec::truncate_from(members));
}
