//! What calls and the genesis are given.

use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::MemberId;
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Maximum bytes of a proof; a signature has 64, and there is one by each key.
pub const MAX_PROOF: u32 = 256;

pub use counterfoil_primitives::validator::MAX_DELAY;

/// The signatures of session keys over the institution account, in SCALE.
pub type KeyProof = BoundedVec<u8, ConstU32<MAX_PROOF>>;

/// A validator that the chain starts with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct ValidatorGenesis<Keys> {
    /// The member.
    pub member: MemberId,
    /// Its session keys.
    pub keys: Keys,
}

/// What the council noted of a stall of finality.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Stall<BlockNumber> {
    /// Blocks from the beginning of the next session until the forced change is enacted.
    pub delay: BlockNumber,
    /// The newest final block, after which the new set finalises.
    pub best_finalized: BlockNumber,
}

/// GRANDPA, as far as it changes its set of voters.
pub trait SetChanges<BlockNumber> {
    /// Whether there is a change that is not enacted yet. At the beginning of a block it is a forced one.
    fn is_pending() -> bool;

    /// The first block in which another forced change may be announced, where there was one before.
    fn next_forced() -> Option<BlockNumber>;

    /// Lets the session that begins announce a forced change, or none: whatever GRANDPA itself noted before.
    fn set_stall(stall: Option<Stall<BlockNumber>>);
}
