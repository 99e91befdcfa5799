//! The lines of an export: what is to be done about each break.

use crate::{
    commands::{amount_to_add_to_book::difference, timing_differences::TimingEnds},
    output::{entry_json, minor, timing_json},
};
use counterfoil_client::{
    mapping::trade_ids::trade_id_text,
    text::{cause_text, reference_text},
};
use counterfoil_primitives::{
    refund::RefundedPayment,
    summary::BreakList,
    timing::{OtherEnd, TimingEnd},
    Amount, Entry,
};
use serde_json::{json, Value as Json};

/// A line of the export.
pub(crate) struct Line {
    pub(crate) position: Option<u32>,
    pub(crate) action: &'static str,
    pub(crate) cause: String,
    /// Which trade: by the chain, or by the book if the chain has none.
    pub(crate) entry: Entry,
    pub(crate) booked: Option<Entry>,
    pub(crate) right: Option<Entry>,
    /// The payment that the chain's refund is of; of an entry that the chain lacks, no payment is known.
    pub(crate) original: Option<RefundedPayment>,
    /// Where it is, or may be, a timing difference.
    pub(crate) timing: Option<TimingEnd>,
}

impl Line {
    /// Whether there is nothing to correct: the entry is booked on another day.
    pub(crate) fn is_timing(&self) -> bool {
        self.timing.is_some_and(|end| end.is_difference())
    }

    pub(crate) fn to_json(&self) -> Json {
        json!({
            "position": self.position,
            "action": self.action,
            "cause": self.cause,
            "trade": entry_json(&self.entry),
            "booked": minor_or_null(self.booked.map(|booked| booked.amount)),
            "right": minor_or_null(self.right.map(|right| right.amount)),
            "difference": difference(self.booked.as_ref(), self.right.as_ref()),
            "booked_kind": self.booked.map(|booked| booked.kind.name()),
            "original_id": self.original.map(|original| trade_id_text(&original.id)),
            "original_reference": self
                .original
                .map(|original| reference_text(&original.reference)),
            "timing": timing_json(self.timing.as_ref()),
        })
    }
}

/// What is to be done about a break: what is `usual`, where nothing is known of another day.
///
/// As long as the day of its trade is not compared, an extra may be the only booking of that trade. So it is
/// not to be suspended before staff has looked, or that day is proven. Nor is a missing entry to be booked,
/// as long as the ledger of the day on which its trade occurred may have it.
fn action(timing: Option<&TimingEnd>, usual: &'static str) -> &'static str {
    match timing.map(|end| end.other) {
        Some(OtherEnd::Found) => "none",
        Some(OtherEnd::NotCompared) => "check",
        Some(OtherEnd::NotYetCompared) => "wait",
        Some(OtherEnd::BookedAgain) | None => usual,
    }
}

/// The corrections of `breaks`, and their timing differences. `refunded` are the payments of the day's
/// refunds, ascending by position.
pub(crate) fn lines(
    breaks: &BreakList,
    timing: &TimingEnds,
    refunded: &[RefundedPayment],
) -> Vec<Line> {
    let original = |position: u32| {
        let at = refunded.binary_search_by_key(&position, |original| original.position);
        at.ok().map(|at| refunded[at])
    };
    let slots = breaks.slots.iter().map(|slot| {
        let timing = timing.slot(slot.position);
        let usual = if slot.found.is_some() {
            "correct"
        } else {
            "book"
        };
        Line {
            position: Some(slot.position),
            action: action(timing, usual),
            cause: cause_text(slot.cause),
            entry: slot.right,
            booked: slot.found,
            right: Some(slot.right),
            original: original(slot.position),
            timing: timing.copied(),
        }
    });
    let extras = (0..).zip(&breaks.extras).map(|(index, extra)| {
        let timing = timing.extra(index);
        Line {
            position: None,
            action: action(timing, "suspend"),
            cause: cause_text(extra.cause),
            entry: extra.entry,
            booked: Some(extra.entry),
            right: None,
            original: None,
            timing: timing.copied(),
        }
    });
    slots.chain(extras).collect()
}

/// An amount for programs, or null.
fn minor_or_null(amount: Option<Amount>) -> Json {
    amount.map_or(Json::Null, minor)
}
