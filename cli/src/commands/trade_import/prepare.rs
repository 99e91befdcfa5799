//! The trades of a file's payments, by the terms of their days.

use crate::{
    chain::{read::At, views::Agreement},
    import::Prepared,
    mapping::{self, LineError, Payment, PaymentMapping},
    time::day_text,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{agreement::version_on, BusinessDay, ProductId, Terms, TradeRequest};
use std::collections::{btree_map::Entry, BTreeMap};

/// The terms of the products of a file.
pub(super) struct ProductTerms(BTreeMap<ProductId, Vec<(BusinessDay, Terms)>>);

impl ProductTerms {
    /// Reads them from the chain; those that the mapping states must be the same.
    pub(super) async fn load(
        at: &At,
        agreement: &Agreement,
        mapping: &PaymentMapping,
        payments: &[Payment],
    ) -> Result<Self> {
        let stated = mapping.terms()?;
        let mut terms = BTreeMap::new();
        for payment in payments {
            if let Entry::Vacant(unknown) = terms.entry(payment.product) {
                unknown.insert(at.terms(agreement.id, payment.product).await?);
            }
        }
        let terms = Self(terms);
        for payment in payments {
            terms.check(agreement, &stated, payment)?;
        }
        Ok(terms)
    }

    fn on(&self, product: ProductId, day: BusinessDay) -> Option<&Terms> {
        let versions = self.0.get(&product)?;
        version_on(versions, day).map(|index| &versions[index].1)
    }

    /// The mapping's terms, where it states them, must be the chain's.
    fn check(
        &self,
        agreement: &Agreement,
        stated: &[(ProductId, Terms)],
        payment: &Payment,
    ) -> Result<()> {
        let Some((product, stated)) = stated.iter().find(|(id, _)| *id == payment.product) else {
            return Ok(());
        };
        let Some(day) = agreement.view.day_of(payment.occurred_at) else {
            return Ok(());
        };
        match self.on(*product, day) {
            Some(terms) if terms != stated => bail!(
                "the mapping's terms of product {product} are not the agreement's on {}: the mapping says {}; the chain says {}. Correct the mapping, or leave its terms out",
                day_text(day),
                mapping::terms::terms_in(stated, &agreement.money),
                mapping::terms::terms_in(terms, &agreement.money),
            ),
            _ => Ok(()),
        }
    }
}

/// The trade of a payment, by the terms of its day.
pub(super) fn prepare(
    agreement: &Agreement,
    terms: &ProductTerms,
    payment: &Payment,
) -> Result<Prepared, LineError> {
    let error = |problem: String, remedy: &str| LineError {
        line: payment.line,
        column: None,
        problem,
        remedy: remedy.into(),
    };
    let first = agreement.view.first_day;
    let day = agreement
        .view
        .day_of(payment.occurred_at)
        .filter(|day| *day >= first)
        .ok_or_else(|| {
            error(
                format!(
                    "the payment lies before {}, the agreement's first day",
                    day_text(first)
                ),
                "correct its time, or put the file on another day with --day",
            )
        })?;
    if let Some(end) = agreement.view.end.filter(|end| day >= *end) {
        return Err(error(
            format!(
                "the payment lies after {}, the agreement's last day",
                day_text(end.previous())
            ),
            "record it under the agreement that follows, or settle it outside the chain",
        ));
    }
    let terms = terms.on(payment.product, day).ok_or_else(|| {
        error(
            format!(
                "agreement {} has no terms for product {} on {}",
                agreement.id,
                payment.product,
                day_text(day)
            ),
            "correct the product in the mapping, or have its terms set",
        )
    })?;
    let amounts = terms.amounts(payment.gross);
    Ok(Prepared {
        id: payment.id.clone(),
        trade: TradeRequest {
            sequence: 0,
            reference: payment.reference,
            user: payment.user,
            product: payment.product,
            gross: payment.gross,
            debit: amounts.debit,
            credit: amounts.credit,
            occurred_at: payment.occurred_at,
        },
        day,
    })
}
