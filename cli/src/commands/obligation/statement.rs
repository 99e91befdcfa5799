//! `obligation statement`: the statement of the account on which a party is paid, beside what was declared.

use crate::{
    commands::{
        refused_lines::{refusal_json, refusals_text},
        Context,
    },
    output::{minor, names_and_values, notes_text, table, with, Rendered},
};
use anyhow::{bail, Context as _, Result};
use clap::Args;
use counterfoil_client::{
    chain::{read::At, views::Agreement, Chain},
    mapping::{self, Sheet},
    obligations::Act,
    operator::Operator,
    printable_text::printable,
    statement::{
        declared_to, match_lines, Acknowledgement, ControlSums, Declared, Matching, Outcome,
        StatementLine, StatementMapping, StatementReading, Sum,
    },
    time::day_text,
};
use counterfoil_primitives::{AgreementId, MemberId};
use serde_json::{json, Value as Json};
use std::path::PathBuf;

/// The most lines shown of those that ask nothing of anybody; JSON has all.
const SHOWN: usize = 40;

#[derive(Debug, Args)]
pub(crate) struct Statement {
    /// The agreement's number.
    agreement: AgreementId,
    /// The CSV file.
    file: PathBuf,
    /// The mapping file that names the columns. Without one they are reference, amount and value_date.
    #[arg(long)]
    mapping: Option<PathBuf>,
    /// Acknowledges what the statement shows. Needs the key of whoever is owed.
    #[arg(long)]
    send: bool,
}

/// A statement beside what was declared.
pub(super) struct Compared<'a> {
    pub(super) agreement: &'a Agreement,
    pub(super) reading: StatementReading,
    pub(super) declared: Vec<Declared>,
    pub(super) matching: Matching,
    /// Whether what it shows is acknowledged on chain.
    pub(super) is_sent: bool,
}

impl Statement {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let mapping = match &self.mapping {
            Some(path) => mapping::load(path)?,
            None => StatementMapping::default(),
        };
        let sheet = Sheet::load(&self.file, &mapping)?;
        let chain = context.chain().await?;
        let at = chain.finalized().await?;
        let agreement = at.agreement(self.agreement).await?;
        let operator = match self.send || context.has_key() {
            true => Some(context.operator()?),
            false => None,
        };
        let party = match &operator {
            Some(operator) => Some(party(&at, &agreement, operator).await?),
            None => None,
        };
        let mut reading = mapping.read(&sheet, agreement.money)?;
        let declared = declared_to(party, &at.obligations(agreement.id).await?);
        if declared.is_empty() {
            reading.notes.push(nothing_declared(party, agreement.id));
        }
        let matching = match_lines(agreement.id, &reading.lines, &declared);
        let mut compared = Compared {
            agreement: &agreement,
            reading,
            declared,
            matching,
            is_sent: false,
        };
        if let Some(operator) = operator.filter(|_| self.send) {
            compared.ensure_whole()?;
            compared.send(&chain, &operator).await?;
            compared.is_sent = true;
        }
        Ok(compared.said())
    }
}

/// The party whose key is given.
async fn party(at: &At, agreement: &Agreement, operator: &Operator) -> Result<MemberId> {
    let member = at.member_of(operator).await?;
    agreement.side_of(member)?;
    Ok(member)
}

/// What whoever reads a statement should know where there is nothing that its lines could be of.
fn nothing_declared(party: Option<MemberId>, agreement: AgreementId) -> String {
    let to = party.map_or_else(String::new, |member| format!(" to member {member}"));
    format!("nothing was declared{to} under agreement {agreement}, so no line is of a declaration")
}

impl Compared<'_> {
    /// Refuses to acknowledge by a statement of which lines were not read: one of them may be of the same
    /// declaration as another line, and no acknowledgement is corrected later.
    pub(super) fn ensure_whole(&self) -> Result<()> {
        let Some(first) = self.reading.refused.first() else {
            return Ok(());
        };
        bail!(
            "{} lines are refused, so nothing is acknowledged; the first: {}. Correct the mapping or the file, and \
             give all of it again",
            self.reading.refused.len(),
            first.error
        )
    }

    /// Acknowledges one declaration after the other.
    async fn send(&self, chain: &Chain, operator: &Operator) -> Result<()> {
        let all = &self.matching.acknowledgements;
        for (done, acknowledgement) in all.iter().enumerate() {
            let Declared { first, declaration } = &self.declared[acknowledgement.declared];
            let act = Act::Acknowledge {
                number: declaration.number,
                reference: declaration.reference.clone(),
                received: acknowledgement.received,
            };
            chain
                .act_on_obligation(self.agreement, *first, &act, operator)
                .await
                .with_context(|| {
                    format!(
                        "{done} of {} are acknowledged; run the command again for the others",
                        all.len()
                    )
                })?;
        }
        Ok(())
    }

    pub(super) fn said(&self) -> Rendered {
        let differs = |outcome: &Outcome| matches!(outcome, Outcome::Differs { .. });
        Rendered {
            partial: !self.reading.refused.is_empty(),
            differs: self.matching.outcomes.iter().any(differs),
            ..Rendered::new(self.to_json(), self.to_text())
        }
    }

    fn sums(&self) -> ControlSums {
        ControlSums::of(&self.reading.lines, &self.matching)
    }

    fn lines(&self) -> impl Iterator<Item = (&StatementLine, &Outcome)> {
        self.reading.lines.iter().zip(&self.matching.outcomes)
    }

    fn to_json(&self) -> Json {
        let acknowledgements = &self.matching.acknowledgements;
        let acknowledgements = acknowledgements.iter().map(|acknowledgement| {
            let received = minor(acknowledgement.received);
            let lines = self.lines_of(acknowledgement);
            with(
                self.declared_json(acknowledgement.declared),
                json!({
                    "received": received,
                    "lines": lines,
                    "other_value_date": acknowledgement.other_value_date,
                }),
            )
        });
        let lines = self.lines().map(|(line, outcome)| {
            json!({
                "line": line.line,
                "texts": line.texts,
                "amount": minor(line.amount),
                "received": line.is_received,
                "value_date": line.value_date.map(day_text),
                "outcome": outcome.name(),
                "why": why_name(outcome),
                "declaration": outcome.declared().map(|one| self.declared_json(one)),
            })
        });
        let absent = self.matching.absent.iter();
        let refusals = self.reading.refused.iter();
        let sums = self.sums();
        json!({
            "agreement": self.agreement.id,
            "currency": self.agreement.money.code(),
            "sent": self.is_sent,
            "acknowledgements": acknowledgements.collect::<Vec<_>>(),
            "lines": lines.collect::<Vec<_>>(),
            "absent": absent.map(|one| self.declared_json(*one)).collect::<Vec<_>>(),
            "sums": {
                "received": sum_json(sums.received),
                "to_acknowledge": sum_json(sums.to_acknowledge),
                "acknowledged_before": sum_json(sums.acknowledged_before),
                "differing": sum_json(sums.differing),
                "unmatched": sum_json(sums.unmatched),
                "paid_out": sum_json(sums.paid_out),
            },
            "refused": self.reading.refused.len(),
            "refusals": refusals.map(|refused| refusal_json(&refused.error)).collect::<Vec<_>>(),
            "notes": self.reading.notes,
        })
    }

    /// The lines of the file that an acknowledgement is by.
    fn lines_of(&self, of: &Acknowledgement) -> Vec<u64> {
        let lines = &self.reading.lines;
        of.lines.iter().map(|at| lines[*at].line).collect()
    }

    fn declared_json(&self, one: usize) -> Json {
        let Declared { first, declaration } = &self.declared[one];
        json!({
            "first": day_text(*first),
            "number": declaration.number,
            "reference": declaration.reference.as_str(),
            "declared": minor(declaration.amount),
            "declared_value_date": day_text(declaration.value_date),
        })
    }

    fn to_text(&self) -> String {
        let mut texts = vec![self.lines_text(), self.sums_text()];
        if !self.matching.absent.is_empty() {
            let absent = self.matching.absent.iter();
            let absent: Vec<String> = absent.map(|one| self.declared_text(*one)).collect();
            texts.push(format!(
                "declared, and not in the statement: {}",
                absent.join("; ")
            ));
        }
        texts.push(self.outcome_text());
        let refused = match self.reading.refused.len() {
            0 => String::new(),
            count => format!("\n{count} lines are refused:"),
        };
        texts.join("\n")
            + &notes_text(&self.reading.notes)
            + &refused
            + &refusals_text(&self.reading.refused, None)
    }

    /// The lines. Of those that ask nothing of anybody the first ones are enough.
    fn lines_text(&self) -> String {
        let (mut rows, mut others) = (Vec::new(), 0_usize);
        for (line, outcome) in self.lines() {
            if matches!(outcome, Outcome::Before(_) | Outcome::Unmatched(_)) {
                others += 1;
                if others > SHOWN {
                    continue;
                }
            }
            rows.push(self.row(line, outcome));
        }
        let header = [
            "line",
            "value date",
            "reference",
            "amount",
            "declaration",
            "what is made of it",
        ];
        let text = table(&header, rows);
        match others.saturating_sub(SHOWN) {
            0 => text,
            hidden => format!(
                "{text}\nfurther lines that are of no declaration, or were acknowledged before: {hidden}; \
                 --output json has them"
            ),
        }
    }

    fn row(&self, line: &StatementLine, outcome: &Outcome) -> Vec<String> {
        let sign = if line.is_received { "" } else { "-" };
        vec![
            line.line.to_string(),
            line.value_date.map_or_else(|| "-".into(), day_text),
            line.texts.join(" | "),
            format!("{sign}{}", self.agreement.money.show(line.amount)),
            outcome
                .declared()
                .map_or_else(|| "-".into(), |one| self.declared_text(one)),
            self.what(outcome),
        ]
    }

    /// A declaration in a few words: `3 of 2026-11-01, 40.00 CZK, FT-0001`.
    fn declared_text(&self, one: usize) -> String {
        let Declared { first, declaration } = &self.declared[one];
        format!(
            "{} of {}, {}, {}",
            declaration.number,
            day_text(*first),
            self.agreement.money.show(declaration.amount),
            printable(&declaration.reference)
        )
    }

    /// What is made of a line.
    fn what(&self, outcome: &Outcome) -> String {
        match outcome {
            Outcome::Acknowledge(one) => {
                let mut of = self.matching.acknowledgements.iter();
                let found = of.find(|acknowledgement| acknowledgement.declared == *one);
                found.map_or_else(String::new, |found| self.acknowledged(found))
            }
            Outcome::Before(_) => "was acknowledged before".into(),
            Outcome::Differs { why, .. } => format!("differs: {why}"),
            Outcome::Unmatched(why) => format!("of no declaration: {why}"),
        }
    }

    /// What is acknowledged, or would be, and what is remarkable about it.
    fn acknowledged(&self, of: &Acknowledgement) -> String {
        let money = &self.agreement.money;
        let declaration = &self.declared[of.declared].declaration;
        let verb = if self.is_sent {
            "acknowledged"
        } else {
            "acknowledges"
        };
        let mut text = format!("{verb} {}", money.show(of.received));
        let missing = declaration.amount.saturating_sub(of.received);
        if missing > 0 {
            text += &format!(", {} less than declared", money.show(missing));
        }
        if of.other_value_date {
            let declared = day_text(declaration.value_date);
            text += &format!(", declared for value date {declared}");
        }
        text
    }

    fn sums_text(&self) -> String {
        let money = &self.agreement.money;
        let text = |sum: Sum| match sum.lines {
            0 => "none".into(),
            lines => format!("{lines} lines, {}", money.show(sum.amount)),
        };
        let sums = self.sums();
        let to_acknowledge = match self.is_sent {
            true => "acknowledged",
            false => "to acknowledge",
        };
        names_and_values([
            ("came in", text(sums.received)),
            (to_acknowledge, text(sums.to_acknowledge)),
            ("acknowledged before", text(sums.acknowledged_before)),
            ("differ", text(sums.differing)),
            ("of no declaration", text(sums.unmatched)),
            ("paid out", text(sums.paid_out)),
        ])
    }

    fn outcome_text(&self) -> String {
        let count = self.matching.acknowledgements.len();
        match (count, self.is_sent) {
            (0, _) => "by this statement nothing is to be acknowledged".into(),
            (count, true) => format!("{count} declarations are acknowledged"),
            (count, false) => {
                format!("nothing was sent; --send acknowledges {count} declarations")
            }
        }
    }
}

/// Why a line is left to people, or is of no declaration, for programs.
fn why_name(outcome: &Outcome) -> Option<&'static str> {
    match outcome {
        Outcome::Differs { why, .. } => Some(why.name()),
        Outcome::Unmatched(why) => Some(why.name()),
        Outcome::Acknowledge(_) | Outcome::Before(_) => None,
    }
}

fn sum_json(sum: Sum) -> Json {
    json!({ "lines": sum.lines, "amount": minor(sum.amount) })
}
