use crate::{mock::*, Due, Event, Obligations};
use counterfoil_primitives::{
    ports::{Obligations as ObligationsPort, OnReconciled},
    settlement::{Obligation, Rail},
    MemberId, SignedAmount,
};
use frame_support::assert_ok;

/// An obligation of `owed` is due at once, and its event names who owes 500 to whom.
fn assert_due(owed: SignedAmount, debtor: MemberId, creditor: MemberId) {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, owed);
        assert_eq!(
            Obligations::<Test>::get(AGREEMENT, DAY),
            Some(Obligation {
                days: 1,
                amount: owed,
                due_since: Some(NOW),
                ..Obligation::new(DAY, Rail::Asset(ASSET))
            })
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
        assert_eq!(
            events(),
            vec![Event::ObligationDue {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                last: DAY,
                last_date: "2024-10-04".try_into().unwrap(),
                debtor,
                creditor,
                rail: Rail::Asset(ASSET),
                amount: 500,
                amount_in_words: "5.00 CZK".try_into().unwrap(),
            }]
        );
    });
}

#[test]
fn what_the_company_owes_is_due_from_the_day_that_it_is_fixed() {
    assert_due(500, COMPANY, BANK);
}

#[test]
fn what_the_bank_owes_is_due_from_the_day_that_it_is_fixed() {
    assert_due(-500, BANK, COMPANY);
}

#[test]
fn the_largest_obligation_of_either_party_is_due() {
    for (owed, amount) in [
        (SignedAmount::MAX, SignedAmount::MAX.unsigned_abs()),
        (SignedAmount::MIN, SignedAmount::MIN.unsigned_abs()),
    ] {
        build_and_execute(|| {
            Settlement::on_reconciled(AGREEMENT, DAY, owed);
            assert!(events().iter().any(
                |event| matches!(event, Event::ObligationDue { amount: due, .. } if *due == amount)
            ));
        });
    }
}

#[test]
fn an_obligation_of_zero_settles_itself() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        assert_eq!(
            Obligations::<Test>::get(AGREEMENT, DAY),
            Some(Obligation {
                days: 1,
                due_since: Some(NOW),
                paid_at: Some(NOW),
                ..Obligation::new(DAY, Rail::Asset(ASSET))
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
                last: DAY,
                last_date: "2024-10-04".try_into().unwrap(),
            }]
        );
    });
}

#[test]
fn the_other_pallets_see_what_is_owed_and_whether_it_is_paid() {
    build_and_execute(|| {
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), None);
        assert!(!Settlement::is_settled(AGREEMENT, DAY));

        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), Some(500));
        assert!(!Settlement::is_settled(AGREEMENT, DAY));

        fund(500);
        assert_ok!(Settlement::pay(
            RuntimeOrigin::signed(account("Bob")),
            AGREEMENT,
            DAY
        ));
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), Some(500));
        assert!(Settlement::is_settled(AGREEMENT, DAY));
    });
}

#[test]
fn the_other_pallets_see_what_the_bank_owes_below_zero() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), Some(-500));
        assert!(!Settlement::is_settled(AGREEMENT, DAY));

        fund_bank(500);
        assert_ok!(Settlement::pay(
            RuntimeOrigin::signed(account("Charlie")),
            AGREEMENT,
            DAY
        ));
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), Some(-500));
        assert!(Settlement::is_settled(AGREEMENT, DAY));
    });
}

#[test]
fn an_obligation_that_is_fixed_stays() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, DAY, 600);
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), Some(500));
        assert!(!Settlement::is_settled(AGREEMENT, DAY));
        assert_eq!(events().len(), 1);
    });
}

#[test]
fn a_day_of_no_agreement_owes_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(99, DAY, 500);
        assert_eq!(Settlement::obligation(99, DAY), None);
    });
}

#[test]
fn a_day_that_the_agreement_does_not_include_owes_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY.previous(), 500);
        assert_eq!(Settlement::obligation(AGREEMENT, DAY.previous()), None);
        assert!(events().is_empty());
    });
}
