//! The times of a file's lines.

use super::{layout::Column, row::Row, LineError, TimeColumn};
use crate::{
    local_time::{check_format, check_zone, text, Clock, LocalTime, Zone},
    time::date_of,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{BusinessDay, Moment};
use jiff::civil::{DateTime, Time};

/// Reads times of a file.
pub(crate) struct TimeReader {
    format: String,
    zone: Zone,
    at: Time,
}

/// A time that was read.
pub(crate) struct ReadTime {
    /// The moment.
    pub(crate) moment: Moment,
    /// What the agreement's clock shows then, and what the file says, where a zone is named by
    /// which they are not the same.
    pub(crate) apart: Option<(DateTime, DateTime)>,
}

impl TimeReader {
    pub(super) fn new(column: &TimeColumn) -> Result<Self> {
        let at = match &column.at {
            Some(text) => text.parse().with_context(|| {
                format!("[time] at: {text:?} is not a time of day; write it like 12:00")
            })?,
            None => Time::constant(12, 0, 0, 0),
        };
        check_format(&column.format)?;
        let zone = Zone::parse(&column.zone)?;
        check_zone(&column.format, &zone)?;
        Ok(Self {
            format: column.format.clone(),
            zone,
            at,
        })
    }

    /// The moment that a line has in a column. Where `day` is named, it is that day's.
    pub(super) fn read(
        &self,
        row: &Row<'_>,
        column: &Column,
        clock: &Clock<'_>,
        day: Option<BusinessDay>,
    ) -> Result<ReadTime, LineError> {
        let text = row.value(column)?;
        let local = LocalTime::parse(text, &self.format)
            .map_err(|error| row.at(column, format!("{error:#}"), self.remedy(text)))?;
        let moment = match day {
            Some(day) => local.resolve_on(day, self.at, &self.zone, clock),
            None => local.resolve(self.at, &self.zone, clock),
        };
        let moment = moment.map_err(|why| {
            let error = row.at(column, why.to_string(), why.remedy().into());
            LineError {
                no_moment: Some(why),
                ..error
            }
        })?;
        Ok(ReadTime {
            moment,
            apart: self.apart(local, moment, clock, day),
        })
    }

    fn apart(
        &self,
        local: LocalTime,
        moment: Moment,
        clock: &Clock<'_>,
        day: Option<BusinessDay>,
    ) -> Option<(DateTime, DateTime)> {
        if local.offset.is_some() || matches!(self.zone, Zone::Agreement) {
            return None;
        }
        let date = day.and_then(date_of).unwrap_or(local.date);
        let named = DateTime::from_parts(date, local.time.unwrap_or(self.at));
        // Where the agreement cannot tell its own time, the zone is what tells it.
        let own = clock.local(moment).ok()?;
        (own != named).then_some((own, named))
    }

    /// What may be wrong with a text that the format does not read.
    fn remedy(&self, text: &str) -> String {
        let text = text.to_ascii_lowercase();
        let is_half = ["am", "pm", "a.m.", "p.m."]
            .iter()
            .any(|half| text.ends_with(half));
        let reads_half = self.format.contains("%p") || self.format.contains("%P");
        match (is_half, reads_half) {
            (true, false) => {
                "read AM and PM by %I and %p in the format under [time] in the mapping".into()
            }
            (false, true) => {
                "write AM or PM after the time, as the format under [time] says".into()
            }
            _ => "correct the time, or the format under [time] in the mapping".into(),
        }
    }
}

/// Lines whose time is not the same by the named zone and by the agreement.
#[derive(Default)]
pub(crate) struct Apart {
    lines: usize,
    on_another_day: usize,
    first: Option<(u64, DateTime, DateTime)>,
}

impl Apart {
    /// Takes in a line.
    pub(super) fn add(&mut self, line: u64, time: &ReadTime) {
        if let Some((own, named)) = time.apart {
            self.lines += 1;
            self.on_another_day += usize::from(own.date() != named.date());
            self.first.get_or_insert((line, own, named));
        }
    }

    /// What there is to say of them, by the `zone` that the mapping names.
    pub(super) fn note(&self, zone: &str) -> Option<String> {
        let (line, own, named) = self.first?;
        Some(format!(
            "the zone {zone} and the agreement's offset disagree on {} lines, and on the day of {} of them; line {line} says {}, which is {} by the agreement. \
             See whether the zone under [time] is right, and whether the agreement has its change of offset (agreement show)",
            self.lines,
            self.on_another_day,
            text(named),
            text(own),
        ))
    }
}

#[cfg(test)]
mod tests;
