//! # Envelope
//!
//! Era and nonce of transactions, and members' transactions without a nonce.
//!
//! ## Goals
//!
//! - People, the command line and workers use one form: a transaction signed by the member's operator
//!   account, which every wallet and explorer can read.
//! - Many transactions of a member wait side by side, in any order.
//! - No transaction is applied twice.
//!
//! ## Terminology
//!
//! - **Unordered**: a transaction with [`UNORDERED`] in the field of the nonce. The account's nonce
//!   is neither read nor raised.
//! - **Spent**: an unordered transaction that was applied though its call could do something again.
//!   It is kept until its era ends.
//!
//! ## Scenarios
//!
//! 1. A worker commits to a book. The commitment is signed without a nonce. Once it is applied, the
//!    chain's own state refuses it: the side has committed.
//! 2. A client's batch is taken in part: a trade came too early. Everybody saw the batch, and could
//!    send it again when that trade could pass. It is spent, so it does not come back. The client
//!    signs anew.
//! 3. A staff member sets an endpoint in a wallet: an ordinary transaction with a nonce.
//!
//! | module | what it does |
//! |---|---|
//! | [`era_and_nonce`] | checks era and nonce, and what comes without a nonce |
//! | [`spent`] | keeps what is spent until its era ends |
//! | `types` | what is kept of spent transactions |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
pub mod era_and_nonce;
#[cfg(test)]
mod mock;
pub mod spent;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod weights;

pub use counterfoil_primitives::envelope::UNORDERED;
pub use era_and_nonce::EraAndNonce;
pub use pallet::*;
pub use types::{Spent, SpentOfMember};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use counterfoil_primitives::{ports::Directory, MemberId};
    use counterfoil_support::{KeepSpent, ValidateUnordered};
    use frame_support::{
        dispatch::{DispatchInfo, PostDispatchInfo},
        pallet_prelude::*,
    };
    use frame_system::pallet_prelude::*;
    use sp_core::{crypto::AccountId32, H256};
    use sp_runtime::traits::{AsSystemOriginSigner, Dispatchable};

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// The version of this pallet's storage.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<
        AccountId = AccountId32,
        Hash = H256,
        Nonce = u32,
        RuntimeCall: ValidateUnordered
                         + Dispatchable<Info = DispatchInfo, PostInfo = PostDispatchInfo>,
        RuntimeOrigin: AsSystemOriginSigner<AccountId32> + Clone,
    >
    {
        /// Which account acts for which member.
        type Directory: Directory;
        /// Weights of the checks.
        type WeightInfo: WeightInfo;
    }

    /// Each member's spent transactions, until their eras end.
    #[pallet::storage]
    pub type SpentTransactions<T: Config> =
        StorageMap<_, Twox64Concat, MemberId, SpentOfMember<BlockNumberFor<T>>, ValueQuery>;

    /// Whether to keep the transaction that is being applied as spent.
    #[pallet::storage]
    pub type Keep<T: Config> = StorageValue<_, ()>;

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    impl<T: Config> KeepSpent for Pallet<T> {
        fn keep_spent() {
            Keep::<T>::put(());
        }
    }
}
