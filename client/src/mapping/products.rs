//! The products of a file's lines: of every line the same, or by a column.

use super::terms::TermsSpec;
use crate::printable_text::quoted;
use anyhow::{bail, Result};
use counterfoil_primitives::ProductId;
use serde::Deserialize;
use std::collections::BTreeMap;

/// Where the product stands.
#[derive(Clone, Debug, Default, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct ProductColumn {
    /// The column, whose values `[[products]]` name; without any, it holds product ids.
    pub column: Option<String>,
    /// The product of every line, instead of a column.
    pub id: Option<ProductId>,
}

/// A product as the file names it.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ProductValues {
    /// Its id on chain.
    pub id: ProductId,
    /// What stands for it in the column.
    #[serde(default)]
    pub values: Vec<String>,
    /// For people.
    #[serde(default)]
    pub name: String,
    /// Its terms; where they are named, they must be the chain's on the day of payment.
    pub terms: Option<TermsSpec>,
}

/// Reads products of a file.
#[derive(Debug)]
pub(crate) enum ProductReader {
    Constant(ProductId),
    Ids,
    Values(BTreeMap<String, ProductId>),
}

impl ProductReader {
    pub(super) fn new(column: &ProductColumn, products: &[ProductValues]) -> Result<Self> {
        match (&column.column, column.id) {
            (Some(_), Some(_)) => bail!("[product] names both a column and an id; keep one"),
            (None, None) => bail!("[product] names neither a column nor an id; name one of them"),
            (None, Some(id)) => return Ok(Self::Constant(id)),
            (Some(_), None) => {}
        }
        let mut values = BTreeMap::new();
        for product in products {
            for value in &product.values {
                if values.insert(value.clone(), product.id).is_some() {
                    bail!("[[products]]: the value {value:?} stands for two products; list it under one");
                }
            }
        }
        Ok(if values.is_empty() {
            Self::Ids
        } else {
            Self::Values(values)
        })
    }

    pub(super) fn read(&self, text: &str) -> Result<ProductId, (String, String)> {
        match self {
            Self::Constant(id) => Ok(*id),
            Self::Ids => text.parse().map_err(|_| {
                (
                    format!("{} is not a product id", quoted(text)),
                    "name what the values stand for under [[products]] in the mapping".into(),
                )
            }),
            Self::Values(values) => values.get(text).copied().ok_or_else(|| {
                let known: Vec<&str> = values.keys().map(String::as_str).collect();
                (
                    format!("{} is an unknown product", quoted(text)),
                    format!(
                        "the mapping knows {}; add it there, or correct the line",
                        known.join(", ")
                    ),
                )
            }),
        }
    }
}
