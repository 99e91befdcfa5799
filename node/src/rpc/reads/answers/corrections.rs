//! Corrections: what a party's core ledger has to change, once its side is proven.

use super::{
    super::{
        arguments::{Arguments, SIDE},
        at::At,
        page,
        refusal::NOT_THERE,
        schema::Schema,
        written::{date, money, name, owed, trade_id, with},
    },
    breaks::{cause_schema, timing, timing_schema, Break, PageOfBreaks},
    trades::{entry, kind_schema},
};
use counterfoil_primitives::{
    refund::RefundedPayment,
    summary::SideStatus,
    timing::{OtherEnd, TimingEnd},
    tree::PAGE_SIZE,
    written::{label::show_reference, Denomination},
    Cause, Entry, Kind, Side, SideTotals,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};
use std::collections::{BTreeMap, BTreeSet};

/// What there is to do.
const ACTIONS: [&str; 6] = ["book", "correct", "suspend", "check", "wait", "none"];

/// A correction.
struct Correction {
    position: Option<u32>,
    /// What there is to do, where nothing is known of another day.
    usual: &'static str,
    cause: Cause,
    booked: Option<Entry>,
    right: Option<Entry>,
}

/// A page of the corrections of a side, as `corrections export` writes them.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let (agreement, day) = at.day(of)?;
    let by = agreement.denomination();
    let status = of.side.pick(day.debit.status, day.credit.status);
    let Some(count) = status.breaks() else {
        return Err(NOT_THERE.of(
            Some(SIDE.name),
            format!(
                "there are no corrections of the {} side, which is {}",
                of.side.name(),
                status.name()
            ),
            remedy(status),
        ));
    };
    let found = PageOfBreaks::read(at, of, count)?;
    let originals = originals(at, of, &found)?;
    let corrections = found.breaks.iter().map(|one| {
        let correction = Correction::of(one);
        let original = correction.position.and_then(|at| originals.get(&at));
        correction.to_json(found.end(one), original, &by)
    });
    let head = json!({
        "agreement": of.agreement,
        "day": date(of.day),
        "side": of.side.name(),
        "status": status.name(),
        "currency": agreement.currency.as_str(),
        "corrections": corrections.collect::<Vec<_>>(),
    });
    Ok(with(head, page::json(count as usize, of)))
}

/// What helps where nothing is proven of a side: an empty list would be taken for a ledger that is right.
const fn remedy(status: SideStatus) -> &'static str {
    match status {
        SideStatus::Awaited => {
            "ask again once its party has committed and counterfoil_day shows it as proven"
        }
        SideStatus::Defaulted => {
            "ask again if it is proven late, or have its party compare the ledger by `book check`"
        }
        _ => "ask again once counterfoil_day shows it as proven",
    }
}

/// The payments of the refunds among the breaks of a page, by the refunds' positions.
fn originals(
    at: &At<'_>,
    of: &Arguments,
    found: &PageOfBreaks,
) -> RpcResult<BTreeMap<u32, RefundedPayment>> {
    let refunds = found.breaks.iter().filter_map(|one| match one {
        Break::Slot(slot) if slot.right.kind == Kind::Refund => Some(slot.position / PAGE_SIZE),
        _ => None,
    });
    let pages: BTreeSet<u32> = refunds.collect();
    let mut originals = BTreeMap::new();
    for page in pages {
        let of_page = at
            .source
            .refunded_payments(at.block.hash, of.agreement, of.day, page)?;
        originals.extend(of_page.into_iter().map(|one| (one.position, one)));
    }
    Ok(originals)
}

impl Correction {
    fn of(one: &Break) -> Self {
        match one {
            Break::Slot(slot) => Self {
                position: Some(slot.position),
                usual: if slot.found.is_some() {
                    "correct"
                } else {
                    "book"
                },
                cause: slot.cause,
                booked: slot.found,
                right: Some(slot.right),
            },
            Break::Extra(_, extra) => Self {
                position: None,
                usual: "suspend",
                cause: extra.cause,
                booked: Some(extra.entry),
                right: None,
            },
        }
    }

    fn to_json(
        &self,
        end: Option<&TimingEnd>,
        original: Option<&RefundedPayment>,
        by: &Denomination<'_>,
    ) -> Json {
        // By the chain, or by the book if the chain has no such trade.
        let trade = self.right.or(self.booked);
        json!({
            "position": self.position,
            "action": action(end, self.usual),
            "cause": name(self.cause),
            "trade": trade.map(|trade| entry(&trade, by)),
            "booked": self.booked.map(|booked| money(booked.amount, by)),
            "booked_kind": self.booked.map(|booked| booked.kind.name()),
            "right": self.right.map(|right| money(right.amount, by)),
            "difference": owed(self.difference().net(), by),
            "original_id": original.map(|original| trade_id(&original.id)),
            "original_reference": original.map(|original| show_reference(&original.reference)),
            "timing": end.map(timing),
        })
    }

    /// What is to be booked more than the book has.
    fn difference(&self) -> SideTotals {
        let mut ways = SideTotals::default();
        if let Some(right) = self.right {
            ways.add(right.kind, right.amount);
        }
        // What the book has is taken back.
        if let Some(booked) = self.booked {
            ways.add(booked.kind.other(), booked.amount);
        }
        ways
    }
}

/// What is to be done about a break: what is `usual`, where nothing is known of another day.
///
/// As long as the day of its trade is not compared, an extra may be the only booking of that trade.
const fn action(end: Option<&TimingEnd>, usual: &'static str) -> &'static str {
    let Some(end) = end else {
        return usual;
    };
    match end.other {
        OtherEnd::Found => "none",
        OtherEnd::NotCompared => "check",
        OtherEnd::NotYetCompared => "wait",
        OtherEnd::BookedAgain => usual,
    }
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let correction = Schema::object([
        (
            "position",
            Schema::number().or_null(),
            "The trade's position on the day; null: the chain has no such trade.",
        ),
        (
            "action",
            Schema::names(ACTIONS),
            "What to do; `none` with a timing difference, `check` and `wait` with what may be one.",
        ),
        ("cause", cause_schema(), "Why the book differed."),
        (
            "trade",
            Schema::shared("entry"),
            "The entry by the chain, or by the book, where the chain has none.",
        ),
        (
            "booked",
            Schema::amount().or_null(),
            "What the book has; null where it lacks the entry.",
        ),
        (
            "booked_kind",
            kind_schema().or_null(),
            "As which kind the book has it.",
        ),
        (
            "right",
            Schema::amount().or_null(),
            "What is right; null where nothing is.",
        ),
        (
            "difference",
            Schema::amount(),
            "What the book has to gain; below zero, to lose.",
        ),
        (
            "original_id",
            Schema::text().or_null(),
            "The payment that the chain's refund gives back from.",
        ),
        (
            "original_reference",
            Schema::text().or_null(),
            "The reference of that payment.",
        ),
        (
            "timing",
            timing_schema().or_null(),
            "The other end, if it is or may be one of a timing difference.",
        ),
    ]);
    let states = Schema::names_of(|status: SideStatus| status.name());
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        ("day", Schema::date(), "The business day."),
        ("side", Schema::names_of(Side::name), "The side."),
        ("status", states, "Its state."),
        (
            "currency",
            Schema::text(),
            "The ISO 4217 code of all amounts.",
        ),
        (
            "corrections",
            correction.list(),
            "Those of slots, by position, then those of extras.",
        ),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{timing::End, timing::Late, BusinessDay, Witness};

    const DAY: BusinessDay = BusinessDay(20_785);

    fn end(other: OtherEnd) -> TimingEnd {
        TimingEnd {
            end: End::Extra(0),
            entry: Entry::default(),
            recorded: Witness {
                day: DAY,
                position: 0,
            },
            booked: DAY.next(),
            late: Late::Ledger,
            other,
        }
    }

    #[test]
    fn what_is_known_of_the_other_day_decides_what_to_do() {
        for (other, expected) in [
            (OtherEnd::Found, "none"),
            (OtherEnd::NotCompared, "check"),
            (OtherEnd::NotYetCompared, "wait"),
            (OtherEnd::BookedAgain, "suspend"),
        ] {
            assert_eq!(action(Some(&end(other)), "suspend"), expected);
        }
        assert_eq!(action(None, "book"), "book");
    }

    #[test]
    fn the_difference_takes_back_what_the_book_has() {
        let entry = |kind, amount| Entry {
            kind,
            amount,
            ..Entry::default()
        };
        let net = |booked, right| {
            let correction = Correction {
                position: None,
                usual: "correct",
                cause: Cause::Missing,
                booked,
                right,
            };
            correction.difference().net()
        };
        let (payment, refund) = (entry(Kind::Payment, 7), entry(Kind::Refund, 5));
        assert_eq!(net(None, Some(payment)), 7);
        assert_eq!(net(Some(payment), None), -7);
        assert_eq!(net(Some(payment), Some(refund)), -12);
        assert_eq!(net(Some(refund), None), 5);
    }
}
