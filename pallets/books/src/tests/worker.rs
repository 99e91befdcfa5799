//! Locks, keys, cursor and sending: what holds for every book.

mod days;
mod late;

use crate::{
    mock::*,
    worker::{
        cursor::UNPAID_PER_RUN,
        lock_and_budget::{with_lock, PAGES_PER_RUN},
    },
    Commitments,
};
use codec::Encode;
use counterfoil_primitives::{
    book_storage::{Cursor, DayResult, Item},
    day::DAY,
    summary::SideStatus,
    BusinessDay, Side, SideId,
};
use counterfoil_support::worker_lock;

const CURSOR: StoredBook = StoredBook(SideId::new(AGREEMENT, BusinessDay(0), Side::Credit));

fn cursor() -> Option<Cursor> {
    CURSOR.read(Item::Cursor)
}

/// The cursor at `next`, with these earlier days unpaid.
fn cursor_at(next: BusinessDay, unpaid: &[BusinessDay]) -> Option<Cursor> {
    let unpaid = unpaid.to_vec();
    Some(Cursor { next, unpaid })
}

fn result_of(day: BusinessDay) -> Option<DayResult> {
    StoredBook(SideId { day, ..BANK_SIDE }).read(Item::Result)
}

/// The first day is through: proven clean, and paid.
fn settle(day: BusinessDay) {
    set_status(
        SideId { day, ..BANK_SIDE },
        SideStatus::Proven { breaks: 0 },
    );
    chain(|chain| chain.obligations.insert(day, (12, true)));
}

#[test]
fn without_the_key_there_is_no_work() {
    build_and_execute(|| {
        chain(|chain| chain.keys.clear());
        record(10);
        seal();
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_node_with_both_keys_keeps_both_books() {
    build_and_execute(|| {
        chain(|chain| chain.keys.insert(COMPANY));
        record(300);
        seal();
        run_worker_and_apply();

        for (side_id, book) in [(BANK_SIDE, BANK_BOOK), (COMPANY_SIDE, COMPANY_BOOK)] {
            assert_eq!(slots(book), chain_slots(side_id));
            assert_eq!(
                Commitments::<Test>::get(side_id, 0),
                Some(chain_commitment(side_id))
            );
        }
    });
}

#[test]
fn a_run_that_overlaps_another_leaves_the_work_to_it() {
    build_and_execute(|| {
        record(10);
        let key = (b"counterfoil/book-lock", AGREEMENT, Side::Credit).encode();
        let _other_run = worker_lock::try_take::<20_000>(&key).unwrap();

        run_worker();
        assert_eq!(BANK_BOOK.state(), None);
    });
}

#[test]
fn the_lock_of_a_run_that_died_expires() {
    build_and_execute(|| {
        record(10);
        let key = (b"counterfoil/book-lock", AGREEMENT, Side::Credit).encode();
        worker_lock::try_take::<20_000>(&key).unwrap().forget();

        pass(20_001);
        run_worker();
        assert_eq!(bank_state().slots, 10);
    });
}

#[test]
fn what_was_left_while_the_clock_was_ahead_holds_up_neither_book_nor_commitment() {
    build_and_execute(|| {
        let book = (b"counterfoil/book-lock", AGREEMENT, Side::Credit).encode();
        let sent = (b"counterfoil/book-sent", "books.commit", BANK_SIDE).encode();
        set_clock(DAY);
        worker_lock::try_take::<20_000>(&book).unwrap().forget();
        worker_lock::try_take::<20_000>(&sent).unwrap().forget();
        set_clock(0);
        record(10);
        seal();
        run_worker_and_apply();
        assert!(committed().is_some());
    });
}

#[test]
fn a_run_that_outlived_its_lock_stops_where_another_has_taken_it() {
    build_and_execute(|| {
        set_seed(1);
        with_lock(AGREEMENT, Side::Credit, |session| {
            assert!(session.turn_page());
            pass(20_001);
            set_seed(2);
            with_lock(AGREEMENT, Side::Credit, |other| {
                assert!(!session.hold());
                assert!(!session.turn_page());
                assert!(other.turn_page());
            });
        });
    });
}

#[test]
fn a_run_that_outlived_its_lock_goes_on_where_no_other_has_taken_it() {
    build_and_execute(|| {
        with_lock(AGREEMENT, Side::Credit, |session| {
            pass(20_001);
            assert!(session.turn_page());
            assert!(session.hold());
        });
    });
}

#[test]
fn a_run_ends_when_it_has_turned_its_pages() {
    build_and_execute(|| {
        with_lock(AGREEMENT, Side::Credit, |session| {
            for _ in 0..PAGES_PER_RUN {
                assert!(session.turn_page());
            }
            assert!(!session.turn_page());
        });
    });
}

#[test]
fn a_run_extends_its_lock_as_it_goes() {
    build_and_execute(|| {
        with_lock(AGREEMENT, Side::Credit, |session| {
            for _ in 0..512 {
                pass(50);
                assert!(session.step());
            }
        });
    });
}

#[test]
fn a_state_that_another_run_has_changed_is_not_overwritten() {
    build_and_execute(|| {
        record(10);
        run_worker();
        let seen = BANK_BOOK.state();
        record(10);
        run_worker();
        let newer = bank_state();

        assert!(!BANK_BOOK.replace_state(&seen, &Default::default()));
        assert_eq!(bank_state(), newer);
    });
}

#[test]
fn a_sent_commitment_is_sent_again_only_after_a_while() {
    build_and_execute(|| {
        record(10);
        seal();
        run_worker();
        assert_eq!(sent().len(), 1);
        run_worker();
        assert_eq!(sent(), vec![]);

        pass(20_001);
        run_worker();
        assert_eq!(sent().len(), 1);
    });
}

#[test]
fn an_idle_run_writes_nothing() {
    build_and_execute(|| {
        record(10);
        seal();
        run_worker_and_apply();
        let (before, cursor_before) = (bank_state(), cursor());

        run_worker();
        assert_eq!((bank_state(), cursor()), (before, cursor_before));
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn the_result_of_a_clean_day_is_written() {
    build_and_execute(|| {
        record(10);
        seal();
        settle(DAY_ONE);
        run_worker();

        assert_eq!(
            BANK_BOOK.read(Item::Result),
            Some(DayResult {
                trades: 10,
                obligation: Some(12),
                paid: true,
                ..Default::default()
            })
        );
    });
}

#[test]
fn the_result_of_a_day_for_which_the_bank_owes_is_below_zero() {
    build_and_execute(|| {
        record(10);
        seal();
        settle(DAY_ONE);
        chain(|chain| chain.obligations.insert(DAY_ONE, (-12, false)));
        run_worker();

        let result = result_of(DAY_ONE).unwrap();
        assert_eq!((result.obligation, result.paid), (Some(-12), false));
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[DAY_ONE]));
    });
}

#[test]
fn a_result_before_the_day_is_reconciled_does_not_say_what_is_owed() {
    build_and_execute(|| {
        record(10);
        seal();
        set_status(BANK_SIDE, SideStatus::Defaulted);
        run_worker();
        assert_eq!(result_of(DAY_ONE).unwrap().obligation, None);

        chain(|chain| chain.obligations.insert(DAY_ONE, (0, false)));
        run_worker();
        assert_eq!(result_of(DAY_ONE).unwrap().obligation, Some(0));
    });
}

#[test]
fn the_result_of_a_defaulted_day_is_written() {
    build_and_execute(|| {
        record(10);
        seal();
        set_status(BANK_SIDE, SideStatus::Defaulted);
        run_worker();

        assert_eq!(
            BANK_BOOK.read(Item::Result),
            Some(DayResult {
                trades: 10,
                defaulted: true,
                ..Default::default()
            })
        );
    });
}

#[test]
fn a_day_without_an_outcome_has_no_result() {
    build_and_execute(|| {
        record(10);
        seal();
        run_worker_and_apply();

        assert_eq!(BANK_BOOK.read::<DayResult>(Item::Result), None);
    });
}

#[test]
fn a_book_is_kept_of_a_day_after_the_agreements_end_and_none_once_it_has_closed() {
    build_and_execute(|| {
        // It closes a day after its end.
        chain(|chain| chain.end = Some(DAY_ONE.previous()));
        record(10);
        seal();
        run_worker();
        assert_eq!(BANK_BOOK.state(), None);

        chain(|chain| chain.end = Some(DAY_ONE));
        run_worker();
        assert!(BANK_BOOK.state().is_some());
    });
}
