//! The check of storage finds what the commitments lack.

use super::*;
use crate::{Headers, Sides};
use sp_runtime::DispatchError;

fn verdict() -> &'static str {
    match Reconciliation::do_try_state() {
        Ok(()) => "all is well",
        Err(DispatchError::Other(text)) => text,
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

/// What the check says while the bank's commitment of `round` is gone.
fn verdict_without(round: Round) -> &'static str {
    let key = (CREDIT, round);
    let lost = world(|world| world.commitments.remove(&key)).expect("there is one to lose");
    let found = verdict();
    world(|world| world.commitments.insert(key, lost));
    found
}

/// Lets a book of the bank be rejected, as one with a false total.
fn reject_once() {
    commit(CREDIT, &broken_book());
    falsify_total(CREDIT, 1);
    report_whole(CREDIT, &report_of(CREDIT, &broken_book()));
}

#[test]
fn a_rejected_commitment_that_is_gone_is_found_though_no_other_has_come() {
    at_preset(300, || {
        reject_once();
        assert_eq!(Sides::<Test>::get(CREDIT).round, 1);
        assert_eq!(committed(CREDIT), None);
        assert_eq!(verdict(), "all is well");
        assert_eq!(verdict_without(0), "a rejected commitment is not kept");
    });
}

#[test]
fn the_first_of_two_rejected_commitments_that_is_gone_is_found() {
    at_preset(300, || {
        reject_once();
        reject_once();
        assert_eq!(Sides::<Test>::get(CREDIT).round, 2);
        assert_eq!(verdict(), "all is well");
        assert_eq!(verdict_without(0), "a rejected commitment is not kept");
    });
}

#[test]
fn a_proven_side_without_a_commitment_is_found() {
    at_preset(300, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert!(Headers::<Test>::get(CREDIT).is_none());
        assert_eq!(verdict(), "all is well");
        assert_eq!(
            verdict_without(0),
            "a side is reported without a commitment"
        );
    });
}

#[test]
fn a_header_without_a_commitment_is_found() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let header = report_of(CREDIT, &book).header;
        assert_ok!(report_header(RECONCILER, CREDIT, &header));
        assert_eq!(Sides::<Test>::get(CREDIT).proven, None);
        assert_eq!(verdict(), "all is well");
        assert_eq!(
            verdict_without(0),
            "a side is reported without a commitment"
        );
    });
}
