//! Where a line has what, and what it has there.

use super::mapping::{IdColumns, Mapping};
use anyhow::{anyhow, bail, ensure, Context, Result};

/// Between the parts of an id that several columns make.
const SEPARATOR: &str = "|";

/// How a minus is written before or after an amount.
const MINUS: [char; 2] = ['-', '\u{2212}'];

/// Where a line has what.
pub(super) struct Columns {
    pub(super) id: Vec<usize>,
    pub(super) reference: Option<usize>,
    pub(super) user: usize,
    pub(super) time: usize,
    pub(super) amount: usize,
    pub(super) product: Option<usize>,
    /// Of a refund, the id of its payment.
    original: Vec<usize>,
    kinds: Kinds,
}

/// What tells refunds from payments.
enum Kinds {
    /// All lines are payments.
    Payments,
    /// The value of a column.
    Values {
        at: usize,
        payment: Vec<String>,
        refund: Vec<String>,
    },
    /// The sign of the amount.
    Sign,
}

impl Columns {
    /// Finds the columns that the mapping names.
    pub(super) fn find(mapping: &Mapping, header: &[String]) -> Result<Self> {
        let column = |name: &String| {
            let at = header.iter().position(|column| column == name);
            at.ok_or_else(|| anyhow!("the file has no column {name}"))
        };
        let all = |columns: &IdColumns| -> Result<Vec<usize>> {
            columns.names().iter().map(column).collect()
        };
        let kinds = match &mapping.kind {
            None => Kinds::Payments,
            Some(kind) => match (&kind.column, kind.negative.as_deref()) {
                (Some(name), None) => Kinds::Values {
                    at: column(name)?,
                    payment: kind.payment.clone(),
                    refund: kind.refund.clone(),
                },
                (None, Some("refund")) => Kinds::Sign,
                _ => bail!("[kind] needs either a column or negative = \"refund\""),
            },
        };
        let original = mapping.original.as_ref().map(all).transpose()?;
        Ok(Self {
            id: all(&mapping.payment_id)?,
            reference: mapping.reference.as_ref().map(column).transpose()?,
            user: column(&mapping.user)?,
            time: column(&mapping.time.column)?,
            amount: column(&mapping.amount.column)?,
            product: mapping.product.column.as_ref().map(column).transpose()?,
            original: original.unwrap_or_default(),
            kinds,
        })
    }

    /// A line's amount without the sign that tells its kind; and of a refund, the id of its payment.
    pub(super) fn amount_and_original<'a>(
        &self,
        fields: &Fields<'a>,
    ) -> Result<(&'a str, Option<String>)> {
        let amount = fields.at(self.amount)?;
        let (amount, is_refund) = match &self.kinds {
            Kinds::Payments => (amount, false),
            Kinds::Values {
                at,
                payment,
                refund,
            } => (amount, is_refund(fields.at(*at)?, payment, refund)?),
            Kinds::Sign => match below_zero(amount) {
                Some(amount) => (amount, true),
                None => (amount, false),
            },
        };
        if is_refund {
            return Ok((amount, Some(fields.id(&self.original)?)));
        }
        for at in &self.original {
            ensure!(fields.at(*at)?.is_empty(), "a payment gives nothing back");
        }
        Ok((amount, None))
    }
}

fn is_refund(value: &str, payment: &[String], refund: &[String]) -> Result<bool> {
    let is_in = |values: &[String]| values.iter().any(|known| known == value);
    ensure!(
        is_in(payment) || is_in(refund),
        "{value} is neither a payment nor a refund"
    );
    Ok(is_in(refund))
}

/// An amount without its sign, where it is below zero: `-1.00`, or as books write it, `(1.00)` and `1.00-`.
fn below_zero(text: &str) -> Option<&str> {
    let in_parentheses = || text.strip_prefix('(')?.strip_suffix(')');
    let in_books = || in_parentheses().or_else(|| text.strip_suffix(MINUS));
    text.strip_prefix(MINUS)
        .or_else(|| in_books().map(str::trim))
}

/// The fields of a line.
pub(super) struct Fields<'a>(pub(super) &'a csv::StringRecord);

impl<'a> Fields<'a> {
    /// A field, without the white space around it.
    pub(super) fn at(&self, at: usize) -> Result<&'a str> {
        let field = self.0.get(at).map(str::trim);
        field.context("the line is too short")
    }

    /// An id, out of the columns that make it.
    pub(super) fn id(&self, columns: &[usize]) -> Result<String> {
        let parts = columns.iter().map(|at| self.at(*at));
        let parts = parts.collect::<Result<Vec<_>>>()?;
        let is_clear = |part: &str| parts.len() == 1 || !part.contains(SEPARATOR);
        ensure!(
            parts.iter().all(|part| !part.is_empty() && is_clear(part)),
            "no id"
        );
        Ok(parts.join(SEPARATOR))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_amount_below_zero_loses_its_sign() {
        for text in ["-1.00", "\u{2212}1.00", "(1.00)", "1.00-", "1.00 -"] {
            assert_eq!(below_zero(text), Some("1.00"), "{text}");
        }
    }

    #[test]
    fn an_amount_without_a_sign_stays_as_it_is() {
        assert_eq!(below_zero("1.00"), None);
        assert_eq!(below_zero("(1.00"), None);
    }

    #[test]
    fn an_id_of_several_columns_has_all_its_parts() {
        let record = csv::StringRecord::from(vec!["2026-11-23", " 7 ", "", "a|b"]);
        let fields = Fields(&record);
        assert_eq!(fields.id(&[0, 1]).unwrap(), "2026-11-23|7");
        assert_eq!(fields.id(&[3]).unwrap(), "a|b");
        assert!(fields.id(&[0, 2]).is_err());
        assert!(fields.id(&[0, 3]).is_err());
    }
}
