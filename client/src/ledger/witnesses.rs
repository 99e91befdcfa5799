//! The trades that lines on no position repeat.

use crate::{
    chain::{read::At, views::Agreement},
    error::{Error, Result},
};
use counterfoil_primitives::{
    tree::{page_count, PAGE_SIZE},
    witness::{Search, Witnesses},
    BusinessDay, Entry, Side, Trade, TradeId,
};
use futures::{stream, Stream, StreamExt, TryStreamExt};
use std::{
    collections::{btree_map, BTreeMap},
    pin::pin,
};

/// Pages read side by side.
const PARALLEL: usize = 8;

/// Which sequences the windows show as used; `None` below the window.
pub type Used = BTreeMap<TradeId, Option<bool>>;

/// Finds the trades that a book's extras repeat, on the day and on those around it, as the
/// reconciler does. Returns besides what the windows show of those that the day does not explain.
pub async fn witnesses(
    at: &At,
    agreement: &Agreement,
    day: BusinessDay,
    side: Side,
    chain: &[Entry],
    extras: &[Entry],
) -> Result<(Witnesses, Used)> {
    let today = at.today(agreement.id).await?.unwrap_or(day);
    let mut search = Search::new(extras, day, agreement.view.first_day, today);
    if let Some(day) = search.next_day() {
        look_through(&mut search, day, chain);
    }
    let mut used = Used::new();
    let strangers: Vec<TradeId> = search.missing().collect();
    for id in strangers {
        if let btree_map::Entry::Vacant(unknown) = used.entry(id) {
            unknown.insert(is_used(at, id).await?);
        }
    }
    search.leave_out_unused(|id| used.get(&id).copied().flatten());
    let pages_of = |near| {
        let count = stream::once(at.trade_count(agreement.id, near));
        let pages = count.map_ok(move |count| {
            let pages = stream::iter(0..page_count(count));
            pages.map(move |page| Ok::<_, Error>(at.page(agreement.id, near, page)))
        });
        pages.try_flatten().try_buffered(PARALLEL)
    };
    look_around(&mut search, side, pages_of).await?;
    Ok((search.finish(), used))
}

/// Looks through the days that are left, page by page, as long as something is missing.
pub(super) async fn look_around<Pages: Stream<Item = Result<Vec<Trade>>>>(
    search: &mut Search,
    side: Side,
    pages_of: impl Fn(BusinessDay) -> Pages,
) -> Result<()> {
    while let Some(day) = search.next_day() {
        let mut pages = pin!(pages_of(day).enumerate());
        while let Some((page, trades)) = pages.next().await {
            let entries: Vec<Entry> = trades?.iter().map(|trade| trade.entry(side)).collect();
            search.look_in(day, page as u32, &entries);
        }
    }
    Ok(())
}

/// Looks through the chain's entries of a day.
pub(super) fn look_through(search: &mut Search, day: BusinessDay, chain: &[Entry]) {
    for (page, entries) in chain.chunks(PAGE_SIZE as usize).enumerate() {
        search.look_in(day, page as u32, entries);
    }
}

/// What the client's window shows of a trade id; nothing of an entry that names none.
async fn is_used(at: &At, id: TradeId) -> Result<Option<bool>> {
    if id == TradeId::default() {
        return Ok(None);
    }
    let used = at.used_sequences(id.client, &[id.sequence]).await?;
    Ok(used.into_iter().next().flatten())
}
