//! What is left of a payment is taken back.

use super::*;

/// Debit, credit and gross of the trade on a position of the first day.
fn amounts(position: u32) -> (Amount, Amount, Amount) {
    let trade = on(position);
    (trade.debit, trade.credit, trade.gross)
}

#[test]
fn a_payment_is_taken_back_by_a_refund_that_is_like_it() {
    build_and_execute(|| {
        pay(PRODUCT);
        assert_eq!(book(&[cancel(0)]), [Ok(())]);
        let expected = Trade {
            id: booked_as(1),
            kind: Kind::Refund,
            occurred_at: agreed(),
            ..on(0)
        };
        assert_eq!(on(1), expected);
        assert_eq!((on(0).kind, refunded(0)), (Kind::Payment, 10_000));
    });
}

#[test]
fn a_cancellation_is_linked_to_its_payment() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 4_000);
        book(&[cancel(0)]);
        let expected = Link {
            relation: Relation::Cancellation,
            original: original(0),
            paid: 10_000,
            refunded_before: 4_000,
        };
        assert_eq!(link(2), Some(expected));
    });
}

#[test]
fn what_was_given_back_is_not_taken_back_again() {
    for (product, rest) in [
        (PRODUCT, (90, 5_910, 6_000)),
        (OWN_DEBIT, (1_200, 5_400, 6_000)),
    ] {
        build_and_execute(|| {
            pay(product);
            give(1, 4_000);
            book(&[cancel(0)]);
            assert_eq!((amounts(2), refunded(0)), (rest, 10_000));
        });
    }
}

#[test]
fn a_fee_that_the_bank_kept_is_taken_back_with_the_payment() {
    build_and_execute(|| {
        pay(FEE_KEPT);
        give(1, 100);
        book(&[cancel(0)]);
        assert_eq!(amounts(2), (50, 9_850, 9_900));
    });
}

#[test]
fn a_kept_fee_may_be_all_that_is_left() {
    build_and_execute(|| {
        pay(FEE_KEPT);
        give(1, 150);
        book(&[cancel(0)]);
        assert_eq!(amounts(2), (0, 9_850, 9_850));
    });
}

#[test]
fn a_kept_fee_that_is_more_than_is_left_holds_the_payment() {
    build_and_execute(|| {
        pay(FEE_KEPT);
        give(1, 151);
        assert_eq!(fallen_out(cancel(0)), FallenOut::KeptFee);
        // Once its refund is put back, nothing holds it.
        assert_eq!(book(&[cancel(1), cancel(0)]), [Ok(()); 2]);
        assert_eq!(amounts(3), (150, 9_850, 10_000));
    });
}

#[test]
fn nothing_is_left_of_a_payment_that_was_given_back_or_cancelled() {
    build_and_execute(|| {
        record(trades(0..2));
        give(2, 10_000);
        assert_eq!(fallen_out(cancel(0)), FallenOut::NothingLeft);
        book(&[cancel(1)]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NothingLeft);
    });
}

#[test]
fn items_of_one_step_see_each_other() {
    build_and_execute(|| {
        pay(PRODUCT);
        let twice = book(&[cancel(0), cancel(0)]);
        assert_eq!(twice, [Ok(()), Err(FallenOut::NothingLeft)]);
        assert_eq!(stored(FIRST).len(), 2);
    });
}

#[test]
fn nothing_is_there_behind_the_last_trade() {
    build_and_execute(|| {
        pay(PRODUCT);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NothingThere);
        let of_no_day = Item::Cancel {
            day: day(1),
            position: 0,
        };
        assert_eq!(fallen_out(of_no_day), FallenOut::NothingThere);
    });
}

#[test]
fn what_falls_out_leaves_the_others() {
    build_and_execute(|| {
        record(trades(0..2));
        let outcomes = book(&[cancel(9), cancel(1), cancel(0)]);
        assert_eq!(outcomes, [Err(FallenOut::NothingThere), Ok(()), Ok(())]);
        assert_eq!([on(2).id, on(3).id], [booked_as(1), booked_as(2)]);
        assert_eq!(
            [link(2), link(3)].map(|link| link.unwrap().original.position),
            [1, 0]
        );
    });
}

#[test]
fn a_cancellation_is_not_before_its_payment() {
    build_and_execute(|| {
        let later = agreed() + 1;
        record(vec![priced(0, PRODUCT, 10_000, later)]);
        book(&[cancel(0)]);
        assert_eq!(on(1).occurred_at, later);
    });
}

#[test]
fn a_payment_of_a_sealed_day_is_taken_back_on_the_day_of_booking() {
    build_and_execute(|| {
        pay(PRODUCT);
        set_time(at(2, 12, 0));
        Trades::seal(signed(BANK), AGREEMENT, FIRST).unwrap();
        assert_eq!(CHANGE, day(2));
        let booked = try_book(&[cancel(0)]).unwrap();
        assert_eq!((booked.day, stored(FIRST).len()), (day(2), 1));
        // By the terms of the payment, whatever came since.
        let [cancellation] = stored(day(2))[..] else {
            panic!("one trade");
        };
        assert_eq!(
            (cancellation.terms_version, cancellation.credit),
            (0, 9_850)
        );
        assert_eq!((cancellation.occurred_at, refunded(0)), (agreed(), 10_000));
    });
}
