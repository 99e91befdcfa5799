//! `book show`, `book suspense`, `book result`: what one's own node keeps of a day.

use super::{
    side_or_own,
    suspense_entries::{self, Suspended},
};
use crate::{
    commands::{side_parser, Context, DayArguments},
    output::{names_and_values, side_id_json, table, with, Rendered},
};
use anyhow::Result;
use clap::Args;
use counterfoil_client::{
    chain::views::Agreement,
    money::Money,
    text::{cause_text, obligation_text, reference_text, user_text},
};
use counterfoil_primitives::Side;
use serde_json::{json, Value as Json};

#[derive(Debug, Args)]
pub(crate) struct Own {
    #[command(flatten)]
    named: DayArguments,
    /// The side. The default is your own.
    #[arg(long, value_parser = side_parser())]
    side: Option<Side>,
}

impl Own {
    /// The node's answer, and what is needed to show it.
    async fn ask(&self, context: &Context, method: &str) -> Result<(Agreement, Side, Json)> {
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let agreement = at.agreement(self.named.agreement).await?;
        let side = side_or_own(context, &at, &agreement, self.side).await?;
        let answer = chain.own_book(method, self.named.side_id(side)).await?;
        Ok((agreement, side, answer))
    }

    fn json(&self, side: Side, key: &str, answer: Json) -> Json {
        with(
            side_id_json(self.named.side_id(side)),
            json!({ key: answer }),
        )
    }

    pub(super) async fn show(&self, context: &Context) -> Result<Rendered> {
        let (agreement, side, book) = self.ask(context, "counterfoil_bookState").await?;
        let text = if book.is_null() {
            "the node has no book of this day".into()
        } else {
            names_and_values([
                ("source", plain(&book["source"])),
                ("positions", plain(&book["slots"])),
                ("extras", plain(&book["extras"])),
                ("payments", amount(&agreement.money, &book["payments"])),
                ("refunds", amount(&agreement.money, &book["refunds"])),
                ("closed", plain(&book["frozen"])),
                ("repaired", plain(&book["repaired"])),
                ("equal references", plain(&book["equal_references"])),
                ("problem", plain(&book["problem"])),
                ("import", import_text(&book["import"])),
            ])
        };
        Ok(Rendered::new(self.json(side, "book", book), text))
    }

    pub(super) async fn suspense(&self, context: &Context) -> Result<Rendered> {
        let (agreement, side, suspense) = self.ask(context, "counterfoil_bookSuspense").await?;
        let entries = suspense_entries::read(suspense)?;
        let rows = entries.iter().map(|suspended| {
            let entry = &suspended.entry;
            vec![
                cause_text(suspended.cause),
                entry.kind.name().into(),
                reference_text(&entry.reference),
                user_text(&entry.user),
                entry.product.to_string(),
                agreement.money.show(entry.amount),
            ]
        });
        let text = if entries.is_empty() {
            "the suspense list is empty".into()
        } else {
            table(
                &["cause", "kind", "reference", "user", "product", "amount"],
                rows,
            )
        };
        let json = entries.iter().map(Suspended::json).collect();
        Ok(Rendered::new(self.json(side, "suspense", json), text))
    }

    pub(super) async fn result(&self, context: &Context) -> Result<Rendered> {
        let (agreement, side, result) = self.ask(context, "counterfoil_bookResult").await?;
        let text = if result.is_null() {
            "the node has no result of this day yet".into()
        } else {
            names_and_values([
                ("trades", plain(&result["trades"])),
                ("breaks", plain(&result["breaks"])),
                ("repaired", plain(&result["repaired"])),
                ("defaulted", plain(&result["defaulted"])),
                (
                    "obligation",
                    obligation(&agreement.money, &result["obligation"]),
                ),
                ("paid", plain(&result["paid"])),
            ])
        };
        Ok(Rendered::new(self.json(side, "result", result), text))
    }
}

/// The import of a ledger as people read it.
fn import_text(import: &Json) -> String {
    if import.is_null() {
        return "none".into();
    }
    let stands = if import["confirmed"] == true {
        "confirmed"
    } else {
        "not confirmed"
    };
    format!("{} lines, {stands}", plain(&import["lines"]))
}

/// A value as people read it.
fn plain(value: &Json) -> String {
    match value {
        Json::Null => "-".into(),
        Json::String(text) => text.clone(),
        Json::Bool(true) => "yes".into(),
        Json::Bool(false) => "no".into(),
        other => other.to_string(),
    }
}

/// What is owed for a day, which a node writes as text with its sign.
fn obligation(money: &Money, value: &Json) -> String {
    if value.is_null() {
        return "not known before the day is reconciled".into();
    }
    let owed = value.as_str().and_then(|text| text.parse().ok());
    owed.map_or_else(|| plain(value), |owed| obligation_text(owed, money))
}

/// An amount that a node writes as text.
fn amount(money: &Money, value: &Json) -> String {
    let amount = value.as_str().and_then(|text| text.parse().ok());
    amount.map_or_else(|| plain(value), |amount| money.show(amount))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_owed_is_read_with_its_sign() {
        let money = Money::of("CZK").unwrap();
        let text = |value: Json| obligation(&money, &value);
        assert_eq!(text(json!("-5")), "the bank owes the company 0.05 CZK");
        assert_eq!(text(json!("0")), "nothing");
    }

    #[test]
    fn what_is_owed_is_not_known_before_the_day_is_reconciled() {
        let text = obligation(&Money::of("CZK").unwrap(), &Json::Null);
        assert_eq!(text, "not known before the day is reconciled");
    }
}
