//! A party's ledger against the chain, before and after the party stands by it.

mod witnesses;

pub use witnesses::{witnesses, Used};

use crate::{
    chain::{read::At, views::Agreement},
    error::Result,
};
use counterfoil_primitives::{
    align::{align, Book},
    cause::{extra_cause, slot_cause},
    witness::Witnesses,
    Amount, BusinessDay, Cause, Entry, LedgerEntry, ProductId, Side, Terms, Trade, Witness,
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
    /// Where the trade stands that a line on no position repeats.
    pub witness: Option<Witness>,
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
    /// The trades that the lines on no position repeat, on the day and around it.
    pub witnesses: Witnesses,
    /// Which sequences the windows show as used.
    pub used: Used,
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
    let chain = entries(&trades, side);
    let extras = align(&chain, ledger).extras;
    let (witnesses, used) = witnesses(at, agreement, day, side, &chain, &extras).await?;
    background.witnesses = witnesses;
    background.used = used;
    Ok(compare_with(day, side, &trades, ledger, &background))
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
                witness: None,
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
            witness,
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
    use super::{
        witnesses::{look_around, look_through},
        *,
    };
    use counterfoil_primitives::{
        tree::PAGE_SIZE, witness::Search, Reference, Rule, TradeId, UserId,
    };
    use futures::stream;

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

    /// A line that names its trade, as its day has it.
    fn named(trade: &Trade) -> LedgerEntry {
        LedgerEntry {
            id: Some(trade.id),
            ..line(trade, 300)
        }
    }

    /// The causes of extras that repeat trades a number of days away, by a chain that has them there,
    /// and the day that each difference names.
    fn causes_of(distances: &[i64], later: i64) -> Vec<(Cause, Option<i64>)> {
        let on = |distance: i64| BusinessDay((i64::from(DAY.0) + distance) as u32);
        let repeated = |distance: i64| trade((100 + distance) as u64);
        let ledger: Vec<LedgerEntry> = distances.iter().map(|at| named(&repeated(*at))).collect();
        let extras = align(&[], &ledger).extras;
        let pages_of = |day: BusinessDay| {
            let distance = distances.iter().find(|at| on(**at) == day);
            // What is looked for stands on the second page.
            let full = vec![trade(7); PAGE_SIZE as usize];
            let pages = distance.map(|at| vec![full, vec![repeated(*at)]]);
            stream::iter(pages.unwrap_or_default().into_iter().map(Ok))
        };
        let mut search = Search::new(&extras, DAY, on(-20), on(later));
        assert_eq!(search.next_day(), Some(DAY), "it is looked through before");
        let around = look_around(&mut search, Side::Credit, pages_of);
        futures::executor::block_on(around).unwrap();
        let background = Background {
            witnesses: search.finish(),
            ..Background::default()
        };
        let distance = |day: BusinessDay| i64::from(day.0) - i64::from(DAY.0);
        let mut causes: Vec<_> = compare_with(DAY, Side::Credit, &[], &ledger, &background)
            .differences
            .iter()
            .map(|found| (found.cause, found.witness.map(|at| distance(at.day))))
            .collect();
        causes.sort_unstable();
        causes
    }

    #[test]
    fn a_line_of_another_day_is_found_up_to_fourteen_days_away() {
        let days = [-14, -4, -1, 1, 8, 14];
        let found = days.map(|day| (Cause::OtherDay, Some(day)));
        assert_eq!(causes_of(&days, 20), found);
        let lost = [(Cause::NotMatched, None); 2];
        assert_eq!(causes_of(&[-15, 15], 20), lost);
    }

    #[test]
    fn a_line_of_a_day_that_has_not_begun_is_not_looked_for() {
        let found = [(Cause::OtherDay, Some(1)), (Cause::NotMatched, None)];
        assert_eq!(causes_of(&[1, 2], 1), found);
    }

    #[test]
    fn days_are_not_read_for_lines_that_cannot_be_on_chain() {
        let unused = trade(9).entry(Side::Credit);
        let mut search = Search::new([&unused], DAY, DAY.previous(), DAY.next());
        search.leave_out_unused(|_| Some(false));
        let pages_of =
            |_| -> stream::Iter<std::vec::IntoIter<Result<Vec<Trade>>>> { panic!("a day is read") };
        let around = look_around(&mut search, Side::Credit, pages_of);
        futures::executor::block_on(around).unwrap();
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
        let chain = entries(&[trade(1), trade(2)], Side::Credit);
        let extras = align(&chain, &ledger).extras;
        let mut search = Search::new(&extras, DAY, DAY.previous(), DAY);
        look_through(&mut search, DAY, &chain);
        let yesterday = entries(&[other_day], Side::Credit);
        look_through(&mut search, DAY.previous(), &yesterday);
        background.witnesses = search.finish();
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
