//! Files that tell refunds from payments.

use super::*;
use counterfoil_primitives::Kind;

/// What a mapping of kinds adds before the first table.
const ORIGINAL: &str = "original = \"refund_of\"\n";
/// What it adds as a table.
const KIND: &str =
    "[kind]\ncolumn = \"type\"\npayment = [\"sale\"]\nrefund = [\"return\", \"credit\"]\n";
const REFUND_HEADER: &str = "type,refund_of,payment_id,account_id,date,amount_czk,purpose\n";

fn with_kinds() -> String {
    format!("{ORIGINAL}{MAPPING}{KIND}")
}

fn read_kinds(lines: &str) -> Reading {
    payments(&with_kinds(), format!("{REFUND_HEADER}{lines}").as_bytes()).unwrap()
}

fn refused_kind(line: &str) -> String {
    let reading = read_kinds(&format!("{line}\n"));
    assert!(reading.payments.is_empty(), "{:?}", reading.payments);
    errors(&reading.refused).concat()
}

#[test]
fn a_line_is_a_payment_or_a_refund_of_an_original_by_its_kind() {
    let reading = read_kinds(
        "sale,,p1,7,1993-02-07,3.00,other\nreturn,p1,r1,7,1993-02-08,1.00,other\ncredit,p9,r2,7,1993-02-08,1.00,other\n",
    );
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let kinds: Vec<Kind> = reading.payments.iter().map(Payment::kind).collect();
    assert_eq!(kinds, [Kind::Payment, Kind::Refund, Kind::Refund]);
    let originals: Vec<_> = reading
        .payments
        .iter()
        .map(|p| p.original.as_deref())
        .collect();
    assert_eq!(originals, [None, Some("p1"), Some("p9")]);
    assert_eq!(reading.payments[1].reference, reference_of(1, "r1"));
    assert_eq!(reading.payments[1].gross, 100);
}

#[test]
fn without_a_kind_all_lines_are_payments() {
    let reading = read(&format!("{HEADER}1,2,1993-02-07,3.00,other\n"));
    assert_eq!(reading.payments[0].kind(), Kind::Payment);
}

#[test]
fn an_unknown_kind_is_refused_with_the_values_that_are_known() {
    let error = refused_kind("fee,,p1,7,1993-02-07,3.00,other");
    assert!(
        error.starts_with("line 2, type: \"fee\" is neither a payment nor a refund"),
        "{error}"
    );
    assert!(
        error.contains("\"sale\" for payments and \"return\", \"credit\" for refunds"),
        "{error}"
    );
}

#[test]
fn a_refund_without_an_original_is_refused() {
    let error = refused_kind("return,,r1,7,1993-02-07,3.00,other");
    assert!(
        error.starts_with("line 2, refund_of: is empty (give the id"),
        "{error}"
    );
}

#[test]
fn a_payment_with_an_original_is_refused() {
    let error = refused_kind("sale,p0,p1,7,1993-02-07,3.00,other");
    assert!(
        error.starts_with("line 2, refund_of: names an original, and the line is of a payment"),
        "{error}"
    );
}

#[test]
fn a_negative_amount_is_refused_with_the_kind_as_remedy() {
    let error = refused_kind("return,p1,r1,7,1993-02-07,-3.00,other");
    assert!(
        error.contains("is negative") && error.contains("[kind]"),
        "{error}"
    );
}

#[test]
fn an_original_of_several_columns_is_made_as_a_payments_id_is() {
    let mapping = with_kinds()
        .replace(
            "original = \"refund_of\"",
            "original = [\"of_date\", \"of\"]",
        )
        .replace(
            "payment_id = \"payment_id\"",
            "payment_id = [\"date\", \"payment_id\"]",
        );
    let text = "type,of_date,of,payment_id,account_id,date,amount_czk,purpose\n\
                sale,,,1,7,1993-02-07,3.00,other\n\
                return,1993-02-07,1,1,7,1993-02-08,1.00,other\n";
    let reading = payments(&mapping, text.as_bytes()).unwrap();
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let [payment, refund] = &reading.payments[..] else {
        panic!()
    };
    assert_eq!(refund.original.as_deref(), Some(payment.id.as_str()));
}

#[test]
fn a_mapping_that_speaks_of_kinds_by_half_is_an_error() {
    let file = format!("{REFUND_HEADER}sale,,p1,7,1993-02-07,3.00,other\n");
    let whole = with_kinds();
    let error = |mapping: &str| payments(mapping, file.as_bytes()).unwrap_err();
    let without_kind = error(&whole.replace(KIND, ""));
    // The file's column of kinds is unknown then, unless it is ignored.
    assert!(without_kind.contains("type"), "{without_kind}");
    let ignored = format!("ignore = [\"type\"]\n{}", whole.replace(KIND, ""));
    assert!(error(&ignored).contains("say so under [kind]"));
    let ignored = format!("ignore = [\"refund_of\"]\n{}", whole.replace(ORIGINAL, ""));
    assert!(error(&ignored).contains("original = "));
}

#[test]
fn a_value_stands_for_one_kind_and_each_kind_has_values() {
    let file = format!("{REFUND_HEADER}sale,,p1,7,1993-02-07,3.00,other\n");
    let error = |from: &str, to: &str| {
        payments(&with_kinds().replace(from, to), file.as_bytes()).unwrap_err()
    };
    let both = error("\"credit\"]", "\"sale\"]");
    assert!(both.contains("\"sale\" stands for both"), "{both}");
    let none = error("refund = [\"return\", \"credit\"]", "refund = []");
    assert!(none.contains("lists no value of refunds"), "{none}");
}

#[test]
fn a_ledgers_lines_have_kinds_too() {
    let mapping = format!("{LEDGER}\n{KIND}");
    let text = "type;trade;payment;user;at;amount;product\n\
                sale;;p1;u;60;1,00;7\nreturn;;p1;u;60;1,00;7\nfee;;p3;u;60;1,00;7\n";
    let reading = ledger(&mapping, text.as_bytes()).unwrap();
    let kinds: Vec<Kind> = reading.lines.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [Kind::Payment, Kind::Refund]);
    let errors = errors(&reading.refused);
    assert_eq!(errors.len(), 1);
    assert!(
        errors[0].contains("neither a payment nor a refund"),
        "{errors:?}"
    );
}

#[test]
fn without_a_kind_a_ledgers_lines_book_payments() {
    let text = "trade;payment;user;at;amount;product\n;p1;u;60;1,00;7\n";
    let reading = ledger(LEDGER, text.as_bytes()).unwrap();
    assert_eq!(reading.lines[0].kind, Kind::Payment);
}

/// A mapping of refunds that only a minus tells.
const BY_SIGN: &str = "[kind]\nnegative = \"refund\"\n";
const SIGN_HEADER: &str = "refund_of,payment_id,account_id,date,amount_czk,purpose\n";

fn read_signs(lines: &str) -> Reading {
    let mapping = format!("{ORIGINAL}{MAPPING}{BY_SIGN}");
    payments(&mapping, format!("{SIGN_HEADER}{lines}").as_bytes()).unwrap()
}

#[test]
fn a_minus_makes_a_refund_of_the_amount_without_it() {
    let reading = read_signs(
        ",p1,7,1993-02-07,3.00,other\np1,r1,7,1993-02-08,-1.00,other\np1,r2,7,1993-02-08,(0.50),other\n",
    );
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let read: Vec<_> = reading
        .payments
        .iter()
        .map(|payment| (payment.kind(), payment.gross))
        .collect();
    let expected = [
        (Kind::Payment, 300),
        (Kind::Refund, 100),
        (Kind::Refund, 50),
    ];
    assert_eq!(read, expected);
    assert_eq!(reading.payments[1].original.as_deref(), Some("p1"));
}

#[test]
fn a_sign_and_an_original_go_together() {
    let reading = read_signs(
        "p1,p2,7,1993-02-07,3.00,other\n,r1,7,1993-02-08,-1.00,other\n,r2,7,1993-02-08,-0.00,other\n,r3,7,1993-02-08,-x,other\n",
    );
    assert!(reading.payments.is_empty(), "{:?}", reading.payments);
    let errors = errors(&reading.refused);
    assert!(errors[0].contains("names an original"), "{errors:?}");
    assert!(errors[1].contains("refund_of"), "{errors:?}");
    assert!(errors[2].contains("refund_of"), "{errors:?}");
    assert!(errors[3].contains("is not a decimal number"), "{errors:?}");
}

#[test]
fn a_ledgers_minus_makes_a_refund_and_nothing_is_of_no_kind() {
    let mapping = format!("{LEDGER}\n{BY_SIGN}");
    let text = "trade;payment;user;at;amount;product\n\
                ;p1;u;60;1,00;7\n;p2;u;60;-2,00;7\n;p3;u;60;0,00;7\n;p4;u;60;-0,00;7\n";
    let reading = ledger(&mapping, text.as_bytes()).unwrap();
    let read: Vec<_> = reading
        .lines
        .iter()
        .map(|line| (line.kind, line.amount))
        .collect();
    assert_eq!(read, [(Kind::Payment, 100), (Kind::Refund, 200)]);
    let errors = errors(&reading.refused);
    assert_eq!(errors.len(), 2, "{errors:?}");
    for error in errors {
        assert!(error.contains("leave the line out"), "{error}");
    }
}

#[test]
fn kinds_are_told_by_a_column_or_by_the_sign() {
    let file = format!("{SIGN_HEADER},p1,7,1993-02-07,3.00,other\n");
    let error = |kind: &str| {
        let mapping = format!("{ORIGINAL}{MAPPING}[kind]\n{kind}\n");
        payments(&mapping, file.as_bytes()).unwrap_err()
    };
    let both = error("column = \"purpose\"\nnegative = \"refund\"");
    assert!(both.contains("both a column and"), "{both}");
    let neither = error("");
    assert!(neither.contains("negative = \"refund\""), "{neither}");
    let values = error("negative = \"refund\"\nrefund = [\"x\"]");
    assert!(values.contains("take the lists out"), "{values}");
}

#[test]
fn an_amount_below_zero_is_never_a_payment() {
    let mapping = format!("{ORIGINAL}{MAPPING}[kind]\nnegative = \"payment\"\n");
    assert!(toml::from_str::<PaymentMapping>(&mapping).is_err());
}

/// Reads lines of a file in which payments carry UETRs.
fn read_uetrs(lines: &str) -> Reading {
    let mapping = with_kinds().replacen("original = ", "reference = \"uetr\"\noriginal = ", 1);
    let header = "uetr,type,refund_of,payment_id,account_id,date,amount_czk,purpose\n";
    payments(&mapping, format!("{header}{lines}").as_bytes()).unwrap()
}

const UETR: &str = "eb6305c9-1f7f-49de-aed0-16487c27b42d";

#[test]
fn a_refund_without_a_reference_gets_the_one_of_its_id_and_a_payment_is_refused() {
    let reading =
        read_uetrs(",return,p1,r1,7,1993-02-08,1.00,other\n,sale,,p1,7,1993-02-07,3.00,other\n");
    assert_eq!(reading.payments.len(), 1);
    assert_eq!(reading.payments[0].reference, reference_of(1, "r1"));
    let errors = errors(&reading.refused);
    assert!(errors[0].starts_with("line 3, uetr: "), "{errors:?}");
}

#[test]
fn refunds_may_carry_the_reference_of_the_payment_that_they_share_and_no_other() {
    let reading = read_uetrs(&format!(
        "{UETR},sale,,p1,7,1993-02-07,3.00,other\n\
         {UETR},return,p1,r1,7,1993-02-08,1.00,other\n\
         {UETR},return,p1,r2,7,1993-02-08,1.00,other\n\
         {UETR},return,p2,r3,7,1993-02-08,1.00,other\n"
    ));
    assert_eq!(reading.payments.len(), 3);
    let errors = errors(&reading.refused);
    assert!(errors[0].contains("is already on line 4"), "{errors:?}");
}

#[test]
fn a_refund_with_the_id_of_a_payment_is_refused_with_an_id_of_its_own_as_remedy() {
    let reading =
        read_kinds("sale,,p1,7,1993-02-07,3.00,other\nreturn,p1,p1,7,1993-02-08,1.00,other\n");
    let errors = errors(&reading.refused);
    assert!(
        errors[0].contains("a refund needs an id of its own"),
        "{errors:?}"
    );
}

#[test]
fn refused_lines_are_kept_by_their_ids_where_refunds_may_name_them() {
    let reading = read_kinds("sale,,p1,7,1993-02-07,0.00,other\n");
    assert!(reading.missing["p1"].starts_with("line 2, "));
    let reading = read(&format!("{HEADER}1,2,1993-02-07,0.00,other\n"));
    assert_eq!(reading.refused.len(), 1);
    assert!(reading.missing.is_empty());
}
