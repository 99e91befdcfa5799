//! Causes of breaks.

use counterfoil_client::{text::cause_text, time::day_text};
use counterfoil_primitives::{Cause, Witness};
use serde_json::Value as Json;
use std::collections::BTreeMap;

/// A cause for people, with the day of the trade that a book has on another day.
pub fn cause_and_day(cause: Cause, witness: Option<&Witness>) -> String {
    match witness {
        Some(witness) if cause == Cause::OtherDay => {
            format!("{}, booked on {}", cause_text(cause), day_text(witness.day))
        }
        _ => cause_text(cause),
    }
}

/// The day of the trade that an extra repeats, or null.
pub fn booked_on(witness: Option<&Witness>) -> Json {
    witness.map_or(Json::Null, |witness| Json::String(day_text(witness.day)))
}

/// How often each cause is named, for programs.
pub fn by_cause(causes: impl IntoIterator<Item = Cause>) -> BTreeMap<String, u32> {
    let mut counts = BTreeMap::new();
    for cause in causes {
        *counts.entry(cause_text(cause)).or_default() += 1;
    }
    counts
}

/// How often each cause is named, for people.
pub fn by_cause_text(causes: impl IntoIterator<Item = Cause>) -> String {
    let counts: Vec<String> = by_cause(causes)
        .iter()
        .map(|(cause, count)| format!("{count} {cause}"))
        .collect();
    counts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::BusinessDay;
    use serde_json::json;

    #[test]
    fn a_line_of_another_day_names_the_day() {
        let witness = Witness {
            day: BusinessDay(20_777),
            position: 3,
        };
        let text = cause_and_day(Cause::OtherDay, Some(&witness));
        assert_eq!(text, "other_day, booked on 2026-11-20");
        assert_eq!(booked_on(Some(&witness)), json!("2026-11-20"));
        assert_eq!(cause_and_day(Cause::Duplicate, Some(&witness)), "duplicate");
        assert_eq!(cause_and_day(Cause::NotMatched, None), "not_matched");
        assert_eq!(booked_on(None), Json::Null);
    }

    #[test]
    fn causes_are_counted_each_by_itself() {
        let causes = [Cause::Missing, Cause::Duplicate, Cause::Missing];
        assert_eq!(
            json!(by_cause(causes)),
            json!({ "duplicate": 1, "missing": 2 })
        );
        assert_eq!(by_cause_text(causes), "1 duplicate, 2 missing");
    }
}
