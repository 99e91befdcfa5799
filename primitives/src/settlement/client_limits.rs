//! How much a client may cause in a day before the payment waits for the debtor's staff.

use crate::{Amount, Kind, SideTotals};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The most that a client may cause in a day, in bank's amounts. Beyond it the day is recorded whole, and
/// the payment of its settlement period waits until the debtor's staff releases it.
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
pub struct ClientLimits {
    /// The sum of the bank's amounts of its payments, in minor units.
    pub payments: Amount,
    /// The sum of the bank's amounts of its refunds, in minor units.
    pub refunds: Amount,
}

impl ClientLimits {
    /// The limit for trades of this kind.
    pub const fn of(&self, kind: Kind) -> Amount {
        kind.pick(self.payments, self.refunds)
    }

    /// Whether the credit amounts of a client's trades of a day go beyond the limit of either kind.
    pub const fn are_exceeded_by(&self, credits: &SideTotals) -> bool {
        credits.payments > self.payments || credits.refunds > self.refunds
    }
}
