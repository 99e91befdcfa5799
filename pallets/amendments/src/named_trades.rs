//! Which trades a content names, and that no other proposal names them.
//!
//! A day that is not sealed goes on growing: what is named by sequences is kept by the positions that they
//! have when it is proposed, so that nothing is booked that nobody agreed to.

use crate::{
    types::{Pages, PositionsOfPage, Proposer},
    Config, Error, Named,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    amendment::{fingerprint::TradesDigest, Content, Selection, Span},
    ports::{BookAmendments, DayTrades},
    tree::{self, PAGE_SIZE},
    AgreementId, BusinessDay, DayTotals, Kind, Trade,
};
use frame_support::ensure;

/// Maximum trades that amendments booked and that a client names in a proposal: whose each of them is has
/// to be looked up.
pub const MAX_LOOKED_UP: u32 = 1_000;

/// Trades of a day that may be named.
#[derive(Debug, Default)]
pub(crate) struct NamedTrades {
    pub positions: Pages,
    pub spans: Vec<Span>,
    pub totals: DayTotals,
    pub digest: TradesDigest,
    /// Pages read.
    pub pages: u32,
    /// Trades whose clients were looked up.
    pub looked_up: u32,
}

/// Finds the trades of `day` that a valid selection names, and checks that the proposer may name them, and
/// that they are of `kind` where one is given.
pub(crate) fn find<T: Config>(
    proposer: &Proposer,
    day: BusinessDay,
    selection: &Selection,
    kind: Option<Kind>,
) -> Result<NamedTrades, Error<T>> {
    let count = T::Trades::totals(proposer.agreement_id, day).count();
    if matches!(selection, Selection::Positions(_)) {
        ensure!(selection.end() <= count, Error::<T>::NothingThere);
    }
    let mut named = NamedTrades::default();
    let pages = tree::page_count(count);
    for page in selection
        .pages()
        .into_iter()
        .take_while(|page| *page < pages)
    {
        named.add_page::<T>(proposer, day, page, selection, kind)?;
    }
    ensure!(!named.positions.is_empty(), Error::<T>::NothingThere);
    Ok(named)
}

impl NamedTrades {
    /// Adds what the selection names on the next page.
    fn add_page<T: Config>(
        &mut self,
        proposer: &Proposer,
        day: BusinessDay,
        page: u32,
        selection: &Selection,
        kind: Option<Kind>,
    ) -> Result<(), Error<T>> {
        self.pages = self.pages.saturating_add(1);
        let first = page.saturating_mul(PAGE_SIZE);
        let (mut positions, mut trades) = (PositionsOfPage::default(), Vec::new());
        for (offset, trade) in (0..=u8::MAX).zip(T::Trades::page(proposer.agreement_id, day, page))
        {
            let position = first.saturating_add(offset.into());
            if !selection.names(position, &trade) {
                continue;
            }
            ensure!(
                kind.is_none_or(|kind| trade.kind == kind),
                Error::<T>::NotAPayment
            );
            self.ensure_own::<T>(proposer, (day, position), &trade)?;
            positions.insert(offset);
            extend(&mut self.spans, position);
            self.totals.add(&trade);
            trades.push(trade);
        }
        if positions.is_empty() {
            return Ok(());
        }
        let named = Named::<T>::get((proposer.agreement_id, day, page));
        ensure!(!named.meets(&positions), Error::<T>::AlreadyNamed);
        self.digest.add_page(&trades);
        self.positions.push((page, positions));
        Ok(())
    }

    /// Refuses to a client what another one recorded. Bank and company name any trade.
    fn ensure_own<T: Config>(
        &mut self,
        proposer: &Proposer,
        (day, position): (BusinessDay, u32),
        trade: &Trade,
    ) -> Result<(), Error<T>> {
        if proposer.is_party() {
            return Ok(());
        }
        if trade.id.is_of_amendment() {
            self.looked_up = self.looked_up.saturating_add(1);
            ensure!(self.looked_up <= MAX_LOOKED_UP, Error::<T>::TooManyAmended);
        }
        let client = T::Trades::client_of(proposer.agreement_id, day, position, trade);
        ensure!(client == proposer.member, Error::<T>::AnotherClients);
        Ok(())
    }
}

/// Appends a position that lies behind all spans.
fn extend(spans: &mut Vec<Span>, position: u32) {
    match spans.last_mut() {
        Some(span) if span.last.saturating_add(1) == position => span.last = position,
        _ => spans.push(Span {
            first: position,
            last: position,
        }),
    }
}

/// The positions that a stored content names, with their day; `None` of payments that were never recorded.
pub(crate) fn positions_of(content: &Content) -> Option<(BusinessDay, Pages)> {
    let (day, selection) = (content.day()?, content.selection()?);
    let Selection::Positions(spans) = selection else {
        return None;
    };
    let mut pages = Pages::new();
    for position in spans.iter().flat_map(|span| span.first..=span.last) {
        let (page, offset) = tree::locate(position);
        match pages.last_mut() {
            Some((last, positions)) if *last == page => positions.insert(offset),
            _ => {
                let mut positions = PositionsOfPage::default();
                positions.insert(offset);
                pages.push((page, positions));
            }
        }
    }
    Some((day, pages))
}

/// Keeps others from naming these positions.
pub(crate) fn hold<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    pages: &[(u32, PositionsOfPage)],
) {
    for (page, positions) in pages {
        Named::<T>::mutate((agreement, day, *page), |named| {
            named.insert_all(positions);
        });
    }
}

/// Lets others name what a content names. Returns on how many pages that is.
pub(crate) fn free<T: Config>(agreement: AgreementId, content: &Content) -> u32 {
    let Some((day, pages)) = positions_of(content) else {
        return 0;
    };
    for (page, positions) in &pages {
        let key = (agreement, day, *page);
        let mut named = Named::<T>::get(key);
        named.remove_all(positions);
        if named.is_empty() {
            Named::<T>::remove(key);
        } else {
            Named::<T>::insert(key, named);
        }
    }
    pages.len() as u32
}
