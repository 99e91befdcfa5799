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
pub(super) enum Break {
    /// Of a slot.
    Slot(SlotBreakView),
    /// Of an extra.
    Extra(u32, ExtraBreakView),
}

/// The breaks of a page, and those of them that are, or may be, ends of timing differences.
#[derive(Default)]
pub(super) struct PageOfBreaks {
    /// The breaks: those of slots by position, then the extras in the book's order.
    pub(super) breaks: Vec<Break>,
    ends: BTreeMap<End, TimingEnd>,
}

impl PageOfBreaks {
    /// The breaks on the page that a request names, of a side of `count` of them.
    pub(super) fn read(at: &At<'_>, of: &Arguments, count: u32) -> RpcResult<Self> {
        // Behind the last page the chain is not asked.
        if of.page >= count.div_ceil(PAGE_SIZE) {
            return Ok(Self::default());
        }
        let (hash, side_id) = (at.block.hash, SideId::new(of.agreement, of.day, of.side));
        find(
            of.page,
            |from| at.source.breaks(hash, side_id, from),
            |from| at.source.timing_differences(hash, side_id, from),
        )
    }

    /// What is known of a break as an end of a timing difference.
    pub(super) fn end(&self, of: &Break) -> Option<&TimingEnd> {
        self.ends.get(&match of {
            Break::Slot(slot) => End::Slot(slot.position),
            Break::Extra(index, _) => End::Extra(*index),
        })
    }
}

/// A page of the breaks of a side: those of slots by position, then the extras in the book's order.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let (agreement, day) = at.day(of)?;
    let by = agreement.denomination();
    let status = of.side.pick(day.debit.status, day.credit.status);
    let count = status.breaks().unwrap_or_default();
    let found = PageOfBreaks::read(at, of, count)?;
    let (mut slots, mut extras) = (Vec::new(), Vec::new());
    for one in &found.breaks {
        let end = found.end(one);
        match one {
            Break::Slot(one) => slots.push(slot(one, end, &by)),
            Break::Extra(_, one) => extras.push(extra(one, end, &by)),
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
/// are read from the page's first one on, a part at a time: a request never holds those of a whole day.
fn find(
    page: u32,
    breaks_from: impl Fn(u32) -> RpcResult<Part<BreakList>>,
    ends_from: impl Fn(u32) -> RpcResult<Part<Vec<TimingEnd>>>,
) -> RpcResult<PageOfBreaks> {
    let first = page.saturating_mul(PAGE_SIZE);
    let end = first.saturating_add(PAGE_SIZE);
    let mut found = PageOfBreaks::default();
    // The index, among the book's extras, of the next extra; not known before one is met.
    let mut next_extra = None;
    let mut next = Some(first);
    while let Some(from) = next.filter(|from| *from < end) {
        let (part, then) = breaks_from(from)?;
        next = then.filter(|then| *then > from);
        let (ends, _) = ends_from(from)?;
        found
            .ends
            .extend(ends.into_iter().map(|end| (end.end, end)));
        let room = (end - from) as usize;
        let slots_of_part = part.slots.len();
        let slots = part.slots.into_iter().take(room);
        found.breaks.extend(slots.map(Break::Slot));
        if part.extras.is_empty() {
            continue;
        }
        let index = match next_extra {
            Some(index) => index,
            // Behind slots comes the first one.
            None if slots_of_part > 0 => 0,
            None => from.saturating_sub(slots_before(from, &breaks_from)?),
        };
        next_extra = Some(index.saturating_add(part.extras.len() as u32));
        let extras = (index..).zip(part.extras);
        let extras = extras.take(room.saturating_sub(slots_of_part));
        found
            .breaks
            .extend(extras.map(|(index, extra)| Break::Extra(index, extra)));
    }
    Ok(found)
}

/// How many breaks of slots come before the break with the index `extra`, which is of an extra. They are
/// found by halves, since a side may have a million.
fn slots_before(
    extra: u32,
    breaks_from: impl Fn(u32) -> RpcResult<Part<BreakList>>,
) -> RpcResult<u32> {
    let (mut low, mut high) = (0, extra);
    while low < high {
        let middle = low + (high - low) / 2;
        let (part, _) = breaks_from(middle)?;
        match part.slots.len() as u32 {
            0 => high = middle,
            slots => {
                low = middle.saturating_add(slots);
                // The part has the first extra behind its slots.
                if !part.extras.is_empty() {
                    break;
                }
            }
        }
    }
    Ok(low)
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

pub(super) fn timing(end: &TimingEnd) -> Json {
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
            "The other end, if it is or may be one.",
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

pub(super) fn cause_schema() -> Schema {
    Schema::names_of(name::<Cause>)
}

pub(super) fn timing_schema() -> Schema {
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
        assert_eq!(asked.into_inner(), [256, 356, 456]);
    }

    #[test]
    fn the_slots_before_an_extra_are_found_by_halves() {
        let asked = RefCell::new(0_u32);
        let breaks = |from| {
            *asked.borrow_mut() += 1;
            part(from)
        };
        for extra in [SLOTS, SLOTS + 1, ALL - 1] {
            assert_eq!(slots_before(extra, breaks).unwrap(), SLOTS);
        }
        assert!(asked.into_inner() <= 3 * ALL.ilog2().saturating_add(1));
    }

    #[test]
    fn extras_without_any_slot_are_counted_from_the_first() {
        let extras = |_: u32| -> RpcResult<Part<BreakList>> {
            let (mut list, next) = part(SLOTS)?;
            list.slots.clear();
            Ok((list, next))
        };
        assert_eq!(slots_before(300, extras).unwrap(), 0);
    }
}
