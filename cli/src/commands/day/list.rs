//! `day list`: the last days of agreements at a glance.

use super::{
    printed_day::{owed_text, remarks, status_name},
    show::to_json,
};
use crate::{
    commands::{calendar::ends_soon, timing_differences::DayTiming, Context},
    output::{table, Rendered},
};
use anyhow::Result;
use clap::Args;
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    time::day_text,
};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideSummary},
    timing::status_words,
    AgreementId, BusinessDay, Side,
};
use futures::{stream, StreamExt, TryStreamExt};
use serde_json::json;
use std::collections::BTreeSet;

/// Days back by default.
const LAST: u32 = 14;

/// Days read side by side.
const PARALLEL: usize = 8;

#[derive(Debug, Args)]
pub(crate) struct List {
    /// The agreement's number. The default is all agreements.
    #[arg(long)]
    agreement: Option<AgreementId>,
    /// How many days back, today included. The default is 14, and with --pending all days of the
    /// agreement.
    #[arg(long, value_parser = clap::value_parser!(u32).range(1..=366))]
    last: Option<u32>,
    /// Only days that take no more trades and are not settled.
    #[arg(long)]
    pending: bool,
}

/// How far a list looks back.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Span {
    since: BusinessDay,
    today: BusinessDay,
}

impl List {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let at = context.chain().await?.finalized().await?;
        let ids = match self.agreement {
            Some(id) => vec![id],
            None => at.agreements().await?,
        };
        let ends = ends_soon(&at, &ids).await?;
        let mut spans = Vec::new();
        let mut days = Vec::new();
        let mut rows = Vec::new();
        for id in ids {
            let agreement = at.agreement(id).await?;
            let first = agreement.view.first_day;
            let last = at
                .today(id)
                .await?
                .map(|today| last_day(today, agreement.view.close()));
            let span = last.and_then(|last| self.span(last, first));
            spans.push((id, first, span));
            if let Some(span) = span {
                for (day, timing) in self.days(&at, id, span).await? {
                    days.push(to_json(&agreement, &day, timing));
                    rows.push(row(&agreement, &day, timing));
                }
            }
        }
        let header = [
            "agreement",
            "day",
            "status",
            "trades",
            "company's book",
            "bank's book",
            "obligation",
            "due",
        ];
        let looked = spans.iter().map(|(id, _, span)| {
            json!({ "agreement": id, "since": span.map(|span| day_text(span.since)) })
        });
        let json = json!({
            "looked": looked.collect::<Vec<_>>(),
            "days": days,
            "calendars": ends,
        });
        let looked = spans
            .iter()
            .map(|(id, first, span)| looked_text(*id, *first, *span));
        let text: Vec<String> = std::iter::once(table(&header, rows))
            .chain(looked)
            .chain(ends)
            .collect();
        Ok(Rendered::new(json, text.join("\n")))
    }

    /// The days to look at; they begin with the agreement. A day waits until it is settled, for any
    /// length of time, so only the first day bounds the pending days.
    fn span(&self, today: BusinessDay, first: BusinessDay) -> Option<Span> {
        let last = match self.last {
            None if self.pending => u32::MAX,
            last => last.unwrap_or(LAST),
        };
        let since = BusinessDay(today.0.saturating_sub(last.saturating_sub(1))).max(first);
        (since <= today).then_some(Span { since, today })
    }

    /// The days of an agreement and their timing differences, the latest first.
    async fn days(
        &self,
        at: &At,
        id: AgreementId,
        span: Span,
    ) -> Result<Vec<(DaySummary, DayTiming)>> {
        let settled = match self.pending {
            true => at.settled_days(id, span.since).await?,
            false => Vec::new(),
        };
        let settled = BTreeSet::from_iter(settled);
        let now = at.now().await?;
        let days: Vec<DaySummary> = stream::iter(span.without(&settled))
            .map(|day| at.day(id, day))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        let is_pending =
            |day: &DaySummary| day.cut_off_at <= now && day.status != DayStatus::Settled;
        let is_wanted = |day: &DaySummary| !self.pending || is_pending(day);
        stream::iter(days.into_iter().filter(is_wanted))
            .map(|day| with_timing(at, id, day))
            .buffered(PARALLEL)
            .try_collect()
            .await
    }
}

/// A day with its timing differences.
async fn with_timing(at: &At, id: AgreementId, day: DaySummary) -> Result<(DaySummary, DayTiming)> {
    let timing = DayTiming::of_day(at, id, &day).await?;
    Ok((day, timing))
}

/// The latest day of an agreement: today, or the last before its close.
fn last_day(today: BusinessDay, close: Option<BusinessDay>) -> BusinessDay {
    close.map_or(today, |close| today.min(close.previous()))
}

impl Span {
    /// All days except some, the latest first.
    fn without(self, settled: &BTreeSet<BusinessDay>) -> Vec<BusinessDay> {
        let days = (self.since.0..=self.today.0).rev().map(BusinessDay);
        days.filter(|day| !settled.contains(day)).collect()
    }
}

/// How far back an agreement's days were read: earlier days are not in the list.
fn looked_text(id: AgreementId, first: BusinessDay, span: Option<Span>) -> String {
    let first_day = day_text(first);
    match span {
        None => format!("agreement {id} begins on {first_day}"),
        Some(span) if span.since == first => {
            format!("agreement {id}: all days since its first, {first_day}")
        }
        Some(span) => format!(
            "agreement {id}: days since {}; its first is {first_day}, see --last",
            day_text(span.since)
        ),
    }
}

fn row(agreement: &Agreement, day: &DaySummary, timing: DayTiming) -> Vec<String> {
    vec![
        agreement.id.to_string(),
        day_text(day.day),
        status_name(day.status).into(),
        day.trades.to_string(),
        book_text(&day.debit, timing.of(Side::Debit)),
        book_text(&day.credit, timing.of(Side::Credit)),
        day.obligation
            .map_or_else(|| "-".into(), |_| owed_text(agreement, day)),
        day_text(day.due_with.next()),
    ]
}

/// A side's status, and what is remarkable about it.
fn book_text(side: &SideSummary, timing: u32) -> String {
    let status = std::iter::once(status_words(&side.status, timing));
    status.chain(remarks(side)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    const TODAY: BusinessDay = BusinessDay(20_780);

    fn list(last: Option<u32>, pending: bool) -> List {
        List {
            agreement: None,
            last,
            pending,
        }
    }

    /// How many days back a list begins.
    fn reach(list: &List, first: BusinessDay) -> Option<u32> {
        list.span(TODAY, first).map(|span| TODAY.0 - span.since.0)
    }

    #[test]
    fn a_list_goes_back_for_two_weeks() {
        assert_eq!(reach(&list(None, false), BusinessDay(20_000)), Some(13));
    }

    #[test]
    fn a_list_goes_back_for_the_days_that_are_named() {
        assert_eq!(reach(&list(Some(3), false), BusinessDay(20_000)), Some(2));
    }

    #[test]
    fn no_day_lies_before_the_first() {
        assert_eq!(reach(&list(None, false), TODAY.previous()), Some(1));
    }

    #[test]
    fn an_agreement_that_begins_later_has_no_days() {
        assert_eq!(reach(&list(None, false), TODAY.next()), None);
    }

    #[test]
    fn no_day_lies_after_the_close() {
        assert_eq!(last_day(TODAY, None), TODAY);
        assert_eq!(last_day(TODAY, Some(TODAY.next())), TODAY);
        assert_eq!(last_day(TODAY, Some(TODAY)), TODAY.previous());
    }

    #[test]
    fn pending_days_are_looked_for_since_the_first() {
        assert_eq!(reach(&list(None, true), BusinessDay(20_000)), Some(780));
    }

    #[test]
    fn pending_days_are_looked_for_no_further_than_named() {
        assert_eq!(reach(&list(Some(30), true), BusinessDay(20_000)), Some(29));
    }

    #[test]
    fn the_days_that_are_left_come_latest_first() {
        let span = Span {
            since: BusinessDay(7),
            today: BusinessDay(9),
        };
        let left = span.without(&BTreeSet::from([BusinessDay(8)]));
        assert_eq!(left, vec![BusinessDay(9), BusinessDay(7)]);
    }

    #[test]
    fn a_list_says_since_when_it_has_all_days() {
        let text = looked_text(1, TODAY, list(None, true).span(TODAY, TODAY));
        assert_eq!(text, "agreement 1: all days since its first, 2026-11-23");
    }

    #[test]
    fn a_list_says_that_older_days_are_left_out() {
        let text = looked_text(
            1,
            TODAY.previous(),
            list(Some(1), true).span(TODAY, TODAY.previous()),
        );
        assert_eq!(
            text,
            "agreement 1: days since 2026-11-23; its first is 2026-11-22, see --last"
        );
    }
}
