//! `calendar list` and `calendar show`.

use super::remark::{end_remark, today};
use crate::output::{names_and_values, table, Rendered};
use anyhow::{bail, Result};
use counterfoil_client::{calendar::week_text, chain::read::At, time::day_text};
use counterfoil_primitives::{calendar::CalendarView, BusinessDay, CalendarName};
use serde_json::{json, Value as Json};

pub(super) async fn list(at: &At) -> Result<Rendered> {
    let today = today(at).await?;
    let calendars = at.calendars().await?;
    let json: Vec<_> = calendars.iter().map(|view| to_json(view, today)).collect();
    let rows = calendars.iter().map(|view| {
        vec![
            view.name.to_string(),
            week_text(view.calendar.weekly),
            end_remark(view, today),
            format!("{:?}", view.agreements),
        ]
    });
    let header = ["calendar", "week", "dates known until", "agreements"];
    Ok(Rendered::new(
        json!({ "calendars": json }),
        table(&header, rows),
    ))
}

pub(super) async fn show(at: &At, name: &CalendarName) -> Result<Rendered> {
    let today = today(at).await?;
    let calendars = at.calendars().await?;
    let Some(view) = calendars.iter().find(|view| view.name == *name) else {
        let known: Vec<_> = calendars.iter().map(|view| view.name.as_str()).collect();
        bail!("there is no calendar {name}; there are {known:?}");
    };
    let head = names_and_values([
        ("calendar", view.name.to_string()),
        ("week", week_text(view.calendar.weekly)),
        ("dates known until", end_remark(view, today)),
        ("agreements", format!("{:?}", view.agreements)),
    ]);
    let rows = view.calendar.dates.iter().map(|(day, is_open)| {
        let what = if *is_open { "open" } else { "closed" };
        vec![day_text(*day), what.into()]
    });
    let text = format!("{head}\n{}", table(&["date", "the day is"], rows));
    Ok(Rendered::new(to_json(view, today), text))
}

fn to_json(view: &CalendarView, today: BusinessDay) -> Json {
    let calendar = &view.calendar;
    let dates = calendar
        .dates
        .iter()
        .map(|(day, is_open)| json!({ "date": day_text(*day), "open": is_open }));
    json!({
        "calendar": view.name.as_str(),
        "week": week_text(calendar.weekly),
        "known_until": day_text(calendar.filled_until),
        "runs_out": calendar.runs_out(today),
        "agreements": view.agreements,
        "dates": dates.collect::<Vec<_>>(),
    })
}
