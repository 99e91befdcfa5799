//! # Settlement
//!
//! What a company owes its bank for a reconciled day, and the single payment of it.
//!
//! ## Goals
//!
//! - A payable is fixed once, when the day is reconciled, and paid once.
//! - A payable that cannot be paid yet stays due, where everybody sees it, and is paid when there
//!   is enough.
//! - Nobody has to press a button.
//!
//! ## Terminology
//!
//! - **Payable**: the sum of a day's credit amounts by the chain's record, in the agreement's
//!   asset.
//! - **Due**: fixed and not paid.
//! - **Reference**: the text that names agreement and day in the payment's event, such as
//!   `CF-1-20261122` ([`mod@reference`]).
//!
//! ## Scenarios
//!
//! *A day is reconciled.* The reconciliation reports the payable ([`OnReconciled`]). The
//! off-chain worker in the company's node sees it due in a finalised block and submits
//! [`Pallet::pay`], signed by the operator without a nonce. The chain moves the asset from the company's
//! account to the bank's.
//!
//! *Nothing is owed.* A payable of zero settles itself.
//!
//! *The company is short.* The worker does not submit, and the pool refuses a payment that the chain
//! could not make. [`Due`] still names the day. Once there is enough, the worker pays the days for
//! which the money suffices, the oldest first. While nothing can be paid, it looks at the days again
//! when a balance of the company changes, and every half minute.
//!
//! *The money would not be what is owed.* An amount is paid as the same number in the asset's smallest
//! unit. If the asset's metadata states other decimals than the agreement, this would be another
//! amount. If company and bank have the same account, nothing would move. In both cases nothing is
//! paid, and the day stays due.
//!
//! *Everything happens twice.* Worker runs overlap, blocks are seen again, nodes restart. The
//! pool holds one payment for a day, and the chain refuses one for a day that is paid.
//!
//! ## Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | `payment` | a payable is fixed, and paid |
//! | `validate` | what the pool takes of calls without a nonce, and which calls are free |
//! | [`reference`](mod@reference) | the text that names agreement and day |
//! | `worker` | pays what is due for the companies whose keys this node holds, where they can |
//! | `types` | what is stored |
//! | `weighing` | the largest calls, which must fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |
//!
//! [`OnReconciled`]: counterfoil_primitives::ports::OnReconciled

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::{Payable, Reference};
pub use weights::WeightInfo;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
#[cfg(test)]
mod mock;
mod payment;
pub mod reference;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod validate;
mod weighing;
pub mod weights;
mod worker;

/// The log's target of this pallet.
const LOG: &str = "counterfoil::settlement";

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use counterfoil_primitives::{
        ports::Directory,
        written::{date::DateWords, Words},
        AgreementId, Amount, BusinessDay, MemberId, Moment,
    };
    use counterfoil_support::{ensure_member, CreateUnorderedTransaction};
    use frame_support::{
        pallet_prelude::*,
        traits::{fungibles, Time},
    };
    use frame_system::pallet_prelude::*;
    use sp_core::crypto::AccountId32;

    /// The version of what this pallet stores; a runtime that stores it otherwise has a higher one, and
    /// a migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId32> + CreateUnorderedTransaction<Call<Self>>
    {
        /// Members and agreements.
        type Directory: Directory;

        /// The assets in which companies pay.
        type Assets: fungibles::Inspect<AccountId32, AssetId = u32, Balance = Amount>
            + fungibles::Mutate<AccountId32>
            + fungibles::metadata::Inspect<AccountId32>;

        /// The block's time.
        type UnixTime: Time<Moment = Moment>;

        /// Call weights.
        type WeightInfo: WeightInfo;
    }

    /// The payables of reconciled days, for ever.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Payables<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, Payable>;

    /// The days whose payable is not paid; workers look through them.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Due<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, ()>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A company owes its bank for a day.
        PayableDue {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who owes.
            company: MemberId,
            /// Who is owed.
            bank: MemberId,
            /// The asset to pay in.
            asset: u32,
            /// How much, in minor units.
            amount: Amount,
            /// The same in the agreement's currency.
            amount_in_words: Words,
        },
        /// Nothing is owed for a day: it is settled.
        NothingDue {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
        },
        /// A company paid what it owed for a day.
        Paid {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who paid.
            company: MemberId,
            /// Who was paid.
            bank: MemberId,
            /// The asset.
            asset: u32,
            /// How much, in minor units.
            amount: Amount,
            /// The same in the agreement's currency.
            amount_in_words: Words,
            /// What names agreement and day: ASCII text.
            reference: Reference,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this number.
        UnknownAgreement,
        /// Only the agreement's company pays.
        NotTheCompany,
        /// The day is not reconciled yet.
        NotReconciled,
        /// The day is paid already.
        AlreadyPaid,
        /// The company or the bank is no longer a member, and so has no account.
        NoAccount,
        /// The company's account would keep less than the asset's minimum balance, and lose the rest.
        LeavesDust,
        /// The company's account holds less of the asset than is due.
        InsufficientFunds,
        /// The agreement's asset does not exist, or is being destroyed.
        AssetUnavailable,
        /// The asset, or the company's account in it, is frozen.
        FundsFrozen,
        /// The bank's account cannot take the payment: it is blocked, or the amount is too small for it.
        BankCannotReceive,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// The asset's metadata states other decimals than the agreement: set it back.
        OtherDecimals,
        /// The company and the bank have the same account for the day: nothing would be paid.
        SameAccount,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            weighing::assert_largest_calls_fit::<T>();
        }

        fn offchain_worker(_: BlockNumberFor<T>) {
            worker::run::<T>();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Pays what the calling company owes for a day.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::pay())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, _: &BusinessDay,
        | -> bool { validate::is_free_to_pay::<T>(origin, *agreement) })]
        pub fn pay(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            payment::do_pay::<T>(member, agreement, day)
        }
    }
}
