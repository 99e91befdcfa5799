//! Reports of a side: each is checked against the commitment, then stored.
//!
//! A `check_*` function reads, and decides; the `accept_*` function of the same name stores what
//! was checked and cannot fail. The transaction pool asks the checks too, so that a false report
//! does not even enter a block.

use crate::{
    breaks, AcceptedHeader, Config, Error, ExtraBreak, ExtraBreaks, Headers, ListedPage, Pallet,
    Rejection, SideKey, SideRecord, Sides, SlotBreak, SlotBreaks,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    compare::{self, Fault, ReportHeader, SlotDiff},
    ports::{Commitments, DayLedger, Directory},
    report::ReportedExtra,
    tree,
    written::day_of_input,
    AgreementId, AgreementView, BusinessDay, Commitment, Entry, MemberId, Moment, Trade,
};
use counterfoil_support::is_signed_by;
use frame_support::ensure;
use frame_system::pallet_prelude::OriginFor;

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

/// How many parts a rejection takes away; a proof takes none.
pub(crate) type Discarded = u32;

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

impl<T: Config> Pallet<T> {
    /// Whether `member` may report and mark sides of a day, which may be given by the digits of its
    /// date: as the day's reconciler, the company or the bank.
    pub fn is_entitled_to_report(
        member: MemberId,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> bool {
        day_of_input(day).is_ok_and(|day| Self::ensure_entitled(member, agreement, day).is_ok())
    }

    /// Whether a call on a day of the agreement costs its signer no fee.
    pub(crate) fn is_free(origin: &OriginFor<T>, agreement: AgreementId, day: BusinessDay) -> bool {
        is_signed_by::<T, T::Directory>(origin, |member| {
            Self::is_entitled_to_report(member, agreement, day)
        })
    }

    /// The agreement, where `member` is the reconciler of `day`, the company or the bank.
    pub(crate) fn ensure_entitled(
        member: MemberId,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<AgreementView, Error<T>> {
        let view = T::Directory::agreement(agreement).ok_or(Error::<T>::UnknownAgreement)?;
        if view.may_report(member, day) {
            Ok(view)
        } else {
            Err(Error::<T>::NotEntitled)
        }
    }

    /// The side, where `member` may report it at `now`.
    pub(crate) fn open_side(
        member: MemberId,
        key: SideKey,
        now: Moment,
    ) -> Result<OpenSide, Error<T>> {
        let (agreement, day, side) = key;
        let view = Self::ensure_entitled(member, agreement, day)?;
        let record = Sides::<T>::get(key);
        if record.proven.is_some() {
            return Err(Error::AlreadyProven);
        }
        if record.defaulted {
            return Err(Error::AlreadyDefaulted);
        }
        if !T::Ledger::is_sealed(agreement, day) {
            return Err(Error::NotSealed);
        }
        if view.preset_of(day).is_none_or(|preset| now < preset) {
            return Err(Error::BeforePreset);
        }
        let commitment =
            T::Books::commitment(agreement, day, side).ok_or(Error::<T>::NotCommitted)?;
        Ok(OpenSide {
            key,
            view,
            record,
            commitment,
        })
    }

    /// The side, where its book is the one that follows on this many rejected ones.
    fn open_book(
        member: MemberId,
        key: SideKey,
        rejections: u8,
        now: Moment,
    ) -> Result<OpenSide, Error<T>> {
        let open = Self::open_side(member, key, now)?;
        ensure!(open.record.rejections == rejections, Error::<T>::OtherBook);
        Ok(open)
    }

    pub(crate) fn check_clean(
        member: MemberId,
        key: SideKey,
        now: Moment,
    ) -> Result<OpenSide, Error<T>> {
        let open = Self::open_side(member, key, now)?;
        if !Self::is_chains_own(key) {
            return Err(Error::NotClean);
        }
        Ok(open)
    }

    pub(crate) fn accept_clean(open: OpenSide) {
        Self::prove(&open.view, open.key, open.record, 0);
    }

    pub(crate) fn check_header(
        member: MemberId,
        key: SideKey,
        rejections: u8,
        header: &ReportHeader,
        now: Moment,
    ) -> Result<(OpenSide, Verdict), Error<T>> {
        let open = Self::open_book(member, key, rejections, now)?;
        if Headers::<T>::contains_key(key) {
            return Err(Error::HeaderKnown);
        }
        // The commitment itself says how many extras there are: no proof is needed, and none of
        // that size could be asked for.
        if open.commitment.extras > open.view.caps.extras {
            return Ok((open, Verdict::Reject(Rejection::TooManyExtras)));
        }
        let (agreement, day, side) = key;
        compare::check_header(
            &T::Ledger::place(agreement, day, side),
            &open.commitment,
            &T::Ledger::page_roots(agreement, day, side),
            header,
        )?;
        let verdict = if header.dirty.len() as u32 > open.view.caps.pages {
            Verdict::Reject(Rejection::TooManyPages)
        } else {
            Verdict::Accept
        };
        Ok((open, verdict))
    }

    pub(crate) fn accept_header(open: OpenSide, header: ReportHeader, verdict: Verdict) {
        match verdict {
            Verdict::Reject(reason) => {
                Self::reject(open.key, open.record, reason);
            }
            Verdict::Accept => {
                Self::settle_parts(open, AcceptedHeader::new(header));
            }
        }
    }

    pub(crate) fn check_slots(
        member: MemberId,
        key: SideKey,
        rejections: u8,
        page: u32,
        slots: &[SlotDiff],
        now: Moment,
    ) -> Result<CheckedSlots, Error<T>> {
        let open = Self::open_book(member, key, rejections, now)?;
        let (header, root) =
            Self::awaited(&open, open.commitment.slots, page, |header| &header.dirty)?;
        let (agreement, day, side) = key;
        let trades: Vec<Trade> = T::Ledger::page(agreement, day, page);
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
    pub(crate) fn accept_slots(checked: CheckedSlots) -> Option<Discarded> {
        let CheckedSlots {
            open,
            mut header,
            page,
            breaks,
        } = checked;
        let (agreement, day, side) = open.key;
        Self::mark_accepted(&mut header.dirty, page);
        header.breaks = header.breaks.saturating_add(breaks.len() as u32);
        for one in &breaks {
            header.total.add_slot(one.right.amount, one.found.as_ref());
            Self::tell_correction(open.key, one);
        }
        SlotBreaks::<T>::insert((agreement, day, side, page), breaks);
        Self::settle_parts(open, header)
    }

    pub(crate) fn check_extras(
        member: MemberId,
        key: SideKey,
        rejections: u8,
        page: u32,
        extras: &[ReportedExtra],
        now: Moment,
    ) -> Result<CheckedExtras, Error<T>> {
        let open = Self::open_book(member, key, rejections, now)?;
        let (header, root) =
            Self::awaited(&open, open.commitment.extras, page, |header| &header.extras)?;
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
    pub(crate) fn accept_extras(checked: CheckedExtras) -> Option<Discarded> {
        let CheckedExtras {
            open,
            mut header,
            page,
            breaks,
        } = checked;
        let (agreement, day, side) = open.key;
        Self::mark_accepted(&mut header.extras, page);
        header.breaks = header.breaks.saturating_add(breaks.len() as u32);
        for (one, offset) in breaks.iter().zip(0..=u8::MAX) {
            header.total.add_extra(&one.entry);
            Self::tell_extra(open.key, Self::position(page, offset), one);
        }
        ExtraBreaks::<T>::insert((agreement, day, side, page), breaks);
        Self::settle_parts(open, header)
    }

    /// Stores the header; where all parts are in, proves the side, or rejects its false total.
    fn settle_parts(open: OpenSide, header: AcceptedHeader) -> Option<Discarded> {
        Headers::<T>::insert(open.key, &header);
        if !header.is_whole() {
            return None;
        }
        let (agreement, day, side) = open.key;
        let chain_total = T::Ledger::totals(agreement, day).of(side);
        if header.total.total(chain_total) == open.commitment.total {
            Self::prove(&open.view, open.key, open.record, header.breaks);
            Some(0)
        } else {
            Some(Self::reject(open.key, open.record, Rejection::FalseTotal))
        }
    }

    /// The accepted header, and the root of a page that it lists, of `count` items in all, whose part
    /// is still awaited.
    ///
    /// A part that comes before its header waits in the pool, unchecked but for its page: so there is
    /// one at most for each page that the book has.
    fn awaited(
        open: &OpenSide,
        count: u32,
        page: u32,
        listed: impl Fn(&AcceptedHeader) -> &Vec<ListedPage>,
    ) -> Result<(AcceptedHeader, sp_core::H256), Error<T>> {
        if page >= tree::page_count(count) {
            return Err(Error::OutOfRange);
        }
        let header = Headers::<T>::get(open.key).ok_or(Error::<T>::NoHeader)?;
        let listed = listed(&header)
            .iter()
            .find(|listed| listed.page == page)
            .ok_or(Error::<T>::PageNotListed)?;
        if listed.accepted {
            return Err(Error::PageKnown);
        }
        let root = listed.root;
        Ok((header, root))
    }

    fn mark_accepted(listed: &mut [ListedPage], page: u32) {
        if let Some(listed) = listed.iter_mut().find(|listed| listed.page == page) {
            listed.accepted = true;
        }
    }

    /// The position of the slot, or the index of the extra, at `offset` of `page`.
    pub(crate) fn position(page: u32, offset: u8) -> u32 {
        page.saturating_mul(tree::PAGE_SIZE)
            .saturating_add(u32::from(offset))
    }
}
