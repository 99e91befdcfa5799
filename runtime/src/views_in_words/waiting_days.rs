//! The days of an agreement that are not completed, each with what it waits for.

use super::{
    amendments::{self, Pending},
    awaited, local, AwaitedInWords,
};
use crate::views;
use alloc::{string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    summary::DayStatus, written::date, AgreementId, AgreementView, BusinessDay,
};
use scale_info::TypeInfo;

/// Maximum days per answer.
pub const MAX_DAYS_LISTED: u32 = 32;

/// A day that is not completed.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct WaitingDayInWords {
    /// The date.
    pub date: String,
    /// Its number, as events and other answers name it.
    pub day: BusinessDay,
    /// Its state.
    pub status: DayStatus,
    /// When the day is reconciled.
    pub preset_at: String,
    /// When a side that is not proven may be marked defaulted.
    pub deadline_at: String,
    /// What is awaited, from whom and until when.
    pub awaited: Vec<AwaitedInWords>,
}

/// The days from `from` to today that are not settled, ascending. With them, the day from which the next
/// answer goes on; `None` where all days to today were looked through.
pub fn waiting_days(
    id: AgreementId,
    from: BusinessDay,
) -> (Vec<WaitingDayInWords>, Option<BusinessDay>) {
    let Some((agreement, last)) = views::last_day(id) else {
        return (Vec::new(), None);
    };
    let pending = amendments::pending(id);
    views::from_on(agreement.first_day, last, from, MAX_DAYS_LISTED, |day| {
        in_words(id, &agreement, day, &pending)
    })
}

/// A day; `None` where it is settled.
fn in_words(
    id: AgreementId,
    agreement: &AgreementView,
    day: BusinessDay,
    pending: &[Pending],
) -> Option<WaitingDayInWords> {
    if views::status(id, day) == DayStatus::Settled {
        return None;
    }
    let summary = views::day(id, day)?;
    let obligation = views::obligation(id, day);
    let touching = pending.iter().filter(|one| one.touches(agreement, day));
    Some(WaitingDayInWords {
        date: date::show(day),
        day,
        status: summary.status,
        preset_at: local(agreement, summary.preset_at),
        deadline_at: local(agreement, summary.deadline_at),
        awaited: awaited::of_day(agreement, &summary, obligation.as_ref(), touching),
    })
}
