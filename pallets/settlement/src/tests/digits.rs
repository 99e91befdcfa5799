//! A day that is given by the digits of its date.

use crate::{mock::*, Due, Error, Event};
use counterfoil_primitives::{ports::OnReconciled, BusinessDay};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::transaction_validity::InvalidTransaction;

/// The date of [`DAY`], 2024-10-04.
const DIGITS: BusinessDay = BusinessDay(20_241_004);
const NO_DATE: BusinessDay = BusinessDay(20_241_032);

#[test]
fn a_day_is_paid_by_the_digits_of_its_date() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        let bob = RuntimeOrigin::signed(account("Bob"));
        assert_ok!(Settlement::pay(bob, AGREEMENT, DIGITS));
        assert!(!Due::<Test>::contains_key(AGREEMENT, DAY));
        assert!(matches!(events().pop(), Some(Event::Paid { day: DAY, .. })));
    });
}

#[test]
fn digits_of_no_date_pay_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        let bob = RuntimeOrigin::signed(account("Bob"));
        assert_noop!(
            Settlement::pay(bob, AGREEMENT, NO_DATE),
            Error::<Test>::NoSuchDate
        );
        assert_eq!(
            validate(payment("Bob", AGREEMENT, NO_DATE)),
            Err(InvalidTransaction::Call.into())
        );
    });
}

#[test]
fn the_pool_knows_a_day_by_its_number_and_by_its_date_as_one() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        let tags = |day| validate(payment("Bob", AGREEMENT, day)).map(|valid| valid.provides);
        assert!(tags(DIGITS).is_ok());
        assert_eq!(tags(DIGITS), tags(DAY));
    });
}
