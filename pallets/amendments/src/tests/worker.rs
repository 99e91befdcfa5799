//! What the workers of bank and company submit.

use crate::{mock::*, MAX_STEP_TRADES};
use counterfoil_primitives::amendment::Standing;
use frame_support::assert_ok;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

#[test]
fn a_partys_node_books_step_by_step() {
    for party in [BANK, COMPANY] {
        let mut node = Node::with_keys(&[party]);
        let number = node.chain(accept_long);
        assert_eq!(node.work_and_include(), [Ok(())]);
        assert_eq!(node.chain(|| next_step(number)), Some(1));
        assert_eq!(node.work_and_include(), [Ok(())]);
        assert_eq!(node.chain(|| next_step(number)), None);
        assert!(node.work().is_empty());
    }
}

#[test]
fn other_nodes_book_nothing() {
    for keys in [&[][..], &[CLIENT, RECONCILER, OTHER][..]] {
        let mut node = Node::with_keys(keys);
        node.chain(accept_long);
        assert!(node.work().is_empty());
    }
}

#[test]
fn a_node_of_both_parties_submits_a_step_once() {
    let mut node = Node::with_keys(&[BANK, COMPANY]);
    node.chain(accept_long);
    assert_eq!(node.work().len(), 1);
}

#[test]
fn a_step_that_was_submitted_twice_is_booked_once() {
    let mut node = Node::with_keys(&[BANK]);
    node.chain(accept_long);
    let mut submitted = node.work();
    submitted.extend(node.work());
    let [first, second] = submitted.try_into().expect("one a run");
    node.chain(|| {
        assert_eq!(apply(first), Ok(Ok(())));
        let stale = TransactionValidityError::Invalid(InvalidTransaction::Stale);
        assert_eq!(apply(second), Err(stale));
    });
}

#[test]
fn a_partys_node_lets_lapse_what_nobody_answered() {
    let mut node = Node::with_keys(&[BANK]);
    let number = node.chain(|| {
        record(CLIENT, 0..1);
        put_up(COMPANY, cancel(&[(0, 0)]))
    });
    assert!(node.work().is_empty());
    node.chain(|| set_time(proposal(number).answer_until + 1));
    assert_eq!(node.work_and_include(), [Ok(())]);
    node.chain(|| {
        assert!(matches!(
            proposal(number).standing,
            Standing::Unresolved { .. }
        ));
    });
    assert!(node.work().is_empty());
}

#[test]
fn what_an_agreement_that_has_closed_left_unbooked_lapses() {
    let mut node = Node::with_keys(&[BANK]);
    let number = node.chain(|| {
        close_from(2);
        accept_long()
    });
    assert_eq!(node.work_and_include(), [Ok(())]);
    assert_eq!(node.chain(|| next_step(number)), Some(1));
    node.chain(|| set_time(at(2, 0, 0)));
    assert_eq!(node.work_and_include(), [Ok(())]);
    node.chain(|| {
        assert!(matches!(
            proposal(number).standing,
            Standing::Unresolved { .. }
        ));
    });
    assert!(node.work().is_empty());
}

#[test]
fn a_claim_is_left_to_its_proposer() {
    let mut node = Node::with_keys(&[BANK, COMPANY]);
    node.chain(|| {
        record(CLIENT, 0..1);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        assert_ok!(answer(BANK, number, false));
    });
    assert!(node.work().is_empty());
}

#[test]
fn on_a_full_day_no_step_is_submitted() {
    let mut node = Node::with_keys(&[BANK]);
    node.chain(|| {
        accept_long();
        MaxPagesPerDay::set(2);
        record(CLIENT, u64::from(MAX_STEP_TRADES) + 1..512);
    });
    assert!(node.work().is_empty());
    node.chain(|| set_time(at(1, 0, 1)));
    assert_eq!(node.work().len(), 1);
}
