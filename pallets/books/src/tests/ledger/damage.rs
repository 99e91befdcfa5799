//! Imports that are damaged, replaced or rejected, and books that are lost or defaulted.

use super::*;

#[test]
fn a_damaged_import_is_not_committed_to() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        let item = Item::ImportPage {
            generation: 1,
            page: 0,
        };
        let mut other = lines(10);
        other[0].amount += 1;
        BANK_BOOK.write(item, &other);
        run_worker();

        let state = bank_state();
        assert!(!state.frozen);
        assert_eq!(state.problem, Some(ImportProblem::ImportDamaged));
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_lost_page_of_an_import_is_damage() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        BANK_BOOK.clear(Item::ImportPage {
            generation: 1,
            page: 0,
        });
        run_worker();

        assert_eq!(bank_state().problem, Some(ImportProblem::ImportDamaged));
    });
}

#[test]
fn a_repaired_import_is_tried_again_after_a_minute() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        let item = Item::ImportPage {
            generation: 1,
            page: 0,
        };
        BANK_BOOK.clear(item);
        run_worker_and_apply();
        BANK_BOOK.write(item, &lines(10));
        run_worker_and_apply();
        assert_eq!(committed(), None);

        pass(MINUTE);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn another_import_is_tried_at_once() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        BANK_BOOK.clear(Item::ImportPage {
            generation: 1,
            page: 0,
        });
        run_worker_and_apply();
        import(2, &lines(10), true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn an_import_of_far_too_many_lines_is_refused() {
    build_and_execute(|| {
        ledger_day();
        import(
            1,
            &vec![line(77); alignment::MAX_EXTRAS as usize + 11],
            true,
        );
        run_worker();

        assert_eq!(bank_state().problem, Some(ImportProblem::TooManyExtras));
    });
}

#[test]
fn an_import_that_turns_out_to_be_of_another_day_is_refused() {
    build_and_execute(|| {
        ledger_day();
        import(1, &vec![line(77); alignment::MAX_EXTRAS as usize + 1], true);
        run_worker();

        assert_eq!(bank_state().problem, Some(ImportProblem::TooManyExtras));
    });
}

#[test]
fn a_committed_book_that_is_lost_comes_again_from_its_import() {
    build_and_execute(|| {
        book_of(|ledger| ledger.push(line(77)));
        let before = (bank_state(), slots(BANK_BOOK), stored_extras());
        BANK_BOOK.clear(Item::State);
        BANK_BOOK.clear(Item::Slots(0));
        BANK_BOOK.clear(Item::Extras(0));
        run_worker();

        assert_eq!((bank_state(), slots(BANK_BOOK), stored_extras()), before);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_damaged_page_of_a_committed_book_comes_again_from_its_import() {
    build_and_execute(|| {
        let (right, _) = book_of(|ledger| ledger[4].amount += 1);
        BANK_BOOK.write_slots(0, &[None; 10]);
        // One run finds it, the next makes the book again.
        run_worker();
        run_worker();

        assert_eq!(slots(BANK_BOOK), right);
    });
}

#[test]
fn a_damaged_page_of_extras_comes_again_from_its_import() {
    build_and_execute(|| {
        let (_, right) = book_of(|ledger| ledger.push(line(77)));
        BANK_BOOK.clear(Item::Extras(0));
        run_worker();
        run_worker();

        assert_eq!(stored_extras(), right);
    });
}

#[test]
fn a_committed_book_whose_import_is_damaged_too_comes_again_once_that_is_back() {
    build_and_execute(|| {
        let (right, _) = book_of(|ledger| ledger[4].amount += 1);
        let page = Item::ImportPage {
            generation: 1,
            page: 0,
        };
        let lines: Vec<LedgerEntry> = BANK_BOOK.read(page).unwrap();
        BANK_BOOK.write_slots(0, &[None; 10]);
        BANK_BOOK.clear(page);
        run_worker();
        run_worker();
        assert_eq!(bank_state().problem, Some(ImportProblem::ImportDamaged));

        BANK_BOOK.write(page, &lines);
        pass(MINUTE);
        run_worker();
        assert!(bank_state().frozen);
        assert_eq!(slots(BANK_BOOK), right);
    });
}

#[test]
fn a_rejected_book_waits_for_another_import() {
    build_and_execute(|| {
        book_of(Vec::clear);
        reject(BANK_SIDE);
        pass(30_000);
        run_worker_and_apply();
        assert_eq!(committed(), None);

        import(2, &lines(10), true);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn the_rejected_lines_imported_again_leave_room_for_another_import() {
    build_and_execute(|| {
        book_of(Vec::clear);
        reject(BANK_SIDE);
        import(2, &[], true);
        pass(30_000);
        run_worker_and_apply();
        assert_eq!(committed(), None);
        assert_eq!(bank_state().round, 0);

        import(3, &lines(10), true);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_rejected_book_whose_state_is_lost_leaves_room_for_another_import() {
    build_and_execute(|| {
        book_of(Vec::clear);
        reject(BANK_SIDE);
        BANK_BOOK.clear(Item::State);
        pass(30_000);
        run_worker_and_apply();
        assert_eq!(committed(), None);
        assert_eq!(bank_state().round, 0);
    });
}

#[test]
fn after_the_last_rejection_another_import_is_not_committed_to() {
    build_and_execute(|| {
        book_of(Vec::clear);
        reject(BANK_SIDE);
        import(2, &lines(9), true);
        pass(30_000);
        run_worker_and_apply();
        assert!(committed().is_some());
        reject(BANK_SIDE);

        import(3, &lines(10), true);
        pass(30_000);
        run_worker();
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_run_on_a_block_before_the_rejection_leaves_the_next_book_alone() {
    build_and_execute(|| {
        book_of(Vec::clear);
        reject(BANK_SIDE);
        import(2, &lines(10), true);
        pass(30_000);
        run_worker();
        assert_eq!(sent().len(), 1);
        let next = bank_state();
        assert_eq!(next.round, 1);

        chain(|chain| chain.rounds.clear());
        run_worker();
        assert_eq!(bank_state(), next);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_defaulted_ledger_is_left_as_it_is() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        set_status(BANK_SIDE, SideStatus::Defaulted);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
        assert_eq!(sent(), vec![]);
    });
}
