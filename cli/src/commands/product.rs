//! `product`: products of an agreement and their terms.

use super::{council::administer, Context};
use crate::output::{table, Rendered};
use anyhow::{bail, Result};
use clap::{Args, Subcommand};
use counterfoil_client::{
    chain::{call::Call, read::At},
    mapping::{self, terms::terms_text, ProductValues},
    time::{day_text, parse_day},
};
use counterfoil_primitives::{AgreementId, BusinessDay, ProductId, Terms};
use serde::Deserialize;
use serde_json::{json, Value as Json};
use std::path::PathBuf;

#[derive(Debug, Subcommand)]
pub(crate) enum Product {
    /// Shows the products of an agreement and all versions of their terms.
    Show(Show),
    /// Sets the terms of products, by a mapping file, from a day on. The day must not have begun, but a new
    /// product's first terms may reach back. Proposes it to the council.
    SetTerms(SetTerms),
}

#[derive(Debug, Args)]
pub(crate) struct Show {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
}

#[derive(Debug, Args)]
pub(crate) struct SetTerms {
    /// The agreement's number.
    #[arg(long)]
    agreement: AgreementId,
    /// A file with `[[products]]`, like a mapping for `trade import`.
    #[arg(long)]
    mapping: PathBuf,
    /// One product; all of the file unless named.
    #[arg(long)]
    product: Option<ProductId>,
    /// The first day of the terms.
    #[arg(long, value_parser = parse_day)]
    from: BusinessDay,
}

/// What matters of a mapping here; the rest of the file is for imports.
#[derive(Deserialize)]
struct File {
    #[serde(default)]
    products: Vec<ProductValues>,
}

impl Product {
    pub(crate) async fn run(self, context: &Context) -> Result<Rendered> {
        match self {
            Self::Show(Show { agreement }) => show(context, agreement).await,
            Self::SetTerms(set) => set.run(context).await,
        }
    }
}

impl SetTerms {
    async fn run(&self, context: &Context) -> Result<Rendered> {
        let file: File = mapping::load(&self.mapping)?;
        let mut calls = Vec::new();
        for entry in file.products {
            if self.product.is_some_and(|product| product != entry.id) {
                continue;
            }
            if let Some(spec) = entry.terms {
                let arguments = (self.agreement, entry.id, self.from, spec.terms()?);
                calls.push(Call::new("Registry", "set_terms", &arguments));
            }
        }
        if calls.is_empty() {
            bail!(
                "{} states no terms of such a product",
                self.mapping.display()
            );
        }
        let operator = context.operator()?;
        let chain = context.chain_to_wait_on().await?;
        let call = chain.batch(&calls)?;
        match administer(context, &chain, &operator, &call).await? {
            Some(open) => Ok(open),
            None => show(context, self.agreement).await,
        }
    }
}

async fn show(context: &Context, agreement: AgreementId) -> Result<Rendered> {
    let at = context.state(&context.chain().await?).await?;
    at.agreement(agreement).await?;
    let products = products_of(&at, agreement).await?;
    let json = json!({ "agreement": agreement, "products": terms_json(&products) });
    Ok(Rendered::new(json, terms_table(&products)))
}

/// A product, and all versions of its terms, each with its first day.
pub(super) type ProductVersions = (ProductId, Vec<(BusinessDay, Terms)>);

/// The products of an agreement.
pub(super) async fn products_of(at: &At, agreement: AgreementId) -> Result<Vec<ProductVersions>> {
    let mut products = Vec::new();
    for product in at.products(agreement).await? {
        products.push((product, at.terms(agreement, product).await?));
    }
    Ok(products)
}

/// All versions of products' terms for programs.
pub(super) fn terms_json(products: &[ProductVersions]) -> Json {
    let products = products.iter().map(|(product, versions)| {
        let versions = versions
            .iter()
            .map(|(from, terms)| json!({ "from": day_text(*from), "terms": terms_text(terms) }));
        json!({ "product": product, "versions": versions.collect::<Vec<_>>() })
    });
    products.collect()
}

/// All versions of products' terms for people.
pub(super) fn terms_table(products: &[ProductVersions]) -> String {
    let rows = products.iter().flat_map(|(product, versions)| {
        versions
            .iter()
            .map(|(from, terms)| vec![product.to_string(), day_text(*from), terms_text(terms)])
    });
    table(&["product", "from", "terms (amounts in minor units)"], rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_mapping_for_imports_states_terms() {
        let file: File = toml::from_str(include_str!("../../../samples/payments.toml")).unwrap();
        assert!(file.products.iter().any(|product| product.terms.is_some()));
    }

    #[test]
    fn a_misspelt_key_of_a_product_is_refused() {
        let product = "[[products]]\nid = 1\ntermz = { credit = { rate_ppm = 1 } }";
        let error = toml::from_str::<File>(product).err().unwrap().to_string();
        assert!(error.contains("termz"), "{error}");
    }
}
