//! For whom a payment is free.

use crate::mock::*;
use counterfoil_primitives::{ports::OnReconciled, AgreementId, BusinessDay};
use frame_support::{assert_ok, dispatch::CheckIfFeeless};

/// For which of the members the payment of a day is free.
fn free_for(agreement: AgreementId, day: BusinessDay) -> Vec<&'static str> {
    let call = RuntimeCall::from(crate::Call::pay { agreement, day });
    let is_free = |name: &&str| call.is_feeless(&RuntimeOrigin::signed(account(name)));
    ["Bob", "Charlie", "Dave", "Ferdie"]
        .into_iter()
        .filter(is_free)
        .collect()
}

#[test]
fn what_the_company_owes_is_free_to_pay_for_the_company_alone() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(free_for(AGREEMENT, DAY), ["Bob"]);
    });
}

#[test]
fn what_the_bank_owes_is_free_to_pay_for_the_bank_alone() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        assert_eq!(free_for(AGREEMENT, DAY), ["Charlie"]);
    });
}

#[test]
fn a_day_for_which_nothing_is_owed_is_free_to_pay_for_nobody() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        assert!(free_for(AGREEMENT, DAY).is_empty());
    });
}

#[test]
fn a_day_that_is_not_reconciled_is_free_to_pay_for_nobody() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert!(free_for(AGREEMENT, DAY.next()).is_empty());
        assert!(free_for(99, DAY).is_empty());
    });
}

#[test]
fn a_day_is_free_to_pay_by_the_digits_of_its_date() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(free_for(AGREEMENT, BusinessDay(20_241_004)), ["Bob"]);
        assert!(free_for(AGREEMENT, BusinessDay(20_241_032)).is_empty());
    });
}

#[test]
fn a_day_that_is_paid_stays_free_for_who_owed() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        let bob = RuntimeOrigin::signed(account("Bob"));
        assert_ok!(Settlement::pay(bob, AGREEMENT, DAY));
        assert_eq!(free_for(AGREEMENT, DAY), ["Bob"]);
    });
}
