//! What amendments book: each relation, what falls out, and what stays as it was.

mod cancelled;
mod consistency;
mod days;
mod missing;
mod model;
mod own_records;
mod put_back;
mod read_by_other_pallets;
mod refunding;
mod replaced;

use crate::{mock::*, BookedFor, Links, Refunded, Supplement, Supplements};
use counterfoil_primitives::{
    amendment::{Booked, Correction, FallenOut, Item, MissingPayment, NotBooked, AMENDMENTS},
    ports::BookAmendments,
    Amount, Kind, Link, MemberId, Moment, Original, Relation, Trade, TradeId, UserId,
};

/// When the last institution agreed.
fn agreed() -> Moment {
    at(0, 11, 30)
}

/// When refunds of the first day occur.
fn eleven() -> Moment {
    at(0, 11, 0)
}

/// Books items of the agreement.
fn try_book(items: &[Item]) -> Result<Booked, NotBooked> {
    Trades::book(AGREEMENT, agreed(), items)
}

/// What became of items that a day takes.
fn book(items: &[Item]) -> Vec<Result<(), FallenOut>> {
    let booked = try_book(items).expect("the day takes trades");
    assert_eq!(booked.items.len(), items.len());
    booked.items
}

/// Why one item falls out. That leaves everything as it was.
fn fallen_out(item: Item) -> FallenOut {
    let root = || sp_io::storage::root(sp_runtime::StateVersion::V1);
    let before = root();
    let [Err(reason)] = book(&[item])[..] else {
        panic!("{item:?} is booked");
    };
    assert_eq!(root(), before, "{reason:?} changes nothing");
    reason
}

/// Takes back what is left on a position of the first day.
const fn cancel(position: u32) -> Item {
    Item::Cancel {
        day: FIRST,
        position,
    }
}

/// The trade on a position of the first day as it is right: of another user, for 50.00 at nine.
fn right(position: u32) -> Correction {
    Correction {
        position,
        user: UserId::from_text("other").unwrap(),
        product: PRODUCT,
        gross: 5_000,
        occurred_at: at(0, 9, 0),
    }
}

/// States a payment of the first day right.
const fn replace(correction: Correction) -> Item {
    Item::Replace {
        day: FIRST,
        correction,
    }
}

/// The id of the trade that amendments booked as this one.
const fn booked_as(sequence: u64) -> TradeId {
    TradeId {
        client: AMENDMENTS,
        sequence,
    }
}

/// The trade on a position of the first day.
fn on(position: u32) -> Trade {
    stored(FIRST)[position as usize]
}

/// The link of the trade on a position of the first day.
fn link(position: u32) -> Option<Link> {
    Links::<Test>::get((AGREEMENT, FIRST, position))
}

/// The trade on a position of the first day, as a link names it.
fn original(position: u32) -> Original {
    Original {
        id: on(position).id,
        day: FIRST,
        position,
    }
}

/// What was given back of the trade on a position of the first day.
fn refunded(position: u32) -> Amount {
    Refunded::<Test>::get((AGREEMENT, FIRST, position))
}

/// Records a payment of 100.00 as the first trade of the first day.
fn pay(product: u32) {
    record(vec![priced(0, product, 10_000, at(0, 10, 0))]);
}

/// Refunds a part of the payment on the first position.
fn give(sequence: u64, gross: Amount) {
    let refund = refund_of(sequence, (FIRST, 0), gross, eleven());
    assert_eq!(refund_outcome(refund), Ok(()));
}

/// A payment of [`CLIENT`] of 100.00 at ten on the first day that was never recorded.
fn missing(number: u64) -> MissingPayment {
    let payment = trade(number);
    MissingPayment {
        client: CLIENT,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        gross: payment.gross,
        occurred_at: payment.occurred_at,
    }
}

/// Proposes payments as never recorded.
fn note(payments: &[MissingPayment]) -> Result<(), usize> {
    Trades::note_missing(AGREEMENT, payments)
}

/// Records a payment of [`CLIENT`] by an amendment.
fn supplement(number: u64) {
    assert_eq!(note(&[missing(number)]), Ok(()));
    assert_eq!(book(&[Item::Supplement(missing(number))]), [Ok(())]);
}
