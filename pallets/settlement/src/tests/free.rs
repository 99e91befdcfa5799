//! For whom calls are free.

use crate::mock::*;
use counterfoil_primitives::{
    ports::OnReconciled,
    settlement::{Period, Rail},
    AgreementId, BusinessDay,
};
use counterfoil_support::{unordered::NEEDS_NONCE, ValidateUnordered};
use frame_support::{assert_ok, dispatch::CheckIfFeeless};
use sp_runtime::transaction_validity::TransactionSource;

/// For which of the members the payment of a day is free.
fn free_for(agreement: AgreementId, day: BusinessDay) -> Vec<&'static str> {
    call_free_for(crate::Call::pay { agreement, day })
}

/// For which of the members a call is free.
fn call_free_for(call: crate::Call<Test>) -> Vec<&'static str> {
    let call = RuntimeCall::from(call);
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

#[test]
fn a_period_under_way_is_free_to_pay_for_nobody() {
    build_and_execute(|| {
        go_by(Period::Month, Rail::Asset(ASSET));
        reconcile(DAY, day("2024-10-30"), 10);
        assert!(free_for(AGREEMENT, DAY).is_empty());
        let last = day("2024-10-31");
        reconcile(last, last, 10);
        assert_eq!(free_for(AGREEMENT, DAY), ["Bob"]);
        assert_eq!(free_for(AGREEMENT, last), ["Bob"]);
    });
}

#[test]
fn a_release_is_free_for_the_debtor_while_it_is_awaited() {
    build_and_execute(|| {
        let release = || {
            call_free_for(crate::Call::release {
                agreement: AGREEMENT,
                day: DAY,
            })
        };
        Exceeded::set(vec![(AGREEMENT, DAY)]);
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        assert_eq!(release(), ["Bob"]);
        assert_ok!(Settlement::release(by("Bob"), AGREEMENT, DAY));
        assert!(release().is_empty());
    });
}

#[test]
fn a_declaration_is_free_for_the_debtor_as_far_as_it_owes() {
    build_and_execute(|| {
        outside(500);
        let declare = |amount| {
            call_free_for(crate::Call::declare {
                agreement: AGREEMENT,
                day: DAY,
                amount,
                value_date: DAY,
                reference: reference("B-1"),
            })
        };
        assert_eq!(declare(500), ["Bob"]);
        assert!(declare(501).is_empty());
    });
}

#[test]
fn a_withdrawal_is_free_for_the_debtor_until_the_creditor_answers() {
    build_and_execute(|| {
        outside(500);
        let withdraw = || {
            call_free_for(crate::Call::withdraw_declaration {
                agreement: AGREEMENT,
                day: DAY,
                number: 0,
            })
        };
        assert!(withdraw().is_empty());
        assert_ok!(declare(500, "B-1"));
        assert_eq!(withdraw(), ["Bob"]);
        assert_ok!(acknowledge(0, "B-1", 500));
        assert!(withdraw().is_empty());
    });
}

#[test]
fn an_acknowledgement_is_free_for_the_creditor_once() {
    build_and_execute(|| {
        outside(500);
        let acknowledged = |text| {
            call_free_for(crate::Call::acknowledge {
                agreement: AGREEMENT,
                day: DAY,
                number: 0,
                reference: reference(text),
                received: 500,
            })
        };
        assert!(acknowledged("B-1").is_empty());
        assert_ok!(declare(500, "B-1"));
        assert_eq!(acknowledged("B-1"), ["Charlie"]);
        assert!(acknowledged("B-2").is_empty());
        assert_ok!(acknowledge(0, "B-1", 500));
        assert!(acknowledged("B-1").is_empty());
    });
}

#[test]
fn the_report_of_a_return_is_free_for_the_debtor_as_far_as_the_creditor_kept_it() {
    build_and_execute(|| {
        outside(500);
        let returned = |amount, returned_before| {
            call_free_for(crate::Call::report_return {
                agreement: AGREEMENT,
                day: DAY,
                number: 0,
                amount,
                returned_before,
            })
        };
        assert_ok!(declare(500, "B-1"));
        assert!(returned(500, 0).is_empty());
        assert_ok!(acknowledge(0, "B-1", 500));
        assert_eq!(returned(500, 0), ["Bob"]);
        assert!(returned(501, 0).is_empty());
        assert_ok!(give_back(0, 120, 0));
        assert!(returned(120, 0).is_empty());
        assert_eq!(returned(120, 120), ["Bob"]);
    });
}

#[test]
fn only_a_payment_comes_without_a_nonce() {
    build_and_execute(|| {
        outside(500);
        let agreement = AGREEMENT;
        let calls = [
            crate::Call::<Test>::release {
                agreement,
                day: DAY,
            },
            crate::Call::withdraw_declaration {
                agreement,
                day: DAY,
                number: 0,
            },
            crate::Call::declare {
                agreement,
                day: DAY,
                amount: 500,
                value_date: DAY,
                reference: reference("B-1"),
            },
            crate::Call::acknowledge {
                agreement,
                day: DAY,
                number: 0,
                reference: reference("B-1"),
                received: 500,
            },
            crate::Call::report_return {
                agreement,
                day: DAY,
                number: 0,
                amount: 500,
                returned_before: 0,
            },
        ];
        for call in calls {
            assert_eq!(
                call.validate_unordered(COMPANY, TransactionSource::External),
                Err(NEEDS_NONCE.into())
            );
        }
    });
}
