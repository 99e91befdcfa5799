//! Who: a party's node does what the reconciler left undone, later.

use super::*;
use crate::{
    worker::{self, timer::BLOCK_LAG},
    Outcomes, Sides,
};
use counterfoil_primitives::Moment;

/// Halfway from the preset time to the deadline.
fn halfway() -> Moment {
    preset() + (deadline() - preset()) / 2
}

/// Runs the worker at `now`, in a node that holds the keys of `members`.
fn run_at(now: Moment, members: &[MemberId]) {
    world(|world| world.keys = members.iter().copied().collect());
    set_block_time(now);
    set_clock(now);
    worker::run::<Test>();
}

fn commit_both() {
    commit(DEBIT, &chain_book(DEBIT));
    commit(CREDIT, &broken_book());
}

#[test]
fn a_party_reports_both_sides_that_the_reconciler_left() {
    for party in [COMPANY, BANK] {
        at_preset(300, || {
            commit_both();
            run_at(halfway(), &[party]);
            apply_submitted();
            assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 0 });
            assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
            assert!(Outcomes::<Test>::contains_key(AGREEMENT, DAY));
        });
    }
}

#[test]
fn a_party_asks_for_books_in_its_own_name() {
    at_preset(300, || {
        commit_both();
        run_at(halfway(), &[BANK]);
        let asked = world(|world| core::mem::take(&mut world.asked));
        assert!(!asked.is_empty());
        assert!(asked.iter().all(|request| request.requester == BANK));
    });
}

#[test]
fn a_party_neither_fetches_nor_reports_before_its_turn() {
    at_preset(300, || {
        commit_both();
        run_at(halfway() - 1, &[COMPANY, BANK]);
        assert_eq!(submitted(), vec![]);
        assert_eq!(world(|world| world.asked.len()), 0);
    });
}

#[test]
fn a_party_reports_only_what_the_reconciler_left() {
    at_preset(300, || {
        commit_both();
        assert_ok!(report_clean(RECONCILER, DEBIT));
        run_at(halfway(), &[BANK]);
        let of_debit = submitted()
            .iter()
            .filter(|call| matches!(call, crate::Call::report_clean { .. }))
            .count();
        assert_eq!(of_debit, 0);
    });
}

#[test]
fn a_party_whose_own_book_is_awaited_asks_for_no_other_while_it_may_commit_late() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        for moment in [deadline() - 1, deadline() + BLOCK_LAG, late_until() - 1] {
            run_at(moment, &[COMPANY]);
            assert_eq!(world(|world| world.asked.len()), 0, "{moment}");
        }
        set_clock(late_until());
        worker::run::<Test>();
        assert_eq!(world(|world| world.asked.len()), 0, "by the clock alone");
        run_at(late_until(), &[COMPANY]);
        assert!(world(|world| !world.asked.is_empty()));
    });
}

#[test]
fn a_party_that_defaulted_without_a_book_asks_for_no_other_until_it_has_committed_late() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        set_block_time(deadline());
        assert_ok!(mark_defaulted(DEBIT));
        run_at(deadline() + BLOCK_LAG, &[COMPANY]);
        assert_eq!(world(|world| world.asked.len()), 0);
        commit(DEBIT, &broken_book_of(DEBIT));
        run_at(deadline() + BLOCK_LAG + 60_000, &[COMPANY]);
        let asked = world(|world| core::mem::take(&mut world.asked));
        assert!(asked.iter().any(|request| request.side_id == CREDIT));
    });
}

#[test]
fn a_party_that_may_not_commit_any_more_asks_for_the_other_book_before_the_deadline() {
    at_preset(300, || {
        let book = broken_book_of(DEBIT);
        for _ in 0..crate::MAX_ROUNDS {
            commit(DEBIT, &book);
            falsify_total(DEBIT, 1);
            report_whole(DEBIT, &report_of(DEBIT, &book));
        }
        assert_eq!(status(DEBIT), SideStatus::Awaited);
        commit(CREDIT, &broken_book());
        run_at(deadline() - 1, &[COMPANY]);
        assert!(world(|world| !world.asked.is_empty()));
    });
}

#[test]
fn a_party_seals_a_day_from_the_preset_time_on() {
    at_preset(3, || {
        world(|world| world.sealed.clear());
        run_at(preset() + BLOCK_LAG - 1, &[COMPANY]);
        assert_eq!(world(|world| world.seals.clone()), vec![]);
        run_at(preset() + BLOCK_LAG, &[COMPANY]);
        assert_eq!(
            world(|world| world.seals.clone()),
            vec![(AGREEMENT, DAY, COMPANY)]
        );
    });
}

#[test]
fn a_party_marks_the_other_one_overdue_and_defaulted() {
    at_preset(3, || {
        run_at(halfway(), &[COMPANY]);
        apply_submitted();
        assert!(Sides::<Test>::get(CREDIT).overdue);
        run_at(deadline() + BLOCK_LAG, &[COMPANY]);
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_node_that_holds_all_keys_acts_for_the_reconciler_at_once() {
    at_preset(300, || {
        commit_both();
        run_at(preset() + BLOCK_LAG, &[COMPANY, BANK, RECONCILER]);
        let asked = world(|world| core::mem::take(&mut world.asked));
        assert!(!asked.is_empty());
        assert!(asked.iter().all(|request| request.requester == RECONCILER));
    });
}

/// Past the deadline; a party's node may mark what it cannot have only later.
fn late(by: Moment) -> Moment {
    let agreement = world(|world| world.agreement.clone());
    agreement.stand_in_defaults_of(DAY).unwrap() + by
}

fn defaults(side_id: SideId) -> usize {
    let is_default = |call: &crate::Call<Test>| {
        matches!(call, crate::Call::mark_defaulted { agreement, day, side, .. }
            if SideId::new(*agreement, *day, *side) == side_id)
    };
    submitted().iter().filter(|call| is_default(call)).count()
}

#[test]
fn a_party_that_cannot_have_a_book_leaves_the_side_to_the_reconciler_for_a_while() {
    at_preset(300, || {
        commit_both();
        world(|world| world.manners.insert(COMPANY, Manner::Unreachable));
        run_at(late(0) - 1, &[BANK]);
        assert_eq!(defaults(DEBIT), 0);
        run_at(late(60_000), &[BANK]);
        assert_eq!(defaults(DEBIT), 1);
    });
}

/// It may commit late for weeks, and looks at no other book until then: the day does not wait for that.
#[test]
fn a_party_that_may_not_look_at_a_book_leaves_the_side_to_the_others_for_a_while() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        set_block_time(deadline());
        assert_ok!(mark_defaulted(DEBIT));
        run_at(late(0) - 1, &[COMPANY]);
        assert_eq!(defaults(CREDIT), 0);
        run_at(late(0), &[COMPANY]);
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Defaulted);
        assert!(Outcomes::<Test>::contains_key(AGREEMENT, DAY));
        assert_eq!(world(|world| world.asked.len()), 0);
    });
}

#[test]
fn before_a_closed_day_a_side_that_a_party_may_not_look_at_is_left_to_the_others_for_a_day_more() {
    const A_DAY: Moment = 86_400_000;
    at_preset(300, || {
        world(|world| world.closed = [DAY.next()].into());
        commit(CREDIT, &broken_book());
        set_block_time(deadline() + A_DAY);
        assert_ok!(mark_defaulted(DEBIT));
        run_at(late(A_DAY) - 1, &[COMPANY]);
        assert_eq!(defaults(CREDIT), 0);
        run_at(late(A_DAY), &[COMPANY]);
        assert_eq!(defaults(CREDIT), 1);
    });
}

#[test]
fn a_party_never_says_that_its_own_side_defaulted_because_it_does_not_reach_itself() {
    at_preset(300, || {
        commit_both();
        world(|world| world.manners.insert(COMPANY, Manner::Unreachable));
        run_at(late(60_000), &[COMPANY]);
        assert_eq!(defaults(DEBIT), 0);
    });
}

#[test]
fn a_party_reports_its_own_clean_side_without_reaching_itself() {
    at_preset(300, || {
        commit_both();
        world(|world| world.manners.insert(COMPANY, Manner::Unreachable));
        run_at(halfway(), &[COMPANY]);
        let asked_itself = world(|world| {
            world
                .asked
                .iter()
                .any(|request| request.addressee == COMPANY)
        });
        assert!(!asked_itself);
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn a_party_fetches_its_own_side_with_breaks_as_any_other() {
    at_preset(300, || {
        commit(DEBIT, &broken_book_of(DEBIT));
        run_at(halfway(), &[COMPANY]);
        assert!(world(|world| world
            .asked
            .iter()
            .any(|request| request.addressee == COMPANY)));
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_clean_side_that_nobody_can_fetch_is_proven_at_the_deadline() {
    at_preset(300, || {
        commit_both();
        world(|world| world.manners.insert(COMPANY, Manner::Unreachable));
        run_at(deadline() + BLOCK_LAG, &[RECONCILER]);
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 0 });
    });
}
