//! Periods, rails and releases, as the worker sees them.

use super::*;
use counterfoil_primitives::settlement::{Period, Rail};

const BY_MONTH: (Period, Rail) = (Period::Month, Rail::Asset(ASSET));

/// The company's node, with money, where each day from the first to `last` is reconciled.
fn by_month(last: &str) -> Node {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        go_by(BY_MONTH.0, BY_MONTH.1);
        reconcile(DAY, day(last), 10);
        fund(1_000);
    });
    node
}

#[test]
fn a_month_is_paid_once_when_its_last_day_is_reconciled() {
    let mut node = by_month("2024-10-30");
    assert!(node.work().is_empty());
    let last = day("2024-10-31");
    node.chain(|| reconcile(last, last, 10));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert_eq!(balance(&bank()), 280));
    assert!(node.work().is_empty());
}

#[test]
fn a_month_that_becomes_whole_out_of_its_turn_ends_the_pause() {
    let mut node = Node::with_keys(&["Charlie"]);
    let missing = day("2024-11-20");
    node.chain(|| {
        go_by(BY_MONTH.0, BY_MONTH.1);
        // The other party owes for October, and does not pay.
        reconcile(DAY, day("2024-10-31"), 10);
        reconcile(day("2024-11-01"), missing.previous(), -10);
        reconcile(missing.next(), day("2024-12-03"), -10);
        fund_bank(300);
    });
    assert!(node.work().is_empty());
    node.chain(|| reconcile(missing, missing, -10));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(day("2024-11-01"))));
}

#[test]
fn whoever_owes_none_of_the_due_months_pays_its_own_when_that_is_whole() {
    let mut node = Node::with_keys(&["Charlie"]);
    let last = day("2024-11-30");
    node.chain(|| {
        go_by(BY_MONTH.0, BY_MONTH.1);
        reconcile(DAY, day("2024-10-31"), 10);
        reconcile(day("2024-11-01"), last.previous(), -10);
        fund_bank(300);
    });
    assert!(node.work().is_empty());
    node.chain(|| reconcile(last, last, -10));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(day("2024-11-01")) && !is_paid(DAY)));
}

#[test]
fn what_waits_for_a_release_is_not_submitted_and_is_paid_in_a_while_after_it() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Exceeded::set(vec![(AGREEMENT, DAY)]);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
    });
    assert!(node.work().is_empty());
    node.chain(|| {
        assert_ok!(Settlement::release(by("Bob"), AGREEMENT, DAY));
    });
    node.set_clock(NOW + PAUSE_MS);
    assert_eq!(node.work_and_include(), vec![Ok(())]);
}

#[test]
fn what_waits_for_a_release_holds_up_no_later_day() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Exceeded::set(vec![(AGREEMENT, DAY)]);
        reconcile(DAY, DAY.next(), 500);
        fund(500);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(DAY.next()) && !is_paid(DAY)));
}

#[test]
fn what_is_paid_outside_the_chain_is_left_to_the_staff() {
    let mut node = Node::with_keys(&["Bob", "Charlie"]);
    node.chain(|| {
        outside(500);
        fund(500);
    });
    assert!(node.work().is_empty());
    node.chain(|| assert!(!is_paid(DAY)));
}

#[test]
fn an_asset_that_dies_keeps_no_period_in_another_one_from_being_paid() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        reconcile(DAY, DAY.next(), 500);
        crate::Obligations::<Test>::mutate(AGREEMENT, DAY, |owed| {
            owed.as_mut().expect("it is due").rail = Rail::Asset(ASSET + 1);
        });
        fund(500);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(DAY.next()) && !is_paid(DAY)));
}
