//! What is owed for a settlement period, and what became of it.

use super::{Declaration, Rail, SettlementPeriod, Waiting};
use crate::{AgreementId, Amount, BusinessDay, MemberId, Moment, SignedAmount};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// Whether the payment of a settlement period needs a word of the debtor's staff.
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
pub enum Release {
    /// No client went beyond its limits.
    #[default]
    NotNeeded,
    /// A client went beyond its limits on a day of the period.
    Awaited,
    /// The debtor's staff released the payment.
    Given {
        /// When.
        at: Moment,
    },
}

/// What is owed for a settlement period.
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
    /// The last day of the period, as it was known when a day of it was reconciled last.
    pub last: BusinessDay,
    /// Days of the period that are reconciled.
    pub days: u32,
    /// What the company owes the bank for those days, in minor units; below zero, the bank owes the company.
    pub amount: SignedAmount,
    /// How the money moves, by the agreement's conditions for the period.
    pub rail: Rail,
    /// Whether the payment needs a word of the debtor's staff.
    pub release: Release,
    /// When the last day of the period was reconciled; `None` while days of it are not.
    pub due_since: Option<Moment>,
    /// What was paid, in minor units: all, or, outside the chain, what stayed with the creditor.
    pub paid: Amount,
    /// When nothing was left to pay; for an obligation of zero, when it fell due.
    pub paid_at: Option<Moment>,
}

impl Obligation {
    /// An obligation for a period of which no day is reconciled.
    pub const fn new(last: BusinessDay, rail: Rail) -> Self {
        Self {
            last,
            days: 0,
            amount: 0,
            rail,
            release: Release::NotNeeded,
            due_since: None,
            paid: 0,
            paid_at: None,
        }
    }

    /// What is left to pay, in minor units.
    pub const fn left(&self) -> Amount {
        self.amount.unsigned_abs().saturating_sub(self.paid)
    }

    /// Whether the last day of the period is reconciled and something is left to pay.
    pub const fn is_due(&self) -> bool {
        self.due_since.is_some() && self.paid_at.is_none()
    }
}

/// An obligation as staff reads it.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ObligationView {
    /// The agreement.
    pub agreement: AgreementId,
    /// The days that it covers.
    pub period: SettlementPeriod,
    /// What is owed, and what became of it.
    pub obligation: Obligation,
    /// Who owes; `None` where nothing is owed.
    pub debtor: Option<MemberId>,
    /// Who is owed; `None` where nothing is owed.
    pub creditor: Option<MemberId>,
    /// The days of the period that are reconciled, each with what is owed for it, ascending.
    pub days: Vec<(BusinessDay, SignedAmount)>,
    /// The payments outside the chain that the debtor declared.
    pub declarations: Vec<Declaration>,
    /// Why it is not paid; `None` where it is, or can be paid now.
    pub waiting: Option<Waiting>,
}
