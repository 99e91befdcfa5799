//! `agreement create`: an agreement as its file states it.

use super::show;
use crate::{
    chain::call::Call,
    commands::Context,
    mapping::ProductValues,
    money::Money,
    output::Rendered,
    time::{parse_day, parse_offset, parse_time_of_day},
};
use anyhow::{anyhow, bail, Context as _, Result};
use clap::Args;
use counterfoil_primitives::{
    AgreementId, BusinessDay, Caps, Conditions, Currency, MemberId, Source, Terms,
};
use serde::Deserialize;
use std::path::PathBuf;

#[derive(Debug, Args)]
pub(crate) struct Create {
    /// The agreement's file.
    #[arg(long)]
    file: PathBuf,
    /// The agreement's number, instead of the file's.
    #[arg(long)]
    agreement: Option<AgreementId>,
}

/// An agreement as its file states it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Spec {
    id: Option<AgreementId>,
    bank: MemberId,
    company: MemberId,
    reconciler: MemberId,
    clients: Vec<MemberId>,
    currency: String,
    /// Decimal places of the currency's minor unit; those of ISO 4217 where it is not named.
    decimals: Option<u8>,
    asset: u32,
    first_day: String,
    caps: Caps,
    deadline_minutes: u32,
    max_late_minutes: u32,
    conditions: ConditionsSpec,
    #[serde(default)]
    products: Vec<ProductValues>,
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
}

/// The arguments of the call, in its order.
type Arguments = (
    (MemberId, MemberId, MemberId),
    Vec<MemberId>,
    (Currency, u8),
    u32,
    BusinessDay,
    Caps,
    (u32, u32),
    Conditions,
);

impl Spec {
    /// The currency and its decimals, which are those of ISO 4217: an agreement that counted in others
    /// would take each amount for another one.
    fn currency(&self) -> Result<(Currency, u8)> {
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
            .map_err(|_| anyhow!("{:?} is no currency code", self.currency))?;
        Ok((currency, decimals))
    }

    fn arguments(&self) -> Result<Arguments> {
        let currency = self.currency()?;
        let conditions = Conditions {
            utc_offset: parse_offset(&self.conditions.utc_offset)?,
            cut_off: parse_time_of_day(&self.conditions.cut_off)?,
            preset: parse_time_of_day(&self.conditions.preset)?,
            debit_source: self.conditions.debit_source,
            credit_source: self.conditions.credit_source,
        };
        Ok((
            (self.bank, self.company, self.reconciler),
            self.clients.clone(),
            currency,
            self.asset,
            parse_day(&self.first_day)?,
            self.caps,
            (self.deadline_minutes, self.max_late_minutes),
            conditions,
        ))
    }

    /// The calls that make the agreement and its products.
    fn calls(&self, id: AgreementId) -> Result<Vec<Call>> {
        let arguments = self.arguments()?;
        let first_day = arguments.4;
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

impl Create {
    pub(super) async fn run(&self, context: &Context) -> Result<Rendered> {
        let spec: Spec = crate::mapping::load(&self.file)?;
        let Some(id) = self.agreement.or(spec.id) else {
            bail!("the file names no id; give --agreement");
        };
        let operator = context.operator()?;
        let chain = context.chain().await?;
        let calls = spec.calls(id)?;
        chain.submit_sudo(&chain.batch(&calls)?, &operator).await?;
        show(&chain.finalised().await?, id).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const FILE: &str = r#"
id = 7
bank = 3
company = 2
reconciler = 4
clients = [1, 5]
currency = "CZK"
asset = 1
first_day = "2026-11-01"
deadline_minutes = 720
max_late_minutes = 43200
caps = { pages = 64, extras = 4096 }

[conditions]
utc_offset = "+01:00"
cut_off = "00:30"
preset = "01:00"
credit_source = "ledger"

[[products]]
id = 1
terms = { credit = { rate_ppm = 20000 } }
"#;

    #[test]
    fn a_file_states_an_agreement() {
        let spec: Spec = toml::from_str(FILE).unwrap();
        let arguments = spec.arguments().unwrap();
        assert_eq!(arguments.2, (Currency::truncated("CZK"), 2));
        assert_eq!(arguments.7.cut_off.0, 30);
        assert_eq!(arguments.7.debit_source, Source::Received);
        assert_eq!(arguments.7.credit_source, Source::Ledger);
        assert_eq!(spec.calls(7).unwrap().len(), 2);
    }

    fn currency(line: &str) -> Result<(Currency, u8)> {
        let text = FILE.replace("currency = \"CZK\"", line);
        toml::from_str::<Spec>(&text).unwrap().currency()
    }

    #[test]
    fn decimals_follow_from_the_currency() {
        let yen = (Currency::truncated("JPY"), 0);
        assert_eq!(currency("currency = \"JPY\"").unwrap(), yen);
        assert_eq!(currency("currency = \"JPY\"\ndecimals = 0").unwrap(), yen);
        let dinar = currency("currency = \"KWD\"").unwrap();
        assert_eq!(dinar, (Currency::truncated("KWD"), 3));
    }

    #[test]
    fn decimals_that_iso_4217_contradicts_are_refused() {
        let error = currency("currency = \"JPY\"\ndecimals = 2").unwrap_err();
        assert!(error.to_string().contains("asset of 0 decimals"), "{error}");
        assert!(currency("currency = \"CZK\"\ndecimals = 0").is_err());
    }

    #[test]
    fn a_currency_without_a_minor_unit_is_refused() {
        assert!(currency("currency = \"XAU\"").is_err());
    }

    #[test]
    fn a_product_without_terms_is_refused() {
        let text = FILE.replace("terms = { credit = { rate_ppm = 20000 } }", "");
        let spec: Spec = toml::from_str(&text).unwrap();
        assert!(spec.calls(7).is_err());
    }
}
