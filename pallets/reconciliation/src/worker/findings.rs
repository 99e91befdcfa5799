//! What a party's book differs in: fetched, verified and compared with the chain.
//!
//! Page roots come first, then only the pages that differ. Of a clean side some pages, chosen at
//! random, are fetched all the same, and of a day for which it was asked all pages: a party that
//! commits to the chain's own roots must have the entries as well.

use super::{
    budget::Budget,
    chain_entries,
    fetch_problem::Problem,
    local_state,
    peer::Peer,
    sample::sample,
    timer::clock,
    witness::{self, SEARCH_MS},
};
use crate::{Config, FullFetch, Headers};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    book_exchange::{all_pages, PageRoots, Wanted, MAX_PAGES},
    compare::{self, ReportHeader, SlotDiff},
    ports::DayTrades,
    report::{self, ReportedExtra},
    AgreementView, Commitment, MemberId, SideId,
};
use frame_support::traits::Get;
use sp_core::H256;

/// What there is to report of a side.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Findings {
    /// The book is the chain's own.
    Clean,
    /// The book differs.
    Breaks(Breaks),
}

/// The parts of a report that the chain does not have yet.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Breaks {
    /// The header, unless one was accepted.
    pub header: Option<ReportHeader>,
    /// The pages of slots.
    pub slots: Vec<(u32, Vec<SlotDiff>)>,
    /// The pages of extras.
    pub extras: Vec<(u32, Vec<ReportedExtra>)>,
    /// Why pages are missing, which a later run fetches.
    pub unfinished: Option<Problem>,
}

impl Findings {
    /// Why something is left to fetch, if it is.
    pub const fn unfinished(&self) -> Option<&Problem> {
        match self {
            Self::Clean => None,
            Self::Breaks(breaks) => breaks.unfinished.as_ref(),
        }
    }
}

impl Breaks {
    /// A header alone: it rejects the whole book.
    fn rejection(header: ReportHeader) -> Findings {
        Findings::Breaks(Self {
            header: Some(header),
            ..Default::default()
        })
    }
}

/// Fetches the book of a side that has committed, in the name of `requester`, and compares it.
pub fn of_side<T: Config>(
    agreement: &AgreementView,
    requester: MemberId,
    side_id: SideId,
    commitment: Commitment,
    budget: &Budget,
) -> Result<Findings, Problem> {
    let roots = T::Trades::page_roots(side_id);
    let peer = Peer::<T>::new(agreement, requester, side_id, commitment, budget);
    let full = FullFetch::<T>::contains_key(side_id.agreement, side_id.day);
    if T::Trades::chain_commitment(side_id) == Some(commitment) {
        if full {
            verify_all(side_id, &commitment, &peer, &all_pages(&roots))?;
        } else {
            let pages = sample(roots.len() as u32, T::SamplePages::get());
            peer.slots(&wanted(&roots, pages), |_, _| ())?;
        }
        return Ok(Findings::Clean);
    }
    if let Some(header) = Headers::<T>::get(side_id) {
        let awaited = |listed: Vec<crate::ListedPage>| -> Vec<Wanted> {
            let awaited = listed.into_iter().filter(|listed| !listed.accepted);
            awaited.map(|listed| (listed.page, listed.root)).collect()
        };
        let (dirty, extras) = (awaited(header.dirty), awaited(header.extras));
        return parts(agreement, side_id, &peer, None, dirty, extras);
    }
    // After the header, as on chain: one that was accepted stands when the caps are lowered.
    if !agreement.caps.allows_extras(commitment.extras) {
        return Ok(Breaks::rejection(ReportHeader::default()));
    }
    let PageRoots { slots, extras } = peer.roots()?;
    let header = report::header(&roots, &slots, extras);
    if !agreement.caps.allows_pages(header.dirty.len()) {
        return Ok(Breaks::rejection(header));
    }
    let mut advanced = false;
    if full {
        let dirty: BTreeSet<u32> = header.dirty.iter().map(|dirty| dirty.page).collect();
        let clean = (0..roots.len() as u32).filter(|page| !dirty.contains(page));
        let clean = wanted(&roots, clean.collect());
        advanced = verify_all(side_id, &commitment, &peer, &clean)?;
    }
    let dirty = header.dirty.iter().map(|dirty| (dirty.page, dirty.root));
    let dirty = dirty.collect();
    let extras = all_pages(&header.extras);
    parts(agreement, side_id, &peer, Some(header), dirty, extras)
        .map_err(|problem| problem.after_progress(advanced))
}

/// Fetches all of `pages`, from where an earlier run came to: a long day takes several runs.
/// Returns whether it fetched any.
fn verify_all<T: Config>(
    side_id: SideId,
    commitment: &Commitment,
    peer: &Peer<T>,
    pages: &[Wanted],
) -> Result<bool, Problem> {
    let before = local_state::verified(side_id, commitment) as usize;
    let mut done = before;
    for wanted in pages.get(before..).unwrap_or_default().chunks(MAX_PAGES) {
        peer.slots(wanted, |_, _| ())
            .map_err(|problem| problem.after_progress(done > before))?;
        done = done.saturating_add(wanted.len());
        local_state::keep_verified(side_id, commitment, done as u32);
    }
    Ok(done > before)
}

/// Fetches the pages that differ, and finds what differs on them.
///
/// Where the answers end before the pages do, what has come is reported: it rehashes to the
/// commitment, and once the header is accepted a later run asks for the other pages alone.
fn parts<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
    peer: &Peer<T>,
    header: Option<ReportHeader>,
    dirty: Vec<Wanted>,
    extras: Vec<Wanted>,
) -> Result<Findings, Problem> {
    let mut slots = Vec::new();
    let mut pages = Vec::new();
    let fetched = peer
        .slots(&dirty, |page, book| {
            slots.push((
                page,
                compare::diff_page(&chain_entries::page::<T>(side_id, page), &book),
            ));
        })
        .and_then(|()| peer.extras(&extras, |page, entries| pages.push((page, entries))));
    let came = !slots.is_empty() || !pages.is_empty();
    let unfinished = match fetched {
        Ok(()) => None,
        Err(problem) if problem.is_falsehood() || (header.is_none() && !came) => {
            return Err(problem)
        }
        Err(problem) => Some(problem.after_progress(came)),
    };
    let extras = pages.iter().flat_map(|(_, page)| page);
    let witnesses = witness::search::<T>(
        agreement,
        side_id,
        extras,
        clock().saturating_add(SEARCH_MS),
    );
    let extras = pages
        .into_iter()
        .map(|(page, entries)| (page, witnesses.attach(&entries)))
        .collect();
    Ok(Findings::Breaks(Breaks {
        header,
        slots,
        extras,
        unfinished,
    }))
}

/// These pages, with the roots that the chain has of them.
fn wanted(roots: &[H256], pages: Vec<u32>) -> Vec<Wanted> {
    pages
        .into_iter()
        .filter_map(|page| Some((page, *roots.get(page as usize)?)))
        .collect()
}
