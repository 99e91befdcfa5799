//! Causes of breaks.

use counterfoil_client::{text::cause_text, time::day_text};
use counterfoil_primitives::{
    timing::{OtherEnd, TimingEnd},
    Cause, Witness,
};
use serde_json::{json, Value as Json};
use std::collections::BTreeMap;

/// A cause for people, with the day of the trade that a book has on another day, and what is known of a
/// timing difference.
pub fn cause_and_day(
    cause: Cause,
    witness: Option<&Witness>,
    timing: Option<&TimingEnd>,
) -> String {
    if let Some(end) = timing.filter(|end| end.is_difference()) {
        return format!("timing, booked on {}", day_text(end.other_day()));
    }
    let known = match timing.map(|end| end.other) {
        None | Some(OtherEnd::Found) => "",
        Some(OtherEnd::NotCompared) => ", not compared",
        Some(OtherEnd::NotYetCompared) => ", not yet compared",
        Some(OtherEnd::BookedAgain) => ", booked more than once",
    };
    let named = cause_text(cause);
    match (witness, timing) {
        (Some(witness), _) if cause == Cause::OtherDay => {
            format!("{named}, booked on {}{known}", day_text(witness.day))
        }
        (None, Some(end)) => format!("{named}, {}{known}", day_text(end.other_day())),
        _ => named,
    }
}

/// What is known of a timing difference, for programs, or null.
pub fn timing_json(timing: Option<&TimingEnd>) -> Json {
    timing.map_or(Json::Null, |end| {
        json!({
            "other_day": day_text(end.other_day()),
            "late": end.late.name(),
            "other_end": end.other.name(),
        })
    })
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

/// How often each cause is named, and beside causes how many timing differences there are, for people.
pub fn by_cause_text(causes: impl IntoIterator<Item = Cause>, timing: u32) -> String {
    let counts = by_cause(causes).into_iter();
    let counts = counts.map(|(cause, count)| format!("{count} {cause}"));
    let timing = (timing > 0).then(|| format!("{timing} timing"));
    counts.chain(timing).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{
        timing::{End, Late},
        BusinessDay, Entry,
    };

    #[test]
    fn a_line_of_another_day_names_the_day() {
        let witness = Witness {
            day: BusinessDay(20_777),
            position: 3,
        };
        let text = |cause, witness| cause_and_day(cause, witness, None);
        assert_eq!(
            text(Cause::OtherDay, Some(&witness)),
            "other_day, booked on 2026-11-20"
        );
        assert_eq!(booked_on(Some(&witness)), json!("2026-11-20"));
        assert_eq!(text(Cause::Duplicate, Some(&witness)), "duplicate");
        assert_eq!(text(Cause::NotMatched, None), "not_matched");
        assert_eq!(booked_on(None), Json::Null);
    }

    #[test]
    fn causes_are_counted_each_by_itself() {
        let causes = [Cause::Missing, Cause::Duplicate, Cause::Missing];
        assert_eq!(
            json!(by_cause(causes)),
            json!({ "duplicate": 1, "missing": 2 })
        );
        assert_eq!(by_cause_text(causes, 0), "1 duplicate, 2 missing");
    }

    #[test]
    fn timing_differences_are_counted_beside_causes() {
        let causes = [Cause::Missing, Cause::OtherDay, Cause::Missing];
        assert_eq!(by_cause_text(causes, 3), "2 missing, 1 other_day, 3 timing");
        assert_eq!(by_cause_text([], 1), "1 timing");
    }

    /// An end of a trade that the chain has on 2026-11-20 and the ledger on 2026-11-23.
    fn timing(end: End, other: OtherEnd) -> TimingEnd {
        TimingEnd {
            end,
            entry: Entry::default(),
            recorded: Witness {
                day: BusinessDay(20_777),
                position: 3,
            },
            booked: BusinessDay(20_780),
            late: Late::Ledger,
            other,
        }
    }

    #[test]
    fn either_end_of_a_timing_difference_names_the_other_day() {
        let slot = timing(End::Slot(3), OtherEnd::Found);
        let extra = timing(End::Extra(0), OtherEnd::Found);
        assert_eq!(
            cause_and_day(Cause::Missing, None, Some(&slot)),
            "timing, booked on 2026-11-23"
        );
        assert_eq!(
            cause_and_day(Cause::OtherDay, Some(&extra.recorded), Some(&extra)),
            "timing, booked on 2026-11-20"
        );
        assert_eq!(
            timing_json(Some(&slot)),
            json!({ "other_day": "2026-11-23", "late": "ledger", "other_end": "found" })
        );
        assert_eq!(timing_json(None), Json::Null);
    }

    #[test]
    fn a_missing_entry_of_a_late_trade_says_whether_the_day_of_its_time_was_compared() {
        for (other, ends) in [
            (OtherEnd::NotCompared, "not compared"),
            (OtherEnd::NotYetCompared, "not yet compared"),
        ] {
            let end = timing(End::Slot(3), other);
            assert_eq!(
                cause_and_day(Cause::Missing, None, Some(&end)),
                format!("missing, 2026-11-23, {ends}")
            );
        }
    }

    #[test]
    fn an_extra_of_another_day_says_whether_that_was_compared() {
        for (other, ends) in [
            (OtherEnd::NotCompared, ", not compared"),
            (OtherEnd::NotYetCompared, ", not yet compared"),
            (OtherEnd::BookedAgain, ", booked more than once"),
        ] {
            let end = timing(End::Extra(0), other);
            assert_eq!(
                cause_and_day(Cause::OtherDay, Some(&end.recorded), Some(&end)),
                format!("other_day, booked on 2026-11-20{ends}")
            );
        }
    }
}
