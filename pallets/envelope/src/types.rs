//! What is kept of spent transactions.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use frame_support::BoundedVec;
use scale_info::TypeInfo;
use sp_core::H256;

/// A spent transaction.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Spent<BlockNumber> {
    /// The hash of what was signed.
    pub digest: H256,
    /// The block at which its era ends: it is valid in none from there on.
    pub ends: BlockNumber,
}

/// A member's spent transactions.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub struct SpentOfMember<BlockNumber> {
    /// Each transaction that ends no later counts as spent. Where there was no room, those that
    /// end soonest were dropped, and this was raised to their end.
    pub floor: Option<BlockNumber>,
    /// Those that end after it, ascending by their ends.
    pub kept: BoundedVec<Spent<BlockNumber>, crate::spent::Limit>,
}

impl<BlockNumber> Default for SpentOfMember<BlockNumber> {
    fn default() -> Self {
        Self {
            floor: None,
            kept: BoundedVec::new(),
        }
    }
}
