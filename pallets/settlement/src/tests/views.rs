//! What staff reads of an obligation, and why it is not paid.

use crate::mock::*;
use counterfoil_primitives::{
    ports::OnReconciled,
    settlement::{Period, Rail, SettlementPeriod, Waiting},
    BusinessDay,
};
use frame_support::assert_ok;
use sp_core::crypto::AccountId32;

/// Why what is owed for the period of [`DAY`] is not paid.
fn waiting() -> Option<Waiting> {
    let view = Settlement::view(AGREEMENT, DAY);
    view.expect("a day of the period is reconciled").waiting
}

/// Who may do anything with the asset.
fn issuer() -> RuntimeOrigin {
    RuntimeOrigin::signed(AccountId32::new([1; 32]))
}

#[test]
fn a_period_is_read_with_its_days_by_any_of_them() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::Asset(ASSET));
        Settlement::on_reconciled(AGREEMENT, day("2024-10-20"), -30);
        Settlement::on_reconciled(AGREEMENT, DAY, 10);
        let view = Settlement::view(AGREEMENT, day("2024-10-31")).expect("it is there");
        assert_eq!(
            view.period,
            SettlementPeriod {
                first: DAY,
                last: day("2024-10-31"),
            }
        );
        assert_eq!(view.days, vec![(DAY, 10), (day("2024-10-20"), -30)]);
        assert_eq!((view.debtor, view.creditor), (Some(BANK), Some(COMPANY)));
        assert_eq!(view.waiting, Some(Waiting::Days { missing: 26 }));
        assert_eq!(
            Settlement::view(AGREEMENT, BusinessDay(20_241_017)),
            Some(view)
        );
    });
}

#[test]
fn a_period_of_which_no_day_is_reconciled_is_not_there() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(Settlement::view(AGREEMENT, DAY.next()), None);
        assert_eq!(Settlement::view(99, DAY), None);
    });
}

#[test]
fn a_day_that_a_change_took_out_of_a_period_does_not_show_it() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::Asset(ASSET));
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        change(day("2024-10-10"), Period::Day, Rail::Asset(ASSET));
        assert_eq!(Settlement::view(AGREEMENT, day("2024-10-10")), None);
        assert!(Settlement::view(AGREEMENT, day("2024-10-09")).is_some());
        assert_eq!(waiting(), Some(Waiting::Days { missing: 5 }));
    });
}

#[test]
fn a_debtor_that_is_short_is_short_by_what_is_missing() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(waiting(), Some(Waiting::Short { by: 500 }));
        fund(380);
        assert_eq!(waiting(), Some(Waiting::Short { by: 120 }));
        fund(120);
        assert_eq!(waiting(), None);
    });
}

#[test]
fn a_frozen_account_is_named_and_holds_up_nothing_once_it_is_thawed() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::freeze(issuer(), ASSET, company()));
        assert_eq!(waiting(), Some(Waiting::Frozen));
        assert_ok!(Assets::thaw(issuer(), ASSET, company()));
        assert_eq!(waiting(), None);
    });
}

#[test]
fn an_asset_that_dies_is_named() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::start_destroy(RuntimeOrigin::root(), ASSET));
        assert_eq!(waiting(), Some(Waiting::AssetUnavailable));
    });
}

#[test]
fn an_asset_of_other_decimals_is_named() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::force_clear_metadata(RuntimeOrigin::root(), ASSET));
        assert_eq!(waiting(), Some(Waiting::OtherDecimals));
    });
}

#[test]
fn a_creditors_blocked_account_is_named() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        fund_bank(1);
        assert_ok!(Assets::block(issuer(), ASSET, bank()));
        assert_eq!(waiting(), Some(Waiting::CreditorCannotReceive));
    });
}

#[test]
fn an_account_that_both_parties_have_is_named() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, BANK, from, company()));
        Settlement::on_reconciled(AGREEMENT, from, 500);
        let view = Settlement::view(AGREEMENT, from).expect("it is reconciled");
        assert_eq!(view.waiting, Some(Waiting::SameAccount));
    });
}

#[test]
fn a_release_is_waited_for_before_all_else() {
    for rail in [Rail::Asset(ASSET), Rail::External] {
        build_and_execute(|| {
            go_by(Period::Day, rail);
            Exceeded::set(vec![(AGREEMENT, DAY)]);
            Settlement::on_reconciled(AGREEMENT, DAY, 500);
            assert_eq!(waiting(), Some(Waiting::Release));
        });
    }
}

#[test]
fn outside_the_chain_a_declaration_is_waited_for_and_then_its_answer() {
    build_and_execute(|| {
        outside(500);
        assert_eq!(waiting(), Some(Waiting::Declaration { undeclared: 500 }));
        assert_ok!(declare(300, "B-1"));
        assert_eq!(waiting(), Some(Waiting::Declaration { undeclared: 200 }));
        assert_ok!(declare(200, "B-2"));
        assert_eq!(waiting(), Some(Waiting::Acknowledgement { declared: 500 }));
        assert_ok!(acknowledge(0, "B-1", 300));
        assert_eq!(waiting(), Some(Waiting::Acknowledgement { declared: 200 }));
        assert_ok!(acknowledge(1, "B-2", 200));
        assert_eq!(waiting(), None);
        assert_ok!(give_back(1, 50, 0));
        assert_eq!(waiting(), Some(Waiting::Declaration { undeclared: 50 }));
    });
}

#[test]
fn an_obligation_of_zero_waits_for_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        assert_eq!(waiting(), None);
    });
}

#[test]
fn unpaid_are_what_is_due_and_what_is_under_way_the_oldest_first() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::Asset(ASSET));
        reconcile(day("2024-12-01"), day("2024-12-31"), 10);
        reconcile(day("2025-01-05"), day("2025-01-05"), 10);
        reconcile(DAY, day("2024-10-31"), 10);
        reconcile(day("2024-11-01"), day("2024-11-30"), 0);
        let firsts: Vec<_> = Settlement::unpaid(AGREEMENT)
            .into_iter()
            .map(|view| view.period.first)
            .collect();
        assert_eq!(firsts, [DAY, day("2024-12-01"), day("2025-01-01")]);
        assert!(Settlement::unpaid(SECOND_AGREEMENT).is_empty());
        assert!(Settlement::unpaid(99).is_empty());

        fund(280);
        assert_ok!(Settlement::pay(by("Bob"), AGREEMENT, DAY));
        assert_eq!(Settlement::unpaid(AGREEMENT).len(), 2);
    });
}

#[test]
fn unpaid_are_at_most_512() {
    build_and_execute(|| {
        reconcile(DAY, BusinessDay(DAY.0 + 512), 10);
        let unpaid = Settlement::unpaid(AGREEMENT);
        assert_eq!(unpaid.len(), 512);
        assert_eq!(unpaid[0].period.first, DAY);
    });
}
