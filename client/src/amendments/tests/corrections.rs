//! What files of corrections say.

use super::*;
use crate::{amendments::corrections::read, local_time::Clock};
use anyhow::Result;

/// Corrections of a day of four payments and a refund.
fn corrections(text: &str) -> Result<Vec<Correction>> {
    let mut trades: Vec<Trade> = (0..4).map(|at| trade(1, at)).collect();
    trades.push(Trade {
        kind: Kind::Refund,
        ..trade(1, 9)
    });
    let offset_on = |_| 0;
    let clock = Clock::new(&offset_on, None);
    read(text.as_bytes(), &trades, Money::of("CZK").unwrap(), &clock)
}

fn error(text: &str) -> String {
    corrections(text).unwrap_err().to_string()
}

#[test]
fn a_line_states_what_is_right_and_leaves_the_rest() {
    let right = corrections("position,amount,user\n2,12.50,C-1\n1,,C-2\n").unwrap();
    assert_eq!(right.len(), 2);
    let [first, second] = &right[..] else {
        panic!("{right:?}")
    };
    assert_eq!((first.position, second.position), (1, 2));
    assert_eq!((first.gross, second.gross), (101, 1_250));
    assert_eq!(second.user, UserId::from_text("C-1").unwrap());
    assert_eq!((second.product, second.occurred_at), (1, 2));
}

#[test]
fn a_payment_is_named_by_its_id_or_its_reference() {
    let by_id = corrections("trade_id,product\n1/3,2\n").unwrap();
    assert_eq!((by_id[0].position, by_id[0].product), (3, 2));
    let reference = crate::text::reference_text(&trade(1, 2).reference);
    let text = format!("reference,occurred_at\n{reference},1970-01-01 00:00:01\n");
    let by_reference = corrections(&text).unwrap();
    assert_eq!(
        (by_reference[0].position, by_reference[0].occurred_at),
        (2, 1_000)
    );
}

#[test]
fn columns_that_corrections_do_not_have_are_refused() {
    assert!(error("position,amount,note\n1,2.00,x\n").contains("\"note\""));
    assert!(error("amount\n2.00\n").contains("by 0 columns"));
    assert!(error("position;amount\n1;2.00\n").contains("with commas"));
    assert!(error("position,amount,amount\n1,2.00,3.00\n").contains("there twice"));
    assert!(error("position,trade_id,amount\n1,1/1,2.00\n").contains("by 2 columns"));
    assert!(error("position\n1\n").contains("what is right"));
}

#[test]
fn a_column_that_a_spreadsheet_left_behind_says_nothing() {
    let right = corrections("position,amount,\n2,12.50,\n").unwrap();
    assert_eq!((right[0].position, right[0].gross), (2, 1_250));
    assert!(error("position,amount,\n2,12.50,x\n").contains("has no name"));
}

#[test]
fn lines_that_correct_nothing_are_refused_by_their_numbers() {
    let told = error("position,amount,user\n9,2.00,\n4,2.00,\n1,1.01,\n1,x,\n");
    for part in [
        "line 2, position: no trade is on position 9",
        "line 3, position: names a refund",
        "line 4: says what is recorded",
        "line 5, amount:",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
}

#[test]
fn a_payment_is_corrected_once() {
    let told = error("position,product\n1,2\n1,3\n");
    assert!(
        told.contains("line 3: names the payment of line 2 again"),
        "{told}"
    );
}

#[test]
fn a_file_without_lines_corrects_nothing() {
    assert!(error("position,product\n").contains("corrects nothing"));
}

#[test]
fn no_remedy_names_a_mapping_since_corrections_have_none() {
    let told = error("position,amount\n'1,2.00\nTotal\n");
    for part in [
        "line 2, position: \"'1\" has the mark '",
        "export ids as plain text",
        "line 3: has only the field \"Total\" (if it is a remark or a total, take the line out",
    ] {
        assert!(told.contains(part), "{part}: {told}");
    }
    assert!(!told.contains("mapping"), "{told}");
}
