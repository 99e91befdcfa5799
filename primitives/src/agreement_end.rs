//! The life of an agreement after its end: what it still takes, and from which day on it takes nothing.
//!
//! From its end on, an agreement takes no payments of clients. What it took before can still be given back
//! and amended, as long as its terms allow that of its last day. Then it closes. Nothing moves the close once
//! the end has come: what is booked after the end can be given back or amended until then, and no longer.

use crate::{AgreementView, BusinessDay, Kind};

impl AgreementView {
    /// Whether the agreement has ended by `day`: then a client's payment of that day, or one that only that
    /// day could take, is refused. Refunds and amendments go on until the close.
    pub fn has_ended(&self, day: BusinessDay) -> bool {
        self.end.is_some_and(|end| day >= end)
    }

    /// The day from which on the agreement takes nothing, and no day is sealed or reconciled; `None` where
    /// it does not end.
    ///
    /// A payment of the last day can be given back on each of the `refund_days` days after it, and amended on
    /// each of the `amend_days`: so the close is the end plus the larger number.
    pub fn close(&self) -> Option<BusinessDay> {
        let longest = self.refund_days.max(self.amend_days);
        let end = self.end?;
        Some(BusinessDay(end.0.saturating_add(longest.into())))
    }

    /// Whether the agreement has closed by `day`: then the day takes nothing, and is not reconciled.
    pub fn has_closed(&self, day: BusinessDay) -> bool {
        self.close().is_some_and(|close| day >= close)
    }

    /// Whether `day` is too late for what a client records of this kind: a payment from the end on, a refund
    /// from the close on.
    pub fn is_over_for(&self, kind: Kind, day: BusinessDay) -> bool {
        match kind {
            Kind::Payment => self.has_ended(day),
            Kind::Refund => self.has_closed(day),
        }
    }
}
