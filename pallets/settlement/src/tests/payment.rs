use crate::{mock::*, reference, Due, Error, Event, Payables};
use counterfoil_primitives::{ports::OnReconciled, BusinessDay};
use frame_support::{
    assert_err, assert_noop, assert_ok,
    dispatch::{CheckIfFeeless, DispatchResult},
    traits::fungibles::Mutate,
};
use pallet_registry::origin::WORKER_PRIORITY;
use sp_runtime::{transaction_validity::InvalidTransaction, DispatchError};

fn pay(name: &str) -> DispatchResult {
    Settlement::pay(RuntimeOrigin::signed(account(name)), AGREEMENT, DAY, None)
}

fn authorised() -> UncheckedExtrinsic {
    payment("Bob", COMPANY, AGREEMENT, DAY)
}

#[test]
fn a_payment_moves_the_asset_and_names_agreement_and_day() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(700);
        set_clock(NOW + 9);
        assert_ok!(apply(authorised()).expect("valid"));
        assert_eq!((balance(&company()), balance(&bank())), (200, 500));
        assert_eq!(
            Payables::<Test>::get(AGREEMENT, DAY).and_then(|payable| payable.paid_at),
            Some(NOW + 9)
        );
        assert!(!Due::<Test>::contains_key(AGREEMENT, DAY));
        assert_eq!(
            events().pop(),
            Some(Event::Paid {
                agreement: AGREEMENT,
                day: DAY,
                company: COMPANY,
                bank: BANK,
                asset: ASSET,
                amount: 500,
                reference: reference::of(AGREEMENT, DAY),
            })
        );
    });
}

#[test]
fn the_company_may_spend_its_last_unit() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(apply(authorised()).expect("valid"));
        assert_eq!((balance(&company()), balance(&bank())), (0, 500));
    });
}

#[test]
fn a_day_is_paid_once() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(2_000);
        assert_ok!(apply(authorised()).expect("valid"));
        assert_err!(apply(authorised()), InvalidTransaction::Stale);
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
        assert_noop!(pay("Charlie"), Error::<Test>::NotTheCompany);
        assert_noop!(pay("Ferdie"), DispatchError::BadOrigin);
        assert_err!(
            validate(payment("Charlie", BANK, AGREEMENT, DAY)),
            InvalidTransaction::BadSigner
        );
        assert_err!(
            validate(payment("Charlie", COMPANY, AGREEMENT, DAY)),
            InvalidTransaction::BadProof
        );
    });
}

#[test]
fn a_day_that_is_not_reconciled_is_not_paid() {
    build_and_execute(|| {
        fund(500);
        assert_noop!(pay("Bob"), Error::<Test>::NotReconciled);
        assert_err!(validate(authorised()), InvalidTransaction::Future);
    });
}

#[test]
fn an_agreement_that_is_not_there_is_not_paid() {
    build_and_execute(|| {
        assert_noop!(
            Settlement::pay(RuntimeOrigin::signed(account("Bob")), 99, DAY, None),
            Error::<Test>::UnknownAgreement
        );
        assert_err!(
            validate(payment("Bob", COMPANY, 99, DAY)),
            InvalidTransaction::Call
        );
    });
}

#[test]
fn with_too_little_a_payable_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(499);
        assert_err!(validate(authorised()), InvalidTransaction::Payment);
        assert!(pay("Bob").is_err());
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
        assert_eq!((balance(&company()), balance(&bank())), (499, 0));

        fund(1);
        assert_ok!(validate(authorised()));
    });
}

#[test]
fn a_payment_that_would_leave_less_than_an_account_may_hold_waits() {
    build_and_execute(|| {
        let owner: sp_runtime::AccountId32 = [1; 32].into();
        assert_ok!(Assets::force_asset_status(
            RuntimeOrigin::root(),
            ASSET,
            owner.clone(),
            owner.clone(),
            owner.clone(),
            owner,
            100,
            true,
            false,
        ));
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(599);
        assert_noop!(pay("Bob"), Error::<Test>::LeavesDust);
        assert_err!(validate(authorised()), InvalidTransaction::Payment);

        fund(1);
        assert_ok!(pay("Bob"));
        assert_eq!((balance(&company()), balance(&bank())), (100, 500));
    });
}

#[test]
fn a_payment_that_the_bank_cannot_take_stays_due() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        fund(500);
        assert_ok!(Assets::freeze_asset(
            RuntimeOrigin::signed([1; 32].into()),
            ASSET
        ));
        assert_err!(validate(authorised()), InvalidTransaction::Payment);
        assert!(pay("Bob").is_err());
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
    });
}

#[test]
fn the_pool_holds_one_payment_for_a_day_and_lets_it_go_first() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 5);
        Settlement::on_reconciled(SECOND_AGREEMENT, DAY, 5);
        fund(500);
        let first = validate(authorised()).expect("valid");
        let again = validate(authorised()).expect("valid");
        let other = validate(payment("Bob", COMPANY, SECOND_AGREEMENT, DAY)).expect("valid");
        assert_eq!(first.priority, WORKER_PRIORITY);
        assert_eq!(first.provides, again.provides);
        assert_ne!(first.provides, other.provides);
    });
}

#[test]
fn an_authority_for_another_day_pays_nothing() {
    build_and_execute(|| {
        Settlement::on_reconciled(AGREEMENT, DAY, 5);
        Settlement::on_reconciled(AGREEMENT, DAY.next(), 5);
        fund(500);
        let mut xt = authorised();
        let RuntimeCall::Settlement(crate::Call::pay { day, .. }) = &mut xt.function else {
            panic!("a payment");
        };
        *day = DAY.next();
        assert_err!(validate(xt), InvalidTransaction::BadProof);
    });
}

#[test]
fn a_members_payment_is_free_and_a_strangers_is_not() {
    build_and_execute(|| {
        let call = RuntimeCall::from(crate::Call::pay {
            agreement: AGREEMENT,
            day: DAY,
            auth: None,
        });
        assert!(call.is_feeless(&RuntimeOrigin::signed(account("Bob"))));
        assert!(!call.is_feeless(&RuntimeOrigin::signed(account("Ferdie"))));
    });
}

#[test]
fn a_day_is_paid_from_and_to_the_accounts_of_its_day() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let [payer, payee] = [112, 113].map(|byte| sp_runtime::AccountId32::new([byte; 32]));
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
            assert_ok!(Settlement::pay(staff, AGREEMENT, day, None));
        }
        assert_eq!((balance(&company()), balance(&bank())), (0, 500));
        assert_eq!((balance(&payer), balance(&payee)), (0, 300));
    });
}

#[test]
fn money_on_another_days_account_pays_nothing() {
    build_and_execute(|| {
        let from = BusinessDay(DAY.0 + 5);
        let payer = sp_runtime::AccountId32::new([112; 32]);
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_account(root, COMPANY, from, payer.clone()));
        assert_ok!(Assets::mint_into(ASSET, &payer, 500));
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_err!(validate(authorised()), InvalidTransaction::Payment);
        assert!(pay("Bob").is_err());
        assert!(Due::<Test>::contains_key(AGREEMENT, DAY));
    });
}
