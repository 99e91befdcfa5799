//! `calendar`: on which days nobody has to act.

mod remark;
mod show;

pub(crate) use remark::ends_soon;

use super::{council::administer, Context};
use crate::output::Rendered;
use anyhow::{anyhow, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    calendar::{load, parse_week},
    chain::call::Call,
    time::parse_day,
};
use counterfoil_primitives::{BusinessDay, CalendarName, WorkingDays};
use show::{list, show};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Calendar {
    /// Lists the calendars, until when their dates are known, and the agreements that go by them.
    List,
    /// Shows a calendar with all its dates.
    Show(Show),
    /// Sets a calendar: its week, and all dates that do not follow it. While an agreement names it, its week
    /// and the dates of days that have begun stay. Proposes it to the council.
    Set(Set),
    /// Removes a calendar that no agreement names. Proposes it to the council.
    Remove(Remove),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The calendar's name.
    #[arg(value_parser = parse_name)]
    name: CalendarName,
}

#[derive(Debug, Args)]
pub(crate) struct Set {
    /// The calendar's name.
    #[arg(value_parser = parse_name)]
    name: CalendarName,
    /// A file of all dates that do not follow the week: .toml with the lists `closed` and `open`, or .csv
    /// with the columns `date` and `open`.
    #[arg(long)]
    file: PathBuf,
    /// The working days of a week, like mon-fri.
    #[arg(long, value_parser = parse_week)]
    week: WorkingDays,
    /// The last day whose dates are known, like 2027-12-31. Later days follow the week.
    #[arg(long, value_parser = parse_day)]
    until: BusinessDay,
}

#[derive(Debug, Args)]
pub(crate) struct Remove {
    /// The calendar's name.
    #[arg(value_parser = parse_name)]
    name: CalendarName,
}

/// Reads the name of a calendar.
pub(crate) fn parse_name(text: &str) -> Result<CalendarName> {
    CalendarName::try_from(text)
        .ok()
        .filter(|name| !name.is_empty())
        .ok_or_else(|| anyhow!("{text:?} is no name of a calendar; it has 1 to 16 bytes"))
}

impl Calendar {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::List => list(&context.state(&context.chain().await?).await?).await,
            Self::Show(Show { name }) => {
                show(&context.state(&context.chain().await?).await?, &name).await
            }
            Self::Set(set) => set.run(context).await,
            Self::Remove(remove) => remove.run(context).await,
        }
    }
}

impl Set {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let dates = load(&self.file)?;
        let arguments = (&self.name, self.week, dates, self.until);
        let call = Call::new("Registry", "set_calendar", &arguments);
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(&context.state(&chain).await?, &self.name).await,
        }
    }
}

impl Remove {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let call = Call::new("Registry", "remove_calendar", &self.name);
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => list(&context.state(&chain).await?).await,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_has_one_to_sixteen_bytes() {
        assert!(parse_name("CZ").is_ok());
        assert!(parse_name(&"x".repeat(16)).is_ok());
        for text in [String::new(), "x".repeat(17)] {
            let error = parse_name(&text).unwrap_err().to_string();
            assert!(error.contains("1 to 16 bytes"), "{error}");
        }
    }
}
