//! What an export reads: everything as of one block, page by page.

use super::{
    breaks::rows as break_rows, cell::Cell, days::Days, entries, form::Rows, kind::Kind,
    obligations, suspense, timing::Differences,
};
use crate::commands::{
    book::suspense_entries,
    corrections::{table, what_to_do::lines},
    timing_differences::TimingEnds,
};
use anyhow::{bail, Result};
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    report::side_of,
    text::status_text,
    time::day_text,
};
use counterfoil_primitives::{
    settlement::ObligationView,
    summary::{DayStatus, DaySummary},
    tree::{page_count, PAGE_SIZE},
    BusinessDay, Link, Side, SideId, Trade,
};
use futures::{stream, StreamExt, TryStreamExt};
use std::{
    collections::{BTreeMap, BTreeSet},
    pin::pin,
};

/// Pages and days read side by side.
const PARALLEL: usize = 8;

/// Where rows go to, and how many went there.
pub(super) struct Sink<'w> {
    rows: Box<dyn Rows + 'w>,
    written: u64,
}

/// The days and sides of an agreement that are exported.
pub(super) struct Subject<'a> {
    at: &'a At,
    agreement: &'a Agreement,
    days: Vec<DaySummary>,
    sides: Vec<Side>,
}

impl<'w> Sink<'w> {
    pub fn new(rows: Box<dyn Rows + 'w>) -> Self {
        Self { rows, written: 0 }
    }

    fn add(&mut self, rows: impl IntoIterator<Item = Vec<Cell>>) -> Result<()> {
        for row in rows {
            self.rows.row(&row)?;
            self.written += 1;
        }
        Ok(())
    }

    /// Ends the file. Returns how many rows it has.
    pub fn finish(self, notes: &[String]) -> Result<u64> {
        self.rows.finish(notes)?;
        Ok(self.written)
    }
}

impl<'a> Subject<'a> {
    /// Reads the days; one that the agreement does not have is refused.
    pub async fn read(
        at: &'a At,
        agreement: &'a Agreement,
        days: Days,
        sides: Vec<Side>,
    ) -> Result<Self> {
        let days = stream::iter(days.each())
            .map(|day| at.day(agreement.id, day))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(Self {
            at,
            agreement,
            days,
            sides,
        })
    }

    /// Writes all rows of a kind.
    pub async fn write(&self, kind: Kind, sink: &mut Sink<'_>) -> Result<()> {
        match kind {
            Kind::Entries => self.entries(sink).await,
            Kind::Breaks => self.breaks(sink).await,
            Kind::Timing => self.timing(sink).await,
            Kind::Corrections => self.corrections(sink).await,
            Kind::Suspense => self.suspense(sink).await,
            Kind::Obligations => self.obligations(sink).await,
        }
    }

    /// What a reader has to know of the rows, beside them. Refuses what would have no rows since nothing is
    /// proven yet: it would be taken for books that are right.
    pub fn notes(&self, kind: Kind) -> Result<Vec<String>> {
        notes(kind, &self.days, &self.sides)
    }

    /// Whether sides have no rows since they are not proven.
    pub fn lacks_proofs(&self, kind: Kind) -> bool {
        kind.needs_proof() && !not_proven(&self.days, &self.sides).is_empty()
    }

    fn currency(&self) -> &'static str {
        self.agreement.money.code()
    }

    /// The sides that have proven breaks.
    fn with_breaks(&self) -> Vec<SideId> {
        let sides = sides(&self.days, &self.sides);
        let with_breaks = sides.filter(|(day, side)| {
            let breaks = side_of(day, *side).status.breaks();
            breaks.is_some_and(|breaks| breaks > 0)
        });
        let ids = with_breaks.map(|(day, side)| self.agreement.side_id(day.day, side));
        ids.collect()
    }

    async fn entries(&self, sink: &mut Sink<'_>) -> Result<()> {
        for day in &self.days {
            let pages = stream::iter(0..page_count(day.trades));
            let pages = pages.map(|page| self.page(day.day, page));
            let mut pages = pin!(pages.buffered(PARALLEL));
            while let Some(page) = pages.try_next().await? {
                sink.add(self.entries_of(day.day, &page))?;
            }
        }
        Ok(())
    }

    /// The trades of a page, by position, each with its link.
    async fn page(&self, day: BusinessDay, page: u32) -> Result<Vec<(u32, Trade, Option<Link>)>> {
        let trades = self.at.page(self.agreement.id, day, page).await?;
        let links = match trades.iter().any(Trade::may_be_linked) {
            true => self.at.links(self.agreement.id, day, page).await?,
            false => Vec::new(),
        };
        let links = BTreeMap::from_iter(links);
        let first = page.saturating_mul(PAGE_SIZE);
        let trades = (first..).zip(trades);
        let linked = trades.map(|(at, trade)| (at, trade, links.get(&at).copied()));
        Ok(linked.collect())
    }

    fn entries_of(&self, day: BusinessDay, page: &[(u32, Trade, Option<Link>)]) -> Vec<Vec<Cell>> {
        let mut rows = Vec::new();
        for (position, trade, link) in page {
            for side in &self.sides {
                let side_id = self.agreement.side_id(day, *side);
                let link = link.as_ref();
                rows.push(entries::row(
                    side_id,
                    self.currency(),
                    *position,
                    trade,
                    link,
                ));
            }
        }
        rows
    }

    async fn breaks(&self, sink: &mut Sink<'_>) -> Result<()> {
        for side_id in self.with_breaks() {
            let breaks = self.at.breaks(side_id).await?;
            let timing = TimingEnds::of_side(self.at, side_id).await?;
            sink.add(break_rows(side_id, self.currency(), &breaks, &timing))?;
        }
        Ok(())
    }

    async fn timing(&self, sink: &mut Sink<'_>) -> Result<()> {
        let mut differences = Differences::default();
        for side_id in self.with_breaks() {
            let ends = self.at.timing_differences(side_id).await?;
            differences.add(side_id.side, ends);
        }
        sink.add(differences.rows(self.agreement.id, self.currency()))
    }

    async fn corrections(&self, sink: &mut Sink<'_>) -> Result<()> {
        for side_id in self.with_breaks() {
            let breaks = self.at.breaks(side_id).await?;
            let timing = TimingEnds::of_side(self.at, side_id).await?;
            let refunded = self.at.refunded_payments(side_id.agreement, side_id.day);
            let lines = lines(&breaks, &timing, &refunded.await?);
            let rows = lines.iter();
            sink.add(rows.map(|line| table::row(side_id, self.currency(), line)))?;
        }
        Ok(())
    }

    async fn suspense(&self, sink: &mut Sink<'_>) -> Result<()> {
        for (day, side) in sides(&self.days, &self.sides) {
            let side_id = self.agreement.side_id(day.day, side);
            let node = self.at.chain();
            let answer = node.own_book("counterfoil_bookSuspense", side_id).await?;
            let list = suspense_entries::read(answer)?;
            let rows = list.iter();
            sink.add(rows.map(|one| suspense::row(side_id, self.currency(), one)))?;
        }
        Ok(())
    }

    async fn obligations(&self, sink: &mut Sink<'_>) -> Result<()> {
        let firsts: BTreeSet<BusinessDay> = self.days.iter().map(|day| day.period.first).collect();
        let views: Vec<Option<ObligationView>> = stream::iter(firsts)
            .map(|first| self.at.obligation(self.agreement.id, first))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        let views = views.iter().flatten();
        sink.add(views.map(|view| obligations::row(view, &self.agreement.money)))
    }
}

/// The sides of days, in the order of the days.
fn sides<'a>(
    days: &'a [DaySummary],
    sides: &'a [Side],
) -> impl Iterator<Item = (&'a DaySummary, Side)> + 'a {
    days.iter()
        .flat_map(move |day| sides.iter().map(move |side| (day, *side)))
}

/// The sides that are not proven, with their states, for people.
fn not_proven(days: &[DaySummary], of: &[Side]) -> Vec<String> {
    let states = sides(days, of).map(|(day, side)| (day.day, side, side_of(day, side).status));
    states
        .filter(|(_, _, status)| status.breaks().is_none())
        .map(|(day, side, status)| {
            let status = status_text(&status);
            format!("{} {} ({status})", day_text(day), side.name())
        })
        .collect()
}

fn notes(kind: Kind, days: &[DaySummary], of: &[Side]) -> Result<Vec<String>> {
    let mut notes = Vec::new();
    if kind == Kind::Entries {
        let open = days.iter().filter(|day| day.status == DayStatus::Open);
        notes.extend(open.map(|day| {
            let day = day_text(day.day);
            format!("{day} still takes trades: export again after its cut-off")
        }));
    }
    if kind == Kind::Obligations {
        let unknown = days.iter().filter(|day| day.obligation.is_none());
        let unknown: Vec<String> = unknown.map(|day| day_text(day.day)).collect();
        if !unknown.is_empty() {
            let unknown = unknown.join(", ");
            notes.push(format!(
                "not reconciled yet, so that nothing of them is in the file: {unknown}"
            ));
        }
    }
    if kind == Kind::Suspense {
        notes.push("the suspense list is what the node has now, whatever the block".into());
    }
    if kind.needs_proof() {
        let not_proven = not_proven(days, of);
        if not_proven.len() == days.len() * of.len() {
            bail!(
                "nothing is proven of what would be exported: {}; export again once `day show` says that a side is proven",
                not_proven.join(", ")
            );
        }
        if !not_proven.is_empty() {
            notes.push(format!(
                "without rows, since nothing is proven of them yet: {}",
                not_proven.join(", ")
            ));
        }
    }
    Ok(notes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::summary::{SideStatus, SideSummary};

    /// A day on which the company's side is proven, and the bank's is in this state.
    fn day(number: u32, status: DayStatus, bank: SideStatus) -> DaySummary {
        let side = |status| SideSummary {
            status,
            ..SideSummary::default()
        };
        DaySummary {
            day: BusinessDay(number),
            status,
            debit: side(SideStatus::Proven { breaks: 1 }),
            credit: side(bank),
            ..DaySummary::default()
        }
    }

    #[test]
    fn sides_that_are_not_proven_are_named_with_their_states() {
        let days = [
            day(20_780, DayStatus::Sealed, SideStatus::Awaited),
            day(
                20_781,
                DayStatus::Sealed,
                SideStatus::Repaired { breaks: 2 },
            ),
        ];
        for kind in [Kind::Breaks, Kind::Timing, Kind::Corrections] {
            let notes = notes(kind, &days, &Side::BOTH).unwrap();
            assert_eq!(notes.len(), 1);
            assert!(
                notes[0].ends_with(": 2026-11-23 credit (awaited)"),
                "{notes:?}"
            );
        }
        assert!(notes(Kind::Breaks, &days, &[Side::Debit])
            .unwrap()
            .is_empty());
        assert!(notes(Kind::Entries, &days, &Side::BOTH).unwrap().is_empty());
    }

    #[test]
    fn where_nothing_is_proven_nothing_is_exported_that_needs_proof() {
        let days = [day(20_780, DayStatus::Reconciled, SideStatus::Defaulted)];
        let refused = notes(Kind::Corrections, &days, &[Side::Credit]).unwrap_err();
        let refused = refused.to_string();
        assert!(
            refused.contains("2026-11-23 credit (defaulted)"),
            "{refused}"
        );
        assert!(refused.contains("day show"), "{refused}");
        assert!(notes(Kind::Entries, &days, &[Side::Credit]).is_ok());
        assert!(notes(Kind::Obligations, &days, &[]).is_ok());
    }

    #[test]
    fn a_day_that_still_takes_trades_is_noted_with_its_entries() {
        let days = [day(20_780, DayStatus::Open, SideStatus::Awaited)];
        let notes = notes(Kind::Entries, &days, &Side::BOTH).unwrap();
        assert_eq!(notes.len(), 1);
        assert!(notes[0].starts_with("2026-11-23 still takes trades"));
    }

    #[test]
    fn days_of_which_nothing_is_owed_yet_are_noted_with_obligations() {
        let reconciled = DaySummary {
            obligation: Some(0),
            ..day(20_780, DayStatus::Reconciled, SideStatus::Defaulted)
        };
        let days = [
            reconciled,
            day(20_781, DayStatus::Sealed, SideStatus::Awaited),
        ];
        let notes = |days| notes(Kind::Obligations, days, &[]).unwrap();
        assert!(notes(&days[..1]).is_empty());
        assert_eq!(
            notes(&days),
            ["not reconciled yet, so that nothing of them is in the file: 2026-11-24"]
        );
    }

    #[test]
    fn sides_follow_their_days() {
        let days =
            [20_780, 20_781].map(|number| day(number, DayStatus::Sealed, SideStatus::Awaited));
        let order: Vec<(u32, Side)> = sides(&days, &Side::BOTH)
            .map(|(day, side)| (day.day.0, side))
            .collect();
        let expected = [
            (20_780, Side::Debit),
            (20_780, Side::Credit),
            (20_781, Side::Debit),
            (20_781, Side::Credit),
        ];
        assert_eq!(order, expected);
    }
}
