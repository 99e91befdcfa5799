//! Terms: how a gross amount gives a credit amount and a debit amount.
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
    /// The least the rule gives.
    pub floor: Amount,
    /// The most the rule gives.
    pub cap: Option<Amount>,
    /// How the share's fraction of a minor unit is rounded.
    pub rounding: Rounding,
}

impl Rule {
    /// Whether the rate is at most the whole and the floor at most the cap.
    pub fn is_valid(&self) -> bool {
        self.rate_ppm <= WHOLE_PPM && self.cap.is_none_or(|cap| self.floor <= cap)
    }

    /// What the rule gives for `gross`: the rounded share and the flat part, raised to the floor,
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

/// How a gross amount gives a credit amount (the bank's) and a debit amount (the company's).
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

    /// The amounts of a refund of `now`, of a payment of `paid` of which `before` was given back
    /// earlier. Returned fees make the amounts of all refunds of a payment add up to the payment's own;
    /// no amount exceeds `now`.
    pub fn refund_amounts(&self, paid: Amount, before: Amount, now: Amount) -> Amounts {
        let left = paid.saturating_sub(before);
        let (old, new) = (self.amounts(left), self.amounts(left.saturating_sub(now)));
        let returned = Amounts {
            debit: old.debit.saturating_sub(new.debit),
            credit: old.credit.saturating_sub(new.credit),
        };
        match (self.refund_fee, &self.debit) {
            (RefundFee::Returned, _) => returned,
            (RefundFee::Kept, DebitRule::Residual) => Amounts {
                debit: now,
                credit: 0,
            },
            (RefundFee::Kept, DebitRule::Own(_)) => Amounts {
                credit: 0,
                ..returned
            },
        }
    }

    /// What is left of the amounts of a payment of `paid` once `refunded` of it was given back. `None`
    /// where the bank kept a fee that is more than is left: one amount would be below zero, or exceed
    /// what is left.
    pub fn amounts_left(&self, paid: Amount, refunded: Amount) -> Option<Amounts> {
        let left = paid.saturating_sub(refunded);
        let amounts = match (self.refund_fee, &self.debit) {
            (RefundFee::Returned, _) => self.amounts(left),
            (RefundFee::Kept, DebitRule::Residual) => Amounts {
                debit: self.amounts(paid).debit.checked_sub(refunded)?,
                credit: self.credit.apply(paid),
            },
            (RefundFee::Kept, DebitRule::Own(rule)) => Amounts {
                debit: rule.apply(left),
                credit: self.credit.apply(paid),
            },
        };
        (amounts.debit <= left && amounts.credit <= left).then_some(amounts)
    }
}
