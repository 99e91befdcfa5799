//! Sides that defaulted, and are proven late.

use super::*;
use crate::{Event, Headers, Outcomes, Sides, SlotBreaks};
use counterfoil_primitives::ports::CommitRefused;

/// The bank's side defaults, and closes the day; it has committed to `book`, if to any.
fn default_credit(book: Option<&Book>) {
    commit(DEBIT, &chain_book(DEBIT));
    assert_ok!(report_clean(RECONCILER, DEBIT));
    if let Some(book) = book {
        commit(CREDIT, book);
    }
    set_block_time(deadline());
    assert_ok!(mark_defaulted(CREDIT));
}

#[test]
fn a_side_that_defaulted_without_a_commitment_may_commit_until_the_days_for_it_are_over() {
    at_preset(2, || {
        default_credit(None);
        set_block_time(late_until() - 1);
        assert_ok!(Reconciliation::may_commit(CREDIT));
        assert!(Reconciliation::may_be_proven_late(CREDIT));
        set_block_time(late_until());
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::TooLate)
        );
        assert!(!Reconciliation::may_be_proven_late(CREDIT));
    });
}

#[test]
fn a_side_that_is_not_marked_defaulted_does_not_commit_after_its_deadline() {
    at_preset(2, || {
        set_block_time(deadline());
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::TooLate)
        );
        assert!(!Reconciliation::may_be_proven_late(CREDIT));
    });
}

#[test]
fn the_breaks_of_a_late_side_are_recorded_and_its_day_stays_as_it_was() {
    at_preset(300, || {
        default_credit(None);
        let before = Outcomes::<Test>::get(AGREEMENT, DAY);
        let book = broken_book();
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 3 });
        assert_eq!(
            slot_breaks(CREDIT),
            [(3, Cause::Missing), (257, Cause::Missing)]
        );
        assert_eq!(Reconciliation::proven_extra_breaks(CREDIT).len(), 1);
        assert_eq!(Outcomes::<Test>::get(AGREEMENT, DAY), before);
        assert_eq!(before.unwrap().credit_breaks, None);
        assert_eq!(world(|world| world.reconciled.len()), 1);
        assert!(events().contains(&Event::SideProven {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            side: Side::Credit,
            breaks: 3,
            late: true,
        }));
    });
}

#[test]
fn a_commitment_from_before_the_default_is_proven_late() {
    at_preset(300, || {
        let book = broken_book();
        default_credit(Some(&book));
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 3 });
    });
}

#[test]
fn a_late_commitment_to_the_chains_own_book_is_proven_by_one_call_of_its_party() {
    at_preset(2, || {
        default_credit(None);
        commit(CREDIT, &chain_book(CREDIT));
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
        assert_ok!(report_clean(BANK, CREDIT));
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 0 });
    });
}

#[test]
fn a_late_side_takes_no_report_once_the_days_for_it_are_over() {
    at_preset(300, || {
        let book = broken_book();
        default_credit(Some(&book));
        let report = report_of(CREDIT, &book);
        set_block_time(late_until() - 1);
        assert_ok!(report_header(BANK, CREDIT, &report.header));
        set_block_time(late_until());
        assert_noop!(
            report_slots(BANK, CREDIT, 0, &report.slots[0].1),
            Error::<Test>::AlreadyDefaulted
        );
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
        assert_eq!(SlotBreaks::<Test>::iter().count(), 0);
    });
}

#[test]
fn a_late_report_that_is_not_whole_is_removed_once_the_days_for_it_are_over() {
    at_preset(300, || {
        let book = broken_book();
        default_credit(Some(&book));
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(BANK, CREDIT, &report.header));
        assert_ok!(report_slots(BANK, CREDIT, 0, &report.slots[0].1));
        let before = Outcomes::<Test>::get(AGREEMENT, DAY);
        set_block_time(late_until() - 1);
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::AlreadyDefaulted);
        assert_eq!(SlotBreaks::<Test>::iter().count(), 1);
        set_block_time(late_until());
        assert_ok!(mark_defaulted(CREDIT));
        assert_eq!(Headers::<Test>::iter().count(), 0);
        assert_eq!(SlotBreaks::<Test>::iter().count(), 0);
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
        assert_eq!(Outcomes::<Test>::get(AGREEMENT, DAY), before);
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::AlreadyDefaulted);
    });
}

#[test]
fn a_side_that_was_proven_late_keeps_its_breaks_once_the_days_for_it_are_over() {
    at_preset(300, || {
        let book = broken_book();
        default_credit(Some(&book));
        report_whole(CREDIT, &report_of(CREDIT, &book));
        set_block_time(late_until());
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::AlreadyProven);
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 3 });
    });
}

#[test]
fn a_late_side_is_proven_once() {
    at_preset(2, || {
        default_credit(None);
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(BANK, CREDIT));
        assert_noop!(report_clean(BANK, CREDIT), Error::<Test>::AlreadyProven);
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::AlreadyProven);
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::TooLate)
        );
    });
}

#[test]
fn a_late_book_that_is_rejected_leaves_the_next_round() {
    at_preset(2, || {
        default_credit(None);
        let mut book = chain_book(CREDIT);
        book.extras = (0..601).map(unknown).collect();
        commit(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &Default::default()));
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
        assert_ok!(Reconciliation::may_commit(CREDIT));
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 0 });
    });
}

#[test]
fn a_side_whose_rounds_are_used_up_is_not_proven_late() {
    at_preset(2, || {
        Sides::<Test>::mutate(CREDIT, |record| record.round = crate::MAX_ROUNDS);
        for round in 0..crate::MAX_ROUNDS {
            let own = commitment_of(CREDIT, &chain_book(CREDIT));
            world(|world| world.commitments.insert((CREDIT, round), own));
        }
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        assert!(!Reconciliation::may_be_proven_late(CREDIT));
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::NoMoreRounds)
        );
    });
}

#[test]
fn a_late_side_is_repaired_and_stays_one_that_defaulted() {
    at_preset(300, || {
        let book = broken_book();
        default_credit(Some(&book));
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_ok!(confirm_repair(BANK, CREDIT, repaired()));
        let summary = Reconciliation::side_summary(CREDIT);
        assert_eq!(summary.status, SideStatus::Repaired { breaks: 3 });
        assert!(summary.defaulted);
        assert!(Reconciliation::has_defaulted(CREDIT));
        assert!(!Reconciliation::has_defaulted(DEBIT));
    });
}

/// The other side is still open then: the outcome counts what was proven in time alone.
#[test]
fn breaks_that_were_proven_late_are_none_of_the_outcome() {
    at_preset(300, || {
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        let book = broken_book();
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert!(!Outcomes::<Test>::contains_key(AGREEMENT, DAY));
        assert_ok!(mark_defaulted(DEBIT));
        let outcome = Outcomes::<Test>::get(AGREEMENT, DAY).unwrap();
        assert_eq!((outcome.debit_breaks, outcome.credit_breaks), (None, None));
    });
}

#[test]
fn breaks_that_were_proven_late_are_none_of_the_result_that_their_party_is_told() {
    at_preset(300, || {
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        let book = broken_book();
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_ok!(mark_defaulted(DEBIT));
        let told: Vec<_> = events()
            .into_iter()
            .filter_map(|event| match event {
                Event::BankResult {
                    breaks, defaulted, ..
                } => Some((breaks, defaulted)),
                _ => None,
            })
            .collect();
        assert_eq!(told, [(0, true)]);
    });
}

#[test]
fn a_side_says_whether_it_is_too_late_to_prove_it_late() {
    at_preset(2, || {
        for (now, too_late) in [(late_until() - 1, false), (late_until(), true)] {
            set_block_time(now);
            let summary = Reconciliation::side_summary(CREDIT);
            assert_eq!(summary.late_until, Some(late_until()));
            assert_eq!(summary.too_late, too_late);
        }
    });
}

#[test]
fn a_side_says_whether_its_commitment_may_be_replaced_and_how_often_it_was() {
    at_preset(2, || {
        let shown = || {
            let summary = Reconciliation::side_summary(CREDIT);
            (summary.may_replace, summary.replacements)
        };
        set_block_time(preset() - 1);
        assert!(Reconciliation::is_before_preset(CREDIT));
        assert_eq!(shown(), (false, 0));
        commit(CREDIT, &chain_book(CREDIT));
        assert_eq!(shown(), (true, 0));
        world(|world| world.replacements.insert((CREDIT, 0), 16));
        assert_eq!(shown(), (false, 16));
        world(|world| world.replacements.insert((CREDIT, 0), 15));
        set_block_time(preset());
        assert!(!Reconciliation::is_before_preset(CREDIT));
        assert_eq!(shown(), (false, 15));
    });
}

#[test]
fn before_closed_days_a_commitment_may_be_replaced_for_as_many_days_more() {
    at_preset(2, || {
        let day_after = DAY.next();
        world(|world| world.closed = [day_after, day_after.next()].into());
        commit(CREDIT, &chain_book(CREDIT));
        let moved = preset() + 2 * 86_400_000;
        for (now, may_replace) in [(moved - 1, true), (moved, false)] {
            set_block_time(now);
            assert_eq!(Reconciliation::is_before_preset(CREDIT), may_replace);
            let summary = Reconciliation::side_summary(CREDIT);
            assert_eq!(summary.may_replace, may_replace);
        }
    });
}

#[test]
fn closed_days_give_no_more_days_for_a_late_proof() {
    at_preset(2, || {
        let unmoved = late_until();
        world(|world| world.closed = [DAY.next()].into());
        let summary = Reconciliation::side_summary(CREDIT);
        assert_eq!(summary.late_until, Some(unmoved));
    });
}

/// The deadline lies after the last day for a late proof.
#[test]
fn a_side_before_many_closed_days_commits_until_its_deadline_and_not_late() {
    at_preset(2, || {
        let closed = (1..=7).map(|ahead| BusinessDay(DAY.0 + ahead));
        world(|world| world.closed = closed.collect());
        commit(DEBIT, &chain_book(DEBIT));
        let moved = deadline() + 7 * 86_400_000;
        set_block_time(moved - 1);
        assert_ok!(Reconciliation::may_commit(CREDIT));
        set_block_time(moved);
        assert_ok!(report_clean(RECONCILER, DEBIT));
        assert_ok!(mark_defaulted(CREDIT));
        let summary = Reconciliation::side_summary(CREDIT);
        assert_eq!((summary.late_until, summary.too_late), (Some(moved), true));
        assert!(!Reconciliation::may_be_proven_late(CREDIT));
    });
}
