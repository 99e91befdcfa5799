//! # Settlement
//!
//! What is owed for reconciled days, and how it is paid.
//!
//! ## Goals
//!
//! - What is owed for a day is fixed once, when the day is reconciled, and counts towards one payment.
//! - The days of a settlement period are paid together, once, in one direction.
//! - An obligation that is not paid yet stays due, where everybody sees it, and sees why.
//! - Where the money moves in an asset of this chain, nobody has to press a button.
//! - Where it moves outside the chain, nobody judges: each party states what is against its own interest.
//!
//! ## Terminology
//!
//! - **Day's obligation**: the credit amounts of a day's payments less those of its refunds, by the chain's
//!   record. It is signed: the company owes the bank what is above zero, and the bank owes the company
//!   what is below.
//! - **Settlement period**: the days that one payment covers, named by the first of them: each day by itself,
//!   the days that come due together, or a calendar month, by the agreement's conditions
//!   ([`period_of`]). Any of its days may name it in a call.
//! - **Obligation**: the sum of the obligations of a period's days.
//! - **Debtor**, **creditor**: who owes for a period, and who is owed.
//! - **Due**: all days of the period are reconciled, and something is left to pay.
//! - **Rail**: how the money moves: in an asset of this chain, or outside the chain.
//! - **Declaration**: what the debtor states of a payment outside the chain: amount, value date, and the
//!   bank's reference.
//! - **Release**: the word of the debtor's staff without which nothing is paid, where a client went beyond
//!   its limits on a day of the period.
//! - **Reference**: the text that names agreement and period in the payment's event, such as
//!   `CF-1-20261122` ([`asset_payment_reference`]).
//!
//! ## Scenarios
//!
//! *A day is reconciled.* The reconciliation reports what is owed for it ([`OnReconciled`]). It counts
//! towards the obligation of its settlement period. With the last day of the period, whichever day that is,
//! the obligation falls due.
//!
//! *The obligation is paid in an asset.* The off-chain worker in the debtor's node sees it due in a finalised
//! block and submits [`Pallet::pay`], signed by the operator without a nonce. The chain moves the asset from
//! the debtor's account to the creditor's.
//!
//! *More was given back than paid.* The bank's share of a period's refunds is larger than that of its
//! payments: the bank is the debtor, and its node pays.
//!
//! *A bank named the account that it is paid to.* It is paid there, and pays what it owes from the account
//! that the council set for it: no account pays because a debtor named it. The accounts are those of the
//! period's first day.
//!
//! *Nothing is owed.* An obligation of zero settles itself.
//!
//! *Period or rail change within a month.* The change begins a new period. The one before it ends on the
//! previous day, and falls due once its own days are reconciled.
//!
//! *The obligation is paid outside the chain.* The debtor pays by its bank, and declares the payment with the
//! bank's reference ([`Pallet::declare`]); it may do so in parts. The creditor reads its statement, and
//! acknowledges what it received of each ([`Pallet::acknowledge`]), which may be less, or nothing. The debtor
//! reports what came back ([`Pallet::report_return`]): that is owed again, even if the period was paid
//! before. A report names what came back before it, so that the same one counts once.
//!
//! *A client went beyond its limits.* The day is recorded whole. Once the period is due, it waits until the
//! operator of the debtor releases it ([`Pallet::release`]); before that nothing is paid or declared.
//!
//! *The debtor is short.* The worker does not submit, and the pool refuses a payment that the chain
//! could not make. [`Due`] still names the period. Once there is enough, the worker pays the periods for
//! which the money suffices, the oldest first. While nothing can be paid, it looks at them again
//! when a balance of the debtor changes, and every half minute. While it has nothing to pay by itself,
//! it looks again when the next day is reconciled, and every half minute.
//!
//! *The money would not be what is owed.* An amount is paid as the same number in the asset's smallest
//! unit. If the asset's metadata states other decimals than the agreement, this would be another
//! amount. If the debtor would pay from the account that the creditor is paid to, nothing would move. In
//! both cases nothing is paid, and the period stays due.
//!
//! *Staff asks why it is not paid.* [`Pallet::view`] and [`Pallet::unpaid`] ask the same check as the payment
//! does, and name its answer ([`Waiting`]).
//!
//! *Everything happens twice.* Worker runs overlap, blocks are seen again, nodes restart. The
//! pool holds one payment for a period, and the chain refuses one for a period that is paid.
//!
//! ## Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | `period_falls_due` | days add up to the obligation of their period, which falls due |
//! | `who_owes` | who owes whom for a period |
//! | `asset_payment` | an obligation is paid in an asset |
//! | `release` | a payment that waits is released |
//! | `declarations` | an obligation is paid outside the chain |
//! | `obligation_view` | what is owed, as staff reads it, and why it is not paid |
//! | `validate` | what the pool takes of calls without a nonce, and which calls are free |
//! | [`asset_payment_reference`] | the text that names agreement and period |
//! | `worker` | pays what is due for the debtors whose keys this node holds, where they can |
//! | `types` | what is reported |
//! | `weighing` | the weight of being told of a reconciled day |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the call weights |
//! | `try_state` | storage invariants |
//!
//! [`OnReconciled`]: counterfoil_primitives::ports::OnReconciled
//! [`Waiting`]: counterfoil_primitives::settlement::Waiting
//! [`period_of`]: counterfoil_primitives::settlement::period_of

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::Reference;
pub use weighing::OnReconciledWeight;
pub use weights::WeightInfo;

mod asset_payment;
pub mod asset_payment_reference;
#[cfg(any(feature = "runtime-benchmarks", test))]
mod benchmarking;
mod declarations;
mod largest_calls_fit;
#[cfg(test)]
mod mock;
mod obligation_view;
mod period_falls_due;
mod release;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod validate;
mod weighing;
pub mod weights;
mod who_owes;
mod worker;

/// The log's target of this pallet.
const LOG: &str = "counterfoil::settlement";

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::declarations::Stated;
    use counterfoil_primitives::{
        ports::{ClientCredits, Directory},
        settlement::{BankReference, Declarations, Obligation, Rail},
        written::{date::DateWords, Words},
        AgreementId, Amount, BusinessDay, MemberId, Moment, SignedAmount,
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

        /// What clients caused in a day.
        type ClientCredits: ClientCredits;

        /// The assets in which debtors pay.
        type Assets: fungibles::Inspect<AccountId32, AssetId = u32, Balance = Amount>
            + fungibles::Mutate<AccountId32>
            + fungibles::metadata::Inspect<AccountId32>;

        /// The block's time.
        type UnixTime: Time<Moment = Moment>;

        /// Call weights.
        type WeightInfo: WeightInfo;
    }

    /// What is owed for each reconciled day, for ever: what the company owes the bank, in minor units; below
    /// zero, the bank owes the company.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type DayObligations<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, SignedAmount>;

    /// What is owed for settlement periods of which a day is reconciled, for ever.
    ///
    /// Keys: agreement, first day of the period (days since 1970-01-01).
    #[pallet::storage]
    pub type Obligations<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, Obligation>;

    /// The settlement periods that are whole, and of which something is left to pay; workers look through
    /// them.
    ///
    /// Keys: agreement, first day of the period (days since 1970-01-01).
    #[pallet::storage]
    pub type Due<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, ()>;

    /// The payments outside the chain that were declared for settlement periods, for ever.
    ///
    /// Keys: agreement, first day of the period (days since 1970-01-01).
    #[pallet::storage]
    pub type Declared<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        BusinessDay,
        Declarations,
        ValueQuery,
    >;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A day is reconciled, and days of its settlement period are not.
        DayCounted {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The first day of the period, which names it.
            first: BusinessDay,
            /// The same day as a date.
            first_date: DateWords,
            /// The last day of the period, as far as it is known.
            last: BusinessDay,
            /// The same day as a date.
            last_date: DateWords,
            /// What is owed for the day, in the agreement's currency.
            owed_in_words: Words,
        },
        /// One party owes the other for a settlement period.
        ///
        /// The company owes the bank, or, where more was given back than paid, the bank the company.
        ObligationDue {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The last day of the period.
            last: BusinessDay,
            /// The same day as a date.
            last_date: DateWords,
            /// Who owes.
            debtor: MemberId,
            /// Who is owed.
            creditor: MemberId,
            /// How the money moves.
            rail: Rail,
            /// How much, in minor units.
            amount: Amount,
            /// The same in the agreement's currency.
            amount_in_words: Words,
        },
        /// Nothing is owed for a settlement period: it is settled.
        NothingDue {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The last day of the period.
            last: BusinessDay,
            /// The same day as a date.
            last_date: DateWords,
        },
        /// A client went beyond its limits: the debtor has to release the payment.
        ReleaseAwaited {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who owes, and has to release it.
            debtor: MemberId,
        },
        /// The debtor released a payment that waited.
        Released {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who owes, and released it.
            debtor: MemberId,
        },
        /// Nothing is left to pay for a settlement period.
        Paid {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who paid.
            debtor: MemberId,
            /// Who was paid.
            creditor: MemberId,
            /// How the money moved.
            rail: Rail,
            /// How much in all, in minor units.
            amount: Amount,
            /// The same in the agreement's currency.
            amount_in_words: Words,
            /// What names agreement and period: ASCII text.
            reference: Reference,
        },
        /// The debtor declared a payment outside the chain.
        PaymentDeclared {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The number of the declaration within the period.
            number: u32,
            /// Who declared it.
            debtor: MemberId,
            /// How much, in minor units.
            amount: Amount,
            /// The same in the agreement's currency.
            amount_in_words: Words,
            /// The day on which the money is at the creditor's disposal.
            value_date: BusinessDay,
            /// The same day as a date.
            value_date_in_words: DateWords,
            /// What the bank's statement names the payment by.
            reference: BankReference,
        },
        /// The debtor withdrew a declaration.
        DeclarationWithdrawn {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The number of the declaration within the period.
            number: u32,
        },
        /// The creditor said how much it received of a declared payment.
        ///
        /// A declaration of which it received nothing goes.
        PaymentAcknowledged {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The number of the declaration within the period.
            number: u32,
            /// Who received it.
            creditor: MemberId,
            /// How much it received, in minor units.
            received: Amount,
            /// The same in the agreement's currency.
            received_in_words: Words,
            /// What is left to pay, in minor units.
            left: Amount,
            /// The same in the agreement's currency.
            left_in_words: Words,
        },
        /// The debtor said how much of an acknowledged payment came back: it is owed again.
        PaymentReturned {
            /// The agreement.
            agreement: AgreementId,
            /// The first day of the settlement period, which names it.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The number of the declaration within the period.
            number: u32,
            /// How much came back, in minor units.
            amount: Amount,
            /// The same in the agreement's currency.
            amount_in_words: Words,
            /// What is left to pay, in minor units.
            left: Amount,
            /// The same in the agreement's currency.
            left_in_words: Words,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this number.
        UnknownAgreement,
        /// Only the debtor does this: the company, or the bank where more was given back than paid.
        NotTheDebtor,
        /// No day of the settlement period is reconciled yet.
        NotReconciled,
        /// The settlement period is paid already, or nothing was owed for it.
        AlreadyPaid,
        /// The company or the bank is no longer a member, and so has no account.
        NoAccount,
        /// The debtor's account would keep less than the asset's minimum balance, and lose the rest.
        LeavesDust,
        /// The debtor's account holds less of the asset than is due.
        InsufficientFunds,
        /// The asset that the conditions name does not exist, or is being destroyed.
        AssetUnavailable,
        /// The asset, or the debtor's account in it, is frozen.
        FundsFrozen,
        /// The creditor's account cannot take the payment: blocked, or the amount is too small for it.
        CreditorCannotReceive,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// The asset's metadata states other decimals than the agreement: set it back.
        OtherDecimals,
        /// The creditor is paid to the account that the debtor pays from: nothing would be paid.
        SameAccount,
        /// Days of the settlement period are not reconciled yet: wait for the last of them.
        NotDue,
        /// A client went beyond its limits: the debtor's operator has to release the payment.
        ReleaseAwaited,
        /// The payment needs no release, or was released already.
        NoReleaseAwaited,
        /// Only the creditor says what it received.
        NotTheCreditor,
        /// The money moves on the other rail: in an asset by `pay`, outside the chain by `declare`.
        OtherRail,
        /// The amount is zero.
        ZeroAmount,
        /// The reference is empty: state what the bank's statement names the payment by.
        NoReference,
        /// The amount is larger than what is due and not declared yet.
        MoreThanDue,
        /// Another declaration of the settlement period has this reference.
        ReferenceDeclared,
        /// The settlement period has as many declarations as it may have: wait for answers.
        TooManyDeclarations,
        /// No declaration of the settlement period has this number.
        UnknownDeclaration,
        /// The declaration has another reference: compare it with the statement.
        OtherReference,
        /// The creditor has answered the declaration already.
        Answered,
        /// The creditor has not acknowledged the declaration yet: withdraw it instead.
        NotAcknowledged,
        /// The amount received is larger than the one declared: have the rest declared, too.
        MoreThanDeclared,
        /// The amount is larger than what is left of what the creditor received.
        MoreThanReceived,
        /// Another amount came back before than the report names: look whether it counts already.
        ReturnedMeanwhile,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            largest_calls_fit::assert_largest_calls_fit::<T>();
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
        /// Pays in an asset what the calling member owes for a settlement period.
        ///
        /// `day` is any day of the period.
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
            asset_payment::do_pay::<T>(member, agreement, day)
        }

        /// Releases the payment of a settlement period in which a client went beyond its limits.
        ///
        /// The debtor does so, once the period is due. `day` is any day of the period.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::release())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay,
        | -> bool { validate::is_free_to_release::<T>(origin, *agreement, *day) })]
        pub fn release(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            release::do_release::<T>(member, agreement, day)
        }

        /// Declares a payment that the calling member made outside the chain for a settlement period.
        ///
        /// The debtor does so, for the whole or a part. `day` is any day of the period; `reference` is what
        /// the bank's statement names the payment by.
        #[pallet::call_index(2)]
        #[pallet::weight(T::WeightInfo::declare())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, amount: &Amount,
            value_date: &BusinessDay, reference: &BankReference,
        | -> bool {
            let (amount, value_date, reference) = (*amount, *value_date, reference.clone());
            let stated = Stated { amount, value_date, reference };
            validate::is_free_to_declare::<T>(origin, *agreement, *day, stated)
        })]
        pub fn declare(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            amount: Amount,
            value_date: BusinessDay,
            reference: BankReference,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            let stated = Stated {
                amount,
                value_date,
                reference,
            };
            declarations::do_declare::<T>(member, agreement, day, stated)
        }

        /// Withdraws a declaration that the creditor has not answered.
        ///
        /// The debtor does so. `day` is any day of the period.
        #[pallet::call_index(3)]
        #[pallet::weight(T::WeightInfo::withdraw_declaration())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, number: &u32,
        | -> bool { validate::is_free_to_withdraw::<T>(origin, *agreement, *day, *number) })]
        pub fn withdraw_declaration(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            number: u32,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            declarations::do_withdraw::<T>(member, agreement, day, number)
        }

        /// Acknowledges what the calling member received of a declared payment.
        ///
        /// The creditor does so: at most what was declared, or zero, where nothing came. `reference` is that
        /// of the declaration, so that no other payment is acknowledged by a wrong number.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::acknowledge())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, number: &u32,
            reference: &BankReference, received: &Amount,
        | -> bool {
            validate::is_free_to_acknowledge::<T>(
                origin, *agreement, *day, *number, reference, *received,
            )
        })]
        pub fn acknowledge(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            number: u32,
            reference: BankReference,
            received: Amount,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            declarations::do_acknowledge::<T>(member, agreement, day, number, &reference, received)
        }

        /// Reports how much of an acknowledged payment came back: it is owed again.
        ///
        /// The debtor does so, also after the period was paid. `day` is any day of the period. `amount` is
        /// what came back now, and `returned_before` all that came back of the declaration before, zero at
        /// first: so a report that is repeated counts once.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::report_return())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, number: &u32,
            amount: &Amount, returned_before: &Amount,
        | -> bool {
            validate::is_free_to_return::<T>(
                origin, *agreement, *day, *number, *amount, *returned_before,
            )
        })]
        pub fn report_return(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            number: u32,
            amount: Amount,
            returned_before: Amount,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            declarations::do_return::<T>(member, agreement, day, number, amount, returned_before)
        }
    }
}
