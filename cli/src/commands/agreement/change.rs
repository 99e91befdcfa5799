//! `agreement set-…`: what changes in an agreement. What is not named stays as it is.

use super::{asset, paying_options::Paying, show};
use crate::{
    commands::{calendar::parse_name, council::administer, Context},
    output::Rendered,
};
use anyhow::{anyhow, Context as _, Result};
use clap::{
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    ArgGroup, Args,
};
use counterfoil_client::{
    chain::{call::Call, Chain},
    local_time::offset_changes,
    money::Money,
    time::{day_text, parse_day, parse_offset, parse_time_of_day},
};
use counterfoil_primitives::{
    calendar::MAX_NAMES, AgreementId, BusinessDay, CalendarName, CalendarNames, Conditions,
    MemberId, Source, TimeOfDay, UtcOffset,
};

/// At least one of the arguments after the agreement's number.
pub(super) fn anything() -> ArgGroup {
    ArgGroup::new("anything").required(true).multiple(true)
}

#[derive(Debug, Args)]
#[command(group = anything())]
pub(crate) struct SetConditions {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The first day of the conditions, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
    /// The local time's offset, like +01:00.
    #[arg(long, value_parser = parse_offset, allow_hyphen_values = true, group = "anything")]
    utc_offset: Option<UtcOffset>,
    /// A time zone like Europe/Prague, whose changes of offset are set from the first day until --until.
    #[arg(
        long,
        conflicts_with = "utc_offset",
        requires = "until",
        group = "anything"
    )]
    zone: Option<String>,
    /// The last day for which changes of the time zone's offset are set, like 2030-12-31.
    #[arg(long, value_parser = parse_day, requires = "zone")]
    until: Option<BusinessDay>,
    /// The local time on the day after until which trades are taken, like 00:30.
    #[arg(long, value_parser = parse_time_of_day, group = "anything")]
    cut_off: Option<TimeOfDay>,
    /// The local time on the day after at which the day is reconciled, like 01:00.
    #[arg(long, value_parser = parse_time_of_day, group = "anything")]
    preset: Option<TimeOfDay>,
    /// What the company's book is.
    #[arg(long, value_parser = source_parser(), group = "anything")]
    debit_source: Option<Source>,
    /// What the bank's book is.
    #[arg(long, value_parser = source_parser(), group = "anything")]
    credit_source: Option<Source>,
    #[command(flatten)]
    paying: Paying,
}

#[derive(Debug, Args)]
pub(crate) struct SetCalendars {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The first day of the calendars, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
    /// The names of one or two calendars, like CZ,SK.
    #[arg(long, value_delimiter = ',', value_parser = parse_name, required_unless_present = "none")]
    calendars: Vec<CalendarName>,
    /// No calendar: all days are open.
    #[arg(long, conflicts_with = "calendars")]
    none: bool,
}

#[derive(Debug, Args)]
pub(crate) struct SetClients {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The numbers of all the clients, like 1,5.
    #[arg(long, value_delimiter = ',', required = true)]
    clients: Vec<MemberId>,
}

#[derive(Debug, Args)]
pub(crate) struct SetReconciler {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The first day that the member reconciles, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
    /// The member's number.
    #[arg(long)]
    reconciler: MemberId,
}

#[derive(Debug, Args)]
pub(crate) struct End {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// The first day without payments, like 2026-11-23.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
}

/// What a book is, as staff names it.
fn source_parser() -> impl TypedValueParser<Value = Source> {
    let names = Source::ALL.map(|source| {
        PossibleValue::new(source.name()).help(match source {
            Source::Received => "The entries as they came from the chain",
            Source::Ledger => "The lines of the party's core ledger, imported",
        })
    });
    PossibleValuesParser::new(names)
        .try_map(|name| Source::from_name(&name).ok_or("nothing that a book is has this name"))
}

impl SetConditions {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let chain = context.chain_to_wait_on().await?;
        let agreement = context
            .state(&chain)
            .await?
            .agreement(self.agreement)
            .await?;
        if let Some(asset) = self.paying.rail().and_then(|rail| rail.asset()) {
            let currency = (agreement.money.code(), agreement.view.decimals);
            let at = context.state(&chain).await?;
            asset::check(&at, asset, currency, self.paying.is_other_symbol()).await?;
        }
        let money = &agreement.money;
        if let (Some(zone), Some(until)) = (&self.zone, self.until) {
            let versions = self.by_zone(&agreement.view.conditions, zone, until, money)?;
            let (name, arguments) = ("set_conditions_by_day", (self.agreement, versions));
            return change(context, &chain, self.agreement, name, &arguments).await;
        }
        let before = agreement.view.conditions_on(self.from).with_context(|| {
            format!(
                "the agreement begins on {} only",
                day_text(agreement.view.first_day)
            )
        })?;
        let arguments = (self.agreement, self.from, self.after(before, money)?);
        change(
            context,
            &chain,
            self.agreement,
            "set_conditions",
            &arguments,
        )
        .await
    }

    /// The versions until a day, by the changes of a zone's offset.
    fn by_zone(
        &self,
        before: &[(BusinessDay, Conditions)],
        zone: &str,
        until: BusinessDay,
        money: &Money,
    ) -> Result<Vec<(BusinessDay, Conditions)>> {
        let versions = offset_changes(before, zone, self.from, until)?;
        let after = |(from, conditions)| anyhow::Ok((from, self.after(&conditions, money)?));
        versions.into_iter().map(after).collect()
    }

    fn after(&self, before: &Conditions, money: &Money) -> Result<Conditions> {
        let paid = self.paying.after(before, money)?;
        Ok(Conditions {
            utc_offset: self.utc_offset.unwrap_or(before.utc_offset),
            cut_off: self.cut_off.unwrap_or(before.cut_off),
            preset: self.preset.unwrap_or(before.preset),
            debit_source: self.debit_source.unwrap_or(before.debit_source),
            credit_source: self.credit_source.unwrap_or(before.credit_source),
            ..paid
        })
    }
}

impl SetCalendars {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let names = CalendarNames::try_from(self.calendars.clone()).map_err(|names| {
            anyhow!(
                "{} calendars are more than the {MAX_NAMES} of an agreement; name fewer",
                names.len()
            )
        })?;
        let chain = context.chain_to_wait_on().await?;
        let arguments = (self.agreement, self.from, names);
        change(context, &chain, self.agreement, "set_calendars", &arguments).await
    }
}

impl SetClients {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let chain = context.chain_to_wait_on().await?;
        let arguments = (self.agreement, &self.clients);
        change(context, &chain, self.agreement, "set_clients", &arguments).await
    }
}

impl SetReconciler {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let chain = context.chain_to_wait_on().await?;
        let arguments = (self.agreement, self.from, self.reconciler);
        change(
            context,
            &chain,
            self.agreement,
            "set_reconciler",
            &arguments,
        )
        .await
    }
}

impl End {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let chain = context.chain_to_wait_on().await?;
        let arguments = (self.agreement, self.from);
        change(context, &chain, self.agreement, "end_agreement", &arguments).await
    }
}

/// Proposes a call of the registry to the council. Where it ran, shows the agreement after it.
pub(super) async fn change(
    context: &Context,
    chain: &Chain,
    agreement: AgreementId,
    name: &'static str,
    arguments: &impl codec::Encode,
) -> Result<Rendered> {
    let operator = context.operator()?;
    let call = Call::new("Registry", name, arguments);
    match administer(context, chain, &operator, &call).await? {
        Some(open) => Ok(open),
        None => show(&context.state(chain).await?, agreement).await,
    }
}

#[cfg(test)]
mod tests;
