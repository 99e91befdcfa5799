//! A day of an agreement and its status; and which days are today and tomorrow.

use crate::{Reconciliation, Registry, Runtime, Settlement, Timestamp, Trades};
use counterfoil_primitives::{
    ports::{DayTrades, Directory, Obligations},
    summary::{DayStatus, DaySummary},
    AgreementId, AgreementView, BusinessDay, Side, SideId,
};

/// A day of an agreement; `None` where there is no such agreement, or the day is before its
/// first, not before its close, or after tomorrow: an empty day of next year would look like a day without
/// trades.
pub fn day(agreement_id: AgreementId, day: BusinessDay) -> Option<DaySummary> {
    let agreement =
        Registry::agreement(agreement_id).filter(|agreement| agreement.includes(day))?;
    if day > tomorrow(&agreement) {
        return None;
    }
    let side = |side| Reconciliation::side_summary(SideId::new(agreement_id, day, side));
    let totals = Trades::totals(agreement_id, day);
    let due_with = Registry::due_with(agreement_id, day);
    let times = agreement.due_times(due_with)?;
    let period = Registry::settlement_period(agreement_id, &agreement, day)?;
    let of_period = pallet_settlement::Obligations::<Runtime>::get(agreement_id, period.first);
    Some(DaySummary {
        day,
        status: status(agreement_id, day),
        trades: totals.count(),
        payments: totals.payments,
        refunds: totals.refunds,
        cut_off_at: agreement.cut_off_of(day)?,
        due_with,
        preset_at: times.preset,
        deadline_at: times.deadline,
        debit: side(Side::Debit),
        credit: side(Side::Credit),
        obligation: Settlement::obligation(agreement_id, day),
        period,
        paid_at: of_period.and_then(|obligation| obligation.paid_at),
    })
}

/// The state of a day of an agreement.
pub fn status(agreement: AgreementId, day: BusinessDay) -> DayStatus {
    if Settlement::is_settled(agreement, day) {
        DayStatus::Settled
    } else if Settlement::obligation(agreement, day).is_some() {
        DayStatus::Reconciled
    } else if Trades::is_sealed(agreement, day) {
        DayStatus::Sealed
    } else {
        DayStatus::Open
    }
}

/// The day after today; before the agreement begins, its first.
fn tomorrow(agreement: &AgreementView) -> BusinessDay {
    agreement
        .day_of(Timestamp::get())
        .map_or(agreement.first_day, BusinessDay::next)
        .max(agreement.first_day)
}

/// The business day that the last block's time lies in.
pub fn today(agreement: AgreementId) -> Option<BusinessDay> {
    Registry::agreement(agreement)?.day_of(Timestamp::get())
}
