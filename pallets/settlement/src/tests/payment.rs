use crate::{asset_payment_reference, mock::*, Due, Error, Event, Obligations};
use codec::Encode;
use counterfoil_primitives::{
    ports::OnReconciled, refusal::FIRST_OF_PAYMENTS, settlement::Rail, Amount, BusinessDay,
};
use counterfoil_support::worker_priority::WORKER_PRIORITY;
use frame_support::{
    assert_err, assert_noop, assert_ok, dispatch::DispatchResult, traits::fungibles::Mutate,
};
use sp_core::crypto::AccountId32;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

fn pay(name: &str) -> DispatchResult {
    Settlement::pay(RuntimeOrigin::signed(account(name)), AGREEMENT, DAY)
}

fn by_the_worker() -> UncheckedExtrinsic {
    payment("Bob", AGREEMENT, DAY)
}

#[test]
fn a_payment_moves_the_asset_and_names_agreement_and_day() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(700);
        set_clock(NOW + 9);
        assert_ok!(apply(by_the_worker()).expect("valid"));
        assert_eq!((balance(&company()), balance(&bank())), (200, 500));
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
                debtor: COMPANY,
                creditor: BANK,
                rail: Rail::Asset(ASSET),
                amount: 500,
                amount_in_words: "5.00 CZK".try_into().unwrap(),
                reference: asset_payment_reference::of(AGREEMENT, DAY),
            })
        );
    });
}

#[test]
fn the_company_may_spend_its_last_unit() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(apply(by_the_worker()).expect("valid"));
        assert_eq!((balance(&company()), balance(&bank())), (0, 500));
    });
}

#[test]
fn a_day_is_paid_once() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(2_000);
        assert_ok!(apply(by_the_worker()).expect("valid"));
        assert_err!(apply(by_the_worker()), InvalidTransaction::Stale);
        assert_noop!(pay("Bob"), Error::<Test>::AlreadyPaid);
        assert_eq!(balance(&bank()), 500);
    });
}

#[test]
fn staff_of_the_company_may_pay_by_hand() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(pay("Bob"));
        assert_eq!(balance(&bank()), 500);
    });
}

#[test]
fn nobody_else_pays() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_noop!(pay("Charlie"), Error::<Test>::NotTheDebtor);
        assert_noop!(pay("Ferdie"), DispatchError::BadOrigin);
        assert_err!(
            validate(payment("Charlie", AGREEMENT, DAY)),
            InvalidTransaction::BadSigner
        );
        assert_err!(
            validate(payment("Ferdie", AGREEMENT, DAY)),
            InvalidTransaction::BadSigner
        );
    });
}

#[test]
fn a_day_that_is_not_reconciled_is_not_paid() {
    build_and_execute(|| {
        fund(500);
        assert_noop!(pay("Bob"), Error::<Test>::NotReconciled);
        assert_err!(validate(by_the_worker()), InvalidTransaction::Future);
    });
}

#[test]
fn an_agreement_that_is_not_there_is_not_paid() {
    build_and_execute(|| {
        assert_noop!(
            Settlement::pay(RuntimeOrigin::signed(account("Bob")), 99, DAY),
            Error::<Test>::UnknownAgreement
        );
        assert_err!(validate(payment("Bob", 99, DAY)), InvalidTransaction::Call);
    });
}

/// Both the call and the pool refuse the payment by `error`, and the day stays due.
fn assert_refused(error: Error<Test>) {
    let index = error.encode()[0];
    assert_err!(
        validate(by_the_worker()),
        InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
    );
    assert_noop!(pay("Bob"), error);
    assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
}

/// Sets the least balance of the asset.
fn set_least(amount: Amount) {
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
fn with_too_little_an_obligation_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_refused(Error::InsufficientFunds);
        fund(499);
        assert_refused(Error::InsufficientFunds);
        // Others hold more of the asset than is due.
        assert_ok!(Assets::mint_into(ASSET, &AccountId32::new([9; 32]), 5_000));
        assert_refused(Error::InsufficientFunds);

        fund(1);
        assert_ok!(validate(by_the_worker()));
        assert_ok!(pay("Bob"));
    });
}

#[test]
fn a_payment_that_would_leave_less_than_an_account_may_hold_waits() {
    build_and_execute(|| {
        set_least(100);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(599);
        assert_refused(Error::LeavesDust);

        fund(1);
        assert_ok!(pay("Bob"));
        assert_eq!((balance(&company()), balance(&bank())), (100, 500));
    });
}

#[test]
fn a_payment_in_no_asset_is_refused_by_name() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        let asset = ASSET + 1;
        Obligations::<Test>::mutate(AGREEMENT, DAY, |obligation| {
            obligation.as_mut().expect("it is due").rail = Rail::Asset(asset);
        });
        assert_refused(Error::AssetUnavailable);
    });
}

#[test]
fn a_payment_in_an_asset_that_is_being_destroyed_is_refused_by_name() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::start_destroy(RuntimeOrigin::root(), ASSET));
        assert_refused(Error::AssetUnavailable);
    });
}

/// Changes the decimals that the asset's metadata states, as the administrator of assets may.
fn set_decimals(decimals: u8) {
    assert_ok!(Assets::force_set_metadata(
        RuntimeOrigin::root(),
        ASSET,
        b"Crown".to_vec(),
        b"CZK".to_vec(),
        decimals,
        false,
    ));
}

#[test]
fn a_payment_in_an_asset_of_other_decimals_waits_until_they_are_set_back() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        for other in [0, 1, 3] {
            set_decimals(other);
            assert_refused(Error::OtherDecimals);
        }
        assert_eq!(balance(&bank()), 0);

        set_decimals(2);
        assert_ok!(validate(by_the_worker()));
        assert_ok!(pay("Bob"));
    });
}

#[test]
fn a_payment_in_an_asset_that_lost_its_metadata_waits() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::force_clear_metadata(RuntimeOrigin::root(), ASSET));
        assert_refused(Error::OtherDecimals);
    });
}

#[test]
fn a_payment_from_an_account_to_itself_is_refused() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, BANK, from, company()));
        Settlement::on_reconciled(AGREEMENT, from, 500);
        fund(500);
        let staff = RuntimeOrigin::signed(account("Bob"));
        assert_noop!(
            Settlement::pay(staff, AGREEMENT, from),
            Error::<Test>::SameAccount
        );
        let index = Error::<Test>::SameAccount.encode()[0];
        assert_err!(
            validate(payment("Bob", AGREEMENT, from)),
            InvalidTransaction::Custom(FIRST_OF_PAYMENTS + index)
        );
        assert!(Due::<Test>::contains_key(AGREEMENT, from));

        // The day before still has an account of its own for each.
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_ok!(pay("Bob"));
        assert_eq!((balance(&company()), balance(&bank())), (0, 500));
    });
}

#[test]
fn a_payment_of_frozen_funds_waits() {
    build_and_execute(|| {
        let issuer = RuntimeOrigin::signed(AccountId32::new([1; 32]));
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::freeze_asset(issuer.clone(), ASSET));
        assert_refused(Error::FundsFrozen);
        assert_ok!(Assets::thaw_asset(issuer.clone(), ASSET));

        assert_ok!(Assets::freeze(issuer.clone(), ASSET, company()));
        assert_refused(Error::FundsFrozen);
        assert_ok!(Assets::thaw(issuer, ASSET, company()));
        assert_ok!(pay("Bob"));
    });
}

#[test]
fn a_payment_that_the_bank_cannot_take_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        // The bank has no account in the asset, and the amount is too small to begin one.
        set_least(501);
        assert_refused(Error::CreditorCannotReceive);
    });
}

#[test]
fn a_payment_to_a_blocked_account_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        // An account that holds nothing of an asset cannot be blocked.
        assert_ok!(Assets::mint_into(ASSET, &bank(), 1));
        let issuer = RuntimeOrigin::signed(AccountId32::new([1; 32]));
        assert_ok!(Assets::block(issuer, ASSET, bank()));
        assert_refused(Error::CreditorCannotReceive);
    });
}

#[test]
fn the_pool_holds_one_payment_for_a_day_and_lets_it_go_first() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 5);
        Settlement::on_reconciled(SECOND_AGREEMENT, DAY, 5);
        fund(500);
        let first = validate(by_the_worker()).expect("valid");
        let again = validate(by_the_worker()).expect("valid");
        let other = validate(payment("Bob", SECOND_AGREEMENT, DAY)).expect("valid");
        assert_eq!(first.priority, WORKER_PRIORITY);
        assert_eq!(first.provides, again.provides);
        assert_ne!(first.provides, other.provides);
    });
}

#[test]
fn a_signature_for_another_day_pays_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 5);
        Settlement::on_reconciled(AGREEMENT, DAY.next(), 5);
        fund(500);
        let mut xt = by_the_worker();
        let RuntimeCall::Settlement(crate::Call::pay { day, .. }) = &mut xt.function else {
            panic!("a payment");
        };
        *day = DAY.next();
        assert_err!(validate(xt), InvalidTransaction::BadProof);
    });
}

#[test]
fn a_day_is_paid_from_and_to_the_accounts_of_its_day() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let [payer, payee] = [112, 113].map(|byte| AccountId32::new([byte; 32]));
        for (member, account) in [(COMPANY, &payer), (BANK, &payee)] {
            let root = RuntimeOrigin::root();
            assert_ok!(Registry::set_account(root, member, from, account.clone()));
        }
        assert_ok!(Assets::mint_into(ASSET, &payer, 300));
        fund(500);
        // Both days are paid after the change.
        set_clock(NOW + 30 * 86_400_000);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, from, 300);
        for day in [DAY, from] {
            let staff = RuntimeOrigin::signed(account("Bob"));
            assert_ok!(Settlement::pay(staff, AGREEMENT, day));
        }
        assert_eq!((balance(&company()), balance(&bank())), (0, 500));
        assert_eq!((balance(&payer), balance(&payee)), (0, 300));
    });
}

#[test]
fn money_on_another_days_account_pays_nothing() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let payer = AccountId32::new([112; 32]);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, COMPANY, from, payer.clone()));
        assert_ok!(Assets::mint_into(ASSET, &payer, 500));
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_refused(Error::InsufficientFunds);
    });
}
