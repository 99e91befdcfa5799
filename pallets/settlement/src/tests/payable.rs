use crate::{mock::*, Due, Event, Payable, Payables};
use counterfoil_primitives::ports::{OnReconciled, Payables as PayablesPort};
use frame_support::assert_ok;

#[test]
fn a_payable_is_due_from_the_day_that_it_is_fixed() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(
            Payables::<Test>::get(AGREEMENT, DAY),
            Some(Payable {
                amount: 500,
                asset: ASSET,
                due_since: NOW,
                paid_at: None,
            })
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
        assert_eq!(
            events(),
            vec![Event::PayableDue {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                company: COMPANY,
                bank: BANK,
                asset: ASSET,
                amount: 500,
                amount_in_words: "5.00 CZK".try_into().unwrap(),
            }]
        );
    });
}

#[test]
fn a_payable_of_zero_settles_itself() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        assert_eq!(
            Payables::<Test>::get(AGREEMENT, DAY),
            Some(Payable {
                amount: 0,
                asset: ASSET,
                due_since: NOW,
                paid_at: Some(NOW),
            })
        );
        assert!(!Due::<Test>::contains_key(AGREEMENT, DAY));
        assert!(Settlement::is_settled(AGREEMENT, DAY));
        assert_eq!(
            events(),
            vec![Event::NothingDue {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
            }]
        );
    });
}

#[test]
fn the_other_pallets_see_what_is_owed_and_whether_it_is_paid() {
    build_and_execute(|| {
        assert_eq!(Settlement::payable(AGREEMENT, DAY), None);
        assert!(!Settlement::is_settled(AGREEMENT, DAY));

        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(Settlement::payable(AGREEMENT, DAY), Some(500));
        assert!(!Settlement::is_settled(AGREEMENT, DAY));

        fund(500);
        assert_ok!(Settlement::pay(
            RuntimeOrigin::signed(account("Bob")),
            AGREEMENT,
            DAY
        ));
        assert_eq!(Settlement::payable(AGREEMENT, DAY), Some(500));
        assert!(Settlement::is_settled(AGREEMENT, DAY));
    });
}

#[test]
fn a_payable_that_is_fixed_stays() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, DAY, 600);
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        assert_eq!(Settlement::payable(AGREEMENT, DAY), Some(500));
        assert!(!Settlement::is_settled(AGREEMENT, DAY));
        assert_eq!(events().len(), 1);
    });
}

#[test]
fn a_day_of_no_agreement_owes_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(99, DAY, 500);
        assert_eq!(Settlement::payable(99, DAY), None);
    });
}
