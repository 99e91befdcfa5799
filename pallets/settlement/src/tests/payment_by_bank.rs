//! Days of which more was given back than paid: the bank owes, and pays.

use crate::{asset_payment_reference, mock::*, Due, Error, Event, Obligations};
use codec::Encode;
use counterfoil_primitives::{
    ports::OnReconciled, refusal::FIRST_OF_PAYMENTS, settlement::Rail, BusinessDay,
};
use frame_support::{
    assert_err, assert_noop, assert_ok, dispatch::DispatchResult, traits::fungibles::Mutate,
};
use sp_core::crypto::AccountId32;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

fn pay(name: &str) -> DispatchResult {
    Settlement::pay(RuntimeOrigin::signed(account(name)), AGREEMENT, DAY)
}

fn by_the_worker() -> UncheckedExtrinsic {
    payment("Charlie", AGREEMENT, DAY)
}

/// Who may do anything with the asset.
fn issuer() -> RuntimeOrigin {
    RuntimeOrigin::signed(AccountId32::new([1; 32]))
}

/// Both the call and the pool refuse the bank's payment by `error`, and the day stays due.
fn assert_refused(error: Error<Test>) {
    let index = error.encode()[0];
    assert_err!(
        validate(by_the_worker()),
        InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
    );
    assert_noop!(pay("Charlie"), error);
    assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
}

#[test]
fn the_banks_payment_moves_the_asset_to_the_company() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(700);
        set_clock(NOW + 9);
        assert_ok!(apply(by_the_worker()).expect("valid"));
        assert_eq!((balance(&bank()), balance(&company())), (200, 500));
        assert_eq!(
            Obligations::<Test>::get(AGREEMENT, DAY).and_then(|obligation| obligation.paid_at),
            Some(NOW + 9)
        );
        assert!(!Due::<Test>::contains_key(AGREEMENT, DAY));
        assert_eq!(
            events().pop(),
            Some(Event::Paid {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                debtor: BANK,
                creditor: COMPANY,
                rail: Rail::Asset(ASSET),
                amount: 500,
                amount_in_words: "5.00 CZK".try_into().unwrap(),
                reference: asset_payment_reference::of(AGREEMENT, DAY),
            })
        );
    });
}

#[test]
fn staff_of_the_bank_may_pay_by_hand_to_its_last_unit() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(500);
        assert_ok!(pay("Charlie"));
        assert_eq!((balance(&bank()), balance(&company())), (0, 500));
    });
}

#[test]
fn a_day_is_paid_by_the_bank_once() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(2_000);
        assert_ok!(apply(by_the_worker()).expect("valid"));
        assert_err!(apply(by_the_worker()), InvalidTransaction::Stale);
        assert_noop!(pay("Charlie"), Error::<Test>::AlreadyPaid);
        assert_eq!(balance(&company()), 500);
    });
}

#[test]
fn nobody_else_pays_what_the_bank_owes() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund(500);
        fund_bank(500);
        assert_noop!(pay("Bob"), Error::<Test>::NotTheDebtor);
        assert_noop!(pay("Dave"), Error::<Test>::NotTheDebtor);
        assert_noop!(pay("Ferdie"), DispatchError::BadOrigin);
        for other in ["Bob", "Dave", "Ferdie"] {
            assert_err!(
                validate(payment(other, AGREEMENT, DAY)),
                InvalidTransaction::BadSigner
            );
        }
    });
}

#[test]
fn a_day_for_which_nothing_is_owed_is_paid_by_nobody() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 0);
        fund(500);
        fund_bank(500);
        for name in ["Bob", "Charlie"] {
            assert_noop!(pay(name), Error::<Test>::AlreadyPaid);
            assert_err!(
                validate(payment(name, AGREEMENT, DAY)),
                InvalidTransaction::Stale
            );
        }
        assert_eq!((balance(&company()), balance(&bank())), (500, 500));
    });
}

#[test]
fn with_too_little_the_banks_day_stays_due_whatever_the_company_has() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund(5_000);
        fund_bank(499);
        assert_refused(Error::InsufficientFunds);

        fund_bank(1);
        assert_ok!(validate(by_the_worker()));
        assert_ok!(pay("Charlie"));
    });
}

/// Sets the least balance of the asset.
fn set_least(amount: u128) {
    let owner = AccountId32::new([1; 32]);
    assert_ok!(Assets::force_asset_status(
        RuntimeOrigin::root(),
        ASSET,
        owner.clone(),
        owner.clone(),
        owner.clone(),
        owner,
        amount,
        true,
        false,
    ));
}

#[test]
fn a_payment_that_would_leave_the_bank_less_than_an_account_may_hold_waits() {
    build_and_execute(|| {
        set_least(100);
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(599);
        assert_refused(Error::LeavesDust);

        fund_bank(1);
        assert_ok!(pay("Charlie"));
        assert_eq!((balance(&bank()), balance(&company())), (100, 500));
    });
}

#[test]
fn a_payment_too_small_to_begin_the_companys_account_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(2_000);
        set_least(501);
        assert_refused(Error::CreditorCannotReceive);
    });
}

#[test]
fn a_payment_to_the_companys_blocked_account_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(500);
        // An account that holds nothing of an asset cannot be blocked.
        fund(1);
        assert_ok!(Assets::block(issuer(), ASSET, company()));
        assert_refused(Error::CreditorCannotReceive);
    });
}

#[test]
fn the_banks_frozen_funds_wait_and_the_companys_do_not_matter() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund(1);
        fund_bank(500);
        assert_ok!(Assets::freeze(issuer(), ASSET, bank()));
        assert_refused(Error::FundsFrozen);
        assert_ok!(Assets::thaw(issuer(), ASSET, bank()));

        assert_ok!(Assets::freeze(issuer(), ASSET, company()));
        assert_ok!(pay("Charlie"));
    });
}

#[test]
fn the_banks_payment_in_an_asset_of_other_decimals_waits() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(500);
        assert_ok!(Assets::force_clear_metadata(RuntimeOrigin::root(), ASSET));
        assert_refused(Error::OtherDecimals);
    });
}

#[test]
fn the_banks_payment_in_an_asset_that_is_being_destroyed_is_refused_by_name() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        fund_bank(500);
        assert_ok!(Assets::start_destroy(RuntimeOrigin::root(), ASSET));
        assert_refused(Error::AssetUnavailable);
    });
}

#[test]
fn the_banks_payment_from_an_account_to_itself_is_refused() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, COMPANY, from, bank()));
        Settlement::on_reconciled(AGREEMENT, from, -500);
        fund_bank(500);
        assert_noop!(
            Settlement::pay(RuntimeOrigin::signed(account("Charlie")), AGREEMENT, from),
            Error::<Test>::SameAccount
        );
        let index = Error::<Test>::SameAccount.encode()[0];
        assert_err!(
            validate(payment("Charlie", AGREEMENT, from)),
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, from));
    });
}

#[test]
fn a_day_is_paid_by_the_bank_from_and_to_the_accounts_of_its_day() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let [payer, payee] = [113, 112].map(|byte| AccountId32::new([byte; 32]));
        for (member, account) in [(BANK, &payer), (COMPANY, &payee)] {
            let root = RuntimeOrigin::root();
            assert_ok!(Registry::set_account(root, member, from, account.clone()));
        }
        assert_ok!(Assets::mint_into(ASSET, &payer, 300));
        fund_bank(500);
        Settlement::on_reconciled(AGREEMENT, DAY, -500);
        Settlement::on_reconciled(AGREEMENT, from, -300);
        for day in [DAY, from] {
            let staff = RuntimeOrigin::signed(account("Charlie"));
            assert_ok!(Settlement::pay(staff, AGREEMENT, day));
        }
        assert_eq!((balance(&bank()), balance(&company())), (0, 500));
        assert_eq!((balance(&payer), balance(&payee)), (0, 300));
    });
}

/// A day from which on the bank is paid to [`named`].
const LATER: BusinessDay = BusinessDay(DAY.0 + 5);

/// An account that the bank named by itself: anybody's.
fn named() -> AccountId32 {
    AccountId32::new([113; 32])
}

/// The bank has its days from [`LATER`] on paid to [`named`], which holds 500 by then.
fn change_account() {
    let staff = RuntimeOrigin::signed(account("Charlie"));
    assert_ok!(Registry::change_account(staff, LATER, named()));
    assert_ok!(Assets::mint_into(ASSET, &named(), 500));
}

fn pay_later(name: &str) -> DispatchResult {
    Settlement::pay(RuntimeOrigin::signed(account(name)), AGREEMENT, LATER)
}

#[test]
fn an_account_that_the_bank_named_by_itself_pays_nothing() {
    build_and_execute(|| {
        change_account();
        Settlement::on_reconciled(AGREEMENT, LATER, -500);
        assert_noop!(pay_later("Charlie"), Error::<Test>::InsufficientFunds);
        let index = Error::<Test>::InsufficientFunds.encode()[0];
        assert_err!(
            validate(payment("Charlie", AGREEMENT, LATER)),
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, LATER));
        assert_eq!(balance(&named()), 500);
    });
}

#[test]
fn a_bank_that_changed_its_account_pays_from_what_was_set_for_it() {
    build_and_execute(|| {
        change_account();
        fund_bank(300);
        Settlement::on_reconciled(AGREEMENT, LATER, -300);
        assert_ok!(pay_later("Charlie"));
        assert_eq!((balance(&bank()), balance(&company())), (0, 300));
        assert_eq!(balance(&named()), 500);
    });
}

#[test]
fn a_bank_that_changed_its_account_is_paid_there() {
    build_and_execute(|| {
        change_account();
        fund(300);
        Settlement::on_reconciled(AGREEMENT, LATER, 300);
        assert_ok!(pay_later("Bob"));
        assert_eq!((balance(&company()), balance(&bank())), (0, 0));
        assert_eq!(balance(&named()), 800);
    });
}

#[test]
fn an_account_that_is_set_for_a_bank_after_its_own_change_pays() {
    build_and_execute(|| {
        change_account();
        let (root, from) = (RuntimeOrigin::root(), LATER.next());
        assert_ok!(Registry::set_account(root, BANK, from, named()));
        Settlement::on_reconciled(AGREEMENT, from, -500);
        let staff = RuntimeOrigin::signed(account("Charlie"));
        assert_ok!(Settlement::pay(staff, AGREEMENT, from));
        assert_eq!((balance(&named()), balance(&company())), (0, 500));
    });
}
