//! How much of a block a member may use.

use crate::{Config, Load};
use frame_support::{dispatch::DispatchClass, traits::Get};

/// What normal calls may take of a block.
pub fn budget<T: Config>() -> Load {
    let weights = T::BlockWeights::get();
    let normal = weights.get(DispatchClass::Normal);
    Load {
        weight: normal.max_total.unwrap_or(weights.max_block),
        bytes: *T::BlockLength::get().max.get(DispatchClass::Normal),
    }
}

/// What workers' calls may take of a block, all together: half of what normal calls may take.
pub fn budget_of_workers<T: Config>() -> Load {
    budget::<T>().half()
}

/// What calls took of the block so far, operational ones too: a member that sends such does not get
/// beyond its room by them.
pub fn taken<T: Config>() -> Load {
    let weights = frame_system::Pallet::<T>::block_weight();
    let of = |class| *weights.get(class);
    Load {
        weight: of(DispatchClass::Normal).saturating_add(of(DispatchClass::Operational)),
        bytes: frame_system::Pallet::<T>::block_size(),
    }
}

/// The maximum that a member may use of a budget: half of what the others left of it, where `taken` is
/// everybody's use and `own` the member's.
pub fn of(budget: Load, taken: Load, own: Load) -> Load {
    budget.minus(taken.minus(own)).half()
}
