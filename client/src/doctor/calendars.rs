//! Calendars whose dates run out, by the rule by which nodes warn.

use super::{
    business::Business,
    finding::{each_or_nothing, Finding},
};
use crate::time::day_text;
use counterfoil_primitives::calendar::CalendarView;

/// The check's name.
const CHECK: &str = "calendars";

/// What is found of the calendars that the member's agreements go by today or later.
pub(super) fn findings(business: &Business) -> Vec<Finding> {
    let running_out = business.calendars.iter().filter(|view| {
        let is_own = |named: &super::Named| named.calendars.contains(&view.name);
        business.agreements.iter().any(is_own) && view.calendar.runs_out(business.today)
    });
    each_or_nothing(
        CHECK,
        running_out.map(finding).collect(),
        "none of the member's agreements goes by one that runs out",
    )
}

fn finding(view: &CalendarView) -> Finding {
    let name = &view.name;
    Finding::warning(
        CHECK,
        format!(
            "the dates of calendar {name} are known until {}; later days follow the week alone",
            day_text(view.calendar.filled_until)
        ),
        format!("Let a seat propose the next dates by `counterfoil calendar set {name}`."),
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};
    use counterfoil_primitives::{
        calendar_runs_out::WARNING_DAYS, BusinessDay, Calendar, CalendarName, WorkingDays,
    };

    /// What is found of a calendar whose dates are known for that many days from today on, and of which the
    /// agreement has this name.
    fn found(known_for: u32, name: &str) -> Finding {
        let mut business = examples::business(0);
        business.calendars = vec![CalendarView {
            name: CalendarName::truncated("CZ"),
            calendar: Calendar {
                weekly: WorkingDays::MONDAY_TO_FRIDAY,
                dates: Default::default(),
                filled_until: BusinessDay(business.today.0 + known_for),
            },
            agreements: vec![7],
        }];
        business.agreements[0].calendars = [CalendarName::truncated(name)].into();
        findings(&business).remove(0)
    }

    #[test]
    fn dates_that_run_out_within_thirty_days_are_a_warning_with_what_helps() {
        assert_eq!(found(WARNING_DAYS, "CZ").state, State::Ok);
        let found = found(WARNING_DAYS - 1, "CZ");
        assert_eq!(found.state, State::Warning);
        assert!(found.remedy.unwrap().contains("calendar set CZ"));
    }

    #[test]
    fn a_calendar_that_no_agreement_goes_by_any_more_is_left_out() {
        assert_eq!(found(0, "SK").state, State::Ok);
    }
}
