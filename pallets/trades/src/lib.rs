//! # Trades
//!
//! Records what clients took in, once each, and seals the days.
//!
//! ## Goals
//!
//! - A trade is checked by itself: a bad one is refused by an event that names it and the reason,
//!   and the good ones beside it are kept.
//! - No trade is kept twice, in whatever order batches arrive and however often they are sent
//!   again; and that without an index of trades.
//! - Recording stays cheap at any size of a day: trades lie in pages, one storage value for 256 of
//!   them, written once a call.
//!
//! ## Terminology
//!
//! - **Trade**: a completed payment, under its id (client, sequence).
//! - **Window**: which of a client's sequences are used, for the highest one and those below it.
//! - **Position**: the index of a trade within its agreement and day. A page holds 256 positions.
//! - **Cut-off**: until then a day takes its trades. A late trade goes to the earliest later day
//!   that still takes trades, and keeps its time and its terms.
//! - **Seal**: ends a day, and fixes what the chain commits to for each side.
//!
//! ## Scenarios
//!
//! 1. A client [records](Pallet::record) a batch. Company and bank each learn by an event, for
//!    each day, which positions were added and what they total. The client learns of each refused
//!    trade; its sequence stays free.
//! 2. The client is not sure whether a batch arrived and sends it again: each trade that is there
//!    already is refused as used. Under an authority, a batch of nothing but used sequences does not
//!    enter the pool.
//! 3. After the cut-off any member [seals](Pallet::seal) the day, with trades or without.
//!    From then on its pages and page roots stand.
//!
//! ## Two ways in
//!
//! A call is signed by the member's operator account (`auth` is `None`; no fee for what the member
//! may do: a batch, the largest call of all, is free for an admitted client only), or comes as a
//! general transaction that carries the operator's authority in `auth` and needs no nonce, so that
//! many can be under way at once. See [`authorise`] for what the pool accepts.
//!
//! | module | what it does |
//! |---|---|
//! | [`batch`] | takes the trades of a call one by one |
//! | [`pages`] | appends trades to pages, and roots full pages |
//! | [`seal`] | seals a day |
//! | [`authorise`] | what the pool accepts of authorised calls |
//! | [`spent`] | keeps a partly refused batch from coming back |
//! | [`shape`] | what a batch costs before it runs |
//! | [`ledger`] | what other pallets read |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

pub mod authorise;
pub mod batch;
#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod invariants;
pub mod ledger;
#[cfg(test)]
mod mock;
pub mod pages;
pub mod seal;
pub mod shape;
pub mod spent;
#[cfg(test)]
mod tests;
mod types;
pub mod weights;

pub use pallet::*;
pub use types::{Refusal, Seal, Spent, SpentOfClient};
pub use weights::WeightInfo;

/// Trades of a page.
pub type PageSize = frame_support::traits::ConstU32<{ counterfoil_primitives::tree::PAGE_SIZE }>;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use counterfoil_primitives::{
        ports::Directory, window::Chunk, AgreementId, Amount, BusinessDay, DayTotals, MemberId,
        Moment, OperatorAuth, Sequence, Trade, TradeRequest,
    };
    use frame_support::{pallet_prelude::*, traits::Time};
    use frame_system::pallet_prelude::*;
    use pallet_registry::{ensure_member, is_member};
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
        /// The block's time, in milliseconds.
        type UnixTime: Time<Moment = Moment>;
        /// Most trades of a call.
        #[pallet::constant]
        type MaxBatch: Get<u32>;
        /// How far a trade's time may lie ahead of the block's, in milliseconds.
        #[pallet::constant]
        type ClockTolerance: Get<Moment>;
        /// Most pages of a day.
        #[pallet::constant]
        type MaxPagesPerDay: Get<u32>;
        /// What the calls cost.
        type WeightInfo: WeightInfo;
    }

    /// The highest sequence that a client has used.
    #[pallet::storage]
    pub type Windows<T: Config> = StorageMap<_, Twox64Concat, MemberId, Sequence>;

    /// The ring of chunks that tells which sequences are used, by client and slot of the ring.
    #[pallet::storage]
    pub type WindowChunks<T: Config> =
        StorageDoubleMap<_, Twox64Concat, MemberId, Twox64Concat, u8, Chunk>;

    /// Count and sums of a day's trades.
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

    /// A day's trades by page, in the order of their positions. Only the last page has room.
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

    /// The roots of a day's full pages, of the debit and of the credit side; of the last page too
    /// once the day is sealed.
    #[pallet::storage]
    pub type PageRoots<T: Config> = StorageDoubleMap<
        _,
        Twox64Concat,
        AgreementId,
        Twox64Concat,
        BusinessDay,
        BoundedVec<(H256, H256), T::MaxPagesPerDay>,
        ValueQuery,
    >;

    /// What the chain commits to for a sealed day.
    #[pallet::storage]
    pub type Seals<T: Config> =
        StorageDoubleMap<_, Twox64Concat, AgreementId, Twox64Concat, BusinessDay, Seal>;

    /// A client's authorities that are used up though a trade of their batch could still be
    /// taken, until they expire.
    #[pallet::storage]
    pub type SpentAuthorities<T: Config> =
        StorageMap<_, Twox64Concat, MemberId, SpentOfClient, ValueQuery>;

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
            /// The first position added.
            first: u32,
            /// Positions added.
            count: u32,
            /// The sum of their debit amounts, in minor units.
            total: Amount,
        },
        /// To the bank: a call added its halves of trades to a day.
        CreditEntriesIssued {
            /// The bank.
            bank: MemberId,
            /// The agreement.
            agreement: AgreementId,
            /// The day that took the trades.
            day: BusinessDay,
            /// The first position added.
            first: u32,
            /// Positions added.
            count: u32,
            /// The sum of their credit amounts, in minor units.
            total: Amount,
        },
        /// To the client: a trade was not taken, and its sequence was not used up by it.
        TradeRefused {
            /// The agreement.
            agreement: AgreementId,
            /// The client.
            client: MemberId,
            /// The client's number for the trade.
            sequence: Sequence,
            /// Why.
            reason: Refusal,
        },
        /// A day takes no more trades.
        DaySealed {
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// Its trades.
            trades: u32,
            /// The sum of their debit amounts, in minor units.
            debit_total: Amount,
            /// The sum of their credit amounts, in minor units.
            credit_total: Amount,
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
        /// The day lies before the agreement's first.
        BeforeFirstDay,
        /// The day's cut-off has not passed.
        BeforeCutOff,
        /// The day is sealed already.
        AlreadySealed,
        /// The agreement has ended by this day, which takes no trades and is not sealed.
        AgreementEnded,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            shape::assert_largest_calls_fit::<T>();
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
        /// Fails as a whole only where the caller is no admitted client or sends no trade. Else
        /// each trade that is not taken gives [`Event::TradeRefused`], and each day that took some
        /// gives [`Event::DebitEntriesIssued`] and [`Event::CreditEntriesIssued`].
        #[pallet::call_index(0)]
        #[pallet::weight(shape::before::<T>(trades))]
        #[pallet::feeless_if(
            |origin: &OriginFor<T>,
             agreement: &AgreementId,
             _trades: &BoundedVec<TradeRequest, T::MaxBatch>,
             _auth: &Option<OperatorAuth>|
             -> bool { authorise::is_admitted::<T>(origin, *agreement) }
        )]
        #[pallet::authorize(|source, agreement, trades, auth| {
            authorise::record::<T>(source, *agreement, trades, auth)
        })]
        #[pallet::weight_of_authorize(shape::before_authorising::<T>(trades))]
        pub fn record(
            origin: OriginFor<T>,
            agreement: AgreementId,
            trades: BoundedVec<TradeRequest, T::MaxBatch>,
            auth: Option<OperatorAuth>,
        ) -> DispatchResultWithPostInfo {
            let client = ensure_member::<T, T::Directory>(origin, &auth)?;
            let shape = batch::record::<T>(client, agreement, &trades, auth.as_ref())?;
            Ok(Some(shape.weight::<T>()).into())
        }

        /// Seals a day after its cut-off, with trades or without. Any member may.
        #[pallet::call_index(1)]
        #[pallet::weight(T::WeightInfo::seal(T::MaxPagesPerDay::get()))]
        #[pallet::feeless_if(
            |origin: &OriginFor<T>,
             _agreement: &AgreementId,
             _day: &BusinessDay,
             _auth: &Option<OperatorAuth>|
             -> bool { is_member::<T, T::Directory>(origin) }
        )]
        #[pallet::authorize(|source, agreement, day, auth| {
            authorise::seal::<T>(source, *agreement, *day, auth)
        })]
        #[pallet::weight_of_authorize(T::WeightInfo::authorize_seal())]
        pub fn seal(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            auth: Option<OperatorAuth>,
        ) -> DispatchResultWithPostInfo {
            ensure_member::<T, T::Directory>(origin, &auth)?;
            seal::ensure_due::<T>(agreement, day)?;
            let pages = seal::seal::<T>(agreement, day);
            Ok(Some(T::WeightInfo::seal(pages)).into())
        }
    }
}
