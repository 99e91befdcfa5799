//! Entries of trades that became final: what a subscriber is sent.

use super::{
    super::{
        arguments::{Arguments, AFTER},
        at::At,
        feed::Feed,
        limits::MAX_DAYS_BACK,
        refusal::INVALID_PARAMETER,
        schema::Schema,
        source::{Block, Source},
        written::{date, with},
    },
    trades::entry,
};
use counterfoil_primitives::{
    booking_day::OPEN_DAYS_BACK, tree::PAGE_SIZE, written::Denomination, AgreementView,
    BusinessDay, Side, Trade,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};
use std::collections::VecDeque;

/// Pages of a day that are read for a notification.
const MAX_PAGES: u32 = 16;
/// Blocks without an entry after which a notification names the last one, so that a subscriber that comes
/// back later need not begin far behind.
const QUIET_BLOCKS: u32 = 100;

/// The entries of an agreement that became final behind a block, a page at a time.
pub struct Entries {
    of: Arguments,
    /// Up to here all is sent.
    after: Block,
    /// What the subscriber was told of last.
    told: Option<u32>,
    /// What is being sent.
    span: Option<Span>,
}

/// The trades that blocks up to one added.
struct Span {
    to: Block,
    agreement: AgreementView,
    runs: VecDeque<Run>,
    is_begun: bool,
}

/// Positions of a day, one after the other.
#[derive(Debug, PartialEq, Eq)]
struct Run {
    day: BusinessDay,
    next: u32,
    end: u32,
}

/// Begins behind the block that a request names, or behind the last final one.
pub fn begin(source: &dyn Source, of: &Arguments) -> RpcResult<Box<dyn Feed>> {
    let last = At::open(source, None)?;
    let agreement = last.agreement(of.agreement)?;
    let after = At::open_final(source, of.after, AFTER.name)?;
    let behind = day_at(&agreement, &last).saturating_sub(day_at(&agreement, &after));
    check_days_back(behind, after.block.number)?;
    Ok(Box::new(Entries {
        of: *of,
        after: after.block,
        told: None,
        span: None,
    }))
}

/// Refuses a block that is too many days behind: all days from there on are read.
fn check_days_back(days: u32, block: u32) -> RpcResult<()> {
    if days <= MAX_DAYS_BACK {
        return Ok(());
    }
    Err(INVALID_PARAMETER.of(
        Some(AFTER.name),
        format!("block {block} is {days} days behind"),
        format!(
            "name a block of the last {MAX_DAYS_BACK} days; read older days by counterfoil_trades"
        ),
    ))
}

/// The number of the agreement's day in a block; of its first day, before that begins.
fn day_at(agreement: &AgreementView, at: &At<'_>) -> u32 {
    let day = agreement.day_of(at.now).unwrap_or(agreement.first_day);
    day.max(agreement.first_day).0
}

impl Feed for Entries {
    fn next(&mut self, source: &dyn Source) -> RpcResult<Option<Json>> {
        let mut span = match self.span.take() {
            Some(span) => span,
            None => {
                let to = source.finalized();
                if self.told.is_some() && to.number <= self.after.number {
                    return Ok(None);
                }
                self.span_to(source, to)?
            }
        };
        let entries = self.read(source, &mut span)?;
        let more = !span.runs.is_empty();
        let quiet = self
            .told
            .is_some_and(|told| span.to.number.saturating_sub(told) < QUIET_BLOCKS);
        let is_sent = more || span.is_begun || !entries.is_empty() || !quiet;
        let to = span.to;
        span.is_begun = true;
        if more {
            self.span = Some(span);
        } else {
            self.after = to;
        }
        if !is_sent {
            return Ok(None);
        }
        self.told = Some(to.number);
        let block = At::of(source, to, AFTER.name)?.block_json();
        Ok(Some(json!({
            "agreement": self.of.agreement,
            "block": block,
            "entries": entries,
            "more": more,
        })))
    }
}

impl Entries {
    /// The positions that each day gained up to a block. A day gains trades until its cut-off, which is on
    /// the day after, and those that come late go to one of the next days: older days have all of theirs.
    fn span_to(&self, source: &dyn Source, to: Block) -> RpcResult<Span> {
        let from = At::of(source, self.after, AFTER.name)?;
        let to = At::of(source, to, AFTER.name)?;
        let agreement = to.agreement(self.of.agreement)?;
        let first = day_at(&agreement, &from)
            .saturating_sub(OPEN_DAYS_BACK.saturating_add(1))
            .max(agreement.first_day.0);
        let last = day_at(&agreement, &to).saturating_add(1);
        let mut runs = VecDeque::new();
        for day in (first..=last).map(BusinessDay) {
            let trades = |at: &At<'_>| -> RpcResult<u32> {
                let found = source.day(at.block.hash, self.of.agreement, day)?;
                Ok(found.map_or(0, |of_day| of_day.trades))
            };
            let (next, end) = (trades(&from)?, trades(&to)?);
            if next < end {
                runs.push_back(Run { day, next, end });
            }
        }
        Ok(Span {
            to: to.block,
            agreement,
            runs,
            is_begun: false,
        })
    }

    /// The next entries of a span that the subscriber wants: those of a page, if any of the pages that are
    /// read has some.
    fn read(&self, source: &dyn Source, span: &mut Span) -> RpcResult<Vec<Json>> {
        let by = span.agreement.denomination();
        for _ in 0..MAX_PAGES {
            let Some(run) = span.runs.front_mut() else {
                break;
            };
            let page = run.next / PAGE_SIZE;
            let first = page.saturating_mul(PAGE_SIZE);
            let behind = first.saturating_add(PAGE_SIZE).min(run.end);
            let positions = run.next..behind;
            let day = run.day;
            run.next = behind;
            if run.next >= run.end {
                span.runs.pop_front();
            }
            let trades = source.trades(span.to.hash, self.of.agreement, day, page)?;
            let placed = (first..).zip(&trades);
            let wanted = placed.filter(|(position, trade)| {
                let is_of_client = self
                    .of
                    .client
                    .is_none_or(|client| trade.id.client == client);
                positions.contains(position) && is_of_client
            });
            let entries: Vec<Json> = wanted
                .map(|(position, trade)| self.to_json(day, position, trade, &by))
                .collect();
            if !entries.is_empty() {
                return Ok(entries);
            }
        }
        Ok(Vec::new())
    }

    fn to_json(
        &self,
        day: BusinessDay,
        position: u32,
        trade: &Trade,
        by: &Denomination<'_>,
    ) -> Json {
        let of = |side| {
            let is_wanted = self.of.one_side.is_none_or(|one| one == side);
            is_wanted.then(|| entry(&trade.entry(side), by))
        };
        let place = json!({ "day": date(day), "position": position });
        with(
            place,
            json!({ "debit": of(Side::Debit), "credit": of(Side::Credit) }),
        )
    }
}

/// The schema of a notification.
pub fn schema() -> Schema {
    let entry = || Schema::shared("entry").or_null();
    let placed = Schema::object([
        ("day", Schema::date(), "The business day."),
        (
            "position",
            Schema::number(),
            "The trade's position on the day.",
        ),
        (
            "debit",
            entry(),
            "What the company should book; null where it was not asked for.",
        ),
        (
            "credit",
            entry(),
            "What the bank should book; null where it was not asked for.",
        ),
    ]);
    Schema::object([
        ("agreement", Schema::number(), "The agreement's number."),
        (
            "block",
            Schema::shared("block"),
            "The final block whose state has the entries.",
        ),
        (
            "entries",
            placed.list(),
            "By day and position: at most 256; none where a block is only named, or where the pages read so \
             far have none that is wanted.",
        ),
        (
            "more",
            Schema::boolean(),
            "Whether further entries of this block follow; `after` names a block of which none do.",
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_block_that_is_too_many_days_behind_is_refused() {
        assert!(check_days_back(MAX_DAYS_BACK, 7).is_ok());
        let refused = check_days_back(MAX_DAYS_BACK + 1, 7).unwrap_err();
        assert_eq!(refused.code(), INVALID_PARAMETER.code);
        assert!(refused.message().contains("31 days behind"));
    }
}
