//! Payments that were never recorded, and that each is recorded once.

use crate::{mock::*, Error, MAX_STEP_TRADES};
use counterfoil_primitives::{
    amendment::FallenOut, ports::BookAmendments, BusinessDay, Sequence, MAX_GROSS,
};
use frame_support::assert_ok;

/// Where an amendment recorded the payment of this sequence's reference.
fn supplemented(sequence: Sequence) -> Option<(BusinessDay, u32)> {
    let reference = missing(sequence, 1).reference;
    <Trades as BookAmendments>::supplemented(AGREEMENT, CLIENT, reference)
}

#[test]
fn a_payment_that_was_never_recorded_is_booked_by_the_terms_of_its_day() {
    build_and_execute(|| {
        set_time(at(4, 12, 0));
        amend(supplement(vec![missing(0, GROSS), missing(1, GROSS)]));
        assert_eq!(net(day(4)), [20_000, 300, 19_700]);
        assert_eq!(supplemented(1), Some((day(4), 1)));
        assert_eq!(stored(day(4))[1].occurred_at, at(0, 10, 0));
    });
}

#[test]
fn its_client_does_not_record_it_again() {
    build_and_execute(|| {
        amend(supplement(vec![missing(0, GROSS)]));
        let own = payment(0, PRODUCT, GROSS, at(0, 10, 0));
        let refused = pallet_trades::Error::<Test>::Supplemented.into();
        assert_eq!(record_all(CLIENT, vec![own]), Err(refused));
        assert_ok!(record_all(OTHER, vec![own]));
    });
}

#[test]
fn its_client_gives_back_from_it() {
    build_and_execute(|| {
        amend(supplement(vec![missing(0, GROSS)]));
        assert!(refund(OTHER, 5, FIRST, 0, GROSS).is_err());
        assert_ok!(refund(CLIENT, 5, FIRST, 0, GROSS));
        assert_eq!(net(FIRST), [0; 3]);
    });
}

#[test]
fn what_its_client_recorded_before_falls_out() {
    build_and_execute(|| {
        let number = put_up(
            COMPANY,
            supplement(vec![missing(0, GROSS), missing(1, GROSS)]),
        );
        record(CLIENT, [0]);
        accept(number);
        book_all(number);
        assert_eq!(fallen_out(), [(0, FallenOut::RecordedMeanwhile)]);
        assert_eq!(net(FIRST)[0], 20_000);
    });
}

#[test]
fn what_falls_out_otherwise_may_be_proposed_again() {
    build_and_execute(|| {
        let content = || supplement(vec![missing(0, MAX_GROSS)]);
        let number = put_up(COMPANY, content());
        accept(number);
        // A day with that number of pages cannot count such amounts.
        MaxPagesPerDay::set(1 << 24);
        assert_ok!(book(number, 0));
        MaxPagesPerDay::set(512);
        assert_eq!(fallen_out(), [(0, FallenOut::GrossTooLarge)]);
        assert_ok!(propose(COMPANY, content()));
    });
}

#[test]
fn a_payment_is_proposed_once() {
    build_and_execute(|| {
        let twice = supplement(vec![missing(0, GROSS), missing(0, GROSS)]);
        assert_eq!(propose(COMPANY, twice), error(Error::AlreadyProposed));
        let number = put_up(COMPANY, supplement(vec![missing(0, GROSS)]));
        let again = || supplement(vec![missing(1, GROSS), missing(0, 1)]);
        assert_eq!(propose(BANK, again()), error(Error::AlreadyProposed));
        accept(number);
        book_all(number);
        assert_eq!(propose(BANK, again()), error(Error::AlreadyProposed));
        assert_ok!(propose(BANK, supplement(vec![missing(1, GROSS)])));
    });
}

#[test]
fn what_was_rejected_or_withdrawn_or_has_lapsed_is_proposed_again() {
    build_and_execute(|| {
        let content = || supplement(vec![missing(0, GROSS)]);
        let number = put_up(COMPANY, content());
        assert_ok!(answer(BANK, number, false));
        let number = put_up(COMPANY, content());
        assert_ok!(withdraw(COMPANY, number));
        let number = put_up(COMPANY, content());
        set_time(proposal(number).answer_until + 1);
        assert_ok!(lapse(number));
        assert_ok!(propose(COMPANY, content()));
    });
}

#[test]
fn a_long_supplement_is_booked_in_steps() {
    build_and_execute(|| {
        let last = u64::from(MAX_STEP_TRADES);
        let payments = (0..=last).map(|sequence| missing(sequence, 1)).collect();
        let number = put_up(COMPANY, supplement(payments));
        accept(number);
        assert_ok!(book(number, 0));
        assert_eq!(next_step(number), Some(MAX_STEP_TRADES));
        assert_ok!(book(number, MAX_STEP_TRADES));
        assert_eq!(next_step(number), None);
        assert_eq!(stored(FIRST).len(), MAX_STEP_TRADES as usize + 1);
    });
}
