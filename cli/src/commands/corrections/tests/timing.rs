//! Ends of timing differences, about which there is nothing to do.

use super::*;
use counterfoil_primitives::{
    timing::{End, Late, OtherEnd, TimingEnd},
    Witness,
};

/// An entry that is missing and booked a week later, and an extra of the day before of which this is known.
fn timing(other: OtherEnd) -> Vec<Line> {
    let entry = entry(Kind::Payment, 1_000);
    let witness = Witness {
        day: BusinessDay(20_779),
        position: 3,
    };
    let breaks = BreakList {
        slots: vec![slot(4, Cause::Missing, None, entry)],
        extras: vec![ExtraBreakView {
            entry,
            cause: Cause::OtherDay,
            witness: Some(witness),
        }],
    };
    let late = TimingEnd {
        end: End::Slot(4),
        entry,
        recorded: Witness {
            day: BusinessDay(20_780),
            position: 4,
        },
        booked: BusinessDay(20_787),
        late: Late::Ledger,
        other: OtherEnd::Found,
    };
    let extra = TimingEnd {
        end: End::Extra(0),
        recorded: witness,
        booked: BusinessDay(20_780),
        other,
        ..late
    };
    lines(&breaks, &TimingEnds::new(vec![late, extra]), &[])
}

#[test]
fn nothing_is_to_be_done_about_either_end_of_a_timing_difference() {
    let lines = timing(OtherEnd::Found);
    let csv = export().csv(&Money::of("CZK").unwrap(), Side::Credit, &lines);
    let csv = csv.unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let read: Vec<_> = reader
        .records()
        .map(|record| {
            let record = record.unwrap();
            (record[4].to_owned(), record[18].to_owned())
        })
        .collect();
    let none = |words: &str| ("none".to_owned(), words.to_owned());
    assert_eq!(
        read,
        [
            none("booked on 2026-11-30: nothing to do"),
            none("booked on 2026-11-22: nothing to do")
        ]
    );
    assert_eq!(
        title(Side::Credit, SideStatus::Proven { breaks: 2 }, &lines),
        "0 corrections of the credit side (proven, no breaks, 2 timing differences)"
    );
}

#[test]
fn an_extra_of_a_day_that_is_not_proven_is_not_to_be_suspended_at_once() {
    for (other, action) in [
        (OtherEnd::NotCompared, "check"),
        (OtherEnd::NotYetCompared, "wait"),
        (OtherEnd::BookedAgain, "suspend"),
    ] {
        let lines = timing(other);
        assert_eq!((lines[0].action, lines[1].action), ("none", action));
    }
}

#[test]
fn programs_read_timing_differences_beside_corrections() {
    let money = Money::of("CZK").unwrap();
    let lines = timing(OtherEnd::NotCompared);
    let json = export().to_json(&money, Side::Credit, &SideSummary::default(), &lines);
    let [timing] = &json["timing"].as_array().unwrap()[..] else {
        panic!("there is one")
    };
    assert_eq!(timing["timing"]["other_day"], "2026-11-30");
    let [correction] = &json["corrections"].as_array().unwrap()[..] else {
        panic!("there is one")
    };
    assert_eq!(correction["timing"]["other_end"], "not_compared");
}

#[test]
fn a_missing_entry_of_a_late_trade_is_not_to_be_booked_before_the_day_of_its_time_was_looked_at() {
    let entry = entry(Kind::Payment, 1_000);
    let breaks = BreakList {
        slots: vec![slot(4, Cause::Missing, None, entry)],
        extras: vec![],
    };
    for (other, action) in [
        (OtherEnd::NotCompared, "check"),
        (OtherEnd::NotYetCompared, "wait"),
    ] {
        let end = TimingEnd {
            end: End::Slot(4),
            entry,
            recorded: Witness {
                day: BusinessDay(20_780),
                position: 4,
            },
            booked: BusinessDay(20_779),
            late: Late::Chain,
            other,
        };
        let lines = lines(&breaks, &TimingEnds::new(vec![end]), &[]);
        assert_eq!(lines[0].action, action);
    }
}

/// The chain took a payment after the ledger's day was reported: it is an extra there, and missing on the
/// day of the chain.
#[test]
fn what_the_chain_took_after_the_report_is_suspended_on_one_day_and_booked_on_the_other() {
    let entry = entry(Kind::Payment, 1_000);
    let of_ledgers_day = BreakList {
        slots: vec![],
        extras: vec![ExtraBreakView {
            entry,
            cause: Cause::NotOnChain,
            witness: None,
        }],
    };
    let of_chains_day = BreakList {
        slots: vec![slot(4, Cause::Missing, None, entry)],
        extras: vec![],
    };
    for (breaks, action) in [(of_ledgers_day, "suspend"), (of_chains_day, "book")] {
        let lines = lines(&breaks, &TimingEnds::default(), &[]);
        assert_eq!((lines.len(), lines[0].action), (1, action));
    }
}
