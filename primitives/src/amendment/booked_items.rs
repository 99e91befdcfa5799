//! The trades that an amendment books.

use super::{Correction, FallenOut, MissingPayment};
use crate::{BusinessDay, DayTotals};
use alloc::vec::Vec;

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
    /// The agreement has closed: its end has come, and the time for refunds and amendments after it is over.
    AgreementEnded,
    /// The day takes no more trades: later ones will.
    DayFull,
}
