//! Timing differences of a side: what the chain has on one day and the ledger on another.

use super::{
    super::{
        arguments::Arguments,
        at::At,
        page,
        schema::Schema,
        written::{date, with},
    },
    trades::entry,
};
use counterfoil_primitives::{
    timing::{End, Late, OtherEnd, TimingEnd},
    tree::PAGE_SIZE,
    written::Denomination,
    Side, SideId,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A page of the ends of timing differences among the proven breaks of a side, and of the breaks that may
/// be ends: those of slots by position, then the extras in the book's order.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let (agreement, day) = at.day(of)?;
    let by = agreement.denomination();
    let status = of.side.pick(day.debit.status, day.credit.status);
    let first = of.page as usize * PAGE_SIZE as usize;
    let on_page = first..first.saturating_add(PAGE_SIZE as usize);
    let mut count = 0_usize;
    let mut shown = Vec::new();
    let has_breaks = status.breaks().is_some_and(|breaks| breaks > 0);
    let side_id = SideId::new(of.agreement, of.day, of.side);
    let mut next = has_breaks.then_some(0);
    // A part at a time, of which the page's own are kept.
    while let Some(from) = next {
        let (ends, then) = at.source.timing_differences(at.block.hash, side_id, from)?;
        for end in ends {
            if on_page.contains(&count) {
                shown.push(to_json(&end, &by));
            }
            count = count.saturating_add(1);
        }
        next = then.filter(|then| *then > from);
    }
    let head = json!({
        "agreement": of.agreement,
        "day": date(of.day),
        "side": of.side.name(),
        "timing": shown,
    });
    Ok(with(head, page::json(count, of)))
}

fn to_json(end: &TimingEnd, by: &Denomination<'_>) -> Json {
    let position = match end.end {
        End::Slot(position) => Some(position),
        End::Extra(_) => None,
    };
    json!({
        "position": position,
        "entry": entry(&end.entry, by),
        "recorded": { "day": date(end.recorded.day), "position": end.recorded.position },
        "booked_on": date(end.booked),
        "other_day": date(end.other_day()),
        "late": end.late.name(),
        "other_end": end.other.name(),
    })
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let recorded = Schema::object([
        ("day", Schema::date(), "The day."),
        ("position", Schema::number(), "The position on it."),
    ]);
    let end = Schema::object([
        (
            "position",
            Schema::number().or_null(),
            "The position that the book lacks; null: an extra.",
        ),
        ("entry", Schema::shared("entry"), "The entry."),
        ("recorded", recorded, "Where the chain has the trade."),
        (
            "booked_on",
            Schema::date(),
            "The day on which the ledger has it, or may have it.",
        ),
        ("other_day", Schema::date(), "The day of the other end."),
        ("late", Schema::names_of(Late::name), "Who was late."),
        (
            "other_end",
            Schema::names_of(OtherEnd::name),
            "What is known of it; `found` makes both one difference.",
        ),
    ]);
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        ("day", Schema::date(), "The business day."),
        ("side", Schema::names_of(Side::name), "The side."),
        (
            "timing",
            end.list(),
            "Those of slots, by position, then the extras.",
        ),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}
