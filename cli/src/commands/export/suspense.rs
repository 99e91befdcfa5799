//! Suspense: the entries that a repair took out of a party's own book.

use super::cell::{entry_cells, side_cells, Cell};
use crate::commands::book::suspense_entries::Suspended;
use counterfoil_client::text::cause_text;
use counterfoil_primitives::SideId;

pub(super) const COLUMNS: &[&str] = &[
    "agreement",
    "day",
    "side",
    "cause",
    "trade_id",
    "kind",
    "reference",
    "user",
    "product",
    "occurred_at",
    "currency",
    "amount",
];

pub(super) fn row(side_id: SideId, currency: &str, suspended: &Suspended) -> Vec<Cell> {
    let mut cells = Vec::from(side_cells(side_id));
    cells.push(Cell::text(cause_text(suspended.cause)));
    cells.extend(entry_cells(&suspended.entry));
    cells.extend([Cell::text(currency), Cell::amount(suspended.entry.amount)]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{BusinessDay, Cause, Entry, Side};

    #[test]
    fn a_suspended_entry_has_its_cause_and_its_amount() {
        let suspended = Suspended {
            entry: Entry {
                amount: 600,
                ..Entry::default()
            },
            cause: Cause::NotOnChain,
        };
        let side_id = SideId::new(7, BusinessDay(20_780), Side::Credit);
        let cells = row(side_id, "CZK", &suspended);
        assert_eq!(cells.len(), COLUMNS.len());
        assert_eq!(cells[3], Cell::text("not_on_chain"));
        assert_eq!(cells.last(), Some(&Cell::amount(600)));
    }
}
