//! Entries: what each side has to book by the chain's record.

use super::cell::{entry_cells, side_cells, Cell};
use counterfoil_client::mapping::trade_ids::trade_id_text;
use counterfoil_primitives::{Link, SideId, Trade};

pub(super) const COLUMNS: &[&str] = &[
    "agreement",
    "day",
    "side",
    "position",
    "trade_id",
    "kind",
    "reference",
    "user",
    "product",
    "occurred_at",
    "currency",
    "gross",
    "amount",
    "relation",
    "original_id",
    "original_day",
    "original_position",
];

/// The entry of a side, with the payment from which the trade's amounts follow.
pub(super) fn row(
    side_id: SideId,
    currency: &str,
    position: u32,
    trade: &Trade,
    link: Option<&Link>,
) -> Vec<Cell> {
    let entry = trade.entry(side_id.side);
    let [relation, original_id, original_day, original_position] = link_cells(link);
    let mut cells = Vec::from(side_cells(side_id));
    cells.push(Cell::Number(position));
    cells.extend(entry_cells(&entry));
    cells.extend([
        Cell::text(currency),
        Cell::amount(trade.gross),
        Cell::amount(entry.amount),
        relation,
        original_id,
        original_day,
        original_position,
    ]);
    cells
}

fn link_cells(link: Option<&Link>) -> [Cell; 4] {
    let Some(Link {
        relation, original, ..
    }) = link
    else {
        return Default::default();
    };
    [
        Cell::text(relation.name()),
        Cell::text(trade_id_text(&original.id)),
        Cell::Day(original.day),
        Cell::Number(original.position),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        BusinessDay, Kind, Original, Reference, Relation, Side, TradeId, UserId,
    };

    const DAY: BusinessDay = BusinessDay(20_780);

    fn trade(kind: Kind) -> Trade {
        Trade {
            id: TradeId {
                client: 1,
                sequence: 42,
            },
            kind,
            reference: Reference(*b"FV-2026/0017\0\0\0\0"),
            user: UserId(*b"C-1042\0\0\0\0\0\0\0\0\0\0"),
            product: 2,
            gross: 10_000,
            debit: 9_850,
            credit: 150,
            occurred_at: 1_000,
            terms_version: 0,
        }
    }

    fn cell(cells: &[Cell], column: &str) -> Cell {
        let at = COLUMNS.iter().position(|name| *name == column).unwrap();
        cells[at].clone()
    }

    #[test]
    fn an_entry_has_the_amount_of_its_side() {
        for (side, amount) in [(Side::Debit, 9_850), (Side::Credit, 150)] {
            let side_id = SideId::new(7, DAY, side);
            let cells = row(side_id, "CZK", 3, &trade(Kind::Payment), None);
            assert_eq!(cells.len(), COLUMNS.len());
            assert_eq!(cell(&cells, "side"), Cell::text(side.name()));
            assert_eq!(cell(&cells, "position"), Cell::Number(3));
            assert_eq!(cell(&cells, "gross"), Cell::amount(10_000));
            assert_eq!(cell(&cells, "amount"), Cell::amount(amount));
            assert_eq!(cell(&cells, "reference"), Cell::text("FV-2026/0017"));
            assert_eq!(cell(&cells, "original_id"), Cell::Empty);
        }
    }

    #[test]
    fn a_refund_names_its_original() {
        let link = Link {
            relation: Relation::Refund,
            original: Original {
                id: TradeId {
                    client: 1,
                    sequence: 17,
                },
                day: DAY,
                position: 5,
            },
            paid: 20_000,
            refunded_before: 0,
        };
        let side_id = SideId::new(7, DAY.next(), Side::Debit);
        let cells = row(side_id, "CZK", 0, &trade(Kind::Refund), Some(&link));
        assert_eq!(cell(&cells, "kind"), Cell::text("refund"));
        assert_eq!(cell(&cells, "relation"), Cell::text("refund"));
        assert_eq!(cell(&cells, "original_id"), Cell::text("1/17"));
        assert_eq!(cell(&cells, "original_day"), Cell::Day(DAY));
        assert_eq!(cell(&cells, "original_position"), Cell::Number(5));
    }
}
