//! A ledger that is wrong in known places, on every page, so that its report has several parts.

use crate::{
    agreement::{TestAgreement, SHARED},
    ledger::{has_line, right_line},
};
use anyhow::{Context, Result};
use counterfoil_primitives::{
    tree::PAGE_SIZE, Cause, Kind, LedgerEntry, Reference, Side, Trade, TradeId, UserId,
};
use std::collections::BTreeMap;

/// The positions of a page whose amounts are wrong.
const WRONG: [usize; 2] = [10, 23];
/// The position that the ledger lacks.
const MISSING: usize = 3;
/// The position that the ledger has twice.
const TWICE: usize = 5;
/// Entries that no position has.
pub const EXTRAS: usize = 2;

/// A ledger, and what is wrong with it.
pub struct Planted {
    /// Its lines.
    pub lines: Vec<LedgerEntry>,
    /// The positions that break, in order.
    pub positions: Vec<u32>,
    /// How many breaks there are of each cause.
    pub causes: BTreeMap<Cause, u32>,
}

impl Planted {
    /// All breaks.
    pub fn breaks(&self) -> u32 {
        self.causes.values().sum()
    }
}

/// The ledger of a side for these trades, with breaks on every page.
pub fn ledger(agreement: &TestAgreement, trades: &[Trade], side: Side) -> Result<Planted> {
    let line = |trade: &Trade| has_line(trade, side).then(|| right_line(trade, side));
    let mut lines: Vec<Option<LedgerEntry>> = trades.iter().map(line).collect();
    let mut positions = Vec::new();
    for page in (0..trades.len()).step_by(PAGE_SIZE as usize) {
        for position in WRONG.map(|offset| page + offset) {
            if let Some(line) = lines.get_mut(position).and_then(Option::as_mut) {
                line.amount += 4_711;
                positions.push(position as u32);
            }
        }
    }
    let wrong = positions.len() as u32;
    *lines
        .get_mut(MISSING)
        .context("fewer trades than breaks are planted in")? = None;
    positions.push(MISSING as u32);
    positions.sort_unstable();
    let mut lines: Vec<LedgerEntry> = lines.into_iter().flatten().collect();
    lines.push(right_line(&trades[TWICE], side));
    lines.push(stranger(agreement)?);
    Ok(Planted {
        lines,
        positions,
        causes: BTreeMap::from([
            (Cause::OtherAmount, wrong),
            (Cause::Missing, 1),
            (Cause::Duplicate, 1),
            (Cause::NotOnChain, 1),
        ]),
    })
}

/// An entry of a payment that nobody recorded, under a number that the client never used.
pub fn stranger(agreement: &TestAgreement) -> Result<LedgerEntry> {
    Ok(LedgerEntry {
        id: Some(TradeId {
            client: agreement.client().id,
            sequence: 200_000,
        }),
        kind: Kind::Payment,
        reference: Reference([0xee; 16]),
        user: UserId::from_text("nobody").context("a short name")?,
        product: SHARED,
        amount: 12_345,
        occurred_at: agreement.plan.yesterday(1),
    })
}
