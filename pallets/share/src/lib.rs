//! # Share
//!
//! Shares out the room of blocks among members, so that none holds another up.
//!
//! ## Goals
//!
//! - Whatever one member sends, free or paid, others find room in the same block.
//! - A member that used little lately comes before a member that used much, in blocks and in a full pool.
//! - Nobody has to set a rate, and a member that is alone is not held back by others' limits.
//!
//! ## Terminology
//!
//! - **Budget**: what normal calls may take of a block, in weight and in bytes.
//! - **Use**: what a member's calls were charged of a block's budget, after refunds.
//! - **Room**: half of what the others left of the budget. A member's use ends there.
//! - **Others**: the signers that are neither members nor administrators. Together they are shared out
//!   room as one member.
//! - **Lately**: the sum of a member's use by block, where each block counts an eighth less than the
//!   one after it.
//!
//! ## Scenarios
//!
//! *One member floods.* It gets half of the block. The next one finds a quarter, the third an eighth,
//! and so on: a member's room halves with each member that comes before it.
//!
//! *A flood fills the pool.* Its calls carry a priority that falls with what the member used
//! lately. Another member's call has a higher one: the full pool drops one of the flood's for it, and
//! an author takes it first.
//!
//! *A worker reports, or pays.* Such a call has a worker's priority, because the chain's state shows
//! that it does something, once. All workers together have half of a budget, which is shared out among
//! them as a block is among members: a party that wrongly reports a great many breaks holds up neither
//! trades nor another's report. The same call with a nonce counts as the member's own, because the
//! member could repeat it though it fails.
//!
//! *The chain is administered.* An administrator's calls come before members' own and are not counted,
//! where they are free: such a call succeeds, and its number is limited. One that costs a fee counts as the
//! member's own, so that no funds buy the room of others. Such calls by anybody else are refused at once,
//! since they would fail after they took their room. In the pool one call of an account comes first at a
//! time: what waits for an earlier one, which may use up what it needs, comes last until that one is in a
//! block.
//!
//! ## How
//!
//! Among a transaction's extensions, [`CheckShare`] wraps those from the nonce to `CheckWeight`. It
//! adds no byte, and the metadata shows only the others. The pool gets priorities from it. Only a block
//! refuses by it, as `ExhaustsResources`, so that the call waits for the next block.
//!
//! | module | what it does |
//! |---|---|
//! | [`check_share`] | checks and counts each transaction |
//! | [`charge`] | what a call takes of its member's room |
//! | `signer_and_rank` | who signed a call, and how it ranks |
//! | `dear_checks` | calls whose checks are dear, which a full block refuses at once |
//! | [`block_room`] | how much of a block a member may use |
//! | [`usage`] | what a member used, in this block and lately |
//! | [`priority`] | what comes first |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
pub mod block_room;
pub mod charge;
pub mod check_share;
mod dear_checks;
#[cfg(test)]
mod mock;
pub mod priority;
mod signer_and_rank;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod usage;
pub mod weights;

pub use check_share::CheckShare;
pub use pallet::*;
pub use usage::{Load, Usage};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use counterfoil_primitives::{ports::Directory, MemberId};
    use frame_support::{
        pallet_prelude::*,
        traits::{Contains, ContainsPair},
    };
    use frame_system::pallet_prelude::*;
    use sp_core::crypto::AccountId32;
    use sp_runtime::traits::UniqueSaturatedInto;

    /// The layout of the storage.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config: frame_system::Config<AccountId = AccountId32> {
        /// Who is a member.
        type Directory: Directory;

        /// The accounts that administer the chain.
        type Administrators: Contains<AccountId32>;

        /// The calls by which they do so. Such a call is refused if anybody else sends it.
        type Council: Contains<Self::RuntimeCall>;

        /// For whom such a call is free: a free one comes before all members' own, and is not counted.
        type Free: ContainsPair<Self::RuntimeOrigin, Self::RuntimeCall>;

        /// The calls that record trades: they come before what is left.
        type Recording: Contains<Self::RuntimeCall>;

        /// Weights of counting.
        type WeightInfo: WeightInfo;

        /// What the benchmarks set up behind the port.
        #[cfg(any(feature = "runtime-benchmarks", test))]
        type BenchmarkHelper: benchmarking::BenchmarkHelper;
    }

    /// What a member used lately: one value for each member, until it is forgotten. [`OTHERS`] stands for
    /// all who are neither members nor administrators.
    #[pallet::storage]
    pub type UsedBy<T: Config> = StorageMap<_, Twox64Concat, MemberId, Usage>;

    /// The number that counts all who are neither members nor administrators. Should a member have it, they
    /// share its room.
    pub const OTHERS: MemberId = MemberId::MAX;

    /// What all workers' calls together used of this block: nothing between two blocks.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type UsedByWorkers<T: Config> = StorageValue<_, Load, ValueQuery>;

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            let budget = block_room::budget::<T>();
            assert!(
                budget.weight.ref_time() > 0 && budget.bytes > 0,
                "there is a budget to share"
            );
        }

        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            // What the end of the block costs.
            T::DbWeight::get().writes(1)
        }

        fn on_finalize(_: BlockNumberFor<T>) {
            UsedByWorkers::<T>::kill();
        }

        /// Forgets at most one member that used nothing for long. The place where it looks moves with
        /// the block's number, so that each member has its turn.
        fn on_idle(now: BlockNumberFor<T>, remaining: Weight) -> Weight {
            let weight = T::WeightInfo::forget();
            if remaining.any_lt(weight) {
                return Weight::zero();
            }
            let now: u32 = now.unique_saturated_into();
            let from = UsedBy::<T>::hashed_key_for(now);
            if let Some((member, usage)) = UsedBy::<T>::iter_from(from).next() {
                if usage.is_forgotten(now) {
                    UsedBy::<T>::remove(member);
                }
            }
            weight
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    impl<T: Config> Pallet<T> {
        /// The number of the block that is being made, or of the next one in a pool.
        pub(crate) fn now() -> u32 {
            frame_system::Pallet::<T>::block_number().unique_saturated_into()
        }
    }
}
