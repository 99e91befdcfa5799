//! Corrections, the suspense list and the confirmation.

use crate::mock::*;
use counterfoil_primitives::{
    book_storage::{BookState, Cursor, DayResult, Item, Suspended},
    summary::SideStatus,
    Cause, Entry, Kind, LedgerEntry, Side, SideId,
};

/// A bank's book with a missing entry, a wrong amount and an extra, committed and proven.
fn proven_book() {
    bank_keeps_a_ledger();
    record(300);
    seal();
    let mut ledger: Vec<_> = (0..300).map(line).collect();
    ledger[5].amount += 1;
    ledger.remove(280);
    ledger.push(line(777));
    import(1, &ledger, true);
    run_worker_and_apply();
    chain(|chain| chain.extra_breaks = vec![(stranger(), Cause::NotOnChain)]);
    set_status(BANK_SIDE, SideStatus::Proven { breaks: 3 });
}

fn stranger() -> Entry {
    trade(777).entry(Side::Credit)
}

fn suspense() -> Option<Vec<Suspended>> {
    BANK_BOOK.read(Item::Suspense)
}

fn status() -> SideStatus {
    chain(|chain| chain.statuses[&BANK_SIDE])
}

#[test]
fn a_committed_book_stays_as_it_is_until_it_is_proven() {
    build_and_execute(|| {
        proven_book();

        assert_ne!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(bank_state().extras, 1);
        assert_eq!(suspense(), None);
    });
}

#[test]
fn a_proven_book_takes_the_corrections() {
    build_and_execute(|| {
        proven_book();
        run_worker();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        let state = bank_state();
        assert!(state.repaired);
        assert_eq!(state.extras, 0);
        assert_eq!(state.totals, chain_commitment(BANK_SIDE).totals);
    });
}

#[test]
fn a_refund_booked_as_a_payment_is_corrected_in_slot_and_totals() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(10);
        let refund = record_refund(3, 400, 40);
        seal();
        let mut ledger: Vec<_> = (0..10).map(line).collect();
        ledger.push(LedgerEntry {
            kind: Kind::Payment,
            ..line_of(&refund)
        });
        import(1, &ledger, true);
        run_worker_and_apply();
        assert_ne!(bank_state().totals, chain_commitment(BANK_SIDE).totals);
        set_status(BANK_SIDE, SideStatus::Proven { breaks: 1 });
        run_worker();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(bank_state().totals, chain_commitment(BANK_SIDE).totals);
    });
}

#[test]
fn what_is_not_on_chain_goes_to_the_suspense_list() {
    build_and_execute(|| {
        proven_book();
        run_worker();

        let suspended = Suspended {
            entry: stranger(),
            cause: Cause::NotOnChain,
        };
        assert_eq!(suspense(), Some(vec![suspended]));
        assert_eq!(BANK_BOOK.read::<Vec<Entry>>(Item::Extras(0)), None);
    });
}

#[test]
fn the_repair_is_confirmed_with_the_chains_commitment() {
    build_and_execute(|| {
        proven_book();
        run_worker();

        let confirmation = (BANK, BANK_SIDE, chain_commitment(BANK_SIDE));
        assert_eq!(sent(), vec![Sent::Confirmation(confirmation)]);
        confirm(confirmation);
        assert_eq!(status(), SideStatus::Repaired { breaks: 3 });
    });
}

#[test]
fn a_repaired_book_leaves_its_commitment_on_record() {
    build_and_execute(|| {
        proven_book();
        let before = committed();
        assert_ne!(before, Some(chain_commitment(BANK_SIDE)));
        run_worker_and_apply();

        assert_eq!(status(), SideStatus::Repaired { breaks: 3 });
        assert!(before.is_some());
        assert_eq!(committed(), before);
    });
}

#[test]
fn a_sent_confirmation_is_sent_again_only_after_a_while() {
    build_and_execute(|| {
        proven_book();
        run_worker();
        assert_eq!(confirmations().len(), 1);
        run_worker();
        assert_eq!(sent(), vec![]);

        pass(20_001);
        run_worker();
        assert_eq!(confirmations().len(), 1);
    });
}

#[test]
fn a_confirmation_that_the_pool_refused_is_sent_by_the_next_run() {
    build_and_execute(|| {
        proven_book();
        chain(|chain| chain.refuses_confirmations = true);
        run_worker();
        assert_eq!(confirmations().len(), 1);

        run_worker();
        assert_eq!(confirmations().len(), 1);
    });
}

#[test]
fn a_confirmed_repair_is_not_sent_again() {
    build_and_execute(|| {
        proven_book();
        run_worker_and_apply();
        pass(30_000);
        run_worker();

        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn the_roots_of_the_committed_book_are_kept() {
    build_and_execute(|| {
        proven_book();
        let before = bank_state();
        run_worker();

        let state = bank_state();
        assert_eq!(state.slots_page_roots, before.slots_page_roots);
        assert_eq!(state.extras_page_roots, before.extras_page_roots);
    });
}

#[test]
fn the_result_tells_of_the_breaks_and_the_repair() {
    build_and_execute(|| {
        proven_book();
        run_worker_and_apply();
        run_worker();

        assert_eq!(
            BANK_BOOK.read(Item::Result),
            Some(DayResult {
                trades: 300,
                breaks: 3,
                repaired: true,
                ..Default::default()
            })
        );
    });
}

#[test]
fn a_book_lost_before_its_repair_is_repaired_all_the_same() {
    build_and_execute(|| {
        proven_book();
        BANK_BOOK.clear(Item::State);
        (0..2).for_each(|page| BANK_BOOK.clear(Item::Slots(page)));
        BANK_BOOK.clear(Item::Import);
        run_worker_and_apply();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(status(), SideStatus::Repaired { breaks: 3 });
    });
}

#[test]
fn a_repaired_book_that_is_lost_is_restored_with_its_suspense_list() {
    build_and_execute(|| {
        proven_book();
        run_worker_and_apply();
        let before: Option<BookState> = BANK_BOOK.state();
        BANK_BOOK.clear(Item::State);
        BANK_BOOK.clear(Item::Slots(1));
        BANK_BOOK.clear(Item::Suspense);
        run_worker();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(bank_state().totals, before.expect("it was kept").totals);
        assert_eq!(suspense().map(|list| list.len()), Some(1));
    });
}

#[test]
fn a_clean_ledger_book_that_is_lost_is_restored_from_the_chain() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(300);
        seal();
        set_status(BANK_SIDE, SideStatus::Proven { breaks: 0 });
        run_worker();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert!(!bank_state().repaired);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_day_with_an_unconfirmed_repair_is_not_done_with() {
    build_and_execute(|| {
        proven_book();
        chain(|chain| chain.obligations.insert(DAY_ONE, (0, true)));
        run_worker();
        let cursor = StoredBook(SideId {
            day: Default::default(),
            ..BANK_SIDE
        });
        assert_eq!(cursor.read::<Cursor>(Item::Cursor), None);

        confirmations().into_iter().for_each(confirm);
        run_worker();
        let expected = Cursor {
            next: DAY_ONE.next(),
            unpaid: vec![],
        };
        assert_eq!(cursor.read(Item::Cursor), Some(expected));
    });
}
