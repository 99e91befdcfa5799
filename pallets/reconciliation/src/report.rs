//! Reports of a side: each is checked against the commitment, then stored.
//!
//! A `check_*` function reads, and decides; the `accept_*` function of the same name stores what
//! was checked and cannot fail. The transaction pool asks the checks too, so that a false report
//! does not even enter a block. A `do_*` function is the call of that name: check, then accept.

use crate::{
    breaks, outcome, side, weighing, AcceptedHeader, Config, Discarded, Error, ExtraBreak,
    ExtraBreaks, Headers, ListedPage, Pallet, Rejection, SideKey, SideRecord, SlotBreak,
    SlotBreaks, WeightInfo,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    compare::{self, Fault, ReportHeader, SlotDiff},
    ports::{Commitments, DayTrades},
    report::ReportedExtra,
    tree, AgreementView, Commitment, Entry, MemberId, Moment, Trade,
};
use frame_support::{ensure, pallet_prelude::DispatchResultWithPostInfo, traits::Time};

/// A side that may be reported, with all that a report is checked against.
pub(crate) struct OpenSide {
    pub key: SideKey,
    pub view: AgreementView,
    pub record: SideRecord,
    pub commitment: Commitment,
}

/// What a header that rebuilds the commitment leads to.
pub(crate) enum Verdict {
    Accept,
    Reject(Rejection),
}

/// A checked page of slots.
pub(crate) struct CheckedSlots {
    open: OpenSide,
    header: AcceptedHeader,
    page: u32,
    breaks: Vec<SlotBreak>,
}

/// A checked page of extras.
pub(crate) struct CheckedExtras {
    open: OpenSide,
    header: AcceptedHeader,
    page: u32,
    breaks: Vec<ExtraBreak>,
}

impl<T> From<Fault> for Error<T> {
    fn from(fault: Fault) -> Self {
        match fault {
            Fault::NotAscending => Self::NotAscending,
            Fault::OutOfRange => Self::OutOfRange,
            Fault::NotDifferent => Self::NotDifferent,
            Fault::WrongExtrasCount => Self::WrongExtrasCount,
            Fault::SlotsRootMismatch => Self::SlotsRootMismatch,
            Fault::ExtrasRootMismatch => Self::ExtrasRootMismatch,
            Fault::PageRootMismatch => Self::PageRootMismatch,
            Fault::Incomplete => Self::Incomplete,
        }
    }
}

/// Proves a side whose book is the chain's own.
pub(crate) fn do_report_clean<T: Config>(
    member: MemberId,
    key: SideKey,
) -> DispatchResultWithPostInfo {
    let open = check_clean::<T>(member, key, T::UnixTime::now())
        .map_err(|error| weighing::refused(error, T::WeightInfo::validate_report_clean()))?;
    accept_clean::<T>(open);
    Ok(().into())
}

/// Takes the header of a side's report, or rejects the book by it.
pub(crate) fn do_report_header<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    header: ReportHeader,
) -> DispatchResultWithPostInfo {
    let (open, verdict) = check_header::<T>(member, key, rejections, &header, T::UnixTime::now())
        .map_err(|error| {
        weighing::refused(error, weighing::validate_report_header::<T>(&header))
    })?;
    accept_header::<T>(open, header, verdict);
    Ok(().into())
}

/// Takes a listed page of slots.
pub(crate) fn do_report_slots<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    page: u32,
    slots: &[SlotDiff],
) -> DispatchResultWithPostInfo {
    let count = slots.len();
    let checked = check_slots::<T>(member, key, rejections, page, slots, T::UnixTime::now())
        .map_err(|error| {
            weighing::refused(error, T::WeightInfo::validate_report_slots(count as u32))
        })?;
    let discarded = accept_slots::<T>(checked);
    Ok(Some(weighing::report_slots::<T>(count, discarded)).into())
}

/// Takes a page of extras.
pub(crate) fn do_report_extras<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    page: u32,
    extras: &[ReportedExtra],
) -> DispatchResultWithPostInfo {
    let count = extras.len();
    let checked = check_extras::<T>(member, key, rejections, page, extras, T::UnixTime::now())
        .map_err(|error| {
            weighing::refused(error, T::WeightInfo::validate_report_extras(count as u32))
        })?;
    let discarded = accept_extras::<T>(checked);
    Ok(Some(weighing::report_extras::<T>(count, discarded)).into())
}

/// The side, where `member` may report it at `now`.
pub(crate) fn open_side<T: Config>(
    member: MemberId,
    key: SideKey,
    now: Moment,
) -> Result<OpenSide, Error<T>> {
    let (agreement, day, side) = key;
    let view = side::ensure_entitled::<T>(member, agreement, day)?;
    let record = side::unclosed::<T>(key)?;
    ensure!(T::Trades::is_sealed(agreement, day), Error::<T>::NotSealed);
    ensure!(
        view.preset_of(day).is_some_and(|preset| now >= preset),
        Error::<T>::BeforePreset
    );
    let commitment = T::Books::commitment(agreement, day, side).ok_or(Error::<T>::NotCommitted)?;
    Ok(OpenSide {
        key,
        view,
        record,
        commitment,
    })
}

/// The side, where its book is the one that follows on this many rejected ones.
fn open_book<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    now: Moment,
) -> Result<OpenSide, Error<T>> {
    let open = open_side::<T>(member, key, now)?;
    ensure!(open.record.rejections == rejections, Error::<T>::OtherBook);
    Ok(open)
}

pub(crate) fn check_clean<T: Config>(
    member: MemberId,
    key: SideKey,
    now: Moment,
) -> Result<OpenSide, Error<T>> {
    let open = open_side::<T>(member, key, now)?;
    ensure!(Pallet::<T>::is_chains_own(key), Error::<T>::NotClean);
    Ok(open)
}

pub(crate) fn accept_clean<T: Config>(open: OpenSide) {
    outcome::prove::<T>(&open.view, open.key, open.record, 0);
}

pub(crate) fn check_header<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    header: &ReportHeader,
    now: Moment,
) -> Result<(OpenSide, Verdict), Error<T>> {
    let open = open_book::<T>(member, key, rejections, now)?;
    ensure!(!Headers::<T>::contains_key(key), Error::<T>::HeaderKnown);
    // The commitment itself says how many extras there are: no proof is needed, and none of
    // that size could be asked for.
    if open.commitment.extras > open.view.caps.extras {
        return Ok((open, Verdict::Reject(Rejection::TooManyExtras)));
    }
    let (agreement, day, side) = key;
    compare::check_header(
        &T::Trades::place(agreement, day, side),
        &open.commitment,
        &T::Trades::page_roots(agreement, day, side),
        header,
    )?;
    let verdict = if header.dirty.len() as u32 > open.view.caps.pages {
        Verdict::Reject(Rejection::TooManyPages)
    } else {
        Verdict::Accept
    };
    Ok((open, verdict))
}

pub(crate) fn accept_header<T: Config>(open: OpenSide, header: ReportHeader, verdict: Verdict) {
    match verdict {
        Verdict::Reject(reason) => {
            outcome::reject::<T>(open.key, open.record, reason);
        }
        Verdict::Accept => {
            settle_parts::<T>(open, AcceptedHeader::new(header));
        }
    }
}

pub(crate) fn check_slots<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    page: u32,
    slots: &[SlotDiff],
    now: Moment,
) -> Result<CheckedSlots, Error<T>> {
    let open = open_book::<T>(member, key, rejections, now)?;
    let (header, root) = awaited::<T>(&open, open.commitment.slots, page, |header| &header.dirty)?;
    let (agreement, day, side) = key;
    let trades: Vec<Trade> = T::Trades::page(agreement, day, page);
    let chain: Vec<Entry> = trades.iter().map(|trade| trade.entry(side)).collect();
    compare::check_slots(&chain, slots, root)?;
    let breaks = breaks::of_slots::<T>(key, page, &trades, slots);
    Ok(CheckedSlots {
        open,
        header,
        page,
        breaks,
    })
}

/// Returns what the end of the side took away, where this part ends it.
pub(crate) fn accept_slots<T: Config>(checked: CheckedSlots) -> Option<Discarded> {
    let CheckedSlots {
        open,
        mut header,
        page,
        breaks,
    } = checked;
    let (agreement, day, side) = open.key;
    mark_accepted(&mut header.dirty, page);
    header.breaks = header.breaks.saturating_add(breaks.len() as u32);
    for one in &breaks {
        header.total.add_slot(one.right.amount, one.found.as_ref());
        breaks::tell_correction::<T>(open.key, one);
    }
    SlotBreaks::<T>::insert((agreement, day, side, page), breaks);
    settle_parts::<T>(open, header)
}

pub(crate) fn check_extras<T: Config>(
    member: MemberId,
    key: SideKey,
    rejections: u8,
    page: u32,
    extras: &[ReportedExtra],
    now: Moment,
) -> Result<CheckedExtras, Error<T>> {
    let open = open_book::<T>(member, key, rejections, now)?;
    let (header, root) =
        awaited::<T>(&open, open.commitment.extras, page, |header| &header.extras)?;
    let entries: Vec<Entry> = extras.iter().map(|(entry, _)| *entry).collect();
    compare::check_extras(open.commitment.extras, page, &entries, root)?;
    let breaks = breaks::of_extras::<T>(key, extras).ok_or(Error::<T>::WrongWitness)?;
    Ok(CheckedExtras {
        open,
        header,
        page,
        breaks,
    })
}

/// Returns what the end of the side took away, where this part ends it.
pub(crate) fn accept_extras<T: Config>(checked: CheckedExtras) -> Option<Discarded> {
    let CheckedExtras {
        open,
        mut header,
        page,
        breaks,
    } = checked;
    let (agreement, day, side) = open.key;
    mark_accepted(&mut header.extras, page);
    header.breaks = header.breaks.saturating_add(breaks.len() as u32);
    for (one, offset) in breaks.iter().zip(0..=u8::MAX) {
        header.total.add_extra(&one.entry);
        breaks::tell_extra::<T>(open.key, breaks::position(page, offset), one);
    }
    ExtraBreaks::<T>::insert((agreement, day, side, page), breaks);
    settle_parts::<T>(open, header)
}

/// Stores the header; where all parts are in, proves the side, or rejects its false total.
fn settle_parts<T: Config>(open: OpenSide, header: AcceptedHeader) -> Option<Discarded> {
    Headers::<T>::insert(open.key, &header);
    if !header.is_whole() {
        return None;
    }
    let (agreement, day, side) = open.key;
    let chain_total = T::Trades::totals(agreement, day).of(side);
    if header.total.total(chain_total) == open.commitment.total {
        outcome::prove::<T>(&open.view, open.key, open.record, header.breaks);
        Some(0)
    } else {
        Some(outcome::reject::<T>(
            open.key,
            open.record,
            Rejection::FalseTotal,
        ))
    }
}

/// The accepted header, and the root of a page that it lists, of `count` items in all, whose part
/// is still awaited.
///
/// A part that comes before its header waits in the pool, unchecked but for its page: so there is
/// one at most for each page that the book has.
fn awaited<T: Config>(
    open: &OpenSide,
    count: u32,
    page: u32,
    listed: impl Fn(&AcceptedHeader) -> &Vec<ListedPage>,
) -> Result<(AcceptedHeader, sp_core::H256), Error<T>> {
    ensure!(page < tree::page_count(count), Error::<T>::OutOfRange);
    let header = Headers::<T>::get(open.key).ok_or(Error::<T>::NoHeader)?;
    let listed = listed(&header)
        .iter()
        .find(|listed| listed.page == page)
        .ok_or(Error::<T>::PageNotListed)?;
    ensure!(!listed.accepted, Error::<T>::PageKnown);
    let root = listed.root;
    Ok((header, root))
}

fn mark_accepted(listed: &mut [ListedPage], page: u32) {
    if let Some(listed) = listed.iter_mut().find(|listed| listed.page == page) {
        listed.accepted = true;
    }
}
