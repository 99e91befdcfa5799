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
mod tests {
    use super::*;
    use clap::Parser;
    use counterfoil_primitives::settlement::{ClientLimits, Period, Rail};

    #[derive(Debug, Parser)]
    struct Line<T: Args> {
        #[command(flatten)]
        command: T,
    }

    fn read<T: Args>(line: &str) -> Result<T, clap::Error> {
        Line::try_parse_from(line.split(' ')).map(|line| line.command)
    }

    const BEFORE: Conditions = Conditions {
        utc_offset: UtcOffset(60),
        cut_off: TimeOfDay(30),
        preset: TimeOfDay(60),
        debit_source: Source::Received,
        credit_source: Source::Ledger,
        period: Period::Day,
        rail: Rail::Asset(1),
        client_limits: None,
    };

    fn czk() -> Money {
        Money::of("CZK").unwrap()
    }

    #[test]
    fn what_is_not_named_stays() {
        let line = "set --agreement 1 --from 2027-03-29 --utc-offset +02:00";
        let set = read::<SetConditions>(line).unwrap();
        let after = set.after(&BEFORE, &czk()).unwrap();
        assert_eq!(
            after,
            Conditions {
                utc_offset: UtcOffset(120),
                ..BEFORE
            }
        );
    }

    #[test]
    fn what_is_named_changes() {
        let line = "set --agreement 1 --from 2027-03-29 --utc-offset -05:00 --cut-off 01:30 \
                    --preset 02:00 --debit-source ledger --credit-source received --external \
                    --period working-day --client-payments 12.50 --client-refunds 0.25";
        let words: Vec<&str> = line.split_whitespace().collect();
        let set = read::<SetConditions>(&words.join(" ")).unwrap();
        assert_eq!(
            set.after(&BEFORE, &czk()).unwrap(),
            Conditions {
                utc_offset: UtcOffset(-300),
                cut_off: TimeOfDay(90),
                preset: TimeOfDay(120),
                debit_source: Source::Ledger,
                credit_source: Source::Received,
                period: Period::WorkingDay,
                rail: Rail::External,
                client_limits: Some(ClientLimits {
                    payments: 1_250,
                    refunds: 25,
                }),
            }
        );
    }

    #[test]
    fn a_change_of_nothing_is_refused() {
        let line = "set --agreement 1 --from 2027-03-29";
        assert!(read::<SetConditions>(line).is_err());
        assert!(read::<SetConditions>(&format!("{line} --external")).is_ok());
        assert!(read::<SetClients>("set --agreement 1").is_err());
    }

    #[test]
    fn an_end_and_a_reconciler_have_a_day() {
        let end: End = read("end --agreement 1 --from 2026-11-23").unwrap();
        assert_eq!(end.from, BusinessDay(20_780));
        let line = "set --agreement 1 --from 2026-11-23 --reconciler 9";
        let set: SetReconciler = read(line).unwrap();
        assert_eq!((set.from, set.reconciler), (BusinessDay(20_780), 9));
        assert!(read::<End>("end --agreement 1").is_err());
        assert!(read::<SetReconciler>("set --agreement 1 --reconciler 9").is_err());
    }

    #[test]
    fn calendars_are_named_or_none() {
        let line = "set --agreement 1 --from 2026-11-23";
        let set: SetCalendars = read(&format!("{line} --calendars CZ,SK")).unwrap();
        let names: Vec<_> = set.calendars.iter().map(|name| name.as_str()).collect();
        assert_eq!(names, ["CZ", "SK"]);
        let none: SetCalendars = read(&format!("{line} --none")).unwrap();
        assert!(none.calendars.is_empty());
        assert!(read::<SetCalendars>(line).is_err());
        assert!(read::<SetCalendars>(&format!("{line} --calendars CZ --none")).is_err());
    }

    #[test]
    fn a_zone_has_a_last_day_and_no_offset_beside_it() {
        let line = "set --agreement 1 --from 2027-01-01 --zone Europe/Prague";
        let set: SetConditions = read(&format!("{line} --until 2027-12-31")).unwrap();
        assert_eq!(set.zone.as_deref(), Some("Europe/Prague"));
        assert!(read::<SetConditions>(line).is_err());
        let both = format!("{line} --until 2027-12-31 --utc-offset +01:00");
        assert!(read::<SetConditions>(&both).is_err());
        let alone = "set --agreement 1 --from 2027-01-01 --preset 02:00 --until 2027-12-31";
        assert!(read::<SetConditions>(alone).is_err());
    }

    #[test]
    fn what_else_is_named_changes_with_the_zone() {
        let line = "set --agreement 1 --from 2027-01-01 --zone Etc/GMT-2 --until 2027-12-31 \
                    --preset 02:00";
        let words: Vec<&str> = line.split_whitespace().collect();
        let set: SetConditions = read(&words.join(" ")).unwrap();
        let before = [(BusinessDay(20_000), BEFORE)];
        let (zone, until) = (set.zone.as_deref().unwrap(), set.until.unwrap());
        let versions = set.by_zone(&before, zone, until, &czk()).unwrap();
        let expected = Conditions {
            utc_offset: UtcOffset(120),
            preset: TimeOfDay(120),
            ..BEFORE
        };
        assert_eq!(versions, vec![(set.from, expected)]);
    }

    #[test]
    fn clients_are_a_list_with_commas() {
        let set: SetClients = read("set --agreement 1 --clients 1,5").unwrap();
        assert_eq!(set.clients, vec![1, 5]);
    }
}
