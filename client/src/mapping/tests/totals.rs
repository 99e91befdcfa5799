//! Lines of totals that have all that a payment has.

use super::*;

const MAPPING: &str = r#"
ignore = ["note"]
payment_id = "id"
user = "payer"
time = { column = "paid_at", format = "%Y-%m-%d %H:%M:%S" }
amount = { column = "amount" }
product = { id = 1 }
"#;

const PAYMENTS: &str = "\
id,paid_at,payer,amount,note
TR-1,2026-11-28 00:01:00,C-1,1250.00,
TR-2,2026-11-28 00:02:00,C-2,490.50,ok
";

/// The payments with a further line.
fn with(line: &str) -> Reading {
    payments(MAPPING, format!("{PAYMENTS}{line}\n").as_bytes()).unwrap()
}

/// What is wrong with a further line.
#[track_caller]
fn refused(line: &str) -> String {
    let reading = with(line);
    assert_eq!(reading.payments.len(), 2, "{line}");
    errors(&reading.refused).join("\n")
}

#[test]
fn a_line_whose_id_or_payer_is_called_a_total_is_refused() {
    insta::assert_snapshot!(refused("Total,2026-11-28 00:00:00,2 payments,1740.50,"), @r#"line 4, id: "Total" looks like the name of a total (if it is a total, leave it out by [except] in the mapping, like "id" = ["Total"], or take the line out; if it is not, set has_no_totals = true under [file] in the mapping)"#);
    assert!(refused("Sum,2026-11-28 00:00:00,,1740.50,")
        .contains("\"Sum\" looks like the name of a total"));
    assert!(refused("TR-3,2026-11-28 00:00:00,Celkem,5.00,").contains("payer: \"Celkem\""));
}

#[test]
fn a_total_is_left_out_by_following_what_is_said_of_it() {
    for total in ["Total", "Total 1\u{a0}740.50"] {
        let line = format!("{total},2026-11-28 00:00:00,2 payments,1740.50,");
        let error = refused(&line);
        let (_, remedy) = error.split_once(", like ").unwrap();
        let (setting, _) = remedy.split_once(", or take").unwrap();
        let mapping = format!("{MAPPING}[except]\n{setting}\n");
        let text = format!("{PAYMENTS}{line}\n");
        let reading = payments(&mapping, text.as_bytes()).unwrap();
        assert_eq!((reading.payments.len(), reading.refused.len()), (2, 0));
    }
}

#[test]
fn a_sum_that_a_remark_calls_a_total_is_refused() {
    let error = refused("TR-3,2026-11-28 00:00:00,C-3,1740.50,Součet:");
    assert!(error.contains("the sum of all lines above"), "{error}");
    // By itself a remark says nothing of what is recorded.
    let reading = with("TR-3,2026-11-28 00:00:00,C-3,1740.51,Součet:");
    assert_eq!(reading.payments.len(), 3);
}

#[test]
fn the_last_amount_that_is_the_sum_of_several_is_refused() {
    let third = "TR-3,2026-11-28 00:03:00,C-3,9.50,\n";
    let reading = with(&format!("{third}TR-4,2026-11-28 00:04:00,C-4,1750.00,"));
    assert_eq!(reading.payments.len(), 3);
    let error = reading.refused[0].error.to_string();
    assert!(
        error.starts_with("line 5: the amount is the sum"),
        "{error}"
    );
    assert_eq!(
        with("TR-3,2026-11-28 00:03:00,C-3,1740.50,").payments.len(),
        3
    );
}

#[test]
fn a_mapping_may_say_that_no_line_is_a_total() {
    let mapping = format!("{MAPPING}file = {{ has_no_totals = true }}\n");
    let text = format!(
        "{PAYMENTS}TR-3,2026-11-28 00:03:00,Total,9.50,\nTR-4,2026-11-28 00:04:00,C-4,1750.00,\n"
    );
    let reading = payments(&mapping, text.as_bytes()).unwrap();
    assert_eq!(reading.payments.len(), 4);
}

#[test]
fn a_ledgers_totals_are_refused() {
    let line = |user: &str, amount: &str| format!(";p{amount};{user};60;{amount};7\n");
    let lines = [
        ("u", "1,00"),
        ("u", "0,50"),
        ("u", "2,25"),
        ("u", "3,75"),
        ("Suma", "3,75"),
    ];
    let lines: String = lines
        .iter()
        .map(|(user, amount)| line(user, amount))
        .collect();
    let text = format!("trade;payment;user;at;amount;product\n{lines}");
    let reading = ledger(LEDGER, text.as_bytes()).unwrap();
    // The last line is refused by its name, so the one before does not end the file.
    assert_eq!((reading.lines.len(), reading.refused.len()), (4, 1));
    let text = text.replace(";p3,75;Suma;60;3,75;7\n", "");
    let reading = ledger(LEDGER, text.as_bytes()).unwrap();
    assert_eq!((reading.lines.len(), reading.refused.len()), (3, 1));
}
