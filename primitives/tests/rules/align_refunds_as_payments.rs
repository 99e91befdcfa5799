//! Refunds that a ledger has as payments, and payments that are taken for none.

use crate::{
    align::{named, unnamed},
    align_refunds::{earlier, of, refund, STRANGE},
    samples::entry,
};
use counterfoil_primitives::{align::align, Entry, Kind, LedgerEntry};

/// The refund on a position as a payment under the names of [`earlier`].
fn as_payment(refund: Entry) -> LedgerEntry {
    LedgerEntry {
        id: Some(earlier().id),
        kind: Kind::Payment,
        reference: earlier().reference,
        ..unnamed(refund)
    }
}

#[test]
fn a_refund_as_a_payment_is_found_by_its_payments_id_or_reference_and_takes_its_own() {
    let chain = [refund(0)];
    let wrong = Entry {
        kind: Kind::Payment,
        ..chain[0]
    };
    let line = as_payment(chain[0]);
    for (line, expected) in [
        (line, wrong),
        (LedgerEntry { id: None, ..line }, wrong),
        (
            LedgerEntry {
                reference: STRANGE,
                ..line
            },
            Entry {
                reference: STRANGE,
                ..wrong
            },
        ),
        (
            LedgerEntry {
                amount: line.amount + 1,
                ..line
            },
            Entry {
                amount: wrong.amount + 1,
                ..wrong
            },
        ),
    ] {
        let book = align(&chain, &[of(0, earlier())], &[line]);
        assert_eq!(book.slots, vec![Some(expected)]);
        assert!(book.extras.is_empty());
    }
}

#[test]
fn a_refund_as_a_payment_beside_its_payment_takes_what_the_payment_leaves() {
    let chain = [entry(0), refund(1)];
    let line = LedgerEntry {
        id: Some(chain[0].id),
        kind: Kind::Payment,
        reference: chain[0].reference,
        ..unnamed(chain[1])
    };
    let wrong = Entry {
        kind: Kind::Payment,
        ..chain[1]
    };
    let refunded = [of(1, chain[0])];
    for (payment, line) in [
        (named(chain[0]), line),
        (unnamed(chain[0]), LedgerEntry { id: None, ..line }),
    ] {
        let book = align(&chain, &refunded, &[payment, line]);
        assert_eq!(book.slots, vec![Some(chain[0]), Some(wrong)]);
        assert!(book.extras.is_empty());
    }
}

#[test]
fn refunds_of_one_payment_are_told_apart_as_payments_too() {
    let chain = [refund(0), refund(1)];
    let refunded = [of(0, earlier()), of(1, earlier())];
    let wrong = chain.map(|refund| Entry {
        kind: Kind::Payment,
        ..refund
    });
    let [first, second] = chain.map(as_payment);
    let book = align(&chain, &refunded, &[second, first]);
    assert_eq!(book.slots, wrong.map(Some).to_vec());
}

#[test]
fn a_payment_that_is_booked_twice_is_no_refund_of_it() {
    let chain = [entry(0), refund(1)];
    let refunded = [of(1, chain[0])];
    for line in [named(chain[0]), unnamed(chain[0])] {
        let book = align(&chain, &refunded, &[line, line]);
        assert_eq!(book.slots, vec![Some(chain[0]), None]);
        assert_eq!(book.extras.len(), 1);
    }
}

#[test]
fn a_line_equal_to_a_payment_and_to_its_refund_is_the_refund() {
    let payment = entry(0);
    let refund = Entry {
        id: entry(1).id,
        kind: Kind::Refund,
        reference: STRANGE,
        ..payment
    };
    let chain = [payment, refund];
    let book = align(
        &chain,
        &[of(1, payment)],
        &[unnamed(payment), unnamed(payment)],
    );
    let wrong = Entry {
        kind: Kind::Payment,
        ..refund
    };
    assert_eq!(book.slots, vec![Some(payment), Some(wrong)]);
}

#[test]
fn a_payment_takes_no_refund_that_a_line_of_its_own_has_taken() {
    let chain = [refund(0)];
    let lines = [named(earlier()), named(chain[0])];
    let book = align(&chain, &[of(0, earlier())], &lines);
    assert_eq!(book.slots, vec![Some(chain[0])]);
    assert_eq!(book.extras, vec![earlier()]);
}

#[test]
fn a_line_that_names_a_refund_again_is_no_other_refund() {
    let chain = [refund(0), refund(1)];
    let again = LedgerEntry {
        id: Some(chain[0].id),
        ..as_payment(chain[1])
    };
    let refunded = [of(0, entry(901)), of(1, earlier())];
    let book = align(&chain, &refunded, &[named(chain[0]), again]);
    assert_eq!(book.slots, vec![Some(chain[0]), None]);
    assert_eq!(book.extras.len(), 1);
}
