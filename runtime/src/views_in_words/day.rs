//! A day of an agreement in words.

use super::{local, money, settlement};
use crate::{views, Registry};
use alloc::{format, string::String};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    ports::Directory,
    summary::{DayStatus, SideStatus, SideSummary},
    timing::status_words,
    written::{date, due, obligation},
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
    /// What is owed, and by whom; there once the day is reconciled.
    pub obligation: Option<String>,
    /// The days that are paid together with it.
    pub period: String,
    /// What is owed for them so far, and why it is not paid; none while none of them is reconciled.
    pub period_obligation: Option<String>,
    /// When nothing was left to pay for them.
    pub paid_at: Option<String>,
}

/// The trades of one kind of a day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TotalsInWords {
    /// Trades.
    pub count: u32,
    /// What users paid, or got back.
    pub gross: String,
    /// The sum of the company's amounts.
    pub debit: String,
    /// The sum of the bank's amounts.
    pub credit: String,
}

/// A day of an agreement, where [`views::day`] knows it.
pub fn day(id: AgreementId, day: BusinessDay) -> Option<DayInWords> {
    let agreement = Registry::agreement(id)?;
    let summary = views::day(id, day)?;
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
        company_side: side(&summary.debit, SideId::new(id, day, Side::Debit)),
        bank_side: side(&summary.credit, SideId::new(id, day, Side::Credit)),
        obligation: summary
            .obligation
            .map(|owed| obligation::words(owed, &agreement.denomination()).into()),
        period: settlement::days(summary.period),
        period_obligation: views::obligation(id, day)
            .map(|view| settlement::obligation(&agreement, &view)),
        paid_at: summary.paid_at.map(time),
    })
}

pub(super) fn totals(agreement: &AgreementView, totals: &KindTotals) -> TotalsInWords {
    TotalsInWords {
        count: totals.count,
        gross: money(agreement, totals.gross),
        debit: money(agreement, totals.debit),
        credit: money(agreement, totals.credit),
    }
}

/// The state of a side, with timing differences apart from breaks.
fn side(side: &SideSummary, side_id: SideId) -> String {
    let overdue = if side.overdue { ", overdue" } else { "" };
    match side.status {
        SideStatus::Awaited => format!("{}{overdue}", side.status),
        SideStatus::Committed => format!("{}, not proven{overdue}", side.status),
        closed => {
            let words = status_words(&closed, views::timing_count(side_id));
            match closed {
                SideStatus::Repaired { .. } if side.defaulted => format!("{words}, proven late"),
                _ => words,
            }
        }
    }
}
