//! Which days one payment covers, and when it falls due.

use crate::{mock::*, Due, Error, Event, Obligations};
use counterfoil_primitives::{
    ports::{Obligations as ObligationsPort, OnReconciled},
    settlement::{Period, Rail},
    BusinessDay, Conditions, TimeOfDay,
};
use frame_support::{assert_noop, assert_ok, traits::fungibles::Mutate};
use sp_core::crypto::AccountId32;

const IN_ASSET: Rail = Rail::Asset(ASSET);

fn is_due(first: BusinessDay) -> bool {
    Due::<Test>::contains_key(AGREEMENT, first)
}

/// Lets the agreement end, and close, from these days on.
fn end_and_close(end: BusinessDay, close: BusinessDay) {
    pallet_registry::Agreements::<Test>::mutate(AGREEMENT, |agreement| {
        let agreement = agreement.as_mut().expect("it is there");
        agreement.end = Some(end);
        agreement.refund_days = (close.0 - end.0) as u16;
        agreement.amend_days = 0;
    });
}

/// The agreement pays by month.
fn by_month() {
    go_by(Period::Month, IN_ASSET);
}

#[test]
fn the_days_of_a_month_are_due_with_the_last_of_them() {
    for (first, last, days) in [
        ("2025-02-01", "2025-02-28", 28),
        ("2028-02-01", "2028-02-29", 29),
        ("2024-11-01", "2024-11-30", 30),
        ("2024-12-01", "2024-12-31", 31),
    ] {
        build_and_execute(|| {
            by_month();
            let (first, last) = (day(first), day(last));
            reconcile(first, last.previous(), 10);
            assert_eq!(obligation(first).days, days - 1);
            assert!(obligation(first).due_since.is_none() && !is_due(first));

            reconcile(last, last, 10);
            assert_eq!(obligation(first).days, days);
            assert_eq!(obligation(first).amount, i128::from(days) * 10);
            assert!(obligation(first).due_since.is_some() && is_due(first));
        });
    }
}

#[test]
fn a_month_ends_where_the_next_one_begins() {
    build_and_execute(|| {
        by_month();
        reconcile(day("2024-11-30"), day("2024-12-01"), 10);
        assert_eq!(obligation(day("2024-11-01")).days, 1);
        assert_eq!(obligation(day("2024-12-01")).days, 1);
    });
}

#[test]
fn the_month_in_which_an_agreement_begins_has_the_days_from_then_on() {
    build_and_execute(|| {
        by_month();
        reconcile(DAY, day("2024-10-31"), 10);
        assert_eq!((obligation(DAY).days, obligation(DAY).amount), (28, 280));
        assert!(is_due(DAY));
    });
}

#[test]
fn a_day_that_is_counted_names_its_period_and_what_is_owed_for_it() {
    build_and_execute(|| {
        by_month();
        Settlement::on_reconciled(AGREEMENT, DAY.next(), -1_250);
        assert_eq!(
            events(),
            vec![Event::DayCounted {
                agreement: AGREEMENT,
                day: DAY.next(),
                date: "2024-10-05".try_into().unwrap(),
                first: DAY,
                first_date: "2024-10-04".try_into().unwrap(),
                last: day("2024-10-31"),
                last_date: "2024-10-31".try_into().unwrap(),
                owed_in_words: "bank owes company 12.50 CZK".try_into().unwrap(),
            }]
        );
    });
}

#[test]
fn a_period_that_is_whole_names_its_days_and_their_sum() {
    build_and_execute(|| {
        by_month();
        let last = day("2024-10-31");
        reconcile(DAY, last, 10);
        assert_eq!(
            events().pop(),
            Some(Event::ObligationDue {
                agreement: AGREEMENT,
                day: DAY,
                date: "2024-10-04".try_into().unwrap(),
                last,
                last_date: "2024-10-31".try_into().unwrap(),
                debtor: COMPANY,
                creditor: BANK,
                rail: IN_ASSET,
                amount: 280,
                amount_in_words: "2.80 CZK".try_into().unwrap(),
            })
        );
    });
}

#[test]
fn a_period_whose_days_are_reconciled_backwards_is_due_with_its_first_day() {
    build_and_execute(|| {
        by_month();
        let (first, last) = (day("2024-11-01"), day("2024-11-30"));
        for day in (first.next().0..=last.0).rev() {
            Settlement::on_reconciled(AGREEMENT, BusinessDay(day), 10);
            assert!(!is_due(first));
        }
        Settlement::on_reconciled(AGREEMENT, first, 10);
        assert!(is_due(first));
        assert_eq!(obligation(first).amount, 300);
    });
}

#[test]
fn a_day_turns_round_who_owes_for_the_period() {
    build_and_execute(|| {
        by_month();
        let last = day("2024-10-31");
        reconcile(DAY, last.previous(), 10);
        Settlement::on_reconciled(AGREEMENT, last, -300);
        assert_eq!(obligation(DAY).amount, -30);
        fund_bank(30);
        assert_ok!(Settlement::pay(by("Charlie"), AGREEMENT, DAY));
        assert_eq!((balance(&bank()), balance(&company())), (0, 30));
    });
}

#[test]
fn a_period_whose_days_make_zero_settles_itself_when_it_is_whole() {
    build_and_execute(|| {
        by_month();
        let last = day("2024-10-31");
        reconcile(DAY, last.previous(), 10);
        assert!(!Settlement::is_settled(AGREEMENT, DAY));
        set_clock(NOW + 5);
        Settlement::on_reconciled(AGREEMENT, last, -270);
        assert!(!is_due(DAY));
        assert_eq!(obligation(DAY).paid_at, Some(NOW + 5));
        assert!(Settlement::is_settled(AGREEMENT, DAY) && Settlement::is_settled(AGREEMENT, last));
        assert!(matches!(
            events().pop(),
            Some(Event::NothingDue { day: DAY, last: named, .. }) if named == last
        ));
    });
}

#[test]
fn days_that_make_zero_so_far_settle_nothing() {
    build_and_execute(|| {
        by_month();
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, DAY.next(), -500);
        assert_eq!(obligation(DAY).amount, 0);
        assert!(obligation(DAY).paid_at.is_none());
        assert!(!Settlement::is_settled(AGREEMENT, DAY));
    });
}

#[test]
fn each_day_keeps_what_is_owed_for_it() {
    build_and_execute(|| {
        by_month();
        Settlement::on_reconciled(AGREEMENT, DAY, 500);
        Settlement::on_reconciled(AGREEMENT, DAY.next(), -200);
        assert_eq!(Settlement::obligation(AGREEMENT, DAY), Some(500));
        assert_eq!(Settlement::obligation(AGREEMENT, DAY.next()), Some(-200));
        assert_eq!(Settlement::obligation(AGREEMENT, day("2024-10-06")), None);
    });
}

#[test]
fn a_period_under_way_is_not_paid() {
    build_and_execute(|| {
        by_month();
        reconcile(DAY, day("2024-10-30"), 10);
        fund(1_000);
        assert_noop!(
            Settlement::pay(by("Bob"), AGREEMENT, DAY),
            Error::<Test>::NotDue
        );
    });
}

#[test]
fn every_day_of_a_period_names_it_in_a_call() {
    for named in ["2024-10-04", "2024-10-17", "2024-10-31"] {
        build_and_execute(|| {
            by_month();
            reconcile(DAY, day("2024-10-31"), 10);
            fund(280);
            assert_ok!(Settlement::pay(by("Bob"), AGREEMENT, day(named)));
            assert!(is_paid(DAY) && !is_due(DAY));
        });
    }
}

#[test]
fn the_pool_knows_a_period_by_each_of_its_days_as_one() {
    build_and_execute(|| {
        by_month();
        reconcile(DAY, day("2024-10-31"), 10);
        fund(280);
        let tags = |day| validate(payment("Bob", AGREEMENT, day)).map(|valid| valid.provides);
        assert!(tags(DAY).is_ok());
        assert_eq!(tags(day("2024-10-31")), tags(DAY));
    });
}

#[test]
fn another_period_begins_where_the_conditions_say_so() {
    build_and_execute(|| {
        by_month();
        let from = day("2024-10-15");
        change(from, Period::Day, IN_ASSET);
        reconcile(DAY, from, 10);
        assert_eq!(
            (obligation(DAY).days, obligation(DAY).last),
            (11, from.previous())
        );
        assert!(is_due(DAY));
        assert_eq!(obligation(from).days, 1);
        assert!(is_due(from));
    });
}

#[test]
fn a_change_cuts_a_period_short_of_which_days_are_reconciled() {
    build_and_execute(|| {
        by_month();
        reconcile(DAY, day("2024-10-06"), 10);
        assert_eq!(obligation(DAY).last, day("2024-10-31"));
        let from = day("2024-10-10");
        change(from, Period::Day, IN_ASSET);
        reconcile(day("2024-10-07"), day("2024-10-09"), 10);
        assert_eq!(
            (obligation(DAY).days, obligation(DAY).last),
            (6, from.previous())
        );
        assert!(is_due(DAY));
    });
}

#[test]
fn a_day_after_a_cut_counts_towards_its_own_period_though_the_earlier_one_is_not_whole() {
    build_and_execute(|| {
        by_month();
        reconcile(DAY, DAY, 10);
        change(day("2024-10-10"), Period::Day, IN_ASSET);
        let later = day("2024-10-12");
        reconcile(later, later, 7);
        assert_eq!(obligation(later).amount, 7);
        assert_eq!(obligation(DAY).amount, 10);
        fund(7);
        assert_ok!(Settlement::pay(by("Bob"), AGREEMENT, later));
    });
}

#[test]
fn another_rail_begins_another_period() {
    build_and_execute(|| {
        by_month();
        let from = day("2024-10-15");
        change(from, Period::Month, Rail::External);
        reconcile(DAY, day("2024-10-31"), 10);
        assert_eq!((obligation(DAY).days, obligation(DAY).rail), (11, IN_ASSET));
        assert_eq!(
            (obligation(from).days, obligation(from).rail),
            (17, Rail::External)
        );
    });
}

#[test]
fn other_conditions_begin_no_period() {
    build_and_execute(|| {
        by_month();
        let later = Conditions {
            preset: TimeOfDay(600),
            ..conditions(Period::Month, IN_ASSET)
        };
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_conditions(
            root,
            AGREEMENT,
            day("2024-10-15"),
            later
        ));
        reconcile(DAY, day("2024-10-31"), 10);
        assert_eq!(obligation(DAY).days, 28);
        assert!(is_due(DAY));
    });
}

#[test]
fn a_period_goes_on_beyond_the_end_of_the_agreement_until_it_closes() {
    build_and_execute(|| {
        by_month();
        end_and_close(day("2024-10-18"), day("2024-10-20"));
        reconcile(DAY, day("2024-10-18"), 10);
        assert!(!is_due(DAY));
        let last = day("2024-10-19");
        reconcile(last, last, -10);
        let owed = obligation(DAY);
        assert_eq!((owed.days, owed.last, owed.amount), (16, last, 140));
        assert!(is_due(DAY));
    });
}

#[test]
fn a_period_that_begins_after_the_end_of_the_agreement_ends_when_it_closes() {
    build_and_execute(|| {
        by_month();
        let first = day("2024-11-01");
        end_and_close(day("2024-10-20"), day("2024-11-03"));
        reconcile(first, first, -10);
        assert!(!is_due(first));
        let last = first.next();
        reconcile(last, last, -10);
        assert_eq!((obligation(first).days, obligation(first).last), (2, last));
        assert!(is_due(first));
    });
}

#[test]
fn a_day_that_is_reconciled_after_its_period_is_due_changes_nothing() {
    build_and_execute(|| {
        by_month();
        reconcile(DAY, day("2024-10-31"), 10);
        let before = obligation(DAY);
        Settlement::on_reconciled(AGREEMENT, day("2024-10-20"), 99);
        assert_eq!(obligation(DAY), before);
        assert_eq!(Obligations::<Test>::iter_prefix(AGREEMENT).count(), 1);
    });
}

#[test]
fn a_period_is_paid_from_and_to_the_accounts_of_its_first_day() {
    build_and_execute(|| {
        by_month();
        let from = day("2024-10-15");
        let [payer, payee] = [112, 113].map(|byte| AccountId32::new([byte; 32]));
        for (member, account) in [(COMPANY, &payer), (BANK, &payee)] {
            let root = RuntimeOrigin::root();
            assert_ok!(Registry::set_account(root, member, from, account.clone()));
        }
        assert_ok!(Assets::mint_into(ASSET, &payer, 280));
        fund(280);
        reconcile(DAY, day("2024-10-31"), 10);
        assert_ok!(Settlement::pay(by("Bob"), AGREEMENT, day("2024-10-31")));
        assert_eq!((balance(&company()), balance(&bank())), (0, 280));
        assert_eq!((balance(&payer), balance(&payee)), (280, 0));
    });
}
