//! What the settlement reports.

use frame_support::{traits::ConstU32, BoundedVec};

/// The reference of a payment. ISO 20022 allows 35 characters for an end-to-end id.
pub type Reference = BoundedVec<u8, ConstU32<35>>;
