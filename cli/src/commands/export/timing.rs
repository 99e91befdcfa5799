//! Timing differences: one row for both ends, where either day is exported.

use super::cell::{entry_cells, Cell};
use counterfoil_primitives::{
    timing::{End, TimingEnd},
    AgreementId, BusinessDay, Side,
};
use std::collections::BTreeMap;

pub(super) const COLUMNS: &[&str] = &[
    "agreement",
    "side",
    "recorded_on",
    "recorded_position",
    "booked_on",
    "late",
    "trade_id",
    "kind",
    "reference",
    "user",
    "product",
    "occurred_at",
    "currency",
    "amount",
];

/// Timing differences, each once, by the place on chain of their trades.
#[derive(Debug, Default)]
pub(super) struct Differences(BTreeMap<(BusinessDay, Side, u32), TimingEnd>);

impl Differences {
    /// Adds the ends of timing differences of a side.
    pub fn add(&mut self, side: Side, ends: Vec<TimingEnd>) {
        for end in ends.into_iter().filter(TimingEnd::is_difference) {
            let place = (end.recorded.day, side, end.recorded.position);
            // The entry of the chain has an id, where that of the book may lack it.
            match end.end {
                End::Slot(_) => {
                    self.0.insert(place, end);
                }
                End::Extra(_) => {
                    self.0.entry(place).or_insert(end);
                }
            }
        }
    }

    pub fn rows<'a>(
        &'a self,
        agreement: AgreementId,
        currency: &'a str,
    ) -> impl Iterator<Item = Vec<Cell>> + 'a {
        let ends = self.0.iter();
        ends.map(move |((_, side, _), end)| row(agreement, *side, currency, end))
    }
}

fn row(agreement: AgreementId, side: Side, currency: &str, end: &TimingEnd) -> Vec<Cell> {
    let mut cells = vec![
        Cell::Number(agreement),
        Cell::text(side.name()),
        Cell::Day(end.recorded.day),
        Cell::Number(end.recorded.position),
        Cell::Day(end.booked),
        Cell::text(end.late.name()),
    ];
    cells.extend(entry_cells(&end.entry));
    cells.extend([Cell::text(currency), Cell::amount(end.entry.amount)]);
    cells
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        timing::{Late, OtherEnd},
        Entry, TradeId, Witness,
    };

    const DAY: BusinessDay = BusinessDay(20_780);

    fn end(end: End, sequence: u64, other: OtherEnd) -> TimingEnd {
        TimingEnd {
            end,
            entry: Entry {
                id: TradeId {
                    client: u32::from(sequence > 0),
                    sequence,
                },
                amount: 600,
                ..Entry::default()
            },
            recorded: Witness {
                day: DAY,
                position: 7,
            },
            booked: DAY.next(),
            late: Late::Ledger,
            other,
        }
    }

    fn rows(ends: [TimingEnd; 2]) -> Vec<Vec<Cell>> {
        let mut differences = Differences::default();
        for end in ends {
            differences.add(Side::Credit, vec![end]);
        }
        differences.rows(7, "CZK").collect()
    }

    #[test]
    fn both_ends_are_one_row_with_both_days() {
        let slot = end(End::Slot(7), 42, OtherEnd::Found);
        let extra = end(End::Extra(0), 0, OtherEnd::Found);
        for ends in [[slot, extra], [extra, slot]] {
            let rows = rows(ends);
            assert_eq!(rows.len(), 1);
            assert_eq!(rows[0].len(), COLUMNS.len());
            let expected = [
                Cell::Day(DAY),
                Cell::Number(7),
                Cell::Day(DAY.next()),
                Cell::text("ledger"),
                Cell::text("1/42"),
            ];
            assert_eq!(rows[0][2..7], expected);
        }
    }

    #[test]
    fn an_end_whose_other_end_is_not_found_is_no_difference() {
        let extra = end(End::Extra(0), 0, OtherEnd::NotCompared);
        assert!(rows([extra, extra]).is_empty());
    }
}
