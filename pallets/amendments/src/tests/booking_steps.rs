//! What is booked of an accepted cancellation.

use crate::{mock::*, Error, Event, MAX_STEP_TRADES};
use counterfoil_primitives::{
    amendment::{FallenOut, Standing},
    Kind, Relation,
};
use frame_support::assert_ok;

/// The sums of both days.
fn net_of_two_days() -> [i128; 3] {
    let (first, second) = (net(FIRST), net(day(1)));
    core::array::from_fn(|index| first[index] + second[index])
}

#[test]
fn a_thousand_payments_of_a_hundredfold_are_cancelled_by_one_proposal_and_one_answer() {
    build_and_execute(|| {
        let payments = (0..1_000)
            .map(|sequence| payment(sequence, PRODUCT, 100 * GROSS, at(0, 10, 0)))
            .collect();
        assert_ok!(record_all(CLIENT, payments));
        let recorded = stored(FIRST);
        set_time(at(1, 12, 0));
        let number = put_up(COMPANY, cancel_sequences(CLIENT, (0, 999), (0, 3)));
        assert_ok!(answer(BANK, number, true));
        assert_eq!(book_all(number), 1_000u32.div_ceil(MAX_STEP_TRADES));
        assert_eq!(net_of_two_days(), [0; 3]);
        assert_eq!(stored(FIRST), recorded);
        assert_eq!(stored(day(1)).len(), 1_000);
    });
}

#[test]
fn a_cancellation_is_a_refund_of_now_that_carries_its_payments_reference() {
    build_and_execute(|| {
        record(CLIENT, 0..3);
        set_time(at(1, 12, 0));
        amend(cancel(&[(1, 1)]));
        let (payment, taken_back) = (stored(FIRST)[1], stored(day(1))[0]);
        assert_eq!(taken_back.kind, Kind::Refund);
        assert_eq!(taken_back.reference, payment.reference);
        assert_eq!(taken_back.amounts(), payment.amounts());
        assert_eq!(taken_back.occurred_at, at(1, 12, 0));
    });
}

#[test]
fn the_last_position_goes_first_so_that_a_refund_goes_before_its_payment() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        amend(cancel(&[(0, 1)]));
        assert!(fallen_out().is_empty());
        assert_eq!(net(FIRST), [0; 3]);
        let grosses: Vec<_> = stored(FIRST)[2..].iter().map(|trade| trade.gross).collect();
        assert_eq!(grosses, [4_000, GROSS]);
    });
}

#[test]
fn what_is_left_of_a_payment_is_taken_back() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        assert_ok!(refund(CLIENT, 2, FIRST, 0, 1_000));
        accept(number);
        book_all(number);
        assert_eq!(stored(FIRST)[3].gross, 5_000);
        assert_eq!(net(FIRST), [0; 3]);
    });
}

#[test]
fn a_payment_of_which_nothing_is_left_falls_out() {
    build_and_execute(|| {
        record(CLIENT, 0..2);
        assert_ok!(refund(CLIENT, 2, FIRST, 0, GROSS));
        amend(cancel(&[(0, 1)]));
        assert_eq!(fallen_out(), [(0, FallenOut::NothingLeft)]);
        assert_eq!(net(FIRST), [0; 3]);
    });
}

#[test]
fn a_payment_whose_kept_fee_is_more_than_is_left_falls_out() {
    build_and_execute(|| {
        let kept = payment(0, FEE_KEPT, GROSS, at(0, 10, 0));
        assert_ok!(record_all(CLIENT, vec![kept]));
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 9_900));
        let before = net(FIRST);
        amend(cancel(&[(0, 0)]));
        assert_eq!(fallen_out(), [(0, FallenOut::KeptFee)]);
        assert_eq!(net(FIRST), before);
    });
}

#[test]
fn a_refund_is_put_back() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        amend(cancel(&[(1, 1)]));
        assert_eq!(found(FIRST, 2).relation, Some(Relation::UndoneRefund));
        assert_eq!(found(FIRST, 0).left(), GROSS);
    });
}

#[test]
fn a_refund_that_others_came_after_falls_out() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        assert_ok!(refund(CLIENT, 1, FIRST, 0, 4_000));
        assert_ok!(refund(CLIENT, 2, FIRST, 0, 1_000));
        amend(cancel(&[(1, 1)]));
        assert_eq!(fallen_out(), [(1, FallenOut::NotLatest)]);
        amend(cancel(&[(1, 2)]));
        assert!(fallen_out().is_empty());
    });
}

#[test]
fn a_cancellation_is_cancelled_once() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let before = net(FIRST);
        amend(cancel(&[(0, 0)]));
        amend(cancel(&[(1, 1)]));
        assert_eq!(net(FIRST), before);
        amend(cancel(&[(1, 2)]));
        let reasons = [(2, FallenOut::UndoesAnother), (1, FallenOut::NothingLeft)];
        assert_eq!(fallen_out(), reasons);
    });
}

#[test]
fn steps_are_told_and_the_proposal_is_completed() {
    build_and_execute(|| {
        let number = accept_long();
        System::reset_events();
        assert_ok!(book(number, MAX_STEP_TRADES + 1));
        assert_eq!(next_step(number), Some(1));
        assert_ok!(book(number, 1));
        let told: Vec<u32> = events()
            .into_iter()
            .filter_map(|event| match event {
                Event::Booked { trades, .. } => Some(trades),
                Event::Completed { booked, .. } => Some(booked),
                _ => None,
            })
            .collect();
        assert_eq!(told, [MAX_STEP_TRADES, 1, MAX_STEP_TRADES + 1]);
        let Standing::Completed { progress, .. } = proposal(number).standing else {
            panic!("it is completed");
        };
        let refunds = progress.totals.refunds;
        assert_eq!(refunds.count, MAX_STEP_TRADES + 1);
        assert_eq!(refunds.gross, GROSS * u128::from(MAX_STEP_TRADES + 1));
        assert!(Amendments::waiting(AGREEMENT).is_empty());
    });
}

#[test]
fn a_step_is_booked_once() {
    build_and_execute(|| {
        let number = accept_long();
        let first = MAX_STEP_TRADES + 1;
        assert_eq!(book(number, first - 1), error(Error::OtherStep));
        assert_ok!(book(number, first));
        assert_eq!(book(number, first), error(Error::OtherStep));
    });
}

#[test]
fn what_is_not_accepted_is_not_booked() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        assert_eq!(book(number, 1), error(Error::NotAccepted));
        assert_eq!(book(number + 1, 1), error(Error::UnknownProposal));
        accept(number);
        book_all(number);
        assert_eq!(book(number, 0), error(Error::NotAccepted));
    });
}

#[test]
fn a_step_that_the_day_does_not_take_whole_goes_on_tomorrow() {
    build_and_execute(|| {
        MaxPagesPerDay::set(1);
        record(CLIENT, 0..254);
        let number = put_up(COMPANY, cancel(&[(0, 3)]));
        accept(number);
        assert_ok!(book(number, 4));
        assert_eq!(next_step(number), Some(2));
        assert_eq!(book(number, 2), error(Error::DayFull));
        set_time(at(1, 0, 1));
        assert_ok!(book(number, 2));
        assert_eq!(next_step(number), None);
        assert_eq!(stored(day(1)).len(), 2);
    });
}
