//! How what is owed is paid, as options state it: rail, settlement period, and clients' limits.

use crate::commands::amount::{amount_or_zero, limit};
use anyhow::Result;
use clap::{
    builder::{PossibleValue, PossibleValuesParser, TypedValueParser},
    Args,
};
use counterfoil_client::{
    money::Money,
    obligations::words::{period_option, period_text},
};
use counterfoil_primitives::{
    settlement::{ClientLimits, Period, Rail},
    Amount, Conditions,
};

/// No limit of either kind.
const ANY: ClientLimits = ClientLimits {
    payments: Amount::MAX,
    refunds: Amount::MAX,
};

#[derive(Clone, Debug, Default, Args)]
pub(super) struct Paying {
    /// What is owed is paid in this asset of the chain, by the debtor's node.
    #[arg(long, group = "anything")]
    asset: Option<u32>,
    /// What is owed is paid outside the chain: the debtor declares it, and the creditor acknowledges it.
    #[arg(long, conflicts_with = "asset", group = "anything")]
    external: bool,
    /// States that the asset is in the agreement's currency, though its symbol differs.
    #[arg(long)]
    other_symbol: bool,
    /// Which days one payment covers.
    #[arg(long, value_parser = period_parser(), group = "anything")]
    period: Option<Period>,
    /// The most that a client's payments of a day may come to in the bank's amounts, like 12.50, before
    /// their payment waits for a release; or none.
    #[arg(long, value_name = "AMOUNT", group = "anything")]
    client_payments: Option<String>,
    /// The same for a client's refunds.
    #[arg(long, value_name = "AMOUNT", group = "anything")]
    client_refunds: Option<String>,
}

/// Reads a settlement period, as staff names it.
fn period_parser() -> impl TypedValueParser<Value = Period> {
    let names = Period::ALL
        .map(|period| PossibleValue::new(period_option(period)).help(period_text(period)));
    PossibleValuesParser::new(names).try_map(|name| {
        Period::from_name(&name.replace('-', "_")).ok_or("no settlement period has this name")
    })
}

impl Paying {
    /// How the money moves, where the options say so.
    pub(super) fn rail(&self) -> Option<Rail> {
        match (self.asset, self.external) {
            (Some(asset), _) => Some(Rail::Asset(asset)),
            (None, true) => Some(Rail::External),
            (None, false) => None,
        }
    }

    /// Whether an asset is said to be in the agreement's currency, though its symbol differs.
    pub(super) const fn is_other_symbol(&self) -> bool {
        self.other_symbol
    }

    /// The conditions with what the options state; what they do not name stays.
    pub(super) fn after(&self, before: &Conditions, money: &Money) -> Result<Conditions> {
        let texts = (
            self.client_payments.as_deref(),
            self.client_refunds.as_deref(),
        );
        Ok(Conditions {
            period: self.period.unwrap_or(before.period),
            rail: self.rail().unwrap_or(before.rail),
            client_limits: client_limits(before.client_limits, texts, money)?,
            ..*before
        })
    }
}

/// Clients' limits with what texts state: of payments, and of refunds. What is not named stays.
pub(super) fn client_limits(
    before: Option<ClientLimits>,
    (payments, refunds): (Option<&str>, Option<&str>),
    money: &Money,
) -> Result<Option<ClientLimits>> {
    let before = before.unwrap_or(ANY);
    let named = |option: &str, text: Option<&str>, before: Amount| match text {
        None => Ok(before),
        Some(text) => {
            let limit = limit(option, text, money, amount_or_zero)?;
            anyhow::Ok(limit.unwrap_or(Amount::MAX))
        }
    };
    let after = ClientLimits {
        payments: named("--client-payments", payments, before.payments)?,
        refunds: named("--client-refunds", refunds, before.refunds)?,
    };
    Ok((after != ANY).then_some(after))
}

/// Clients' limits for people.
pub(super) fn client_limits_text(limits: Option<ClientLimits>, money: &Money) -> String {
    let text = |limit: Amount| match limit {
        Amount::MAX => "any amount".into(),
        limit => money.show(limit),
    };
    match limits {
        None => "none".into(),
        Some(limits) => format!(
            "payments {}, refunds {}",
            text(limits.payments),
            text(limits.refunds)
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::Parser;

    #[derive(Debug, Parser)]
    #[command(group = clap::ArgGroup::new("anything").multiple(true))]
    struct Line {
        #[command(flatten)]
        paying: Paying,
    }

    fn read(line: &str) -> Result<Paying, clap::Error> {
        let words = format!("set {line}");
        Line::try_parse_from(words.split_whitespace()).map(|line| line.paying)
    }

    fn czk() -> Money {
        Money::of("CZK").unwrap()
    }

    /// The conditions after options, of an agreement that pays in asset 1.
    fn after(line: &str, client_limits: Option<ClientLimits>) -> Conditions {
        let before = Conditions {
            rail: Rail::Asset(1),
            period: Period::Month,
            client_limits,
            ..Conditions::default()
        };
        read(line).unwrap().after(&before, &czk()).unwrap()
    }

    #[test]
    fn what_is_not_named_stays() {
        let after = after("", None);
        assert_eq!((after.rail, after.period), (Rail::Asset(1), Period::Month));
        assert_eq!(after.client_limits, None);
    }

    #[test]
    fn a_rail_is_an_asset_or_outside_the_chain() {
        assert_eq!(after("--asset 5", None).rail, Rail::Asset(5));
        assert_eq!(after("--external", None).rail, Rail::External);
        assert!(read("--asset 5 --external").is_err());
    }

    #[test]
    fn a_period_is_named_as_people_write_it() {
        for (name, period) in [
            ("day", Period::Day),
            ("working-day", Period::WorkingDay),
            ("month", Period::Month),
        ] {
            assert_eq!(after(&format!("--period {name}"), None).period, period);
        }
        let error = read("--period week").unwrap_err().to_string();
        assert!(error.contains("working-day"), "{error}");
    }

    #[test]
    fn a_limit_that_is_named_changes_alone_and_both_may_be_cleared() {
        let one = after("--client-payments 12.50", None)
            .client_limits
            .unwrap();
        assert_eq!((one.payments, one.refunds), (1_250, Amount::MAX));
        let both = after("--client-refunds 0", Some(one)).client_limits;
        let expected = ClientLimits {
            payments: 1_250,
            refunds: 0,
        };
        assert_eq!(both, Some(expected));
        let line = "--client-payments none --client-refunds none";
        assert_eq!(after(line, both).client_limits, None);
    }

    #[test]
    fn people_read_limits_as_amounts() {
        let text = |limits| client_limits_text(limits, &czk());
        assert_eq!(text(None), "none");
        let limits = ClientLimits {
            payments: 1_250,
            refunds: Amount::MAX,
        };
        assert_eq!(text(Some(limits)), "payments 12.50 CZK, refunds any amount");
    }
}
