//! When a side has corrections, and what people, programs and spreadsheets read of them.

mod timing;

use super::*;
use crate::commands::entry_of_an_amount::entry;
use counterfoil_primitives::{
    refund::RefundedPayment,
    summary::{BreakList, ExtraBreakView, SlotBreakView},
    BusinessDay, Cause, Entry, Kind, Reference, TradeId, UserId,
};

fn refusal(status: SideStatus) -> Option<String> {
    let refused = ensure_proven(Side::Credit, status).err();
    refused.map(|error| error.to_string())
}

#[test]
fn a_side_that_awaits_its_book_has_no_corrections_yet() {
    assert!(refusal(SideStatus::Awaited).is_some_and(|why| why.contains("committed")));
}

#[test]
fn a_side_of_which_no_report_is_whole_has_no_corrections_yet() {
    assert!(refusal(SideStatus::Committed).is_some_and(|why| why.contains("report")));
}

#[test]
fn a_defaulted_side_has_no_corrections() {
    assert!(refusal(SideStatus::Defaulted).is_some_and(|why| why.contains("book check")));
}

#[test]
fn a_side_proven_without_breaks_has_an_empty_list() {
    assert_eq!(refusal(SideStatus::Proven { breaks: 0 }), None);
}

#[test]
fn a_repaired_side_still_has_its_corrections() {
    assert_eq!(refusal(SideStatus::Repaired { breaks: 3 }), None);
    assert_eq!(refusal(SideStatus::ProvenLate { breaks: 3 }), None);
}

#[test]
fn people_read_in_which_state_the_side_is() {
    assert_eq!(
        title(
            Side::Debit,
            SideStatus::Proven { breaks: 4 },
            &corrections_of_both_kinds()
        ),
        "4 corrections of the debit side (proven, 4 breaks)"
    );
}

fn export() -> Export {
    Export {
        named: DayArguments {
            agreement: 1,
            day: BusinessDay(20_780),
        },
        side: None,
        file: None,
    }
}

#[test]
fn no_cell_is_a_formula_or_holds_what_a_terminal_obeys() {
    let bytes = |text: &str| {
        let mut bytes = [0; 16];
        bytes[..text.len()].copy_from_slice(text.as_bytes());
        bytes
    };
    let line = |reference: &str, user: &str| {
        let entry = Entry {
            reference: Reference(bytes(reference)),
            user: UserId(bytes(user)),
            amount: 100,
            ..Entry::default()
        };
        Line {
            position: None,
            action: "suspend",
            cause: "not_matched".into(),
            entry,
            booked: Some(entry),
            right: None,
            original: Some(RefundedPayment {
                reference: Reference(bytes(reference)),
                ..original()
            }),
            timing: None,
        }
    };
    let lines = [line("@SUM(A1)", "=1+1"), line("FV-1", "a\u{1b}[2J")];
    let money = Money::of("CZK").unwrap();
    let csv = export().csv(&money, Side::Debit, &lines).unwrap();
    let mut reader = csv::Reader::from_reader(csv.as_bytes());
    let cells = |record: csv::StringRecord| {
        assert_eq!(record[17], record[7]);
        (record[7].to_owned(), record[8].to_owned())
    };
    let read: Vec<_> = reader.records().map(|r| cells(r.unwrap())).collect();
    assert_eq!(read[0].0, "\t@SUM(A1)");
    assert_eq!(read[0].1, "\t=1+1");
    assert_eq!(read[1].0, "FV-1");
    assert_eq!(read[1].1, "0x611b5b324a0000000000000000000000");
    assert!(!csv.contains('\u{1b}'));
}

/// The payment of the refund on position 4.
fn original() -> RefundedPayment {
    RefundedPayment {
        position: 4,
        id: TradeId {
            client: 1,
            sequence: 17,
        },
        reference: Reference(*b"FV-17\0\0\0\0\0\0\0\0\0\0\0"),
    }
}

fn slot(position: u32, cause: Cause, found: Option<Entry>, right: Entry) -> SlotBreakView {
    SlotBreakView {
        position,
        cause,
        found,
        right,
    }
}

/// A refund as a payment, a refund that is missing, a payment of another amount, and a refund on no
/// position.
fn corrections_of_both_kinds() -> Vec<Line> {
    let breaks = BreakList {
        slots: vec![
            slot(
                4,
                Cause::WrongKind,
                Some(entry(Kind::Payment, 600)),
                entry(Kind::Refund, 600),
            ),
            slot(5, Cause::Missing, None, entry(Kind::Refund, 250)),
            slot(
                6,
                Cause::OtherAmount,
                Some(entry(Kind::Payment, 900)),
                entry(Kind::Payment, 1_000),
            ),
        ],
        extras: vec![ExtraBreakView {
            entry: entry(Kind::Refund, 300),
            cause: Cause::NotOnChain,
            witness: None,
        }],
    };
    lines(&breaks, &TimingEnds::default(), &[original()])
}

#[test]
fn programs_read_differences_with_the_signs_of_the_kinds() {
    let lines = corrections_of_both_kinds();
    let money = Money::of("CZK").unwrap();
    let json = export().to_json(&money, Side::Credit, &SideSummary::default(), &lines);
    let all = |key: &str| -> Vec<Json> {
        let lines = json["corrections"].as_array().unwrap();
        lines.iter().map(|line| line[key].clone()).collect()
    };
    assert_eq!(all("difference"), ["-1200", "-250", "100", "300"]);
    assert_eq!(
        all("booked_kind"),
        [
            json!("payment"),
            Json::Null,
            json!("payment"),
            json!("refund")
        ]
    );
    assert_eq!(all("original_id")[..2], [json!("1/17"), Json::Null]);
    assert_eq!(all("original_reference")[..2], [json!("FV-17"), Json::Null]);
}

#[test]
fn the_file_ends_with_the_booked_kind_the_original_and_the_timing() {
    let money = Money::of("CZK").unwrap();
    let csv = export().csv(&money, Side::Credit, &corrections_of_both_kinds());
    let csv = csv.unwrap();
    let ends = [
        ",booked_amount,right_amount,kind,booked_kind,original_id,original_reference,timing",
        ",6.00,6.00,refund,payment,1/17,FV-17,",
        ",,2.50,refund,,,,",
        ",9.00,10.00,payment,payment,,,",
        ",3.00,,refund,refund,,,",
    ];
    assert_eq!(csv.lines().count(), ends.len());
    for (line, end) in csv.lines().zip(ends) {
        assert!(line.ends_with(end), "{line} does not end with {end}");
    }
}

#[test]
fn programs_read_in_which_state_the_side_is() {
    let export = export();
    let state = SideSummary {
        status: SideStatus::Repaired { breaks: 0 },
        ..Default::default()
    };
    let json = export.to_json(&Money::of("CZK").unwrap(), Side::Debit, &state, &[]);
    assert_eq!(json["status"], "repaired");
}
