//! What a day waits for, from whom, and until when, as answers have it.

use super::super::{
    schema::Schema,
    written::{moment, name},
};
use counterfoil_primitives::{
    awaited_of_day::{self, Awaited, What},
    summary::{DayStatus, DaySummary},
    AgreementView, Moment, Side,
};
use serde_json::{json, Value as Json};

/// All that a day waits for, at a time of the chain.
pub fn of_day(agreement: &AgreementView, day: &DaySummary, now: Moment) -> Vec<Json> {
    list(&awaited_of_day::of_day(agreement, day, now))
}

/// What is awaited.
pub fn list(awaited: &[Awaited]) -> Vec<Json> {
    awaited.iter().map(to_json).collect()
}

fn to_json(awaited: &Awaited) -> Json {
    json!({
        "what": awaited.what.name(),
        "members": awaited.from,
        "side": awaited.what.side().map(Side::name),
        "until": awaited.until.map(moment),
        "late": awaited.is_late,
    })
}

/// The schema of an item of [`list`].
pub fn schema() -> Schema {
    Schema::object([
        (
            "what",
            Schema::names_of(What::name),
            "What is awaited. `report` that is late: the report, or the mark that the side defaulted; \
             `default`: that mark alone, which is not taken before the day's deadline.",
        ),
        (
            "members",
            Schema::number().list(),
            "From whom: from any of them.",
        ),
        (
            "side",
            Schema::names_of(Side::name).or_null(),
            "Of which side; null: of the day.",
        ),
        (
            "until",
            Schema::moment().or_null(),
            "Until when it is in time; null where no time is set.",
        ),
        ("late", Schema::boolean(), "Whether that time is over."),
    ])
}

/// The schema of the states of a day.
pub fn states() -> Schema {
    Schema::names_of(name::<DayStatus>)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A report that is awaited until a second after 1970 began.
    fn report(is_late: bool) -> Awaited {
        Awaited {
            what: What::Report(Side::Credit),
            from: vec![4, 2, 3],
            until: Some(1_000),
            is_late,
        }
    }

    #[test]
    fn what_is_awaited_has_its_side_and_its_time() {
        let expected = json!({
            "what": "report",
            "members": [4, 2, 3],
            "side": "credit",
            "until": "1970-01-01T00:00:01Z",
            "late": true,
        });
        assert_eq!(to_json(&report(true)), expected);
        assert_eq!(to_json(&report(false))["late"], false);
    }

    #[test]
    fn what_has_no_side_and_no_time_has_null_for_them() {
        let of_day = to_json(&Awaited {
            what: What::Seal,
            until: None,
            ..report(false)
        });
        assert_eq!(
            (&of_day["side"], &of_day["until"]),
            (&Json::Null, &Json::Null)
        );
    }

    #[test]
    fn all_that_a_day_waits_for_is_listed() {
        let agreement = crate::rpc::reads::tests::example::agreement();
        let day = DaySummary {
            day: agreement.first_day,
            status: DayStatus::Sealed,
            preset_at: 20,
            deadline_at: 30,
            ..DaySummary::default()
        };
        let listed = of_day(&agreement, &day, 10);
        let of = listed.iter().map(|one| (&one["what"], &one["members"]));
        let commitment = json!("commitment");
        let (company, bank) = (json!([2]), json!([3]));
        let expected = [(&commitment, &company), (&commitment, &bank)];
        assert_eq!(of.collect::<Vec<_>>(), expected);
    }
}
