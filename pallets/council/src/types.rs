//! What the council stores, and what it checks before it stores.

use crate::Config;
use alloc::{boxed::Box, vec::Vec};
use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::MemberId;
use frame_support::{traits::ConstU32, weights::Weight, BoundedVec};
use frame_system::pallet_prelude::BlockNumberFor;
use pallet_collective::DefaultVote;
use scale_info::TypeInfo;
use sp_core::{crypto::AccountId32, H256};

/// The maximum number of seats.
pub const MAX_SEATS: u32 = 16;

/// The maximum bytes of a call that is proposed. An upgrade is authorised by its hash, so that no call
/// carries a runtime.
pub const MAX_CALL: u32 = 65_536;

/// Bytes that a motion stores beside its call: the pallet and the call that run it.
pub const AROUND_A_CALL: u32 = 2;

/// A call of the runtime.
pub type CallOf<T> = <T as pallet_collective::Config>::Proposal;

/// The members that have a seat, ascending.
pub type SeatList = BoundedVec<MemberId, ConstU32<MAX_SEATS>>;

/// A motion that is open, or was when one was last proposed or closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Motion {
    /// What names it: the hash of the call that runs it.
    pub motion: H256,
    /// Which motion of that hash it is.
    pub index: u32,
    /// The member that proposed it.
    pub proposer: MemberId,
}

/// Counts silence as no: a motion is carried by the seats that approve it, and by nothing else.
pub struct SilenceIsNo;

impl DefaultVote for SilenceIsNo {
    fn default_vote(_: Option<bool>, _: u32, _: u32, _: u32) -> bool {
        false
    }
}

/// The votes on a motion, as the collective stores them. It keeps its own type's fields to itself, so this
/// type decodes the same bytes.
#[derive(Debug, Decode)]
pub(crate) struct Ballot<BlockNumber> {
    pub index: u32,
    /// How many seats have to approve the motion.
    pub threshold: u32,
    pub ayes: Vec<AccountId32>,
    pub nays: Vec<AccountId32>,
    /// The first block in which the motion's time is over.
    pub end: BlockNumber,
}

/// The votes on a motion of this runtime.
pub(crate) type BallotOf<T> = Ballot<BlockNumberFor<T>>;

/// Seats and a majority that pass the checks.
#[derive(Debug)]
pub(crate) struct NewSeats {
    pub seats: SeatList,
    pub majority: u32,
}

/// A call that its seat may propose.
pub(crate) struct Proposed<T: Config> {
    pub proposer: MemberId,
    pub motion: H256,
    /// What is stored and run: the call within [`execute`](crate::Pallet::execute).
    pub wrapped: Box<CallOf<T>>,
    /// The bytes of the call itself.
    pub bytes: u32,
}

/// A vote that its seat may cast.
#[derive(Debug)]
pub(crate) struct Vote {
    pub voter: AccountId32,
    /// Whether the vote is the seat's first one on the motion, or takes back its approval.
    pub is_free: bool,
}

/// A motion that may be closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Outcome {
    /// Enough seats approved it, and the bounds allow for what it runs.
    Carried {
        /// The bytes of what it runs.
        length: u32,
        /// What that weighs.
        weight: Weight,
    },
    /// Too many seats rejected it, or its time is over.
    Dropped,
}
