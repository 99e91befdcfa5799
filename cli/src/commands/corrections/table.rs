//! The columns of corrections in files, and their cells.

use super::what_to_do::Line;
use crate::commands::export::cell::{side_cells, Cell};
use counterfoil_client::mapping::trade_ids::trade_id_text;
use counterfoil_primitives::{Entry, SideId};

pub(crate) const COLUMNS: &[&str] = &[
    "agreement",
    "day",
    "side",
    "position",
    "action",
    "cause",
    "trade_id",
    "reference",
    "user",
    "product",
    "occurred_at",
    "currency",
    "booked_amount",
    "right_amount",
    "kind",
    "booked_kind",
    "original_id",
    "original_reference",
    "timing",
];

/// The cells of a line.
pub(crate) fn row(side_id: SideId, currency: &str, line: &Line) -> Vec<Cell> {
    let amount = |entry: Option<Entry>| {
        let amount = entry.map(|entry| Cell::amount(entry.amount));
        amount.unwrap_or_default()
    };
    let booked_kind = line.booked.map(|booked| Cell::text(booked.kind.name()));
    let original = line.original.as_ref();
    let original_id = original.map(|original| Cell::text(trade_id_text(&original.id)));
    let original_reference = original.map(|original| Cell::reference(&original.reference));
    let timing = line.timing.map(|end| Cell::Text(end.words()));
    let mut cells = Vec::from(side_cells(side_id));
    cells.extend([
        line.position.map(Cell::Number).unwrap_or_default(),
        Cell::text(line.action),
        Cell::text(line.cause.as_str()),
        Cell::trade_id(&line.entry.id),
        Cell::reference(&line.entry.reference),
        Cell::user(&line.entry.user),
        Cell::Number(line.entry.product),
        Cell::Moment(line.entry.occurred_at),
        Cell::text(currency),
        amount(line.booked),
        amount(line.right),
        Cell::text(line.entry.kind.name()),
        booked_kind.unwrap_or_default(),
        original_id.unwrap_or_default(),
        original_reference.unwrap_or_default(),
        timing.unwrap_or_default(),
    ]);
    cells
}
