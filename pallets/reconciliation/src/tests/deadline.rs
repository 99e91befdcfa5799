//! Sides that do not commit in time, or are not proven in time.

use super::*;
use crate::{Event, Outcomes, SlotBreaks};
use counterfoil_primitives::{ports::CommitRefused, SideTotals};

#[test]
fn a_side_without_commitment_at_the_preset_time_is_overdue() {
    at_preset(2, || {
        assert_ok!(mark_overdue(CREDIT));
        assert!(Reconciliation::side_summary(CREDIT).overdue);
        assert!(!Reconciliation::side_summary(DEBIT).overdue);
    });
}

#[test]
fn an_overdue_side_is_marked_once() {
    at_preset(2, || {
        assert_ok!(mark_overdue(CREDIT));
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::AlreadyOverdue);
    });
}

#[test]
fn a_side_is_not_overdue_before_the_preset_time() {
    at_preset(2, || {
        set_block_time(preset() - 1);
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::BeforePreset);
    });
}

#[test]
fn a_side_is_not_overdue_while_its_day_is_not_sealed() {
    at_preset(2, || {
        world(|world| world.sealed.clear());
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::NotSealed);
    });
}

#[test]
fn a_side_with_commitment_is_not_overdue() {
    at_preset(2, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::Committed);
    });
}

#[test]
fn an_overdue_side_may_still_commit_and_be_proven() {
    at_preset(2, || {
        assert_ok!(mark_overdue(CREDIT));
        assert_ok!(Reconciliation::may_commit(CREDIT));
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
    });
}

#[test]
fn a_side_without_commitment_defaults_at_the_deadline() {
    at_preset(2, || {
        set_block_time(deadline() - 1);
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::BeforeDeadline);
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_side_before_a_closed_day_is_due_a_day_later() {
    const A_DAY: u64 = 86_400_000;
    at_preset(2, || {
        world(|world| world.closed = [DAY.next()].into());
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::BeforePreset);
        commit(DEBIT, &chain_book(DEBIT));
        assert_noop!(report_clean(RECONCILER, DEBIT), Error::<Test>::BeforePreset);
        set_block_time(preset() + A_DAY);
        assert_ok!(mark_overdue(CREDIT));
        assert_ok!(report_clean(RECONCILER, DEBIT));
        set_block_time(deadline() + A_DAY - 1);
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::BeforeDeadline);
        assert_ok!(Reconciliation::may_commit(CREDIT));
        set_block_time(deadline() + A_DAY);
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::TooLate)
        );
        assert_ok!(mark_defaulted(CREDIT));
    });
}

#[test]
fn a_commitment_alone_does_not_stop_the_clock() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
    });
}

#[test]
fn a_report_that_is_not_whole_does_not_stop_the_clock_and_is_void() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let report = report_of(CREDIT, &book);
        assert_ok!(report_header(RECONCILER, CREDIT, &report.header));
        assert_ok!(report_slots(RECONCILER, CREDIT, 0, &report.slots[0].1));
        set_block_time(deadline());
        let weight =
            Reconciliation::mark_defaulted(signed(RECONCILER), AGREEMENT, DAY, Side::Credit);
        assert_eq!(SlotBreaks::<Test>::iter().count(), 0);
        let of_three_parts =
            crate::weighing::mark_defaulted::<Test>(crate::AtDeadline::Defaulted(3));
        assert_eq!(weight.unwrap().actual_weight, Some(of_three_parts));
    });
}

#[test]
fn a_side_that_committed_to_the_chains_own_roots_does_not_default() {
    at_preset(2, || {
        commit(DEBIT, &chain_book(DEBIT));
        assert_ok!(report_clean(RECONCILER, DEBIT));
        commit(CREDIT, &chain_book(CREDIT));
        set_block_time(deadline());
        let marked = Reconciliation::mark_defaulted(signed(COMPANY), AGREEMENT, DAY, Side::Credit);
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
        assert_eq!(
            Outcomes::<Test>::get(AGREEMENT, DAY).unwrap().credit_breaks,
            Some(0)
        );
        let of_a_clean_side = crate::weighing::report_clean::<Test>();
        assert_eq!(marked.unwrap().actual_weight, Some(of_a_clean_side));
    });
}

#[test]
fn a_side_with_the_chains_roots_and_another_total_of_either_kind_defaults() {
    let falsities: [fn(&mut SideTotals); 2] =
        [|totals| totals.payments += 1, |totals| totals.refunds += 1];
    for falsify in falsities {
        at_preset(2, || {
            commit(CREDIT, &chain_book(CREDIT));
            falsify_totals(CREDIT, falsify);
            set_block_time(deadline());
            assert_ok!(mark_defaulted(CREDIT));
            assert_eq!(status(CREDIT), SideStatus::Defaulted);
        });
    }
}

#[test]
fn a_proven_side_does_not_default() {
    at_preset(2, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        set_block_time(deadline());
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::AlreadyProven);
    });
}

#[test]
fn a_defaulted_side_is_not_marked_again() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::AlreadyDefaulted);
        assert_noop!(mark_overdue(CREDIT), Error::<Test>::AlreadyDefaulted);
    });
}

#[test]
fn a_side_that_is_not_defaulted_yet_may_be_proven_after_the_deadline() {
    at_preset(2, || {
        commit(CREDIT, &chain_book(CREDIT));
        set_block_time(deadline());
        assert_ok!(report_clean(RECONCILER, CREDIT));
    });
}

#[test]
fn no_commitment_is_taken_after_the_deadline() {
    at_preset(2, || {
        set_block_time(deadline() - 1);
        assert_ok!(Reconciliation::may_commit(CREDIT));
        set_block_time(deadline());
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::TooLate)
        );
    });
}

#[test]
fn a_proven_side_takes_no_commitment() {
    at_preset(2, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_eq!(
            Reconciliation::may_commit(CREDIT),
            Err(CommitRefused::TooLate)
        );
    });
}

#[test]
fn a_day_of_an_unsealed_chain_does_not_default() {
    at_preset(2, || {
        world(|world| world.sealed.clear());
        set_block_time(deadline());
        assert_noop!(mark_defaulted(CREDIT), Error::<Test>::NotSealed);
    });
}

#[test]
fn a_day_with_a_defaulted_side_closes_on_the_chains_record() {
    at_preset(2, || {
        commit(DEBIT, &chain_book(DEBIT));
        assert_ok!(report_clean(RECONCILER, DEBIT));
        set_block_time(deadline());
        assert_ok!(mark_defaulted(CREDIT));
        let outcome = Outcomes::<Test>::get(AGREEMENT, DAY).unwrap();
        let owed = 2 * trade(0).credit;
        assert_eq!(outcome.obligation, owed as i128);
        assert_eq!(outcome.debit_breaks, Some(0));
        assert_eq!(outcome.credit_breaks, None);
        assert!(events().contains(&Event::DayReconciled {
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            obligation: owed as i128,
            obligation_in_words: owed_by_company(owed),
        }));
    });
}

#[test]
fn a_stranger_may_mark_nothing() {
    at_preset(2, || {
        set_block_time(deadline());
        assert_noop!(
            Reconciliation::mark_overdue(signed(STRANGER), AGREEMENT, DAY, Side::Debit),
            Error::<Test>::NotEntitled
        );
        let by = signed(STRANGER);
        let refused = Reconciliation::mark_defaulted(by, AGREEMENT, DAY, Side::Debit);
        assert_eq!(
            refused.map_err(|error| error.error),
            Err(Error::<Test>::NotEntitled.into())
        );
        assert_noop!(
            Reconciliation::request_full_fetch(signed(STRANGER), AGREEMENT, DAY),
            Error::<Test>::NotEntitled
        );
    });
}
