//! Terms: how a credit amount and a debit amount follow from a gross amount.
//!
//! Every amount is an integer of minor units. A rule multiplies once and rounds once, by a named
//! mode; the remainder decides exactly, with no wider type than `u128`.

use crate::{rounding::share, Amount};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// Parts per million that make a whole.
pub const WHOLE_PPM: u32 = 1_000_000;

/// What happens to the fraction of a minor unit that a rate leaves.
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
pub enum Rounding {
    /// Cut the fraction off.
    Down,
    /// One more unit for any fraction.
    Up,
    /// To the nearest unit; a half goes up.
    #[default]
    HalfUp,
    /// To the nearest unit; a half goes down.
    HalfDown,
    /// To the nearest unit; a half goes to the even one (banker's rounding).
    HalfEven,
}

/// A rule: rate and flat part, held between floor and cap, and never above the gross amount.
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
pub struct Rule {
    /// Share of the gross amount, in parts per million; at most [`WHOLE_PPM`].
    pub rate_ppm: u32,
    /// Minor units added to the share.
    pub flat: Amount,
    /// The least the rule yields.
    pub floor: Amount,
    /// The most the rule yields.
    pub cap: Option<Amount>,
    /// How the share's fraction of a minor unit is rounded.
    pub rounding: Rounding,
}

impl Rule {
    /// Whether the rate is at most the whole and the floor at most the cap.
    pub fn is_valid(&self) -> bool {
        self.rate_ppm <= WHOLE_PPM && self.cap.is_none_or(|cap| self.floor <= cap)
    }

    /// What the rule yields for `gross`: the rounded share and the flat part, raised to the floor,
    /// cut to the cap, and cut to `gross`.
    pub fn apply(&self, gross: Amount) -> Amount {
        let share = share(gross, self.rate_ppm.min(WHOLE_PPM), self.rounding);
        let raised = share.saturating_add(self.flat).max(self.floor);
        raised.min(self.cap.unwrap_or(Amount::MAX)).min(gross)
    }
}

/// Where the debit amount comes from.
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
pub enum DebitRule {
    /// The gross amount less the credit amount.
    #[default]
    Residual,
    /// A rule of its own.
    Own(Rule),
}

/// What happens to the fee of a payment that is given back, in part or as a whole.
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
pub enum RefundFee {
    /// Both parties give their share back: what remains is priced as a payment of that amount.
    #[default]
    Returned,
    /// The bank keeps its share.
    Kept,
}

/// How a credit amount (the bank's) and a debit amount (the company's) follow from a gross amount.
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
pub struct Terms {
    /// States the credit amount: what the company owes the bank for the trade.
    pub credit: Rule,
    /// States the debit amount.
    pub debit: DebitRule,
    /// States what happens to the fee when a payment is given back.
    #[serde(default)]
    pub refund_fee: RefundFee,
}

/// The two amounts of a trade.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Amounts {
    /// The company's.
    pub debit: Amount,
    /// The bank's.
    pub credit: Amount,
}

impl Terms {
    /// Whether each rule is valid.
    pub fn is_valid(&self) -> bool {
        self.credit.is_valid()
            && match &self.debit {
                DebitRule::Residual => true,
                DebitRule::Own(rule) => rule.is_valid(),
            }
    }

    /// The amounts of a payment of `gross`; neither exceeds it.
    pub fn amounts(&self, gross: Amount) -> Amounts {
        let credit = self.credit.apply(gross);
        let debit = match &self.debit {
            DebitRule::Residual => gross - credit,
            DebitRule::Own(rule) => rule.apply(gross),
        };
        Amounts { debit, credit }
    }
}
