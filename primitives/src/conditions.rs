//! The conditions of an agreement, by version.

use crate::{
    day::TimeOfDay,
    settlement::{ClientLimits, Period, Rail},
    BusinessDay, Side, UtcOffset,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// What a party's book is.
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
pub enum Source {
    /// The entries as they came from the chain.
    #[default]
    Received,
    /// What the party's own core ledger says, imported.
    Ledger,
}

impl Source {
    /// Each of them.
    pub const ALL: [Self; 2] = [Self::Received, Self::Ledger];

    /// The name in files, commands and JSON: `received` or `ledger`.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Received => "received",
            Self::Ledger => "ledger",
        }
    }

    /// What has this name; `None` where nothing has it.
    pub fn from_name(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|source| source.name() == name)
    }
}

/// What changes in an agreement only from a day that has not begun.
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
pub struct Conditions {
    /// What makes a business day.
    pub utc_offset: UtcOffset,
    /// The local time on T+1 until which trades of day T are taken.
    pub cut_off: TimeOfDay,
    /// The local time on T+1 at which day T is reconciled.
    pub preset: TimeOfDay,
    /// What the company's book is.
    pub debit_source: Source,
    /// What the bank's book is.
    pub credit_source: Source,
    /// Which days one payment covers.
    #[serde(default)]
    pub period: Period,
    /// How the money moves.
    pub rail: Rail,
    /// How much each client may cause in a day before the payment waits for staff; `None`: any amount.
    #[serde(default)]
    pub client_limits: Option<ClientLimits>,
}

impl Conditions {
    /// What the book of `side` is.
    pub const fn source(&self, side: Side) -> Source {
        side.pick(self.debit_source, self.credit_source)
    }
}

/// The index of the version in force on `day`, of versions ascending by their first day.
pub fn version_on<V>(versions: &[(BusinessDay, V)], day: BusinessDay) -> Option<usize> {
    versions
        .partition_point(|(from, _)| *from <= day)
        .checked_sub(1)
}
