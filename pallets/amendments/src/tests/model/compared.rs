//! What the chain holds, compared with what the model does.

use super::{
    amounts::Sums,
    places::{totals, Does, Place, Places, Slot},
};
use crate::mock::*;
use counterfoil_primitives::{Kind, Relation, Trade, TradeId};
use pallet_trades::{Days, Links, Pages};
use std::collections::{BTreeMap, BTreeSet};

/// The trades of a day, read page by page until an empty one.
fn trades(of: usize) -> Vec<Trade> {
    let page = |page| Pages::<Test>::get((AGREEMENT, day(of as u32), page));
    (0u32..)
        .map(page)
        .take_while(|trades| !trades.is_empty())
        .flatten()
        .collect()
}

/// The trades on these places.
pub fn trades_on(places: &BTreeSet<Place>) -> Vec<Trade> {
    let trades = [0, 1].map(trades);
    let on = |(of, position): &Place| trades[*of][*position];
    places.iter().map(on).collect()
}

fn amounts(trade: &Trade) -> Sums {
    [trade.gross, trade.debit, trade.credit].map(|amount| amount as i128)
}

/// What is left of each payment: its own amounts, and those of all that its links lead to it.
fn left_on_chain() -> BTreeMap<Place, Sums> {
    let mut left: BTreeMap<Place, Sums> = BTreeMap::new();
    for of in [0, 1] {
        for (position, trade) in (0u32..).zip(trades(of)) {
            let link = Links::<Test>::get((AGREEMENT, day(of as u32), position));
            let payment = match link.filter(|link| link.relation != Relation::Replacement) {
                Some(link) => {
                    let of = link.original.day.0 - FIRST.0;
                    (of as usize, link.original.position as usize)
                }
                None => (of, position as usize),
            };
            let sign = match trade.kind {
                Kind::Payment => 1,
                Kind::Refund => -1,
            };
            let sums = left.entry(payment).or_default();
            for (sum, amount) in sums.iter_mut().zip(amounts(&trade)) {
                *sum += sign * amount;
            }
        }
    }
    left
}

/// What is left of each payment by the model.
fn left_by_model(places: &Places) -> BTreeMap<Place, Sums> {
    let mut left = BTreeMap::new();
    for place in places.all() {
        if let Does::Pay(of) = places.days[place.0][place.1].does {
            left.insert(place, places.payments[of].net());
        }
    }
    left
}

/// Asserts that the chain has the trades and sums of the model, and that as much is left of each payment.
pub fn assert_as(places: &Places) {
    for (of, slots) in places.days.iter().enumerate() {
        let seen =
            |trade: &Trade| -> (TradeId, Kind, Sums) { (trade.id, trade.kind, amounts(trade)) };
        let expected = |slot: &Slot| (slot.id, slot.kind, slot.amounts);
        let on_chain: Vec<_> = trades(of).iter().map(seen).collect();
        let by_model: Vec<_> = slots.iter().map(expected).collect();
        assert_eq!(on_chain, by_model);
        let sums = Days::<Test>::get(AGREEMENT, day(of as u32));
        assert_eq!(sums, totals(slots));
    }
    let left = left_by_model(places);
    for ((of, position), [gross, ..]) in &left {
        let found = found(day(*of as u32), *position as u32);
        assert_eq!(found.left() as i128, *gross);
    }
    assert_eq!(left_on_chain(), left);
}
