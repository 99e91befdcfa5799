//! What: the worker's runs, from finalised state and the parties' nodes.

use super::*;
use crate::{
    worker::{
        self,
        notes::{take_turn, Step},
        timer::{BLOCK_LAG, PATIENCE, PRESET_LAG},
    },
    Call, FullFetch, Outcomes, Sides,
};
use codec::Encode;
use counterfoil_primitives::fetch::Question;
use counterfoil_support::worker_lock::{self, CLOCK_STEP};
use sp_runtime::offchain::storage::StorageValueRef;

/// Lets every pause of the worker pass.
fn pass_pauses() {
    world(|world| world.clock += 20_000);
}

fn cursor() -> BusinessDay {
    let view = world(|world| world.view.clone());
    worker::notes::advance_cursor::<Test>(AGREEMENT, &view)
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
        assert_eq!(Sides::<Test>::get(CREDIT).rejections, 1);
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
        assert_eq!(Sides::<Test>::get(CREDIT).rejections, 1);
    });
}

/// The days, counted from the day itself, on which the worker finds the trades of these days among
/// the extras of a book, a number of days later.
fn witnessed(trades_on: &[i64], later: u64) -> Vec<Option<i64>> {
    let mut days = Vec::new();
    at_preset(3, || {
        let on = |distance: i64| BusinessDay((i64::from(DAY.0) + distance) as u32);
        let repeated = |distance: &i64| trade((100 + distance) as u64);
        world(|world| {
            world.view.first_day = on(-20);
            world.view.deadline_minutes = 60 * 24 * 60;
            world.now += later * 86_400_000;
            world.clock += later * 86_400_000;
            for distance in trades_on.iter().filter(|distance| **distance != 0) {
                world.trades.insert(on(*distance), vec![repeated(distance)]);
            }
        });
        let mut book = chain_book(CREDIT);
        let extra = |distance: &i64| match distance {
            0 => trade(1).entry(Side::Credit),
            _ => repeated(distance).entry(Side::Credit),
        };
        book.extras = trades_on.iter().map(extra).collect();
        commit(CREDIT, &book);
        worker::run::<Test>();
        let report = submitted().into_iter().find_map(|call| match call {
            Call::report_extras {
                day: DAY, extras, ..
            } => Some(extras),
            _ => None,
        });
        let witness = |witness: Witness| i64::from(witness.day.0) - i64::from(DAY.0);
        let extras = report.unwrap().into_iter();
        days = extras.map(|(_, at)| at.map(witness)).collect();
    });
    days
}

#[test]
fn witnesses_are_found_on_the_day_and_up_to_fourteen_days_away() {
    let days = [0, -1, 1, -4, 8, -14, 14];
    assert_eq!(witnessed(&days, 20), days.map(Some));
    assert_eq!(witnessed(&[-15, 15], 20), [None, None]);
}

#[test]
fn no_witness_is_looked_for_after_today() {
    // A day after its preset time it is the next day.
    assert_eq!(witnessed(&[1, 2], 0), [Some(1), None]);
}

#[test]
fn no_witness_is_looked_for_before_the_agreement() {
    let first = |first_day| {
        let mut found = None;
        at_preset(3, || {
            world(|world| {
                world.view.first_day = BusinessDay(DAY.0 - first_day);
                world.trades.insert(BusinessDay(DAY.0 - 2), vec![trade(70)]);
            });
            let mut book = chain_book(CREDIT);
            book.extras = vec![trade(70).entry(Side::Credit)];
            commit(CREDIT, &book);
            worker::run::<Test>();
            found = submitted().into_iter().find_map(|call| match call {
                Call::report_extras { extras, .. } => extras[0].1,
                _ => None,
            });
        });
        found.is_some()
    };
    assert!(first(2));
    assert!(!first(1));
}

#[test]
fn a_reconciled_day_is_left_behind() {
    at_preset(3, || {
        for key in [DEBIT, CREDIT] {
            commit(key, &chain_book(key));
            assert_ok!(report_clean(RECONCILER, key));
        }
        worker::run::<Test>();
        assert_eq!(submitted(), vec![]);
        assert_eq!(cursor(), BusinessDay(DAY.0 + 1));
    });
}

#[test]
fn a_day_that_is_stuck_does_not_hold_up_the_next() {
    at_preset(3, || {
        let tomorrow = BusinessDay(DAY.0 + 1);
        commit(DEBIT, &chain_book(DEBIT));
        world(|world| {
            world.manners.insert(COMPANY, Manner::Unreachable);
            world.sealed.insert(tomorrow);
            world.clock += 86_400_000;
            world.now += 86_400_000;
            world.view.deadline_minutes = 10_000;
        });
        let key = (AGREEMENT, tomorrow, Side::Credit);
        commit(key, &chain_book(key));
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(key), SideStatus::Proven { breaks: 0 });
        assert_eq!(status(DEBIT), SideStatus::Committed);
    });
}

#[test]
fn a_cursor_beyond_today_is_found_again() {
    at_preset(3, || {
        let name = ("counterfoil/reconciliation/cursor", AGREEMENT).encode();
        StorageValueRef::persistent(&name).set(&BusinessDay(4_000_000_000));
        assert_eq!(cursor(), DAY);
    });
}

#[test]
fn a_lock_that_was_left_while_the_clock_was_ahead_does_not_hold() {
    for job in ["marks", "reports"] {
        at_preset(3, || {
            commit(CREDIT, &chain_book(CREDIT));
            let name = format!("counterfoil/reconciliation/lock/{job}");
            let now = world(|world| world.clock);
            set_clock(now + 86_400_000);
            worker_lock::try_take::<60_000>(name.as_bytes())
                .unwrap()
                .forget();
            set_clock(now);
            worker::run::<Test>();
            apply_submitted();
            assert!(Sides::<Test>::get(DEBIT).overdue);
            assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
        });
    }
}

#[test]
fn a_clock_that_steps_back_a_little_ends_no_pause_and_one_that_was_ahead_leaves_none() {
    at_preset(3, || {
        let now = world(|world| world.clock);
        assert!(take_turn(CREDIT, Step::Report, now));
        assert!(!take_turn(CREDIT, Step::Report, now - 1));
        assert!(!take_turn(CREDIT, Step::Report, now - CLOCK_STEP));
        assert!(take_turn(CREDIT, Step::Report, now - CLOCK_STEP - 1));
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
        world(|world| world.view.caps.extras = 1);
        worker::run::<Test>();
        apply_submitted();
        assert!(matches!(status(CREDIT), SideStatus::Proven { .. }));
    });
}

#[test]
fn a_search_that_has_no_time_left_looks_at_the_day_alone() {
    at_preset(3, || {
        world(|world| {
            world.trades.insert(BusinessDay(DAY.0 + 1), vec![trade(71)]);
        });
        let view = world(|world| world.view.clone());
        let extras = [1, 71].map(|sequence| trade(sequence).entry(Side::Credit));
        let found = |until| {
            let witnesses = worker::witness::search::<Test>(&view, CREDIT, extras.iter(), until);
            let attached = witnesses.attach(&extras);
            attached
                .into_iter()
                .map(|(_, at)| at.is_some())
                .collect::<Vec<_>>()
        };
        let now = world(|world| world.clock);
        assert_eq!(found(now), [true, false]);
        assert_eq!(found(now + 1), [true, true]);
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
