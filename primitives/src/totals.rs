//! Sums by kind: of a book, of a side, of a day.

use crate::{Amount, Entry, Kind, Side, SignedAmount, Trade};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The sums of a side's amounts, those of payments and those of refunds, in minor units. Each saturates.
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
pub struct SideTotals {
    /// The sum of payments.
    pub payments: Amount,
    /// The sum of refunds.
    pub refunds: Amount,
}

impl SideTotals {
    /// The sum of trades of this kind.
    pub const fn of(&self, kind: Kind) -> Amount {
        kind.pick(self.payments, self.refunds)
    }

    /// Adds an amount to the sum of its kind.
    pub const fn add(&mut self, kind: Kind, amount: Amount) {
        match kind {
            Kind::Payment => self.payments = self.payments.saturating_add(amount),
            Kind::Refund => self.refunds = self.refunds.saturating_add(amount),
        }
    }

    /// Adds an entry's amount to the sum of its kind.
    pub const fn add_entry(&mut self, entry: &Entry) {
        self.add(entry.kind, entry.amount);
    }

    /// These sums less others, kind by kind; none goes below zero.
    pub const fn saturating_sub(self, other: Self) -> Self {
        Self {
            payments: self.payments.saturating_sub(other.payments),
            refunds: self.refunds.saturating_sub(other.refunds),
        }
    }

    /// These sums and others, kind by kind.
    pub const fn saturating_add(self, other: Self) -> Self {
        Self {
            payments: self.payments.saturating_add(other.payments),
            refunds: self.refunds.saturating_add(other.refunds),
        }
    }

    /// Payments less refunds. It saturates.
    pub fn net(&self) -> SignedAmount {
        signed(self.payments).saturating_sub(signed(self.refunds))
    }
}

/// The trades of one kind of a day in numbers, in minor units.
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
)]
pub struct KindTotals {
    /// Trades.
    pub count: u32,
    /// What users paid, or got back.
    pub gross: Amount,
    /// The sum of the company's amounts.
    pub debit: Amount,
    /// The sum of the bank's amounts.
    pub credit: Amount,
}

impl KindTotals {
    /// The sum of the amounts of `side`.
    pub const fn of(&self, side: Side) -> Amount {
        side.pick(self.debit, self.credit)
    }

    /// Counts a trade.
    pub const fn add(&mut self, trade: &Trade) {
        self.count = self.count.saturating_add(1);
        self.gross = self.gross.saturating_add(trade.gross);
        self.debit = self.debit.saturating_add(trade.debit);
        self.credit = self.credit.saturating_add(trade.credit);
    }
}

/// A day's trades in numbers.
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
)]
pub struct DayTotals {
    /// The payments.
    pub payments: KindTotals,
    /// The refunds.
    pub refunds: KindTotals,
}

impl DayTotals {
    /// Trades of both kinds: the positions of the day.
    pub const fn count(&self) -> u32 {
        self.payments.count.saturating_add(self.refunds.count)
    }

    /// The trades of this kind.
    pub const fn of_kind(&self, kind: Kind) -> &KindTotals {
        match kind {
            Kind::Payment => &self.payments,
            Kind::Refund => &self.refunds,
        }
    }

    /// The sums of `side`.
    pub const fn of(&self, side: Side) -> SideTotals {
        SideTotals {
            payments: self.payments.of(side),
            refunds: self.refunds.of(side),
        }
    }

    /// Counts a trade.
    pub const fn add(&mut self, trade: &Trade) {
        match trade.kind {
            Kind::Payment => self.payments.add(trade),
            Kind::Refund => self.refunds.add(trade),
        }
    }

    /// What is owed for the day: the bank's amounts of payments less those of refunds. The company owes
    /// the bank what is above zero; the bank owes the company what is below.
    pub fn obligation(&self) -> SignedAmount {
        self.of(Side::Credit).net()
    }
}

/// An amount as a signed one; the largest stands for all that are larger.
fn signed(amount: Amount) -> SignedAmount {
    SignedAmount::try_from(amount).unwrap_or(SignedAmount::MAX)
}
