//! Breaks: what the chain has and what the book has, field by field. Timing differences are not among them.

use super::cell::{side_cells, Cell};
use crate::commands::timing_differences::TimingEnds;
use counterfoil_client::text::cause_text;
use counterfoil_primitives::{
    summary::BreakList, timing::TimingEnd, Cause, Entry, SideId, Witness,
};

pub(super) const COLUMNS: &[&str] = &[
    "agreement",
    "day",
    "side",
    "position",
    "cause",
    "differs",
    "trade_id",
    "booked_trade_id",
    "kind",
    "booked_kind",
    "reference",
    "booked_reference",
    "user",
    "booked_user",
    "product",
    "booked_product",
    "occurred_at",
    "booked_occurred_at",
    "currency",
    "right_amount",
    "booked_amount",
    "recorded_on",
    "recorded_position",
    "timing",
];

/// A break, of a slot or of an extra.
struct Break<'a> {
    position: Option<u32>,
    cause: Cause,
    right: Option<&'a Entry>,
    found: Option<&'a Entry>,
    witness: Option<&'a Witness>,
    timing: Option<&'a TimingEnd>,
}

/// The breaks of a side but timing differences.
pub(super) fn rows(
    side_id: SideId,
    currency: &str,
    breaks: &BreakList,
    timing: &TimingEnds,
) -> Vec<Vec<Cell>> {
    let slots = breaks.slots.iter().map(move |slot| Break {
        position: Some(slot.position),
        cause: slot.cause,
        right: Some(&slot.right),
        found: slot.found.as_ref(),
        witness: None,
        timing: timing.slot(slot.position),
    });
    let extras = (0..).zip(&breaks.extras);
    let extras = extras.map(move |(index, extra)| Break {
        position: None,
        cause: extra.cause,
        right: None,
        found: Some(&extra.entry),
        witness: extra.witness.as_ref(),
        timing: timing.extra(index),
    });
    slots
        .chain(extras)
        .filter(|one| one.timing.is_none_or(|end| !end.is_difference()))
        .map(|one| one.row(side_id, currency))
        .collect()
}

impl Break<'_> {
    fn row(&self, side_id: SideId, currency: &str) -> Vec<Cell> {
        let mut cells = Vec::from(side_cells(side_id));
        cells.extend([
            self.position.map(Cell::Number).unwrap_or_default(),
            Cell::text(cause_text(self.cause)),
            self.differing().map(Cell::Text).unwrap_or_default(),
        ]);
        cells.extend(self.both(|entry| Cell::trade_id(&entry.id)));
        cells.extend(self.both(|entry| Cell::text(entry.kind.name())));
        cells.extend(self.both(|entry| Cell::reference(&entry.reference)));
        cells.extend(self.both(|entry| Cell::user(&entry.user)));
        cells.extend(self.both(|entry| Cell::Number(entry.product)));
        cells.extend(self.both(|entry| Cell::Moment(entry.occurred_at)));
        cells.push(Cell::text(currency));
        cells.extend(self.both(|entry| Cell::amount(entry.amount)));
        let recorded = self.witness;
        cells.extend([
            recorded.map(|at| Cell::Day(at.day)).unwrap_or_default(),
            recorded
                .map(|at| Cell::Number(at.position))
                .unwrap_or_default(),
            self.timing
                .map(|end| Cell::text(end.words()))
                .unwrap_or_default(),
        ]);
        cells
    }

    /// What is right, and what the book has.
    fn both(&self, cell: impl Fn(&Entry) -> Cell) -> [Cell; 2] {
        [self.right, self.found].map(|entry| entry.map(&cell).unwrap_or_default())
    }

    /// The columns that differ, where both the chain and the book have the entry.
    fn differing(&self) -> Option<String> {
        let (right, found) = self.right.zip(self.found)?;
        let columns = [
            (right.id != found.id, "trade_id"),
            (right.kind != found.kind, "kind"),
            (right.reference != found.reference, "reference"),
            (right.user != found.user, "user"),
            (right.product != found.product, "product"),
            (right.occurred_at != found.occurred_at, "occurred_at"),
            (right.amount != found.amount, "amount"),
        ];
        let differing = columns.into_iter().filter(|(differs, _)| *differs);
        let names: Vec<&str> = differing.map(|(_, column)| column).collect();
        Some(names.join(", "))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        summary::{ExtraBreakView, SlotBreakView},
        timing::{End, Late, OtherEnd},
        BusinessDay, Kind, Side, TradeId,
    };

    const DAY: BusinessDay = BusinessDay(20_780);

    fn right() -> Entry {
        Entry {
            id: TradeId {
                client: 1,
                sequence: 42,
            },
            product: 1,
            amount: 600,
            ..Entry::default()
        }
    }

    fn slot(cause: Cause, found: Option<Entry>) -> SlotBreakView {
        SlotBreakView {
            position: 4,
            cause,
            found,
            right: right(),
        }
    }

    fn of(breaks: &BreakList, timing: Vec<TimingEnd>) -> Vec<Vec<Cell>> {
        let side_id = SideId::new(7, DAY, Side::Credit);
        rows(side_id, "CZK", breaks, &TimingEnds::new(timing))
    }

    fn cell(cells: &[Cell], column: &str) -> Cell {
        assert_eq!(cells.len(), COLUMNS.len());
        let at = COLUMNS.iter().position(|name| *name == column).unwrap();
        cells[at].clone()
    }

    /// An end of a trade that the chain has on the day before.
    fn timing(end: End, other: OtherEnd) -> TimingEnd {
        TimingEnd {
            end,
            entry: right(),
            recorded: Witness {
                day: BusinessDay(DAY.0 - 1),
                position: 9,
            },
            booked: DAY,
            late: Late::Ledger,
            other,
        }
    }

    #[test]
    fn a_break_names_all_fields_that_differ_with_both_values() {
        let found = Entry {
            kind: Kind::Refund,
            product: 2,
            amount: 900,
            ..right()
        };
        let breaks = BreakList {
            slots: vec![slot(Cause::WrongKind, Some(found))],
            extras: vec![],
        };
        let rows = of(&breaks, vec![]);
        let row = &rows[0];
        assert_eq!(cell(row, "differs"), Cell::text("kind, product, amount"));
        for (column, right, booked) in [
            ("trade_id", Cell::text("1/42"), Cell::text("1/42")),
            ("kind", Cell::text("payment"), Cell::text("refund")),
            ("product", Cell::Number(1), Cell::Number(2)),
        ] {
            assert_eq!(cell(row, column), right);
            assert_eq!(cell(row, &format!("booked_{column}")), booked);
        }
        assert_eq!(cell(row, "right_amount"), Cell::amount(600));
        assert_eq!(cell(row, "booked_amount"), Cell::amount(900));
        assert_eq!(cell(row, "position"), Cell::Number(4));
    }

    #[test]
    fn a_missing_entry_has_the_values_of_the_chain_alone() {
        let breaks = BreakList {
            slots: vec![slot(Cause::Missing, None)],
            extras: vec![],
        };
        let row = &of(&breaks, vec![])[0];
        assert_eq!(cell(row, "cause"), Cell::text("missing"));
        assert_eq!(cell(row, "differs"), Cell::Empty);
        assert_eq!(cell(row, "right_amount"), Cell::amount(600));
        assert_eq!(cell(row, "booked_amount"), Cell::Empty);
        assert_eq!(cell(row, "booked_kind"), Cell::Empty);
    }

    #[test]
    fn an_extra_has_the_values_of_the_book_and_the_place_of_its_trade() {
        let end = timing(End::Extra(0), OtherEnd::NotCompared);
        let breaks = BreakList {
            slots: vec![],
            extras: vec![ExtraBreakView {
                entry: right(),
                cause: Cause::OtherDay,
                witness: Some(end.recorded),
            }],
        };
        let row = &of(&breaks, vec![end])[0];
        assert_eq!(cell(row, "position"), Cell::Empty);
        assert_eq!(cell(row, "right_amount"), Cell::Empty);
        assert_eq!(cell(row, "booked_amount"), Cell::amount(600));
        assert_eq!(cell(row, "recorded_on"), Cell::Day(end.recorded.day));
        assert_eq!(cell(row, "recorded_position"), Cell::Number(9));
        assert_eq!(cell(row, "timing"), Cell::text(end.words()));
    }

    #[test]
    fn timing_differences_are_no_breaks() {
        let extra = ExtraBreakView {
            entry: right(),
            cause: Cause::OtherDay,
            witness: Some(timing(End::Extra(0), OtherEnd::Found).recorded),
        };
        let breaks = BreakList {
            slots: vec![slot(Cause::Missing, None)],
            extras: vec![extra],
        };
        let ends = vec![
            timing(End::Slot(4), OtherEnd::Found),
            timing(End::Extra(0), OtherEnd::Found),
        ];
        assert!(of(&breaks, ends).is_empty());
    }
}
