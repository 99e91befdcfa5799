//! Limits: what they may be, and that they count at once.

use super::{create, set_limits};
use crate::{
    mock::*, AgreementSpec, Error, Event, Limits, MAX_AMEND_DAYS, MAX_ANSWER_DAYS, MAX_REFUND_DAYS,
};
use counterfoil_primitives::{ports::Directory, Amount, Caps};
use frame_support::{assert_noop, assert_ok};

#[test]
fn limits_are_above_zero() {
    with_members(|| {
        let wrong: [fn(&mut AgreementSpec); 4] = [
            |spec| spec.caps.pages = 0,
            |spec| spec.caps.extras = 0,
            |spec| spec.deadline_minutes = 0,
            |spec| spec.max_gross = Some(0),
        ];
        for change in wrong {
            let mut spec = spec();
            change(&mut spec);
            assert_noop!(create(spec), Error::<Test>::InvalidLimits);
        }
    });
}

#[test]
fn limits_change_at_once() {
    with_agreement(|| {
        let limits = Limits {
            caps: Caps {
                pages: 1,
                extras: 2,
            },
            max_gross: Some(8),
            deadline_minutes: 3,
            max_late_minutes: 4,
            refund_days: 5,
            amend_days: 6,
            answer_days: 7,
        };
        assert_ok!(set_limits(limits));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(
            Limits {
                caps: agreement.caps,
                max_gross: agreement.max_gross,
                deadline_minutes: agreement.deadline_minutes,
                max_late_minutes: agreement.max_late_minutes,
                refund_days: agreement.refund_days,
                amend_days: agreement.amend_days,
                answer_days: agreement.answer_days,
            },
            limits
        );
        assert_eq!(
            last_event(),
            Event::LimitsSet {
                agreement: AGREEMENT,
                limits,
            }
        );
    });
}

#[test]
fn a_deadline_stays_above_zero() {
    with_agreement(|| {
        let none = Limits {
            deadline_minutes: 0,
            ..Limits::from(&spec())
        };
        assert_noop!(set_limits(none), Error::<Test>::InvalidLimits);
    });
}

fn up_to(max_gross: Option<Amount>) -> Limits {
    Limits {
        max_gross,
        ..Limits::from(&spec())
    }
}

#[test]
fn the_largest_gross_amount_stays_above_zero() {
    with_agreement(|| {
        assert_noop!(set_limits(up_to(Some(0))), Error::<Test>::InvalidLimits);
        assert_ok!(set_limits(up_to(Some(1))));
    });
}

#[test]
fn an_agreement_may_have_no_largest_gross_amount_any_more() {
    with_members(|| {
        let bounded = AgreementSpec {
            max_gross: Some(70_000),
            ..spec()
        };
        assert_ok!(create(bounded));
        let max_gross = || Registry::agreement(9).expect("created").max_gross;
        assert_eq!(max_gross(), Some(70_000));
        assert_ok!(Registry::set_limits(RuntimeOrigin::root(), 9, up_to(None)));
        assert_eq!(max_gross(), None);
    });
}

#[test]
fn refunds_are_taken_for_ten_years_at_most() {
    with_agreement(|| {
        let given = |refund_days| AgreementSpec {
            refund_days,
            ..spec()
        };
        let set = |refund_days| set_limits(Limits::from(&given(refund_days)));
        let too_many = MAX_REFUND_DAYS + 1;
        assert_noop!(set(too_many), Error::<Test>::TooManyRefundDays);
        assert_noop!(create(given(too_many)), Error::<Test>::TooManyRefundDays);
        assert_ok!(set(MAX_REFUND_DAYS));
        assert_ok!(create(given(MAX_REFUND_DAYS)));
    });
}

#[test]
fn trades_are_amended_for_ten_years_at_most() {
    with_agreement(|| {
        let given = |amend_days| AgreementSpec {
            amend_days,
            ..spec()
        };
        let set = |amend_days| set_limits(Limits::from(&given(amend_days)));
        let too_many = MAX_AMEND_DAYS + 1;
        assert_noop!(set(too_many), Error::<Test>::TooManyAmendDays);
        assert_noop!(create(given(too_many)), Error::<Test>::TooManyAmendDays);
        assert_ok!(set(MAX_AMEND_DAYS));
        assert_ok!(create(given(MAX_AMEND_DAYS)));
    });
}

#[test]
fn an_agreement_may_take_no_refund_after_the_payments_day() {
    with_members(|| {
        assert_ok!(create(AgreementSpec {
            refund_days: 0,
            ..spec()
        }));
        let agreement = Registry::agreement(9).expect("created");
        assert_eq!(agreement.refund_days, 0);
    });
}

fn answered_within(answer_days: u16) -> AgreementSpec {
    AgreementSpec {
        answer_days,
        ..spec()
    }
}

#[test]
fn an_agreement_gives_a_day_to_a_year_to_answer_a_proposal() {
    for days in [0, MAX_ANSWER_DAYS + 1] {
        with_members(|| {
            assert_noop!(
                create(answered_within(days)),
                Error::<Test>::InvalidAnswerDays
            );
        });
    }
    for days in [1, MAX_ANSWER_DAYS] {
        with_members(|| {
            assert_ok!(create(answered_within(days)));
        });
    }
}

#[test]
fn the_time_to_answer_a_proposal_stays_within_a_day_and_a_year() {
    with_agreement(|| {
        let set = |days| set_limits(Limits::from(&answered_within(days)));
        for days in [0, MAX_ANSWER_DAYS + 1] {
            assert_noop!(set(days), Error::<Test>::InvalidAnswerDays);
        }
        for days in [1, MAX_ANSWER_DAYS] {
            assert_ok!(set(days));
        }
    });
}

#[test]
fn an_agreement_may_let_trades_be_amended_on_their_own_day_only() {
    with_agreement(|| {
        assert_ok!(set_limits(Limits {
            amend_days: 0,
            ..Limits::from(&spec())
        }));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert_eq!(agreement.amend_days, 0);
    });
}
