//! In an asset of this chain, or outside the chain.

use crate::{mock::*, Due, Error};
use codec::Encode;
use counterfoil_primitives::{
    ports::OnReconciled,
    refusal::FIRST_OF_PAYMENTS,
    settlement::{Period, Rail},
};
use frame_support::{assert_err, assert_noop};
use sp_runtime::transaction_validity::InvalidTransaction;

#[test]
fn what_is_paid_outside_the_chain_is_not_paid_in_an_asset() {
    build_and_execute(|| {
        go_by(Period::Day, Rail::External);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_noop!(
            Settlement::pay(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::OtherRail
        );
        let index = Error::<Test>::OtherRail.encode()[0];
        assert_err!(
            validate(payment("Bob", AGREEMENT, DAY)),
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
    });
}

#[test]
fn what_is_paid_in_an_asset_is_not_declared() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        let reference = reference("B-1");
        assert_noop!(
            Settlement::declare(by("Bob"), AGREEMENT, DAY, 500, DAY, reference.clone()),
            Error::<Test>::OtherRail
        );
        assert_noop!(
            Settlement::withdraw_declaration(by("Bob"), AGREEMENT, DAY, 0),
            Error::<Test>::OtherRail
        );
        assert_noop!(
            Settlement::acknowledge(by("Charlie"), AGREEMENT, DAY, 0, reference, 500),
            Error::<Test>::OtherRail
        );
        assert_noop!(
            Settlement::report_return(by("Bob"), AGREEMENT, DAY, 0, 500, 0),
            Error::<Test>::OtherRail
        );
    });
}

#[test]
fn a_period_keeps_the_rail_of_its_days() {
    build_and_execute(|| {
        change(day("2024-10-10"), Period::Day, Rail::External);
        let last_of_old = day("2024-10-09");
        reconcile(last_of_old, last_of_old.next(), 500);
        assert_eq!(obligation(last_of_old).rail, Rail::Asset(ASSET));
        assert_eq!(obligation(last_of_old.next()).rail, Rail::External);
    });
}

#[test]
fn every_refusal_of_a_payment_has_a_code_of_its_own_below_those_of_reports() {
    let last = Error::<Test>::ReturnedMeanwhile.encode()[0];
    assert_eq!(Error::<Test>::NotDue.encode()[0], 13);
    assert_eq!(last, 29);
    assert!(last < 31);
}
