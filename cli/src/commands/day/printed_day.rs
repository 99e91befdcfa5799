//! What people read of a business day and of its sides.

use counterfoil_client::{
    chain::views::Agreement, money::Money, obligations::words::days_text, text::obligation_text,
    time::moment_text,
};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    KindTotals,
};

pub(super) const fn status_name(status: DayStatus) -> &'static str {
    match status {
        DayStatus::Open => "open",
        DayStatus::Sealed => "sealed",
        DayStatus::Reconciled => "reconciled",
        DayStatus::Settled => "settled",
    }
}

/// The trades of a kind in a few words.
pub(super) fn kind_text(totals: &KindTotals, money: &Money) -> String {
    match totals.count {
        0 => "none".into(),
        count => format!(
            "{count}, gross {}, debit {}, credit {}",
            money.show(totals.gross),
            money.show(totals.debit),
            money.show(totals.credit)
        ),
    }
}

/// Who owes whom what for a day, and whether that is paid, by itself or with other days.
pub(super) fn owed_text(agreement: &Agreement, day: &DaySummary) -> String {
    let Some(obligation) = day.obligation else {
        return "not known before the day is reconciled".into();
    };
    let owed = obligation_text(obligation, &agreement.money);
    let is_alone = day.period.first == day.period.last;
    match day.paid_at {
        Some(_) if is_alone && obligation == 0 => owed,
        Some(at) => {
            let offset = agreement.offset_minutes(day.day.next());
            let at = moment_text(at, offset);
            match is_alone {
                true => format!("{owed}, paid {at}"),
                false => format!("{owed}, settled with {} at {at}", days_text(day.period)),
            }
        }
        None if day.status == DayStatus::Settled => owed,
        None if is_alone => format!("{owed}, due"),
        None => format!("{owed}, to be paid with {}", days_text(day.period)),
    }
}

/// What is remarkable about a side beside its status.
pub(super) fn remarks(side: &SideSummary) -> Vec<String> {
    let mut remarks = Vec::new();
    if side.overdue {
        remarks.push("overdue".to_owned());
    }
    if side.replacements > 0 {
        remarks.push(format!("replaced {} times", side.replacements));
    }
    if side.round > 0 {
        remarks.push("a book was rejected".to_owned());
    }
    if side.defaulted && matches!(side.status, SideStatus::Repaired { .. }) {
        remarks.push("proven late".to_owned());
    }
    if let (SideStatus::Defaulted, Some(_)) = (side.status, side.commitment) {
        remarks.push(if side.too_late {
            "committed, not proven".to_owned()
        } else {
            "committed, may be proven late".to_owned()
        });
    }
    if side.accepted_pages < side.listed_pages {
        remarks.push(format!(
            "{} of {} pages reported",
            side.accepted_pages, side.listed_pages
        ));
    }
    remarks
}

/// Whether what a side's party committed to is what follows from the chain.
pub(super) fn agrees(side: &SideSummary) -> &'static str {
    match (side.commitment, side.chain) {
        (Some(own), Some(chain)) if own == chain => "equal",
        (Some(_), Some(_)) if matches!(side.status, SideStatus::Repaired { .. }) => {
            "different; the book is equal now"
        }
        (Some(_), Some(_)) => "different",
        _ => "-",
    }
}
