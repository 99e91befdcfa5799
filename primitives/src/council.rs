//! What staff reads of the council: plain values, also through the runtime API.
//!
//! | module | what it holds |
//! |---|---|
//! | [`votes`] | when a motion is carried, rejected or over |

pub mod votes;

use crate::MemberId;
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::H256;
use sp_runtime::Weight;
use votes::Votes;

/// The council.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct CouncilView {
    /// The members that have a seat, ascending.
    pub seats: Vec<MemberId>,
    /// How many seats have to approve a motion.
    pub majority: u32,
    /// The open motions, oldest first.
    pub motions: Vec<MotionView>,
}

/// An open motion of the council.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct MotionView {
    /// What names it: a hash of what it runs.
    pub motion: H256,
    /// Which motion of that hash it is: the number of motions before it.
    pub index: u32,
    /// The member that proposed it.
    pub proposer: MemberId,
    /// The seats that approved it, ascending.
    pub ayes: Vec<MemberId>,
    /// The seats that rejected it, ascending.
    pub nays: Vec<MemberId>,
    /// How many seats have to approve it: the higher of the majority that there is and the one that there was
    /// when it was proposed.
    pub threshold: u32,
    /// The block from which on it takes no vote, and runs nothing when it is closed.
    pub ends_at_block: u32,
    /// The call that it runs as root, in SCALE.
    pub call: Vec<u8>,
    /// What it weighs: the bound that its close needs.
    pub weight: Weight,
    /// Its bytes in storage: the other bound that its close needs.
    pub length: u32,
}

impl MotionView {
    /// The votes on it, by members.
    pub fn votes(&self) -> Votes<'_, MemberId> {
        Votes {
            ayes: &self.ayes,
            nays: &self.nays,
            threshold: self.threshold,
        }
    }
}
