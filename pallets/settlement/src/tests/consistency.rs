//! The check of storage finds obligations that contradict themselves.

use crate::{mock::*, DayObligations, Declared, Due, Obligations};
use counterfoil_primitives::{
    ports::OnReconciled,
    settlement::{Obligation, Period, Rail},
    AgreementId,
};
use frame_support::assert_ok;
use sp_runtime::DispatchError;

fn verdict() -> &'static str {
    match Settlement::do_try_state() {
        Ok(()) => "all is well",
        Err(DispatchError::Other(text)) => text,
        Err(other) => panic!("unexpected: {other:?}"),
    }
}

/// Changes what is stored of the obligation of [`DAY`].
fn tamper(change: impl FnOnce(&mut Obligation)) {
    assert_eq!(verdict(), "all is well");
    Obligations::<Test>::mutate(AGREEMENT, DAY, |obligation| {
        change(obligation.as_mut().expect("the day is reconciled"));
    });
}

/// What the check says after a day of `owed` was reconciled and its obligation changed.
fn verdict_on(owed: i128, change: impl FnOnce(&mut Obligation)) -> &'static str {
    externalities().execute_with(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, owed);
        tamper(change);
        verdict()
    })
}

/// What the check says after 300 of 500 were paid outside the chain, and this was done.
fn verdict_outside(change: impl FnOnce()) -> &'static str {
    externalities().execute_with(|| {
        outside(500);
        assert_ok!(declare(300, "B-1"));
        assert_ok!(acknowledge(0, "B-1", 300));
        assert_eq!(verdict(), "all is well");
        change();
        verdict()
    })
}

#[test]
fn an_obligation_that_is_not_the_sum_of_its_days_is_found() {
    assert_eq!(
        verdict_on(500, |obligation| obligation.amount = 501),
        "an obligation is not the sum of its days"
    );
}

#[test]
fn an_obligation_that_counts_another_number_of_days_is_found() {
    assert_eq!(
        verdict_on(500, |obligation| obligation.days = 2),
        "an obligation counts other days than are reconciled"
    );
}

#[test]
fn a_day_that_counts_towards_no_obligation_is_found() {
    for day in [DAY, DAY.next()] {
        externalities().execute_with(|| {
            if day != DAY {
                Settlement::on_reconciled(AGREEMENT, DAY, 500);
            }
            DayObligations::<Test>::insert(AGREEMENT, day, 500);
            assert_eq!(verdict(), "a day counts towards no obligation");
        });
    }
}

#[test]
fn a_whole_period_that_is_not_due_is_found() {
    assert_eq!(
        verdict_on(500, |obligation| obligation.due_since = None),
        "an obligation is due before all its days are reconciled, or not then"
    );
}

#[test]
fn a_period_under_way_that_is_due_is_found() {
    externalities().execute_with(|| {
        go_by(Period::Month, Rail::Asset(ASSET));
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        tamper(|obligation| obligation.due_since = Some(NOW));
        assert_eq!(
            verdict(),
            "an obligation is due before all its days are reconciled, or not then"
        );
    });
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
fn a_due_period_without_an_obligation_is_found() {
    externalities().execute_with(|| {
        Due::<Test>::insert(AGREEMENT, DAY, ());
        assert_eq!(verdict(), "a period is due without an obligation");
    });
}

#[test]
fn more_that_is_paid_than_is_owed_is_found() {
    assert_eq!(
        verdict_on(500, |obligation| obligation.paid = 501),
        "more was paid than is owed"
    );
}

#[test]
fn an_obligation_that_is_paid_whole_and_not_settled_is_found() {
    assert_eq!(
        verdict_on(500, |obligation| obligation.paid = 500),
        "an obligation is paid and something is left of it, or neither"
    );
}

#[test]
fn an_obligation_of_zero_that_was_paid_later_is_found() {
    assert_eq!(
        verdict_on(0, |obligation| obligation.paid_at = Some(NOW + 1)),
        "an obligation of zero did not settle itself"
    );
}

#[test]
fn another_amount_paid_than_the_creditor_kept_is_found() {
    assert_eq!(
        verdict_outside(|| {
            Obligations::<Test>::mutate(AGREEMENT, DAY, |obligation| {
                obligation.as_mut().expect("it is due").paid = 299;
            });
        }),
        "another amount is paid than the creditor kept"
    );
}

#[test]
fn more_that_is_declared_than_is_owed_is_found() {
    assert_eq!(
        verdict_outside(|| {
            assert_ok!(declare(200, "B-2"));
            Declared::<Test>::mutate(AGREEMENT, DAY, |declared| declared.list[1].amount = 201);
        }),
        "more is declared than is owed"
    );
}

#[test]
fn declarations_of_what_is_paid_in_an_asset_are_found() {
    externalities().execute_with(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Declared::<Test>::mutate(AGREEMENT, DAY, |declared| declared.next = 1);
        assert_eq!(
            verdict(),
            "payments are declared that the chain makes itself"
        );
    });
}

#[test]
fn declarations_without_an_obligation_are_found() {
    externalities().execute_with(|| {
        Declared::<Test>::mutate(AGREEMENT, DAY, |declared| declared.next = 1);
        assert_eq!(verdict(), "payments are declared without an obligation");
    });
}

#[test]
fn an_obligation_of_no_agreement_is_found() {
    const NO_AGREEMENT: AgreementId = 99;
    externalities().execute_with(|| {
        let obligation = Obligation::new(DAY, Rail::Asset(ASSET));
        Obligations::<Test>::insert(NO_AGREEMENT, DAY, obligation);
        assert_eq!(verdict(), "an obligation of no agreement");
    });
}

#[test]
fn an_obligation_of_a_day_before_the_agreement_is_found() {
    externalities().execute_with(|| {
        let before = DAY.previous();
        let obligation = Obligation {
            days: 1,
            due_since: Some(NOW),
            paid_at: Some(NOW),
            ..Obligation::new(before, Rail::Asset(ASSET))
        };
        Obligations::<Test>::insert(AGREEMENT, before, obligation);
        DayObligations::<Test>::insert(AGREEMENT, before, 0);
        assert_eq!(
            verdict(),
            "an obligation of a day that the agreement does not include"
        );
    });
}

#[test]
fn a_change_that_moves_what_is_due_to_another_period_is_found() {
    externalities().execute_with(|| {
        reconcile(DAY, DAY.next(), 500);
        assert_eq!(verdict(), "all is well");
        go_by(Period::Month, Rail::Asset(ASSET));
        let found = verdict();
        assert!(
            [
                "an obligation stands under a day with which no period begins",
                "a period that is due ends on another day now",
            ]
            .contains(&found),
            "{found}"
        );
    });
}
