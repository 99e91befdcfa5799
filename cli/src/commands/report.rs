//! `report`: what was proven of a day's books, and a party's own report.

use super::{progress::progress_bar, side_parser, sides, Context, DayArguments};
use crate::output::{
    booked_on, cause_and_day, day_json, entry_json, list, minor, side_id_json, table, with,
    Rendered,
};
use anyhow::{bail, ensure, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    chain::{read::At, views::Agreement, Chain},
    mapping::{self, LedgerMapping, Sheet},
    money::Money,
    operator::Operator,
    report::{self, is_closed, side_of, Finding, Subject},
    text::{cause_text, reference_text, side_title, status_text, user_text},
    time::day_text,
};
use counterfoil_primitives::{
    align::{align, Book},
    summary::{BreakList, SideSummary},
    Amount, MemberId, Side,
};
use serde_json::{json, Value as Json};
use std::{collections::BTreeMap, path::PathBuf};

#[derive(Debug, Subcommand)]
pub(crate) enum Report {
    /// Shows the proven breaks of both sides, with causes and amounts.
    Show(Show),
    /// Reports a side, when the reconciler is down. The company, the bank and the day's reconciler may.
    Submit(Submit),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    #[command(flatten)]
    named: DayArguments,
    /// One side. The default is both.
    #[arg(long, value_parser = side_parser())]
    pub(super) side: Option<Side>,
}

#[derive(Debug, Args)]
pub(crate) struct Submit {
    #[command(flatten)]
    named: DayArguments,
    /// The side to report.
    #[arg(long, value_parser = side_parser())]
    side: Side,
    /// The file of the ledger to which the party committed, instead of the book from its node.
    #[arg(long, requires = "mapping")]
    file: Option<PathBuf>,
    /// The mapping of the ledger.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// The node to fetch the book from, instead of the node that the registry names.
    #[arg(long)]
    from: Option<String>,
}

impl Report {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(show) => show.run(context).await,
            Self::Submit(submit) => submit.run(context).await,
        }
    }
}

/// The number of breaks by cause.
fn by_cause(breaks: &BreakList) -> BTreeMap<String, u32> {
    let slots = breaks.slots.iter().map(|slot| slot.cause);
    let extras = breaks.extras.iter().map(|extra| extra.cause);
    let mut counts = BTreeMap::new();
    for cause in slots.chain(extras) {
        *counts.entry(cause_text(cause)).or_default() += 1;
    }
    counts
}

impl Show {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let named = self.named;
        let (at, agreement) = named.final_agreement(context).await?;
        let summary = at.day(named.agreement, named.day).await?;
        let mut json = day_json(named.agreement, named.day);
        let mut text = Vec::new();
        for side in sides(self.side) {
            let breaks = at.breaks(named.side_id(side)).await?;
            let state = side_of(&summary, side);
            json = with(json, json!({ side.name(): side_json(state, &breaks) }));
            text.push(side_text(side, state, &breaks, &agreement.money));
        }
        Ok(Rendered::new(json, text.join("\n\n")))
    }
}

fn side_json(state: &SideSummary, breaks: &BreakList) -> Json {
    let slots = breaks.slots.iter().map(|slot| {
        json!({
            "position": slot.position,
            "cause": cause_text(slot.cause),
            "found": slot.found.as_ref().map(entry_json),
            "right": entry_json(&slot.right),
        })
    });
    let extras = breaks.extras.iter().map(|extra| {
        json!({
            "cause": cause_text(extra.cause),
            "found": entry_json(&extra.entry),
            "booked_on": booked_on(extra.witness.as_ref()),
        })
    });
    with(
        crate::output::side_json(state),
        json!({
            "breaks_by_cause": by_cause(breaks),
            "slots": slots.collect::<Vec<_>>(),
            "extras": extras.collect::<Vec<_>>(),
        }),
    )
}

fn side_text(side: Side, state: &SideSummary, breaks: &BreakList, money: &Money) -> String {
    let title = format!("{}: {}", side_title(side), status_text(&state.status));
    if breaks.slots.is_empty() && breaks.extras.is_empty() {
        return title;
    }
    let slots = breaks.slots.iter().map(|slot| {
        let right = &slot.right;
        vec![
            slot.position.to_string(),
            cause_text(slot.cause),
            mapping::ledger::trade_id_text(&right.id),
            user_text(&right.user),
            slot.found
                .map_or("-".into(), |found| money.show(found.amount)),
            money.show(right.amount),
        ]
    });
    let extras = breaks.extras.iter().map(|extra| {
        vec![
            "none".into(),
            cause_and_day(extra.cause, extra.witness.as_ref()),
            reference_text(&extra.entry.reference),
            user_text(&extra.entry.user),
            money.show(extra.entry.amount),
            "-".into(),
        ]
    });
    let header = [
        "position",
        "cause",
        "trade or reference",
        "user",
        "in the book",
        "right",
    ];
    let counts: Vec<String> = by_cause(breaks)
        .iter()
        .map(|(cause, count)| format!("{count} {cause}"))
        .collect();
    format!(
        "{title}\n{}\n{}",
        table(&header, slots.chain(extras)),
        counts.join(", ")
    )
}

impl Submit {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let (named, side) = (self.named, self.side);
        let operator = context.operator()?;
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let agreement = at.agreement(named.agreement).await?;
        let member = at.member_of(&operator).await?;
        if !agreement.view.may_report(member, named.day) {
            bail!(
                "member {member} is no party of agreement {}, nor its reconciler on {}, and cannot \
                 report",
                named.agreement,
                day_text(named.day)
            );
        }
        let subject = Subject {
            at: &at,
            agreement: &agreement,
            day: named.day,
            side,
        };
        let before = at.day(named.agreement, named.day).await?;
        let before = side_of(&before, side);
        if is_closed(before) {
            bail!(
                "there is nothing left to report: the side is {}",
                status_text(&before.status)
            );
        }
        let finding = if subject.is_clean().await? {
            Finding::Clean
        } else {
            let book = self
                .book(&at, &agreement, side, (member, &operator))
                .await?;
            subject.find(&book).await?
        };
        let (kind, breaks, parts) = match &finding {
            Finding::Clean => ("clean", 0, 1),
            Finding::Breaks(report) => (
                "breaks",
                report.breaks(),
                1 + report.slots.len() + report.extras.len(),
            ),
        };
        let bar = progress_bar(parts as u64 - 1, "pages");
        let outcome = report::submit(&chain, &subject, &finding, &operator, |accepted| {
            bar.set_position(accepted.into())
        })
        .await;
        bar.finish_and_clear();
        let (sent, after) = outcome?;
        let json = with(
            side_id_json(subject.side_id()),
            json!({
                "report": kind,
                "breaks": breaks,
                "parts": parts,
                "sent": sent,
                "state": crate::output::side_json(&after),
            }),
        );
        let text = list([
            ("report", format!("{kind}, {breaks} breaks")),
            ("parts", format!("{parts}, of which {sent} were sent now")),
            (side_title(side), status_text(&after.status)),
        ]);
        Ok(Rendered {
            json,
            text,
            partial: !is_closed(&after),
            differs: false,
        })
    }

    /// The book that the party committed to: from its ledger's file, or from a node.
    async fn book(
        &self,
        at: &At,
        agreement: &Agreement,
        side: Side,
        requester: (MemberId, &Operator),
    ) -> Result<Book> {
        let named = self.named;
        if let (Some(file), Some(mapping)) = (&self.file, &self.mapping) {
            let mapping: LedgerMapping = mapping::load(mapping)?;
            let sheet = Sheet::load(file, &mapping)?;
            let reading = mapping.read(&sheet, agreement.money, &|day| {
                agreement.offset_minutes(day)
            })?;
            if let Some(refused) = reading.refused.first() {
                bail!("{}: {}", file.display(), refused.error);
            }
            let trades = at.trades(named.agreement, named.day).await?;
            return Ok(align(
                &counterfoil_client::ledger::entries(&trades, side),
                &reading.lines,
            ));
        }
        let party = agreement.view.party(side);
        let node = match &self.from {
            Some(url) => Chain::connect(&websocket(url)).await?,
            None if party == requester.0 => at.chain().clone(),
            None => Chain::connect(&websocket(&endpoint(at, party).await?)).await?,
        };
        let place = at.place(named.side_id(side));
        let summary = at.day(named.agreement, named.day).await?;
        let commitment = side_of(&summary, side)
            .commitment
            .context("the party has not committed to a book")?;
        node.fetch_book(&place, &commitment, party, requester).await
    }
}

/// The address at which a member's node answers, as the registry has it.
async fn endpoint(at: &At, member: MemberId) -> Result<String> {
    let text = at.member(member).await?.endpoint.to_string();
    ensure!(
        !text.is_empty(),
        "member {member} names no endpoint; give --from"
    );
    Ok(text)
}

/// A node answers HTTP and websockets on one port; this client uses websockets.
fn websocket(url: &str) -> String {
    match (url.strip_prefix("http://"), url.strip_prefix("https://")) {
        (Some(rest), _) => format!("ws://{rest}"),
        (_, Some(rest)) => format!("wss://{rest}"),
        _ => url.into(),
    }
}

/// By how much the book was wrong, with its sign, in minor units.
pub(super) fn difference(found: Option<Amount>, right: Option<Amount>) -> String {
    let (found, right) = (found.unwrap_or_default(), right.unwrap_or_default());
    if found > right {
        format!("-{}", found - right)
    } else {
        (right - found).to_string()
    }
}

/// An amount for programs, or null.
pub(super) fn minor_or_null(amount: Option<Amount>) -> Json {
    amount.map_or(Json::Null, minor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endpoints_are_spoken_to_over_websockets() {
        assert_eq!(websocket("http://127.0.0.1:9945"), "ws://127.0.0.1:9945");
        assert_eq!(websocket("https://bank.example"), "wss://bank.example");
        assert_eq!(websocket("ws://a"), "ws://a");
    }

    #[test]
    fn differences_carry_their_sign() {
        assert_eq!(difference(Some(5), Some(3)), "-2");
        assert_eq!(difference(None, Some(3)), "3");
        assert_eq!(difference(Some(3), None), "-3");
    }
}
