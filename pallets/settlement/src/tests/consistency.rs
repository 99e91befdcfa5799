//! The check of storage finds obligations that contradict themselves.

use crate::{mock::*, Due, Obligation, Obligations};
use counterfoil_primitives::{ports::OnReconciled, AgreementId};
use sp_runtime::DispatchError;

fn verdict() -> &'static str {
    match Settlement::do_try_state() {
        Ok(()) => "all is well",
        Err(DispatchError::Other(text)) => text,
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

/// What the check says after a day of `owed` was reconciled and its obligation changed.
fn verdict_on(owed: i128, change: impl FnOnce(&mut Obligation)) -> &'static str {
    externalities().execute_with(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, owed);
        assert_eq!(verdict(), "all is well");
        Obligations::<Test>::mutate(AGREEMENT, DAY, |obligation| {
            change(obligation.as_mut().expect("the day is reconciled"));
        });
        verdict()
    })
}

#[test]
fn an_obligation_of_either_party_that_is_paid_and_due_is_found() {
    for owed in [500, -500] {
        assert_eq!(
            verdict_on(owed, |obligation| obligation.paid_at = Some(NOW + 1)),
            "an obligation is due and paid, or neither"
        );
    }
}

#[test]
fn an_obligation_of_zero_that_was_paid_later_is_found() {
    assert_eq!(
        verdict_on(0, |obligation| obligation.paid_at = Some(NOW + 1)),
        "an obligation of zero did not settle itself"
    );
}

#[test]
fn a_due_day_without_an_obligation_is_found() {
    externalities().execute_with(|| {
        Due::<Test>::insert(AGREEMENT, DAY, ());
        assert_eq!(verdict(), "a day is due without an obligation");
    });
}

#[test]
fn an_obligation_of_no_agreement_is_found() {
    const NO_AGREEMENT: AgreementId = 99;
    externalities().execute_with(|| {
        let obligation = Obligation {
            amount: -500,
            asset: ASSET,
            due_since: NOW,
            paid_at: Some(NOW),
        };
        Obligations::<Test>::insert(NO_AGREEMENT, DAY, obligation);
        assert_eq!(verdict(), "an obligation of no agreement");
    });
}
