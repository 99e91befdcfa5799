//! Ledgers with breaks, and without.

use super::super::rules::{Debit, RefundFee, Rounding, Rule};
use super::*;

fn terms() -> BTreeMap<u32, Terms> {
    let credit = Rule {
        rate_ppm: 20_000,
        flat: 0,
        floor: 0,
        cap: None,
        rounding: Rounding::HalfUp,
    };
    let debit = Debit::Residual;
    let refund_fee = RefundFee::Kept;
    let terms = Terms {
        credit,
        debit,
        refund_fee,
    };
    BTreeMap::from([(1, terms)])
}

fn payments(count: u8) -> Vec<Payment> {
    let terms = terms()[&1];
    (0..count)
        .map(|at| {
            let gross = 100_000 + 1_234 * u128::from(at);
            let (debit, credit) = terms.amounts(gross).unwrap();
            Payment {
                source_id: at.to_string(),
                reference: [at; 16],
                user: "somebody".into(),
                product: 1,
                gross,
                debit,
                credit,
                occurred_at: 0,
                time: Default::default(),
                refund_of: None,
            }
        })
        .collect()
}

/// Payments, and a refund of the second one with these amounts.
fn with_refund(debit: u128, credit: u128) -> Vec<Payment> {
    let mut trades = payments(60);
    trades.push(Payment {
        reference: [0xaa; 16],
        gross: 50_000,
        debit,
        credit,
        refund_of: Some(1),
        ..trades[1].clone()
    });
    trades
}

#[test]
fn every_kind_of_break_is_there_once_on_each_side() {
    for party in Party::BOTH {
        let ledger = broken_ledger(party, &payments(60), &terms()).unwrap();
        let mut causes: Vec<_> = ledger.planned.iter().map(|planned| planned.cause).collect();
        causes.sort_unstable();
        causes.dedup();
        assert_eq!(causes.len(), 10);
        // One line is missing, two are too many.
        assert_eq!(ledger.lines.len(), 61);
    }
}

#[test]
fn a_right_ledger_has_no_breaks() {
    let ledger = right_ledger(Party::Bank, &payments(3));
    assert!(ledger.planned.is_empty());
    assert_eq!(ledger.lines[2].amount, payments(3)[2].credit);
}

#[test]
fn the_bank_books_a_refund_by_its_payments_reference_and_the_company_by_its_own() {
    let trades = with_refund(49_000, 1_000);
    let last = |party| right_ledger(party, &trades).lines.pop().unwrap();
    assert_eq!(last(Party::Bank).reference, trades[1].reference);
    assert_eq!(last(Party::Company).reference, trades[60].reference);
}

#[test]
fn a_kept_fee_has_no_line_at_the_bank() {
    let trades = with_refund(50_000, 0);
    assert_eq!(right_ledger(Party::Bank, &trades).lines.len(), 60);
    assert_eq!(right_ledger(Party::Company, &trades).lines.len(), 61);
}

#[test]
fn a_refund_breaks_where_it_has_a_line() {
    let broken = |debit, credit, party| {
        let trades = with_refund(debit, credit);
        let ledger = broken_ledger(party, &trades, &terms()).unwrap();
        let reference = trades[60].reference;
        let mut of_refund = ledger.planned.iter();
        of_refund.any(|planned| planned.reference == reference)
    };
    assert!(broken(49_000, 1_000, Party::Company));
    assert!(broken(49_000, 1_000, Party::Bank));
    assert!(broken(50_000, 0, Party::Company));
    assert!(!broken(50_000, 0, Party::Bank));
}

#[test]
fn a_broken_ledger_lacks_one_line_and_a_right_one_none() {
    let trades = payments(60);
    for party in Party::BOTH {
        let broken = broken_ledger(party, &trades, &terms()).unwrap();
        let mut planned = broken.planned.iter();
        let missing = planned.find(|planned| planned.cause == "missing").unwrap();
        let line = broken.lacks(party, &trades).unwrap();
        assert_eq!(line.reference, missing.reference);
        assert_eq!(Some(line.amount), missing.right);
        assert_eq!(right_ledger(party, &trades).lacks(party, &trades), None);
    }
}

#[test]
fn a_long_file_has_every_kind_of_break() {
    for party in Party::BOTH {
        let ledger = broken_ledger(party, &payments(60), &terms()).unwrap();
        assert!(ledger.left_out().is_empty(), "{:?}", ledger.left_out());
    }
}

#[test]
fn a_short_file_has_the_breaks_that_fit() {
    for party in Party::BOTH {
        let ledger = broken_ledger(party, &payments(4), &terms()).unwrap();
        let causes: Vec<_> = ledger.planned.iter().map(|planned| planned.cause).collect();
        assert_eq!(
            causes,
            ["missing", "wrong_user", "gross_booked", "other_side"]
        );
        assert_eq!(ledger.lines.len(), 3);
        let left_out = [
            "older_terms",
            "unit_scale",
            "rounding_difference",
            "other_amount",
            "duplicate",
            "not_on_chain",
        ];
        assert_eq!(ledger.left_out(), left_out);
    }
}

#[test]
fn an_only_line_is_not_missing() {
    for party in Party::BOTH {
        let ledger = broken_ledger(party, &payments(1), &terms()).unwrap();
        assert!(ledger.left_out().contains(&"missing"));
        assert_eq!(ledger.lines.len(), 1);
    }
}

#[test]
fn a_day_without_trades_has_no_breaks() {
    let ledger = broken_ledger(Party::Bank, &[], &terms()).unwrap();
    assert!(ledger.lines.is_empty() && ledger.planned.is_empty());
}

#[test]
fn several_refunds_of_a_payment_have_one_break() {
    let mut trades = with_refund(49_000, 1_000);
    trades.push(Payment {
        reference: [0xbb; 16],
        ..trades[60].clone()
    });
    for party in Party::BOTH {
        let ledger = broken_ledger(party, &trades, &terms()).unwrap();
        let of_refunds = ledger.planned.iter();
        let of_refunds = of_refunds.filter(|planned| planned.reference[0] >= 0xaa);
        assert_eq!(of_refunds.count(), 1);
    }
}
