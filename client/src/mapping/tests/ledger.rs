//! Ledgers: good files, and bad ones.

use super::*;

fn read_ledger(text: &str) -> LedgerReading {
    let mapping: LedgerMapping = toml::from_str(LEDGER).unwrap();
    let sheet = Sheet::parse(text.as_bytes(), &mapping).unwrap();
    mapping
        .read(&sheet, Money::of("CZK").unwrap(), &|_| 0)
        .unwrap()
}

#[test]
fn a_ledger_line_finds_its_trade_by_id_or_by_the_clients_payment() {
    let reading = read_ledger(
        "trade;payment;user;at;amount;product\n1/42;p1;u;60;0,00;7\n;p2;u;60;12,50;7\n",
    );
    assert!(reading.refused.is_empty(), "{:?}", reading.refused);
    let [first, second] = reading.lines[..] else {
        panic!()
    };
    assert_eq!(first.id.unwrap().sequence, 42);
    assert_eq!(first.amount, 0);
    assert_eq!(second.id, None);
    assert_eq!(second.reference, reference_of(1, "p2"));
    assert_eq!(
        (second.amount, second.product, second.occurred_at),
        (1_250, 7, 60_000)
    );
}

#[test]
fn bad_ledger_lines_are_refused() {
    let reading = read_ledger(
        "trade;payment;user;at;amount;product\n1-42;p;u;60;1,00;7\n;;u;60;1,00;7\n;p;u;60;1,00;x\n",
    );
    let errors: Vec<String> = reading
        .refused
        .iter()
        .map(|r| r.error.to_string())
        .collect();
    assert!(errors[0].contains("is not a trade id"), "{errors:?}");
    assert!(errors[1].contains("payment: is empty"), "{errors:?}");
    assert!(errors[2].contains("is not a product id"), "{errors:?}");
}

#[test]
fn a_ledgers_amounts_are_refused_with_remedies_of_its_own() {
    let line = |amount: &str| format!(";p;u;60;{amount};7\n");
    let lines = ["-9,00", "(9,00)", "x"].map(line).concat();
    let reading = read_ledger(&format!("trade;payment;user;at;amount;product\n{lines}"));
    insta::assert_snapshot!(errors(&reading.refused).join("\n"), @r#"
    line 2, amount: "-9,00" is negative (a line is of one payment or refund, with the amount booked for it; if it is a refund, say by [kind] in the mapping what tells refunds: a column, with amounts that have no sign, or negative = "refund"; otherwise export what the ledger holds in the end, without what it took back)
    line 3, amount: "(9,00)" is negative: a minus behind an amount or parentheses around it mean less than zero (a line is of one payment or refund, with the amount booked for it; if it is a refund, say by [kind] in the mapping what tells refunds: a column, with amounts that have no sign, or negative = "refund"; otherwise export what the ledger holds in the end, without what it took back)
    line 4, amount: "x" is not a decimal number (write digits only, with the separators that the mapping's [amount] names)
    "#);
}

#[test]
fn a_ledger_names_payments_as_they_were_recorded_by_a_uuid_or_a_text() {
    const UUID: &str = "7f0c2d1e-5b0a-4f7e-9c3d-0a1b2c3d4e5f";
    let text = LEDGER.replace(
        "payment_id = \"payment\"\nclient = 1\n",
        "reference = \"reference\"\n",
    );
    let mapping: LedgerMapping = toml::from_str(&text).unwrap();
    let line = |reference: &str| format!(";{reference};u;60;1,00;7\n");
    let file = [UUID, "FV-2026/0017", "FV-2026/0017-0018"]
        .map(line)
        .concat();
    let file = format!("trade;reference;user;at;amount;product\n{file}");
    let sheet = Sheet::parse(file.as_bytes(), &mapping).unwrap();
    let reading = mapping
        .read(&sheet, Money::of("CZK").unwrap(), &|_| 0)
        .unwrap();
    let references: Vec<_> = reading
        .lines
        .iter()
        .map(|line| reference_text(&line.reference))
        .collect();
    assert_eq!(references, [UUID, "FV-2026/0017"]);
    let error = errors(&reading.refused).concat();
    assert!(
        error.contains("is not a reference") && error.contains("16 bytes"),
        "{error}"
    );
}

#[test]
fn a_ledger_that_cannot_name_its_trades_is_an_error() {
    let text = LEDGER.replace("payment_id = \"payment\"\nclient = 1\n", "");
    let mapping: LedgerMapping = toml::from_str(&text).unwrap();
    let sheet = Sheet::parse(b"trade;user;at;amount;product\n", &mapping).unwrap();
    assert!(mapping
        .read(&sheet, Money::of("CZK").unwrap(), &|_| 0)
        .is_err());
}
