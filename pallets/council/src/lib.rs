//! # Council
//!
//! Members that have a seat administer the chain by majority.
//!
//! ## Goals
//!
//! - No single key rules the chain: a motion runs as root once a majority of the seats approved it, and
//!   nothing else does.
//! - A seat belongs to a member, whatever its operator key is.
//! - A seat that means harm neither blocks the others nor floods the chain.
//!
//! ## Terminology
//!
//! - **Seat**: a member's place in the council. Its operator key signs, its account as an institution
//!   ([`institution_account`]) votes.
//! - **Majority**: how many seats have to approve; more than half of them.
//! - **Motion**: a call that a seat proposed and that waits for votes. The hash of what it runs names it,
//!   with its index, so that a vote never counts for a later motion of the same call.
//! - **Carried**: approved by as many seats as the majority is, and as it had been when the motion was
//!   proposed.
//!
//! ## Scenarios
//!
//! *The chain is administered.* A seat proposes a call, which counts as its vote for it. Others vote. Once
//! the motion is carried, any seat closes it, and the call runs as root. Where the majority is one, as in
//! development, the call runs as soon as it is proposed.
//!
//! *Nobody votes.* Silence counts as no: when its time is over, any seat closes the motion, which runs
//! nothing. So does a motion that was carried and that nobody closed in time: no approval holds for longer.
//!
//! *A seat changes its mind.* Until the motion's time is over, it takes its approval back, free of fees.
//!
//! *A seat means harm.* It has a limited number of motions open at a time, and closes none before its time
//! that the others could still carry. A call that would fail costs it a fee, and so does an approval of what
//! it rejected before: without money it can flood nothing. It does not end its own motions by its own vote.
//! Several such seats can, by rejecting each other's, if their votes suffice to reject a motion.
//!
//! *Seats change.* The council carries a motion that sets them. Whoever leaves takes along its votes, also
//! from a motion that they had carried, which waits for others then. A motion of a member that left ends,
//! unless the votes of those that stay carry it. So does one that has to be approved by more seats than there
//! are: where a single seat is left, no motion is open. Where the majority grows, an open motion waits for as
//! many approvals as that is.
//!
//! *The runtime is upgraded.* All open motions end: the bytes of a call may mean another call to the new
//! runtime.
//!
//! ## How
//!
//! Motions and votes are kept by `pallet-collective`, whose members are the seats' accounts. Its own calls
//! are of no use here: those accounts have no key. What it runs is always [`Pallet::execute`], which turns
//! its origin into root. A vote or a close needs a nonce: nothing that a seat signed before can be sent
//! again.
//!
//! | module | what it does |
//! |---|---|
//! | `seats` | who has a seat |
//! | `genesis` | the seats that the chain starts with |
//! | `motions_ended_with_seats` | the motions that end when the seats change |
//! | `proposing_motions` | proposes |
//! | `votes_on_motions` | votes, and what was voted |
//! | `closing_motions` | closes motions |
//! | `execute` | runs what was carried |
//! | `council_view` | what staff reads |
//! | `validate` | for whom a call is free |
//! | `types` | what is stored, and what is checked before |
//! | `weighing` | call weights, put together from what was measured of their parts |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |
//! | `benchmarking` | the benchmarks |
//!
//! [`institution_account`]: counterfoil_primitives::institution::institution_account

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod closing_motions;
mod council_view;
mod execute;
mod genesis;
mod largest_calls_fit;
#[cfg(test)]
mod mock;
mod motions_ended_with_seats;
mod proposing_motions;
mod seats;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod validate;
mod votes_on_motions;
mod weighing;
pub mod weights;

pub use pallet::*;
pub use types::{CallOf, Motion, SeatList, SilenceIsNo, AROUND_A_CALL, MAX_CALL, MAX_SEATS};
pub use weights::WeightInfo;

// FRAME takes the arguments of `feeless_if` as references to those of the call, which has a `Box`.
#[allow(clippy::borrowed_box)]
#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use alloc::{boxed::Box, vec::Vec};
    use counterfoil_primitives::{ports::Directory, MemberId};
    use frame_support::{
        dispatch::WithPostDispatchInfo, pallet_prelude::*, traits::IsSubType, weights::Weight,
    };
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
        frame_system::Config<AccountId = AccountId32, Hash = H256>
        + pallet_collective::Config<
            RuntimeOrigin = OriginFor<Self>,
            Proposal: From<Call<Self>> + IsSubType<Call<Self>>,
        >
    {
        /// Who is a member.
        type Directory: Directory;

        /// The origin of what the collective carried: how many seats approved, and of how many.
        type CarriedOrigin: EnsureOrigin<OriginFor<Self>, Success = (u32, u32)>;

        /// Maximum open motions per seat.
        #[pallet::constant]
        type MaxOpenPerSeat: Get<u32>;

        /// Call weights.
        type WeightInfo: WeightInfo;

        /// What the benchmarks set up behind the port.
        #[cfg(any(feature = "runtime-benchmarks", test))]
        type BenchmarkHelper: benchmarking::BenchmarkHelper;
    }

    /// The members that have a seat, ascending.
    #[pallet::storage]
    pub type Seats<T: Config> = StorageValue<_, SeatList, ValueQuery>;

    /// How many seats have to approve a motion.
    #[pallet::storage]
    pub type Majority<T: Config> = StorageValue<_, u32, ValueQuery>;

    /// Who proposed the open motions, oldest first.
    #[pallet::storage]
    pub type Motions<T: Config> = StorageValue<
        _,
        BoundedVec<Motion, <T as pallet_collective::Config>::MaxProposals>,
        ValueQuery,
    >;

    /// What the chain starts with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// The members that have a seat, ascending.
        pub seats: Vec<MemberId>,
        /// How many seats have to approve a motion.
        pub majority: u32,
        /// Unused; it carries the type parameter.
        #[serde(skip)]
        pub _config: PhantomData<T>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            genesis::build::<T>(self.seats.clone(), self.majority);
        }
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// A motion's call ran as root.
        Executed {
            /// The motion.
            motion: H256,
            /// Whether the call succeeded. If it did not, it changed nothing.
            result: DispatchResult,
        },
        /// These members have a seat, and no others.
        SeatsSet {
            /// The members, ascending.
            seats: Vec<MemberId>,
            /// How many of them have to approve a motion.
            majority: u32,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The caller has no seat: let the operator of a seat sign.
        NotASeat,
        /// The seat has as many open motions as it may: close one first.
        TooManyOpenMotions,
        /// All seats together have as many open motions as they may: close some first.
        TooManyMotions,
        /// A motion for the same call is open: vote on it.
        AlreadyProposed,
        /// The call is too long for a motion: propose it in parts.
        CallTooLong,
        /// The call weighs too much for a motion: propose it in parts.
        CallTooHeavy,
        /// No such motion is open: take hash and index from the list of motions.
        UnknownMotion,
        /// The seat voted this way before: its vote counts already.
        AlreadyVoted,
        /// The motion is undecided, and its time is not over: let the seats that are missing vote.
        NotDecided,
        /// What the motion runs exceeds a bound: take weight and length from the list of motions.
        BoundTooLow,
        /// Fewer seats approved than the majority that there is: let others approve.
        NotCarried,
        /// There must be a seat: name a member.
        NoSeats,
        /// There are more seats than there may be: name fewer members.
        TooManySeats,
        /// The seats must ascend, each named once: sort them.
        SeatsNotAscending,
        /// A seat is of no member: register the member first.
        UnknownMember,
        /// The majority must be more than half of the seats, and no more than all of them.
        NoMajority,
        /// The motion's time is over, so it takes no vote: close it, and propose the call again.
        MotionIsOver,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            largest_calls_fit::assert_limits_fit::<T>();
        }

        fn on_runtime_upgrade() -> Weight {
            weighing::end_all::<T>(proposing_motions::end_all::<T>())
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Proposes a call to the council, and approves it.
        ///
        /// Where the majority is one, the call runs at once. Free for a seat whose proposal succeeds.
        #[pallet::call_index(0)]
        #[pallet::weight(weighing::propose::<T>(call))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, call: &Box<CallOf<T>>,
        | -> bool { validate::is_free_to_propose::<T>(origin, call) })]
        pub fn propose(origin: OriginFor<T>, call: Box<CallOf<T>>) -> DispatchResultWithPostInfo {
            let proposed = seats::acting::<T>(origin)
                .and_then(|seat| proposing_motions::check_propose::<T>(seat, &call))
                .map_err(|error| error.with_weight(weighing::refused::<T>(&call)))?;
            proposing_motions::accept_propose::<T>(proposed)
        }

        /// Votes on a motion.
        ///
        /// A seat's first vote on a motion is free, and so is to take an approval back. To approve what the
        /// seat rejected costs a fee.
        #[pallet::call_index(1)]
        #[pallet::weight(weighing::vote::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, motion: &H256, index: &u32, approve: &bool,
        | -> bool { validate::is_free_to_vote::<T>(origin, motion, *index, *approve) })]
        pub fn vote(
            origin: OriginFor<T>,
            motion: H256,
            #[pallet::compact] index: u32,
            approve: bool,
        ) -> DispatchResult {
            let seat = seats::acting::<T>(origin)?;
            let vote = votes_on_motions::check_vote::<T>(seat, &motion, index, approve)?;
            votes_on_motions::accept_vote::<T>(vote, motion, index, approve)
        }

        /// Closes a motion, and runs its call as root where it is carried.
        ///
        /// When its time is over, a motion is closed whatever the votes, and runs nothing. `weight_bound` and
        /// `length_bound` are what the call weighs at most, and its length in storage. Free for a seat whose
        /// close succeeds.
        #[pallet::call_index(2)]
        #[pallet::weight(weighing::close::<T>(*weight_bound, *length_bound))]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, motion: &H256, index: &u32, weight_bound: &Weight, length_bound: &u32,
        | -> bool {
            validate::is_free_to_close::<T>(origin, motion, *index, *weight_bound, *length_bound)
        })]
        pub fn close(
            origin: OriginFor<T>,
            motion: H256,
            #[pallet::compact] index: u32,
            weight_bound: Weight,
            #[pallet::compact] length_bound: u32,
        ) -> DispatchResultWithPostInfo {
            let outcome = seats::acting::<T>(origin)
                .and_then(|_| {
                    closing_motions::check::<T>(&motion, index, weight_bound, length_bound)
                })
                .map_err(|error| error.with_weight(weighing::close_dropped::<T>()))?;
            closing_motions::accept::<T>(outcome, motion, index)
        }

        /// Runs a call as root, for a motion that the council carried.
        #[pallet::call_index(3)]
        #[pallet::weight(weighing::execute::<T>(call))]
        pub fn execute(origin: OriginFor<T>, call: Box<CallOf<T>>) -> DispatchResultWithPostInfo {
            let (ayes, _) = T::CarriedOrigin::ensure_origin(origin)?;
            execute::run::<T>(ayes, call)
        }

        /// Sets who has a seat, and how many of them have to approve a motion.
        #[pallet::call_index(4)]
        #[pallet::weight(weighing::set_seats::<T>())]
        pub fn set_seats(
            origin: OriginFor<T>,
            seats: Vec<MemberId>,
            majority: u32,
        ) -> DispatchResult {
            ensure_root(origin)?;
            let new = seats::check::<T>(seats, majority)?;
            seats::accept::<T>(new);
            Ok(())
        }
    }
}
