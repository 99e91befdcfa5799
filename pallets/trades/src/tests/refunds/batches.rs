//! Several refunds in a call: they see each other, and the parties are told of them.

use super::*;
use crate::Event;
use counterfoil_primitives::Sequence;

/// Refunds of the first payment, each after the one before.
fn in_a_row(first: Sequence, parts: &[Amount]) -> Vec<RefundRequest> {
    let mut before = refunded((FIRST, 0));
    (first..)
        .zip(parts)
        .map(|(sequence, gross)| {
            let refund = refund_after(sequence, (FIRST, 0), before, *gross, eleven());
            before += gross;
            refund
        })
        .collect()
}

fn reasons() -> Vec<Refusal> {
    let reason = |event| match event {
        Event::<Test>::TradeRefused { reason, .. } => Some(reason),
        _ => None,
    };
    events().into_iter().filter_map(reason).collect()
}

#[test]
fn refunds_of_a_payment_in_one_call_see_each_other() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        give_back(in_a_row(1, &[4_000, 6_000]));
        assert_eq!(sequences(FIRST), [0, 1, 2]);
        let before = [1, 2].map(|position| link((FIRST, position)).unwrap().refunded_before);
        assert_eq!((before, refunded((FIRST, 0))), ([0, 4_000], 10_000));
    });
}

#[test]
fn refunds_of_a_payment_in_one_call_do_not_exceed_it() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        give_back(in_a_row(1, &[4_000, 6_001]));
        assert_eq!(reasons(), [Refusal::MoreThanLeft]);
        assert_eq!(refunded((FIRST, 0)), 4_000);
    });
}

#[test]
fn refunds_in_one_call_that_take_the_same_for_granted_are_given_once() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        give_back(
            [1, 2]
                .map(|seq| refund_of(seq, (FIRST, 0), 500, eleven()))
                .into(),
        );
        assert_eq!(reasons(), [Refusal::RefundedMeanwhile]);
        assert_eq!((sequences(FIRST), refunded((FIRST, 0))), (vec![0, 1], 500));
    });
}

#[test]
fn a_refused_refund_does_not_count_for_the_next_one() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let mut refunds = in_a_row(1, &[4_000, 6_000]);
        refunds[0].credit += 1;
        give_back(refunds);
        assert_eq!(
            reasons(),
            [Refusal::WrongCredit, Refusal::RefundedMeanwhile]
        );
        assert_eq!(refunded((FIRST, 0)), 0);
    });
}

#[test]
fn a_batch_of_refunds_sent_twice_is_kept_once() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        let refunds = in_a_row(1, &[500, 700]);
        give_back(refunds.clone());
        assert_eq!(reasons(), []);
        give_back(refunds);
        assert_eq!(reasons(), [Refusal::SequenceUsed; 2]);
        assert_eq!(
            (sequences(FIRST), refunded((FIRST, 0))),
            (vec![0, 1, 2], 1_200)
        );
    });
}

#[test]
fn each_party_learns_what_a_call_gave_back() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        events();
        give_back(in_a_row(1, &[1_000, 2_000]));
        let company = Event::DebitEntriesIssued {
            company: COMPANY,
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            first: 1,
            count: 2,
            total: 0,
            refunds_total: 45,
        };
        let bank = Event::CreditEntriesIssued {
            bank: BANK,
            agreement: AGREEMENT,
            day: FIRST,
            date: "2024-10-04".try_into().unwrap(),
            first: 1,
            count: 2,
            total: 0,
            refunds_total: 2_955,
        };
        assert_eq!(events(), [company, bank]);
    });
}

#[test]
fn refunds_of_payments_of_several_days_are_given_in_one_call() {
    build_and_execute(|| {
        pay(PRODUCT, 10_000);
        set_time(at(1, 12, 0));
        record(vec![priced(1, OWN_DEBIT, 10_000, at(1, 10, 0))]);
        give_back(vec![
            refund_of(2, (FIRST, 0), 500, at(1, 11, 0)),
            refund_of(3, (day(1), 0), 700, at(1, 11, 0)),
        ]);
        let given = [refunded((FIRST, 0)), refunded((day(1), 0))];
        assert_eq!((given, sequences(day(1))), ([500, 700], vec![1, 2, 3]));
    });
}
