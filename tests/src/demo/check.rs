//! What the chain says against what the demo worked out from the file by itself.

use super::{
    breaks::Party,
    facts::{cause_name, Facts},
    setup::Setup,
};
use anyhow::{bail, Result};
use counterfoil_primitives::summary::{DayStatus, SideStatus};
use serde_json::{json, Value};
use std::{
    collections::{BTreeMap, BTreeSet},
    fmt::Debug,
};

/// What was compared, and what differs.
#[derive(Debug, Default)]
pub struct Findings {
    /// How many values were compared.
    pub compared: usize,
    differences: Vec<String>,
}

impl Findings {
    fn same<T: PartialEq + Debug>(&mut self, what: &str, found: T, expected: T) {
        self.compared += 1;
        if found != expected {
            self.differences.push(format!(
                "{what}: the chain says {found:?}, the file gives {expected:?}"
            ));
        }
    }

    /// Fails where anything differs.
    pub fn verdict(&self) -> Result<()> {
        match self.differences.is_empty() {
            true => Ok(()),
            false => bail!(
                "the day is not as the file says:\n  {}",
                self.differences.join("\n  ")
            ),
        }
    }
}

/// A break, apart from where it stands: reference, cause, what was found, what is right.
type Break = ([u8; 16], String, Option<u128>, Option<u128>);

/// Compares everything that the day shows.
pub fn check(setup: &Setup, facts: &Facts, clean: bool) -> Findings {
    let mut findings = Findings::default();
    let payments = &setup.input.payments;
    let sum =
        |amount: fn(&super::input::Payment) -> u128| -> u128 { payments.iter().map(amount).sum() };
    let day = &facts.summary;
    findings.same("trades", day.trades as usize, payments.len());
    findings.same("refused lines", facts.refused, setup.input.refused as u64);
    findings.same("gross", day.gross, sum(|payment| payment.gross));
    findings.same("debit", day.debit_total, sum(|payment| payment.debit));
    findings.same("credit", day.credit_total, sum(|payment| payment.credit));
    let owed = sum(|payment| payment.credit);
    findings.same("payable", day.payable, Some(owed));
    findings.same(
        "payments",
        facts.paid.clone(),
        if owed > 0 { vec![owed] } else { vec![] },
    );
    findings.same("status", day.status, DayStatus::Settled);
    findings.same("bank overdue", day.credit.overdue, !clean);
    findings.same("company overdue", day.debit.overdue, false);
    for party in Party::BOTH {
        check_party(setup, facts, party, owed, &mut findings);
    }
    findings
}

fn check_party(setup: &Setup, facts: &Facts, party: Party, owed: u128, findings: &mut Findings) {
    let name = party.name();
    let found = &facts.parties[&party];
    let planned = &setup.ledgers[&party].planned;
    let expected: BTreeSet<Break> = planned
        .iter()
        .map(|planned| {
            (
                planned.reference,
                planned.cause.into(),
                planned.found,
                planned.right,
            )
        })
        .collect();
    findings.same(&format!("{name}: breaks"), breaks(facts, party), expected);

    let side = match party {
        Party::Company => &facts.summary.debit,
        Party::Bank => &facts.summary.credit,
    };
    let count = planned.len() as u32;
    let status = match count {
        0 => {
            side.status == (SideStatus::Proven { breaks: 0 })
                || side.status == (SideStatus::Repaired { breaks: 0 })
        }
        breaks => side.status == SideStatus::Repaired { breaks },
    };
    findings.same(&format!("{name}: book equal to the chain"), status, true);
    findings.same(&format!("{name}: told breaks"), found.told, Some(count));
    let extras = planned
        .iter()
        .filter(|planned| planned.right.is_none())
        .count();
    let suspended = found.suspense.as_array().map(Vec::len);
    findings.same(&format!("{name}: suspense list"), suspended, Some(extras));
    findings.same(
        &format!("{name}: corrections"),
        found.corrections,
        planned.len(),
    );
    for (field, value) in [
        ("breaks", json!(count)),
        ("paid", json!(true)),
        ("defaulted", json!(false)),
    ] {
        findings.same(
            &format!("{name}: result, {field}"),
            &found.result[field],
            &value,
        );
    }
    let (before, after) = found.balance;
    let expected = match party {
        Party::Company => before.checked_sub(owed),
        Party::Bank => before.checked_add(owed),
    };
    findings.same(&format!("{name}: balance"), Some(after), expected);
}

/// The proven breaks of a party's side, by reference.
fn breaks(facts: &Facts, party: Party) -> BTreeSet<Break> {
    let list = &facts.parties[&party].breaks;
    let slots = list.slots.iter().map(|slot| {
        (
            slot.right.reference.0,
            cause_name(slot.cause),
            slot.found.map(|found| found.amount),
            Some(slot.right.amount),
        )
    });
    let extras = list.extras.iter().map(|extra| {
        (
            extra.entry.reference.0,
            cause_name(extra.cause),
            Some(extra.entry.amount),
            None,
        )
    });
    slots.chain(extras).collect()
}

/// The day in numbers, as one JSON object; amounts are minor units, as strings.
pub fn numbers(setup: &Setup, facts: &Facts) -> Value {
    let day = &facts.summary;
    let mut causes: BTreeMap<String, u32> = BTreeMap::new();
    for party in Party::BOTH {
        for (_, cause, _, _) in breaks(facts, party) {
            *causes.entry(cause).or_default() += 1;
        }
    }
    let seconds = |moment: u64| moment.saturating_sub(setup.plan.preset_at()) as f64 / 1000.0;
    let corrections: usize = facts.parties.values().map(|party| party.corrections).sum();
    json!({
        "trades": day.trades,
        "refused": facts.refused,
        "gross": day.gross.to_string(),
        "debit": day.debit_total.to_string(),
        "credit": day.credit_total.to_string(),
        "payable": day.payable.unwrap_or_default().to_string(),
        "paid": facts.paid.iter().sum::<u128>().to_string(),
        "breaks": causes,
        "corrections": corrections,
        "status": day.status,
        "report_seconds": seconds(facts.reconciled_at),
        "paid_seconds": seconds(day.paid_at.unwrap_or_default()),
    })
}
