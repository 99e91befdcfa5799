//! A book of the party's own ledger.

mod damage;
mod long;
mod old_imports;
mod refunds;
mod replaced;

use crate::{
    mock::*,
    worker::{alignment, ledger_book, lock_and_budget::with_lock, Book, Failure},
};
use codec::Encode;
use counterfoil_primitives::{
    align::align,
    book_storage::{BookState, ImportProblem, ImportState, Item},
    day::MINUTE,
    ports::DayTrades,
    summary::SideStatus,
    tree::{slots_page_root, PAGE_SIZE},
    Amount, Commitment, Entry, Kind, LedgerEntry, Side, SideTotals, Trade, TradeId,
};
use counterfoil_support::worker_lock;
use proptest::prelude::*;

/// The true ledger of a day of a number of trades.
fn lines(count: u64) -> Vec<LedgerEntry> {
    (0..count).map(line).collect()
}

/// A sealed day of ten trades, and a bank that keeps a ledger.
fn ledger_day() {
    bank_keeps_a_ledger();
    record(10);
    seal();
}

fn stored_extras() -> Vec<Entry> {
    BANK_BOOK.read(Item::Extras(0)).unwrap_or_default()
}

/// The commitment to a book of these slots and extras.
fn commitment_to(slots: &[Option<Entry>], extras: &[Entry]) -> Commitment {
    Commitment::of_book(&MockPorts::place(BANK_SIDE), slots, extras)
}

/// Imports a ledger of ten trades that `change` makes wrong, and lets the worker commit to it.
fn book_of(change: impl FnOnce(&mut Vec<LedgerEntry>)) -> (Vec<Option<Entry>>, Vec<Entry>) {
    ledger_day();
    let mut ledger = lines(10);
    change(&mut ledger);
    import(1, &ledger, true);
    run_worker_and_apply();
    let book = (slots(BANK_BOOK), stored_extras());
    assert_eq!(committed(), Some(commitment_to(&book.0, &book.1)));
    book
}

/// What the chain holds in the slots, with one of them changed.
fn slots_but(position: usize, change: impl FnOnce(&mut Option<Entry>)) -> Vec<Option<Entry>> {
    let mut slots = chain_slots(BANK_SIDE);
    change(&mut slots[position]);
    slots
}

#[test]
fn a_true_ledger_commits_to_what_the_chain_has() {
    build_and_execute(|| {
        book_of(|_| {});

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_ledger_in_another_order_is_the_same_book() {
    build_and_execute(|| {
        book_of(|ledger| ledger.reverse());

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_ledger_without_ids_is_aligned_by_reference() {
    build_and_execute(|| {
        book_of(|ledger| ledger.iter_mut().for_each(|line| line.id = None));

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_missing_line_leaves_its_slot_empty() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| {
            ledger.remove(4);
        });

        assert_eq!(slots, slots_but(4, |slot| *slot = None));
        assert_eq!(extras, vec![]);
    });
}

#[test]
fn a_wrong_amount_stands_in_its_slot() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger[4].amount += 1);

        let wrong = slots_but(4, |slot| slot.as_mut().unwrap().amount += 1);
        assert_eq!((slots, extras), (wrong, vec![]));
    });
}

#[test]
fn a_wrong_user_stands_in_its_slot() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger[4].user.0[0] = 9);

        let wrong = slots_but(4, |slot| slot.as_mut().unwrap().user.0[0] = 9);
        assert_eq!((slots, extras), (wrong, vec![]));
    });
}

#[test]
fn a_duplicate_is_an_extra() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger.push(line(4)));

        assert_eq!(slots, chain_slots(BANK_SIDE));
        assert_eq!(extras, vec![trade(4).entry(Side::Credit)]);
    });
}

#[test]
fn a_line_that_is_not_on_chain_is_an_extra() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger.push(line(77)));

        assert_eq!(slots, chain_slots(BANK_SIDE));
        assert_eq!(extras, vec![trade(77).entry(Side::Credit)]);
    });
}

#[test]
fn a_day_without_trades_may_have_an_extra() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        seal();
        import(1, &[line(3)], true);
        run_worker_and_apply();

        let extra = trade(3).entry(Side::Credit);
        assert_eq!(committed(), Some(commitment_to(&[], &[extra])));
    });
}

#[test]
fn an_empty_ledger_is_a_book_too() {
    build_and_execute(|| {
        ledger_day();
        import(1, &[], true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(commitment_to(&[None; 10], &[])));
    });
}

#[test]
fn a_ledger_waits_for_the_seal() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(10);
        import(1, &lines(10), true);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_ledger_waits_for_an_import() {
    build_and_execute(|| {
        ledger_day();
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
    });
}

#[test]
fn a_ledger_waits_for_the_confirmation() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), false);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
    });
}

#[test]
fn an_import_is_replaced_until_it_is_confirmed() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(9), false);
        run_worker_and_apply();
        import(2, &lines(10), true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
        assert_eq!(bank_state().generation, 2);
    });
}

#[test]
fn a_committed_book_is_not_replaced_from_the_preset_time_on() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(9), true);
        run_worker_and_apply();
        let before = bank_state();
        import(2, &lines(10), true);
        run_worker_and_apply();

        assert_eq!(bank_state(), before);
    });
}
