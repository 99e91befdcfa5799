//! Imports that others replaced: their pages are cleared once the side has ended.

use super::*;
use crate::worker::lock_and_budget::PAGES_PER_RUN;
use counterfoil_primitives::{
    book_storage::{Cursor, IMPORT_PAGE},
    BusinessDay, SideId,
};

/// The pages that the database holds of the bank's import of a generation, of the first few.
fn pages_of(generation: u32) -> Vec<u32> {
    let is_stored = |page: &u32| {
        let page = *page;
        BANK_BOOK.holds(Item::ImportPage { generation, page })
    };
    (0..8).filter(is_stored).collect()
}

/// Begins an import of this number of pages, without anything in them.
fn import_pages(generation: u32, pages: u32) {
    for page in 0..pages {
        BANK_BOOK.write(
            Item::ImportPage { generation, page },
            &Vec::<LedgerEntry>::new(),
        );
    }
}

/// A day of which a third import is confirmed and committed to, after a long and a short one.
fn committed_third() {
    ledger_day();
    import(1, &vec![line(0); 3 * IMPORT_PAGE as usize + 1], false);
    import(2, &lines(9), true);
    import(3, &lines(10), true);
    run_worker_and_apply();
    assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
}

/// How far the worker of the bank's side is, where it has moved.
fn cursor() -> Option<Cursor> {
    let place = SideId::new(AGREEMENT, BusinessDay::default(), Side::Credit);
    StoredBook(place).read(Item::Cursor)
}

/// Proves the bank's side, and fixes what is owed.
fn prove() {
    set_status(BANK_SIDE, SideStatus::Proven { breaks: 0 });
    chain(|chain| chain.obligations.insert(DAY_ONE, (12, false)));
}

#[test]
fn imports_that_others_replaced_are_cleared_once_the_side_is_proven() {
    build_and_execute(|| {
        committed_third();
        run_worker();
        assert_eq!((pages_of(1), pages_of(2)), (vec![0, 1, 2, 3], vec![0]));

        prove();
        run_worker();
        assert_eq!((pages_of(1), pages_of(2)), (vec![], vec![]));
        assert_eq!(pages_of(3), [0]);
    });
}

#[test]
fn the_import_of_the_book_stays_though_a_later_one_came() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        run_worker_and_apply();
        import(2, &lines(9), false);
        import(3, &lines(8), false);
        prove();
        run_worker();
        assert_eq!(bank_state().generation, 1);
        assert_eq!([1, 2, 3].map(pages_of), [vec![0], vec![], vec![0]]);
    });
}

#[test]
fn while_a_side_may_be_proven_late_its_imports_stay() {
    build_and_execute(|| {
        committed_third();
        default_for_now(BANK_SIDE);
        chain(|chain| chain.obligations.insert(DAY_ONE, (12, true)));
        run_worker();
        assert_eq!(pages_of(2), [0]);

        chain(|chain| chain.late.clear());
        run_worker();
        assert!(pages_of(2).is_empty());
    });
}

#[test]
fn a_run_clears_a_limited_number_of_pages_and_the_next_one_the_rest() {
    build_and_execute(|| {
        ledger_day();
        import_pages(1, PAGES_PER_RUN + 2);
        import(2, &lines(10), true);
        run_worker_and_apply();
        prove();
        run_worker();
        assert_eq!(pages_of(1), [0, 1]);
        assert_eq!(cursor(), None);

        run_worker();
        assert!(pages_of(1).is_empty());
        assert_eq!(cursor().map(|cursor| cursor.next), Some(DAY_ONE.next()));
    });
}
