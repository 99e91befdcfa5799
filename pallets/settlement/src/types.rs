//! What the settlement stores and reports.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use counterfoil_primitives::{Moment, SignedAmount};
use frame_support::{traits::ConstU32, BoundedVec};
use scale_info::TypeInfo;

/// What is owed for a day.
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
pub struct Obligation {
    /// What the company owes the bank, in minor units; below zero, the bank owes the company.
    pub amount: SignedAmount,
    /// The asset, as the agreement said when the day was reconciled.
    pub asset: u32,
    /// When the day was reconciled.
    pub due_since: Moment,
    /// When it was paid; for an obligation of zero, when the day was reconciled.
    pub paid_at: Option<Moment>,
}

/// The reference of a payment. ISO 20022 allows 35 characters for an end-to-end id.
pub type Reference = BoundedVec<u8, ConstU32<35>>;
