//! # Amendments
//!
//! What was recorded falsely is put right, once bank and company agree.
//!
//! ## Goals
//!
//! - A sealed day never changes. What was wrong is taken back, and stated right, by trades of their own on
//!   the day on which they are booked.
//! - Nothing is booked that bank and company did not both agree to: not other trades, not other amounts.
//! - No trade is amended twice.
//! - A proposal holds nothing up: days reconcile and are paid while it is open.
//!
//! ## Terminology
//!
//! - **Proposal**: what a party, or the client that recorded it, wants to be amended, and why. Its number
//!   counts up under its agreement.
//! - **Content**: cancels or replaces trades of a day, or supplements payments that were never recorded. What
//!   names trades by sequences is kept by their positions.
//! - **Fingerprint**: what names a content, with the trades as they were when it was proposed. An answer
//!   brings it, as do what takes a proposal back and what writes a claim off, so that after a fork it fits no
//!   other.
//! - **Claim**: an unresolved proposal: rejected, lapsed, or accepted and not booked before the agreement's
//!   close. It is shown until its proposer writes it off.
//! - **Step**: what one call books of an accepted proposal.
//!
//! ## Scenarios
//!
//! *A file was wrong.* The client recorded 1,000 payments with amounts a hundredfold. It
//! [proposes](Pallet::propose) to cancel them, by their sequences, with their number and totals; bank and
//! company [answer](Pallet::answer). Once both accept, the worker of either [books](Pallet::book) step by
//! step: each payment is taken back by a refund of what is left of it. An item that does not fit any more
//! falls out by an event that names it and the reason.
//!
//! *An institution does not agree, or does not answer.* The proposal becomes a claim, and what it named is
//! free for another. Whoever proposed it [withdraws](Pallet::withdraw) it while it is open, and
//! [writes it off](Pallet::write_off) once it is a claim. For a client that is no longer admitted, bank or
//! company does so.
//!
//! *Two name the same trade.* The second proposal is refused. So is a second proposal to supplement the same
//! payment.
//!
//! *An agreement ends.* What it took is amended as before, until the agreement closes; no payment of a later
//! day is supplemented, or stated right as one. At the close, what is left of accepted proposals is not
//! booked any more. They [lapse](Pallet::lapse), and stay as claims with what was booked of them, so that
//! the parties can settle the rest outside.
//!
//! *A client is suspended.* It proposes nothing until bank and company lift that. What it proposed before is
//! answered and booked as ever, and stays its own: a party that suspends a client writes off none of its
//! claims.
//!
//! *A member floods.* It has a limited number of proposals waiting, and clients leave room for bank and
//! company, and for each other.
//!
//! ## Where things are
//!
//! | module | what it holds |
//! |---|---|
//! | `propose` | checks a proposal, and puts it up |
//! | `who_may_propose` | who may propose, and whether there is room |
//! | `named_trades` | which trades a content names, and that no other proposal names them |
//! | `pricing` | what payments come to by the terms of their days |
//! | `answer` | the institutions' answers |
//! | `booking_steps` | what an accepted proposal books, step by step |
//! | `withdraw_and_lapse` | withdraws, lets lapse, writes off, and frees what was named |
//! | `proposals_as_read` | what others read |
//! | `validate` | what the pool takes of calls without a nonce, and which calls are free |
//! | `worker` | books and lets lapse, for the parties whose keys this node holds |
//! | `types` | what is stored, and what is checked before |
//! | `weighing` | call weights, put together from what was measured of their parts |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the weights of their parts |
//! | `try_state` | storage invariants |
//! | `benchmarking` | the benchmarks |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod answer;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod booking_steps;
mod largest_calls_fit;
#[cfg(test)]
mod mock;
mod named_trades;
mod pricing;
mod proposals_as_read;
mod propose;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod validate;
mod weighing;
pub mod weights;
mod who_may_propose;
mod withdraw_and_lapse;
mod worker;

pub use booking_steps::MAX_STEP_TRADES;
pub use named_trades::MAX_LOOKED_UP;
pub use pallet::*;
pub use types::PositionsOfPage;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::types::Request;
    use counterfoil_primitives::{
        amendment::{Content, FallenOut, Ground, Proposal, Unresolved},
        ports::{BookAmendments, DayTrades, Directory},
        written::date::DateWords,
        AgreementId, BusinessDay, DayTotals, KindTotals, MemberId, Moment,
    };
    use counterfoil_support::{ensure_member, CreateUnorderedTransaction};
    use frame_support::{pallet_prelude::*, traits::Time};
    use frame_system::pallet_prelude::*;
    use sp_core::{crypto::AccountId32, H256};

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
        /// Members, agreements and terms.
        type Directory: Directory;
        /// The trades, which book what amendments say.
        type Trades: DayTrades + BookAmendments;
        /// The block's time, in milliseconds.
        type UnixTime: Time<Moment = Moment>;
        /// How far a payment's time may lie ahead of the block's, in milliseconds.
        #[pallet::constant]
        type ClockTolerance: Get<Moment>;
        /// Maximum proposals and claims that wait per agreement.
        #[pallet::constant]
        type MaxPerAgreement: Get<u32>;
        /// Maximum proposals and claims that wait per agreement and proposer. Clients leave room for as
        /// many of bank and company, and each some for the others.
        #[pallet::constant]
        type MaxPerMember: Get<u32>;
        /// Call weights.
        type WeightInfo: WeightInfo;
        /// What the benchmarks set up behind the ports.
        #[cfg(any(feature = "runtime-benchmarks", test))]
        type BenchmarkHelper: benchmarking::BenchmarkHelper;
    }

    /// The number of an agreement's last proposal. They are counted from 1.
    #[pallet::storage]
    pub type LastNumber<T: Config> = StorageMap<_, Twox64Concat, AgreementId, u32, ValueQuery>;

    /// The proposals. Completed ones stay; those that are withdrawn or written off go.
    ///
    /// Keys: agreement, number.
    #[pallet::storage]
    pub type Proposals<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, u32, Proposal>;

    /// What the proposals want to be booked, until that is completed.
    ///
    /// Keys: agreement, number.
    #[pallet::storage]
    pub type Contents<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, u32, Content>;

    /// The numbers of an agreement's proposals that are open, accepted or unresolved, ascending.
    #[pallet::storage]
    pub type Waiting<T: Config> =
        StorageMap<_, Twox64Concat, AgreementId, BoundedVec<u32, T::MaxPerAgreement>, ValueQuery>;

    /// The positions that open and accepted proposals name; absent where there is none.
    ///
    /// Keys: agreement, day (days since 1970-01-01), page.
    #[pallet::storage]
    pub type Named<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, BusinessDay>,
            NMapKey<Twox64Concat, u32>,
        ),
        PositionsOfPage,
        ValueQuery,
    >;

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A member wants records to be amended.
        Proposed {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
            /// Who proposed it.
            proposer: MemberId,
            /// Why.
            ground: Ground,
            /// What an answer has to bring.
            fingerprint: H256,
            /// How many trades, or payments that were never recorded, it names.
            trades: u32,
            /// Until when it can be answered.
            answer_until: Moment,
        },
        /// An institution answered a proposal.
        Answered {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
            /// Who answered.
            member: MemberId,
            /// Whether it agrees.
            accepts: bool,
        },
        /// Bank and company agree to a proposal, which is booked from now on.
        Accepted {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
        },
        /// A proposal was not agreed to, or not booked before the agreement closed, and stays as a claim.
        Unresolved {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
            /// Why.
            why: Unresolved,
        },
        /// An item of an accepted proposal is not booked.
        FellOut {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
            /// The day of the trade; of a payment that was never recorded, none.
            day: Option<BusinessDay>,
            /// The same day as a date.
            date: Option<DateWords>,
            /// The trade's position, or the payment's index in the proposal.
            index: u32,
            /// Why.
            reason: FallenOut,
        },
        /// A step of an accepted proposal was booked.
        Booked {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
            /// The day that took the trades.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Trades added.
            trades: u32,
            /// The payments among them.
            payments: KindTotals,
            /// The refunds among them.
            refunds: KindTotals,
        },
        /// All of an accepted proposal was gone through.
        Completed {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
            /// Items that were booked.
            booked: u32,
            /// Items that fell out.
            fallen_out: u32,
        },
        /// A proposal that was open is taken back, and gone.
        Withdrawn {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
        },
        /// A claim is written off, and gone.
        WrittenOff {
            /// The agreement.
            agreement: AgreementId,
            /// The proposal's number.
            number: u32,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this number: take it from the list of agreements.
        UnknownAgreement,
        /// Only bank, company and admitted clients propose amendments.
        NotEntitled,
        /// As many proposals wait as may: withdraw one, or let the other party answer.
        TooManyProposals,
        /// It names nothing, is not in ascending order, or names a gross amount of zero.
        InvalidContent,
        /// It names trades on more than 256 pages of a day: propose it in parts.
        TooManyPages,
        /// The trades of these sequences lie too scattered: propose a shorter range.
        TooScattered,
        /// More than 1,000 of the trades were booked by amendments: let bank or company propose it.
        TooManyAmended,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// The agreement has closed; or it had ended by the day of a payment.
        ///
        /// Settle it outside the chain; record a payment under the agreement that follows.
        AgreementEnded,
        /// The day is longer ago than the agreement lets trades be amended.
        TooLongAgo,
        /// The day, or a payment's time, is before the agreement's first day.
        BeforeFirstDay,
        /// The day, or a payment's time, is in the future.
        InFuture,
        /// No trade is there: look up how many trades the day has.
        NothingThere,
        /// Another client recorded one of the trades, or took in one of the payments.
        AnotherClients,
        /// The agreement does not admit the member as a client that took in one of the payments.
        NotAdmitted,
        /// The agreement has no such product, or the product no terms on the day of the payment.
        UnknownProduct,
        /// A gross amount is so large that a day full of such trades would overflow the day's sums.
        GrossTooLarge,
        /// Only payments are replaced: cancel the refund.
        NotAPayment,
        /// An open or accepted proposal names one of the trades: answer or withdraw that first.
        AlreadyNamed,
        /// One of the payments is proposed or supplemented already: look it up by its reference.
        AlreadyProposed,
        /// The trades do not come to the stated number and totals: look them up, and state them anew.
        OtherTotals,
        /// No proposal has this number: take it from the list of proposals.
        UnknownProposal,
        /// The fingerprint is another proposal's: take it from the proposal, and see what that names.
        OtherContent,
        /// No answer to the proposal is awaited: it is accepted, completed or unresolved.
        NotOpen,
        /// The time for answers is over: let it be proposed again.
        AnswerTooLate,
        /// The member answered already, or is neither bank nor company.
        NothingToAnswer,
        /// The proposal is not accepted, or is completed already.
        NotAccepted,
        /// The step is booked already, or is not the next one: take that from the proposal's progress.
        OtherStep,
        /// The day takes no more trades: book the step tomorrow.
        DayFull,
        /// Only the proposer does so, or bank or company once that is no client any more.
        NotTheProposer,
        /// Bank and company agreed to the proposal: propose what puts it right again.
        CannotWithdraw,
        /// The proposal can still be answered or booked, or is completed or unresolved.
        NotLapsed,
        /// Bank or company suspended the client: it proposes nothing until both lift that.
        ClientSuspended,
        /// The proposal was rejected or lapsed, and is a claim now: give it up by `write_off`.
        IsAClaim,
        /// The proposal is open, and no claim: take it back by `withdraw`, or wait for its answer or lapse.
        StillOpen,
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
        /// Proposes to amend what is recorded under an agreement.
        ///
        /// Bank, company and admitted clients propose; a suspended client does not.
        ///
        /// `stated` are the number and totals of the named trades as they are recorded, or of the payments
        /// that were never recorded by their terms. `evidence` is the hash of what the parties keep. The
        /// content's day may be the digits of its date: 2026-11-28 is 20261128.
        #[pallet::call_index(0)]
        #[pallet::weight(weighing::max_propose::<T>(content))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId,
            _: &Ground, _: &H256, _: &Content, _: &DayTotals,
        | -> bool { validate::is_free_to_propose::<T>(origin, *agreement) })]
        pub fn propose(
            origin: OriginFor<T>,
            agreement: AgreementId,
            ground: Ground,
            evidence: H256,
            content: Content,
            stated: DayTotals,
        ) -> DispatchResultWithPostInfo {
            let proposer = who_may_propose::check_proposer::<T>(origin, agreement)
                .map_err(weighing::refused_to_propose::<T>)?;
            let request = Request {
                ground,
                evidence,
                content,
                stated,
            };
            let checked = propose::check_propose::<T>(&proposer, request)?;
            Ok(Some(propose::accept_propose::<T>(checked)?).into())
        }

        /// Accepts or rejects a proposal, as bank or company.
        ///
        /// The fingerprint is the proposal's: it names the trades as they were when it was proposed.
        #[pallet::call_index(1)]
        #[pallet::weight(weighing::max_answer::<T>(*accept))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, number: &u32, fingerprint: &H256,
            accept: &bool,
        | -> bool {
            validate::is_free_to_answer::<T>(origin, *agreement, *number, fingerprint, *accept)
        })]
        pub fn answer(
            origin: OriginFor<T>,
            agreement: AgreementId,
            number: u32,
            fingerprint: H256,
            accept: bool,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let answer = answer::check_answer::<T>(member, agreement, number, &fingerprint, accept)
                .map_err(weighing::refused::<T, _>)?;
            Ok(Some(answer::accept_answer::<T>(answer, agreement, number)).into())
        }

        /// Books a step of an accepted proposal, of at most 400 trades.
        ///
        /// `from` is where the proposal's progress is: a step is booked once.
        #[pallet::call_index(2)]
        #[pallet::weight(weighing::max_book::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, number: &u32, from: &u32,
        | -> bool { validate::is_free_to_book::<T>(origin, *agreement, *number, *from) })]
        pub fn book(
            origin: OriginFor<T>,
            agreement: AgreementId,
            number: u32,
            from: u32,
        ) -> DispatchResultWithPostInfo {
            ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let step = booking_steps::check_book::<T>(agreement, number, from)
                .map_err(weighing::refused::<T, _>)?;
            let weight =
                booking_steps::accept_book::<T>(step).map_err(weighing::refused::<T, _>)?;
            Ok(Some(weight).into())
        }

        /// Takes a proposal back that is open.
        ///
        /// The fingerprint is the proposal's, as in an answer. Its proposer does so, and bank and company
        /// once that is no client of the agreement any more: what nobody can withdraw would wait for good.
        /// What a suspended client proposed stays its own. A claim is given up by `write_off`.
        #[pallet::call_index(3)]
        #[pallet::weight(weighing::max_withdraw::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, number: &u32, fingerprint: &H256,
        | -> bool {
            validate::is_free_to_withdraw::<T>(origin, *agreement, *number, fingerprint)
        })]
        pub fn withdraw(
            origin: OriginFor<T>,
            agreement: AgreementId,
            number: u32,
            fingerprint: H256,
        ) -> DispatchResultWithPostInfo {
            let member =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let proposal =
                withdraw_and_lapse::check_withdraw::<T>(member, agreement, number, &fingerprint)
                    .map_err(weighing::refused::<T, _>)?;
            Ok(Some(withdraw_and_lapse::accept_withdraw::<T>(&proposal, number)).into())
        }

        /// Makes a proposal whose time is over a claim, and frees what it named.
        ///
        /// The time of an open proposal is that for answers; of an accepted one it is over once the agreement
        /// has closed, since nothing is booked then.
        #[pallet::call_index(4)]
        #[pallet::weight(weighing::max_lapse::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, number: &u32,
        | -> bool { validate::is_free_to_lapse::<T>(origin, *agreement, *number) })]
        pub fn lapse(
            origin: OriginFor<T>,
            agreement: AgreementId,
            number: u32,
        ) -> DispatchResultWithPostInfo {
            ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let lapsed = withdraw_and_lapse::check_lapse::<T>(agreement, number)
                .map_err(weighing::refused::<T, _>)?;
            Ok(Some(withdraw_and_lapse::accept_lapse::<T>(lapsed, number)).into())
        }

        /// Writes a claim off, for good: a proposal that was rejected, lapsed, or was not booked in time.
        ///
        /// The fingerprint is the proposal's, as in an answer. Whoever may withdraw a proposal may write it
        /// off. A proposal that is open is taken back by `withdraw`.
        #[pallet::call_index(5)]
        #[pallet::weight(T::WeightInfo::write_off())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, number: &u32, fingerprint: &H256,
        | -> bool {
            validate::is_free_to_write_off::<T>(origin, *agreement, *number, fingerprint)
        })]
        pub fn write_off(
            origin: OriginFor<T>,
            agreement: AgreementId,
            number: u32,
            fingerprint: H256,
        ) -> DispatchResult {
            let member = ensure_member::<T, T::Directory>(origin)?;
            let claim =
                withdraw_and_lapse::check_write_off::<T>(member, agreement, number, &fingerprint)?;
            withdraw_and_lapse::accept_write_off::<T>(&claim, number);
            Ok(())
        }
    }
}
