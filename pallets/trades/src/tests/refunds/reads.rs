//! What other pallets read of refunds.

use super::*;
use counterfoil_primitives::{ports::DayTrades, refund::RefundedPayment};

#[test]
fn others_read_the_link_of_a_refund() {
    build_and_execute(|| {
        record(trades(0..2));
        give_back(vec![refund_of(2, (FIRST, 1), 4_000, eleven())]);
        let read = |position| Trades::link(AGREEMENT, FIRST, position);
        assert_eq!([read(0), read(1), read(3)], [None; 3]);
        assert_eq!(read(2), link((FIRST, 2)));
        assert_eq!(read(2).map(|link| link.original.position), Some(1));
    });
}

/// What a refund's line in a ledger may name its payment by.
fn named(position: u32, (day, original): Place) -> RefundedPayment {
    let payment = stored(day)[original as usize];
    RefundedPayment {
        position,
        id: payment.id,
        reference: payment.reference,
    }
}

#[test]
fn others_read_the_payments_of_a_pages_refunds() {
    build_and_execute(|| {
        record(trades(0..254));
        give_back(vec![
            refund_of(254, (FIRST, 7), 1_000, eleven()),
            refund_of(255, (FIRST, 5), 1_000, eleven()),
            refund_of(256, (FIRST, 6), 1_000, eleven()),
        ]);
        let read = |page| Trades::refunded_payments(AGREEMENT, FIRST, page);
        assert_eq!(read(0), [named(254, (FIRST, 7)), named(255, (FIRST, 5))]);
        assert_eq!(read(1), [named(256, (FIRST, 6))]);
        assert_eq!([read(2), read(u32::MAX)], [vec![], vec![]]);
    });
}

#[test]
fn the_payment_of_another_day_is_found() {
    build_and_execute(|| {
        record(trades(0..3));
        set_time(at(1, 12, 0));
        give_back(vec![refund_of(3, (FIRST, 2), 1_000, at(1, 11, 0))]);
        let read = Trades::refunded_payments(AGREEMENT, day(1), 0);
        assert_eq!(read, [named(0, (FIRST, 2))]);
    });
}
