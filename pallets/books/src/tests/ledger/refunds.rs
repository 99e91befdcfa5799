//! Refunds in a ledger: under their own names, under their payments', and without lines of nothing.

use super::*;
use counterfoil_primitives::Original;

/// The position of the payment that is given back from.
const PAID: u32 = 3;

/// The position of its refund.
const REFUND: usize = 10;

/// A sealed day of ten payments and a refund of one of them, `credit` of it the bank's. Returns the
/// refund.
fn day_with_refund(credit: Amount) -> Trade {
    bank_keeps_a_ledger();
    record(10);
    let refund = record_refund(PAID, 400, credit);
    seal();
    refund
}

/// Imports the true lines of the ten payments and these lines, and lets the worker commit to them.
fn book_with(further: &[LedgerEntry]) -> (Vec<Option<Entry>>, Vec<Entry>) {
    let mut ledger = lines(10);
    ledger.extend_from_slice(further);
    import(1, &ledger, true);
    run_worker_and_apply();
    let book = (slots(BANK_BOOK), stored_extras());
    assert_eq!(committed(), Some(commitment_to(&book.0, &book.1)));
    book
}

/// Makes sure that a bank whose ledger has this line for the refund commits to what the chain has.
fn assert_true(line_for: impl Fn(LedgerEntry) -> LedgerEntry) {
    build_and_execute(|| {
        let refund = day_with_refund(40);
        book_with(&[line_for(line_of(&refund))]);

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_refund_is_found_by_its_own_id() {
    assert_true(|line| line);
}

#[test]
fn a_refund_is_found_by_its_own_reference() {
    assert_true(|line| LedgerEntry { id: None, ..line });
}

#[test]
fn a_refund_that_has_its_payments_id_takes_its_own() {
    assert_true(|line| LedgerEntry {
        id: Some(trade(PAID.into()).id),
        ..line
    });
}

#[test]
fn a_refund_that_has_its_payments_reference_takes_its_own() {
    assert_true(|line| LedgerEntry {
        id: None,
        reference: reference(PAID.into()),
        ..line
    });
}

#[test]
fn a_refund_that_has_its_payments_id_and_reference_takes_its_own() {
    assert_true(|line| LedgerEntry {
        id: Some(trade(PAID.into()).id),
        reference: reference(PAID.into()),
        ..line
    });
}

#[test]
fn a_refund_is_found_by_the_reference_of_a_payment_of_an_earlier_day() {
    build_and_execute(|| {
        let refund = day_with_refund(40);
        let paid = trade(900);
        chain(|chain| {
            let day = DAY_ONE.previous();
            chain.trades.insert(day, vec![paid]);
            let link = chain.links.get_mut(&(DAY_ONE, REFUND as u32)).unwrap();
            link.original = Original {
                id: paid.id,
                day,
                position: 0,
            };
        });
        book_with(&[LedgerEntry {
            id: None,
            reference: paid.reference,
            ..line_of(&refund)
        }]);

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn refunds_of_one_payment_are_told_apart_by_what_they_say() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(10);
        let refunds = [record_refund(PAID, 400, 40), record_refund(PAID, 100, 10)];
        seal();
        let line = |refund: &Trade| LedgerEntry {
            id: None,
            reference: reference(PAID.into()),
            ..line_of(refund)
        };
        book_with(&[line(&refunds[1]), line(&refunds[0])]);

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_refund_booked_again_under_its_payments_names_is_that_refund_again() {
    build_and_execute(|| {
        let refund = day_with_refund(40);
        let line = LedgerEntry {
            id: None,
            reference: reference(PAID.into()),
            ..line_of(&refund)
        };
        let (slots, extras) = book_with(&[line, line]);

        assert_eq!(slots, chain_slots(BANK_SIDE));
        assert_eq!(extras, vec![refund.entry(Side::Credit)]);
    });
}

#[test]
fn a_refund_booked_as_a_payment_stands_in_its_slot_as_one() {
    for named in [true, false] {
        build_and_execute(|| {
            let refund = day_with_refund(40);
            let line = line_of(&refund);
            let (slots, extras) = book_with(&[LedgerEntry {
                id: line.id.filter(|_| named),
                kind: Kind::Payment,
                ..line
            }]);

            let wrong = slots_but(REFUND, |slot| slot.as_mut().unwrap().kind = Kind::Payment);
            assert_eq!((slots, extras), (wrong, vec![]));
        });
    }
}

#[test]
fn a_payment_booked_as_a_refund_stands_in_its_slot_as_one() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger[4].kind = Kind::Refund);

        let wrong = slots_but(4, |slot| slot.as_mut().unwrap().kind = Kind::Refund);
        assert_eq!((slots, extras), (wrong, vec![]));
    });
}

#[test]
fn a_book_sums_payments_and_refunds_apart() {
    build_and_execute(|| {
        let refund = day_with_refund(40);
        book_with(&[line_of(&refund)]);

        let expected = SideTotals {
            payments: 955,
            refunds: 40,
        };
        assert_eq!(bank_state().totals, expected);
    });
}

#[test]
fn a_refund_without_its_line_leaves_its_slot_empty() {
    build_and_execute(|| {
        day_with_refund(40);
        let (slots, extras) = book_with(&[]);

        assert_eq!(slots, slots_but(REFUND, |slot| *slot = None));
        assert_eq!(extras, vec![]);
    });
}

#[test]
fn a_refund_of_which_the_bank_gives_nothing_back_needs_no_line() {
    build_and_execute(|| {
        day_with_refund(0);
        book_with(&[]);

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_refund_of_which_the_bank_gives_nothing_back_may_have_a_line() {
    build_and_execute(|| {
        let refund = day_with_refund(0);
        book_with(&[line_of(&refund)]);

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_wrong_line_stands_where_none_is_needed() {
    build_and_execute(|| {
        let refund = day_with_refund(0);
        let (slots, extras) = book_with(&[LedgerEntry {
            amount: 7,
            ..line_of(&refund)
        }]);

        let wrong = slots_but(REFUND, |slot| slot.as_mut().unwrap().amount = 7);
        assert_eq!((slots, extras), (wrong, vec![]));
    });
}

#[test]
fn a_payment_of_which_the_bank_gets_nothing_needs_no_line() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(10);
        chain(|chain| chain.trades.get_mut(&DAY_ONE).unwrap()[4].credit = 0);
        seal();
        let mut ledger = lines(10);
        ledger.remove(4);
        import(1, &ledger, true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

/// A day of payments and of as many refunds, `credit` of each the bank's. Returns the payments' lines.
fn long_day_of_refunds(count: u32, credit: Amount) -> Vec<LedgerEntry> {
    bank_keeps_a_ledger();
    record(count.into());
    for payment in 0..count {
        record_refund(payment, 500, credit);
    }
    seal();
    lines(count.into())
}

#[test]
fn a_long_day_of_refunds_named_by_their_payments_is_aligned() {
    const COUNT: u32 = 40_001;
    build_and_execute(|| {
        let mut ledger = long_day_of_refunds(COUNT, 50);
        for payment in 0..u64::from(COUNT) {
            ledger.push(LedgerEntry {
                id: Some(trade(payment).id),
                reference: reference(payment),
                ..line_of(&Trade {
                    kind: Kind::Refund,
                    credit: 50,
                    ..trade(u64::from(COUNT) + payment)
                })
            });
        }
        import(1, &ledger, true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_long_day_of_refunds_without_lines_of_nothing_is_aligned() {
    build_and_execute(|| {
        let ledger = long_day_of_refunds(40_001, 0);
        import(1, &ledger, true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}
