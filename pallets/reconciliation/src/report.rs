//! Reports of a side: each is checked against the commitment, then stored.
//!
//! A `check_*` function reads, and decides; the `accept_*` function of the same name stores what
//! was checked and cannot fail. The transaction pool asks the checks too, so that a false report
//! does not even enter a block. A `do_*` function is the call of that name: check, then accept.

use crate::{
    book_rejected, breaks, side_proven, weighing, who_may_report, AcceptedHeader, Config,
    Discarded, Error, ExtraBreak, ExtraBreaks, Headers, ListedPage, Pallet, Rejection, SideRecord,
    SlotBreak, SlotBreaks, WeightInfo,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    compare::{self, Fault, ReportHeader, SlotDiff},
    ports::{Commitments, DayTrades, Directory},
    report::ReportedExtra,
    tree, AgreementView, Commitment, Entry, MemberId, Moment, Round, SideId, Trade,
};
use frame_support::{ensure, pallet_prelude::DispatchResultWithPostInfo, traits::Time};

/// A side that may be reported, with all that a report is checked against.
pub(crate) struct OpenSide {
    pub side_id: SideId,
    pub agreement: AgreementView,
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
    side_id: SideId,
) -> DispatchResultWithPostInfo {
    let open = check_clean::<T>(member, side_id, T::UnixTime::now())
        .map_err(|error| weighing::refused(error, T::WeightInfo::validate_report_clean()))?;
    accept_clean::<T>(open);
    Ok(().into())
}

/// Takes the header of a side's report, or rejects the book by it.
pub(crate) fn do_report_header<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    header: ReportHeader,
) -> DispatchResultWithPostInfo {
    let (open, verdict) = check_header::<T>(member, side_id, round, &header, T::UnixTime::now())
        .map_err(|error| {
            weighing::refused(error, weighing::validate_report_header::<T>(&header))
        })?;
    accept_header::<T>(open, header, verdict);
    Ok(().into())
}

/// Takes a listed page of slots.
pub(crate) fn do_report_slots<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    page: u32,
    slots: &[SlotDiff],
) -> DispatchResultWithPostInfo {
    let count = slots.len();
    let checked = check_slots::<T>(member, side_id, round, page, slots, T::UnixTime::now())
        .map_err(|error| weighing::refused(error, weighing::validate_report_slots::<T>(count)))?;
    let discarded = accept_slots::<T>(checked);
    Ok(Some(weighing::report_slots::<T>(count, discarded)).into())
}

/// Takes a page of extras.
pub(crate) fn do_report_extras<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    page: u32,
    extras: &[ReportedExtra],
) -> DispatchResultWithPostInfo {
    let count = extras.len();
    let checked = check_extras::<T>(member, side_id, round, page, extras, T::UnixTime::now())
        .map_err(|error| {
            weighing::refused(error, T::WeightInfo::validate_report_extras(count as u32))
        })?;
    let discarded = accept_extras::<T>(checked);
    Ok(Some(weighing::report_extras::<T>(count, discarded)).into())
}

/// The side, where `member` may report it at `now`.
pub(crate) fn open_side<T: Config>(
    member: MemberId,
    side_id: SideId,
    now: Moment,
) -> Result<OpenSide, Error<T>> {
    let (agreement_id, day) = (side_id.agreement, side_id.day);
    let agreement = who_may_report::ensure_entitled::<T>(member, agreement_id, day)?;
    let times = T::Directory::due_times(agreement_id, &agreement, day);
    let record = who_may_report::unproven::<T>(&agreement, side_id, times)?;
    ensure!(
        T::Trades::is_sealed(agreement_id, day),
        Error::<T>::NotSealed
    );
    ensure!(
        times.is_some_and(|times| now >= times.preset),
        Error::<T>::BeforePreset
    );
    let commitment = T::Books::commitment(side_id, record.round).ok_or(Error::<T>::NotCommitted)?;
    Ok(OpenSide {
        side_id,
        agreement,
        record,
        commitment,
    })
}

/// The side, where its book is the one of this round.
fn open_book<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    now: Moment,
) -> Result<OpenSide, Error<T>> {
    let open = open_side::<T>(member, side_id, now)?;
    ensure!(open.record.round == round, Error::<T>::OtherBook);
    Ok(open)
}

pub(crate) fn check_clean<T: Config>(
    member: MemberId,
    side_id: SideId,
    now: Moment,
) -> Result<OpenSide, Error<T>> {
    let open = open_side::<T>(member, side_id, now)?;
    ensure!(Pallet::<T>::is_chains_own(side_id), Error::<T>::NotClean);
    Ok(open)
}

pub(crate) fn accept_clean<T: Config>(open: OpenSide) {
    side_proven::prove::<T>(&open.agreement, open.side_id, open.record, 0);
}

pub(crate) fn check_header<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    header: &ReportHeader,
    now: Moment,
) -> Result<(OpenSide, Verdict), Error<T>> {
    let open = open_book::<T>(member, side_id, round, now)?;
    ensure!(
        !Headers::<T>::contains_key(side_id),
        Error::<T>::HeaderKnown
    );
    // The commitment itself says how many extras there are: no proof is needed, and none of
    // that size could be asked for.
    let caps = open.agreement.caps;
    if !caps.allows_extras(open.commitment.extras) {
        return Ok((open, Verdict::Reject(Rejection::TooManyExtras)));
    }
    compare::check_header(
        &T::Trades::place(side_id),
        &open.commitment,
        &T::Trades::page_roots(side_id),
        header,
    )?;
    let verdict = if caps.allows_pages(header.dirty.len()) {
        Verdict::Accept
    } else {
        Verdict::Reject(Rejection::TooManyPages)
    };
    Ok((open, verdict))
}

pub(crate) fn accept_header<T: Config>(open: OpenSide, header: ReportHeader, verdict: Verdict) {
    match verdict {
        Verdict::Reject(reason) => {
            book_rejected::reject::<T>(open.side_id, open.record, reason);
        }
        Verdict::Accept => {
            settle_parts::<T>(open, AcceptedHeader::new(header));
        }
    }
}

pub(crate) fn check_slots<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    page: u32,
    slots: &[SlotDiff],
    now: Moment,
) -> Result<CheckedSlots, Error<T>> {
    let open = open_book::<T>(member, side_id, round, now)?;
    let (header, root) = awaited::<T>(&open, open.commitment.slots, page, |header| &header.dirty)?;
    let trades: Vec<Trade> = T::Trades::page(side_id.agreement, side_id.day, page);
    let chain: Vec<Entry> = trades
        .iter()
        .map(|trade| trade.entry(side_id.side))
        .collect();
    compare::check_slots(&chain, slots, root)?;
    let breaks = breaks::of_slots::<T>(side_id, page, &trades, slots);
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
    mark_accepted(&mut header.dirty, page);
    header.breaks = header.breaks.saturating_add(breaks.len() as u32);
    for one in &breaks {
        header.totals.add_slot(&one.right, one.found.as_ref());
        breaks::tell_correction::<T>(open.side_id, one);
    }
    SlotBreaks::<T>::insert(open.side_id, page, breaks);
    settle_parts::<T>(open, header)
}

pub(crate) fn check_extras<T: Config>(
    member: MemberId,
    side_id: SideId,
    round: Round,
    page: u32,
    extras: &[ReportedExtra],
    now: Moment,
) -> Result<CheckedExtras, Error<T>> {
    let open = open_book::<T>(member, side_id, round, now)?;
    let (header, root) =
        awaited::<T>(&open, open.commitment.extras, page, |header| &header.extras)?;
    let entries: Vec<Entry> = extras.iter().map(|(entry, _)| *entry).collect();
    compare::check_extras(open.commitment.extras, page, &entries, root)?;
    let breaks = breaks::of_extras::<T>(side_id, extras).ok_or(Error::<T>::WrongWitness)?;
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
    mark_accepted(&mut header.extras, page);
    header.breaks = header.breaks.saturating_add(breaks.len() as u32);
    for (one, offset) in breaks.iter().zip(0..=u8::MAX) {
        header.totals.add_extra(&one.entry);
        breaks::tell_extra::<T>(open.side_id, breaks::position(page, offset), one);
    }
    ExtraBreaks::<T>::insert(open.side_id, page, breaks);
    settle_parts::<T>(open, header)
}

/// Stores the header; where all parts are in, proves the side, or rejects a false total of it.
fn settle_parts<T: Config>(open: OpenSide, header: AcceptedHeader) -> Option<Discarded> {
    Headers::<T>::insert(open.side_id, &header);
    if !header.is_whole() {
        return None;
    }
    let SideId {
        agreement,
        day,
        side,
    } = open.side_id;
    let of_chain = T::Trades::totals(agreement, day).of(side);
    if header.totals.totals(of_chain) == open.commitment.totals {
        side_proven::prove::<T>(&open.agreement, open.side_id, open.record, header.breaks);
        Some(0)
    } else {
        Some(book_rejected::reject::<T>(
            open.side_id,
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
    let header = Headers::<T>::get(open.side_id).ok_or(Error::<T>::NoHeader)?;
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
