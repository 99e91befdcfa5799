//! What other pallets, and programs, read of what amendments booked.

use super::*;
use counterfoil_primitives::{found_trade::Found, ports::DayTrades, window::MAX_ASKED, Sequence};

fn found(position: u32) -> Option<Found> {
    Trades::found(AGREEMENT, FIRST, position)
}

#[test]
fn the_sequences_of_amendments_are_used_as_far_as_they_booked() {
    build_and_execute(|| {
        let is_used = |sequence| Trades::is_used(AMENDMENTS, sequence);
        assert_eq!([0, 1].map(is_used), [Some(false); 2]);
        record(trades(0..2));
        book(&[cancel(0), cancel(1)]);
        let expected = [false, true, true, false, false].map(Some);
        assert_eq!([0, 1, 2, 3, Sequence::MAX].map(is_used), expected);
    });
}

#[test]
fn programs_read_which_sequences_of_amendments_are_used() {
    build_and_execute(|| {
        record(trades(0..2));
        book(&[cancel(0)]);
        let used = |sequences: &[Sequence]| Trades::used_sequences(AMENDMENTS, sequences);
        let expected = [false, false, true].map(Some).to_vec();
        assert_eq!(used(&[2, 0, 1]), Some(expected));
        assert_eq!(used(&[1; MAX_ASKED + 1]), None);
    });
}

#[test]
fn a_payment_is_found_as_it_was_recorded() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        assert_eq!(found(0), Some(Found::recorded(on(0), 1_000)));
        let refund = Found {
            relation: Some(Relation::Refund),
            ..Found::recorded(on(1), 0)
        };
        assert_eq!(found(1), Some(refund));
        assert_eq!(found(2), None);
    });
}

#[test]
fn what_amendments_booked_is_found_with_its_client_and_its_relation() {
    build_and_execute(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        book(&[replace(right(0))]);
        book(&[cancel(2)]);
        book(&[cancel(3)]);
        let read = |position| {
            let found = found(position).unwrap();
            (found.client, found.relation, found.paid, found.refunded)
        };
        let of = |relation, paid, refunded| (OTHER_CLIENT, Some(relation), paid, refunded);
        let expected = [
            of(Relation::Cancellation, 10_000, 0),
            of(Relation::Replacement, 5_000, 0),
            of(Relation::Cancellation, 5_000, 5_000),
            of(Relation::UndoneCancellation, 5_000, 0),
        ];
        assert_eq!([1, 2, 3, 4].map(read), expected);
    });
}

#[test]
fn a_replacement_is_found_with_what_is_right_and_what_was_given_back_before() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        book(&[replace(right(0))]);
        let replacement = found(3).unwrap();
        assert_eq!(replacement.trade.gross, 4_000);
        assert_eq!((replacement.paid, replacement.refunded), (5_000, 1_000));
        assert_eq!(replacement.left(), 4_000);
    });
}

#[test]
fn each_trade_is_of_the_client_for_whom_it_was_recorded() {
    build_and_execute(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        supplement(7);
        book(&[replace(right(0)), cancel(1)]);
        let client = |position| Trades::client_of(AGREEMENT, FIRST, position, &on(position));
        let expected = [OTHER_CLIENT, CLIENT, OTHER_CLIENT, OTHER_CLIENT, CLIENT];
        assert_eq!([0, 1, 2, 3, 4].map(client), expected);
    });
}

#[test]
fn ledgers_may_name_a_cancellation_by_its_payment() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[replace(right(0))]);
        let [named] = Trades::refunded_payments(AGREEMENT, FIRST, 0)[..] else {
            panic!("the cancellation alone");
        };
        assert_eq!((named.position, named.id), (1, on(0).id));
        assert_eq!(Trades::link(AGREEMENT, FIRST, 1), link(1));
    });
}
