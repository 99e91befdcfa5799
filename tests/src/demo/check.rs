//! What the chain says against what the demo worked out from the file by itself.

mod next_day;

use super::{
    breaks::Party,
    facts::{cause_name, Facts, Paid},
    input::{Input, Payment},
    setup::Setup,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{
    summary::{DayStatus, SideStatus},
    KindTotals,
};
use serde_json::json;
use std::{collections::BTreeSet, fmt::Debug};

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
    let day = &facts.summary;
    findings.same("trades", day.trades as usize, setup.trades.len());
    findings.same("refused lines", facts.refused, setup.input.refused as u64);
    let Input {
        payments, refunds, ..
    } = &setup.input;
    check_kind("payments", payments, &day.payments, &mut findings);
    check_kind("refunds", refunds, &day.refunds, &mut findings);
    let owed = obligation(payments, refunds);
    findings.same("obligation", day.obligation, Some(owed));
    findings.same("paid", facts.paid.clone(), payment_of(owed));
    findings.same("status", day.status, DayStatus::Settled);
    findings.same("bank overdue", day.credit.overdue, !clean);
    findings.same("company overdue", day.debit.overdue, false);
    for party in Party::BOTH {
        check_party(setup, facts, party, owed, &mut findings);
    }
    next_day::check(setup, facts, &mut findings);
    findings
}

/// What the company owes the bank for payments and refunds; below zero, the bank owes the company.
fn obligation(payments: &[Payment], refunds: &[Payment]) -> i128 {
    let credit = |trades: &[Payment]| -> i128 {
        let credits = trades.iter().map(|trade| trade.credit as i128);
        credits.sum()
    };
    credit(payments) - credit(refunds)
}

fn check_kind(kind: &str, trades: &[Payment], found: &KindTotals, findings: &mut Findings) {
    let sum = |amount: fn(&Payment) -> u128| -> u128 { trades.iter().map(amount).sum() };
    let same = [
        ("number", u128::from(found.count), trades.len() as u128),
        ("gross", found.gross, sum(|trade| trade.gross)),
        ("debit", found.debit, sum(|trade| trade.debit)),
        ("credit", found.credit, sum(|trade| trade.credit)),
    ];
    for (what, found, expected) in same {
        findings.same(&format!("{kind}: {what}"), found, expected);
    }
}

/// The payment of what the company owes the bank, or the bank owes the company where it is below zero.
fn payment_of(owed: i128) -> Vec<Paid> {
    let (company, bank) = (Party::Company.member(), Party::Bank.member());
    let amount = owed.unsigned_abs();
    let paid = |debtor, creditor| Paid {
        debtor,
        creditor,
        amount,
    };
    match owed.signum() {
        0 => Vec::new(),
        1 => vec![paid(company, bank)],
        _ => vec![paid(bank, company)],
    }
}

fn check_party(setup: &Setup, facts: &Facts, party: Party, owed: i128, findings: &mut Findings) {
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
    let change = match party {
        Party::Company => -owed,
        Party::Bank => owed,
    };
    findings.same(
        &format!("{name}: change of its balance"),
        after as i128 - before as i128,
        change,
    );
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

#[cfg(test)]
mod tests {
    use super::*;

    /// A trade of which the bank has this share.
    fn trade(credit: u128) -> Payment {
        Payment {
            source_id: "1".into(),
            reference: [1; 16],
            user: "somebody".into(),
            product: 1,
            gross: 1_000,
            debit: 1_000 - credit,
            credit,
            occurred_at: 0,
            time: Default::default(),
            refund_of: None,
        }
    }

    #[test]
    fn without_refunds_the_sum_of_the_credit_amounts_is_owed() {
        assert_eq!(obligation(&[trade(30), trade(12)], &[]), 42);
        assert_eq!(obligation(&[], &[]), 0);
    }

    #[test]
    fn refunds_lessen_what_is_owed_and_may_turn_it_round() {
        assert_eq!(obligation(&[trade(30), trade(12)], &[trade(10)]), 32);
        assert_eq!(obligation(&[trade(30)], &[trade(30)]), 0);
        assert_eq!(obligation(&[trade(30)], &[trade(42)]), -12);
    }

    #[test]
    fn whoever_owes_pays_once() {
        let (company, bank) = (Party::Company.member(), Party::Bank.member());
        let pays = |debtor, creditor, amount| {
            vec![Paid {
                debtor,
                creditor,
                amount,
            }]
        };
        assert_eq!(payment_of(12), pays(company, bank, 12));
        assert_eq!(payment_of(-12), pays(bank, company, 12));
    }

    #[test]
    fn where_nothing_is_owed_nobody_pays() {
        assert_eq!(payment_of(0), Vec::new());
    }
}
