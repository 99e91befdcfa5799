//! Authorised calls: the operator's signature, then the same check that the call makes.
//!
//! What was applied already is refused as stale, from storage: tags protect only while a call is
//! pending. A part may travel with its header: before the header is applied, the pool holds the
//! part back for it. A report may also come to the pool up to [`POOL_REACH`] before its time; into
//! a block it does not.

use crate::{Config, Error, Page, Pallet, SideKey, Sides};
use codec::Encode;
use counterfoil_primitives::{
    compare::{ReportHeader, SlotDiff},
    refusal::FIRST_OF_REPORTS,
    report::ReportedExtra,
    AgreementId, BusinessDay, Moment, OperatorAuth, Side,
};
use frame_support::{
    pallet_prelude::{TransactionSource, TransactionValidityWithRefund},
    traits::Time,
    weights::Weight,
};
use pallet_registry::origin::{authorise, worker_call};
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// What a call does to a side of a day; a day's request is filed under the debit side.
#[derive(Encode)]
enum Tag {
    Report,
    Slots(u32),
    Extras(u32),
    Overdue,
    Defaulted,
    FullFetch,
}

/// How far the pool reaches ahead of its block's time, in milliseconds: a report that is sent at the
/// preset time comes to a pool whose last block is a slot or two older, and waits for the next one.
pub const POOL_REACH: Moment = 6_000;

/// The time by which a report is checked: a block's own, and in the pool that of blocks to come.
fn now<T: Config>(source: TransactionSource) -> Moment {
    let block = T::UnixTime::now();
    match source {
        TransactionSource::InBlock => block,
        TransactionSource::Local | TransactionSource::External => block.saturating_add(POOL_REACH),
    }
}

fn tag(key: SideKey, tag: Tag) -> impl Encode {
    ("reconciliation", key, tag)
}

fn valid(tag: impl Encode) -> TransactionValidityWithRefund {
    Ok((worker_call(tag), Weight::zero()))
}

/// How the pool names a refusal: stale for what was applied already, future for what is too early,
/// else by [`FIRST_OF_REPORTS`] and the index of the error.
fn invalid<T>(error: Error<T>) -> TransactionValidityError {
    match error {
        Error::AlreadyProven
        | Error::AlreadyDefaulted
        | Error::AlreadyOverdue
        | Error::AlreadyReconciled
        | Error::AlreadyRequested
        | Error::HeaderKnown
        | Error::PageKnown => InvalidTransaction::Stale,
        Error::NotSealed | Error::BeforePreset | Error::BeforeDeadline => {
            InvalidTransaction::Future
        }
        other => {
            let index = other.encode().first().copied().unwrap_or_default();
            InvalidTransaction::Custom(FIRST_OF_REPORTS.saturating_add(index))
        }
    }
    .into()
}

impl<T: Config> Pallet<T> {
    /// How many books of the side were rejected. The authority of a report with breaks names it
    /// after the arguments, so that it serves for one book: after a rejection nobody can send
    /// again what was reported of the rejected one.
    pub fn rejections(key: SideKey) -> u8 {
        Sides::<T>::get(key).rejections
    }

    /// The validity of a part: where its header is still to come, it waits in the pool for it.
    fn valid_part(
        source: TransactionSource,
        key: SideKey,
        part: Tag,
        check: Result<(), Error<T>>,
    ) -> TransactionValidityWithRefund {
        let (mut validity, refund) = valid(tag(key, part))?;
        match check {
            Ok(()) => (),
            Err(Error::NoHeader) if !matches!(source, TransactionSource::InBlock) => {
                validity.requires = worker_call(tag(key, Tag::Report)).provides;
            }
            Err(error) => return Err(invalid(error)),
        }
        Ok((validity, refund))
    }

    pub(crate) fn authorize_clean(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let member = authorise::<T::Directory>(source, auth, "reconciliation.report_clean", &key)?;
        Self::check_clean(member, key, now::<T>(source)).map_err(invalid)?;
        valid(tag(key, Tag::Report))
    }

    pub(crate) fn authorize_header(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        header: &ReportHeader,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let arguments = (agreement, day, side, header, Self::rejections(key));
        let member =
            authorise::<T::Directory>(source, auth, "reconciliation.report_header", &arguments)?;
        Self::check_header(member, key, header, now::<T>(source)).map_err(invalid)?;
        valid(tag(key, Tag::Report))
    }

    pub(crate) fn authorize_slots(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        page: &u32,
        slots: &Page<SlotDiff>,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let arguments = (agreement, day, side, page, slots, Self::rejections(key));
        let member =
            authorise::<T::Directory>(source, auth, "reconciliation.report_slots", &arguments)?;
        let check = Self::check_slots(member, key, *page, slots, now::<T>(source)).map(|_| ());
        Self::valid_part(source, key, Tag::Slots(*page), check)
    }

    pub(crate) fn authorize_extras(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        page: &u32,
        extras: &Page<ReportedExtra>,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let arguments = (agreement, day, side, page, extras, Self::rejections(key));
        let member =
            authorise::<T::Directory>(source, auth, "reconciliation.report_extras", &arguments)?;
        let check = Self::check_extras(member, key, *page, extras, now::<T>(source)).map(|_| ());
        Self::valid_part(source, key, Tag::Extras(*page), check)
    }

    pub(crate) fn authorize_overdue(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let member = authorise::<T::Directory>(source, auth, "reconciliation.mark_overdue", &key)?;
        Self::check_overdue(member, key, now::<T>(source)).map_err(invalid)?;
        valid(tag(key, Tag::Overdue))
    }

    pub(crate) fn authorize_defaulted(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        side: &Side,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let key = (*agreement, *day, *side);
        let member =
            authorise::<T::Directory>(source, auth, "reconciliation.mark_defaulted", &key)?;
        Self::check_defaulted(member, key).map_err(invalid)?;
        valid(tag(key, Tag::Defaulted))
    }

    pub(crate) fn authorize_full_fetch(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let arguments = (agreement, day);
        let member = authorise::<T::Directory>(
            source,
            auth,
            "reconciliation.request_full_fetch",
            &arguments,
        )?;
        Self::check_full_fetch(member, *agreement, *day).map_err(invalid)?;
        let key = (*agreement, *day, Side::Debit);
        valid(tag(key, Tag::FullFetch))
    }
}
