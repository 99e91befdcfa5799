//! The order in which a line of a refund finds its trade, where references and ids collide.

use crate::{
    align::{other_amount, unnamed},
    align_refunds::{earlier, names, of, payments, refund, STRANGE},
    samples::{chain_of_both_kinds, entry},
};
use counterfoil_primitives::{
    align::{align, Book},
    refund::RefundedPayment,
    Entry, LedgerEntry, Reference,
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// Two refunds; the reference of the first is also that of the second one's payment.
fn crossed() -> ([Entry; 2], [RefundedPayment; 2]) {
    let chain = [
        Entry {
            reference: earlier().reference,
            ..refund(0)
        },
        refund(1),
    ];
    (chain, [of(0, entry(901)), of(1, earlier())])
}

/// The book of both lines, the same whichever comes first.
fn in_either_order(
    chain: &[Entry],
    refunded: &[RefundedPayment],
    [first, second]: [LedgerEntry; 2],
) -> Book {
    let book = align(chain, refunded, &[first, second]);
    assert_eq!(align(chain, refunded, &[second, first]), book);
    book
}

#[test]
fn a_payments_reference_with_all_else_goes_before_the_reference_of_another_refund() {
    let (chain, refunded) = crossed();
    let wrong = other_amount(chain[0]);
    let by_payment = LedgerEntry {
        reference: earlier().reference,
        ..unnamed(chain[1])
    };
    let book = in_either_order(&chain, &refunded, [by_payment, unnamed(wrong)]);
    assert_eq!(book.slots, vec![Some(wrong), Some(chain[1])]);
}

#[test]
fn a_payments_id_goes_before_the_reference_of_another_refund() {
    let (chain, refunded) = crossed();
    let wrong = Entry {
        reference: chain[0].reference,
        ..other_amount(chain[1])
    };
    let by_payment = LedgerEntry {
        id: Some(earlier().id),
        ..unnamed(wrong)
    };
    let book = align(&chain, &refunded, &[by_payment]);
    // Both names are those of the payment, so that the refund's own stand for them.
    assert_eq!(book.slots, vec![None, Some(other_amount(chain[1]))]);
}

#[test]
fn the_reference_of_a_refund_goes_before_that_of_another_ones_payment() {
    let (chain, refunded) = crossed();
    let wrong = other_amount(chain[0]);
    let book = align(&chain, &refunded, &[unnamed(wrong)]);
    assert_eq!(book.slots, vec![Some(wrong), None]);
}

#[test]
fn what_equals_a_refund_goes_before_the_payment_of_another_one() {
    let (mut chain, refunded) = crossed();
    // Both agree in all but their names.
    chain[0] = Entry {
        id: chain[0].id,
        reference: earlier().reference,
        ..chain[1]
    };
    let book = align(&chain, &refunded, &[unnamed(chain[0])]);
    assert_eq!(book.slots, vec![Some(chain[0]), None]);
}

#[test]
fn of_refunds_that_are_alike_the_payments_id_goes_before_its_reference() {
    let chain = [0, 1].map(|position| Entry {
        id: entry(position).id,
        reference: entry(position).reference,
        ..refund(0)
    });
    let shared = Entry {
        reference: earlier().reference,
        ..entry(901)
    };
    let refunded = [of(0, shared), of(1, earlier())];
    let by_reference = LedgerEntry {
        reference: earlier().reference,
        ..unnamed(chain[0])
    };
    let by_id = LedgerEntry {
        id: Some(earlier().id),
        ..by_reference
    };
    let book = in_either_order(&chain, &refunded, [by_id, by_reference]);
    assert_eq!(book.slots, chain.map(Some).to_vec());
}

#[test]
fn a_position_that_needs_no_line_takes_none_from_another() {
    let nothing = Entry {
        amount: 0,
        ..entry(0)
    };
    let namesake = Entry {
        reference: nothing.reference,
        ..entry(1)
    };
    let chain = [nothing, namesake];
    let wrong = other_amount(namesake);
    let line = unnamed(wrong);
    let book = align(&chain, &[], &[line]);
    assert_eq!(book.slots, vec![Some(nothing), Some(wrong)]);
    // A second line takes what is left.
    let book = align(&chain, &[], &[line, line]);
    let second = Entry {
        id: nothing.id,
        ..wrong
    };
    assert_eq!(book.slots, vec![Some(second), Some(wrong)]);
}

#[test]
fn a_line_that_is_equal_to_a_position_of_nothing_takes_it() {
    let nothing = Entry {
        amount: 0,
        ..entry(0)
    };
    let namesake = Entry {
        reference: nothing.reference,
        ..entry(1)
    };
    let book = align(&[nothing, namesake], &[], &[unnamed(nothing)]);
    assert_eq!(book.slots, vec![Some(nothing), None]);
}

#[test]
fn a_refund_of_nothing_does_not_take_the_line_of_another_refund_of_its_payment() {
    let nothing = Entry {
        amount: 0,
        ..refund(0)
    };
    let chain = [nothing, refund(1)];
    let wrong = Entry {
        reference: STRANGE,
        ..other_amount(chain[1])
    };
    let line = LedgerEntry {
        id: Some(earlier().id),
        ..unnamed(wrong)
    };
    let book = align(&chain, &[of(0, earlier()), of(1, earlier())], &[line]);
    assert_eq!(book.slots, vec![Some(nothing), Some(wrong)]);
}

/// The same entry under one of few references.
fn of_few(references: u8, entry: Entry) -> Entry {
    let number = entry.id.sequence % u64::from(references);
    Entry {
        reference: Reference([number as u8; 16]),
        ..entry
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_honest_ledger_has_no_break_though_its_references_collide(
        count in 1usize..200,
        references in 1u8..5,
        at in vec(any::<Index>(), 1..40),
        how in vec(0u8..6, 1..50),
        seed in any::<u64>(),
    ) {
        let chain = chain_of_both_kinds(count).into_iter();
        let chain: Vec<_> = chain.map(|entry| of_few(references, entry)).collect();
        let refunded: Vec<_> = payments(&chain, &at)
            .into_iter()
            .map(|payment| {
                let original = Entry { id: payment.id, ..Entry::default() };
                RefundedPayment { reference: of_few(references, original).reference, ..payment }
            })
            .collect();
        let lines = (0..).zip(&chain).zip(how.iter().cycle());
        let mut ledger: Vec<_> = lines
            .map(|((position, trade), how)| {
                let payment = refunded.iter().find(|payment| payment.position == position);
                names(*trade, payment, *how)
            })
            .collect();
        ledger.sort_by_key(|line| line.occurred_at.wrapping_mul(seed | 1).rotate_left(17));
        let book = align(&chain, &refunded, &ledger);
        prop_assert!(book.extras.is_empty());
        let expected: Vec<_> = chain.iter().copied().map(Some).collect();
        prop_assert_eq!(book.slots, expected);
    }
}
