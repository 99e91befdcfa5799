//! How the money of an obligation moves.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// How the money of an obligation moves.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Rail {
    /// In an asset of this chain, of the same decimals as the agreement; the debtor's node pays by itself.
    Asset(u32),
    /// Between bank accounts outside the chain: the debtor declares what it paid, and the creditor
    /// acknowledges what it received.
    #[default]
    External,
}

impl Rail {
    /// The asset, where the money moves in one.
    pub const fn asset(&self) -> Option<u32> {
        match self {
            Self::Asset(asset) => Some(*asset),
            Self::External => None,
        }
    }
}
