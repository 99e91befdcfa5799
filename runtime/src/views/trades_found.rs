//! Trades of a day, found by their ids or references.

use crate::Trades;
use alloc::{collections::BTreeMap, vec, vec::Vec};
use counterfoil_primitives::{
    ports::DayTrades, tree::page_count, AgreementId, BusinessDay, Kind, Reference, Trade, TradeId,
};

/// Maximum positions of trades with equal references per answer.
pub const MAX_EQUAL_REFERENCES: u32 = 16_384;

/// The trades of a day that `wanted` picks, with their positions.
fn search(
    agreement: AgreementId,
    day: BusinessDay,
    wanted: impl Fn(&Trade) -> bool,
) -> impl Iterator<Item = (u32, Trade)> {
    positions(agreement, day).filter(move |(_, trade)| wanted(trade))
}

/// All trades of a day with their positions; a page is read at a time.
fn positions(agreement: AgreementId, day: BusinessDay) -> impl Iterator<Item = (u32, Trade)> {
    let pages = page_count(Trades::totals(agreement, day).count());
    (0..).zip((0..pages).flat_map(move |page| Trades::page(agreement, day, page)))
}

/// The trade of an id, with its position.
pub fn find_by_id(agreement: AgreementId, day: BusinessDay, id: TradeId) -> Option<(u32, Trade)> {
    search(agreement, day, |trade| trade.id == id).next()
}

/// The trades of a reference, with their positions.
pub fn find_by_reference(
    agreement: AgreementId,
    day: BusinessDay,
    reference: Reference,
) -> Vec<(u32, Trade)> {
    search(agreement, day, |trade| trade.reference == reference).collect()
}

/// The references that several trades of one kind carry on a day, with the positions. A refund that
/// shares its payment's reference is none of them.
///
/// Counted by positions, these are those after the first `from`, at most [`MAX_EQUAL_REFERENCES`]. With them,
/// `from` of the next answer; `None` where no more follow. A reference that the limit cuts is in both.
pub fn equal_references(
    agreement: AgreementId,
    day: BusinessDay,
    from: u32,
) -> (Vec<(Reference, Vec<u32>)>, Option<u32>) {
    let mut by_reference = BTreeMap::<(Reference, Kind), Vec<u32>>::new();
    for (position, trade) in positions(agreement, day) {
        by_reference
            .entry((trade.reference, trade.kind))
            .or_default()
            .push(position);
    }
    by_reference.retain(|_, positions| positions.len() > 1);
    let each = by_reference
        .into_iter()
        .flat_map(|(key, positions)| positions.into_iter().map(move |position| (key, position)));
    let mut rest = each.skip(from as usize);
    let mut listed = Vec::<((Reference, Kind), Vec<u32>)>::new();
    for (key, position) in rest.by_ref().take(MAX_EQUAL_REFERENCES as usize) {
        match listed.last_mut() {
            Some((last, positions)) if *last == key => positions.push(position),
            _ => listed.push((key, vec![position])),
        }
    }
    let next = rest.next();
    let next = next.map(|_| from.saturating_add(MAX_EQUAL_REFERENCES));
    let listed = listed.into_iter();
    let listed = listed.map(|((reference, _), positions)| (reference, positions));
    (listed.collect(), next)
}
