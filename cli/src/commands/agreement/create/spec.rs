//! What the file of an agreement states, and the calls that make it so.

use super::Create;
use crate::commands::{
    agreement::paying_options::{client_limits, Paying},
    amount::{amount, limit},
};
use anyhow::{anyhow, bail, Context as _, Result};
use counterfoil_client::{
    chain::call::Call,
    mapping::ProductValues,
    money::Money,
    time::{parse_day, parse_offset, parse_time_of_day},
};
use counterfoil_primitives::{
    settlement::{Period, Rail},
    AgreementId, Amount, BusinessDay, Caps, Conditions, Currency, MemberId, Source, Terms,
};
use serde::Deserialize;

/// An agreement as its file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Spec {
    pub(super) id: Option<AgreementId>,
    bank: MemberId,
    company: MemberId,
    reconciler: MemberId,
    clients: Vec<MemberId>,
    pub(super) currency: String,
    /// Decimal places of the currency's minor unit; the default is that of ISO 4217.
    decimals: Option<u8>,
    /// The asset in which what is owed is paid.
    pub(super) asset: Option<u32>,
    /// Whether what is owed is paid outside the chain instead.
    #[serde(default)]
    external: bool,
    first_day: String,
    caps: Caps,
    /// The largest gross amount of a trade; as the chain allows unless it is given.
    max_gross: Option<String>,
    deadline_minutes: u32,
    max_late_minutes: u32,
    /// Business days after a payment's until which a part of it may be given back.
    refund_days: u16,
    /// Business days after a trade's until which it may be amended.
    #[serde(default = "default_amend_days")]
    amend_days: u16,
    /// Days after a proposal to amend trades until which it can be answered.
    #[serde(default = "default_answer_days")]
    answer_days: u16,
    conditions: ConditionsSpec,
    #[serde(default)]
    products: Vec<ProductValues>,
}

/// A year, so that what an audit finds can still be amended.
fn default_amend_days() -> u16 {
    365
}

/// Ten days, so that staff can answer after holidays.
fn default_answer_days() -> u16 {
    10
}

/// Conditions as a file states them.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct ConditionsSpec {
    utc_offset: String,
    cut_off: String,
    preset: String,
    #[serde(default)]
    debit_source: Source,
    #[serde(default)]
    credit_source: Source,
    /// Which days one payment covers; each day by itself unless it is given.
    #[serde(default)]
    period: Period,
    /// The most that a client's payments of a day may come to before their payment waits for a release.
    client_payments: Option<String>,
    /// The same for a client's refunds.
    client_refunds: Option<String>,
}

/// The arguments of the call, in its order.
type Arguments = (
    (MemberId, MemberId, MemberId),
    Vec<MemberId>,
    (Currency, u8),
    BusinessDay,
    (Caps, Option<Amount>),
    (u32, u32, u16, u16, u16),
    Conditions,
);

impl Spec {
    /// The currency and its decimals, which are those of ISO 4217: an agreement that counted in other
    /// decimals would read each amount wrongly.
    pub(super) fn currency(&self) -> Result<(Currency, u8)> {
        let by_iso = Money::of(&self.currency)?.exponent() as u8;
        let decimals = self.decimals.unwrap_or(by_iso);
        if decimals != by_iso {
            bail!(
                "{} has {by_iso} decimals by ISO 4217, and the file says {decimals}. Remedy: leave \
                 `decimals` out, and name an asset of {by_iso} decimals",
                self.currency
            );
        }
        let currency = Currency::try_from(self.currency.as_str())
            .map_err(|_| anyhow!("{:?} is not a currency code", self.currency))?;
        Ok((currency, decimals))
    }

    /// How the money moves, by the file.
    fn rail(&self) -> Result<Rail> {
        match (self.asset, self.external) {
            (Some(asset), false) => Ok(Rail::Asset(asset)),
            (None, true) => Ok(Rail::External),
            (Some(_), true) => bail!(
                "the file says both that an asset is paid and that payment is outside the chain. Remedy: keep \
                 `asset` or `external`"
            ),
            (None, false) => bail!(
                "the file does not say how what is owed is paid. Remedy: write `asset = 1` for an asset of the \
                 chain, or `external = true`"
            ),
        }
    }

    /// The file's statements with what the options state in their place.
    pub(super) fn with(&self, options: &Create) -> Self {
        let mut spec = self.clone();
        if let Some(rail) = options.paying.rail() {
            (spec.asset, spec.external) = (rail.asset(), rail == Rail::External);
        }
        if let Some(max_gross) = &options.max_gross {
            spec.max_gross = Some(max_gross.clone());
        }
        spec
    }

    fn conditions(&self, paying: &Paying, money: &Money) -> Result<Conditions> {
        let stated = &self.conditions;
        let limits = (
            stated.client_payments.as_deref(),
            stated.client_refunds.as_deref(),
        );
        let conditions = Conditions {
            utc_offset: parse_offset(&stated.utc_offset)?,
            cut_off: parse_time_of_day(&stated.cut_off)?,
            preset: parse_time_of_day(&stated.preset)?,
            debit_source: stated.debit_source,
            credit_source: stated.credit_source,
            period: stated.period,
            rail: self.rail()?,
            client_limits: client_limits(None, limits, money)?,
        };
        paying.after(&conditions, money)
    }

    fn arguments(&self, paying: &Paying) -> Result<Arguments> {
        let (currency, decimals) = self.currency()?;
        let money = Money::counted(&self.currency, decimals)?;
        let max_gross = self.max_gross.as_deref();
        let max_gross = max_gross.map(|text| limit("max_gross", text, &money, amount));
        Ok((
            (self.bank, self.company, self.reconciler),
            self.clients.clone(),
            (currency, decimals),
            parse_day(&self.first_day)?,
            (self.caps, max_gross.transpose()?.flatten()),
            (
                self.deadline_minutes,
                self.max_late_minutes,
                self.refund_days,
                self.amend_days,
                self.answer_days,
            ),
            self.conditions(paying, &money)?,
        ))
    }

    /// The calls that make the agreement and its products.
    pub(super) fn calls(&self, id: AgreementId, paying: &Paying) -> Result<Vec<Call>> {
        let arguments = self.arguments(paying)?;
        let first_day = arguments.3;
        let mut calls = vec![Call::new("Registry", "create_agreement", &(id, arguments))];
        for product in &self.products {
            let spec = product
                .terms
                .as_ref()
                .with_context(|| format!("product {} has no terms", product.id))?;
            let versions: Vec<(BusinessDay, Terms)> = vec![(first_day, spec.terms()?)];
            calls.push(Call::new(
                "Registry",
                "add_product",
                &(id, product.id, versions),
            ));
        }
        Ok(calls)
    }
}

#[cfg(test)]
mod tests;
