//! The days to which payments are booked: a late one to a later day than its own.

use crate::output::minor;
use counterfoil_client::time::day_text;
use counterfoil_primitives::{Amount, BusinessDay};
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;

/// How many payments of each day are booked to each, and their gross amount.
#[derive(Default)]
pub(super) struct Booked(BTreeMap<(BusinessDay, BusinessDay), (usize, Amount)>);

impl Booked {
    /// Adds a payment of the day `of` that is booked on the day `on`.
    pub(super) fn add(&mut self, of: BusinessDay, on: BusinessDay, gross: Amount) {
        let (count, sum) = self.0.entry((of, on)).or_default();
        *count += 1;
        *sum = sum.saturating_add(gross);
    }

    /// For programs.
    pub(super) fn json(&self) -> Json {
        let rows = self.0.iter().map(|((of, on), (count, gross))| {
            json!({
                "day": day_text(*of),
                "booked_on": day_text(*on),
                "count": count,
                "gross": minor(*gross),
            })
        });
        Json::Array(rows.collect())
    }

    /// Where to look for late payments.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> + '_ {
        self.0
            .iter()
            .filter(|((of, on), _)| of != on)
            .map(|((of, on), (count, _))| {
                let (of, on) = (day_text(*of), day_text(*on));
                match count {
                    1 => format!("1 late payment of {of} is among the trades of {on}"),
                    count => {
                        format!("{count} late payments of {of} are among the trades of {on}")
                    }
                }
            })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: BusinessDay = BusinessDay(20_779);

    #[test]
    fn late_payments_are_told_by_the_day_to_which_they_are_booked() {
        let mut booked = Booked::default();
        booked.add(DAY, DAY, 5);
        for gross in [10, 20] {
            booked.add(DAY, BusinessDay(DAY.0 + 16), gross);
        }
        booked.add(DAY.next(), BusinessDay(DAY.0 + 16), 1);
        let notes: Vec<_> = booked.notes().collect();
        let expected = [
            "2 late payments of 2026-11-22 are among the trades of 2026-12-08",
            "1 late payment of 2026-11-23 is among the trades of 2026-12-08",
        ];
        assert_eq!(notes, expected);
        let json = booked.json();
        assert_eq!(json[0]["booked_on"], "2026-11-22");
        assert_eq!(json[1]["booked_on"], "2026-12-08");
        assert_eq!(
            (&json[1]["count"], &json[1]["gross"]),
            (&json!(2), &json!("30"))
        );
    }

    #[test]
    fn payments_on_their_own_day_need_no_note() {
        let mut booked = Booked::default();
        booked.add(DAY, DAY, 5);
        assert_eq!(booked.notes().count(), 0);
    }
}
