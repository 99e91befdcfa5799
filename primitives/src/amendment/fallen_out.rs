//! Why an item of an amendment falls out, though both institutions agreed.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Why an item is not booked, though both institutions agreed.
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
pub enum FallenOut {
    /// No trade is on the place.
    NothingThere,
    /// Nothing is left: it was given back or cancelled in between.
    NothingLeft,
    /// The bank kept a fee that is more than is left: cancel the payment's refunds first.
    KeptFee,
    /// Another refund or amendment of the same payment came after it: cancel that first.
    NotLatest,
    /// It puts back what a refund or a cancellation took of a payment: refund or cancel the payment instead.
    UndoesAnother,
    /// A replacement of the payment came with it: cancel or replace that instead.
    Replaced,
    /// Only a payment can be replaced.
    NotAPayment,
    /// As much was given back before as is right, or more: cancel what is left instead.
    GivenBack,
    /// The product has no terms on the day of the payment.
    UnknownProduct,
    /// The gross amount is larger than a day with the maximum of trades can count.
    GrossTooLarge,
    /// Its client recorded the payment in between.
    RecordedMeanwhile,
}

impl FallenOut {
    /// Each of them.
    pub const ALL: [Self; 11] = [
        Self::NothingThere,
        Self::NothingLeft,
        Self::KeptFee,
        Self::NotLatest,
        Self::UndoesAnother,
        Self::Replaced,
        Self::NotAPayment,
        Self::GivenBack,
        Self::UnknownProduct,
        Self::GrossTooLarge,
        Self::RecordedMeanwhile,
    ];

    /// The name in files, commands and JSON, like `nothing_left`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::NothingThere => "nothing_there",
            Self::NothingLeft => "nothing_left",
            Self::KeptFee => "kept_fee",
            Self::NotLatest => "not_latest",
            Self::UndoesAnother => "undoes_another",
            Self::Replaced => "replaced",
            Self::NotAPayment => "not_a_payment",
            Self::GivenBack => "given_back",
            Self::UnknownProduct => "unknown_product",
            Self::GrossTooLarge => "gross_too_large",
            Self::RecordedMeanwhile => "recorded_meanwhile",
        }
    }
}
