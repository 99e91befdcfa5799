//! The day in numbers, for programs.

use super::facts::{cause_name, Facts};
use counterfoil_primitives::Moment;
use serde_json::{json, Value};
use std::collections::BTreeMap;

/// The day in numbers, as one JSON object; amounts are minor units, as strings. Both parties were compared at
/// `preset_at`, from which seconds count.
///
/// `trades`, `gross`, `debit` and `credit` are those of the file's payments, and `refunds` counts the refunds
/// of them. `obligation` is what the company owes for the whole day; below zero, the bank owes.
/// `payable` is what the company owes, "0" where it owes nothing, and `paid` is what whoever owes paid.
/// `amendments` counts those that both agreed on and that are booked, on the day after; `timing` counts the
/// timing differences that the preview of the company's ledger of the day after shows.
pub fn of(facts: &Facts, preset_at: Moment) -> Value {
    let day = &facts.summary;
    let owed = day.obligation.unwrap_or_default();
    let seconds = |moment: Moment| moment.saturating_sub(preset_at) as f64 / 1000.0;
    let paid: u128 = facts.paid.iter().map(|paid| paid.amount).sum();
    let corrections: usize = facts.parties.values().map(|party| party.corrections).sum();
    let preview = facts.next_day.preview.as_ref();
    let timing = preview.and_then(|preview| preview.json["timing"].as_u64());
    json!({
        "trades": day.payments.count,
        "refunds": day.refunds.count,
        "refused": facts.refused,
        "gross": day.payments.gross.to_string(),
        "debit": day.payments.debit.to_string(),
        "credit": day.payments.credit.to_string(),
        "payable": owed.max(0).to_string(),
        "obligation": owed.to_string(),
        "paid": paid.to_string(),
        "breaks": breaks_by_cause(facts),
        "timing": timing.unwrap_or_default(),
        "amendments": usize::from(facts.amendment.is_some()),
        "corrections": corrections,
        "status": day.status,
        "report_seconds": seconds(facts.reconciled_at),
        "paid_seconds": seconds(day.paid_at.unwrap_or_default()),
    })
}

/// How many breaks of each cause both parties have.
fn breaks_by_cause(facts: &Facts) -> BTreeMap<String, u32> {
    let mut causes: BTreeMap<String, u32> = BTreeMap::new();
    for party in facts.parties.values() {
        let slots = party.breaks.slots.iter().map(|slot| slot.cause);
        let extras = party.breaks.extras.iter().map(|extra| extra.cause);
        for cause in slots.chain(extras) {
            *causes.entry(cause_name(cause)).or_default() += 1;
        }
    }
    causes
}

#[cfg(test)]
mod tests;
