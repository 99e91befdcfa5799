//! Calendars.

use super::super::{
    arguments::Arguments,
    at::At,
    page,
    schema::Schema,
    written::{date, week, with},
};
use counterfoil_primitives::{calendar::CalendarView, BusinessDay, UtcOffset};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A page of the calendars, by name.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let today = UtcOffset(0).day_of(at.now);
    let calendars = at.source.calendars(at.block.hash)?;
    let pages = page::json(calendars.len(), of);
    let shown = page::of_list(calendars, of).map(|view| calendar(&view, today));
    Ok(with(
        pages,
        json!({ "calendars": shown.collect::<Vec<_>>() }),
    ))
}

fn calendar(view: &CalendarView, today: BusinessDay) -> Json {
    let calendar = &view.calendar;
    let dates = calendar
        .dates
        .iter()
        .map(|(day, is_open)| json!({ "date": date(*day), "open": is_open }));
    json!({
        "calendar": view.name.as_str(),
        "week": week(calendar.weekly),
        "known_until": date(calendar.filled_until),
        "runs_out": calendar.runs_out(today),
        "agreements": view.agreements,
        "dates": dates.collect::<Vec<_>>(),
    })
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let date = Schema::object([
        (
            "date",
            Schema::date(),
            "A date that does not follow the week.",
        ),
        ("open", Schema::boolean(), "Whether it is a working day."),
    ]);
    let calendar = Schema::object([
        ("calendar", Schema::text(), "Its name."),
        (
            "week",
            Schema::text(),
            "The working days of a week, like `mon-fri`.",
        ),
        (
            "known_until",
            Schema::date(),
            "The last day whose dates are known.",
        ),
        (
            "runs_out",
            Schema::boolean(),
            "Whether that is less than 30 days ahead.",
        ),
        (
            "agreements",
            Schema::number().list(),
            "The agreements that name it.",
        ),
        (
            "dates",
            date.list(),
            "The dates that do not follow the week.",
        ),
    ]);
    let calendars = [("calendars", calendar.list(), "By name.")];
    Schema::object(page::fields().into_iter().chain(calendars))
}
