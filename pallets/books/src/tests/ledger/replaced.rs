//! Another import before the preset time: its book takes the place of the one that was committed to.

use super::*;
use crate::Replacements;

/// A sealed day before its preset time, of which the bank has committed to a book of nine of ten lines.
fn committed_too_early() -> Commitment {
    ledger_day();
    chain(|chain| chain.before_preset = true);
    import(1, &lines(9), true);
    run_worker_and_apply();
    committed().expect("the worker commits")
}

/// Lets the pause after a call pass, and runs the worker twice: it makes a book, and commits to it.
fn run_on() {
    pass(30_000);
    run_worker_and_apply();
    run_worker_and_apply();
}

#[test]
fn another_import_before_the_preset_time_replaces_the_commitment() {
    build_and_execute(|| {
        let first = committed_too_early();
        import(2, &lines(10), true);
        run_on();

        assert_ne!(committed(), Some(first));
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(Replacements::<Test>::get(BANK_SIDE, 0), 1);
    });
}

#[test]
fn another_import_that_nobody_confirmed_replaces_nothing() {
    build_and_execute(|| {
        let first = committed_too_early();
        let before = bank_state();
        import(2, &lines(10), false);
        run_on();

        assert_eq!(committed(), Some(first));
        assert_eq!(bank_state(), before);
    });
}

#[test]
fn another_import_before_the_first_commitment_is_on_chain_is_committed_to_in_the_end() {
    build_and_execute(|| {
        ledger_day();
        chain(|chain| chain.before_preset = true);
        import(1, &lines(9), true);
        run_worker();
        let first = transactions();
        import(2, &lines(10), true);
        run_worker();
        for (member, call) in first {
            apply(member, call).expect("it came first");
        }
        run_on();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
        assert_eq!(Replacements::<Test>::get(BANK_SIDE, 0), 1);
    });
}

#[test]
fn an_import_confirmed_after_the_preset_time_leaves_the_book_that_was_committed_to() {
    build_and_execute(|| {
        let first = committed_too_early();
        let before = bank_state();
        chain(|chain| chain.before_preset = false);
        import(2, &lines(10), true);
        run_on();

        assert_eq!(committed(), Some(first));
        assert_eq!(bank_state(), before);
    });
}

/// The node made the book of the second import, and the preset time came before the chain took its
/// commitment: the party has to open the first one.
#[test]
fn a_book_whose_commitment_came_too_late_gives_way_to_the_one_that_was_committed_to() {
    build_and_execute(|| {
        let first = committed_too_early();
        let before = slots(BANK_BOOK);
        import(2, &lines(10), true);
        pass(30_000);
        run_worker();
        assert_eq!(sent().len(), 1);
        assert_ne!(slots(BANK_BOOK), before);

        chain(|chain| chain.before_preset = false);
        run_on();
        assert_eq!(committed(), Some(first));
        assert_eq!(slots(BANK_BOOK), before);
        assert_eq!(bank_state().generation, 1);
        let settled = bank_state();
        run_on();
        assert_eq!(bank_state(), settled);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn after_a_rejection_the_last_import_counts_again() {
    build_and_execute(|| {
        committed_too_early();
        import(2, &lines(10), true);
        pass(30_000);
        run_worker();
        sent();
        chain(|chain| chain.before_preset = false);
        run_on();
        assert_eq!(bank_state().generation, 1);

        reject(BANK_SIDE);
        run_on();
        assert_eq!(bank_state().generation, 2);
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_commitment_that_was_replaced_as_often_as_is_allowed_keeps_its_book() {
    build_and_execute(|| {
        let first = committed_too_early();
        Replacements::<Test>::insert(BANK_SIDE, 0, crate::MAX_REPLACEMENTS);
        let before = bank_state();
        import(2, &lines(10), true);
        run_on();

        assert_eq!(committed(), Some(first));
        assert_eq!(bank_state(), before);
    });
}

#[test]
fn the_same_lines_again_replace_nothing_on_chain() {
    build_and_execute(|| {
        let first = committed_too_early();
        import(2, &lines(9), true);
        run_on();

        assert_eq!(committed(), Some(first));
        assert_eq!(bank_state().generation, 2);
        assert_eq!(Replacements::<Test>::iter().count(), 0);
    });
}
