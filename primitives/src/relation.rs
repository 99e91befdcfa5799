//! What a trade is to the payment from which its amounts follow: a refund, a cancellation, what undoes
//! either, or a replacement.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a trade is to the payment that its link names.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Relation {
    /// A client gave back a part or all of it.
    #[default]
    Refund,
    /// An amendment took back all that was left of it.
    Cancellation,
    /// An amendment put back what a refund had given back.
    UndoneRefund,
    /// An amendment put back what a cancellation had taken.
    UndoneCancellation,
    /// An amendment states the payment right, less what was given back of it before.
    Replacement,
}

impl Relation {
    /// What undoes such a trade; `None` where an amendment does not undo it by itself.
    pub const fn undone(self) -> Option<Self> {
        match self {
            Self::Refund => Some(Self::UndoneRefund),
            Self::Cancellation => Some(Self::UndoneCancellation),
            Self::UndoneRefund | Self::UndoneCancellation | Self::Replacement => None,
        }
    }

    /// The name in files, commands and JSON, like `undone_refund`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Refund => "refund",
            Self::Cancellation => "cancellation",
            Self::UndoneRefund => "undone_refund",
            Self::UndoneCancellation => "undone_cancellation",
            Self::Replacement => "replacement",
        }
    }
}
