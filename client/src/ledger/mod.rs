//! A party's ledger against the chain, before and after the party stands by it.

mod timing;
mod witnesses;

pub use witnesses::{witnesses, Used};

use crate::{
    chain::{read::At, views::Agreement},
    error::Result,
};
use counterfoil_primitives::{
    align::{align, Book},
    cause::{extra_cause, slot_cause},
    refund::RefundedPayment,
    timing::TimingEnd,
    witness::Witnesses,
    BusinessDay, Cause, Entry, Kind, LedgerEntry, ProductId, Side, SideTotals, Terms, Trade,
    Witness,
};
use std::collections::{btree_map, BTreeMap};

/// A difference between a ledger and the chain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// The position on chain; `None` for a line that belongs to none.
    pub position: Option<u32>,
    /// Why.
    pub cause: Cause,
    /// What the ledger says; `None` where it lacks the entry.
    pub found: Option<Entry>,
    /// What the chain says; `None` where it has no such entry.
    pub right: Option<Entry>,
    /// The payment that the chain's refund is of.
    pub original: Option<RefundedPayment>,
    /// Where the trade stands that a line on no position repeats.
    pub witness: Option<Witness>,
    /// Where it is, or may be, a timing difference.
    pub timing: Option<TimingEnd>,
}

impl Difference {
    /// Whether it is a timing difference, and no error.
    pub fn is_timing(&self) -> bool {
        self.timing.is_some_and(|end| end.is_difference())
    }
}

/// A ledger against the chain's trades of the day.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The book that is made from the ledger.
    pub book: Book,
    /// Positions on which ledger and chain agree.
    pub matched: usize,
    /// The differences: positions first, then the other lines.
    pub differences: Vec<Difference>,
    /// The sums of the ledger's amounts, by kind.
    pub totals: SideTotals,
    /// Positions of nothing that no line takes: they are filled from the chain, since no books have lines of
    /// nothing.
    pub filled: usize,
}

/// What a comparison needs to know of the chain beside the trades of the day.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// All versions of the products' terms.
    pub terms: BTreeMap<ProductId, Vec<(BusinessDay, Terms)>>,
    /// The trades that the lines on no position repeat, on the day and around it.
    pub witnesses: Witnesses,
    /// Which sequences the windows show as used.
    pub used: Used,
    /// The payments that the day's refunds give back from, by the refunds' positions.
    pub refunded: Vec<RefundedPayment>,
}

impl Background {
    /// The payment of the refund on a position; `None` where a payment stands there.
    fn original(&self, position: u32) -> Option<RefundedPayment> {
        let refunded = &self.refunded;
        let at = refunded.binary_search_by_key(&position, |original| original.position);
        at.ok().map(|at| refunded[at])
    }
}

/// The entries that a side should have of trades.
pub fn entries(trades: &[Trade], side: Side) -> Vec<Entry> {
    trades.iter().map(|trade| trade.entry(side)).collect()
}

/// Compares a ledger with the chain's trades of a day.
pub async fn compare(
    at: &At,
    agreement: &Agreement,
    day: BusinessDay,
    side: Side,
    ledger: &[LedgerEntry],
) -> Result<Comparison> {
    let trades = at.trades(agreement.id, day).await?;
    let mut background = Background::default();
    for trade in &trades {
        if let btree_map::Entry::Vacant(unknown) = background.terms.entry(trade.product) {
            unknown.insert(at.terms(agreement.id, trade.product).await?);
        }
    }
    background.refunded = at.refunded_payments(agreement.id, day).await?;
    let chain = entries(&trades, side);
    let extras = align(&chain, &background.refunded, ledger).extras;
    let (witnesses, used) = witnesses(at, agreement, day, side, &chain, &extras).await?;
    background.witnesses = witnesses;
    background.used = used;
    let mut comparison = compare_with(day, side, &trades, ledger, &background);
    timing::look_up(at, agreement, day, side, &mut comparison).await?;
    Ok(comparison)
}

/// Compares a ledger with trades, by what is known of the chain. Timing differences are not looked for.
pub fn compare_with(
    day: BusinessDay,
    side: Side,
    trades: &[Trade],
    ledger: &[LedgerEntry],
    background: &Background,
) -> Comparison {
    let chain = entries(trades, side);
    let book = align(&chain, &background.refunded, ledger);
    let mut differences = Vec::new();
    for (position, (trade, found)) in trades.iter().zip(&book.slots).enumerate() {
        let versions = background
            .terms
            .get(&trade.product)
            .map_or(&[][..], Vec::as_slice);
        // A refund follows the terms of its payment, whatever came later.
        let older = match trade.kind {
            Kind::Payment => usize::from(trade.terms_version),
            Kind::Refund => 0,
        };
        let older = versions
            .iter()
            .take(older)
            .map(|(_, terms)| terms.amounts(trade.gross).of(side));
        if let Some(cause) = slot_cause(trade, side, found.as_ref(), older) {
            differences.push(Difference {
                position: Some(position as u32),
                cause,
                found: *found,
                right: Some(trade.entry(side)),
                original: background.original(position as u32),
                witness: None,
                timing: None,
            });
        }
    }
    let matched = trades.len() - differences.len();
    for (entry, witness) in background.witnesses.attach(&book.extras) {
        let used = background.used.get(&entry.id).copied().flatten();
        differences.push(Difference {
            position: None,
            cause: extra_cause(day, witness.map(|witness| witness.day), used),
            found: Some(entry),
            right: None,
            original: None,
            witness,
            timing: None,
        });
    }
    let mut totals = SideTotals::default();
    for line in ledger {
        totals.add(line.kind, line.amount);
    }
    Comparison {
        filled: filled(&book, ledger.len()),
        book,
        matched,
        differences,
        totals,
    }
}

/// How many slots of a book stand for none of its ledger's lines.
pub fn filled(book: &Book, lines: usize) -> usize {
    let entries = book.slots.iter().flatten().count() + book.extras.len();
    entries.saturating_sub(lines)
}

#[cfg(test)]
mod tests;
