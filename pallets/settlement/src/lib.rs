//! # Settlement
//!
//! What is owed for a reconciled day, and the single payment of it.
//!
//! ## Goals
//!
//! - An obligation is fixed once, when the day is reconciled, and paid once.
//! - An obligation that cannot be paid yet stays due, where everybody sees it, and is paid when there
//!   is enough.
//! - Nobody has to press a button.
//!
//! ## Terminology
//!
//! - **Obligation**: the credit amounts of a day's payments less those of its refunds, by the chain's
//!   record, in the agreement's asset. It is signed: the company owes the bank what is above zero, and
//!   the bank owes the company what is below.
//! - **Debtor**, **creditor**: who owes for a day, and who is owed.
//! - **Due**: fixed and not paid.
//! - **Reference**: the text that names agreement and day in the payment's event, such as
//!   `CF-1-20261122` ([`mod@reference`]).
//!
//! ## Scenarios
//!
//! *A day is reconciled.* The reconciliation reports the obligation ([`OnReconciled`]). The
//! off-chain worker in the debtor's node sees it due in a finalised block and submits
//! [`Pallet::pay`], signed by the operator without a nonce. The chain moves the asset from the debtor's
//! account to the creditor's.
//!
//! *More was given back than paid.* The bank's share of a day's refunds is larger than that of its
//! payments: the bank is the debtor, and its node pays.
//!
//! *A bank named the account that it is paid to.* It is paid there, and what it owes goes from the account
//! that was set for it: nobody's account pays because a debtor named it.
//!
//! *Nothing is owed.* An obligation of zero settles itself.
//!
//! *The debtor is short.* The worker does not submit, and the pool refuses a payment that the chain
//! could not make. [`Due`] still names the day. Once there is enough, the worker pays the days for
//! which the money suffices, the oldest first. While nothing can be paid, it looks at the days again
//! when a balance of the debtor changes, and every half minute. While all due days are the other party's,
//! it looks again when the next day is reconciled, and every half minute.
//!
//! *The money would not be what is owed.* An amount is paid as the same number in the asset's smallest
//! unit. If the asset's metadata states other decimals than the agreement, this would be another
//! amount. If the debtor would pay from the account that the creditor is paid to, nothing would move. In
//! both cases nothing is paid, and the day stays due.
//!
//! *Everything happens twice.* Worker runs overlap, blocks are seen again, nodes restart. The
//! pool holds one payment for a day, and the chain refuses one for a day that is paid.
//!
//! ## Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | `debt` | who owes whom for a day |
//! | `payment` | an obligation is fixed, and paid |
//! | `validate` | what the pool takes of calls without a nonce, and which calls are free |
//! | [`reference`](mod@reference) | the text that names agreement and day |
//! | `worker` | pays what is due for the debtors whose keys this node holds, where they can |
//! | `types` | what is stored |
//! | `weighing` | the largest calls, which must fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |
//!
//! [`OnReconciled`]: counterfoil_primitives::ports::OnReconciled

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::{Obligation, Reference};
pub use weights::WeightInfo;

#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod debt;
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

        /// The assets in which debtors pay.
        type Assets: fungibles::Inspect<AccountId32, AssetId = u32, Balance = Amount>
            + fungibles::Mutate<AccountId32>
            + fungibles::metadata::Inspect<AccountId32>;

        /// The block's time.
        type UnixTime: Time<Moment = Moment>;

        /// Call weights.
        type WeightInfo: WeightInfo;
    }

    /// The obligations of reconciled days, for ever.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Obligations<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, Obligation>;

    /// The days whose obligation is not paid; workers look through them.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Due<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, ()>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// One party owes the other for a day.
        ///
        /// The company owes the bank, or, where more was given back than paid, the bank the company.
        ObligationDue {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who owes.
            debtor: MemberId,
            /// Who is owed.
            creditor: MemberId,
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
        /// The debtor paid what it owed for a day.
        Paid {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who paid.
            debtor: MemberId,
            /// Who was paid.
            creditor: MemberId,
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
        /// Only the debtor pays: the company, or the bank where more was given back than paid.
        NotTheDebtor,
        /// The day is not reconciled yet.
        NotReconciled,
        /// The day is paid already, or nothing was owed for it.
        AlreadyPaid,
        /// The company or the bank is no longer a member, and so has no account.
        NoAccount,
        /// The debtor's account would keep less than the asset's minimum balance, and lose the rest.
        LeavesDust,
        /// The debtor's account holds less of the asset than is due.
        InsufficientFunds,
        /// The agreement's asset does not exist, or is being destroyed.
        AssetUnavailable,
        /// The asset, or the debtor's account in it, is frozen.
        FundsFrozen,
        /// The creditor's account cannot take the payment: blocked, or the amount is too small for it.
        CreditorCannotReceive,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// The asset's metadata states other decimals than the agreement: set it back.
        OtherDecimals,
        /// The creditor is paid to the account that the debtor pays from for the day: nothing would be paid.
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
        /// Pays what the calling member owes for a day.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::pay())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay,
        | -> bool { validate::is_free_to_pay::<T>(origin, *agreement, *day) })]
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
