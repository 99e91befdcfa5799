//! The trades of payments, by the terms of their products on their days, and what is known of refunds.

use super::Prepared;
use crate::{
    chain::{read::At, views::Agreement},
    error,
    time::day_text,
};
use counterfoil_primitives::{
    conditions::version_on, AgreementId, Amount, Amounts, BusinessDay, Kind, Moment, ProductId,
    Reference, Terms, TradeRequest, UserId,
};
use std::collections::{btree_map::Entry, BTreeMap};

/// All versions of the terms of some products of an agreement.
#[derive(Clone, Debug, Default)]
pub struct ProductTerms(BTreeMap<ProductId, Vec<(BusinessDay, Terms)>>);

impl ProductTerms {
    /// Reads them from the chain.
    pub async fn load(
        at: &At,
        agreement: AgreementId,
        products: impl IntoIterator<Item = ProductId>,
    ) -> error::Result<Self> {
        let mut terms = BTreeMap::new();
        for product in products {
            if let Entry::Vacant(unknown) = terms.entry(product) {
                unknown.insert(at.terms(agreement, product).await?);
            }
        }
        Ok(Self(terms))
    }

    /// The terms of a product that are in force on a day.
    pub fn on(&self, product: ProductId, day: BusinessDay) -> Option<&Terms> {
        let versions = self.0.get(&product)?;
        version_on(versions, day).map(|index| &versions[index].1)
    }
}

/// A payment or a refund whose trade is not formed yet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Unprepared<'a> {
    /// Its id at its source.
    pub id: &'a str,
    /// What it carries elsewhere; where that is nothing, see [`crate::mapping::reference_of`].
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// What was paid, in minor units of the agreement's currency.
    pub gross: Amount,
    /// When it completed.
    pub occurred_at: Moment,
}

/// Why a payment has no trade under an agreement.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoTrade {
    /// It lies before the agreement's first day, which is this.
    #[error("the payment or refund lies before {}, the agreement's first day", text(.0))]
    BeforeFirstDay(BusinessDay),
    /// It is a payment, and lies after the agreement's last day, which is this.
    #[error("the payment lies after {}, the agreement's last day", text(.0))]
    AfterLastDay(BusinessDay),
    /// It is a refund, and lies on this day, on which the agreement closes, or later.
    #[error("the refund lies on {} or later, when the agreement has closed", text(.0))]
    AfterClose(BusinessDay),
    /// The agreement has no terms for its product on its day.
    #[error("agreement {agreement} has no terms for product {product} on {}", text(.day))]
    NoTerms {
        /// The agreement.
        agreement: AgreementId,
        /// The product.
        product: ProductId,
        /// The day.
        day: BusinessDay,
    },
}

fn text(day: &BusinessDay) -> String {
    day_text(*day)
}

/// Forms the trade of a payment, by the terms of its product on its day.
pub fn prepare(
    agreement: &Agreement,
    terms: &ProductTerms,
    payment: &Unprepared<'_>,
) -> Result<Prepared, NoTrade> {
    let day = day_of(agreement, Kind::Payment, payment)?;
    let amounts = terms
        .on(payment.product, day)
        .ok_or(NoTrade::NoTerms {
            agreement: agreement.id,
            product: payment.product,
            day,
        })?
        .amounts(payment.gross);
    Ok(Prepared {
        id: payment.id.into(),
        trade: trade(payment, amounts),
        day,
        original: None,
    })
}

/// What is known of a refund of the payment with the id `original`, before the chain shows how that
/// payment stands: all but the parties' amounts.
pub fn prepare_refund(
    agreement: &Agreement,
    refund: &Unprepared<'_>,
    original: &str,
) -> Result<Prepared, NoTrade> {
    let nothing = Amounts {
        debit: 0,
        credit: 0,
    };
    Ok(Prepared {
        id: refund.id.into(),
        trade: trade(refund, nothing),
        day: day_of(agreement, Kind::Refund, refund)?,
        original: Some(original.into()),
    })
}

/// The day of the agreement on which a payment or a refund lies.
fn day_of(
    agreement: &Agreement,
    kind: Kind,
    payment: &Unprepared<'_>,
) -> Result<BusinessDay, NoTrade> {
    let first = agreement.view.first_day;
    let day = agreement
        .view
        .day_of(payment.occurred_at)
        .filter(|day| *day >= first)
        .ok_or(NoTrade::BeforeFirstDay(first))?;
    let over = match kind {
        Kind::Payment => agreement.view.end,
        Kind::Refund => agreement.view.close(),
    };
    match (kind, over.filter(|over| day >= *over)) {
        (Kind::Payment, Some(end)) => Err(NoTrade::AfterLastDay(end.previous())),
        (Kind::Refund, Some(close)) => Err(NoTrade::AfterClose(close)),
        (_, None) => Ok(day),
    }
}

const fn trade(payment: &Unprepared<'_>, amounts: Amounts) -> TradeRequest {
    TradeRequest {
        sequence: 0,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        gross: payment.gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: payment.occurred_at,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;
    use counterfoil_primitives::{day::DAY, AgreementView, Conditions, Rule, UtcOffset};

    const FIRST: BusinessDay = BusinessDay(20_000);

    /// An agreement of two days, by UTC, that closes two days later.
    fn agreement() -> Agreement {
        let conditions = Conditions {
            utc_offset: UtcOffset(0),
            ..Conditions::default()
        };
        testing::agreement(AgreementView {
            end: Some(BusinessDay(FIRST.0 + 2)),
            refund_days: 2,
            amend_days: 1,
            conditions: vec![(FIRST, conditions)],
            ..testing::agreement_view(FIRST)
        })
    }

    /// The terms of product 1: the bank has three per cent.
    fn terms() -> ProductTerms {
        let terms = Terms {
            credit: Rule {
                rate_ppm: 30_000,
                ..Rule::default()
            },
            ..Terms::default()
        };
        ProductTerms([(1, vec![(FIRST, terms)])].into())
    }

    /// What is formed of a payment at noon of the day `number` of the agreement.
    fn prepared(product: ProductId, number: i32) -> Result<Prepared, NoTrade> {
        let day = FIRST.0.saturating_add_signed(number);
        let payment = Unprepared {
            id: "p1",
            reference: Reference([1; 16]),
            user: UserId::default(),
            product,
            gross: 10_000,
            occurred_at: Moment::from(day) * DAY + DAY / 2,
        };
        prepare(&agreement(), &terms(), &payment)
    }

    #[test]
    fn a_payment_has_its_parts_by_the_terms_of_its_day() {
        let prepared = prepared(1, 1).unwrap();
        assert_eq!(prepared.day, BusinessDay(FIRST.0 + 1));
        assert_eq!((prepared.trade.debit, prepared.trade.credit), (9_700, 300));
    }

    #[test]
    fn a_payment_outside_the_agreement_has_no_trade() {
        assert_eq!(prepared(1, -1), Err(NoTrade::BeforeFirstDay(FIRST)));
        let last = BusinessDay(FIRST.0 + 1);
        assert_eq!(prepared(1, 2), Err(NoTrade::AfterLastDay(last)));
    }

    #[test]
    fn a_refund_has_its_day_and_leaves_the_parts_to_its_original() {
        let refund = |number: i32| {
            let day = FIRST.0.saturating_add_signed(number);
            let refund = Unprepared {
                id: "r1",
                reference: Reference([2; 16]),
                user: UserId::default(),
                product: 1,
                gross: 10_000,
                occurred_at: Moment::from(day) * DAY + DAY / 2,
            };
            prepare_refund(&agreement(), &refund, "p1")
        };
        let prepared = refund(1).unwrap();
        assert_eq!(prepared.original.as_deref(), Some("p1"));
        assert_eq!(prepared.day, BusinessDay(FIRST.0 + 1));
        assert_eq!((prepared.trade.debit, prepared.trade.credit), (0, 0));
        assert_eq!(refund(-1), Err(NoTrade::BeforeFirstDay(FIRST)));
        assert!(refund(3).is_ok());
        let close = BusinessDay(FIRST.0 + 4);
        assert_eq!(refund(4), Err(NoTrade::AfterClose(close)));
    }

    #[test]
    fn a_payment_of_a_product_without_terms_has_no_trade() {
        let why = prepared(2, 0).unwrap_err().to_string();
        assert!(
            why.contains("no terms for product 2 on 2024-10-04"),
            "{why}"
        );
    }
}
