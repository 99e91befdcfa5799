//! # Reconciliation
//!
//! Reports of the two books of a day, the proof that each is the difference between chain and
//! book, the causes and corrections that follow, and the outcome of the day.
//!
//! ## Goals
//!
//! - No report is taken on trust: one is accepted only if the chain, from its own trades and the
//!   reported breaks, rebuilds what the party committed to.
//! - Nothing holds a day up for ever: a side that is not proven by the agreement's deadline is marked
//!   defaulted, and the day closes on the chain's record. A side whose proof is on chain does not
//!   default.
//! - An outage costs no party its say for good: a side that defaulted may be proven late, for
//!   [`Config::LateProofDays`] after its day. What is owed stays as it was fixed.
//! - The work grows with the breaks, not with the trades: a clean side takes one call without entries,
//!   any other side a header and the pages that differ.
//!
//! ## Terminology
//!
//! - **Side**: debit (the company's book) or credit (the bank's) of a day of an agreement.
//! - **Header**: which pages of a book differ from the chain's, with their roots, and the roots of
//!   the pages of extras.
//! - **Part**: a listed page, of slots that differ or of extras.
//! - **Proven**: all parts that the header lists were accepted, and the book's totals follow, that of
//!   payments and that of refunds.
//! - **Proven late**: proven after the side had defaulted.
//! - **Rejected**: a book with more breaks than the agreement's caps, or with a false total of either
//!   kind. Its party may commit once more.
//! - **Round**: the number of a side's commitment, from 0 on. Each rejection begins the next round;
//!   there are [`MAX_ROUNDS`] of them.
//! - **Repaired**: the book of a proven side that took the corrections, and equals the chain.
//! - **Witness**: the place on chain of the trade that an extra repeats.
//! - **Link**: what the chain keeps of a refund beside its trade: its payment, and what was given back
//!   of that before. The right amounts of a refund follow from it, whatever is given back later. So do
//!   those of what an amendment takes back, puts back or states right.
//! - **Obligation**: what is owed for a day, the credit amounts of payments less those of refunds. The
//!   company owes the bank what is above zero; the bank owes the company what is below.
//!
//! ## Scenarios
//!
//! - *Clean*: the commitment is the chain's own. [`Call::report_clean`] proves the side.
//! - *Breaks*: [`Call::report_header`], then [`Call::report_slots`] and [`Call::report_extras`] for the
//!   listed pages, in any order, from anyone entitled. Each part is checked by itself, and a bad part
//!   stores nothing. The last part proves the side.
//! - *No commitment*: [`Call::mark_overdue`] from the preset time on, [`Call::mark_defaulted`] from
//!   the deadline on. A side whose commitment is the chain's own is proven by that mark.
//! - *Late proof*: the party of a side that defaulted commits, unless it has, and the side is reported like
//!   any other. Causes and corrections are recorded; the outcome of the day does not change.
//! - *Both sides proven or defaulted*: the day is reconciled, once, and the obligation is fixed.
//! - *Repair*: the party of a side with proven breaks corrects its book, and confirms it by
//!   [`Call::confirm_repair`].
//!
//! The reconciler's node does all of this by itself. A party's node later does what it leaves undone:
//! see [`worker`].
//!
//! ## Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | [`types`] | what is stored |
//! | `validate` | what the pool takes of calls without a nonce, and which calls are free |
//! | `report` | reports, and their check |
//! | `breaks` | causes and corrections |
//! | `overdue_and_full_fetch` | sides that are overdue, and days whose pages are all to be fetched |
//! | `side_proven` | sides that are proven |
//! | `side_defaulted` | sides that default, and what is left over of their late reports |
//! | `book_rejected` | books that are rejected as a whole |
//! | `day_outcome` | the end of a day |
//! | `repair` | books that took the corrections |
//! | `who_may_report` | who may report a side, and until when |
//! | `side` | how calls name a side, and what staff sees of it |
//! | `side_seen_by_books` | what the books see of a side |
//! | `proven_breaks` | the breaks of a proven side, as they are read |
//! | [`worker`] | the scheduled off-chain task of the reconciler, and of a party that stands in |
//! | `weighing` | call weights, put together from what was measured of their parts |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub use pallet::*;
pub use types::*;
pub use weights::WeightInfo;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod book_rejected;
mod breaks;
mod day_outcome;
mod largest_calls_fit;
#[cfg(test)]
mod mock;
mod overdue_and_full_fetch;
mod proven_breaks;
mod repair;
mod report;
mod side;
mod side_defaulted;
mod side_proven;
mod side_seen_by_books;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod types;
mod validate;
mod weighing;
pub mod weights;
mod who_may_report;
pub mod worker;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use alloc::vec::Vec;
    use counterfoil_primitives::{
        compare::{ReportHeader, SlotDiff},
        ports::{Commitments, DayTrades, Directory, OnReconciled, SealDay},
        report::ReportedExtra,
        written::{date::DateWords, Words},
        AgreementId, Amount, BusinessDay, Cause, Commitment, Entry, MemberId, Moment, Round, Side,
        SideId, SignedAmount,
    };
    use counterfoil_support::{ensure_member, CreateUnorderedTransaction};
    use frame_support::{pallet_prelude::*, traits::Time};
    use frame_system::pallet_prelude::*;
    use sp_core::crypto::AccountId32;

    /// The version of what this pallet stores; a runtime that stores it otherwise has a higher one, and
    /// a migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    /// What the pallet needs of the runtime.
    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId32> + CreateUnorderedTransaction<Call<Self>>
    {
        /// Members, agreements and terms.
        type Directory: Directory;

        /// The trades of days.
        type Trades: DayTrades;

        /// The parties' commitments.
        type Books: Commitments;

        /// Told when a day is reconciled.
        type OnReconciled: OnReconciled;

        /// What it weighs to tell that.
        type OnReconciledWeight: Get<Weight>;

        /// The time of the block, in milliseconds.
        type UnixTime: Time<Moment = Moment>;

        /// How the worker seals a day that nobody sealed.
        type Seal: SealDay;

        /// How many pages of a clean side the worker fetches as a sample.
        #[pallet::constant]
        type SamplePages: Get<u32>;

        /// Business days after a day's until the end of which a side that defaulted may be proven late.
        #[pallet::constant]
        type LateProofDays: Get<u16>;

        /// Call weights.
        type WeightInfo: WeightInfo;

        /// What the benchmarks set up behind the ports.
        #[cfg(any(feature = "runtime-benchmarks", test))]
        type BenchmarkHelper: benchmarking::BenchmarkHelper;
    }

    /// The sides of days about which something is known.
    ///
    /// Key: the side.
    #[pallet::storage]
    pub type Sides<T: Config> = StorageMap<_, Twox64Concat, SideId, SideRecord, ValueQuery>;

    /// The accepted headers of the standing commitments.
    ///
    /// A header lists as many pages as the agreement's caps allow, [`MAX_PARTS`] at most. Its check keeps
    /// that bound; no type does.
    ///
    /// Key: the side.
    #[pallet::storage]
    #[pallet::unbounded]
    pub type Headers<T: Config> = StorageMap<_, Twox64Concat, SideId, AcceptedHeader>;

    /// The breaks on slots, with their corrections.
    ///
    /// A page has at most one break for each of its positions: the argument of [`Call::report_slots`]
    /// is bounded, and only breaks from it are stored.
    ///
    /// Keys: the side, the page.
    #[pallet::storage]
    #[pallet::unbounded]
    pub type SlotBreaks<T: Config> =
        StorageDoubleMap<_, Twox64Concat, SideId, Twox64Concat, u32, Vec<SlotBreak>, ValueQuery>;

    /// The extras, with their causes.
    ///
    /// A page has at most as many extras as it has positions: the argument of [`Call::report_extras`]
    /// is bounded, and only extras from it are stored.
    ///
    /// Keys: the side, the page of extras.
    #[pallet::storage]
    #[pallet::unbounded]
    pub type ExtraBreaks<T: Config> =
        StorageDoubleMap<_, Twox64Concat, SideId, Twox64Concat, u32, Vec<ExtraBreak>, ValueQuery>;

    /// The outcomes of reconciled days.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Outcomes<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, Outcome>;

    /// The days whose pages are all to be fetched, until they are reconciled.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type FullFetch<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, ()>;

    /// What happened.
    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A side had not committed at the preset time.
        SideOverdue {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
        },
        /// A break on a slot: what the book held there, and what is right.
        ///
        /// It is final once the side is proven; a rejection of the whole book takes it back.
        Corrected {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
            /// The slot's position.
            position: u32,
            /// Why the book was wrong there.
            cause: Cause,
            /// What the book held there: nothing if it lacks the entry.
            found: Option<Entry>,
            /// What is right there, its amount derived again by the terms: from the gross amount of a
            /// payment, from the link of a refund.
            right: Entry,
        },
        /// An entry of a book has no place on chain, and goes to the suspense list.
        ///
        /// It is final once the side is proven; a rejection of the whole book takes it back.
        ExtraFound {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
            /// The extra's index among all extras of the book: tells equal ones apart.
            index: u32,
            /// The extra.
            entry: Entry,
            /// Why it has no position.
            cause: Cause,
        },
        /// The difference between chain and book is proven.
        SideProven {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
            /// Slots and extras that differ.
            breaks: u32,
            /// Whether the side had defaulted: then the outcome of the day does not change.
            late: bool,
        },
        /// A whole book was rejected; its corrections, if any, are void.
        BookRejected {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
            /// Why.
            reason: Rejection,
            /// Whether the party may commit once more, as long as its side may be proven.
            again: bool,
        },
        /// A side was not proven by the deadline; the day closes on the chain's record.
        ///
        /// It did not commit to the chain's own book, which would have proven it. It may be proven late.
        SideDefaulted {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
        },
        /// The book of a proven side equals the chain again.
        SideRepaired {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The side.
            side: Side,
        },
        /// The day is reconciled.
        DayReconciled {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// What the company owes the bank, in minor units; below zero, the bank owes the company.
            obligation: SignedAmount,
            /// Who owes whom how much, in the agreement's currency.
            obligation_in_words: Words,
        },
        /// The result of a day, for the company.
        CompanyResult {
            /// The company.
            company: MemberId,
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Payments and refunds of the day.
            trades: u32,
            /// The company's amounts of payments by the chain, in minor units.
            payments: Amount,
            /// The same in the agreement's currency.
            payments_in_words: Words,
            /// The company's amounts of refunds by the chain, in minor units.
            refunds: Amount,
            /// The same in the agreement's currency.
            refunds_in_words: Words,
            /// Breaks that were proven in time in the company's book.
            breaks: u32,
            /// Whether the company's side defaulted.
            defaulted: bool,
            /// What the company owes the bank, in minor units; below zero, the bank owes the company.
            obligation: SignedAmount,
            /// Who owes whom how much, in the agreement's currency.
            obligation_in_words: Words,
        },
        /// The result of a day, for the bank.
        BankResult {
            /// The bank.
            bank: MemberId,
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Payments and refunds of the day.
            trades: u32,
            /// The bank's amounts of payments by the chain, in minor units.
            payments: Amount,
            /// The same in the agreement's currency.
            payments_in_words: Words,
            /// The bank's amounts of refunds by the chain, in minor units.
            refunds: Amount,
            /// The same in the agreement's currency.
            refunds_in_words: Words,
            /// Breaks that were proven in time in the bank's book.
            breaks: u32,
            /// Whether the bank's side defaulted.
            defaulted: bool,
            /// What the company owes the bank, in minor units; below zero, the bank owes the company.
            obligation: SignedAmount,
            /// Who owes whom how much, in the agreement's currency.
            obligation_in_words: Words,
        },
        /// All pages of a day's books are to be fetched.
        FullFetchRequested {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Who asked.
            member: MemberId,
        },
    }

    /// Why a call was refused. A refused call changes nothing.
    #[pallet::error]
    pub enum Error<T> {
        /// The agreement does not exist.
        UnknownAgreement,
        /// Only the agreement's company and bank, and the day's reconciler, may do this.
        NotEntitled,
        /// The day is not sealed.
        NotSealed,
        /// The preset time has not come.
        BeforePreset,
        /// The deadline has not come.
        BeforeDeadline,
        /// The side has no commitment.
        NotCommitted,
        /// The side has a commitment.
        Committed,
        /// The side is proven already.
        AlreadyProven,
        /// The side is defaulted already.
        AlreadyDefaulted,
        /// The side is marked overdue already.
        AlreadyOverdue,
        /// The day is reconciled already.
        AlreadyReconciled,
        /// All pages of the day are asked for already.
        AlreadyRequested,
        /// The side's book was rejected; it is not overdue.
        WasRejected,
        /// The commitment is not the chain's own: breaks must be reported.
        NotClean,
        /// A header of the side was accepted already.
        HeaderKnown,
        /// No header of the side was accepted yet.
        NoHeader,
        /// The header does not list the page.
        PageNotListed,
        /// The page was accepted already.
        PageKnown,
        /// Pages or slots are not in strictly ascending order.
        NotAscending,
        /// A page or slot is outside the day.
        OutOfRange,
        /// A listed page or slot does not differ from the chain.
        NotDifferent,
        /// The number of extras, or of their pages, differs from the committed one.
        WrongExtrasCount,
        /// The report leads to another slots root than the committed one.
        SlotsRootMismatch,
        /// The report leads to another extras root than the committed one.
        ExtrasRootMismatch,
        /// The report leads to another root of the page than the header's.
        PageRootMismatch,
        /// A witness names no trade that its extra repeats.
        WrongWitness,
        /// The side is not proven, or was proven without breaks: there is nothing to repair.
        NothingToRepair,
        /// The side's book was repaired already.
        AlreadyRepaired,
        /// The report is incomplete.
        Incomplete,
        /// The agreement has no such day, or the day has not begun, or its digits are no date.
        NoSuchDay,
        /// The report is about a book that was rejected, or that has no commitment yet.
        OtherBook,
        /// The member does not keep the book of this side.
        NotTheParty,
        /// The repaired book does not equal the chain.
        NotRepaired,
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Reports that the book of a side is the chain's own.
        #[pallet::call_index(0)]
        #[pallet::weight(weighing::report_clean::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, _: &Side,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn report_clean(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused_at_once::<T>)?;
            let side_id = side::of_input::<T>(agreement, day, side)
                .map_err(weighing::refused_at_once::<T>)?;
            report::do_report_clean::<T>(member, side_id)
        }

        /// Reports which pages of a side's book differ from the chain's.
        ///
        /// Also names the roots of the book's pages of extras. A header with more differing pages than
        /// the agreement's caps allow rejects the whole book. For a book with more extras than the caps
        /// allow, the header is not checked.
        ///
        /// `round` names the book: it is the round in which the party committed to it. So nobody can send a
        /// report of a rejected book again.
        #[pallet::call_index(1)]
        #[pallet::weight(weighing::report_header::<T>(header))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay,
            _: &Side, _: &Round, _: &ReportHeader,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn report_header(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            round: Round,
            header: ReportHeader,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused_at_once::<T>)?;
            let side_id = side::of_input::<T>(agreement, day, side)
                .map_err(weighing::refused_at_once::<T>)?;
            report::do_report_header::<T>(member, side_id, round, header)
        }

        /// Reports all slots that differ from the chain on a listed page.
        #[pallet::call_index(2)]
        #[pallet::weight(weighing::report_slots::<T>(slots.len(), Some(MAX_PARTS)))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay,
            _: &Side, _: &Round, _: &u32, _: &Page<SlotDiff>,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn report_slots(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            round: Round,
            page: u32,
            slots: Page<SlotDiff>,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused_at_once::<T>)?;
            let side_id = side::of_input::<T>(agreement, day, side)
                .map_err(weighing::refused_at_once::<T>)?;
            report::do_report_slots::<T>(member, side_id, round, page, &slots)
        }

        /// Reports all extras of a page of extras.
        ///
        /// Each comes with the witness that shows its cause, if there is one.
        #[pallet::call_index(3)]
        #[pallet::weight(weighing::report_extras::<T>(extras.len(), Some(MAX_PARTS)))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay,
            _: &Side, _: &Round, _: &u32, _: &Page<ReportedExtra>,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn report_extras(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            round: Round,
            page: u32,
            extras: Page<ReportedExtra>,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused_at_once::<T>)?;
            let side_id = side::of_input::<T>(agreement, day, side)
                .map_err(weighing::refused_at_once::<T>)?;
            report::do_report_extras::<T>(member, side_id, round, page, &extras)
        }

        /// Marks a side that has not committed, though the preset time has come.
        #[pallet::call_index(4)]
        #[pallet::weight(T::WeightInfo::mark_overdue())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, _: &Side,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn mark_overdue(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            let side_id = side::of_input::<T>(agreement, day, side)?;
            overdue_and_full_fetch::do_mark_overdue::<T>(member, side_id)
        }

        /// Ends a side that was not proven by the deadline.
        ///
        /// The day closes without the side, which may be proven late. A side whose commitment is the chain's
        /// own does not default: the call proves it, as [`Call::report_clean`] does.
        ///
        /// Of a side that defaulted and cannot be proven late any more, it removes a report that is not
        /// whole.
        #[pallet::call_index(5)]
        #[pallet::weight(weighing::mark_defaulted::<T>(AtDeadline::Defaulted(MAX_PARTS)))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay, _: &Side,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn mark_defaulted(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused_at_once::<T>)?;
            let side_id = side::of_input::<T>(agreement, day, side)
                .map_err(weighing::refused_at_once::<T>)?;
            side_defaulted::do_mark_defaulted::<T>(member, side_id)
        }

        /// Asks the reconciler to fetch and compare all pages of both books of a day.
        #[pallet::call_index(6)]
        #[pallet::weight(T::WeightInfo::request_full_fetch())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, day: &BusinessDay,
        | -> bool { validate::is_free_to_report::<T>(origin, *agreement, *day) })]
        pub fn request_full_fetch(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            overdue_and_full_fetch::do_request_full_fetch::<T>(member, agreement, day)
        }

        /// Confirms that the book of a proven side took the corrections.
        ///
        /// The commitment must be the chain's own: that of the repaired book.
        #[pallet::call_index(7)]
        #[pallet::weight(T::WeightInfo::confirm_repair())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, _: &BusinessDay, side: &Side,
            _: &Commitment,
        | -> bool { validate::is_free_to_confirm::<T>(origin, *agreement, *side) })]
        pub fn confirm_repair(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            commitment: Commitment,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            let side_id = side::of_input::<T>(agreement, day, side)?;
            repair::do_confirm_repair::<T>(member, side_id, &commitment)
        }
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
}
