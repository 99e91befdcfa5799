//! The days to which payments and refunds are booked: a late one to a later day than its own.

use crate::output::minor;
use counterfoil_client::{import::Prepared, time::day_text};
use counterfoil_primitives::{Amount, BusinessDay, Kind};
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;

/// How many payments and refunds of each day are booked to each, and their gross amounts.
#[derive(Default)]
pub(super) struct Booked(BTreeMap<(BusinessDay, BusinessDay, Kind), (usize, Amount)>);

impl Booked {
    /// Adds a payment or a refund that is booked on the day `on`.
    pub(super) fn add(&mut self, prepared: &Prepared, on: BusinessDay) {
        let place = (prepared.day, on, prepared.kind());
        let (count, sum) = self.0.entry(place).or_default();
        *count += 1;
        *sum = sum.saturating_add(prepared.trade.gross);
    }

    /// For programs.
    pub(super) fn json(&self) -> Json {
        let rows = self.0.iter().map(|((of, on, kind), (count, gross))| {
            json!({
                "day": day_text(*of),
                "booked_on": day_text(*on),
                "kind": kind.name(),
                "count": count,
                "gross": minor(*gross),
            })
        });
        Json::Array(rows.collect())
    }

    /// Where to look for late payments and refunds.
    pub(super) fn notes(&self) -> impl Iterator<Item = String> + '_ {
        self.late("is", "are")
    }

    /// Where late payments and refunds would be, were they sent.
    pub(super) fn foreseen(&self) -> impl Iterator<Item = String> + '_ {
        self.late("would be", "would be")
    }

    fn late<'a>(&'a self, one: &'a str, several: &'a str) -> impl Iterator<Item = String> + 'a {
        self.0.iter().filter(|((of, on, _), _)| of != on).map(
            move |((of, on, kind), (count, _))| {
                let (of, on, kind) = (day_text(*of), day_text(*on), kind.name());
                match count {
                    1 => format!("1 late {kind} of {of} {one} among the trades of {on}"),
                    count => {
                        format!("{count} late {kind}s of {of} {several} among the trades of {on}")
                    }
                }
            },
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::commands::trade_import::dry_run::tests as tests_of_dry_run;

    const DAY: BusinessDay = BusinessDay(20_779);

    /// A payment of a gross amount on a day.
    fn payment(day: BusinessDay, gross: Amount) -> Prepared {
        let mut payment = tests_of_dry_run::payment(1, 1);
        (payment.day, payment.trade.gross) = (day, gross);
        payment
    }

    #[test]
    fn late_payments_are_told_by_the_day_to_which_they_are_booked() {
        let mut booked = Booked::default();
        booked.add(&payment(DAY, 5), DAY);
        for gross in [10, 20] {
            booked.add(&payment(DAY, gross), BusinessDay(DAY.0 + 16));
        }
        booked.add(&payment(DAY.next(), 1), BusinessDay(DAY.0 + 16));
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
    fn late_refunds_are_told_apart_from_late_payments() {
        let mut booked = Booked::default();
        let late = BusinessDay(DAY.0 + 16);
        booked.add(&payment(DAY, 5), late);
        let mut refund = tests_of_dry_run::refund(2, 1);
        refund.day = DAY;
        booked.add(&refund, late);
        let notes: Vec<_> = booked.notes().collect();
        let expected = [
            "1 late payment of 2026-11-22 is among the trades of 2026-12-08",
            "1 late refund of 2026-11-22 is among the trades of 2026-12-08",
        ];
        assert_eq!(notes, expected);
        assert_eq!(booked.json()[1]["kind"], "refund");
    }

    #[test]
    fn payments_on_their_own_day_need_no_note() {
        let mut booked = Booked::default();
        booked.add(&payment(DAY, 5), DAY);
        assert_eq!(booked.notes().count(), 0);
    }
}
