//! Money that came back: it is owed again.

use crate::{mock::*, Declared, Due, Error, Event};
use counterfoil_primitives::ports::Obligations as ObligationsPort;
use frame_support::{assert_noop, assert_ok};

/// The company owed 500 for the day, and paid them outside the chain.
fn paid() {
    outside(500);
    assert_ok!(declare(500, "B-1"));
    assert_ok!(acknowledge(0, "B-1", 500));
}

#[test]
fn what_comes_back_after_all_was_paid_is_due_again() {
    build_and_execute(|| {
        paid();
        assert_ok!(give_back(0, 120, 0));
        assert_eq!((obligation(DAY).paid, obligation(DAY).paid_at), (380, None));
        assert_eq!(obligation(DAY).due_since, Some(NOW));
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
        assert!(!Settlement::is_settled(AGREEMENT, DAY));
        assert_eq!(
            events().pop(),
            Some(Event::PaymentReturned {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                number: 0,
                amount: 120,
                amount_in_words: "1.20 CZK".try_into().unwrap(),
                left: 120,
                left_in_words: "1.20 CZK".try_into().unwrap(),
            })
        );
    });
}

#[test]
fn what_came_back_is_paid_again() {
    build_and_execute(|| {
        paid();
        assert_ok!(give_back(0, 120, 0));
        assert_noop!(declare(121, "B-2"), Error::<Test>::MoreThanDue);
        assert_ok!(declare(120, "B-2"));
        set_clock(NOW + 9);
        assert_ok!(acknowledge(1, "B-2", 120));
        assert_eq!(obligation(DAY).paid_at, Some(NOW + 9));
        assert!(matches!(
            events().pop(),
            Some(Event::Paid { amount: 500, .. })
        ));
    });
}

#[test]
fn a_payment_that_comes_back_whole_goes_and_its_reference_is_free() {
    build_and_execute(|| {
        paid();
        assert_ok!(give_back(0, 500, 0));
        assert!(Declared::<Test>::get(AGREEMENT, DAY).list.is_empty());
        assert_eq!(obligation(DAY).left(), 500);
        assert_ok!(declare(500, "B-1"));
    });
}

#[test]
fn no_more_comes_back_than_stayed_with_the_creditor() {
    build_and_execute(|| {
        paid();
        assert_noop!(give_back(0, 501, 0), Error::<Test>::MoreThanReceived);
        assert_ok!(give_back(0, 300, 0));
        assert_noop!(give_back(0, 201, 300), Error::<Test>::MoreThanReceived);
        assert_ok!(give_back(0, 199, 300));
        assert_noop!(give_back(0, 0, 499), Error::<Test>::ZeroAmount);
        assert_eq!(obligation(DAY).paid, 1);
    });
}

#[test]
fn a_report_that_is_repeated_counts_once() {
    build_and_execute(|| {
        paid();
        assert_ok!(give_back(0, 120, 0));
        assert_noop!(give_back(0, 120, 0), Error::<Test>::ReturnedMeanwhile);
        assert_eq!(obligation(DAY).left(), 120);
        assert_ok!(give_back(0, 120, 120));
        assert_noop!(give_back(0, 120, 120), Error::<Test>::ReturnedMeanwhile);
        assert_eq!(obligation(DAY).left(), 240);
    });
}

#[test]
fn a_report_names_exactly_what_came_back_before() {
    build_and_execute(|| {
        paid();
        assert_noop!(give_back(0, 120, 1), Error::<Test>::ReturnedMeanwhile);
        assert_ok!(give_back(0, 120, 0));
        for other in [119, 121] {
            assert_noop!(give_back(0, 50, other), Error::<Test>::ReturnedMeanwhile);
        }
    });
}

#[test]
fn each_report_tells_what_came_back_by_it_alone() {
    build_and_execute(|| {
        paid();
        assert_ok!(give_back(0, 120, 0));
        assert_ok!(give_back(0, 50, 120));
        assert!(matches!(
            events().pop(),
            Some(Event::PaymentReturned {
                amount: 50,
                left: 170,
                ..
            })
        ));
    });
}

#[test]
fn a_repeated_report_of_the_whole_finds_no_declaration() {
    build_and_execute(|| {
        paid();
        assert_ok!(give_back(0, 500, 0));
        assert_noop!(give_back(0, 500, 0), Error::<Test>::UnknownDeclaration);
        assert_ok!(declare(500, "B-1"));
        assert_ok!(acknowledge(1, "B-1", 500));
        assert_noop!(give_back(0, 500, 0), Error::<Test>::UnknownDeclaration);
    });
}

#[test]
fn what_is_not_acknowledged_does_not_come_back() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        assert_noop!(give_back(0, 500, 0), Error::<Test>::NotAcknowledged);
        assert_noop!(give_back(1, 500, 0), Error::<Test>::UnknownDeclaration);
    });
}

#[test]
fn the_debtor_alone_reports_what_came_back() {
    build_and_execute(|| {
        paid();
        assert_noop!(
            Settlement::report_return(by("Charlie"), AGREEMENT, DAY, 0, 500, 0),
            Error::<Test>::NotTheDebtor
        );
    });
}
