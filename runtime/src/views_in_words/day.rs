//! A day of an agreement in words.

use super::{
    amendments, awaited, breaks, local, obligations, settlement, AmendmentInWords, AmountInWords,
    AwaitedInWords, BreaksInWords, ObligationInWords, OwedInWords,
};
use crate::{views, Registry};
use alloc::{format, string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    ports::Directory,
    summary::{DayStatus, SideStatus, SideSummary},
    timing::status_words,
    written::{date, due},
    AgreementId, AgreementView, BusinessDay, KindTotals, Side, SideId,
};
use scale_info::TypeInfo;

/// A day of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct DayInWords {
    /// The date.
    pub date: String,
    /// Its number, as events and other answers name it.
    pub day: BusinessDay,
    /// Its state.
    pub status: DayStatus,
    /// Trades of both kinds.
    pub trades: u32,
    /// The payments.
    pub payments: TotalsInWords,
    /// The refunds.
    pub refunds: TotalsInWords,
    /// When trades stop being taken.
    pub cut_off_at: String,
    /// On which date the day comes due, and the closed days for which it waits.
    pub due: String,
    /// When the day is reconciled.
    pub preset_at: String,
    /// When a side that is not proven may be marked defaulted.
    pub deadline_at: String,
    /// The state of the company's side.
    pub company_side: String,
    /// The state of the bank's side.
    pub bank_side: String,
    /// What is awaited, from whom and until when; empty once nothing is.
    pub awaited: Vec<AwaitedInWords>,
    /// The first breaks of the company's side, with their corrections.
    pub company_breaks: BreaksInWords,
    /// The first breaks of the bank's side, with their corrections.
    pub bank_breaks: BreaksInWords,
    /// The proposals of amendments that are not completed and name trades of the day, or payments of it
    /// that were not recorded: at most 64. What amendments booked on the day is among its trades.
    pub amendments: Vec<AmendmentInWords>,
    /// What is owed, and by whom; there once the day is reconciled.
    pub obligation: Option<OwedInWords>,
    /// The days that are paid together with it.
    pub period: String,
    /// What is owed for them so far, and why it is not paid; none while none of them is reconciled.
    pub period_obligation: Option<ObligationInWords>,
    /// When nothing was left to pay for them.
    pub paid_at: Option<String>,
}

/// The trades of one kind of a day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TotalsInWords {
    /// Trades.
    pub count: u32,
    /// What users paid, or got back.
    pub gross: AmountInWords,
    /// The sum of the company's amounts.
    pub debit: AmountInWords,
    /// The sum of the bank's amounts.
    pub credit: AmountInWords,
}

/// A day of an agreement, where [`views::day`] knows it.
pub fn day(id: AgreementId, day: BusinessDay) -> Option<DayInWords> {
    let agreement = Registry::agreement(id)?;
    let summary = views::day(id, day)?;
    let obligation = views::obligation(id, day);
    let mut pending = amendments::pending(id);
    pending.retain(|one| one.touches(&agreement, day));
    let [company_breaks, bank_breaks] = Side::BOTH.map(|side| {
        let of_side = side.pick(&summary.debit, &summary.credit);
        breaks::first(&agreement, SideId::new(id, day, side), &of_side.status)
    });
    let time = |moment| local(&agreement, moment);
    Some(DayInWords {
        date: date::show(day),
        day,
        status: summary.status,
        trades: summary.trades,
        payments: totals(&agreement, &summary.payments),
        refunds: totals(&agreement, &summary.refunds),
        cut_off_at: time(summary.cut_off_at),
        due: due::words(day, summary.due_with),
        preset_at: time(summary.preset_at),
        deadline_at: time(summary.deadline_at),
        company_side: side(&summary.debit, company_breaks.timing_differences),
        bank_side: side(&summary.credit, bank_breaks.timing_differences),
        awaited: awaited::of_day(&agreement, &summary, obligation.as_ref(), &pending),
        company_breaks,
        bank_breaks,
        amendments: pending
            .iter()
            .map(|one| amendments::in_words(&agreement, one))
            .collect(),
        obligation: summary
            .obligation
            .map(|owed| OwedInWords::new(&agreement, owed)),
        period: settlement::days(summary.period),
        period_obligation: obligation.map(|view| obligations::in_words(&agreement, &view)),
        paid_at: summary.paid_at.map(time),
    })
}

pub(super) fn totals(agreement: &AgreementView, totals: &KindTotals) -> TotalsInWords {
    TotalsInWords {
        count: totals.count,
        gross: AmountInWords::new(agreement, totals.gross),
        debit: AmountInWords::new(agreement, totals.debit),
        credit: AmountInWords::new(agreement, totals.credit),
    }
}

/// The state of a side, with timing differences apart from breaks.
fn side(side: &SideSummary, timing_differences: u32) -> String {
    let overdue = if side.overdue { ", overdue" } else { "" };
    match side.status {
        SideStatus::Awaited => format!("{}{overdue}", side.status),
        SideStatus::Committed => format!("{}, not proven{overdue}", side.status),
        closed => {
            let words = status_words(&closed, timing_differences);
            match closed {
                SideStatus::Repaired { .. } if side.defaulted => format!("{words}, proven late"),
                _ => words,
            }
        }
    }
}
