//! How what is owed is settled, in words.

use super::amounts::money;
use alloc::{
    format,
    string::{String, ToString},
};
use counterfoil_primitives::{
    settlement::{ObligationView, Period, Rail, SettlementPeriod, Waiting},
    written::{date, obligation::words},
    AgreementView,
};

/// Which days one payment covers.
pub(super) fn period(period: Period) -> &'static str {
    match period {
        Period::Day => "each day by itself",
        Period::WorkingDay => "the days that come due together",
        Period::Month => "the days of a month",
    }
}

/// How the money moves: `in asset 1`, or `outside the chain`.
pub(super) fn rail(rail: Rail) -> String {
    match rail {
        Rail::Asset(asset) => format!("in asset {asset}"),
        Rail::External => "outside the chain".into(),
    }
}

/// The days of a settlement period: `2026-11-01 to 2026-11-30`, or `2026-11-01` where it is one.
pub(super) fn days(period: SettlementPeriod) -> String {
    let first = date::show(period.first);
    if period.first == period.last {
        return first;
    }
    format!("{first} to {}", date::show(period.last))
}

/// What is owed for a settlement period, how the money moves, and why it does not: `company owes bank
/// 12.50 CZK in asset 1: the debtor's account holds too little, 2.50 CZK`.
pub(super) fn obligation(agreement: &AgreementView, view: &ObligationView) -> String {
    let owed = &view.obligation;
    let mut text: String = words(owed.amount, &agreement.denomination()).into();
    if owed.amount != 0 {
        text = format!("{text} {}", rail(owed.rail));
    }
    if owed.paid > 0 && owed.left() > 0 {
        text = format!("{text}, {} left", money(agreement, owed.left()));
    }
    match &view.waiting {
        Some(reason) => format!("{text}: {}", waiting(agreement, reason)),
        None => text,
    }
}

/// Why an obligation is not paid, with the amount that the reason names.
fn waiting(agreement: &AgreementView, reason: &Waiting) -> String {
    match reason.amount() {
        Some(amount) => format!("{reason}, {}", money(agreement, amount)),
        None => reason.to_string(),
    }
}
