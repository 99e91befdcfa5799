//! Who signed a call, and how it ranks in a pool: nobody, an administrator, or somebody whose use is counted.

use crate::{block_room, charge::Account, priority, Config, Pallet, UsedBy, OTHERS};
use counterfoil_primitives::{ports::Directory, MemberId};
use counterfoil_support::worker_priority::WORKER_PRIORITY;
use frame_support::{
    ensure,
    traits::{Contains, ContainsPair, OriginTrait},
};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionPriority};

/// Who signed a call, and how it ranks.
#[derive(Clone, Copy)]
pub(crate) enum Signer {
    /// Nobody.
    Nobody,
    /// An administrator that administers free of fees, or that is no member.
    Administrator,
    /// Somebody whose use is counted.
    Counted(Account),
}

impl Signer {
    pub(crate) fn of<T: Config>(
        origin: &T::RuntimeOrigin,
        call: &T::RuntimeCall,
        priority: TransactionPriority,
    ) -> Result<Self, InvalidTransaction> {
        let Some(signer) = origin.as_signer() else {
            return Ok(Self::Nobody);
        };
        let member = T::Directory::member_of(signer);
        if priority >= WORKER_PRIORITY {
            return Ok(Self::Counted(Account::Worker(member.unwrap_or(OTHERS))));
        }
        if T::Council::contains(call) {
            ensure!(
                T::Administrators::contains(signer),
                InvalidTransaction::BadSigner
            );
            // What is not free may fail and be repeated without end by whoever pays for it.
            return Ok(if T::Free::contains(origin, call) {
                Self::Administrator
            } else {
                Self::Counted(Account::Own(member.unwrap_or(OTHERS)))
            });
        }
        Ok(match member {
            None if T::Administrators::contains(signer) => Self::Administrator,
            _ => Self::Counted(Account::Own(member.unwrap_or(OTHERS))),
        })
    }

    /// What is added to the call's priority in a pool. `is_next` says that it waits for no other call.
    pub(crate) fn priority<T: Config>(
        self,
        call: &T::RuntimeCall,
        is_next: bool,
    ) -> TransactionPriority {
        match self {
            Self::Nobody | Self::Counted(Account::Worker(_)) => 0,
            Self::Administrator if is_next => priority::of(priority::COUNCIL, 0),
            // The one that it waits for may leave it nothing to do. If all of them came first, an account
            // could fill the pool with calls of which a block takes one.
            Self::Administrator => priority::of(priority::OTHER, 0),
            Self::Counted(Account::Own(member)) => {
                priority::of(band::<T>(call), lately::<T>(member))
            }
        }
    }

    pub(crate) const fn account(self) -> Option<Account> {
        match self {
            Self::Nobody | Self::Administrator => None,
            Self::Counted(account) => Some(account),
        }
    }
}

/// The band of a member's call.
fn band<T: Config>(call: &T::RuntimeCall) -> TransactionPriority {
    if T::Recording::contains(call) {
        priority::RECORDING
    } else {
        priority::OTHER
    }
}

/// What the member used lately, in millionths of a block's budget.
fn lately<T: Config>(member: MemberId) -> u32 {
    let budget = block_room::budget::<T>();
    UsedBy::<T>::get(member).map_or(0, |usage| {
        usage.at(Pallet::<T>::now(), budget).lately(budget)
    })
}
