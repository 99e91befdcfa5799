//! `day list`: the last days of agreements at a glance.

use super::show::{payable_text, remarks, status_name, to_json};
use crate::{
    chain::{read::At, views::Agreement},
    commands::Context,
    output::{status_text, table, Rendered},
    time::day_text,
};
use anyhow::Result;
use clap::Args;
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideSummary},
    AgreementId, BusinessDay,
};
use serde_json::json;

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The agreement's number; all agreements unless named.
    #[arg(long)]
    agreement: Option<AgreementId>,
    /// How many days back, today included.
    #[arg(long, default_value_t = 14, value_parser = clap::value_parser!(u32).range(1..=366))]
    last: u32,
    /// Only days whose trades are no longer taken, and that are not settled.
    #[arg(long)]
    pending: bool,
}

impl List {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let at = context.chain().await?.finalised().await?;
        let ids = match self.agreement {
            Some(id) => vec![id],
            None => at.agreements().await?,
        };
        let mut days = Vec::new();
        let mut rows = Vec::new();
        for id in ids {
            let agreement = at.agreement(id).await?;
            for day in self.days(&at, &agreement).await? {
                days.push(to_json(id, &day));
                rows.push(row(&agreement, &day));
            }
        }
        let header = [
            "agreement",
            "day",
            "status",
            "trades",
            "company's book",
            "bank's book",
            "payable",
        ];
        Ok(Rendered::new(json!({ "days": days }), table(&header, rows)))
    }

    /// The days of an agreement, the latest first.
    async fn days(&self, at: &At, agreement: &Agreement) -> Result<Vec<DaySummary>> {
        let Some(today) = at.today(agreement.id).await? else {
            return Ok(Vec::new());
        };
        let now = at.now().await?;
        let mut days = Vec::new();
        for day in days_back(today, self.last, agreement.view.first_day) {
            let day = at.day(agreement.id, day).await?;
            let is_pending = day.cut_off_at <= now && day.status != DayStatus::Settled;
            if is_pending || !self.pending {
                days.push(day);
            }
        }
        Ok(days)
    }
}

/// `today` and the days before it, `count` in all, but none before `first`.
fn days_back(
    today: BusinessDay,
    count: u32,
    first: BusinessDay,
) -> impl Iterator<Item = BusinessDay> {
    let earliest = today.0.saturating_sub(count.saturating_sub(1));
    (earliest.max(first.0)..=today.0).rev().map(BusinessDay)
}

fn row(agreement: &Agreement, day: &DaySummary) -> Vec<String> {
    vec![
        agreement.id.to_string(),
        day_text(day.day),
        status_name(day.status).into(),
        day.trades.to_string(),
        book_text(&day.debit),
        book_text(&day.credit),
        day.payable
            .map_or_else(|| "-".into(), |_| payable_text(agreement, day)),
    ]
}

/// A side's status, and what is remarkable about it.
fn book_text(side: &SideSummary) -> String {
    let status = std::iter::once(status_text(&side.status));
    status.chain(remarks(side)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn back(today: u32, count: u32, first: u32) -> Vec<u32> {
        let days = days_back(BusinessDay(today), count, BusinessDay(first));
        days.map(|day| day.0).collect()
    }

    #[test]
    fn days_go_back_from_today() {
        assert_eq!(back(20_000, 3, 19_000), vec![20_000, 19_999, 19_998]);
    }

    #[test]
    fn no_day_lies_before_the_first() {
        assert_eq!(back(20_000, 14, 19_999), vec![20_000, 19_999]);
    }

    #[test]
    fn an_agreement_that_begins_later_has_no_days() {
        assert_eq!(back(20_000, 14, 20_001), Vec::<u32>::new());
    }
}
