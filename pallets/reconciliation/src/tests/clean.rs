//! Sides whose books are the chain's own.

use super::*;
use crate::{Event, Outcomes};

#[test]
fn a_clean_report_proves_the_side_without_breaks() {
    at_preset(300, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn both_sides_proven_reconcile_the_day_once_with_the_credits_of_its_payments() {
    at_preset(300, || {
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, DEBIT));
        assert_eq!(world(|world| world.reconciled.clone()), vec![]);
        assert_ok!(report_clean(RECONCILER, CREDIT));
        let obligation = 300 * trade(0).credit as i128;
        assert_eq!(
            world(|world| world.reconciled.clone()),
            vec![(AGREEMENT, DAY, obligation)]
        );
        let outcome = Outcomes::<Test>::get(AGREEMENT, DAY).unwrap();
        assert_eq!(outcome.obligation, obligation);
        assert_eq!(outcome.reconciled_at, preset());
    });
}

#[test]
fn the_end_of_a_day_tells_each_party_its_result() {
    at_preset(2, || {
        let mut book = chain_book(CREDIT);
        book.slots[1] = None;
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &book);
        assert_ok!(report_clean(RECONCILER, DEBIT));
        report_whole(CREDIT, &report_of(CREDIT, &book));
        let owed = 2 * trade(0).credit;
        let told = events();
        assert!(told.contains(&Event::CompanyResult {
            company: COMPANY,
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            trades: 2,
            payments: 2 * trade(0).debit,
            payments_in_words: in_words(2 * trade(0).debit),
            refunds: 0,
            refunds_in_words: in_words(0),
            breaks: 0,
            defaulted: false,
            obligation: owed as i128,
            obligation_in_words: owed_by_company(owed),
        }));
        assert!(told.contains(&Event::BankResult {
            bank: BANK,
            agreement: AGREEMENT,
            day: DAY,
            date: "2024-10-04".try_into().unwrap(),
            trades: 2,
            payments: owed,
            payments_in_words: in_words(owed),
            refunds: 0,
            refunds_in_words: in_words(0),
            breaks: 1,
            defaulted: false,
            obligation: owed as i128,
            obligation_in_words: owed_by_company(owed),
        }));
    });
}

#[test]
fn a_day_without_trades_reconciles_with_nothing_to_pay() {
    at_preset(0, || {
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, DEBIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_eq!(
            world(|world| world.reconciled.clone()),
            vec![(AGREEMENT, DAY, 0)]
        );
    });
}

#[test]
fn a_day_without_trades_but_with_an_extra_is_proven_by_the_extra() {
    at_preset(0, || {
        let book = Book {
            slots: vec![],
            extras: vec![unknown(1)],
        };
        commit(CREDIT, &book);
        report_whole(CREDIT, &report_of(CREDIT, &book));
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 1 });
        assert_eq!(
            Reconciliation::extra_breaks(CREDIT),
            vec![(unknown(1), Cause::NotOnChain)]
        );
    });
}

#[test]
fn either_party_may_report_either_side() {
    at_preset(3, || {
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(COMPANY, CREDIT));
        assert_ok!(report_clean(BANK, DEBIT));
    });
}

#[test]
fn a_side_is_proven_once() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        assert_ok!(report_clean(RECONCILER, CREDIT));
        assert_noop!(
            report_clean(RECONCILER, CREDIT),
            Error::<Test>::AlreadyProven
        );
    });
}

#[test]
fn a_request_for_all_pages_is_kept_until_the_day_is_reconciled() {
    at_preset(3, || {
        let request = |member| Reconciliation::request_full_fetch(signed(member), AGREEMENT, DAY);
        assert_ok!(request(BANK));
        assert_noop!(request(COMPANY), Error::<Test>::AlreadyRequested);
        assert!(crate::FullFetch::<Test>::contains_key(AGREEMENT, DAY));
    });
}

#[test]
fn a_request_for_all_pages_of_a_reconciled_day_is_refused() {
    at_preset(3, || {
        for side_id in [DEBIT, CREDIT] {
            commit(side_id, &chain_book(side_id));
            assert_ok!(report_clean(RECONCILER, side_id));
        }
        assert_noop!(
            Reconciliation::request_full_fetch(signed(BANK), AGREEMENT, DAY),
            Error::<Test>::AlreadyReconciled
        );
    });
}

#[test]
fn the_request_for_all_pages_ends_with_the_day() {
    at_preset(3, || {
        assert_ok!(Reconciliation::request_full_fetch(
            signed(BANK),
            AGREEMENT,
            DAY
        ));
        for side_id in [DEBIT, CREDIT] {
            commit(side_id, &chain_book(side_id));
            assert_ok!(report_clean(RECONCILER, side_id));
        }
        assert!(!crate::FullFetch::<Test>::contains_key(AGREEMENT, DAY));
    });
}

#[test]
fn all_pages_of_a_day_that_has_not_begun_cannot_be_asked_for() {
    at_preset(3, || {
        let request = |day| {
            let day = BusinessDay(day);
            Reconciliation::request_full_fetch(signed(BANK), AGREEMENT, day)
        };
        assert_noop!(request(DAY.0 + 2), Error::<Test>::NoSuchDay);
        assert_noop!(request(DAY.0 - 1), Error::<Test>::NoSuchDay);
        assert_ok!(request(DAY.0 + 1));
    });
}

#[test]
fn all_pages_of_a_day_can_be_asked_for_until_the_agreement_closes() {
    at_preset(3, || {
        let request = |day| Reconciliation::request_full_fetch(signed(BANK), AGREEMENT, day);
        close_after(0);
        assert_noop!(request(DAY.next()), Error::<Test>::NoSuchDay);
        close_after(1);
        assert_ok!(request(DAY.next()));
    });
}
