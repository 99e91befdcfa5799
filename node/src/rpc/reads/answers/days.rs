//! Days, their sides and their sums.

use super::{
    super::{
        arguments::Arguments,
        at::At,
        schema::Schema,
        written::{date, hash, moment, money, name, owed, with},
    },
    agreements::{rail, rail_schema},
    awaited::{of_day as awaited, schema as awaited_schema, states},
    obligations::{payment, payment_fields},
};
use counterfoil_primitives::{
    amendment::Content,
    settlement::ObligationView,
    summary::{DaySummary, SideStatus, SideSummary},
    timing,
    written::Denomination,
    AgreementView, Commitment, DayTotals, KindTotals, Side,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A day.
pub fn show(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let (agreement, day) = at.day(of)?;
    let by = agreement.denomination();
    let paid = agreement.conditions_on(day.day).map(|of_day| of_day.rail);
    let [debit, credit] = Side::BOTH.map(|side| at.timing_of(of.agreement, &day, side));
    let of_period = at.source.obligation(at.block.hash, of.agreement, of.day)?;
    Ok(json!({
        "agreement": of.agreement,
        "day": date(day.day),
        "status": name(day.status),
        "trades": day.trades,
        "payments": kind_totals(&day.payments, &by),
        "refunds": kind_totals(&day.refunds, &by),
        "cut_off_at": moment(day.cut_off_at),
        "due_on": date(day.due_with.next()),
        "preset_at": moment(day.preset_at),
        "deadline_at": moment(day.deadline_at),
        "debit": side(&day.debit, debit?, &by),
        "credit": side(&day.credit, credit?, &by),
        "obligation": day.obligation.map(|of_day| owed(of_day, &by)),
        "period": { "first": date(day.period.first), "last": date(day.period.last) },
        "rail": paid.map(rail),
        "asset": paid.and_then(|rail| rail.asset()),
        "paid_at": day.paid_at.map(moment),
        "settlement": of_period.map(|view| settlement(&view, &by)),
        "amendments": amendments(at, of, &agreement, &day)?,
        "awaited": awaited(&agreement, &day, at.now),
    }))
}

/// What is owed for the day's settlement period, in short.
fn settlement(view: &ObligationView, by: &Denomination<'_>) -> Json {
    let amount = json!({ "obligation": owed(view.obligation.amount, by) });
    with(amount, payment(view, by))
}

/// The numbers of the proposals that are not completed and name trades of the day, or payments that
/// occurred on it. An agreement has a limited number of proposals.
fn amendments(
    at: &At<'_>,
    of: &Arguments,
    agreement: &AgreementView,
    day: &DaySummary,
) -> RpcResult<Vec<u32>> {
    let mut numbers = Vec::new();
    for (number, _) in at.source.proposals(at.block.hash, of.agreement)? {
        let found = at.source.proposal(at.block.hash, of.agreement, number)?;
        let touches = match found.and_then(|(_, content)| content) {
            Some(Content::Supplement { payments }) => payments
                .iter()
                .any(|payment| agreement.day_of(payment.occurred_at) == Some(day.day)),
            Some(content) => content.day() == Some(day.day),
            None => false,
        };
        if touches {
            numbers.push(number);
        }
    }
    Ok(numbers)
}

/// A side, `timing` of whose breaks are ends of timing differences.
fn side(side: &SideSummary, timing: u32, by: &Denomination<'_>) -> Json {
    json!({
        "status": side.status.name(),
        "breaks": timing::apart(&side.status, timing).breaks(),
        "timing": side.status.breaks().map(|_| timing),
        "corrections": corrections(&side.status, timing),
        "overdue": side.overdue,
        "defaulted": side.defaulted,
        "round": side.round,
        "replacements": side.replacements,
        "commitment": side.commitment.map(|own| commitment(&own, by)),
        "chain": side.chain.map(|own| commitment(&own, by)),
        "listed_pages": side.listed_pages,
        "accepted_pages": side.accepted_pages,
        "late_until": side.late_until.map(moment),
    })
}

/// How much a party's ledger has to change; nothing more once its book took the corrections.
fn corrections(status: &SideStatus, timing: u32) -> Option<u32> {
    match status {
        SideStatus::Repaired { .. } => Some(0),
        _ => timing::apart(status, timing).breaks(),
    }
}

fn commitment(of: &Commitment, by: &Denomination<'_>) -> Json {
    json!({
        "slots_root": hash(of.slots_root),
        "extras_root": hash(of.extras_root),
        "slots": of.slots,
        "extras": of.extras,
        "totals": {
            "payments": money(of.totals.payments, by),
            "refunds": money(of.totals.refunds, by),
        },
    })
}

fn kind_totals(totals: &KindTotals, by: &Denomination<'_>) -> Json {
    json!({
        "count": totals.count,
        "gross": money(totals.gross, by),
        "debit": money(totals.debit, by),
        "credit": money(totals.credit, by),
    })
}

/// The trades of both kinds.
pub fn totals(totals: &DayTotals, by: &Denomination<'_>) -> Json {
    json!({
        "payments": kind_totals(&totals.payments, by),
        "refunds": kind_totals(&totals.refunds, by),
    })
}

/// The schema of [`show`].
pub fn show_schema() -> Schema {
    let amount = (
        "obligation",
        Schema::amount(),
        "What the company owes for it so far; below zero, the bank owes.",
    );
    let settlement = Schema::object([amount].into_iter().chain(payment_fields()));
    let period = Schema::object([
        ("first", Schema::date(), "The first of them."),
        ("last", Schema::date(), "The last of them."),
    ]);
    Schema::object([
        ("agreement", Schema::number(), "The agreement's number."),
        ("day", Schema::date(), "The business day."),
        ("status", states(), "Its state."),
        ("trades", Schema::number(), "Trades of both kinds."),
        ("payments", kind_totals_schema(), "The payments."),
        ("refunds", kind_totals_schema(), "The refunds."),
        (
            "cut_off_at",
            Schema::moment(),
            "When trades stop being taken.",
        ),
        ("due_on", Schema::date(), "The date on which it comes due."),
        ("preset_at", Schema::moment(), "When it is reconciled."),
        (
            "deadline_at",
            Schema::moment(),
            "When a side not proven may be marked defaulted.",
        ),
        ("debit", side_schema(), "The company's side."),
        ("credit", side_schema(), "The bank's side."),
        (
            "obligation",
            Schema::amount().or_null(),
            "What the company owes; below zero, the bank owes. Null until the day is reconciled.",
        ),
        ("period", period, "The days that are paid together."),
        ("rail", rail_schema().or_null(), "How the money moves."),
        (
            "asset",
            Schema::number().or_null(),
            "The asset, where it moves in one.",
        ),
        (
            "paid_at",
            Schema::moment().or_null(),
            "When nothing was left to pay for the period.",
        ),
        (
            "settlement",
            settlement.or_null(),
            "The settlement period; null while no day of it is reconciled.",
        ),
        (
            "amendments",
            Schema::number().list(),
            "The proposals, not completed, that name trades of the day.",
        ),
        (
            "awaited",
            awaited_schema().list(),
            "What the day waits for.",
        ),
    ])
}

fn side_schema() -> Schema {
    let states = Schema::names_of(|status: SideStatus| status.name());
    let commitment = || commitment_schema().or_null();
    Schema::object([
        ("status", states, "Its state."),
        (
            "breaks",
            Schema::number().or_null(),
            "Proven breaks but for timing differences; null until it is proven.",
        ),
        (
            "timing",
            Schema::number().or_null(),
            "Proven breaks that are timing differences.",
        ),
        (
            "corrections",
            Schema::number().or_null(),
            "Corrections of the ledger; 0 once the book took them, null until it is proven.",
        ),
        (
            "overdue",
            Schema::boolean(),
            "Whether it was not committed at the preset time.",
        ),
        (
            "defaulted",
            Schema::boolean(),
            "Whether it was not proven by the deadline.",
        ),
        (
            "round",
            Schema::number(),
            "The round whose commitment is awaited or stands.",
        ),
        (
            "replacements",
            Schema::number(),
            "How often the commitment was replaced.",
        ),
        ("commitment", commitment(), "What the party committed to."),
        (
            "chain",
            commitment(),
            "The chain's own book of the side, once the day is sealed.",
        ),
        (
            "listed_pages",
            Schema::number(),
            "Pages that an accepted header lists.",
        ),
        (
            "accepted_pages",
            Schema::number(),
            "Pages of those that are accepted.",
        ),
        (
            "late_until",
            Schema::moment().or_null(),
            "Until when it may be proven late.",
        ),
    ])
}

fn commitment_schema() -> Schema {
    let totals = Schema::object([
        ("payments", Schema::amount(), "Of payments."),
        ("refunds", Schema::amount(), "Of refunds."),
    ]);
    Schema::object([
        ("slots_root", Schema::hash(), "The root over its slots."),
        ("extras_root", Schema::hash(), "The root over its extras."),
        ("slots", Schema::number(), "Positions."),
        ("extras", Schema::number(), "Entries on no position."),
        ("totals", totals, "The sums of its amounts."),
    ])
}

fn kind_totals_schema() -> Schema {
    Schema::object([
        ("count", Schema::number(), "Trades."),
        ("gross", Schema::amount(), "What users paid or got back."),
        ("debit", Schema::amount(), "The company's amounts."),
        ("credit", Schema::amount(), "The bank's amounts."),
    ])
}

/// The schema of [`totals`].
pub fn totals_schema() -> Schema {
    Schema::object([
        ("payments", kind_totals_schema(), "The payments."),
        ("refunds", kind_totals_schema(), "The refunds."),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_repaired_side_has_nothing_to_correct_any_more() {
        let breaks = 3;
        assert_eq!(corrections(&SideStatus::Proven { breaks }, 1), Some(2));
        assert_eq!(corrections(&SideStatus::ProvenLate { breaks }, 0), Some(3));
        assert_eq!(corrections(&SideStatus::Repaired { breaks }, 1), Some(0));
        assert_eq!(corrections(&SideStatus::Defaulted, 0), None);
    }
}
