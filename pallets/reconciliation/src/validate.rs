//! What the pool takes of calls without a nonce, and which calls are free.
//!
//! The pool takes what passes the same check that the call makes.
//!
//! What was applied already is refused as stale, from storage: tags protect only while a call is
//! pending. A part may travel with its header: before the header is applied, the pool holds the
//! part back for it. A report may also come to the pool up to [`POOL_REACH`] before its time; into
//! a block it does not.

use crate::{
    overdue_and_full_fetch, repair, report, side, side_defaulted, weighing, who_may_report, Call,
    Config, Error, WeightInfo,
};
use codec::Encode;
use counterfoil_primitives::{
    refusal::FIRST_OF_REPORTS, written::day_of_input, AgreementId, BusinessDay, MemberId, Moment,
    Side, SideId,
};
use counterfoil_support::{
    ensure_party, is_signed_by,
    unordered::{tag_of, NEEDS_NONCE},
    worker_priority::worker_call,
    ValidateUnordered,
};
use frame_support::{
    pallet_prelude::{TransactionSource, TransactionValidity},
    traits::Time,
    weights::Weight,
};
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionValidityError};

/// Whether a call on a day of the agreement, which may be given by the digits of its date, costs its
/// signer no fee: it is the day's reconciler, the company or the bank.
pub(crate) fn is_free_to_report<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    day: BusinessDay,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        day_of_input(day)
            .is_ok_and(|day| who_may_report::ensure_entitled::<T>(member, agreement, day).is_ok())
    })
}

/// Whether the confirmation of a repair costs its signer no fee: it is the side's party.
pub(crate) fn is_free_to_confirm<T: Config>(
    origin: &OriginFor<T>,
    agreement: AgreementId,
    side: Side,
) -> bool {
    is_signed_by::<T, T::Directory>(origin, |member| {
        ensure_party::<T::Directory>(member, agreement, side).is_ok()
    })
}

/// What a call does to a side of a day; a day's request is filed under the debit side.
#[derive(Encode)]
enum Tag {
    Report,
    Slots(u32),
    Extras(u32),
    Overdue,
    Defaulted,
    FullFetch,
    Repair,
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

fn tag(side_id: SideId, tag: Tag) -> impl Encode {
    ("reconciliation", side_id, tag)
}

/// How the pool names a refusal: stale for what was applied already, future for what is too early,
/// else by [`FIRST_OF_REPORTS`] and the index of the error.
fn invalid<T>(error: Error<T>) -> TransactionValidityError {
    match error {
        Error::<T>::AlreadyProven
        | Error::<T>::AlreadyDefaulted
        | Error::<T>::AlreadyOverdue
        | Error::<T>::AlreadyReconciled
        | Error::<T>::AlreadyRequested
        | Error::<T>::AlreadyRepaired
        | Error::<T>::OtherBook
        | Error::<T>::HeaderKnown
        | Error::<T>::PageKnown => InvalidTransaction::Stale,
        Error::<T>::NotSealed | Error::<T>::BeforePreset | Error::<T>::BeforeDeadline => {
            InvalidTransaction::Future
        }
        other => {
            let index = other.encode().first().copied().unwrap_or_default();
            InvalidTransaction::Custom(FIRST_OF_REPORTS.saturating_add(index))
        }
    }
    .into()
}

/// The validity of a call that does `what` to a side, whose day may be given by the digits of its date,
/// by the `check` that the call makes.
fn validity<T: Config, Checked>(
    (agreement, day, side): (AgreementId, BusinessDay, Side),
    what: Tag,
    source: TransactionSource,
    check: impl FnOnce(SideId) -> Result<Checked, Error<T>>,
) -> TransactionValidity {
    let side_id = side::of_input(agreement, day, side).map_err(invalid::<T>)?;
    let is_part = matches!(what, Tag::Slots(_) | Tag::Extras(_));
    let mut validity = worker_call(tag(side_id, what));
    match check(side_id) {
        Ok(_) => (),
        // A part whose header is still to come waits in the pool for it.
        Err(Error::<T>::NoHeader) if is_part && !matches!(source, TransactionSource::InBlock) => {
            validity.requires = alloc::vec![tag_of(tag(side_id, Tag::Report))];
        }
        Err(error) => return Err(invalid(error)),
    }
    Ok(validity)
}

impl<T: Config> ValidateUnordered for Call<T> {
    fn validate_unordered(
        &self,
        member: MemberId,
        source: TransactionSource,
    ) -> TransactionValidity {
        let now = now::<T>(source);
        match self {
            Self::report_clean {
                agreement,
                day,
                side,
            } => {
                let check = |side_id| report::check_clean::<T>(member, side_id, now);
                validity((*agreement, *day, *side), Tag::Report, source, check)
            }
            Self::report_header {
                agreement,
                day,
                side,
                round,
                header,
            } => {
                let check =
                    |side_id| report::check_header::<T>(member, side_id, *round, header, now);
                validity((*agreement, *day, *side), Tag::Report, source, check)
            }
            Self::report_slots {
                agreement,
                day,
                side,
                round,
                page,
                slots,
            } => {
                let check =
                    |side_id| report::check_slots::<T>(member, side_id, *round, *page, slots, now);
                validity((*agreement, *day, *side), Tag::Slots(*page), source, check)
            }
            Self::report_extras {
                agreement,
                day,
                side,
                round,
                page,
                extras,
            } => {
                let check = |side_id| {
                    report::check_extras::<T>(member, side_id, *round, *page, extras, now)
                };
                validity((*agreement, *day, *side), Tag::Extras(*page), source, check)
            }
            Self::mark_overdue {
                agreement,
                day,
                side,
            } => {
                let check =
                    |side_id| overdue_and_full_fetch::check_overdue::<T>(member, side_id, now);
                validity((*agreement, *day, *side), Tag::Overdue, source, check)
            }
            Self::mark_defaulted {
                agreement,
                day,
                side,
            } => {
                let check = |side_id| side_defaulted::check_defaulted::<T>(member, side_id);
                validity((*agreement, *day, *side), Tag::Defaulted, source, check)
            }
            Self::request_full_fetch { agreement, day } => {
                let check = |SideId { agreement, day, .. }| {
                    overdue_and_full_fetch::check_full_fetch::<T>(member, agreement, day)
                };
                let of_day = (*agreement, *day, Side::Debit);
                validity(of_day, Tag::FullFetch, source, check)
            }
            Self::confirm_repair {
                agreement,
                day,
                side,
                commitment,
            } => {
                let check = |side_id| repair::check_repair::<T>(member, side_id, commitment);
                validity((*agreement, *day, *side), Tag::Repair, source, check)
            }
            _ => Err(NEEDS_NONCE.into()),
        }
    }

    fn weight_of_unordered(&self) -> Weight {
        match self {
            Self::report_clean { .. } => T::WeightInfo::validate_report_clean(),
            Self::report_header { header, .. } => weighing::validate_report_header::<T>(header),
            Self::report_slots { slots, .. } => weighing::validate_report_slots::<T>(slots.len()),
            Self::report_extras { extras, .. } => {
                T::WeightInfo::validate_report_extras(extras.len() as u32)
            }
            Self::mark_overdue { .. } => T::WeightInfo::validate_mark_overdue(),
            Self::mark_defaulted { .. } => T::WeightInfo::validate_mark_defaulted(),
            Self::request_full_fetch { .. } => T::WeightInfo::validate_request_full_fetch(),
            Self::confirm_repair { .. } => T::WeightInfo::validate_confirm_repair(),
            _ => Weight::zero(),
        }
    }
}
