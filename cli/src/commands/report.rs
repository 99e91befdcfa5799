//! `report`: what was proven of a day's books, and a party's own report.

mod submit;

use super::{
    kind_right_and_in_book::kinds_text, side_parser, sides, timing_differences::TimingEnds,
    Context, DayArguments,
};
use crate::output::{
    booked_on, by_cause, by_cause_text, cause_and_day, day_json, entry_json, side_json, table,
    timing_json, with, Rendered,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use counterfoil_client::{
    mapping::trade_ids::trade_id_text,
    money::Money,
    report::side_of,
    text::{cause_text, reference_text, side_title, user_text},
};
use counterfoil_primitives::{
    summary::{BreakList, SideSummary},
    timing::status_words,
    Cause, Side,
};
use serde_json::{json, Value as Json};
use submit::Submit;

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

impl Report {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(show) => show.run(context).await,
            Self::Submit(submit) => submit.run(context).await,
        }
    }
}

/// The causes of all breaks but timing differences.
fn causes<'a>(breaks: &'a BreakList, timing: &'a TimingEnds) -> impl Iterator<Item = Cause> + 'a {
    let slots = breaks.slots.iter();
    let slots = slots.map(move |slot| (slot.cause, timing.slot(slot.position)));
    let extras = (0..).zip(&breaks.extras);
    let extras = extras.map(move |(index, extra)| (extra.cause, timing.extra(index)));
    let errors = slots
        .chain(extras)
        .filter(|(_, end)| end.is_none_or(|end| !end.is_difference()));
    errors.map(|(cause, _)| cause)
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
            let timing = TimingEnds::of_side(&at, named.side_id(side)).await?;
            let state = side_of(&summary, side);
            json = with(
                json,
                json!({ side.name(): side_and_breaks_json(state, &breaks, &timing) }),
            );
            text.push(side_text(side, state, (&breaks, &timing), &agreement.money));
        }
        Ok(Rendered::new(json, text.join("\n\n")))
    }
}

fn side_and_breaks_json(state: &SideSummary, breaks: &BreakList, timing: &TimingEnds) -> Json {
    let slots = breaks.slots.iter().map(|slot| {
        json!({
            "position": slot.position,
            "cause": cause_text(slot.cause),
            "found": slot.found.as_ref().map(entry_json),
            "right": entry_json(&slot.right),
            "timing": timing_json(timing.slot(slot.position)),
        })
    });
    let extras = (0..).zip(&breaks.extras).map(|(index, extra)| {
        json!({
            "cause": cause_text(extra.cause),
            "found": entry_json(&extra.entry),
            "booked_on": booked_on(extra.witness.as_ref()),
            "timing": timing_json(timing.extra(index)),
        })
    });
    with(
        side_json(state, timing.count()),
        json!({
            "breaks_by_cause": by_cause(causes(breaks, timing)),
            "slots": slots.collect::<Vec<_>>(),
            "extras": extras.collect::<Vec<_>>(),
        }),
    )
}

fn side_text(
    side: Side,
    state: &SideSummary,
    (breaks, timing): (&BreakList, &TimingEnds),
    money: &Money,
) -> String {
    let status = status_words(&state.status, timing.count());
    let title = format!("{}: {status}", side_title(side));
    if breaks.slots.is_empty() && breaks.extras.is_empty() {
        return title;
    }
    let slots = breaks.slots.iter().map(|slot| {
        let right = &slot.right;
        vec![
            slot.position.to_string(),
            cause_and_day(slot.cause, None, timing.slot(slot.position)),
            kinds_text(slot.found.as_ref(), Some(right), "in the book"),
            trade_id_text(&right.id),
            user_text(&right.user),
            slot.found
                .map_or("-".into(), |found| money.show(found.amount)),
            money.show(right.amount),
        ]
    });
    let extras = (0..).zip(&breaks.extras).map(|(index, extra)| {
        vec![
            "none".into(),
            cause_and_day(extra.cause, extra.witness.as_ref(), timing.extra(index)),
            extra.entry.kind.name().into(),
            reference_text(&extra.entry.reference),
            user_text(&extra.entry.user),
            money.show(extra.entry.amount),
            "-".into(),
        ]
    });
    let header = [
        "position",
        "cause",
        "kind",
        "trade or reference",
        "user",
        "in the book",
        "right",
    ];
    format!(
        "{title}\n{}\n{}",
        table(&header, slots.chain(extras)),
        by_cause_text(causes(breaks, timing), timing.count())
    )
}

#[cfg(test)]
mod tests;
