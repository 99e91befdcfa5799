//! The trades that an amendment books.

use super::{Correction, MissingPayment};
use crate::{BusinessDay, DayTotals};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// One thing that an amendment books.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Item {
    /// Take back what is left of the trade on this position: of a payment by a refund, of a refund by a
    /// payment.
    Cancel {
        /// The day that holds it.
        day: BusinessDay,
        /// Its position.
        position: u32,
    },
    /// Take back what is left of a payment, and state it right.
    Replace {
        /// The day that holds it.
        day: BusinessDay,
        /// The payment as it is right.
        correction: Correction,
    },
    /// Record a payment that was never recorded.
    Supplement(MissingPayment),
}

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

/// What became of the items of a step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Booked {
    /// The day that took the trades.
    pub day: BusinessDay,
    /// For each item that was gone through, in order: whether it was booked. Fewer than were asked for
    /// where the day is full.
    pub items: Vec<Result<(), FallenOut>>,
    /// What the booked trades come to.
    pub added: DayTotals,
    /// Pages of the day that got full.
    pub full_pages: u32,
}

/// Why nothing can be booked now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotBooked {
    /// No agreement has this id.
    UnknownAgreement,
    /// The agreement has ended.
    AgreementEnded,
    /// The day takes no more trades: later ones will.
    DayFull,
}
