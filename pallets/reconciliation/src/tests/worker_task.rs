//! What: the worker's runs, from finalised state and the parties' nodes.

mod days;
mod witnesses;

use super::*;
use crate::{
    worker::{
        self,
        retry::{take_turn, Step},
        timer::{BLOCK_LAG, PATIENCE, PRESET_LAG},
    },
    Call, FullFetch, Outcomes, Sides,
};
use codec::Encode;
use counterfoil_primitives::book_exchange::Question;
use counterfoil_support::worker_lock::{self, CLOCK_STEP};
use sp_runtime::offchain::storage::StorageValueRef;

/// Lets every pause of the worker pass.
fn pass_pauses() {
    world(|world| world.clock += 20_000);
}

fn cursor() -> BusinessDay {
    let agreement = world(|world| world.agreement.clone());
    worker::local_state::advance_cursor::<Test>(AGREEMENT, &agreement)
}

fn asked() -> Vec<Question> {
    let asked = world(|world| core::mem::take(&mut world.asked));
    asked.into_iter().map(|request| request.question).collect()
}

#[test]
fn a_clean_day_is_reported_in_one_run() {
    at_preset(3, || {
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &chain_book(CREDIT));
        worker::run::<Test>();
        apply_submitted();
        assert!(Outcomes::<Test>::contains_key(AGREEMENT, DAY));
    });
}

#[test]
fn a_day_with_breaks_is_reported_in_one_run() {
    at_preset(300, || {
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &broken_book());
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
        assert!(Outcomes::<Test>::contains_key(AGREEMENT, DAY));
    });
}

#[test]
fn a_node_without_a_key_of_the_agreement_does_nothing() {
    at_preset(3, || {
        world(|world| world.keys.clear());
        commit(CREDIT, &chain_book(CREDIT));
        worker::run::<Test>();
        assert_eq!(submitted(), vec![]);
        assert_eq!(asked(), vec![]);
    });
}

#[test]
fn nothing_is_fetched_before_the_preset_time() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        set_clock(preset() + PRESET_LAG - PATIENCE - 1);
        worker::run::<Test>();
        assert_eq!(submitted(), vec![]);
        assert_eq!(asked(), vec![]);
    });
}

#[test]
fn a_run_waits_for_a_preset_time_that_is_about_to_come() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        set_clock(preset() + PRESET_LAG - PATIENCE);
        worker::run::<Test>();
        assert_eq!(world(|world| world.clock), preset() + PRESET_LAG);
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn a_day_that_nobody_sealed_is_sealed() {
    at_preset(3, || {
        world(|world| world.sealed.clear());
        worker::run::<Test>();
        assert_eq!(
            world(|world| world.seals.clone()),
            vec![(AGREEMENT, DAY, RECONCILER)]
        );
        assert_eq!(submitted(), vec![]);
    });
}

#[test]
fn sides_without_commitment_are_marked_overdue() {
    at_preset(3, || {
        commit(DEBIT, &chain_book(DEBIT));
        worker::run::<Test>();
        apply_submitted();
        assert!(Sides::<Test>::get(CREDIT).overdue);
        assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn an_overdue_side_is_not_marked_again() {
    at_preset(3, || {
        worker::run::<Test>();
        apply_submitted();
        pass_pauses();
        worker::run::<Test>();
        assert_eq!(submitted(), vec![]);
    });
}

#[test]
fn what_is_pending_is_not_sent_again_at_once() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        worker::run::<Test>();
        assert_eq!(submitted().len(), 2);
        worker::run::<Test>();
        assert_eq!(submitted(), vec![]);
        pass_pauses();
        worker::run::<Test>();
        assert_eq!(submitted().len(), 2);
    });
}

#[test]
fn a_side_without_commitment_defaults_at_the_deadline() {
    at_preset(3, || {
        set_block_time(deadline());
        set_clock(deadline() + BLOCK_LAG);
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Defaulted);
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_book_that_cannot_be_had_defaults_at_the_deadline() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        world(|world| world.manners.insert(BANK, Manner::Unreachable));
        set_block_time(deadline());
        set_clock(deadline() + BLOCK_LAG);
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_book_that_can_be_had_is_reported_even_after_the_deadline() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        set_block_time(deadline());
        set_clock(deadline() + BLOCK_LAG);
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_clean_side_is_sampled() {
    at_preset(5 * 256, || {
        commit(CREDIT, &chain_book(CREDIT));
        worker::run::<Test>();
        let asked = asked();
        let [Question::Slots(pages)] = &asked[..] else {
            panic!("{asked:?}")
        };
        assert!((1..=2).contains(&pages.len()));
        assert!(pages.iter().all(|page| *page < 5));
    });
}

#[test]
fn of_a_side_with_breaks_only_roots_and_differing_pages_are_fetched() {
    at_preset(5 * 256, || {
        let mut book = chain_book(CREDIT);
        book.slots[600] = None;
        book.extras = vec![unknown(1)];
        commit(CREDIT, &book);
        worker::run::<Test>();
        assert_eq!(
            asked(),
            vec![
                Question::Roots,
                Question::Slots(vec![2]),
                Question::Extras(vec![0])
            ]
        );
    });
}

#[test]
fn all_pages_of_a_clean_side_are_fetched_on_request() {
    at_preset(18 * 256, || {
        commit(CREDIT, &chain_book(CREDIT));
        FullFetch::<Test>::insert(AGREEMENT, DAY, ());
        worker::run::<Test>();
        assert_eq!(
            asked(),
            vec![
                Question::Slots((0..16).collect()),
                Question::Slots(vec![16, 17])
            ]
        );
    });
}

#[test]
fn all_pages_of_a_side_with_breaks_are_fetched_on_request() {
    at_preset(3 * 256, || {
        let mut book = chain_book(CREDIT);
        book.slots[300] = None;
        commit(CREDIT, &book);
        FullFetch::<Test>::insert(AGREEMENT, DAY, ());
        worker::run::<Test>();
        assert_eq!(
            asked(),
            vec![
                Question::Roots,
                Question::Slots(vec![0, 2]),
                Question::Slots(vec![1])
            ]
        );
    });
}

#[test]
fn once_the_header_is_accepted_only_missing_parts_are_fetched() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(BANK, CREDIT, &report.header));
        assert_ok!(report_slots(BANK, CREDIT, 0, &report.slots[0].1));
        worker::run::<Test>();
        assert_eq!(
            asked(),
            vec![Question::Slots(vec![1]), Question::Extras(vec![0])]
        );
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_book_with_too_many_differing_pages_is_rejected_by_its_header_alone() {
    at_preset(5 * 256, || {
        let mut book = chain_book(CREDIT);
        for page in 0..5 {
            book.slots[page * 256] = None;
        }
        commit(CREDIT, &book);
        worker::run::<Test>();
        assert_eq!(asked(), vec![Question::Roots]);
        apply_submitted();
        assert_eq!(Sides::<Test>::get(CREDIT).round, 1);
    });
}

#[test]
fn a_book_with_too_many_extras_is_rejected_without_asking() {
    at_preset(3, || {
        let mut book = chain_book(CREDIT);
        book.extras = (0..601).map(unknown).collect();
        commit(CREDIT, &book);
        worker::run::<Test>();
        assert_eq!(asked(), vec![]);
        apply_submitted();
        assert_eq!(Sides::<Test>::get(CREDIT).round, 1);
    });
}

#[test]
fn the_book_of_the_next_round_is_reported_by_its_own_commitment() {
    at_preset(300, || {
        let mut book = chain_book(CREDIT);
        book.extras = (0..601).map(unknown).collect();
        commit(CREDIT, &book);
        worker::run::<Test>();
        apply_submitted();
        commit(CREDIT, &broken_book());
        pass_pauses();
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_report_goes_on_after_the_caps_were_lowered() {
    at_preset(300, || {
        let mut book = broken_book();
        book.extras = (0..2).map(unknown).collect();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(BANK, CREDIT, &report.header));
        world(|world| world.agreement.caps.extras = 1);
        worker::run::<Test>();
        apply_submitted();
        assert!(matches!(status(CREDIT), SideStatus::Proven { .. }));
    });
}

#[test]
fn a_side_defaults_by_a_state_of_the_deadline_and_by_no_older_one() {
    at_preset(3, || {
        let marks = || {
            worker::run::<Test>();
            let calls = submitted();
            let is_default = |call: &&Call<Test>| matches!(call, Call::mark_defaulted { .. });
            calls.iter().filter(is_default).count()
        };
        set_clock(deadline() + worker::timer::BLOCK_LAG);
        set_block_time(deadline() - 1);
        assert_eq!(marks(), 0);
        set_block_time(deadline());
        assert_eq!(marks(), 2);
    });
}
