//! What the commands take, and what they say of obligations and statements.

use super::{statement::Compared, *};
use clap::Parser;
use counterfoil_client::{
    mapping::{LineError, Refused},
    statement::{declared_to, match_lines, StatementLine, StatementReading},
    testing,
};
use counterfoil_primitives::settlement::{
    Declaration, Obligation as Owed, Rail, SettlementPeriod, Waiting,
};
use serde_json::{json, Value as Json};

const FIRST: BusinessDay = BusinessDay(20_780);

#[derive(Debug, Parser)]
struct Line {
    #[command(subcommand)]
    command: Obligation,
}

fn read(line: &str) -> Result<Obligation, clap::Error> {
    let words = format!("obligation {line}");
    Line::try_parse_from(words.split_whitespace()).map(|line| line.command)
}

fn agreement() -> Agreement {
    testing::agreement(testing::agreement_view(FIRST))
}

/// The company owes the bank 100.00 for two days, of which 40.00 are declared.
fn view(rail: Rail, waiting: Waiting) -> ObligationView {
    let declaration = Declaration {
        number: 3,
        amount: 4_000,
        value_date: FIRST.next(),
        reference: parse_reference("FT-0001").unwrap(),
        declared_at: 0,
        received: None,
        returned: 0,
    };
    ObligationView {
        agreement: 7,
        period: SettlementPeriod {
            first: FIRST,
            last: FIRST.next(),
        },
        obligation: Owed {
            days: 2,
            amount: 10_000,
            due_since: Some(0),
            ..Owed::new(FIRST.next(), rail)
        },
        debtor: Some(2),
        creditor: Some(3),
        days: vec![(FIRST, 12_000), (FIRST.next(), -2_000)],
        declarations: vec![declaration],
        waiting: Some(waiting),
    }
}

fn outside() -> ObligationView {
    view(Rail::External, Waiting::Declaration { undeclared: 6_000 })
}

#[test]
fn commands_name_agreement_day_and_number_in_this_order() {
    let line = "acknowledge 7 2026-11-23 3 --received 12.50";
    let Obligation::Acknowledge(acknowledge) = read(line).unwrap() else {
        panic!("another command")
    };
    let Numbered { named, number } = acknowledge.declaration;
    assert_eq!((named.agreement, named.day, number), (7, FIRST, 3));
    assert_eq!(acknowledge.received, "12.50");
    for line in [
        "list 7",
        "list 7 --all",
        "show 7 2026-11-23",
        "release 7 2026-11-23",
        "withdraw 7 2026-11-23 3",
        "returned 7 2026-11-23 3 --amount 12.50",
        "returned 7 2026-11-23 3 --amount 12.50 --returned-before 5.00",
        "statement 7 account.csv --mapping account.toml --send",
    ] {
        assert!(read(line).is_ok(), "{line}");
    }
}

#[test]
fn a_return_without_what_came_back_before_is_the_first_of_its_declaration() {
    let returned = |line: &str| match read(line).unwrap() {
        Obligation::Returned(returned) => returned.returned_before,
        _ => panic!("another command"),
    };
    let first = "returned 7 2026-11-23 3 --amount 12.50";
    assert_eq!(returned(first), "0");
    assert_eq!(returned(&format!("{first} --returned-before 5.00")), "5.00");
}

#[test]
fn a_declaration_has_an_amount_a_value_date_and_a_reference() {
    let whole = "declare 7 2026-11-23 --amount 12.50 --value-date 2026-11-30 --reference FT-0001";
    let Obligation::Declare(declare) = read(whole).unwrap() else {
        panic!("another command")
    };
    assert_eq!(declare.reference.as_str(), "FT-0001");
    for part in [
        "--amount 12.50 ",
        "--value-date 2026-11-30 ",
        "--reference FT-0001",
    ] {
        assert!(read(&whole.replace(part, "")).is_err(), "{part}");
    }
}

#[test]
fn a_reference_has_at_most_35_bytes() {
    assert!(parse_reference(&"x".repeat(35)).is_ok());
    let error = parse_reference(&"x".repeat(36)).unwrap_err().to_string();
    assert!(error.contains("35 bytes"), "{error}");
}

#[test]
fn people_read_what_is_owed_how_it_is_paid_and_why_it_waits() {
    let agreement = agreement();
    let text = Said::of(&agreement).obligation(&outside()).text;
    for part in [
        "2026-11-23 to 2026-11-24, 2 of 2 reconciled",
        "the company owes the bank 100.00 CZK",
        "outside the chain",
        "and to declare it: 60.00 CZK",
        "the bank owes the company 20.00 CZK",
        "FT-0001",
    ] {
        assert!(text.contains(part), "{part}: {text}");
    }
    let in_asset = view(Rail::Asset(1), Waiting::Short { by: 250 });
    let text = Said::of(&agreement).list(&[in_asset], false).text;
    for part in ["in asset 1", "holds too little: 2.50 CZK"] {
        assert!(text.contains(part), "{part}: {text}");
    }
}

#[test]
fn people_read_that_nothing_is_left_to_pay() {
    let agreement = agreement();
    let text = |all| Said::of(&agreement).list(&[], all).text;
    assert_eq!(text(false), "nothing is owed that is not paid");
    assert_eq!(text(true), "no day is reconciled yet");
}

#[test]
fn programs_read_amounts_in_minor_units_and_no_asset_outside_the_chain() {
    let json = printed_obligations::to_json(&outside());
    assert_eq!(json["obligation"], "10000");
    assert_eq!(
        (&json["rail"], &json["asset"]),
        (&json!("external"), &Json::Null)
    );
    let waiting = json!({ "reason": "declaration", "amount": "6000" });
    assert_eq!(json["waiting"], waiting);
    assert_eq!(json["days"][1]["obligation"], "-2000");
    assert_eq!(json["declarations"][0]["received"], Json::Null);
    let in_asset = printed_obligations::to_json(&view(Rail::Asset(1), Waiting::Frozen));
    assert_eq!(
        (&in_asset["rail"], &in_asset["asset"]),
        (&json!("asset"), &json!(1))
    );
    assert_eq!(in_asset["waiting"]["amount"], Json::Null);
}

/// A statement with lines of these texts and amounts.
fn compared<'a>(agreement: &'a Agreement, lines: &[(&str, u128)]) -> Compared<'a> {
    let lines = lines
        .iter()
        .zip(2..)
        .map(|((text, amount), line)| StatementLine {
            line,
            texts: vec![(*text).into()],
            amount: *amount,
            is_received: true,
            value_date: Some(FIRST.next()),
        });
    let reading = StatementReading {
        lines: lines.collect(),
        ..StatementReading::default()
    };
    let declared = declared_to(Some(3), &[outside()]);
    let matching = match_lines(agreement.id, &reading.lines, &declared);
    Compared {
        agreement,
        reading,
        declared,
        matching,
        is_sent: false,
    }
}

#[test]
fn people_read_what_a_statement_acknowledges_and_that_nothing_was_sent() {
    let agreement = agreement();
    let said = compared(&agreement, &[("FT-0001", 3_900), ("gift", 500)]).said();
    for part in [
        "acknowledges 39.00 CZK, 1.00 CZK less than declared",
        "of no declaration: nothing was declared with its reference",
        "2 lines, 44.00 CZK",
        "nothing was sent; --send acknowledges 1 declarations",
    ] {
        assert!(said.text.contains(part), "{part}: {}", said.text);
    }
    assert_eq!(said.exit_code(), 0);
}

#[test]
fn a_statement_that_differs_has_the_exit_code_of_differences() {
    let agreement = agreement();
    let said = compared(&agreement, &[("FT-0001", 4_001)]).said();
    assert_eq!(said.exit_code(), 3);
    assert!(said.text.contains("differs: more came in"), "{}", said.text);
    assert!(said.text.contains("nothing is to be acknowledged"));
}

#[test]
fn of_many_lines_people_read_those_that_ask_something_of_them() {
    let agreement = agreement();
    let mut lines = vec![("gift", 500); 50];
    lines.push(("FT-0001", 4_000));
    let said = compared(&agreement, &lines).said();
    assert_eq!(said.text.matches("gift").count(), 40);
    assert!(said.text.contains("acknowledges 40.00 CZK"));
    assert!(said.text.contains("before: 10;"), "{}", said.text);
    assert_eq!(said.json["lines"].as_array().map(Vec::len), Some(51));
}

#[test]
fn what_a_terminal_would_obey_in_a_reference_is_written_out() {
    let agreement = agreement();
    let mut compared = compared(&agreement, &[("", 500)]);
    let declaration = &mut compared.declared[0].declaration;
    declaration.reference = parse_reference("FT-1\u{1b}[2J").unwrap();
    let text = compared.said().text;
    assert!(text.contains("FT-1<U+001B>[2J"), "{text}");
    assert!(!text.contains('\u{1b}'));
}

#[test]
fn programs_read_each_line_with_its_declaration_and_the_control_sums() {
    let agreement = agreement();
    let json = compared(&agreement, &[("FT-0001", 4_000), ("", 500)])
        .said()
        .json;
    let acknowledgement = &json["acknowledgements"][0];
    assert_eq!(
        (&acknowledgement["number"], &acknowledgement["received"]),
        (&json!(3), &json!("4000"))
    );
    assert_eq!(acknowledgement["lines"], json!([2]));
    assert_eq!(json["lines"][0]["declaration"]["first"], "2026-11-23");
    assert_eq!(json["lines"][1]["why"], "no_reference");
    let received = json!({ "lines": 2, "amount": "4500" });
    assert_eq!(json["sums"]["received"], received);
    assert_eq!(json["sent"], false);
}

#[test]
fn a_declaration_that_the_statement_lacks_is_named() {
    let agreement = agreement();
    let text = compared(&agreement, &[("", 500)]).said().text;
    let absent = "not in the statement: 3 of 2026-11-23, 40.00 CZK, FT-0001";
    assert!(text.contains(absent), "{text}");
}

#[test]
fn nothing_is_acknowledged_by_a_statement_that_was_not_read_whole() {
    let agreement = agreement();
    let mut compared = compared(&agreement, &[("FT-0001", 4_000)]);
    compared.ensure_whole().unwrap();
    compared.reading.refused.push(Refused {
        record: 1,
        error: LineError {
            line: 3,
            column: None,
            problem: "is torn".into(),
            remedy: "mend it".into(),
            no_moment: None,
        },
    });
    let error = compared.ensure_whole().unwrap_err().to_string();
    assert!(error.contains("nothing is acknowledged"), "{error}");
    assert!(error.contains("line 3: is torn"), "{error}");
    assert_eq!(compared.said().exit_code(), 2);
}
