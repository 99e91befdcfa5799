//! What a call takes of its member's room in a block: checked before it runs, and counted afterwards.

use crate::{block_room, Config, Load, Pallet, Usage, UsedBy, UsedByWorkers};
use counterfoil_primitives::MemberId;
use frame_support::{
    dispatch::{DispatchInfo, PostDispatchInfo},
    ensure,
    traits::Get,
};
use frame_system::calculate_consumed_extrinsic_weight;
use sp_runtime::{
    traits::Dispatchable,
    transaction_validity::{InvalidTransaction, TransactionValidityError},
};

/// Whose use a call counts as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Account {
    /// A member's own, or that of [`OTHERS`](crate::OTHERS).
    Own(MemberId),
    /// That of a member's worker.
    Worker(MemberId),
}

impl Account {
    pub(crate) const fn member(self) -> MemberId {
        let (Self::Own(member) | Self::Worker(member)) = self;
        member
    }
}

/// A counted call on its way through a block.
pub struct Charge {
    account: Account,
    /// What the member used until then, as it counts in this block.
    usage: Usage,
    /// Whether the member used something of this block before.
    pub(crate) is_first: bool,
    /// What all calls together took of the block until then.
    taken: Load,
}

impl Charge {
    /// Lets a call into the block, unless more than its room would be used by it, even if nothing of its
    /// weight came back.
    pub(crate) fn begin<T>(
        account: Account,
        info: &DispatchInfo,
        len: usize,
    ) -> Result<Self, TransactionValidityError>
    where
        T: Config,
        T::RuntimeCall: Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
    {
        let (now, budget, taken) = (
            Pallet::<T>::now(),
            block_room::budget::<T>(),
            block_room::taken::<T>(),
        );
        let last = UsedBy::<T>::get(account.member()).unwrap_or_default();
        let usage = last.at(now, budget);
        let cost = Load {
            weight: calculate_consumed_extrinsic_weight::<T::RuntimeCall>(
                &T::BlockWeights::get(),
                info,
                len,
            ),
            bytes: len as u32,
        };
        let (own, room) = match account {
            Account::Own(_) => (usage.here, block_room::of(budget, taken, usage.here)),
            Account::Worker(_) => {
                let (budget, taken) = (
                    block_room::budget_of_workers::<T>(),
                    UsedByWorkers::<T>::get(),
                );
                (usage.workers, block_room::of(budget, taken, usage.workers))
            }
        };
        ensure!(
            own.plus(cost).fits(room),
            InvalidTransaction::ExhaustsResources
        );
        Ok(Self {
            account,
            usage,
            is_first: last.block != now,
            taken,
        })
    }

    /// Counts what the block was charged for the call.
    pub(crate) fn end<T: Config>(self) {
        let used = block_room::taken::<T>().minus(self.taken);
        let mut usage = self.usage;
        match self.account {
            Account::Own(_) => usage.here = usage.here.plus(used),
            Account::Worker(_) => {
                usage.workers = usage.workers.plus(used);
                UsedByWorkers::<T>::mutate(|all| *all = all.plus(used));
            }
        }
        UsedBy::<T>::insert(self.account.member(), usage);
    }
}
