//! Proven breaks of a side, and which of them are, or may be, ends of timing differences.

use super::{
    super::{
        arguments::Arguments,
        at::At,
        page,
        schema::Schema,
        source::Part,
        written::{date, name, with},
    },
    trades::entry,
};
use counterfoil_primitives::{
    summary::{BreakList, ExtraBreakView, SlotBreakView},
    timing::{End, Late, OtherEnd, TimingEnd},
    tree::PAGE_SIZE,
    written::Denomination,
    Cause, Side, SideId,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;

/// A break; of an extra, with its index among the book's extras.
enum Break {
    Slot(SlotBreakView),
    Extra(u32, ExtraBreakView),
}

/// The breaks of a page, and those of them that are, or may be, ends of timing differences.
#[derive(Default)]
struct PageOfBreaks {
    breaks: Vec<Break>,
    ends: BTreeMap<End, TimingEnd>,
}

/// A page of the breaks of a side: those of slots by position, then the extras in the book's order.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let (agreement, day) = at.day(of)?;
    let by = agreement.denomination();
    let status = of.side.pick(day.debit.status, day.credit.status);
    let count = status.breaks().unwrap_or_default();
    let (hash, side_id) = (at.block.hash, SideId::new(of.agreement, of.day, of.side));
    // Behind the last page the chain is not asked.
    let found = match of.page < count.div_ceil(PAGE_SIZE) {
        true => find(
            of.page,
            |from| at.source.breaks(hash, side_id, from),
            |from| at.source.timing_differences(hash, side_id, from),
        )?,
        false => PageOfBreaks::default(),
    };
    let (mut slots, mut extras) = (Vec::new(), Vec::new());
    for one in &found.breaks {
        match one {
            Break::Slot(one) => {
                let end = found.ends.get(&End::Slot(one.position));
                slots.push(slot(one, end, &by));
            }
            Break::Extra(index, one) => {
                let end = found.ends.get(&End::Extra(*index));
                extras.push(extra(one, end, &by));
            }
        }
    }
    let head = json!({
        "agreement": of.agreement,
        "day": date(of.day),
        "side": of.side.name(),
        "slots": slots,
        "extras": extras,
    });
    Ok(with(head, page::json(count as usize, of)))
}

/// The breaks of a page, by what the chain answers of breaks and of timing differences from an index on. They
/// are read a part at a time: a request never holds those of a whole day, and asks for the timing differences
/// of the parts alone that have a break of the page.
fn find(
    page: u32,
    breaks_from: impl Fn(u32) -> RpcResult<Part<BreakList>>,
    ends_from: impl Fn(u32) -> RpcResult<Part<Vec<TimingEnd>>>,
) -> RpcResult<PageOfBreaks> {
    let first = page.saturating_mul(PAGE_SIZE);
    let on_page = first..first.saturating_add(PAGE_SIZE);
    let mut found = PageOfBreaks::default();
    let (mut first_extra, mut next) = (0_u32, Some(0_u32));
    while let Some(from) = next.filter(|from| *from < on_page.end) {
        let (part, then) = breaks_from(from)?;
        next = then.filter(|then| *then > from);
        let extras_of_part = part.extras.len() as u32;
        if next.is_none_or(|next| next > on_page.start) {
            let (ends, _) = ends_from(from)?;
            found
                .ends
                .extend(ends.into_iter().map(|end| (end.end, end)));
            let extras = (first_extra..).zip(part.extras);
            let extras = extras.map(|(index, extra)| Break::Extra(index, extra));
            let breaks = part.slots.into_iter().map(Break::Slot).chain(extras);
            let breaks = (from..).zip(breaks);
            let breaks = breaks.filter(|(index, _)| on_page.contains(index));
            found.breaks.extend(breaks.map(|(_, one)| one));
        }
        first_extra = first_extra.saturating_add(extras_of_part);
    }
    Ok(found)
}

fn slot(slot: &SlotBreakView, end: Option<&TimingEnd>, by: &Denomination<'_>) -> Json {
    json!({
        "position": slot.position,
        "cause": name(slot.cause),
        "found": slot.found.map(|found| entry(&found, by)),
        "right": entry(&slot.right, by),
        "timing": end.map(timing),
    })
}

fn extra(extra: &ExtraBreakView, end: Option<&TimingEnd>, by: &Denomination<'_>) -> Json {
    json!({
        "cause": name(extra.cause),
        "found": entry(&extra.entry, by),
        "booked_on": extra.witness.map(|witness| date(witness.day)),
        "timing": end.map(timing),
    })
}

fn timing(end: &TimingEnd) -> Json {
    json!({
        "other_day": date(end.other_day()),
        "late": end.late.name(),
        "other_end": end.other.name(),
    })
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let entry = || Schema::shared("entry");
    let slot = Schema::object([
        (
            "position",
            Schema::number(),
            "The trade's position on the day.",
        ),
        ("cause", cause_schema(), "Why the book differed."),
        (
            "found",
            entry().or_null(),
            "What the book held; null where it lacked the entry.",
        ),
        ("right", entry(), "What is right."),
        (
            "timing",
            timing_schema().or_null(),
            "The other end, of a timing difference.",
        ),
    ]);
    let extra = Schema::object([
        (
            "cause",
            cause_schema(),
            "Why the entry has no place in the book.",
        ),
        ("found", entry(), "The entry."),
        (
            "booked_on",
            Schema::date().or_null(),
            "The day of the trade that it repeats.",
        ),
        (
            "timing",
            timing_schema().or_null(),
            "The other end, if it is or may be one.",
        ),
    ]);
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        ("day", Schema::date(), "The business day."),
        ("side", Schema::names_of(Side::name), "The side."),
        ("slots", slot.list(), "Positions that differed, ascending."),
        (
            "extras",
            extra.list(),
            "Entries on no position, behind all slots.",
        ),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

fn cause_schema() -> Schema {
    Schema::names_of(name::<Cause>)
}

fn timing_schema() -> Schema {
    let late = Schema::names_of(Late::name);
    let other_ends = Schema::names_of(OtherEnd::name);
    Schema::object([
        ("other_day", Schema::date(), "The day of the other end."),
        ("late", late, "Who was late."),
        (
            "other_end",
            other_ends,
            "What is known of it; `found` makes both one difference.",
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{Amount, Entry};
    use std::cell::RefCell;

    /// How many breaks are of slots.
    const SLOTS: u32 = 300;
    /// How many there are.
    const ALL: u32 = 700;
    /// How many come in a part.
    const PER_PART: u32 = 100;

    /// A part of breaks. Slots have their indices for positions, and extras theirs for amounts.
    fn part(from: u32) -> RpcResult<Part<BreakList>> {
        let behind = ALL.min(from + PER_PART);
        let mut list = BreakList::default();
        for index in from..behind {
            if index < SLOTS {
                list.slots.push(SlotBreakView {
                    position: index,
                    cause: Cause::Missing,
                    found: None,
                    right: Entry::default(),
                });
            } else {
                list.extras.push(ExtraBreakView {
                    entry: Entry {
                        amount: (index - SLOTS).into(),
                        ..Entry::default()
                    },
                    cause: Cause::OtherDay,
                    witness: None,
                });
            }
        }
        Ok((list, (behind < ALL).then_some(behind)))
    }

    const fn no_ends(_: u32) -> RpcResult<Part<Vec<TimingEnd>>> {
        Ok((Vec::new(), None))
    }

    #[test]
    fn the_pages_have_each_break_of_all_parts_once_in_order() {
        let mut shown = Vec::new();
        for page in 0..ALL.div_ceil(PAGE_SIZE) {
            for one in find(page, part, no_ends).unwrap().breaks {
                shown.push(match one {
                    Break::Slot(slot) => slot.position,
                    Break::Extra(index, extra) => {
                        assert_eq!(extra.entry.amount, Amount::from(index));
                        SLOTS + index
                    }
                });
            }
        }
        assert_eq!(shown, (0..ALL).collect::<Vec<_>>());
    }

    #[test]
    fn timing_differences_are_asked_for_of_the_parts_of_the_page_alone() {
        let asked = RefCell::new(Vec::new());
        let ends = |from| {
            asked.borrow_mut().push(from);
            no_ends(from)
        };
        find(1, part, ends).unwrap();
        assert_eq!(asked.into_inner(), [200, 300, 400, 500]);
    }
}
