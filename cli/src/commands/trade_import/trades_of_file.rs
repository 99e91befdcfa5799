//! The trades of a file's payments and refunds, and why a line has none.

use anyhow::{bail, Result};
use counterfoil_client::{
    chain::{read::At, views::Agreement},
    import::{
        prepare::{self, NoTrade, ProductTerms, Unprepared},
        Prepared,
    },
    mapping::{self, LineError, Payment, PaymentMapping},
    time::day_text,
};
use counterfoil_primitives::{ProductId, Terms};

/// Reads the terms of the products of a file from the chain; those that the mapping states must be
/// the same.
pub(super) async fn terms_of(
    at: &At,
    agreement: &Agreement,
    mapping: &PaymentMapping,
    payments: &[Payment],
) -> Result<ProductTerms> {
    let stated = mapping.terms()?;
    let products = payments.iter().map(|payment| payment.product);
    let terms = ProductTerms::load(at, agreement.id, products).await?;
    // A refund follows the terms of its payment.
    for payment in payments.iter().filter(|payment| payment.original.is_none()) {
        check(&terms, agreement, &stated, payment)?;
    }
    Ok(terms)
}

/// The mapping's terms, if it states any, must be the chain's.
fn check(
    terms: &ProductTerms,
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
    match terms.on(*product, day) {
        Some(terms) if terms != stated => bail!(
            "the mapping's terms of product {product} are not the agreement's on {}: the mapping says {}; the chain says {}. Correct the mapping, or leave its terms out",
            day_text(day),
            mapping::terms::terms_in(stated, &agreement.money),
            mapping::terms::terms_in(terms, &agreement.money),
        ),
        _ => Ok(()),
    }
}

/// The trade of a payment, by the terms of its day; of a refund, what its line tells of it.
pub(super) fn prepare(
    agreement: &Agreement,
    terms: &ProductTerms,
    payment: &Payment,
) -> Result<Prepared, LineError> {
    let unprepared = Unprepared {
        id: &payment.id,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        gross: payment.gross,
        occurred_at: payment.occurred_at,
    };
    let prepared = match &payment.original {
        None => prepare::prepare(agreement, terms, &unprepared),
        Some(original) => prepare::prepare_refund(agreement, &unprepared, original),
    };
    prepared.map_err(|why| LineError {
        line: payment.line,
        column: None,
        problem: why.to_string(),
        remedy: remedy(&why).into(),
        no_moment: None,
    })
}

/// What helps if a payment has no trade.
const fn remedy(why: &NoTrade) -> &'static str {
    match why {
        NoTrade::BeforeFirstDay(_) => "correct its time, or put the file on another day with --day",
        NoTrade::AfterClose(_) => "correct its time, or settle it outside the chain",
        NoTrade::AfterLastDay(_) => {
            "record it under the agreement that follows, or settle it outside the chain"
        }
        NoTrade::NoTerms { .. } => {
            "correct the product in the mapping, or have the council set its terms"
        }
    }
}
