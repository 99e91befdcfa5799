//! Payments outside the chain: declared by the debtor, acknowledged by the creditor.

use crate::{asset_payment_reference::of, mock::*, Declared, Due, Error, Event};
use counterfoil_primitives::{
    ports::{Obligations as ObligationsPort, OnReconciled},
    settlement::{declaration::MAX_DECLARATIONS, Period, Rail},
    BusinessDay,
};
use frame_support::{assert_noop, assert_ok};
use sp_runtime::DispatchError;

fn declared() -> usize {
    Declared::<Test>::get(AGREEMENT, DAY).list.len()
}

#[test]
fn a_declaration_names_the_payment_as_the_statement_does() {
    build_and_execute(|| {
        outside(500);
        set_clock(NOW + 3);
        assert_ok!(declare(500, "B-1"));
        assert_eq!(
            events().pop(),
            Some(Event::PaymentDeclared {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                number: 0,
                debtor: COMPANY,
                amount: 500,
                amount_in_words: "5.00 CZK".try_into().unwrap(),
                value_date: DAY.next(),
                value_date_in_words: "2024-10-05".try_into().unwrap(),
                reference: reference("B-1"),
            })
        );
        let declaration = Declared::<Test>::get(AGREEMENT, DAY).list[0].clone();
        assert_eq!(
            (declaration.declared_at, declaration.received),
            (NOW + 3, None)
        );
        assert!(!is_paid(DAY));
    });
}

#[test]
fn what_is_acknowledged_whole_is_paid() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        set_clock(NOW + 9);
        assert_ok!(acknowledge(0, "B-1", 500));
        assert_eq!(
            (obligation(DAY).paid, obligation(DAY).paid_at),
            (500, Some(NOW + 9))
        );
        assert!(!Due::<Test>::contains_key(AGREEMENT, DAY));
        assert!(Settlement::is_settled(AGREEMENT, DAY));
        let events = events();
        let [.., acknowledged, paid] = &events[..] else {
            panic!("two events");
        };
        assert_eq!(
            *acknowledged,
            Event::PaymentAcknowledged {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                number: 0,
                creditor: BANK,
                received: 500,
                received_in_words: "5.00 CZK".try_into().unwrap(),
                left: 0,
                left_in_words: "0.00 CZK".try_into().unwrap(),
            }
        );
        assert_eq!(
            *paid,
            Event::Paid {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                debtor: COMPANY,
                creditor: BANK,
                rail: Rail::External,
                amount: 500,
                amount_in_words: "5.00 CZK".try_into().unwrap(),
                reference: of(AGREEMENT, DAY),
            }
        );
    });
}

#[test]
fn the_bank_declares_what_it_owes_and_the_company_acknowledges() {
    build_and_execute(|| {
        go_by(Period::Day, Rail::External);
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        let name = reference("B-1");
        let declared = Settlement::declare(by("Charlie"), AGREEMENT, DAY, 500, DAY, name.clone());
        assert_ok!(declared);
        assert_ok!(Settlement::acknowledge(
            by("Bob"),
            AGREEMENT,
            DAY,
            0,
            name,
            500
        ));
        assert!(is_paid(DAY));
    });
}

#[test]
fn parts_are_paid_when_their_sum_is_what_is_owed() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(300, "B-1"));
        assert_ok!(declare(200, "B-2"));
        assert_ok!(acknowledge(1, "B-2", 200));
        assert_eq!((obligation(DAY).paid, obligation(DAY).left()), (200, 300));
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
        assert_ok!(acknowledge(0, "B-1", 300));
        assert!(is_paid(DAY));
    });
}

#[test]
fn what_was_not_received_of_a_declaration_can_be_declared_again() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        assert_ok!(acknowledge(0, "B-1", 450));
        assert_noop!(declare(51, "B-2"), Error::<Test>::MoreThanDue);
        assert_ok!(declare(50, "B-2"));
        assert_ok!(acknowledge(1, "B-2", 50));
        assert!(is_paid(DAY));
    });
}

#[test]
fn a_declaration_of_which_nothing_was_received_goes_and_its_number_stays_used() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        assert_ok!(acknowledge(0, "B-1", 0));
        assert_eq!((declared(), obligation(DAY).paid), (0, 0));
        assert_ok!(declare(500, "B-1"));
        assert_noop!(
            acknowledge(0, "B-1", 500),
            Error::<Test>::UnknownDeclaration
        );
        assert_ok!(acknowledge(1, "B-1", 500));
    });
}

#[test]
fn a_declaration_that_is_withdrawn_can_be_made_again() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        assert_ok!(Settlement::withdraw_declaration(
            by("Bob"),
            AGREEMENT,
            DAY,
            0
        ));
        assert_eq!(
            events().pop(),
            Some(Event::DeclarationWithdrawn {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                number: 0,
            })
        );
        assert_eq!(declared(), 0);
        assert_ok!(declare(500, "B-1"));
    });
}

#[test]
fn an_answered_declaration_is_neither_withdrawn_nor_answered_again() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        assert_ok!(acknowledge(0, "B-1", 450));
        assert_noop!(
            Settlement::withdraw_declaration(by("Bob"), AGREEMENT, DAY, 0),
            Error::<Test>::Answered
        );
        assert_noop!(acknowledge(0, "B-1", 500), Error::<Test>::Answered);
    });
}

#[test]
fn a_declaration_of_zero_or_without_a_reference_is_refused() {
    build_and_execute(|| {
        outside(500);
        assert_noop!(declare(0, "B-1"), Error::<Test>::ZeroAmount);
        assert_noop!(declare(500, ""), Error::<Test>::NoReference);
    });
}

#[test]
fn no_more_is_declared_than_is_owed() {
    build_and_execute(|| {
        outside(500);
        assert_noop!(declare(501, "B-1"), Error::<Test>::MoreThanDue);
        assert_ok!(declare(300, "B-1"));
        assert_noop!(declare(201, "B-2"), Error::<Test>::MoreThanDue);
        assert_ok!(declare(200, "B-2"));
    });
}

#[test]
fn a_reference_names_one_declaration_of_a_period() {
    build_and_execute(|| {
        outside(500);
        Settlement::on_reconciled(AGREEMENT, DAY.next(), 500);
        assert_ok!(declare(300, "B-1"));
        assert_noop!(declare(200, "B-1"), Error::<Test>::ReferenceDeclared);
        // One payment of the bank's may be for two periods.
        let name = reference("B-1");
        let next = DAY.next();
        assert_ok!(Settlement::declare(
            by("Bob"),
            AGREEMENT,
            next,
            500,
            next,
            name
        ));
    });
}

#[test]
fn a_period_has_a_limited_number_of_declarations() {
    build_and_execute(|| {
        outside(500);
        for number in 0..MAX_DECLARATIONS {
            assert_ok!(declare(1, &format!("B-{number}")));
        }
        assert_noop!(declare(1, "one more"), Error::<Test>::TooManyDeclarations);
        assert_ok!(acknowledge(31, "B-31", 0));
        assert_ok!(declare(1, "one more"));
    });
}

#[test]
fn no_more_is_acknowledged_than_was_declared() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(300, "B-1"));
        assert_noop!(acknowledge(0, "B-1", 301), Error::<Test>::MoreThanDeclared);
    });
}

#[test]
fn an_acknowledgement_names_number_and_reference_of_its_declaration() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(300, "B-1"));
        assert_ok!(declare(200, "B-2"));
        assert_noop!(acknowledge(0, "B-2", 300), Error::<Test>::OtherReference);
        assert_noop!(
            acknowledge(2, "B-2", 200),
            Error::<Test>::UnknownDeclaration
        );
    });
}

#[test]
fn each_party_says_what_is_its_own_to_say() {
    build_and_execute(|| {
        outside(500);
        let name = reference("B-1");
        assert_noop!(
            Settlement::declare(by("Charlie"), AGREEMENT, DAY, 500, DAY, name.clone()),
            Error::<Test>::NotTheDebtor
        );
        assert_ok!(declare(500, "B-1"));
        for name in ["Charlie", "Dave"] {
            assert_noop!(
                Settlement::withdraw_declaration(by(name), AGREEMENT, DAY, 0),
                Error::<Test>::NotTheDebtor
            );
        }
        for debtor in ["Bob", "Dave"] {
            assert_noop!(
                Settlement::acknowledge(by(debtor), AGREEMENT, DAY, 0, name.clone(), 500),
                Error::<Test>::NotTheCreditor
            );
        }
        assert_noop!(
            Settlement::acknowledge(by("Ferdie"), AGREEMENT, DAY, 0, name, 500),
            DispatchError::BadOrigin
        );
    });
}

#[test]
fn nothing_is_declared_for_a_period_under_way() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::External);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_noop!(declare(500, "B-1"), Error::<Test>::NotDue);
    });
}

#[test]
fn nothing_is_declared_for_what_is_paid() {
    build_and_execute(|| {
        outside(500);
        assert_ok!(declare(500, "B-1"));
        assert_ok!(acknowledge(0, "B-1", 500));
        assert_noop!(declare(1, "B-2"), Error::<Test>::AlreadyPaid);
    });
}

#[test]
fn a_month_is_declared_by_any_of_its_days_and_by_digits() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::External);
        reconcile(DAY, day("2024-10-31"), 10);
        let [named, value_date] = [20_241_017, 20_241_105].map(BusinessDay);
        let name = reference("B-1");
        let declared = Settlement::declare(by("Bob"), AGREEMENT, named, 280, value_date, name);
        assert_ok!(declared);
        assert_eq!(
            Declared::<Test>::get(AGREEMENT, DAY).list[0].value_date,
            day("2024-11-05")
        );
    });
}

#[test]
fn a_value_date_of_no_calendar_is_refused() {
    build_and_execute(|| {
        outside(500);
        let (value_date, name) = (BusinessDay(20_241_032), reference("B-1"));
        assert_noop!(
            Settlement::declare(by("Bob"), AGREEMENT, DAY, 500, value_date, name),
            Error::<Test>::NoSuchDate
        );
    });
}
