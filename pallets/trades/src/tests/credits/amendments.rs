//! What amendments book does not count: both institutions agreed to it.

use super::*;
use counterfoil_primitives::{
    amendment::{Item, MissingPayment},
    ports::BookAmendments,
};

/// Books an item on the second day, which takes it.
fn book(item: Item) {
    let booked = Trades::book(AGREEMENT, at(1, 11, 30), &[item]).expect("the day takes trades");
    assert_eq!(booked.items, [Ok(())]);
}

#[test]
fn a_payment_that_an_amendment_recorded_does_not_count() {
    limited(|| {
        let payment = payment(0, 1_000_000);
        let missing = MissingPayment {
            client: CLIENT,
            reference: payment.reference,
            user: payment.user,
            product: payment.product,
            gross: payment.gross,
            occurred_at: payment.occurred_at,
        };
        assert_eq!(Trades::note_missing(AGREEMENT, &[missing]), Ok(()));
        book(Item::Supplement(missing));
        assert_eq!(stored(day(1))[0].credit, 985_000);
        assert_eq!(kept(CLIENT), []);
        assert!(!is_over(1));
    });
}

#[test]
fn a_cancellation_counts_neither_as_a_refund_nor_against_its_payment() {
    limited(|| {
        record(at_the_limit());
        book(Item::Cancel {
            day: day(1),
            position: 0,
        });
        assert_eq!(stored(day(1))[2].credit, 9_850);
        assert_eq!(kept(CLIENT), [(1, 19_700, 0)]);
        assert!(!is_over(1));
    });
}
