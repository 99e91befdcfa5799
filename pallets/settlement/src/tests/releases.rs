//! A payment that waits for the debtor's staff, since a client went beyond its limits.

use crate::{mock::*, Due, Error, Event};
use codec::Encode;
use counterfoil_primitives::{
    ports::OnReconciled,
    refusal::FIRST_OF_PAYMENTS,
    settlement::{Period, Rail, Release},
    SignedAmount,
};
use frame_support::{assert_err, assert_noop, assert_ok};
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

/// A day of `owed` on which a client went beyond its limits is reconciled.
fn exceeded(owed: SignedAmount) {
    Exceeded::set(vec![(AGREEMENT, DAY)]);
    Settlement::on_reconciled(AGREEMENT, DAY, owed);
}

#[test]
fn a_day_beyond_limits_waits_for_the_debtors_release() {
    for (owed, debtor) in [(500, COMPANY), (-500, BANK)] {
        build_and_execute(|| {
            exceeded(owed);
            assert_eq!(obligation(DAY).release, Release::Awaited);
            assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
            assert_eq!(
                events().pop(),
                Some(Event::ReleaseAwaited {
                    agreement: AGREEMENT,
                    day: DAY,
                    date: "2024-10-04".try_into().unwrap(),
                    debtor,
                })
            );
        });
    }
}

#[test]
fn a_day_within_limits_waits_for_nobody() {
    build_and_execute(|| {
        Exceeded::set(vec![(AGREEMENT, DAY.next()), (SECOND_AGREEMENT, DAY)]);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(obligation(DAY).release, Release::NotNeeded);
        assert_eq!(events().len(), 1);
    });
}

#[test]
fn a_payment_that_waits_is_refused_by_name_until_it_is_released() {
    build_and_execute(|| {
        exceeded(500);
        fund(500);
        assert_noop!(
            Settlement::pay(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::ReleaseAwaited
        );
        let index = Error::<Test>::ReleaseAwaited.encode()[0];
        assert_err!(
            validate(payment("Bob", AGREEMENT, DAY)),
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
        );

        set_clock(NOW + 7);
        assert_ok!(Settlement::release(by("Bob"), AGREEMENT, DAY));
        assert_eq!(obligation(DAY).release, Release::Given { at: NOW + 7 });
        assert_eq!(
            events().pop(),
            Some(Event::Released {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                debtor: COMPANY,
            })
        );
        assert_ok!(Settlement::pay(by("Bob"), AGREEMENT, DAY));
        assert!(is_paid(DAY));
    });
}

#[test]
fn a_declaration_that_waits_is_refused_until_it_is_released() {
    build_and_execute(|| {
        go_by(Period::Day, Rail::External);
        exceeded(500);
        let declare = || {
            let reference = reference("B-1");
            Settlement::declare(by("Bob"), AGREEMENT, DAY, 500, DAY, reference)
        };
        assert_noop!(declare(), Error::<Test>::ReleaseAwaited);
        assert_ok!(Settlement::release(by("Bob"), AGREEMENT, DAY));
        assert_ok!(declare());
    });
}

#[test]
fn one_day_beyond_limits_holds_up_its_whole_period() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::Asset(ASSET));
        Exceeded::set(vec![(AGREEMENT, day("2024-10-10"))]);
        reconcile(DAY, day("2024-10-30"), 10);
        assert_noop!(
            Settlement::release(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::NotDue
        );
        let last = day("2024-10-31");
        reconcile(last, last, 10);
        assert!(matches!(
            events().pop(),
            Some(Event::ReleaseAwaited { day: DAY, .. })
        ));
        assert_ok!(Settlement::release(by("Bob"), AGREEMENT, day("2024-10-20")));
    });
}

#[test]
fn the_debtor_alone_releases() {
    build_and_execute(|| {
        exceeded(-500);
        assert_noop!(
            Settlement::release(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::NotTheDebtor
        );
        assert_noop!(
            Settlement::release(by("Ferdie"), AGREEMENT, DAY),
            DispatchError::BadOrigin
        );
        assert_ok!(Settlement::release(by("Charlie"), AGREEMENT, DAY));
    });
}

#[test]
fn what_is_released_or_needs_no_release_is_not_released() {
    build_and_execute(|| {
        exceeded(500);
        assert_ok!(Settlement::release(by("Bob"), AGREEMENT, DAY));
        assert_noop!(
            Settlement::release(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::NoReleaseAwaited
        );
        let next = DAY.next();
        Settlement::on_reconciled(AGREEMENT, next, 500);
        assert_noop!(
            Settlement::release(by("Bob"), AGREEMENT, next),
            Error::<Test>::NoReleaseAwaited
        );
    });
}

#[test]
fn nothing_owed_beyond_limits_settles_itself() {
    build_and_execute(|| {
        exceeded(0);
        assert!(is_paid(DAY));
        assert_eq!(events().len(), 1);
        assert_noop!(
            Settlement::release(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::AlreadyPaid
        );
    });
}
