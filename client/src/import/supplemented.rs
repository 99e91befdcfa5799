//! Payments that an amendment recorded, because their client had not.
//!
//! Their client does not record them again: the chain refuses that. Later than the agreement takes a payment
//! from its client, the chain does not look for the amendment, and only says that it is too late; then the
//! import asks.

use super::{
    compared_with_recorded::{differences, is_of},
    NotRecorded, Prepared, Verdict,
};
use crate::{
    journal::{request_of, Line, State},
    money::Money,
    time::day_text,
};
use counterfoil_primitives::{BusinessDay, Sequence, Trade, TradeRequest};

/// A payment that an amendment recorded.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Supplemented {
    /// The day that holds it.
    pub day: BusinessDay,
    /// Its position on that day.
    pub position: u32,
    /// The trade.
    pub trade: Trade,
}

impl Supplemented {
    /// The line in the journal of a payment that was sent under a sequence: it has the content that the chain
    /// has.
    pub(super) fn line(&self, sequence: Sequence) -> Line {
        let trade = TradeRequest {
            sequence,
            ..request_of(&self.trade)
        };
        let state = State::Supplemented {
            day: self.day,
            position: self.position,
        };
        Line::of_payment(trade, state)
    }
}

/// What the trade of an amendment says of a payment. The `line` has its content. Amounts are told in `money`.
pub(super) fn verdict(
    payment: &Prepared,
    (day, position): (BusinessDay, u32),
    line: &Line,
    money: Option<&Money>,
) -> Verdict {
    if is_of(payment, &line.trade, line.kind) {
        return Verdict::Supplemented { day, position };
    }
    Verdict::Refused {
        reason: NotRecorded::Other(format!(
            "an amendment recorded this payment with other content, on position {position} of {}; what differs: {}; \
             take the line out, or propose to replace what is recorded",
            day_text(day),
            differences(payment, line, money),
        )),
    }
}
