//! Whoever owes none of the days that are due.

use super::*;
use counterfoil_primitives::SignedAmount;

/// The node of one party, with money, where the other party owes for a number of days.
fn owing_none(bank: bool, days: u32) -> Node {
    let (name, owed) = if bank {
        ("Charlie", 500)
    } else {
        ("Bob", -500)
    };
    let mut node = Node::with_keys(&[name]);
    node.chain(|| {
        for ahead in 0..days {
            Settlement::on_reconciled(AGREEMENT, BusinessDay(DAY.0 + ahead), owed);
        }
        fund(1_000);
        fund_bank(1_000);
    });
    node
}

/// What the party of [`owing_none`] owes for a day.
fn own(bank: bool) -> SignedAmount {
    if bank {
        -300
    } else {
        300
    }
}

#[test]
fn days_that_the_other_party_owes_are_not_looked_at_in_every_run() {
    for bank in [true, false] {
        let mut node = owing_none(bank, 300);
        let first_look = node.idle_work();
        let next_run = node.idle_work();
        assert!(first_look > 300 * 40, "{first_look}");
        // A few levels of the trie, around the one day that is asked for.
        assert!(next_run < first_look / 3, "{next_run}, {first_look}");
        let one_day = owing_none(bank, 1).idle_work();
        assert!(next_run < one_day + 4_000, "{next_run}, {one_day}");

        node.set_clock(NOW + PAUSE_MS);
        assert!(node.idle_work() > 300 * 40);
    }
}

#[test]
fn the_next_day_is_paid_at_once_by_whoever_owed_none() {
    for bank in [true, false] {
        let mut node = owing_none(bank, 2);
        assert!(node.work().is_empty());
        // For this one nothing is owed, and the one after it ends the pause too.
        let settled = BusinessDay(DAY.0 + 2);
        node.chain(|| Settlement::on_reconciled(AGREEMENT, settled, 0));
        assert!(node.work().is_empty());
        node.chain(|| Settlement::on_reconciled(AGREEMENT, settled.next(), own(bank)));
        assert_eq!(node.work_and_include(), vec![Ok(())]);
        node.chain(|| assert!(is_paid(settled.next()) && !is_paid(DAY)));
    }
}

#[test]
fn a_day_out_of_its_turn_is_paid_in_a_while_by_whoever_owed_none() {
    for bank in [true, false] {
        let mut node = owing_none(bank, 2);
        assert!(node.work().is_empty());
        let ahead = BusinessDay(DAY.0 + 5);
        node.chain(|| Settlement::on_reconciled(AGREEMENT, ahead, own(bank)));
        assert!(node.work().is_empty());
        node.set_clock(NOW + PAUSE_MS);
        assert_eq!(node.work_and_include(), vec![Ok(())]);
    }
}
