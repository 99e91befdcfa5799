//! Causes and corrections of proven parts.
//!
//! The right amount is derived again by the trade's terms, not copied: from the gross amount of a
//! payment, from the link of a refund or of an amendment's trade.

use crate::{Config, Event, ExtraBreak, Pallet, SlotBreak};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    cause::{extra_cause, slot_cause},
    compare::SlotDiff,
    ports::{DayTrades, Directory},
    report::ReportedExtra,
    tree,
    witness::repeats,
    written::date,
    AgreementId, Amount, Amounts, BusinessDay, Entry, Kind, Link, ProductId, Relation, Side,
    SideId, Terms, Trade, TradeId, Witness,
};

/// The versions of products' terms, each product's read once.
struct TermsOf<T> {
    agreement: AgreementId,
    read: BTreeMap<ProductId, Vec<Terms>>,
    runtime: core::marker::PhantomData<T>,
}

impl<T: Config> TermsOf<T> {
    fn new(agreement: AgreementId) -> Self {
        Self {
            agreement,
            read: BTreeMap::new(),
            runtime: core::marker::PhantomData,
        }
    }

    fn versions(&mut self, product: ProductId) -> &[Terms] {
        let agreement = self.agreement;
        self.read
            .entry(product)
            .or_insert_with(|| T::Directory::terms(agreement, product))
    }

    /// The right entry of a trade of `side`, its amount derived again.
    fn right(&mut self, side: Side, trade: &Trade, link: Option<Link>) -> Entry {
        let terms = self
            .versions(trade.product)
            .get(usize::from(trade.terms_version));
        let amounts = terms.and_then(|terms| amounts(trade, link, terms));
        Entry {
            amount: amounts.unwrap_or(trade.amounts()).of(side),
            ..trade.entry(side)
        }
    }

    /// The amount of a payment by each version of the terms older than its own. A refund has none, and
    /// neither has what takes a payment or a refund back: its terms are those of its payment, whatever came
    /// since.
    ///
    /// Lazy: most causes are named before it is asked.
    fn older(
        &mut self,
        side: Side,
        trade: Trade,
        link: Option<Link>,
    ) -> impl Iterator<Item = Amount> + '_ {
        let is_of_its_day = match link {
            Some(link) => link.relation == Relation::Replacement,
            None => trade.kind == Kind::Payment,
        };
        let count = if is_of_its_day {
            trade.terms_version
        } else {
            0
        };
        self.versions(trade.product)
            .iter()
            .take(usize::from(count))
            .filter_map(move |terms| amounts(&trade, link, terms))
            .map(move |amounts| amounts.of(side))
    }
}

/// The link of the trade on a position of the side's day, where its amounts follow from a payment's.
fn link_of<T: Config>(side_id: SideId, position: u32, trade: &Trade) -> Option<Link> {
    trade
        .may_be_linked()
        .then(|| T::Trades::link(side_id.agreement, side_id.day, position))
        .flatten()
}

/// The amounts of a trade by its terms; `None` for a refund without its link.
fn amounts(trade: &Trade, link: Option<Link>, terms: &Terms) -> Option<Amounts> {
    match (link, trade.kind) {
        (Some(link), _) => link.amounts(terms, trade.gross),
        (None, Kind::Payment) => Some(terms.amounts(trade.gross)),
        (None, Kind::Refund) => None,
    }
}

/// The breaks of a page of slots that was checked against the book's root.
pub(crate) fn of_slots<T: Config>(
    side_id: SideId,
    page: u32,
    trades: &[Trade],
    slots: &[SlotDiff],
) -> Vec<SlotBreak> {
    let side = side_id.side;
    let mut terms = TermsOf::<T>::new(side_id.agreement);
    slots
        .iter()
        .filter_map(|slot| {
            let trade = trades.get(usize::from(slot.offset))?;
            let position = position(page, slot.offset);
            let link = link_of::<T>(side_id, position, trade);
            let older = terms.older(side, *trade, link);
            let cause = slot_cause(trade, side, slot.found.as_ref(), older)?;
            Some(SlotBreak {
                position,
                cause,
                found: slot.found,
                right: terms.right(side, trade, link),
            })
        })
        .collect()
}

/// The breaks of a page of extras. `None` where a witness does not stand for its extra.
pub(crate) fn of_extras<T: Config>(
    side_id: SideId,
    extras: &[ReportedExtra],
) -> Option<Vec<ExtraBreak>> {
    let mut pages = BTreeMap::new();
    extras
        .iter()
        .map(|(entry, witness)| {
            if let Some(witness) = witness {
                let trade = witnessed::<T>(&mut pages, side_id.agreement, witness)?;
                if !repeats(entry, &trade.entry(side_id.side)) {
                    return None;
                }
            }
            // Without an id there is no sequence of which the window could tell.
            let used = (entry.id != TradeId::default())
                .then(|| T::Trades::is_used(entry.id.client, entry.id.sequence))
                .flatten();
            Some(ExtraBreak {
                entry: *entry,
                cause: extra_cause(side_id.day, witness.map(|witness| witness.day), used),
                witness: *witness,
            })
        })
        .collect()
}

/// The trade that a witness names; each page is read once.
fn witnessed<T: Config>(
    pages: &mut BTreeMap<(BusinessDay, u32), Vec<Trade>>,
    agreement: AgreementId,
    witness: &Witness,
) -> Option<Trade> {
    let (page, offset) = tree::locate(witness.position);
    pages
        .entry((witness.day, page))
        .or_insert_with(|| T::Trades::page(agreement, witness.day, page))
        .get(usize::from(offset))
        .copied()
}

/// Tells the party of a correction.
pub(crate) fn tell_correction<T: Config>(side_id: SideId, one: &SlotBreak) {
    Pallet::<T>::deposit_event(Event::Corrected {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        position: one.position,
        cause: one.cause,
        found: one.found,
        right: one.right,
    });
}

/// Tells the party of an extra, the one with this index of the book's.
pub(crate) fn tell_extra<T: Config>(side_id: SideId, index: u32, one: &ExtraBreak) {
    Pallet::<T>::deposit_event(Event::ExtraFound {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        index,
        entry: one.entry,
        cause: one.cause,
    });
}

/// The position of the slot, or the index of the extra, at `offset` of `page`.
pub(crate) fn position(page: u32, offset: u8) -> u32 {
    page.saturating_mul(tree::PAGE_SIZE)
        .saturating_add(u32::from(offset))
}
