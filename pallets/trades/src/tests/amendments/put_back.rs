//! What a refund or a cancellation took of its payment is put back.

use super::*;

/// A payment, and refunds of these parts of it.
fn with_refunds(product: u32, parts: &[Amount]) {
    pay(product);
    for (sequence, gross) in (1..).zip(parts) {
        give(sequence, *gross);
    }
}

#[test]
fn a_refund_is_put_back_by_a_payment_that_is_like_it() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000]);
        assert_eq!(book(&[cancel(1)]), [Ok(())]);
        let expected = Trade {
            id: booked_as(1),
            kind: Kind::Payment,
            occurred_at: agreed(),
            ..on(1)
        };
        assert_eq!(on(2), expected);
        let expected = Link {
            relation: Relation::UndoneRefund,
            ..link(1).unwrap()
        };
        assert_eq!(link(2), Some(expected));
    });
}

#[test]
fn what_was_put_back_counts_for_the_payment_again() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000, 1_000]);
        book(&[cancel(2)]);
        assert_eq!([refunded(0), refunded(2)], [4_000, 1_000]);
        book(&[cancel(1)]);
        assert_eq!([refunded(0), refunded(1)], [0, 4_000]);
        assert!(!Refunded::<Test>::contains_key((AGREEMENT, FIRST, 0)));
        give(3, 10_000);
    });
}

#[test]
fn a_refund_with_a_kept_fee_is_put_back_as_it_was() {
    build_and_execute(|| {
        with_refunds(FEE_KEPT, &[500]);
        book(&[cancel(1)]);
        assert_eq!((on(2).debit, on(2).credit), (500, 0));
    });
}

#[test]
fn only_the_latest_refund_is_put_back() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000, 1_000]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NotLatest);
        assert_eq!(book(&[cancel(2), cancel(1)]), [Ok(()); 2]);
    });
}

#[test]
fn a_refund_before_a_cancellation_is_not_put_back() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000]);
        book(&[cancel(0)]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NotLatest);
        assert_eq!(book(&[cancel(2), cancel(1)]), [Ok(()); 2]);
        assert_eq!(refunded(0), 0);
    });
}

#[test]
fn nothing_is_left_of_a_refund_that_was_put_back() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000]);
        book(&[cancel(1)]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NothingLeft);
        // Another refund of as much does not bring it back.
        give(2, 4_000);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NothingLeft);
        assert_eq!(book(&[cancel(3)]), [Ok(())]);
    });
}

#[test]
fn a_cancellation_is_put_back() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000]);
        book(&[cancel(0)]);
        assert_eq!(book(&[cancel(2)]), [Ok(())]);
        let (cancellation, undone) = (on(2), on(3));
        assert_eq!(undone.amounts(), cancellation.amounts());
        assert_eq!((undone.kind, undone.gross), (Kind::Payment, 6_000));
        let relation = link(3).map(|link| link.relation);
        assert_eq!(relation, Some(Relation::UndoneCancellation));
        assert_eq!([refunded(0), refunded(2)], [4_000, 6_000]);
    });
}

#[test]
fn a_payment_whose_cancellation_was_put_back_can_be_cancelled_again() {
    build_and_execute(|| {
        pay(PRODUCT);
        for _ in 0..3 {
            let cancellation = stored(FIRST).len() as u32;
            assert_eq!(book(&[cancel(0)]), [Ok(())]);
            assert_eq!(book(&[cancel(cancellation)]), [Ok(())]);
        }
        assert_eq!(refunded(0), 0);
        give(1, 10_000);
    });
}

#[test]
fn what_puts_back_is_not_taken_back() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000]);
        book(&[cancel(1)]);
        assert_eq!(fallen_out(cancel(2)), FallenOut::UndoesAnother);
        book(&[cancel(0)]);
        book(&[cancel(3)]);
        assert_eq!(fallen_out(cancel(4)), FallenOut::UndoesAnother);
    });
}

#[test]
fn a_set_goes_from_its_last_position_down() {
    build_and_execute(|| {
        with_refunds(PRODUCT, &[4_000, 1_000]);
        assert_eq!(book(&[cancel(2), cancel(1), cancel(0)]), [Ok(()); 3]);
        let booked: Vec<_> = (3..6)
            .map(|position| (on(position).kind, on(position).gross))
            .collect();
        let expected = [
            (Kind::Payment, 1_000),
            (Kind::Payment, 4_000),
            (Kind::Refund, 10_000),
        ];
        assert_eq!(booked, expected);
    });
}

#[test]
fn a_refund_of_another_day_than_its_payment_is_put_back() {
    build_and_execute(|| {
        pay(PRODUCT);
        set_time(at(1, 12, 0));
        give_back(vec![refund_of(1, (FIRST, 0), 500, at(1, 11, 0))]);
        let item = Item::Cancel {
            day: day(1),
            position: 0,
        };
        assert_eq!(book(&[item]), [Ok(())]);
        assert_eq!((refunded(0), stored(day(1))[1].gross), (0, 500));
        // It is not before the refund that it puts back.
        assert_eq!(stored(day(1))[1].occurred_at, at(1, 11, 0));
    });
}

#[test]
fn a_cancellation_that_made_room_for_a_replacement_is_not_put_back() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[replace(right(0))]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::Replaced);
        // Not even where the replacement is taken back: it would come back beside the payment.
        book(&[cancel(2)]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::Replaced);
        assert_eq!(book(&[cancel(3)]), [Ok(())]);
        assert_eq!([refunded(0), refunded(2)], [10_000, 0]);
    });
}
