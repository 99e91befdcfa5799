//! `agreement`: contracts of a bank with a company.

use super::Context;
use crate::{
    chain::{call::Call, read::At},
    mapping::{terms::terms_text, ProductValues},
    output::{list, table, Rendered},
    time::{day_text, offset_text, parse_day, parse_offset, parse_time_of_day, time_of_day_text},
};
use anyhow::{bail, Context as _, Result};
use clap::{Args, Subcommand};
use counterfoil_primitives::{
    AgreementId, BusinessDay, Caps, Conditions, Currency, MemberId, Source, Terms,
};
use serde::Deserialize;
use serde_json::json;
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Agreement {
    /// Shows an agreement and its products; all agreements without a number.
    Show(Show),
    /// Creates an agreement from a TOML file. Only the chain's administrator may.
    Create(Create),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The agreement's number.
    #[arg(long)]
    agreement: Option<AgreementId>,
}

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

impl Agreement {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(Show {
                agreement: Some(id),
            }) => show(&context.chain().await?.finalised().await?, id).await,
            Self::Show(Show { agreement: None }) => {
                let at = context.chain().await?.finalised().await?;
                let ids = at.agreements().await?;
                let text = ids
                    .iter()
                    .map(ToString::to_string)
                    .collect::<Vec<_>>()
                    .join("\n");
                Ok(Rendered::new(json!({ "agreements": ids }), text))
            }
            Self::Create(create) => create.run(context).await,
        }
    }
}

impl Create {
    async fn run(&self, context: &Context) -> Result<Rendered> {
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

const fn source_name(source: Source) -> &'static str {
    match source {
        Source::Received => "received",
        Source::Ledger => "ledger",
    }
}

async fn show(at: &At, id: AgreementId) -> Result<Rendered> {
    let agreement = at.agreement(id).await?;
    let view = &agreement.view;
    let mut products = Vec::new();
    for product in at.products(id).await? {
        products.push((product, at.terms(id, product).await?));
    }
    let conditions = view.conditions.iter().map(|(from, conditions)| {
        json!({
            "from": day_text(*from),
            "utc_offset": offset_text(conditions.utc_offset),
            "cut_off": time_of_day_text(conditions.cut_off),
            "preset": time_of_day_text(conditions.preset),
            "debit_source": source_name(conditions.debit_source),
            "credit_source": source_name(conditions.credit_source),
        })
    });
    let terms = products.iter().map(|(product, versions)| {
        json!({
            "product": product,
            "versions": versions.iter().map(|(from, terms)| json!({
                "from": day_text(*from),
                "terms": terms_text(terms),
            })).collect::<Vec<_>>(),
        })
    });
    let json = json!({
        "agreement": id,
        "bank": view.bank,
        "company": view.company,
        "reconciler": view.reconciler,
        "clients": view.clients,
        "currency": agreement.money.code(),
        "asset": view.asset,
        "first_day": day_text(view.first_day),
        "caps": { "pages": view.caps.pages, "extras": view.caps.extras },
        "deadline_minutes": view.deadline_minutes,
        "max_late_minutes": view.max_late_minutes,
        "conditions": conditions.collect::<Vec<_>>(),
        "products": terms.collect::<Vec<_>>(),
    });
    let head = list([
        ("agreement", id.to_string()),
        ("bank", view.bank.to_string()),
        ("company", view.company.to_string()),
        ("reconciler", view.reconciler.to_string()),
        ("clients", format!("{:?}", view.clients)),
        ("currency", agreement.money.code().into()),
        ("asset", view.asset.to_string()),
        ("first day", day_text(view.first_day)),
        (
            "caps",
            format!("{} pages, {} extras", view.caps.pages, view.caps.extras),
        ),
        (
            "deadline",
            format!("{} min after the preset time", view.deadline_minutes),
        ),
        (
            "latest",
            format!("{} min after the cut-off", view.max_late_minutes),
        ),
    ]);
    let conditions = view.conditions.iter().map(|(from, conditions)| {
        vec![
            day_text(*from),
            offset_text(conditions.utc_offset),
            time_of_day_text(conditions.cut_off),
            time_of_day_text(conditions.preset),
            source_name(conditions.debit_source).into(),
            source_name(conditions.credit_source).into(),
        ]
    });
    let header = [
        "from",
        "UTC offset",
        "cut-off",
        "preset time",
        "debit book",
        "credit book",
    ];
    let text = format!(
        "{head}\n{}\n{}",
        table(&header, conditions),
        super::product::terms_table(&products)
    );
    Ok(Rendered::new(json, text))
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
