//! What is booked of an accepted replacement.

use crate::{mock::*, Event, MAX_STEP_TRADES};
use counterfoil_primitives::{amendment::FallenOut, Relation, UserId};
use frame_support::assert_ok;

#[test]
fn a_payment_is_stated_right() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let mut corrected = right(0, 5_000);
        corrected.user = UserId::from_text("another").unwrap();
        corrected.product = OWN_DEBIT;
        corrected.occurred_at = at(0, 9, 0);
        amend(replace(vec![corrected]));
        let replacement = stored(FIRST)[2];
        assert_eq!(replacement.user, corrected.user);
        assert_eq!(replacement.product, OWN_DEBIT);
        assert_eq!(replacement.occurred_at, at(0, 9, 0));
        assert_eq!(replacement.reference, stored(FIRST)[0].reference);
        assert_eq!(net(FIRST), [5_000, 1_000, 4_500]);
    });
}

#[test]
fn a_payment_is_priced_by_the_terms_of_its_own_day() {
    build_and_execute(|| {
        record(CLIENT, 0..2);
        set_time(at(4, 12, 0));
        amend(replace(vec![right(0, 20_000)]));
        assert_eq!(stored(day(4))[1].credit, 19_700);
        let mut later = right(1, 20_000);
        later.occurred_at = at(3, 10, 0);
        amend(replace(vec![later]));
        assert_eq!(stored(day(4)).last().unwrap().credit, 19_400);
    });
}

#[test]
fn what_was_given_back_before_is_carried_over() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        amend(replace(vec![right(0, 8_000)]));
        let replacement = found(FIRST, 3);
        assert_eq!(replacement.relation, Some(Relation::Replacement));
        assert_eq!(replacement.trade.gross, 4_000);
        assert_eq!((replacement.paid, replacement.refunded), (8_000, 4_000));
        assert_eq!(net(FIRST), [4_000, 60, 3_940]);
    });
}

#[test]
fn its_client_gives_back_from_a_replacement() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        amend(replace(vec![right(0, 8_000)]));
        assert!(refund(OTHER, 0, FIRST, 2, 1_000).is_err());
        assert_ok!(refund(CLIENT, 1, FIRST, 2, 8_000));
        assert_eq!(net(FIRST), [0; 3]);
    });
}

#[test]
fn a_payment_of_which_as_much_was_given_back_as_is_right_falls_out() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        amend(replace(vec![right(0, 4_000)]));
        assert_eq!(fallen_out(), [(0, FallenOut::GivenBack)]);
        amend(replace(vec![right(0, 4_001)]));
        assert!(fallen_out().is_empty());
    });
}

#[test]
fn what_puts_a_refund_back_is_no_payment_to_replace() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        amend(cancel(&[(1, 1)]));
        amend(replace(vec![right(2, 1)]));
        assert_eq!(fallen_out(), [(2, FallenOut::NotAPayment)]);
    });
}

#[test]
fn what_was_replaced_is_not_put_back_beside_its_replacement() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        amend(replace(vec![right(0, 8_000)]));
        amend(cancel(&[(1, 1)]));
        assert_eq!(fallen_out(), [(1, FallenOut::Replaced)]);
    });
}

#[test]
fn a_refund_from_before_a_replacement_is_made_good_by_a_supplement_in_the_place_of_that() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        amend(replace(vec![right(0, 8_000)]));
        amend(cancel(&[(1, 1)]));
        assert_eq!(fallen_out(), [(1, FallenOut::NotLatest)]);
        amend(cancel(&[(3, 3)]));
        amend(supplement(vec![missing(0, 8_000)]));
        assert!(fallen_out().is_empty());
        assert_eq!(net(FIRST), [8_000, 120, 7_880]);
    });
}

#[test]
fn a_payment_that_falls_out_is_named_by_its_position() {
    build_and_execute(|| {
        record(CLIENT, 0..6);
        assert_ok!(refund(CLIENT, 6, FIRST, 5, GROSS));
        amend(replace(vec![right(1, 1), right(5, 1)]));
        assert_eq!(fallen_out(), [(5, FallenOut::NothingLeft)]);
    });
}

#[test]
fn a_step_replaces_half_as_many_payments_as_it_books_trades() {
    build_and_execute(|| {
        let half = MAX_STEP_TRADES / 2;
        record(CLIENT, 0..u64::from(half) + 1);
        let corrections = (0..=half).map(|position| right(position, 1)).collect();
        let number = put_up(COMPANY, replace(corrections));
        accept(number);
        System::reset_events();
        assert_ok!(book(number, 0));
        assert_eq!(next_step(number), Some(half));
        let booked = events().into_iter().find_map(|event| match event {
            Event::Booked {
                payments, refunds, ..
            } => Some((payments.count, refunds.count)),
            _ => None,
        });
        assert_eq!(booked, Some((half, half)));
        assert_eq!(book_all(number), 1);
    });
}
