//! How much of a block a member may use.

use crate::{Amount, Config};
use frame_support::{dispatch::DispatchClass, traits::Get};

/// What normal calls may take of a block.
pub fn budget<T: Config>() -> Amount {
    let weights = T::BlockWeights::get();
    let normal = weights.get(DispatchClass::Normal);
    Amount {
        weight: normal.max_total.unwrap_or(weights.max_block),
        bytes: *T::BlockLength::get().max.get(DispatchClass::Normal),
    }
}

/// What normal calls took of the block so far. Its bytes are those of all calls: they share one
/// limit.
pub fn taken<T: Config>() -> Amount {
    Amount {
        weight: *frame_system::Pallet::<T>::block_weight().get(DispatchClass::Normal),
        bytes: frame_system::Pallet::<T>::block_size(),
    }
}

/// The most that a member may use of a block: half of what the others left of the budget, where
/// `taken` is everybody's use and `own` the member's.
pub fn of(budget: Amount, taken: Amount, own: Amount) -> Amount {
    budget.minus(taken.minus(own)).half()
}
