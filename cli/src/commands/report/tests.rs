//! Breaks as people and programs read them.

use super::*;
use crate::commands::entry_of_an_amount::entry;
use counterfoil_primitives::{
    summary::{SideStatus, SlotBreakView},
    timing::{End, Late, OtherEnd, TimingEnd},
    BusinessDay, Cause, Kind, Witness,
};

#[test]
fn the_breaks_of_a_side_show_the_kind_that_the_book_has() {
    let right = entry(Kind::Refund, 600);
    let breaks = BreakList {
        slots: vec![SlotBreakView {
            position: 4,
            cause: Cause::WrongKind,
            found: Some(entry(Kind::Payment, 600)),
            right,
        }],
        extras: Vec::new(),
    };
    let money = Money::of("CZK").unwrap();
    let listed = (&breaks, &TimingEnds::default());
    let text = side_text(Side::Credit, &SideSummary::default(), listed, &money);
    assert!(text.contains("refund (payment in the book)"), "{text}");
}

/// Two breaks of a proven side: what is missing is booked on another day, and an amount is wrong.
fn one_of_timing() -> (SideSummary, BreakList, TimingEnds) {
    let right = entry(Kind::Payment, 600);
    let slot = |position, cause, found| SlotBreakView {
        position,
        cause,
        found,
        right,
    };
    let wrong = Some(entry(Kind::Payment, 500));
    let breaks = BreakList {
        slots: vec![
            slot(4, Cause::Missing, None),
            slot(5, Cause::OtherAmount, wrong),
        ],
        extras: Vec::new(),
    };
    let end = TimingEnd {
        end: End::Slot(4),
        entry: right,
        recorded: Witness {
            day: BusinessDay(20_780),
            position: 4,
        },
        booked: BusinessDay(20_781),
        late: Late::Ledger,
        other: OtherEnd::Found,
    };
    let state = SideSummary {
        status: SideStatus::Proven { breaks: 2 },
        ..Default::default()
    };
    (state, breaks, TimingEnds::new(vec![end]))
}

#[test]
fn programs_read_timing_differences_apart_from_breaks() {
    let (state, breaks, timing) = one_of_timing();
    let json = side_and_breaks_json(&state, &breaks, &timing);
    assert_eq!((&json["breaks"], &json["timing"]), (&json!(1), &json!(1)));
    assert_eq!(json["breaks_by_cause"], json!({ "other_amount": 1 }));
    assert_eq!(json["slots"][0]["timing"]["other_day"], "2026-11-24");
    assert_eq!(json["slots"][1]["timing"], Json::Null);
}

#[test]
fn people_read_timing_differences_apart_from_breaks() {
    let (state, breaks, timing) = one_of_timing();
    let money = Money::of("CZK").unwrap();
    let text = side_text(Side::Credit, &state, (&breaks, &timing), &money);
    let title = "credit (bank): proven, 1 breaks, 1 timing difference";
    assert!(text.starts_with(title), "{text}");
    assert!(text.contains(" timing, booked on 2026-11-24 "), "{text}");
    assert!(text.ends_with("\n1 other_amount, 1 timing"), "{text}");
}
