//! Refunds in a ledger, which may name them by their payments.

use crate::{
    align::{named, other_amount, unnamed},
    samples::{chain_of_both_kinds, entry},
};
use counterfoil_primitives::{
    align::align, refund::RefundedPayment, Entry, Kind, LedgerEntry, Reference,
};
use proptest::{collection::vec, prelude::*, sample::Index};

/// The chain's entry of a refund on `position`.
pub fn refund(position: u32) -> Entry {
    Entry {
        kind: Kind::Refund,
        ..entry(position)
    }
}

/// The refund on `position` is of `payment`.
pub fn of(position: u32, payment: Entry) -> RefundedPayment {
    RefundedPayment {
        position,
        id: payment.id,
        reference: payment.reference,
    }
}

/// A payment of an earlier day.
pub fn earlier() -> Entry {
    entry(900)
}

/// A reference of no trade.
pub const STRANGE: Reference = Reference([1; 16]);

#[test]
fn a_refund_is_found_by_its_own_id() {
    let chain = [entry(0), refund(1)];
    let wrong = Entry {
        reference: STRANGE,
        ..other_amount(chain[1])
    };
    let book = align(&chain, &[of(1, earlier())], &[named(wrong)]);
    assert_eq!(book.slots, vec![None, Some(wrong)]);
}

#[test]
fn a_refund_is_found_by_its_own_reference() {
    let chain = [entry(0), refund(1)];
    let wrong = other_amount(chain[1]);
    let book = align(&chain, &[of(1, earlier())], &[unnamed(wrong)]);
    assert_eq!(book.slots, vec![None, Some(wrong)]);
}

#[test]
fn a_refund_is_found_by_its_payments_id_and_takes_its_own() {
    let chain = [entry(0), refund(1)];
    let wrong = Entry {
        reference: STRANGE,
        ..other_amount(chain[1])
    };
    let line = LedgerEntry {
        id: Some(earlier().id),
        ..unnamed(wrong)
    };
    let book = align(&chain, &[of(1, earlier())], &[line]);
    assert_eq!(book.slots, vec![None, Some(wrong)]);
}

#[test]
fn a_refund_is_found_by_its_payments_reference_and_takes_its_own() {
    let chain = [entry(0), refund(1)];
    let wrong = other_amount(chain[1]);
    let line = LedgerEntry {
        reference: earlier().reference,
        ..unnamed(wrong)
    };
    let book = align(&chain, &[of(1, earlier())], &[line]);
    assert_eq!(book.slots, vec![None, Some(wrong)]);
}

#[test]
fn a_refund_that_is_found_by_its_payments_reference_keeps_an_unknown_id() {
    let chain = [refund(0)];
    let strange = Entry {
        id: entry(800).id,
        ..chain[0]
    };
    let line = LedgerEntry {
        reference: earlier().reference,
        ..named(strange)
    };
    let book = align(&chain, &[of(0, earlier())], &[line]);
    assert_eq!(book.slots, vec![Some(strange)]);
}

#[test]
fn a_refund_of_its_own_id_takes_its_own_reference_for_its_payments() {
    let chain = [refund(0)];
    let line = LedgerEntry {
        reference: earlier().reference,
        ..named(chain[0])
    };
    let book = align(&chain, &[of(0, earlier())], &[line]);
    assert_eq!(book.slots, vec![Some(chain[0])]);
}

#[test]
fn the_id_of_another_payment_stays() {
    let chain = [refund(0), refund(1)];
    let refunded = [of(0, earlier()), of(1, entry(901))];
    let strange = Entry {
        id: entry(901).id,
        ..chain[0]
    };
    let book = align(&chain, &refunded, &[named(strange)]);
    assert_eq!(book.slots, vec![Some(strange), None]);
}

#[test]
fn a_refund_that_has_the_id_of_a_payment_of_its_day_is_not_taken_for_that() {
    let chain = [entry(0), refund(1)];
    let by_payment = LedgerEntry {
        id: Some(chain[0].id),
        reference: chain[0].reference,
        ..unnamed(chain[1])
    };
    for line in [
        by_payment,
        LedgerEntry {
            reference: chain[1].reference,
            ..by_payment
        },
    ] {
        let refunded = [of(1, chain[0])];
        let book = align(&chain, &refunded, &[line]);
        assert_eq!(book.slots, vec![None, Some(chain[1])]);
        let book = align(&chain, &refunded, &[line, named(chain[0])]);
        assert_eq!(book.slots, vec![Some(chain[0]), Some(chain[1])]);
    }
}

#[test]
fn refunds_of_one_payment_are_told_apart() {
    let chain = [refund(0), refund(1)];
    let refunded = [of(0, earlier()), of(1, earlier())];
    let by_reference = |refund: Entry| LedgerEntry {
        reference: earlier().reference,
        ..unnamed(refund)
    };
    let by_id = |refund: Entry| LedgerEntry {
        id: Some(earlier().id),
        ..unnamed(refund)
    };
    let expected: Vec<_> = chain.into_iter().map(Some).collect();
    for lines in [chain.map(by_reference), chain.map(by_id)] {
        let [first, second] = lines;
        let book = align(&chain, &refunded, &[second, first]);
        assert_eq!(book.slots, expected);
    }
}

#[test]
fn refunds_of_one_payment_that_strangers_refer_to_are_told_apart_by_its_id() {
    let chain = [refund(0), refund(1)];
    let refunded = [of(0, earlier()), of(1, earlier())];
    let strange = chain.map(|refund| Entry {
        reference: STRANGE,
        ..refund
    });
    let [first, second] = strange.map(|refund| LedgerEntry {
        id: Some(earlier().id),
        ..unnamed(refund)
    });
    let book = align(&chain, &refunded, &[second, first]);
    assert_eq!(book.slots, strange.map(Some).to_vec());
}

#[test]
fn a_repeated_refund_is_an_extra_under_its_own_names() {
    let chain = [refund(0)];
    let line = LedgerEntry {
        id: Some(earlier().id),
        reference: earlier().reference,
        ..unnamed(chain[0])
    };
    let book = align(&chain, &[of(0, earlier())], &[line, line]);
    assert_eq!(book.slots, vec![Some(chain[0])]);
    assert_eq!(book.extras, vec![chain[0]]);
}

#[test]
fn a_payment_of_a_place_beyond_the_day_is_passed_over() {
    let chain = [refund(0)];
    let line = LedgerEntry {
        id: Some(earlier().id),
        reference: STRANGE,
        ..unnamed(chain[0])
    };
    let book = align(&chain, &[of(7, earlier())], &[line]);
    assert_eq!(book.slots, vec![None]);
    assert_eq!(book.extras.len(), 1);
}

/// The payments of the refunds of `chain`: of the day itself where `at` meets one, else of another day.
pub fn payments(chain: &[Entry], at: &[Index]) -> Vec<RefundedPayment> {
    (0..)
        .zip(chain)
        .filter(|(_, entry)| entry.kind == Kind::Refund)
        .zip(at.iter().cycle())
        .map(|((position, _), at)| {
            let other = chain[at.index(chain.len())];
            let here = other.kind == Kind::Payment;
            of(position, if here { other } else { entry(5_000 + position) })
        })
        .collect()
}

/// How an honest line names its trade: the refund's payment instead, in id or reference, or no id at
/// all.
pub fn names(trade: Entry, payment: Option<&RefundedPayment>, how: u8) -> LedgerEntry {
    let line = named(trade);
    match (payment, how) {
        (_, 0) => line,
        (None, _) | (Some(_), 1) => unnamed(trade),
        (Some(payment), 2) => LedgerEntry {
            id: Some(payment.id),
            ..line
        },
        (Some(payment), 3) => LedgerEntry {
            reference: payment.reference,
            ..line
        },
        (Some(payment), 4) => LedgerEntry {
            id: None,
            reference: payment.reference,
            ..line
        },
        (Some(payment), _) => LedgerEntry {
            id: Some(payment.id),
            reference: payment.reference,
            ..line
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn an_honest_ledger_that_names_payments_has_no_break(
        count in 1usize..400,
        at in vec(any::<Index>(), 1..80),
        how in vec(0u8..6, 1..50),
        seed in any::<u64>(),
    ) {
        let chain = chain_of_both_kinds(count);
        let refunded = payments(&chain, &at);
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
