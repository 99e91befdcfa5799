//! `report`: what was proven of a day's books, and a party's own report.

mod submit;

use super::{side_parser, sides, Context, DayArguments};
use crate::output::{
    booked_on, by_cause, by_cause_text, cause_and_day, day_json, entry_json, minor, side_json,
    table, with, Rendered,
};
use anyhow::Result;
use clap::{Args, Subcommand};
use counterfoil_client::{
    mapping::ledger::trade_id_text,
    money::Money,
    report::side_of,
    text::{cause_text, reference_text, side_title, status_text, user_text},
};
use counterfoil_primitives::{
    summary::{BreakList, SideSummary},
    Amount, Cause, Entry, Side, SideTotals,
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

/// The causes of all breaks.
fn causes(breaks: &BreakList) -> impl Iterator<Item = Cause> + '_ {
    let slots = breaks.slots.iter().map(|slot| slot.cause);
    slots.chain(breaks.extras.iter().map(|extra| extra.cause))
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
            json = with(
                json,
                json!({ side.name(): side_and_breaks_json(state, &breaks) }),
            );
            text.push(side_text(side, state, &breaks, &agreement.money));
        }
        Ok(Rendered::new(json, text.join("\n\n")))
    }
}

fn side_and_breaks_json(state: &SideSummary, breaks: &BreakList) -> Json {
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
        side_json(state),
        json!({
            "breaks_by_cause": by_cause(causes(breaks)),
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
            kinds_text(slot.found.as_ref(), Some(right), "in the book"),
            trade_id_text(&right.id),
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
        by_cause_text(causes(breaks))
    )
}

/// What has to be added to the book to make it right, with its sign, in minor units. Payments count up, and
/// refunds down.
pub(super) fn difference(found: Option<&Entry>, right: Option<&Entry>) -> String {
    let mut ways = SideTotals::default();
    if let Some(right) = right {
        ways.add(right.kind, right.amount);
    }
    // What the book has is taken back.
    if let Some(found) = found {
        ways.add(found.kind.other(), found.amount);
    }
    let SideTotals { payments, refunds } = ways;
    if refunds > payments {
        format!("-{}", refunds - payments)
    } else {
        (payments - refunds).to_string()
    }
}

/// The kind of an entry for people: both kinds, if the book has the other one.
pub(super) fn kinds_text(found: Option<&Entry>, right: Option<&Entry>, of_book: &str) -> String {
    match (found, right) {
        (Some(found), Some(right)) if found.kind != right.kind => {
            format!("{} ({} {of_book})", right.kind.name(), found.kind.name())
        }
        _ => right
            .or(found)
            .map_or_else(String::new, |entry| entry.kind.name().into()),
    }
}

/// An amount for programs, or null.
pub(super) fn minor_or_null(amount: Option<Amount>) -> Json {
    amount.map_or(Json::Null, minor)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{summary::SlotBreakView, Cause, Kind};

    fn entry(kind: Kind, amount: Amount) -> Entry {
        Entry {
            kind,
            amount,
            ..Entry::default()
        }
    }

    #[test]
    fn differences_carry_their_sign() {
        let of = |amount| entry(Kind::Payment, amount);
        assert_eq!(difference(Some(&of(5)), Some(&of(3))), "-2");
        assert_eq!(difference(None, Some(&of(3))), "3");
        assert_eq!(difference(Some(&of(3)), None), "-3");
    }

    #[test]
    fn differences_of_refunds_go_the_other_way() {
        let of = |amount| entry(Kind::Refund, amount);
        assert_eq!(difference(Some(&of(5)), Some(&of(3))), "2");
        assert_eq!(difference(None, Some(&of(3))), "-3");
        assert_eq!(difference(Some(&of(3)), None), "3");
    }

    #[test]
    fn an_amount_under_the_wrong_kind_counts_twice() {
        let payment = entry(Kind::Payment, 600);
        let refund = entry(Kind::Refund, 600);
        assert_eq!(difference(Some(&payment), Some(&refund)), "-1200");
        assert_eq!(difference(Some(&refund), Some(&payment)), "1200");
    }

    #[test]
    fn both_kinds_show_where_they_differ() {
        let payment = entry(Kind::Payment, 600);
        let refund = entry(Kind::Refund, 600);
        let text = |found, right| kinds_text(found, right, "in the book");
        assert_eq!(
            text(Some(&payment), Some(&refund)),
            "refund (payment in the book)"
        );
        assert_eq!(text(Some(&refund), Some(&refund)), "refund");
        assert_eq!(text(None, Some(&refund)), "refund");
        assert_eq!(text(Some(&payment), None), "payment");
    }

    #[test]
    fn the_breaks_of_a_side_show_the_kind_that_the_book_has() {
        let right = entry(Kind::Refund, 600);
        let breaks = BreakList {
            slots: vec![SlotBreakView {
                position: 4,
                cause: Cause::WrongKind,
                found: Some(entry(Kind::Payment, 600)),
                right,
            }],
            extras: Vec::new(),
        };
        let money = Money::of("CZK").unwrap();
        let text = side_text(Side::Credit, &SideSummary::default(), &breaks, &money);
        assert!(text.contains("refund (payment in the book)"), "{text}");
    }
}
