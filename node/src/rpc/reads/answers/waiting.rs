//! What waits under an agreement, and for whom: an operator's inbox in one answer.

use super::{
    super::{
        arguments::Arguments,
        at::At,
        schema::Schema,
        written::{date, moment, name, with},
    },
    awaited::{list as awaited_list, schema as awaited_schema, states},
    obligations::{payment, payment_fields},
    proposals::awaited,
};
use counterfoil_primitives::{
    amendment::Ground, awaited_of_day::WaitingDay, settlement::ObligationView, tree::PAGE_SIZE,
    written::Denomination, AgreementView, BusinessDay,
};
use counterfoil_runtime::views::{MAX_DAYS_READ, MAX_WAITING_DAYS};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// How many days back from today are looked at: a side may be proven late for thirty business days.
const DAYS_BACK: u32 = 62;

const _: () = assert!(
    DAYS_BACK < MAX_WAITING_DAYS && DAYS_BACK < MAX_DAYS_READ,
    "one answer of the runtime has all the days"
);

/// What waits.
pub fn show(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let by = agreement.denomination();
    let (days_from, days) = days(at, of, &agreement)?;
    let open = at.source.proposals(at.block.hash, of.agreement)?;
    let proposals = open.iter().filter_map(|(number, proposal)| {
        let members = awaited(&agreement, proposal, at.now);
        (!members.is_empty()).then(|| {
            json!({
                "number": number,
                "ground": proposal.ground.name(),
                "proposer": proposal.proposer,
                "awaited": members,
                "answer_until": moment(proposal.answer_until),
            })
        })
    });
    let mut due = at.source.unpaid_obligations(at.block.hash, of.agreement)?;
    due.retain(|view| view.obligation.is_due());
    let shown = due.iter().take(PAGE_SIZE as usize);
    let obligations = shown.map(|view| obligation(view, &by));
    Ok(json!({
        "agreement": of.agreement,
        "now": moment(at.now),
        "days_from": days_from.map(date),
        "days": days,
        "proposals": proposals.collect::<Vec<_>>(),
        "obligations_count": due.len(),
        "obligations": obligations.collect::<Vec<_>>(),
    }))
}

/// The days that wait for somebody, ascending, and the first that was looked at.
fn days(
    at: &At<'_>,
    of: &Arguments,
    agreement: &AgreementView,
) -> RpcResult<(Option<BusinessDay>, Vec<Json>)> {
    let Some(today) = agreement.day_of(at.now) else {
        return Ok((None, Vec::new()));
    };
    let first = today.0.saturating_sub(DAYS_BACK).max(agreement.first_day.0);
    let first = BusinessDay(first);
    let waiting = at.source.waiting_days(at.block.hash, of.agreement, first)?;
    Ok((Some(first), waiting.iter().map(day).collect()))
}

fn day(waiting: &WaitingDay) -> Json {
    json!({
        "day": date(waiting.summary.day),
        "status": name(waiting.summary.status),
        "awaited": awaited_list(&waiting.awaited),
    })
}

fn obligation(view: &ObligationView, by: &Denomination<'_>) -> Json {
    let period = json!({ "first": date(view.period.first), "last": date(view.period.last) });
    with(period, payment(view, by))
}

/// The schema of [`show`].
pub fn show_schema() -> Schema {
    let day = Schema::object([
        ("day", Schema::date(), "The business day."),
        ("status", states(), "Its state."),
        ("awaited", awaited_schema().list(), "What it waits for."),
    ]);
    let proposal = Schema::object([
        ("number", Schema::number(), "Its number in the agreement."),
        ("ground", Schema::names_of(Ground::name), "Why it is made."),
        ("proposer", Schema::number(), "Who proposed it."),
        (
            "awaited",
            Schema::number().list(),
            "The members whose answers are awaited.",
        ),
        (
            "answer_until",
            Schema::moment(),
            "Until when it can be answered.",
        ),
    ]);
    let period = [
        ("first", Schema::date(), "The period's first day."),
        ("last", Schema::date(), "The period's last day."),
    ];
    let obligation = Schema::object(period.into_iter().chain(payment_fields()));
    Schema::object([
        ("agreement", Schema::number(), "The agreement's number."),
        ("now", Schema::moment(), "The block's time."),
        (
            "days_from",
            Schema::date().or_null(),
            "The first day that was looked at: at most 62 before today; null before the agreement begins.",
        ),
        (
            "days",
            day.list(),
            "The days that wait for somebody, ascending.",
        ),
        (
            "proposals",
            proposal.list(),
            "The proposals that wait for answers, by number.",
        ),
        (
            "obligations_count",
            Schema::number(),
            "Of the oldest 512 that are not paid, how many are due.",
        ),
        (
            "obligations",
            obligation.list(),
            "The oldest of those, at most 256; counterfoil_obligations lists further ones.",
        ),
    ])
}
