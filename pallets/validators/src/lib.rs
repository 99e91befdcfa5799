//! # Validators
//!
//! Which members make and finalise blocks, and when that changes.
//!
//! ## Goals
//!
//! - The list of validators changes on a running network, by the council's decision alone.
//! - The list is never empty, and names members whose nodes have shown that they hold their keys.
//! - GRANDPA's set changes where the validators or their keys do, and not otherwise.
//! - An equivocation is on chain, under the member's number. Institutions answer for it by contract.
//!
//! ## Terminology
//!
//! - **Validator**: a member whose node makes blocks with Aura and finalises them with GRANDPA.
//! - **Institution account**: the account under which a member is a validator. It follows from the
//!   member's number and nobody has a key of it, so that operator keys rotate without touching it.
//! - **Session**: [`Config::SessionLength`] blocks with the same validators and keys.
//! - **List**: the validators as they were decided last.
//! - **Queued**: what the next session has. A list is queued when a session begins, and takes effect
//!   with the session after it.
//!
//! ## Scenarios
//!
//! *A member joins.* Its node makes keys (`author_rotateKeysWithOwner`, with the institution account as
//! owner), its operator sets them by [`Pallet::set_keys`], and the council names it by
//! [`Pallet::set_validators`]. Two sessions later it makes blocks. [`Pallet::end_session`] shortens the
//! wait.
//!
//! *A validator changes its keys.* It calls [`Pallet::set_keys`]. Its node needs the former keys too,
//! until the new ones are active.
//!
//! *A third of the validators or more are lost, and finality stalls.* The council names the others by
//! [`Pallet::set_validators`] and ends the session: they are queued. In the session that begins then, it
//! calls [`Pallet::note_stalled`], which ends that session too. The change is a forced one, which needs no
//! votes of those that are lost. The order matters. A change that comes before `note_stalled` waits for
//! their votes: the chain counts it as a set of GRANDPA, and its clients, which enact the forced change
//! alone, do not. GRANDPA's own `note_stalled`, which checks nothing, has no effect: what it notes is
//! replaced when a session begins.
//!
//! *A forced change is pending.* No session ends until it is enacted, since GRANDPA takes no second change
//! meanwhile and would miss the validators of the next session ([`Config::SetChanges`]).
//!
//! *A validator equivocates in GRANDPA.* Whoever has the two votes reports them to GRANDPA, with a proof
//! of the key that [`pallet_session::historical`] checks against the session. The pallet deposits
//! [`Event::Equivocated`] and disables nobody: the council decides. Proofs hold for
//! [`Config::ReportLongevity`] sessions. A node makes the proof from the keys that are set when it sees the
//! votes. Where the validator has set other keys by then, a proof from the state before that is needed; it
//! holds once the session has ended. At most [`MAX_REPORTS`] are kept of a validator and session, so that
//! invented rounds do not fill the state ([`LimitedReports`]). Equivocations in Aura are not reported: the
//! SDK has no report of them.
//!
//! ## How
//!
//! [`pallet_session`] keeps keys, sessions and queue. This pallet sets keys through its `SessionInterface`,
//! which needs neither a balance nor a reference counter of the institution account, and proves their
//! ownership itself. The block in which a session begins holds no transactions but inherents, since
//! `pallet_session` charges it whole.
//!
//! | module | what it holds |
//! |---|---|
//! | `validator_list` | the list, and who has a part in it |
//! | `session_keys` | the keys that members set |
//! | `finality_stall` | the note of a stall of finality |
//! | `sessions` | when a session ends, and what the next one has |
//! | `offences` | what becomes of an equivocation |
//! | `genesis` | what the chain starts with |
//! | `types` | what calls and the genesis are given |
//! | `weighing` | call weights |
//! | `largest_calls_fit` | that the largest calls fit a block |
//! | [`weights`] | the measured weights |
//! | `try_state` | storage invariants |

#![cfg_attr(not(feature = "std"), no_std)]

extern crate alloc;

#[cfg(any(feature = "runtime-benchmarks", test))]
pub mod benchmarking;
mod finality_stall;
mod genesis;
mod largest_calls_fit;
#[cfg(test)]
mod mock;
mod offences;
mod session_keys;
mod sessions;
#[cfg(test)]
mod tests;
#[cfg(any(feature = "std", feature = "try-runtime"))]
mod try_state;
mod types;
mod validator_list;
mod weighing;
pub mod weights;

pub use offences::{LimitedReports, MAX_REPORTS};
pub use pallet::*;
pub use types::{KeyProof, SetChanges, Stall, ValidatorGenesis, MAX_DELAY};
pub use weights::WeightInfo;

#[frame_support::pallet]
pub mod pallet {
    use super::*;
    use alloc::vec::Vec;
    use counterfoil_primitives::{ports::Directory, MemberId};
    use counterfoil_support::is_member;
    use frame_support::pallet_prelude::*;
    use frame_system::pallet_prelude::*;
    use sp_core::crypto::AccountId32;
    use sp_runtime::traits::Zero;
    use sp_staking::SessionIndex;

    /// The version of what this pallet stores; a runtime that stores it otherwise has a higher one, and
    /// a migration.
    const STORAGE_VERSION: StorageVersion = StorageVersion::new(1);

    #[pallet::pallet]
    #[pallet::storage_version(STORAGE_VERSION)]
    pub struct Pallet<T>(_);

    #[pallet::config]
    pub trait Config:
        frame_system::Config<AccountId = AccountId32>
        + pallet_session::Config<ValidatorId = AccountId32>
        + pallet_session::historical::Config<FullIdentification = AccountId32>
    {
        /// Who is a member.
        type Directory: Directory;

        /// Who decides on the list and ends sessions.
        type AdminOrigin: EnsureOrigin<Self::RuntimeOrigin>;

        /// GRANDPA's changes. No session ends until one that is pending is enacted.
        type SetChanges: SetChanges<BlockNumberFor<Self>>;

        /// Maximum validators. Aura and GRANDPA must take as many.
        #[pallet::constant]
        type MaxValidators: Get<u32>;

        /// Blocks per session, where it is not ended before.
        #[pallet::constant]
        type SessionLength: Get<BlockNumberFor<Self>>;

        /// Past sessions whose keys can still be proven, for reports of equivocations.
        #[pallet::constant]
        type ReportLongevity: Get<SessionIndex>;

        /// Call weights.
        type WeightInfo: WeightInfo;

        /// What the benchmarks set up behind the port.
        #[cfg(any(feature = "runtime-benchmarks", test))]
        type BenchmarkHelper: benchmarking::BenchmarkHelper<Self::Keys>;
    }

    /// The list: the validators as decided last, ascending.
    #[pallet::storage]
    pub type Validators<T: Config> =
        StorageValue<_, BoundedVec<MemberId, T::MaxValidators>, ValueQuery>;

    /// Whether the session ends with the next block.
    #[pallet::storage]
    pub type EndNow<T: Config> = StorageValue<_, bool, ValueQuery>;

    /// The first block of the session.
    #[pallet::storage]
    pub type SessionStart<T: Config> = StorageValue<_, BlockNumberFor<T>, ValueQuery>;

    /// The stall that the next session tells GRANDPA of.
    #[pallet::storage]
    pub type NotedStall<T: Config> = StorageValue<_, Stall<BlockNumberFor<T>>>;

    /// How many reports of equivocations are kept, of sessions that can be proven.
    ///
    /// Keys: session, validator.
    #[pallet::storage]
    pub type Reports<T: Config> =
        StorageDoubleMap<_, Twox64Concat, SessionIndex, Twox64Concat, MemberId, u32, ValueQuery>;

    /// What the chain starts with.
    #[pallet::genesis_config]
    #[derive(frame_support::DefaultNoBound)]
    pub struct GenesisConfig<T: Config> {
        /// The validators of the first two sessions, ascending by member, and their keys.
        pub validators: Vec<ValidatorGenesis<T::Keys>>,
    }

    #[pallet::genesis_build]
    impl<T: Config> BuildGenesisConfig for GenesisConfig<T> {
        fn build(&self) {
            genesis::build(self);
        }
    }

    #[pallet::event]
    #[pallet::generate_deposit(pub(crate) fn deposit_event)]
    pub enum Event<T: Config> {
        /// There is another list of validators, in effect from the session after the next one on.
        ValidatorsSet {
            /// The validators, ascending.
            members: Vec<MemberId>,
        },
        /// The session ends with the next block.
        SessionEnds,
        /// A member set its session keys.
        KeysSet {
            /// The member.
            member: MemberId,
        },
        /// A member has no session keys any more.
        KeysPurged {
            /// The member.
            member: MemberId,
        },
        /// A validator voted twice in a round of GRANDPA.
        ///
        /// Where several did in the same round, each report names the earlier ones again.
        Equivocated {
            /// The member.
            member: MemberId,
            /// The session of which the report proved the key.
            session: SessionIndex,
        },
        /// Finality stalled: the next session announces a forced change of GRANDPA's set.
        StallNoted {
            /// Blocks from the beginning of that session until the change is enacted.
            delay: BlockNumberFor<T>,
            /// The newest final block.
            best_finalized: BlockNumberFor<T>,
        },
    }

    #[pallet::error]
    pub enum Error<T> {
        /// The caller is no member.
        NotAMember,
        /// The caller is another member than the one whose keys are to go.
        NotTheMember,
        /// The id names no member.
        UnknownMember,
        /// The list is empty: name at least one member.
        NoValidators,
        /// The list names more members than there may be validators.
        TooManyValidators,
        /// The list does not ascend, or names a member twice: sort it by member.
        NotAscending,
        /// A member has no session keys.
        ///
        /// Its node makes them, and its operator sets them before the list can name it.
        NoKeys,
        /// The proof is not by these keys for this member.
        ///
        /// Make keys and proof with the member's institution account as owner.
        WrongProof,
        /// Another member has one of the keys: make new ones.
        KeyTaken,
        /// The member is a validator, or still is one in this session or the next.
        ///
        /// Let the council take it off the list, and wait until two sessions have ended.
        IsValidator,
        /// The delay is not within its bounds: name between 1 and 600 blocks.
        InvalidDelay,
        /// The block is of this session, so it is not the final one.
        ///
        /// Name the newest final block. If finality stalled in this session, end the session first.
        FinalizedTooHigh,
        /// A forced change is pending, or was a short time ago.
        ///
        /// Wait until twice its delay has passed since its announcement.
        ForcedLately,
    }

    #[pallet::hooks]
    impl<T: Config> Hooks<BlockNumberFor<T>> for Pallet<T> {
        fn integrity_test() {
            assert!(
                T::MaxValidators::get() > 0 && !T::SessionLength::get().is_zero(),
                "there is a validator, and a session has a block"
            );
            largest_calls_fit::assert_largest_calls_fit::<T>();
        }

        fn on_initialize(_: BlockNumberFor<T>) -> Weight {
            // What is read to know whether the session ends.
            T::DbWeight::get().reads(3)
        }

        #[cfg(feature = "try-runtime")]
        fn try_state(_: BlockNumberFor<T>) -> Result<(), sp_runtime::TryRuntimeError> {
            Self::do_try_state()
        }
    }

    #[pallet::call]
    impl<T: Config> Pallet<T> {
        /// Sets the caller's session keys.
        ///
        /// A validator has them from the session after the next one on. `proof` is made of the keys'
        /// signatures over the institution account, as `author_rotateKeysWithOwner` returns it. It is free
        /// for members, also where a wrong proof or a key of another refuses it.
        #[pallet::call_index(0)]
        #[pallet::weight(weighing::set_keys::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, _: &T::Keys, _: &KeyProof,
        | -> bool { is_member::<T, T::Directory>(origin) })]
        pub fn set_keys(origin: OriginFor<T>, keys: T::Keys, proof: KeyProof) -> DispatchResult {
            let member = session_keys::acting::<T>(origin)?;
            session_keys::do_set_keys::<T>(member, keys, &proof)
        }

        /// Takes away the session keys of a member that is no validator.
        ///
        /// The member does so, free of fees where it succeeds, or the council. A member that leaves the
        /// registry has none any more.
        #[pallet::call_index(1)]
        #[pallet::weight(weighing::purge_keys::<T>())]
        #[pallet::feeless_if(|
            origin: &OriginFor<T>, member: &MemberId,
        | -> bool { session_keys::is_free_to_purge::<T>(origin, *member) })]
        pub fn purge_keys(origin: OriginFor<T>, member: MemberId) -> DispatchResult {
            session_keys::ensure_may_purge::<T>(origin, member)?;
            session_keys::do_purge_keys::<T>(member)
        }

        /// Says which members are the validators, from the session after the next one on.
        ///
        /// `members` ascend, and each has keys.
        #[pallet::call_index(2)]
        #[pallet::weight(weighing::set_validators::<T>(members.len() as u32))]
        pub fn set_validators(origin: OriginFor<T>, members: Vec<MemberId>) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let list = validator_list::check_list::<T>(members)?;
            validator_list::accept_list::<T>(list);
            Ok(())
        }

        /// Ends the session with the next block, or once GRANDPA's pending change is enacted.
        #[pallet::call_index(3)]
        #[pallet::weight(weighing::end_session::<T>())]
        pub fn end_session(origin: OriginFor<T>) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            sessions::end_now::<T>();
            Ok(())
        }

        /// Notes that finality stalled, and ends the session.
        ///
        /// The session that begins then announces a change of GRANDPA's set by force, to the validators of
        /// that session. It is enacted `delay` blocks later, at most [`MAX_DELAY`]. `best_finalized` is the
        /// newest final block that any of these validators has.
        #[pallet::call_index(4)]
        #[pallet::weight(weighing::note_stalled::<T>())]
        pub fn note_stalled(
            origin: OriginFor<T>,
            delay: BlockNumberFor<T>,
            best_finalized: BlockNumberFor<T>,
        ) -> DispatchResult {
            T::AdminOrigin::ensure_origin(origin)?;
            let stall = finality_stall::check_stall::<T>(delay, best_finalized)?;
            finality_stall::accept_stall::<T>(stall);
            Ok(())
        }
    }
}
