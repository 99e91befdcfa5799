//! Payments that were never recorded, from their proposal to their place on chain.

use super::*;
use crate::{max_gross::max_gross, Refusal};

/// What is known of a payment of [`CLIENT`].
fn known(number: u64) -> Option<Supplement> {
    Supplements::<Test>::get((AGREEMENT, CLIENT, missing(number).reference))
}

#[test]
fn a_payment_that_was_never_recorded_is_a_trade_of_the_day_of_booking() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        supplement(7);
        let expected = Trade {
            id: booked_as(1),
            ..trade(7).into_trade(CLIENT, 0)
        };
        assert_eq!(stored(day(2)), [expected]);
        assert!(!Links::<Test>::contains_key((AGREEMENT, day(2), 0)));
    });
}

#[test]
fn a_supplement_is_booked_for_its_client() {
    build_and_execute(|| {
        let of_other = MissingPayment {
            client: OTHER_CLIENT,
            ..missing(7)
        };
        assert_eq!(note(&[of_other]), Ok(()));
        book(&[Item::Supplement(of_other)]);
        let clients: Vec<_> = BookedFor::<Test>::iter().collect();
        assert_eq!(clients, [((AGREEMENT, FIRST, 0), OTHER_CLIENT)]);
    });
}

#[test]
fn a_supplement_is_found_by_client_and_reference_once_it_is_booked() {
    build_and_execute(|| {
        let place = |client| Trades::supplemented(AGREEMENT, client, missing(7).reference);
        assert_eq!(note(&[missing(7)]), Ok(()));
        assert_eq!(place(CLIENT), None);
        record(vec![trade(0)]);
        book(&[Item::Supplement(missing(7))]);
        assert_eq!(place(CLIENT), Some((FIRST, 1)));
        assert_eq!(place(OTHER_CLIENT), None);
    });
}

#[test]
fn what_is_proposed_or_supplemented_is_not_proposed_again() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        assert_eq!(note(&[missing(8), missing(7)]), Err(1));
        assert_eq!(known(8), None, "nothing is noted of a refused proposal");
        book(&[Item::Supplement(missing(7))]);
        assert_eq!(note(&[missing(7)]), Err(0));
    });
}

#[test]
fn a_proposal_does_not_name_a_payment_twice() {
    build_and_execute(|| {
        let another_amount = MissingPayment {
            gross: 1,
            ..missing(7)
        };
        assert_eq!(note(&[missing(7), missing(8), another_amount]), Err(2));
        assert_eq!(known(7), None);
        let of_other = MissingPayment {
            client: OTHER_CLIENT,
            ..missing(7)
        };
        assert_eq!(note(&[missing(7), of_other]), Ok(()));
    });
}

#[test]
fn what_is_forgotten_may_be_proposed_again() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7), missing(8)]), Ok(()));
        book(&[Item::Supplement(missing(8))]);
        Trades::forget_missing(AGREEMENT, &[missing(7), missing(8)]);
        assert_eq!(known(7), None);
        let recorded = Supplement::Recorded {
            day: FIRST,
            position: 0,
        };
        assert_eq!(known(8), Some(recorded), "what is booked is not forgotten");
        assert_eq!(note(&[missing(7)]), Ok(()));
    });
}

#[test]
fn what_nobody_proposes_is_not_booked() {
    build_and_execute(|| {
        let item = Item::Supplement(missing(7));
        assert_eq!(fallen_out(item), FallenOut::RecordedMeanwhile);
    });
}

#[test]
fn a_payment_is_supplemented_once() {
    build_and_execute(|| {
        assert_eq!(note(&[missing(7)]), Ok(()));
        let item = Item::Supplement(missing(7));
        let twice = [Ok(()), Err(FallenOut::RecordedMeanwhile)];
        assert_eq!(book(&[item, item]), twice);
        assert_eq!(fallen_out(item), FallenOut::RecordedMeanwhile);
    });
}

#[test]
fn a_product_that_was_not_sold_is_not_supplemented() {
    build_and_execute(|| {
        let of_later = MissingPayment {
            product: LATER_PRODUCT,
            ..missing(7)
        };
        assert_eq!(note(&[of_later]), Ok(()));
        let reason = fallen_out(Item::Supplement(of_later));
        assert_eq!(reason, FallenOut::UnknownProduct);
    });
}

#[test]
fn a_gross_amount_beyond_what_a_day_counts_is_not_supplemented() {
    build_and_execute(|| {
        let most = max_gross::<Test>();
        let of = |gross| MissingPayment {
            gross,
            ..missing(7)
        };
        assert_eq!(note(&[of(most)]), Ok(()));
        let reason = fallen_out(Item::Supplement(of(most + 1)));
        assert_eq!(reason, FallenOut::GrossTooLarge);
        assert_eq!(book(&[Item::Supplement(of(most))]), [Ok(())]);
    });
}

#[test]
fn a_supplement_is_cancelled_and_replaced_as_any_payment() {
    build_and_execute(|| {
        supplement(7);
        supplement(8);
        assert_eq!(book(&[replace(right(0)), cancel(1)]), [Ok(()); 2]);
        let relations = [2, 3, 4].map(|position| link(position).map(|link| link.relation));
        let expected = [
            Relation::Cancellation,
            Relation::Replacement,
            Relation::Cancellation,
        ];
        assert_eq!(relations, expected.map(Some));
        let client = BookedFor::<Test>::get((AGREEMENT, FIRST, 3));
        assert_eq!(client, Some(CLIENT));
    });
}

#[test]
fn the_agreements_largest_gross_amount_does_not_bind_what_both_institutions_agreed_to() {
    build_and_execute(|| {
        set_max_gross(Some(9_999));
        supplement(7);
        assert_eq!(on(0).gross, 10_000);
        assert_eq!(outcome(trade(0)), Err(Refusal::AboveAgreement));
    });
}
