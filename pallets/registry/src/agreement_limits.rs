//! An agreement's limits, which change at once.

use crate::{agreements::change, Agreement, AgreementSpec, Config, Error, Event, Limits, Pallet};
use counterfoil_primitives::AgreementId;
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// The most days after a payment's until which an agreement may let it be given back: ten years.
pub const MAX_REFUND_DAYS: u16 = 3_650;

/// The most days after a trade's until which an agreement may let it be amended: ten years, so that an
/// agreement that has ended closes.
pub const MAX_AMEND_DAYS: u16 = 3_650;

/// The most days that an agreement may give to answer a proposal to amend trades: a year.
pub const MAX_ANSWER_DAYS: u16 = 366;

pub(crate) fn do_set_limits<T: Config>(id: AgreementId, limits: Limits) -> DispatchResult {
    ensure_limits::<T>(&limits)?;
    change::<T>(id, |agreement| {
        ensure_close_stays::<T>(agreement, &limits)?;
        agreement.caps = limits.caps;
        agreement.max_gross = limits.max_gross;
        agreement.deadline_minutes = limits.deadline_minutes;
        agreement.max_late_minutes = limits.max_late_minutes;
        agreement.refund_days = limits.refund_days;
        agreement.amend_days = limits.amend_days;
        agreement.answer_days = limits.answer_days;
        Ok(())
    })?;
    Pallet::<T>::deposit_event(Event::LimitsSet {
        agreement: id,
        limits,
    });
    Ok(())
}

/// The days for refunds and amendments say when an agreement that has ended closes. Changed after the end,
/// they would take away days that hold trades, or bring back days that nobody sealed.
fn ensure_close_stays<T: Config>(agreement: &Agreement<T>, limits: &Limits) -> DispatchResult {
    let (refund_days, amend_days) = (limits.refund_days, limits.amend_days);
    let are_kept = (refund_days, amend_days) == (agreement.refund_days, agreement.amend_days);
    ensure!(
        are_kept || !agreement.end_has_come(),
        Error::<T>::AgreementEnded
    );
    Ok(())
}

impl From<&AgreementSpec> for Limits {
    fn from(spec: &AgreementSpec) -> Self {
        Self {
            caps: spec.caps,
            max_gross: spec.max_gross,
            deadline_minutes: spec.deadline_minutes,
            max_late_minutes: spec.max_late_minutes,
            refund_days: spec.refund_days,
            amend_days: spec.amend_days,
            answer_days: spec.answer_days,
        }
    }
}

/// With a cap of zero no break could ever be proven, and with no time nobody could prove one, or
/// answer a proposal. With a largest amount of zero no trade could be recorded.
pub(crate) fn ensure_limits<T: Config>(limits: &Limits) -> DispatchResult {
    ensure!(
        limits.caps.is_valid() && limits.deadline_minutes > 0 && limits.max_gross != Some(0),
        Error::<T>::InvalidLimits
    );
    ensure!(
        limits.refund_days <= MAX_REFUND_DAYS,
        Error::<T>::TooManyRefundDays
    );
    ensure!(
        limits.amend_days <= MAX_AMEND_DAYS,
        Error::<T>::TooManyAmendDays
    );
    ensure!(
        is_time_to_answer(limits.answer_days),
        Error::<T>::InvalidAnswerDays
    );
    Ok(())
}

/// Whether an agreement may give that many days to answer a proposal.
pub(crate) fn is_time_to_answer(days: u16) -> bool {
    (1..=MAX_ANSWER_DAYS).contains(&days)
}
