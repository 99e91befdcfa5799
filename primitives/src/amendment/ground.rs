//! Why a record is to be amended.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Why a record is to be amended.
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
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Ground {
    /// The payment did not take place.
    NotPaid,
    /// One payment is recorded twice.
    PaidTwice,
    /// The wrong user is recorded.
    WrongUser,
    /// The wrong amount is recorded.
    WrongAmount,
    /// The wrong product is recorded.
    WrongProduct,
    /// The user's bank took the payment back.
    ChargedBack,
    /// The payment is not recorded.
    NotRecorded,
    /// A wrong file was imported.
    WrongFile,
    /// Another one, which the evidence says.
    Other,
}

impl Ground {
    /// Each of them.
    pub const ALL: [Self; 9] = [
        Self::NotPaid,
        Self::PaidTwice,
        Self::WrongUser,
        Self::WrongAmount,
        Self::WrongProduct,
        Self::ChargedBack,
        Self::NotRecorded,
        Self::WrongFile,
        Self::Other,
    ];

    /// The name in files, commands and JSON, like `paid_twice`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NotPaid => "not_paid",
            Self::PaidTwice => "paid_twice",
            Self::WrongUser => "wrong_user",
            Self::WrongAmount => "wrong_amount",
            Self::WrongProduct => "wrong_product",
            Self::ChargedBack => "charged_back",
            Self::NotRecorded => "not_recorded",
            Self::WrongFile => "wrong_file",
            Self::Other => "other",
        }
    }

    /// What has this name; `None` where nothing has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ground| ground.name() == name)
    }
}
