//! `agreement create`: an agreement as its file states it.

use super::show;
use crate::{
    chain::call::Call,
    commands::Context,
    mapping::ProductValues,
    output::Rendered,
    time::{parse_day, parse_offset, parse_time_of_day},
};
use anyhow::{bail, Context as _, Result};
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
    Currency,
    u32,
    BusinessDay,
    Caps,
    (u32, u32),
    Conditions,
);

impl Spec {
    fn arguments(&self) -> Result<Arguments> {
        crate::money::Money::of(&self.currency)?;
        let currency = Currency::try_from(self.currency.as_bytes())
            .with_context(|| format!("{:?} is no currency code", self.currency))?;
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
        assert_eq!(arguments.2, *b"CZK");
        assert_eq!(arguments.7.cut_off.0, 30);
        assert_eq!(arguments.7.debit_source, Source::Received);
        assert_eq!(arguments.7.credit_source, Source::Ledger);
        assert_eq!(spec.calls(7).unwrap().len(), 2);
    }

    #[test]
    fn a_product_without_terms_is_refused() {
        let text = FILE.replace("terms = { credit = { rate_ppm = 20000 } }", "");
        let spec: Spec = toml::from_str(&text).unwrap();
        assert!(spec.calls(7).is_err());
    }
}
