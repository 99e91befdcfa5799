//! What the worker does for sides that defaulted: after all that is due.

use super::*;
use crate::{
    worker::{self, timer::BLOCK_LAG},
    Headers, Outcomes,
};
use counterfoil_primitives::Moment;

/// Runs the worker at `now`, in a node that holds the keys of `members`, and applies what it sends.
fn run_at(now: Moment, members: &[MemberId]) {
    world(|world| world.keys = members.iter().copied().collect());
    set_block_time(now);
    set_clock(now);
    worker::run::<Test>();
    apply_submitted();
}

/// The day is reconciled without the bank, which commits to `book` afterwards.
fn late_credit(book: &Book) {
    commit(DEBIT, &chain_book(DEBIT));
    assert_ok!(report_clean(RECONCILER, DEBIT));
    set_block_time(deadline());
    assert_ok!(mark_defaulted(CREDIT));
    assert!(Outcomes::<Test>::contains_key(AGREEMENT, DAY));
    commit(CREDIT, book);
}

fn asked() -> Vec<SideId> {
    let asked = world(|world| core::mem::take(&mut world.asked));
    asked.into_iter().map(|request| request.side_id).collect()
}

#[test]
fn a_late_side_is_fetched_and_reported_by_whoever_is_on_duty() {
    for member in [RECONCILER, COMPANY, BANK] {
        at_preset(300, || {
            late_credit(&broken_book());
            run_at(deadline() + BLOCK_LAG, &[member]);
            assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 3 });
        });
    }
}

#[test]
fn a_party_reports_its_own_late_side_without_fetching_it_where_it_is_clean() {
    at_preset(3, || {
        late_credit(&chain_book(CREDIT));
        world(|world| world.manners.insert(BANK, Manner::Unreachable));
        run_at(deadline() + BLOCK_LAG, &[BANK]);
        assert_eq!(asked(), vec![]);
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 0 });
    });
}

#[test]
fn a_side_that_defaulted_and_has_not_committed_is_left_alone() {
    at_preset(3, || {
        late_credit(&chain_book(CREDIT));
        world(|world| world.commitments.remove(&(CREDIT, 0)));
        run_at(deadline() + BLOCK_LAG, &[RECONCILER]);
        assert_eq!(asked(), vec![]);
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn what_is_left_over_of_a_late_report_is_removed_by_whoever_is_on_duty() {
    for member in [RECONCILER, COMPANY, BANK] {
        at_preset(300, || {
            let book = broken_book();
            late_credit(&book);
            let report = report_of(CREDIT, &book);
            set_block_time(late_until() - 1);
            assert_ok!(report_header(BANK, CREDIT, &report.header));
            run_at(late_until(), &[member]);
            assert_eq!(Headers::<Test>::iter().count(), 0);
            assert_eq!(status(CREDIT), SideStatus::Defaulted);
        });
    }
}

#[test]
fn a_late_side_is_left_alone_once_the_days_for_it_are_over() {
    for (by, breaks) in [(1, Some(3)), (0, None)] {
        at_preset(300, || {
            late_credit(&broken_book());
            run_at(late_until() - by, &[RECONCILER]);
            assert_eq!(status(CREDIT).breaks(), breaks);
        });
    }
}

#[test]
fn a_late_side_whose_book_cannot_be_fetched_is_asked_for_again_only_after_a_while() {
    at_preset(300, || {
        late_credit(&broken_book());
        world(|world| world.manners.insert(BANK, Manner::Unreachable));
        let first = deadline() + BLOCK_LAG;
        run_at(first, &[RECONCILER]);
        assert_eq!(asked(), vec![CREDIT]);
        run_at(first + 60_000, &[RECONCILER]);
        assert_eq!(asked(), vec![]);
        run_at(first + 300_000, &[RECONCILER]);
        assert_eq!(asked(), vec![CREDIT]);
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

/// The next day is due: both its sides have committed, and the late one is asked for last.
#[test]
fn days_that_are_due_come_before_late_ones() {
    at_preset(300, || {
        late_credit(&broken_book());
        let tomorrow = DAY.next();
        let sides = Side::BOTH.map(|side| SideId::new(AGREEMENT, tomorrow, side));
        let trades = (1_000..1_300).map(trade).collect();
        world(|world| {
            world.trades.insert(tomorrow, trades);
            world.sealed.insert(tomorrow);
        });
        for side_id in sides {
            commit(side_id, &broken_book_of(side_id));
        }
        run_at(preset() + 86_400_000 + BLOCK_LAG, &[RECONCILER]);
        let asked = asked();
        let first_late = asked.iter().position(|side_id| *side_id == CREDIT);
        let last_due = asked.iter().rposition(|side_id| side_id.day == tomorrow);
        assert!(first_late > last_due && last_due.is_some(), "{asked:?}");
        assert!(Outcomes::<Test>::contains_key(AGREEMENT, tomorrow));
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 3 });
    });
}

#[test]
fn a_run_fetches_one_late_side_at_most() {
    at_preset(300, || {
        for side_id in [DEBIT, CREDIT] {
            commit(side_id, &broken_book_of(side_id));
        }
        set_block_time(deadline());
        for side_id in [DEBIT, CREDIT] {
            assert_ok!(mark_defaulted(side_id));
        }
        run_at(deadline() + BLOCK_LAG, &[RECONCILER]);
        assert!(asked().iter().all(|side_id| *side_id == DEBIT));
        assert_eq!(status(DEBIT), SideStatus::ProvenLate { breaks: 3 });
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
        run_at(deadline() + BLOCK_LAG + 3_000, &[RECONCILER]);
        assert_eq!(status(CREDIT), SideStatus::ProvenLate { breaks: 3 });
    });
}
