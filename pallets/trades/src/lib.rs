//! # Trades
//!
//! Records the payments that clients took in and the refunds that they gave, once each, and seals
//! the days.
//!
//! ## Goals
//!
//! - A trade is checked by itself: a bad one is refused by an event that names it and the reason,
//!   and the good ones beside it are kept.
//! - No trade is kept twice, in whatever order batches arrive and however often they are sent again.
//!   This needs no index of trades.
//! - What is put right counts once: nothing is taken back twice, and what was false does not come back
//!   beside what is right.
//! - Recording stays cheap at any size of a day: trades are kept in pages, one storage value for 256 of
//!   them, written once a call.
//!
//! ## Terminology
//!
//! - **Trade**: a completed payment or refund, under its id (client, sequence).
//! - **Refund**: pays back a part or all of a payment, its **original**. The link to that is kept
//!   beside the pages, and so is what was given back of a payment so far.
//! - **Cancellation**: takes back all that is left of a payment. It is a refund that an amendment booked.
//! - **Replacement**: a payment by which an amendment states another one right, which it cancelled. What was
//!   given back of that one before is deducted from it, and further refunds give back from it.
//! - **Supplement**: a payment that an amendment booked since it was never recorded. The client for which
//!   it was booked refunds it, and does not record it again.
//! - **Credits of a client**: the sums of the bank's amounts of what it recorded on a day, where the
//!   agreement's conditions limit them. Beyond a limit the day is recorded whole, and its payment waits for
//!   staff.
//! - **Window**: which of a client's sequences are used, for the highest one and those below it.
//! - **Position**: the index of a trade within its agreement and day. A page holds 256 positions.
//! - **Cut-off**: until then a day takes its trades. A late trade goes to the earliest later day
//!   that still takes trades, and keeps its time and its terms.
//! - **Seal**: ends a day, and fixes what the chain commits to for each side.
//!
//! ## Scenarios
//!
//! 1. A client [records](Pallet::record) a batch. Company and bank each learn by an event, for each
//!    day, which positions were added and what they total. The client learns of each refused trade; its
//!    sequence stays free. If a trade that comes alone is refused, its call fails with the refusal's
//!    name.
//! 2. A person [records one trade](Pallet::record_one) from a wallet, in the words of a form: an amount
//!    with a point, a date, a payer, a UUID. The chain derives the amounts and says in words what it
//!    understood. A refusal makes the call fail with its name.
//! 3. The client is not sure whether a batch arrived and sends it again: each trade that is there
//!    already is refused as used. Without a nonce, a batch of nothing but used sequences does not
//!    enter the pool.
//! 4. A client [refunds](Pallet::refund) payments. Each refund names its payment by id, day
//!    and position, and what was given back of it before. Its amounts follow from the payment's own
//!    terms.
//!    A person [records one refund](Pallet::refund_one) in the words of a form.
//! 5. Bank and company agree that a record is wrong: an amendment takes back what is left of a trade,
//!    states it right, or records what never was ([`BookAmendments`]). Its trades stand on positions of
//!    their own, on the day on which they are booked, and have ids of their own: client 0.
//! 6. A client goes beyond a limit of a day, by mistake or since its key was stolen: company and bank learn
//!    of it as it happens. Either of them suspends the client, which then records nothing.
//! 7. After the cut-off any member [seals](Pallet::seal) the day, with trades or without. From then on
//!    its pages and page roots do not change.
//!
//! [`BookAmendments`]: counterfoil_primitives::ports::BookAmendments
//!
//! Calls are signed by the member's operator account, with a nonce or without one
//! ([`counterfoil_support::unordered`]), so that many can be under way at once. They are free for those for
//! whom they can succeed: see [`validate`].
//!
//! | module | what it does |
//! |---|---|
//! | [`batch`] | takes the payments or refunds of a call one by one |
//! | `day_in_call` | what a call adds to a day |
//! | [`client_credits`] | what clients caused in a day, where the agreement limits that |
//! | [`request`] | what a client asks to be recorded: a payment or a refund |
//! | [`refund`](mod@refund) | finds the payment that a refund names, and what is left of it |
//! | `amendment` | books what amendments take back, put back, state right and add |
//! | `supplement` | payments that are proposed as never recorded, and how they are recorded once |
//! | [`record_one`](mod@record_one) | records one payment as a person writes it |
//! | [`refund_one`](mod@refund_one) | records one refund as a person writes it |
//! | `by_hand` | what a payment and a refund have in common, where a person writes them |
//! | `refusal` | why a trade is not taken, and whether it can be taken later |
//! | `error_of_refusal` | which error names why a trade is refused, or what is wrong with a written one |
//! | [`max_gross`] | the largest gross amount of a trade |
//! | [`pages`] | appends trades to pages, reads single ones, and roots full pages |
//! | [`seal`] | seals a day |
//! | [`validate`] | what the pool takes of calls without a nonce, and which calls are free |
//! | [`single_weight`] | the weight of a call of one trade |
//! | [`read_by_other_pallets`] | what other pallets read |
//! | `types` | what is stored |
//! | [`weighing`] | call weights, put together from what was measured of their parts |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

mod amendment;
pub mod batch;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod by_hand;
pub mod client_credits;
mod day_in_call;
mod error_of_refusal;
mod largest_calls_fit;
pub mod max_gross;
#[cfg(test)]
mod mock;
pub mod pages;
pub mod read_by_other_pallets;
pub mod record_one;
pub mod refund;
pub mod refund_one;
mod refusal;
pub mod request;
pub mod seal;
pub mod single_weight;
mod supplement;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
pub mod validate;
pub mod weighing;
pub mod weights;

pub use pallet::*;
pub use refusal::Refusal;
pub use types::{Seal, SealedTotals, Supplement};
pub use weights::WeightInfo;

/// Trades of a page.
pub type PageSize = frame_support::traits::ConstU32<{ counterfoil_primitives::tree::PAGE_SIZE }>;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use crate::{
        by_hand::Form,
        client_credits::KeptDays,
        record_one::WrittenTrade,
        refund_one::WrittenRefund,
        single_weight::{MaxTouched, Touched},
    };
    use counterfoil_primitives::{
        ports::Directory,
        window::Chunk,
        written::{date::DateWords, Words},
        AgreementId, Amount, BusinessDay, DayTotals, Kind, Link, MemberId, Moment, Original,
        ProductId, Reference, RefundRequest, Sequence, Trade, TradeRequest,
    };
    use counterfoil_support::{ensure_member, KeepSpent};
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
        frame_system::Config<AccountId = AccountId32, Hash = H256, RuntimeEvent: From<Event<Self>>>
    {
        /// Members, agreements and terms.
        type Directory: Directory;
        /// Keeps a batch that was taken in part from being applied again.
        type Envelope: KeepSpent;
        /// The block's time, in milliseconds.
        type UnixTime: Time<Moment = Moment>;
        /// Maximum payments per call.
        #[pallet::constant]
        type MaxBatch: Get<u32>;
        /// Maximum refunds per call. Each reads its payment and writes what is left of it, so a call
        /// has room for fewer of them.
        #[pallet::constant]
        type MaxRefunds: Get<u32>;
        /// How far a trade's time may lie ahead of the block's, in milliseconds.
        #[pallet::constant]
        type ClockTolerance: Get<Moment>;
        /// Maximum pages per day.
        #[pallet::constant]
        type MaxPagesPerDay: Get<u32>;
        /// Call weights.
        type WeightInfo: WeightInfo;
    }

    /// The highest sequence that a client has used.
    #[pallet::storage]
    pub type Windows<T: Config> = StorageMap<_, Twox64Concat, MemberId, Sequence>;

    /// The ring of chunks that shows which sequences are used.
    ///
    /// Keys: client, slot of the ring.
    #[pallet::storage]
    pub type WindowChunks<T: Config> =
        StorageDoubleMap<_, Twox64Concat, MemberId, Twox64Concat, u8, Chunk>;

    /// Count and sums of a day's trades.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Days<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        BusinessDay,
        DayTotals,
        ValueQuery,
    >;

    /// A day's trades in the order of their positions; only the last page has room.
    ///
    /// Keys: agreement, day (days since 1970-01-01), page.
    #[pallet::storage]
    pub type Pages<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, BusinessDay>,
            NMapKey<Twox64Concat, u32>,
        ),
        BoundedVec<Trade, PageSize>,
        ValueQuery,
    >;

    /// The link of each trade whose amounts follow from a payment's: of refunds, and of what amendments
    /// take back, put back and state right.
    ///
    /// Keys: agreement, day (days since 1970-01-01), position of the trade.
    #[pallet::storage]
    pub type Links<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, BusinessDay>,
            NMapKey<Twox64Concat, u32>,
        ),
        Link,
    >;

    /// What was given back of a payment so far, in minor units; absent where nothing was. Of a refund that
    /// an amendment put back: its gross amount.
    ///
    /// Keys: agreement, day (days since 1970-01-01), position of the payment or refund.
    #[pallet::storage]
    pub type Refunded<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, BusinessDay>,
            NMapKey<Twox64Concat, u32>,
        ),
        Amount,
        ValueQuery,
    >;

    /// How many trades amendments booked. Their sequences are counted from 1.
    #[pallet::storage]
    pub type AmendmentTrades<T: Config> = StorageValue<_, Sequence, ValueQuery>;

    /// The client for whom an amendment booked a payment: who takes refunds of it, and whose record it is.
    ///
    /// Keys: agreement, day (days since 1970-01-01), position of the payment.
    #[pallet::storage]
    pub type BookedFor<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, BusinessDay>,
            NMapKey<Twox64Concat, u32>,
        ),
        MemberId,
    >;

    /// The payments that are proposed as never recorded, and those that an amendment recorded.
    ///
    /// Keys: agreement, client, reference.
    #[pallet::storage]
    pub type Supplements<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, MemberId>,
            NMapKey<Blake2_128Concat, Reference>,
        ),
        Supplement,
    >;

    /// The latest cut-off of a day of which a payment of a client was proposed as never recorded. As long
    /// after it as the agreement lets a trade be late, the client's payments are looked up among those.
    ///
    /// Keys: agreement, client.
    #[pallet::storage]
    pub type SupplementCutOffs<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, MemberId, Moment>;

    /// The sums of the bank's amounts of what a client recorded, by day: of the newest days on which the
    /// agreement's conditions limit them, ascending.
    ///
    /// Keys: agreement, client.
    #[pallet::storage]
    pub type ClientCredits<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        MemberId,
        KeptDays,
        ValueQuery,
    >;

    /// The days on which a client went beyond a limit of the agreement's conditions.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type OverLimit<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, ()>;

    /// The roots of a day's full pages, of the debit and of the credit side, 256 pages in a value.
    ///
    /// The roots of the last page are added by the seal.
    ///
    /// Keys: agreement, day (days since 1970-01-01), chapter.
    #[pallet::storage]
    pub type PageRoots<T: Config> = StorageNMap<
        _,
        (
            NMapKey<Twox64Concat, AgreementId>,
            NMapKey<Twox64Concat, BusinessDay>,
            NMapKey<Twox64Concat, u32>,
        ),
        BoundedVec<(H256, H256), pages::ChapterSize>,
        ValueQuery,
    >;

    /// What the chain commits to for a sealed day.
    ///
    /// Keys: agreement, day (days since 1970-01-01).
    #[pallet::storage]
    pub type Seals<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, Seal>;

    /// What the calls of one trade have touched in this block, which is nothing between two blocks.
    #[pallet::storage]
    #[pallet::whitelist_storage]
    pub type Recorded<T: Config> = StorageValue<_, BoundedVec<Touched, MaxTouched>, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// To the company: a call added its halves of trades to a day.
        DebitEntriesIssued {
            /// The company.
            company: MemberId,
            /// The agreement.
            agreement: AgreementId,
            /// The day that took the trades.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The first position added.
            first: u32,
            /// Positions added.
            count: u32,
            /// The sum of the debit amounts of payments, in minor units.
            total: Amount,
            /// The sum of the debit amounts of refunds, in minor units.
            refunds_total: Amount,
        },
        /// To the bank: a call added its halves of trades to a day.
        CreditEntriesIssued {
            /// The bank.
            bank: MemberId,
            /// The agreement.
            agreement: AgreementId,
            /// The day that took the trades.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The first position added.
            first: u32,
            /// Positions added.
            count: u32,
            /// The sum of the credit amounts of payments, in minor units.
            total: Amount,
            /// The sum of the credit amounts of refunds, in minor units.
            refunds_total: Amount,
        },
        /// To the client: a trade was not taken, and it did not use up its sequence.
        TradeRefused {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// The client's number for the trade.
            sequence: Sequence,
            /// What the payment or refund carries elsewhere.
            reference: Reference,
            /// Why.
            reason: Refusal,
        },
        /// To the client: a trade was recorded, and this is what was understood.
        TradeRecorded {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// The client's number for the trade.
            sequence: Sequence,
            /// What was bought.
            product: ProductId,
            /// The day that took the trade.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The trade's position on the day.
            position: u32,
            /// When the payment completed, by the agreement's clock.
            time: Words,
            /// The payer.
            payer: Words,
            /// What the payment carries elsewhere.
            reference: Words,
            /// What the user paid.
            gross: Words,
            /// The company's amount.
            debit: Words,
            /// The bank's amount.
            credit: Words,
        },
        /// A day takes no more trades.
        DaySealed {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Its trades, of both kinds.
            trades: u32,
            /// Its payments.
            payments: SealedTotals,
            /// Its refunds.
            refunds: SealedTotals,
        },
        /// A client went beyond a limit of a day: the payment for that day waits for the debtor's staff.
        ClientLimitExceeded {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// Whether by its payments or by its refunds.
            kind: Kind,
            /// What the client came to: the sum of the bank's amounts of its trades of this kind on the day,
            /// in minor units.
            credits: Amount,
            /// The same in the agreement's currency.
            credits_in_words: Words,
            /// The limit, in minor units.
            limit: Amount,
            /// The same in the agreement's currency.
            limit_in_words: Words,
        },
        /// To the client: one refund was recorded, and this is what was understood.
        RefundRecorded {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// The client's number for the refund.
            sequence: Sequence,
            /// What was bought.
            product: ProductId,
            /// The day that took the refund.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The refund's position on the day.
            position: u32,
            /// When the refund completed, by the agreement's clock.
            time: Words,
            /// Who gets the money back.
            payer: Words,
            /// What the refund carries elsewhere.
            reference: Words,
            /// The payment.
            original: Original,
            /// The payment's day as a date.
            original_date: DateWords,
            /// What the payment carries elsewhere.
            original_reference: Words,
            /// What the user gets back.
            gross: Words,
            /// The company's amount.
            debit: Words,
            /// The bank's amount.
            credit: Words,
            /// What is left of the payment after it.
            left: Words,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this id.
        UnknownAgreement,
        /// The agreement does not admit the member as a client.
        NotAdmitted,
        /// The call carries no trade.
        NoTrades,
        /// The day, or the trade's time, is before the agreement's first day.
        BeforeFirstDay,
        /// The day's cut-off has not passed.
        BeforeCutOff,
        /// The day is sealed already.
        AlreadySealed,
        /// The client has used the sequence: the trade is there, or another is in its place.
        SequenceUsed,
        /// The sequence is so far below the client's highest one that it may have been used.
        SequenceBelowWindow,
        /// The sequence is too far above the client's highest one.
        SequenceAboveWindow,
        /// The gross amount is zero.
        ZeroGross,
        /// The trade's time is in the future.
        InFuture,
        /// The trade is later than the agreement allows.
        TooLate,
        /// The agreement has no such product, or the product no terms on the day of the trade.
        UnknownProduct,
        /// The debit amount is not what the terms of the day give.
        WrongDebit,
        /// The credit amount is not what the terms of the day give.
        WrongCredit,
        /// The day takes no more trades: it has the maximum number of pages.
        DayFull,
        /// The gross amount is so large that a day full of such trades would overflow the day's sums.
        GrossTooLarge,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// No amount is written: write it like 1250.50.
        AmountMissing,
        /// The amount is no number: write it like 1250.50.
        AmountUnreadable,
        /// The amount has more than digits and one point: write it like 1250.50.
        AmountSeparated,
        /// The amount is less than zero: only completed payments are trades.
        AmountNegative,
        /// The amount has more decimal places than the agreement's currency.
        AmountTooPrecise,
        /// The amount is in another currency than the agreement's.
        OtherCurrency,
        /// No payer is written.
        PayerMissing,
        /// The payer is longer than 16 bytes; an accented letter counts as two.
        PayerTooLong,
        /// The payer begins or ends with a blank, or has two in a row.
        PayerBlanks,
        /// The payer holds a character that cannot be seen: type it again by hand.
        PayerInvisible,
        /// No reference is written.
        ReferenceMissing,
        /// The reference is neither a UUID nor a text of at most 16 bytes.
        ReferenceTooLong,
        /// The reference begins or ends with a blank, or has two in a row.
        ReferenceBlanks,
        /// The reference holds a character that cannot be seen: type it again by hand.
        ReferenceInvisible,
        /// The time is not written like 2026-11-28 or 2026-11-28 14:30.
        TimeUnreadable,
        /// No calendar or clock shows the time.
        NoSuchTime,
        /// The clock changes on that day: write the offset too, like 14:30+02:00.
        OffsetMissing,
        /// The agreement has ended by this day: it takes no payment, and once closed, nothing.
        ///
        /// Propose a payment of before the end as a supplement; record a later one under the agreement that
        /// follows; settle a refund outside the chain.
        AgreementEnded,
        /// A trade of yours with this reference is on the day's last page: see whether it was sent before.
        ReferenceRecorded,
        /// No trade is on the place of the payment: look its day and position up, once it is final.
        OriginalMissing,
        /// Another trade is on the place of the payment: look its day and position up, once it is final.
        OriginalOtherId,
        /// What is to be given back is a refund itself: name the payment.
        OriginalIsRefund,
        /// Another client recorded the payment: that client refunds it, or its successor.
        OriginalOfAnotherClient,
        /// The payment was of another product: the refund has the payment's.
        OriginalOtherProduct,
        /// Another user paid the payment: the refund has the payment's.
        OriginalOtherUser,
        /// The refund is before its payment in time.
        BeforeOriginal,
        /// The payment is longer ago than the agreement lets refunds come.
        RefundTooLate,
        /// Another amount was given back of the payment before: look it up, and form the refund anew.
        RefundedMeanwhile,
        /// The refund is more than is left of the payment.
        MoreThanLeft,
        /// An amendment recorded this payment already: look it up by its reference.
        Supplemented,
        /// The gross amount is larger than the agreement allows.
        AboveAgreement,
        /// Bank or company suspended the client: it records nothing until both lift that.
        ClientSuspended,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            largest_calls_fit::assert_largest_calls_fit::<T>();
        }

        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            // What the end of the block costs: it forgets what was touched.
            T::DbWeight::get().writes(1)
        }

        fn on_finalize(_: BlockNumberFor<T>) {
            Recorded::<T>::kill();
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Records trades of an agreement, each checked by itself.
        ///
        /// Fails as a whole if the caller is no admitted client or is suspended, or sends no trade. It also
        /// fails if the caller sends one trade and that is refused: the error is the refusal's. If there
        /// are several trades, each one that is not taken emits [`Event::TradeRefused`], and each day that
        /// took some emits [`Event::DebitEntriesIssued`] and [`Event::CreditEntriesIssued`]. Where the
        /// caller goes beyond a limit, [`Event::ClientLimitExceeded`] tells it.
        #[pallet::call_index(0)]
        #[pallet::weight(weighing::before::<T>(trades))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId,
            _: &BoundedVec<TradeRequest, T::MaxBatch>,
        | -> bool { validate::is_free_to_record::<T>(origin, *agreement) })]
        pub fn record(
            origin: OriginFor<T>,
            agreement: AgreementId,
            trades: BoundedVec<TradeRequest, T::MaxBatch>,
        ) -> DispatchResultWithPostInfo {
            let client =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let outcome = batch::record::<T, _>(client, agreement, &trades)?;
            Ok(Some(outcome.weight::<T>()).into())
        }

        /// Seals a day after its cut-off, with trades or without: 2026-11-28 is 20261128.
        ///
        /// Any member may; it is free for those that the agreement names.
        #[pallet::call_index(1)]
        #[pallet::weight(weighing::seal::<T>(T::MaxPagesPerDay::get()))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, _: &BusinessDay,
        | -> bool { validate::is_free_to_seal::<T>(origin, *agreement) })]
        pub fn seal(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
        ) -> DispatchResultWithPostInfo {
            ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let pages = seal::do_seal::<T>(agreement, day).map_err(weighing::refused::<T, _>)?;
            Ok(Some(weighing::seal::<T>(pages)).into())
        }

        /// Records one trade as a person writes it in a form.
        ///
        /// - `amount`: what the user paid, with a point before the fraction, such as 1250.50.
        /// - `payer`: a text of up to 16 bytes.
        /// - `reference`: a UUID, or a text of up to 16 bytes.
        /// - `occurred_at`: a date, which is its noon, or a date and a time such as 2026-11-28 14:30; the
        ///   block's time where it is left out.
        ///
        /// The trade takes the client's next sequence and the amounts that the terms give. A reference
        /// that a payment of the client's has on the day's last page, of up to 256 trades, is refused: the
        /// form was most likely sent before.
        /// [`Event::TradeRecorded`] says what was understood. A trade that is not taken fails the call.
        #[pallet::call_index(2)]
        #[pallet::weight(weighing::max_by_hand::<T>(Kind::Payment))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, _: &ProductId,
            _: &Words, _: &Words, _: &Words, _: &Option<Words>,
        | -> bool { validate::is_free_to_record::<T>(origin, *agreement) })]
        pub fn record_one(
            origin: OriginFor<T>,
            agreement: AgreementId,
            product: ProductId,
            amount: Words,
            payer: Words,
            reference: Words,
            occurred_at: Option<Words>,
        ) -> DispatchResultWithPostInfo {
            let client =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let written = WrittenTrade {
                product,
                payer: &payer,
                form: Form {
                    amount: &amount,
                    reference: &reference,
                    occurred_at: occurred_at.as_deref(),
                },
            };
            Ok(Some(record_one::record::<T>(client, agreement, &written)?).into())
        }

        /// Records refunds of an agreement's payments, each checked by itself.
        ///
        /// A refund names its payment by id, day and position, and what was given back of it before. The
        /// day may be the digits of its date: 2026-11-28 is 20261128. A refund's sequence is of the same
        /// numbers as the client's payments. What is refused is told as [`Self::record`] tells it.
        #[pallet::call_index(3)]
        #[pallet::weight(weighing::before_refunds::<T>(refunds))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId,
            _: &BoundedVec<RefundRequest, T::MaxRefunds>,
        | -> bool { validate::is_free_to_record::<T>(origin, *agreement) })]
        pub fn refund(
            origin: OriginFor<T>,
            agreement: AgreementId,
            refunds: BoundedVec<RefundRequest, T::MaxRefunds>,
        ) -> DispatchResultWithPostInfo {
            let client =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let outcome = batch::record::<T, _>(client, agreement, &refunds)?;
            Ok(Some(outcome.weight::<T>()).into())
        }

        /// Records one refund as a person writes it in a form.
        ///
        /// - `original`: the payment by client, sequence, day and position, as [`Event::TradeRecorded`] names
        ///   it. The day may be the digits of its date: 2026-11-28 is 20261128.
        /// - `amount`: what the user gets back, with a point before the fraction, such as 1250.50.
        /// - `reference`: a UUID, or a text of up to 16 bytes.
        /// - `refunded_before`: what was given back of the payment before, written as the amount; nothing
        ///   where it is left out.
        /// - `occurred_at`: a date, which is its noon, or a date and a time such as 2026-11-28 14:30; the
        ///   block's time where it is left out.
        ///
        /// The refund takes the client's next sequence, product and payer of its payment, and the amounts
        /// that the payment's terms give. A form that is sent twice refunds once: the second names
        /// another amount as given back before than there is. A reference that a refund of the client's has
        /// on the day's last page, of up to 256 trades, is refused.
        /// [`Event::RefundRecorded`] says what was understood. A refund that is not taken fails the call.
        #[pallet::call_index(4)]
        #[pallet::weight(weighing::max_by_hand::<T>(Kind::Refund))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, _: &Original,
            _: &Words, _: &Words, _: &Option<Words>, _: &Option<Words>,
        | -> bool { validate::is_free_to_record::<T>(origin, *agreement) })]
        pub fn refund_one(
            origin: OriginFor<T>,
            agreement: AgreementId,
            original: Original,
            amount: Words,
            reference: Words,
            refunded_before: Option<Words>,
            occurred_at: Option<Words>,
        ) -> DispatchResultWithPostInfo {
            let client =
                ensure_member::<T, T::Directory>(origin).map_err(weighing::refused::<T, _>)?;
            let written = WrittenRefund {
                original,
                refunded_before: refunded_before.as_deref(),
                form: Form {
                    amount: &amount,
                    reference: &reference,
                    occurred_at: occurred_at.as_deref(),
                },
            };
            Ok(Some(refund_one::record::<T>(client, agreement, &written)?).into())
        }
    }
}
