mod owing_none;
mod periods;

use crate::{mock::*, worker::short_funds::PAUSE_MS};
use counterfoil_primitives::{day::MINUTE, ports::OnReconciled, BusinessDay};
use counterfoil_support::worker_lock;
use frame_support::{assert_err, assert_ok, traits::fungibles::Mutate};
use sp_runtime::transaction_validity::InvalidTransaction;

/// Leaves the lock of a run that died.
fn leave_locked() {
    worker_lock::try_take::<15_000>(b"counterfoil/settlement/lock")
        .expect("free")
        .forget();
}

#[test]
fn the_companys_node_pays_what_is_due() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(800);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| {
        assert!(is_paid(DAY));
        assert_eq!((balance(&company()), balance(&bank())), (300, 500));
    });
    assert_eq!(node.work_and_include(), vec![]);
}

#[test]
fn a_day_of_more_refunds_than_payments_is_paid_by_the_banks_node() {
    let mut node = Node::with_keys(&["Charlie"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(800);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| {
        assert!(is_paid(DAY));
        assert_eq!((balance(&bank()), balance(&company())), (300, 500));
    });
    assert_eq!(node.work_and_include(), vec![]);
}

#[test]
fn other_nodes_pay_nothing() {
    for (owed, keys) in [
        (500, &["Charlie", "Dave"][..]),
        (500, &[][..]),
        (-500, &["Bob", "Dave"][..]),
        (-500, &[][..]),
        (0, &["Bob", "Charlie"][..]),
    ] {
        let mut node = Node::with_keys(keys);
        node.chain(|| {
            Settlement::on_reconciled(AGREEMENT, DAY, owed);
            fund(500);
            fund_bank(500);
        });
        assert!(node.work().is_empty());
    }
}

#[test]
fn a_node_with_both_keys_pays_both_ways() {
    let mut node = Node::with_keys(&["Bob", "Charlie"]);
    let next = DAY.next();
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, next, -300);
        fund(500);
        fund_bank(300);
    });
    assert_eq!(node.work_and_include(), vec![Ok(()), Ok(())]);
    node.chain(|| {
        assert!(is_paid(DAY) && is_paid(next));
        assert_eq!((balance(&company()), balance(&bank())), (300, 500));
    });
}

#[test]
fn without_funds_the_worker_waits_and_pays_later() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(499);
    });
    assert!(node.work().is_empty());
    node.chain(|| {
        assert!(!is_paid(DAY));
        fund(1);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(DAY)));
}

#[test]
fn what_funds_allow_is_paid_the_oldest_day_first() {
    let mut node = Node::with_keys(&["Bob"]);
    let days: Vec<_> = (0..4).map(|ahead| BusinessDay(DAY.0 + ahead)).collect();
    node.chain(|| {
        for (day, owed) in days.iter().zip([300, 900, 400, 300]) {
            Settlement::on_reconciled(AGREEMENT, *day, owed);
        }
        fund(800);
    });
    assert_eq!(node.work_and_include(), vec![Ok(()), Ok(())]);
    node.chain(|| {
        let paid: Vec<_> = days.iter().map(|day| is_paid(*day)).collect();
        assert_eq!(paid, vec![true, false, true, false]);
        assert_eq!(balance(&company()), 100);
    });
}

#[test]
fn agreements_of_one_company_share_its_funds() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(SECOND_AGREEMENT, DAY, 500);
        fund(999);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| fund(1));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert_eq!((balance(&company()), balance(&bank())), (0, 1_000)));
}

#[test]
fn a_payment_submitted_twice_is_made_once() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(2_000);
    });
    let mut submitted = node.work();
    submitted.extend(node.work());
    let [first, second] = submitted.try_into().expect("one a run");
    node.chain(|| {
        assert_ok!(apply(first));
        assert_err!(apply(second), InvalidTransaction::Stale);
        assert_eq!(balance(&bank()), 500);
    });
}

#[test]
fn a_run_leaves_alone_what_another_is_at() {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        // A run that trapped, and so never gave its lock back.
        leave_locked();
    });
    assert!(node.work().is_empty());
    node.set_clock(NOW + MINUTE);
    assert_eq!(node.work().len(), 1);
}

#[test]
fn a_lock_that_was_left_while_the_clock_was_ahead_does_not_hold() {
    let mut node = Node::with_keys(&["Bob"]);
    node.set_clock(NOW + 24 * 60 * MINUTE);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        leave_locked();
    });
    assert!(node.work().is_empty());
    node.set_clock(NOW);
    assert_eq!(node.work().len(), 1);
}

#[test]
fn a_company_that_is_short_keeps_no_bank_of_the_same_node_from_paying() {
    let mut node = Node::with_keys(&["Bob", "Charlie"]);
    let next = DAY.next();
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(499);
    });
    assert!(node.work().is_empty());
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, next, -300);
        fund_bank(300);
    });
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(next) && !is_paid(DAY)));
}

#[test]
fn without_funds_the_banks_worker_waits_and_pays_later() {
    let mut node = Node::with_keys(&["Charlie"]);
    node.chain(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(499);
    });
    assert!(node.work().is_empty());
    node.chain(|| fund_bank(1));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| assert!(is_paid(DAY)));
}

#[test]
fn the_banks_worker_waits_for_funds_on_the_account_that_was_set_for_the_bank() {
    let mut node = Node::with_keys(&["Charlie"]);
    let later = BusinessDay(DAY.0 + 5);
    let named = sp_runtime::AccountId32::new([113; 32]);
    node.chain(|| {
        let staff = RuntimeOrigin::signed(account("Charlie"));
        assert_ok!(Registry::change_account(staff, later, named.clone()));
        Settlement::on_reconciled(AGREEMENT, later, -500);
        fund_bank(499);
    });
    assert!(node.work().is_empty());
    node.chain(|| {
        assert_ok!(Assets::mint_into(ASSET, &named, 500));
    });
    assert!(node.work().is_empty());
    node.chain(|| fund_bank(1));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    node.chain(|| {
        assert!(is_paid(later));
        assert_eq!((balance(&bank()), balance(&named)), (0, 500));
    });
}

/// A node of a company that owes for a number of days, and has not the money for any.
fn short_of_funds(days: u32) -> Node {
    let mut node = Node::with_keys(&["Bob"]);
    node.chain(|| {
        for ahead in 0..days {
            Settlement::on_reconciled(AGREEMENT, BusinessDay(DAY.0 + ahead), 500);
        }
        fund(499);
    });
    node
}

#[test]
fn days_that_cannot_be_paid_are_not_looked_at_in_every_run() {
    let mut node = short_of_funds(300);
    let first_look = node.idle_work();
    let next_run = node.idle_work();
    let with_one_day = {
        let mut node = short_of_funds(1);
        node.idle_work();
        node.idle_work()
    };
    assert!(first_look > 300 * 40, "{first_look}");
    // The trie around what is read is a little deeper.
    assert!(
        next_run < with_one_day + 2_000,
        "{next_run}, {with_one_day}"
    );

    node.set_clock(NOW + PAUSE_MS);
    assert!(node.idle_work() > 300 * 40);
}

#[test]
fn a_day_that_becomes_due_while_funds_are_short_is_paid_in_a_while() {
    let mut node = short_of_funds(1);
    assert!(node.work().is_empty());
    node.chain(|| Settlement::on_reconciled(AGREEMENT, BusinessDay(DAY.0 + 1), 400));
    assert!(node.work().is_empty());
    node.set_clock(NOW + PAUSE_MS);
    assert_eq!(node.work_and_include(), vec![Ok(())]);
}

#[test]
fn funds_that_come_end_the_pause() {
    let mut node = short_of_funds(2);
    assert!(node.work().is_empty());
    node.chain(|| fund(1));
    assert_eq!(node.work_and_include(), vec![Ok(())]);
}

#[test]
fn each_account_pays_the_days_that_are_its_own() {
    let mut node = Node::with_keys(&["Bob"]);
    let later = BusinessDay(DAY.0 + 5);
    let payer = sp_runtime::AccountId32::new([112; 32]);
    node.chain(|| {
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, COMPANY, later, payer.clone()));
        assert_ok!(Assets::mint_into(ASSET, &payer, 300));
        fund(500);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, later, 300);
    });
    assert_eq!(node.work_and_include(), vec![Ok(()), Ok(())]);
    node.chain(|| {
        assert!(is_paid(DAY) && is_paid(later));
        assert_eq!((balance(&company()), balance(&payer)), (0, 0));
    });
}

#[test]
fn a_day_whose_money_would_not_be_what_is_owed_is_not_submitted() {
    let mut node = Node::with_keys(&["Bob"]);
    let later = BusinessDay(DAY.0 + 5);
    node.chain(|| {
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, BANK, later, company()));
        fund(800);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, later, 300);
    });
    // The other day is paid all the same.
    assert_eq!(node.work_and_include(), vec![Ok(())]);
    assert!(node.work().is_empty());
    node.chain(|| {
        assert!(is_paid(DAY) && !is_paid(later));
        assert_eq!((balance(&company()), balance(&bank())), (300, 500));
    });
}
