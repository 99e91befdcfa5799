//! Lines of the wrong kind, and entries that need no line.

use crate::{
    align::{named, other_amount, unnamed},
    align_refunds::{earlier, of, refund, STRANGE},
    samples::entry,
};
use counterfoil_primitives::{
    align::{align, needs_no_line},
    Entry, Kind, LedgerEntry,
};

fn other_kind(entry: Entry) -> Entry {
    Entry {
        kind: entry.kind.other(),
        ..entry
    }
}

#[test]
fn lines_stay_within_their_kind_where_references_are_shared() {
    let payment = entry(0);
    let refund = Entry {
        reference: payment.reference,
        ..refund(1)
    };
    let chain = [payment, refund];
    // Each line is like the trade of the other kind in all but the kind.
    let as_refund = other_kind(payment);
    let as_payment = other_kind(refund);
    let lines = [unnamed(as_refund), unnamed(as_payment)];
    let under = |entry: Entry, trade: Entry| Entry {
        id: trade.id,
        ..entry
    };
    let expected = vec![
        Some(under(as_payment, payment)),
        Some(under(as_refund, refund)),
    ];
    for ledger in [lines, [lines[1], lines[0]]] {
        let book = align(&chain, &[of(1, payment)], &ledger);
        assert_eq!(book.slots, expected);
    }
}

#[test]
fn what_is_left_over_is_found_across_kinds() {
    let chain = [entry(0), refund(1)];
    let refunded = [of(1, earlier())];
    for trade in chain {
        let wrong = other_kind(trade);
        let by_reference = other_amount(wrong);
        let by_id = Entry {
            reference: STRANGE,
            ..wrong
        };
        for (line, expected) in [
            (unnamed(wrong), wrong),
            (unnamed(by_reference), by_reference),
            (named(by_id), by_id),
        ] {
            let book = align(&chain, &refunded, &[line]);
            let slots = chain.map(|other| (other.id == trade.id).then_some(expected));
            assert_eq!(book.slots, slots.to_vec());
            assert!(book.extras.is_empty());
        }
    }
}

#[test]
fn across_kinds_what_is_equal_goes_first() {
    let namesake = |position| Entry {
        reference: STRANGE,
        ..refund(position)
    };
    let chain = [namesake(0), namesake(1)];
    let wrong = chain.map(other_kind);
    let ledger = [unnamed(other_amount(wrong[1])), unnamed(wrong[0])];
    let book = align(&chain, &[], &ledger);
    let expected = vec![Some(wrong[0]), Some(other_amount(wrong[1]))];
    assert_eq!(book.slots, expected);
}

#[test]
fn a_line_of_the_right_kind_goes_before_one_of_the_other() {
    let chain = [refund(0)];
    let right = other_amount(chain[0]);
    let wrong = other_kind(chain[0]);
    for ledger in [
        [unnamed(wrong), unnamed(right)],
        [named(wrong), unnamed(right)],
        [unnamed(wrong), named(right)],
    ] {
        let book = align(&chain, &[], &ledger);
        assert_eq!(book.slots, vec![Some(right)]);
        assert_eq!(book.extras, vec![wrong]);
    }
}

#[test]
fn a_line_that_names_a_trade_of_the_other_kind_is_no_other_trade() {
    let chain = [entry(0), refund(1)];
    let named_refund = LedgerEntry {
        id: Some(chain[1].id),
        ..unnamed(chain[0])
    };
    let book = align(&chain, &[of(1, earlier())], &[named_refund]);
    let expected = Entry {
        id: chain[1].id,
        ..chain[0]
    };
    assert_eq!(book.slots, vec![None, Some(expected)]);
}

#[test]
fn a_refund_with_the_id_of_a_payment_that_nothing_was_given_back_of_is_that_payment() {
    let chain = [entry(0), refund(1)];
    let line = LedgerEntry {
        id: Some(chain[0].id),
        ..unnamed(chain[1])
    };
    let book = align(&chain, &[of(1, earlier())], &[line]);
    let expected = Entry {
        id: chain[0].id,
        ..chain[1]
    };
    assert_eq!(book.slots, vec![Some(expected), None]);
}

#[test]
fn a_trade_that_is_named_by_a_line_of_each_kind_takes_the_one_of_its_own() {
    let chain = [entry(0)];
    let wrong = other_kind(chain[0]);
    let book = align(&chain, &[], &[named(wrong), named(chain[0])]);
    assert_eq!(book.slots, vec![Some(chain[0])]);
    assert_eq!(book.extras, vec![wrong]);
}

#[test]
fn nothing_needs_no_line_and_anything_else_does() {
    for kind in Kind::BOTH {
        let of_amount = |amount| Entry {
            kind,
            amount,
            ..entry(0)
        };
        assert!(needs_no_line(&of_amount(0)));
        assert!(!needs_no_line(&of_amount(1)));
    }
}

#[test]
fn a_position_of_nothing_without_a_line_is_as_the_chain_has_it() {
    let nothing = |entry: Entry| Entry { amount: 0, ..entry };
    let chain = [nothing(entry(0)), nothing(refund(1)), entry(2)];
    let book = align(&chain, &[of(1, earlier())], &[]);
    assert_eq!(book.slots, vec![Some(chain[0]), Some(chain[1]), None]);
    assert!(book.extras.is_empty());
}

#[test]
fn a_line_on_a_position_of_nothing_stands() {
    let chain = [Entry {
        amount: 0,
        ..entry(0)
    }];
    let wrong = other_amount(chain[0]);
    let book = align(&chain, &[], &[unnamed(wrong)]);
    assert_eq!(book.slots, vec![Some(wrong)]);
}
