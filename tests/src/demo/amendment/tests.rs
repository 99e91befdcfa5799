//! Which payments are cancelled.

use super::{
    super::breaks::{right_ledger, Planned},
    *,
};

fn payment(at: u8) -> Payment {
    Payment {
        source_id: at.to_string(),
        reference: [at; 16],
        user: "somebody".into(),
        product: 1,
        gross: 1_000,
        debit: 900,
        credit: 100,
        occurred_at: 0,
        time: Default::default(),
        refund_of: None,
    }
}

fn payments(count: u8) -> Vec<Payment> {
    (0..count).map(payment).collect()
}

/// What is cancelled where the company's ledger has breaks on payments with these references.
fn cancelled(trades: &[Payment], broken: &[u8]) -> Vec<usize> {
    let planned = broken.iter().map(|at| Planned {
        party: Party::Company,
        cause: "missing",
        reference: [*at; 16],
        found: None,
        right: Some(900),
    });
    let company = Ledger {
        planned: planned.collect(),
        ..right_ledger(Party::Company, trades)
    };
    let bank = right_ledger(Party::Bank, trades);
    let ledgers = BTreeMap::from([(Party::Company, company), (Party::Bank, bank)]);
    false_payments(trades, &ledgers)
}

#[test]
fn two_payments_are_cancelled_where_there_are_two() {
    assert_eq!(cancelled(&payments(6), &[]), [2, 4]);
    assert_eq!(cancelled(&payments(2), &[]), [0, 1]);
    assert_eq!(cancelled(&payments(1), &[]), [0]);
    assert!(cancelled(&[], &[]).is_empty());
}

#[test]
fn no_payment_with_a_break_is_cancelled() {
    assert_eq!(cancelled(&payments(4), &[1, 2]), [0, 3]);
}

#[test]
fn no_refund_and_no_payment_that_was_given_back_is_cancelled() {
    let mut trades = payments(3);
    trades.push(Payment {
        refund_of: Some(0),
        ..payment(9)
    });
    assert_eq!(cancelled(&trades, &[]), [1, 2]);
}

#[test]
fn no_payment_is_cancelled_that_its_reference_does_not_tell_from_another() {
    let mut trades = payments(4);
    trades[2].reference = trades[1].reference;
    assert_eq!(cancelled(&trades, &[]), [0, 3]);
}

#[test]
fn no_payment_is_cancelled_of_which_the_company_has_no_line() {
    let mut trades = payments(2);
    trades[0].debit = 0;
    assert_eq!(cancelled(&trades, &[]), [1]);
}
