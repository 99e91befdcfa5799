//! # Books
//!
//! Takes the parties' commitments, and keeps a party's book in its node's off-chain database.
//!
//! ## Goals
//!
//! - A party commits on chain to its book of a day. Until the preset time, when the books are opened, it
//!   may replace the commitment, and the last one counts. Afterwards it cannot take it back. A commitment
//!   in time is made before anybody compares. A commitment after the preset time may be made in sight of
//!   the other side's breaks, but not of its book.
//! - Nobody has to tend a party's book: its node's off-chain worker writes it, commits to it, and takes
//!   the corrections. A restart, a crash, or a lost or damaged database costs work, never the book: a
//!   received book is rebuilt from the chain, a ledger book from its import, and the import from the
//!   copy that the node keeps in a file.
//!
//! ## Terminology
//!
//! - **Book**: a party's entries of an agreement and a day, one slot for each position of the
//!   chain, and extras on no position. What it is made of is its source:
//!   - **received**: the entries as they came from the chain;
//!   - **ledger**: the lines of the party's own core ledger, imported, and aligned to the positions. A
//!     position whose amount is zero needs no line.
//! - **Commitment**: roots, counts and totals of a book, of payments and of refunds apart. It needs a
//!   sealed day.
//! - **Frozen**: a book that was read back whole after it was written. The party commits only to a
//!   frozen book. Until the preset time another import may replace it, and afterwards only a repair
//!   changes it.
//! - **Replacement**: the number of a commitment within its round: 0 for the first, and one more for each
//!   that takes the place of the one before. There are [`MAX_REPLACEMENTS`] at most.
//! - **Round**: the number of a side's commitment: 0 for the first, and one more after each rejection.
//!   The reconciliation counts the rounds.
//! - **Rejected**: a commitment whose whole book is wrong. It stays on record, and the party may commit
//!   once more, in the next round.
//! - **Repaired**: a proven book that took the corrections and equals the chain.
//!
//! ## Scenarios
//!
//! 1. Trades are finalised. The workers of bank and company write their entries into their
//!    books. When the day is sealed each worker reads its book back and [commits](Pallet::commit).
//! 2. The bank's book is its ledger. Its staff imports and confirms it; the worker aligns it to
//!    the sealed day, freezes it and commits.
//! 3. A side is proven with breaks. The party's worker corrects the slots, moves the extras to the
//!    suspense list, and confirms the repair to the reconciliation, through
//!    [`ConfirmRepair`](counterfoil_primitives::ports::ConfirmRepair).
//! 4. A whole book is rejected, and the next round begins. A received book is rebuilt from the chain,
//!    a ledger book from the next import that is confirmed; the party commits a second and last time.
//! 5. Before the preset time staff finds that a wrong file was imported, and imports another. The worker
//!    makes the book of that one, and replaces the commitment.
//! 6. A side defaults, since its party's node was down. The party commits late, as long as the side may
//!    be proven late.
//!
//! The call is signed by the party's operator account, free of fees. A worker's call comes without a
//! nonce ([`counterfoil_support::unordered`]).
//!
//! | module | what it does |
//! |---|---|
//! | [`commitments`] | what is checked before a commitment is taken, and taking it |
//! | `replaced_commitment` | whether another commitment may take the place of one |
//! | [`validate`] | what the pool takes of calls without a nonce, and which calls are free |
//! | [`worker`] | keeps the books of the parties whose keys this node holds |
//! | `largest_calls_fit` | that the largest call fits a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
pub mod commitments;
mod largest_calls_fit;
#[cfg(test)]
mod mock;
mod replaced_commitment;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
pub mod validate;
pub mod weights;
pub mod worker;

pub use counterfoil_primitives::MAX_REPLACEMENTS;
pub use pallet::*;
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use counterfoil_primitives::{
        ports::{ConfirmRepair, DayTrades, Directory, Obligations, SideView},
        written::date::DateWords,
        AgreementId, BusinessDay, Commitment, MemberId, Moment, Replacement, Round, Side, SideId,
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

    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId32, RuntimeEvent: From<Event<Self>>>
        + CreateUnorderedTransaction<Call<Self>>
    {
        /// Members and agreements.
        type Directory: Directory;
        /// The trades of days.
        type Trades: DayTrades;
        /// How far the reconciliation of a side has come.
        type Sides: SideView;
        /// How the worker confirms a repair to the reconciliation.
        type Repair: ConfirmRepair;
        /// What is owed for a day.
        type Obligations: Obligations;
        /// The block's time, in milliseconds.
        type UnixTime: Time<Moment = Moment>;
        /// Call weights.
        type WeightInfo: WeightInfo;
        /// What the benchmarks set up behind the ports.
        #[cfg(any(feature = "runtime-benchmarks", test))]
        type BenchmarkHelper: benchmarking::BenchmarkHelper;
    }

    /// What the parties committed to, the last of a round. A rejected commitment stays.
    ///
    /// Keys: the side, the round.
    #[pallet::storage]
    pub type Commitments<T: Config> =
        StorageDoubleMap<_, Twox64Concat, SideId, Twox64Concat, Round, Commitment>;

    /// How often the commitment of a round was replaced before the preset time.
    ///
    /// Keys: the side, the round.
    #[pallet::storage]
    pub type Replacements<T: Config> =
        StorageDoubleMap<_, Twox64Concat, SideId, Twox64Concat, Round, Replacement, ValueQuery>;

    #[pallet::event]
    #[pallet::generate_deposit(pub(super) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A party committed to its book of a day.
        Committed {
            /// The party.
            party: MemberId,
            /// The agreement.
            agreement: AgreementId,
            /// The day.
            day: BusinessDay,
            /// The same day as a date.
            date: DateWords,
            /// The party's side.
            side: Side,
            /// The number of the side's commitment: one more after each rejected book.
            round: Round,
            /// What it committed to.
            commitment: Commitment,
            /// 0 for the first commitment of the round, and one more for each that replaced another.
            replacement: Replacement,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// No agreement has this id.
        UnknownAgreement,
        /// The member does not keep the book of this side.
        NotTheParty,
        /// The day still takes trades.
        NotSealed,
        /// The round has this commitment already, or another one, which stands since the preset time.
        AlreadyCommitted,
        /// The whole book was rejected as often as is allowed.
        NoMoreCommitments,
        /// The side is proven, or its deadline or the time for a late proof has passed.
        TooLate,
        /// The book does not have one slot for each position of the chain.
        WrongSlotCount,
        /// The book equals the chain, except in one of its totals.
        WrongTotal,
        /// The day's digits are no date: write 2026-11-28 as 20261128.
        NoSuchDate,
        /// The round is not the one that is awaited: read it from the day.
        OtherRound,
        /// The replacement is not the next one of the round: read how many there were from the day.
        OtherReplacement,
        /// The commitment was replaced as often as is allowed.
        NoMoreReplacements,
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
        /// Commits the party of a side to its book of a sealed day.
        ///
        /// It names its round, so that nobody can send a rejected commitment again. After the rejection of
        /// a whole book there is a second round, and it is the last. Until the preset time a commitment may
        /// be replaced by another one. `replacement` is 0 for the first of a round, and one more for each
        /// that follows, so that nobody can send a replaced one again.
        #[pallet::call_index(0)]
        #[pallet::weight(T::WeightInfo::commit())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, agreement: &AgreementId, _: &BusinessDay, side: &Side, _: &Round,
            _: &Replacement, _: &Commitment,
        | -> bool { validate::is_free_to_commit::<T>(origin, *agreement, *side) })]
        pub fn commit(
            origin: OriginFor<T>,
            agreement: AgreementId,
            day: BusinessDay,
            side: Side,
            round: Round,
            replacement: Replacement,
            commitment: Commitment,
        ) -> DispatchResult {
            let party = ensure_member::<T, T::Directory>(origin)?;
            let side_id = commitments::side_of_input::<T>(agreement, day, side)?;
            commitments::do_commit::<T>(party, side_id, (round, replacement), commitment)
        }
    }
}
