//! A party's ledger against the chain, before and after the party stands by it.

use crate::chain::{read::At, views::Agreement};
use anyhow::Result;
use codec::Encode;
use counterfoil_primitives::{
    align::{align, Book, LedgerEntry},
    cause::{extra_cause, slot_cause},
    report::Witnesses,
    tree::PAGE_SIZE,
    window::{chunk_of, reach, ring_slot, Chunk, Reach},
    Amount, BusinessDay, Cause, Entry, ProductId, Side, Terms, Trade, TradeId,
};
use std::collections::{btree_map, BTreeMap};

/// Days searched before and after a ledger's own for entries that belong elsewhere.
const NEIGHBOURS: u32 = 3;

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
}

/// A ledger against the chain's trades of the day.
#[derive(Clone, Debug)]
pub struct Comparison {
    /// The book that the ledger gives.
    pub book: Book,
    /// Positions on which ledger and chain agree.
    pub matched: usize,
    /// The differences: positions first, then the other lines.
    pub differences: Vec<Difference>,
    /// The sum of the ledger's amounts.
    pub total: Amount,
}

/// What a comparison needs to know of the chain beside the trades of the day.
#[derive(Clone, Debug, Default)]
pub struct Background {
    /// All versions of the products' terms.
    pub terms: BTreeMap<ProductId, Vec<(BusinessDay, Terms)>>,
    /// The trades of neighbouring days.
    pub neighbours: Vec<(BusinessDay, Vec<Trade>)>,
    /// Which sequences the windows show as used; `None` below the window.
    pub used: BTreeMap<TradeId, Option<bool>>,
}

/// The extras of a ledger that the day itself does not explain.
fn strangers(day: BusinessDay, chain: &[Entry], book: &Book) -> Vec<Entry> {
    let mut witnesses = Witnesses::wanted_by(&book.extras);
    look_through(&mut witnesses, day, chain);
    witnesses.missing_entries().copied().collect()
}

fn look_through(witnesses: &mut Witnesses, day: BusinessDay, chain: &[Entry]) {
    for (page, entries) in chain.chunks(PAGE_SIZE as usize).enumerate() {
        witnesses.look_in(day, page as u32, entries);
    }
}

/// The entries that a side should have of trades.
pub fn entries(trades: &[Trade], side: Side) -> Vec<Entry> {
    trades.iter().map(|trade| trade.entry(side)).collect()
}

/// Finds the witnesses of a book's extras on the day and on those around it.
pub async fn witnesses(
    at: &At,
    agreement: &Agreement,
    day: BusinessDay,
    side: Side,
    chain: &[Entry],
    extras: &[Entry],
) -> Result<Witnesses> {
    let mut witnesses = Witnesses::wanted_by(extras);
    look_through(&mut witnesses, day, chain);
    for neighbour in neighbours(agreement, day) {
        if witnesses.missing_entries().next().is_none() {
            break;
        }
        let trades = at.trades(agreement.id, neighbour).await?;
        look_through(&mut witnesses, neighbour, &entries(&trades, side));
    }
    Ok(witnesses)
}

fn neighbours(agreement: &Agreement, day: BusinessDay) -> Vec<BusinessDay> {
    (1..=NEIGHBOURS)
        .flat_map(|by| [day.0.checked_sub(by), day.0.checked_add(by)])
        .flatten()
        .map(BusinessDay)
        .filter(|neighbour| agreement.view.includes(*neighbour))
        .collect()
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
    let chain = entries(&trades, side);
    let missing = strangers(day, &chain, &align(&chain, ledger));
    if !missing.is_empty() {
        for neighbour in neighbours(agreement, day) {
            let trades = at.trades(agreement.id, neighbour).await?;
            background.neighbours.push((neighbour, trades));
        }
    }
    for entry in missing {
        background
            .used
            .insert(entry.id, is_used(at, entry.id).await?);
    }
    Ok(compare_with(day, side, &trades, ledger, &background))
}

/// What the client's window shows of a trade id; nothing of an entry that names none.
async fn is_used(at: &At, id: TradeId) -> Result<Option<bool>> {
    if id == TradeId::default() {
        return Ok(None);
    }
    let highest = at.highest_sequence(id.client).await?;
    Ok(match reach(highest, id.sequence) {
        Reach::Below => None,
        Reach::Above => Some(false),
        Reach::Within => {
            let index = chunk_of(id.sequence);
            let keys = [id.client.encode(), ring_slot(index).encode()];
            let chunk: Option<Chunk> = at.storage("Trades", "WindowChunks", &keys).await?;
            Some(chunk.is_some_and(|chunk| chunk.index == index && chunk.is_used(id.sequence)))
        }
    })
}

/// Compares a ledger with trades, by what is known of the chain.
pub fn compare_with(
    day: BusinessDay,
    side: Side,
    trades: &[Trade],
    ledger: &[LedgerEntry],
    background: &Background,
) -> Comparison {
    let chain = entries(trades, side);
    let book = align(&chain, ledger);
    let mut differences = Vec::new();
    for (position, (trade, found)) in trades.iter().zip(&book.slots).enumerate() {
        let versions = background
            .terms
            .get(&trade.product)
            .map_or(&[][..], Vec::as_slice);
        let older = versions
            .iter()
            .take(usize::from(trade.terms_version))
            .map(|(_, terms)| terms.amounts(trade.gross).of(side));
        if let Some(cause) = slot_cause(trade, side, found.as_ref(), older) {
            differences.push(Difference {
                position: Some(position as u32),
                cause,
                found: *found,
                right: Some(trade.entry(side)),
            });
        }
    }
    let matched = trades.len() - differences.len();
    let mut witnesses = Witnesses::wanted_by(&book.extras);
    look_through(&mut witnesses, day, &chain);
    for (neighbour, trades) in &background.neighbours {
        look_through(&mut witnesses, *neighbour, &entries(trades, side));
    }
    for (entry, witness) in witnesses.attach(&book.extras) {
        let used = background.used.get(&entry.id).copied().flatten();
        differences.push(Difference {
            position: None,
            cause: extra_cause(day, witness.map(|witness| witness.day), used),
            found: Some(entry),
            right: None,
        });
    }
    let total = ledger
        .iter()
        .fold(0, |sum: Amount, line| sum.saturating_add(line.amount));
    Comparison {
        book,
        matched,
        differences,
        total,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{Reference, Rule, UserId};

    const DAY: BusinessDay = BusinessDay(100);

    fn trade(sequence: u64) -> Trade {
        Trade {
            id: TradeId {
                client: 1,
                sequence,
            },
            reference: Reference([sequence as u8; 16]),
            user: UserId::default(),
            product: 1,
            gross: 10_000,
            debit: 9_700,
            credit: 300,
            occurred_at: 1,
            terms_version: 1,
        }
    }

    fn line(trade: &Trade, amount: Amount) -> LedgerEntry {
        LedgerEntry {
            id: None,
            reference: trade.reference,
            user: trade.user,
            product: trade.product,
            amount,
            occurred_at: trade.occurred_at,
        }
    }

    fn background() -> Background {
        let terms = |rate_ppm| Terms {
            credit: Rule {
                rate_ppm,
                ..Rule::default()
            },
            ..Terms::default()
        };
        Background {
            terms: [(
                1,
                vec![(BusinessDay(0), terms(20_000)), (DAY, terms(30_000))],
            )]
            .into(),
            ..Background::default()
        }
    }

    fn causes(ledger: &[LedgerEntry], background: &Background) -> Vec<(Option<u32>, Cause)> {
        let trades = [trade(1), trade(2)];
        compare_with(DAY, Side::Credit, &trades, ledger, background)
            .differences
            .iter()
            .map(|difference| (difference.position, difference.cause))
            .collect()
    }

    #[test]
    fn a_right_ledger_has_no_differences() {
        let ledger = [line(&trade(1), 300), line(&trade(2), 300)];
        assert!(causes(&ledger, &background()).is_empty());
    }

    #[test]
    fn positions_have_their_causes() {
        let ledger = [line(&trade(1), 200)];
        assert_eq!(
            causes(&ledger, &background()),
            [(Some(0), Cause::OlderTerms), (Some(1), Cause::Missing)]
        );
    }

    #[test]
    fn lines_on_no_position_have_theirs() {
        let other_day = trade(9);
        let mut background = background();
        background
            .neighbours
            .push((DAY.previous(), vec![other_day]));
        let unused = TradeId {
            client: 1,
            sequence: 50,
        };
        background.used.insert(unused, Some(false));
        let ledger = [
            line(&trade(1), 300),
            line(&trade(2), 300),
            line(&trade(2), 300),
            LedgerEntry {
                id: Some(other_day.id),
                ..line(&other_day, 300)
            },
            line(&trade(7), 300),
            LedgerEntry {
                id: Some(unused),
                ..line(&trade(8), 300)
            },
        ];
        let mut found: Vec<Cause> = causes(&ledger, &background)
            .iter()
            .map(|(_, cause)| *cause)
            .collect();
        found.sort_unstable();
        assert_eq!(
            found,
            [
                Cause::Duplicate,
                Cause::OtherDay,
                Cause::NotOnChain,
                Cause::NotMatched
            ]
        );
    }
}
