//! An agreement that ends: what is amended until it closes.

use crate::{mock::*, Error};
use counterfoil_primitives::amendment::{Correction, MissingPayment};
use frame_support::assert_ok;

/// A test with ten payments of [`CLIENT`] on the first day.
fn with_payments(test: impl FnOnce()) {
    build_and_execute(|| {
        record(CLIENT, 0..10);
        test();
    });
}

#[test]
fn under_an_agreement_that_has_closed_nothing_is_proposed() {
    with_payments(|| {
        close_from(3);
        set_time(at(3, 0, 0));
        assert_eq!(
            propose(BANK, cancel(&[(0, 0)])),
            error(Error::AgreementEnded)
        );
        set_time(at(2, 23, 59));
        assert_ok!(propose(BANK, cancel(&[(0, 0)])));
    });
}

#[test]
fn no_payment_of_a_day_after_the_end_is_stated() {
    with_payments(|| {
        end_from(1);
        set_time(at(1, 12, 0));
        let payment = |occurred_at| {
            let payment = MissingPayment {
                occurred_at,
                ..missing(99, GROSS)
            };
            propose(BANK, supplement(vec![payment]))
        };
        let correction = |occurred_at| {
            let right = Correction {
                occurred_at,
                ..right(0, GROSS)
            };
            propose(BANK, replace(vec![right]))
        };
        let ended = || error(Error::AgreementEnded);
        let end = at(1, 0, 0);
        assert_eq!([payment(end), correction(end)], [ended(), ended()]);
        assert_ok!(payment(end - 1));
        assert_ok!(correction(end - 1));
    });
}

#[test]
fn what_both_agreed_to_is_booked_after_the_end_of_the_agreement() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        end_from(1);
        set_time(at(1, 12, 0));
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        accept(number);
        assert_ok!(book(number, 1));
        assert_eq!(stored(day(1)).len(), 1);
    });
}

#[test]
fn under_an_agreement_that_has_closed_nothing_is_booked() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        close_from(2);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        accept(number);
        set_time(at(2, 0, 0));
        assert_eq!(book(number, 1), error(Error::AgreementEnded));
        set_time(at(1, 23, 59));
        assert_ok!(book(number, 1));
    });
}
