//! What is remarkable about the end of a calendar's dates.

use anyhow::Result;
use counterfoil_client::{chain::read::At, time::day_text};
use counterfoil_primitives::{calendar::CalendarView, AgreementId, BusinessDay, UtcOffset};

/// Until when the dates of a calendar are known, and what helps where they run out.
pub(crate) fn end_remark(view: &CalendarView, today: BusinessDay) -> String {
    let until = day_text(view.calendar.filled_until);
    if view.calendar.runs_out(today) {
        format!("{until}: they run out, set the next ones by `calendar set`")
    } else {
        until
    }
}

/// The day of the block's time, by UTC.
pub(crate) async fn today(at: &At) -> Result<BusinessDay> {
    Ok(UtcOffset(0).day_of(at.now().await?))
}

/// The calendars that one of these agreements names and whose dates run out, a line for each.
pub(crate) async fn ends_soon(at: &At, of: &[AgreementId]) -> Result<Vec<String>> {
    let today = today(at).await?;
    let calendars = at.calendars().await?;
    Ok(lines_of(&calendars, of, today))
}

fn lines_of(calendars: &[CalendarView], of: &[AgreementId], today: BusinessDay) -> Vec<String> {
    let is_asked_for = |view: &&CalendarView| view.agreements.iter().any(|id| of.contains(id));
    calendars
        .iter()
        .filter(is_asked_for)
        .filter(|view| view.calendar.runs_out(today))
        .map(|view| {
            let end = end_remark(view, today);
            format!("calendar {}: dates known until {end}", view.name)
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::{Calendar, CalendarName, WorkingDays};

    const LAST_QUIET: BusinessDay = BusinessDay(20_788);

    /// A calendar of agreement 1, known until the end of 2026.
    fn view() -> CalendarView {
        CalendarView {
            name: CalendarName::truncated("CZ"),
            calendar: Calendar {
                weekly: WorkingDays::MONDAY_TO_FRIDAY,
                dates: Default::default(),
                filled_until: BusinessDay(20_818),
            },
            agreements: vec![1],
        }
    }

    #[test]
    fn dates_that_run_out_are_remarked_with_what_helps() {
        assert_eq!(end_remark(&view(), LAST_QUIET), "2026-12-31");
        let soon = end_remark(&view(), LAST_QUIET.next());
        assert!(soon.contains("`calendar set`"), "{soon}");
    }

    #[test]
    fn calendars_that_run_out_are_told_to_whoever_reads_of_their_agreements() {
        let lines = |of: &[AgreementId], today| lines_of(&[view()], of, today);
        assert_eq!(lines(&[1, 2], LAST_QUIET), Vec::<String>::new());
        assert_eq!(lines(&[2], LAST_QUIET.next()), Vec::<String>::new());
        let [line] = &lines(&[1, 2], LAST_QUIET.next())[..] else {
            panic!("there is one")
        };
        assert!(line.starts_with("calendar CZ: dates known until 2026-12-31"));
    }
}
