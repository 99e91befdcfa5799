//! What a client records itself of payments that were proposed as never recorded.

use super::*;
use crate::{batch, Error, Event, Refusal};
use counterfoil_primitives::{day::MINUTE, written::label, TradeRequest};
use pallet_registry::Limits;

/// Whether a payment of [`CLIENT`] is proposed.
fn is_proposed(number: u64) -> bool {
    let known = Supplements::<Test>::get((AGREEMENT, CLIENT, missing(number).reference));
    known == Some(Supplement::Proposed)
}

/// How many of a client's payments were looked up.
fn looked_up(client: MemberId, trades: &[TradeRequest]) -> u32 {
    let Ok(outcome) = batch::record::<Test, _>(client, AGREEMENT, trades) else {
        panic!("the batch is good");
    };
    outcome.size.looked_up
}

/// How many of [`CLIENT`]'s payments of a moment are looked up at that moment.
fn looked_up_at(sequence: u64, moment: Moment) -> u32 {
    set_time(moment);
    looked_up(CLIENT, &[priced(sequence, PRODUCT, 1_000, moment)])
}

/// The last moment at which a payment of the first day is taken.
fn last_moment() -> Moment {
    at(1, 0, 30) + Moment::from(MAX_LATE) * MINUTE
}

#[test]
fn what_the_client_records_before_the_booking_is_not_supplemented() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7), missing(8)]), Ok(()));
        assert_eq!(outcome(trade(7)), Ok(()));
        assert_eq!([7, 8].map(is_proposed), [false, true]);
        let items = [7, 8].map(|number| Item::Supplement(missing(number)));
        let expected = [Err(FallenOut::RecordedMeanwhile), Ok(())];
        assert_eq!(book(&items), expected);
        assert_eq!(stored(FIRST).len(), 2);
    });
}

#[test]
fn what_the_client_recorded_no_other_proposal_names_until_the_first_one_ends() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        assert_eq!(outcome(trade(7)), Ok(()));
        assert_eq!(note(&[missing(7)]), Err(0));
        let reason = fallen_out(Item::Supplement(missing(7)));
        assert_eq!(reason, FallenOut::RecordedMeanwhile);
        Trades::forget_missing(AGREEMENT, &[missing(7)]);
        assert_eq!(note(&[missing(7)]), Ok(()));
    });
}

#[test]
fn what_was_supplemented_the_client_does_not_record() {
    build_and_execute(|| {
        supplement(7);
        assert_eq!(outcome(trade(7)), Err(Refusal::Supplemented));
        assert_eq!(outcome(trade(8)), Ok(()));
        assert_eq!(sequences(FIRST), [1, 8]);
    });
}

#[test]
fn a_refused_one_leaves_those_beside_it() {
    build_and_execute(|| {
        supplement(7);
        events();
        record(trades(6..9));
        let refused = Event::TradeRefused {
            agreement: AGREEMENT,
            client: CLIENT,
            sequence: 7,
            reference: missing(7).reference,
            reason: Refusal::Supplemented,
        };
        assert!(events().contains(&refused));
        assert_eq!(sequences(FIRST), [1, 6, 8]);
    });
}

#[test]
fn a_payment_that_is_recorded_under_another_sequence_is_known_by_its_reference() {
    build_and_execute(|| {
        supplement(7);
        let renumbered = TradeRequest {
            sequence: 99,
            ..trade(7)
        };
        assert_eq!(outcome(renumbered), Err(Refusal::Supplemented));
    });
}

#[test]
fn the_same_reference_of_another_client_is_another_payment() {
    build_and_execute(|| {
        supplement(7);
        assert_eq!(note(&[missing(8)]), Ok(()));
        record_by(OTHER_CLIENT, trades(7..9));
        assert_eq!(stored(FIRST).len(), 3);
        assert!(is_proposed(8));
    });
}

#[test]
fn a_batch_with_the_payment_twice_takes_it_out_once() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        let again = TradeRequest {
            sequence: 8,
            ..trade(7)
        };
        record(vec![trade(7), again]);
        assert_eq!(sequences(FIRST), [7, 8]);
        assert!(!is_proposed(7));
    });
}

#[test]
fn a_payment_that_is_refused_stays_proposed() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        let wrong = TradeRequest {
            debit: 0,
            ..trade(7)
        };
        assert_eq!(outcome(wrong), Err(Refusal::WrongDebit));
        record(vec![wrong, trade(8)]);
        assert!(is_proposed(7));
    });
}

#[test]
fn a_refund_with_the_reference_is_no_record_of_the_payment() {
    build_and_execute(|| {
        pay(PRODUCT);
        assert_eq!(note(&[missing(7)]), Ok(()));
        let mut refund = refund_of(1, (FIRST, 0), 500, eleven());
        refund.reference = missing(7).reference;
        assert_eq!(refund_outcome(refund), Ok(()));
        assert!(is_proposed(7));
    });
}

#[test]
fn a_person_does_not_record_what_was_supplemented() {
    build_and_execute(|| {
        let payment = MissingPayment {
            reference: label::read_reference("R-7").unwrap(),
            ..missing(7)
        };
        assert_eq!(note(&[payment]), Ok(()));
        book(&[Item::Supplement(payment)]);
        let text = |text: &str| text.try_into().expect("it is short");
        let refused = Trades::record_one(
            signed(CLIENT),
            AGREEMENT,
            PRODUCT,
            text("100.00"),
            text("user"),
            text("R-7"),
            None,
        );
        let refused = without_weight(refused);
        assert_eq!(refused, Err(Error::<Test>::Supplemented.into()));
    });
}

#[test]
fn nothing_is_looked_up_of_a_client_without_proposed_payments() {
    build_and_execute(|| {
        assert_eq!(looked_up(CLIENT, &trades(0..3)), 0);
        assert_eq!(note(&[missing(7)]), Ok(()));
        assert_eq!(looked_up(OTHER_CLIENT, &trades(0..3)), 0);
        assert_eq!(looked_up(CLIENT, &trades(3..6)), 3);
    });
}

#[test]
fn refunds_are_not_looked_up() {
    build_and_execute(|| {
        pay(PRODUCT);
        assert_eq!(note(&[missing(7)]), Ok(()));
        let refund = [refund_of(1, (FIRST, 0), 500, eleven())];
        let Ok(outcome) = batch::record::<Test, _>(CLIENT, AGREEMENT, &refund) else {
            panic!("the refund is good");
        };
        assert_eq!(outcome.size.looked_up, 0);
    });
}

#[test]
fn payments_are_looked_up_while_the_client_could_still_record_the_missing_one() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        assert_eq!(looked_up_at(0, last_moment()), 1);
        assert_eq!(looked_up_at(1, last_moment() + 1), 0);
    });
}

#[test]
fn the_latest_of_several_missing_payments_counts() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let of_today = MissingPayment {
            occurred_at: at(1, 10, 0),
            ..missing(8)
        };
        assert_eq!(note(&[of_today]), Ok(()));
        assert_eq!(note(&[missing(7)]), Ok(()));
        assert_eq!(looked_up_at(0, last_moment() + WHOLE_DAY), 1);
        assert_eq!(looked_up_at(1, last_moment() + WHOLE_DAY + 1), 0);
    });
}

#[test]
fn a_longer_lateness_does_not_let_a_supplemented_payment_in() {
    build_and_execute(|| {
        supplement(7);
        set_time(last_moment() + 1);
        assert_eq!(outcome(trade(7)), Err(Refusal::TooLate));
        let longer = Limits {
            max_late_minutes: MAX_LATE + 1,
            ..Limits::from(&agreement())
        };
        Registry::set_limits(RuntimeOrigin::root(), AGREEMENT, longer).unwrap();
        assert_eq!(outcome(trade(7)), Err(Refusal::Supplemented));
    });
}

#[test]
fn a_lookup_is_charged() {
    build_and_execute(|| {
        let weight = |trades: Vec<TradeRequest>| {
            let done = Trades::record(signed(CLIENT), AGREEMENT, batch(trades));
            let done = done.map_err(|failed| failed.post_info);
            let post_info = done.unwrap_or_else(|post_info| post_info);
            post_info.actual_weight.expect("it is told")
        };
        let lookups = crate::weighing::lookups::<Test>;
        assert!(lookups(1).ref_time() > 0);
        weight(trades([0]));
        let (single, several) = (weight(trades([1])), weight(trades(2..4)));
        assert_eq!(note(&[missing(99)]), Ok(()));
        assert_eq!(weight(trades([4])), single + lookups(1));
        assert_eq!(weight(trades(5..7)), several + lookups(2));
    });
}
