//! The day's refunds, made from its payments: of each product one in part and one whole.

use super::{
    input::{moment, reference_of, Fund, Payment},
    rules::RefundFee,
};
use crate::clock::Plan;
use anyhow::{Context, Result};
use jiff::civil::Time;
use std::{
    collections::{BTreeMap, HashSet},
    path::Path,
};

/// Fewer payments of a product are too few to give back from.
const LEAST: usize = 4;
/// The longest id that a refund may have at its source, in bytes.
const MAX_ID: usize = 128;
/// When all refunds were given: after all payments.
const TIME: Time = Time::constant(23, 59, 59, 0);

/// Lets the bank keep the fee of one product, where no terms say that of any: of the products with
/// refunds the last one, unless it is the only one. Returns it.
pub fn keep_a_fee(funds: &mut BTreeMap<u32, Fund>, payments: &[Payment]) -> Option<u32> {
    let keeps = |fund: &Fund| fund.terms.refund_fee == RefundFee::Kept;
    if funds.values().any(keeps) {
        return None;
    }
    let products: Vec<u32> = refunded_products(payments).into_keys().collect();
    let [_, .., last] = products[..] else {
        return None;
    };
    funds.get_mut(&last)?.terms.refund_fee = RefundFee::Kept;
    Some(last)
}

/// The refunds of a day. Where a product has too few payments, nothing is given back of it.
pub fn of_day(
    payments: &[Payment],
    funds: &BTreeMap<u32, Fund>,
    client: u32,
    plan: &Plan,
) -> Result<Vec<Payment>> {
    let ids: HashSet<&str> = payments
        .iter()
        .map(|payment| payment.source_id.as_str())
        .collect();
    let mut refunds = Vec::new();
    for (product, of) in refunded_products(payments) {
        let terms = funds
            .get(&product)
            .with_context(|| format!("product {product} has no terms"))?
            .terms;
        for (index, parts) in [(of[of.len() / 4], 2), (of[of.len() * 3 / 4], 1)] {
            let payment = &payments[index];
            let (source_id, gross) = (format!("R/{}", payment.source_id), payment.gross / parts);
            if gross == 0 || source_id.len() > MAX_ID || ids.contains(source_id.as_str()) {
                continue;
            }
            let (debit, credit) = terms.refund_amounts(payment.gross, gross)?;
            refunds.push(Payment {
                reference: reference_of(client, &source_id),
                source_id,
                user: payment.user.clone(),
                product,
                gross,
                debit,
                credit,
                occurred_at: moment(plan, TIME),
                time: TIME,
                refund_of: Some(index),
            });
        }
    }
    Ok(refunds)
}

/// The indices of the payments of each product from which something is given back.
fn refunded_products(payments: &[Payment]) -> BTreeMap<u32, Vec<usize>> {
    let mut products: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
    for (index, payment) in payments.iter().enumerate() {
        products.entry(payment.product).or_default().push(index);
    }
    products.retain(|_, of| of.len() >= LEAST);
    products
}

/// Writes a mapping anew with one product's fee kept, for the terms that it states are the agreement's.
pub fn write_mapping(mapping: &Path, product: u32, anew: &Path) -> Result<()> {
    let text = std::fs::read_to_string(mapping)?;
    let mut table: toml::Table = toml::from_str(&text)?;
    let products = table
        .get_mut("products")
        .and_then(toml::Value::as_array_mut)
        .context("the mapping has no products")?;
    for entry in products {
        let id = entry.get("id").and_then(toml::Value::as_integer);
        if id != Some(product.into()) {
            continue;
        }
        if let Some(terms) = entry.get_mut("terms").and_then(toml::Value::as_table_mut) {
            terms.insert("refund_fee".into(), "kept".into());
        }
    }
    std::fs::write(anew, toml::to_string(&table)?)?;
    Ok(())
}

/// Writes refunds as the client's system would export them.
pub fn write(trades: &[Payment], date: &str, path: &Path) -> Result<()> {
    let mut writer = csv::Writer::from_path(path)?;
    writer.write_record([
        "refund", "kind", "payment", "time", "customer", "product", "amount",
    ])?;
    for refund in trades {
        let Some(of) = refund.refund_of else { continue };
        writer.write_record([
            refund.source_id.clone(),
            refund.kind().into(),
            trades[of].source_id.clone(),
            format!("{date} {}", refund.time.strftime("%H:%M:%S")),
            refund.user.clone(),
            refund.product.to_string(),
            format!("{}.{:02}", refund.gross / 100, refund.gross % 100),
        ])?;
    }
    Ok(writer.flush()?)
}

#[cfg(test)]
mod tests {
    use super::{
        super::rules::{Debit, Rounding, Rule, Terms},
        *,
    };

    const PAID: u128 = 10_001;

    /// A tenth to the bank, and the fee is given back.
    fn funds(products: u32) -> BTreeMap<u32, Fund> {
        let credit = Rule {
            rate_ppm: 100_000,
            flat: 0,
            floor: 0,
            cap: None,
            rounding: Rounding::HalfUp,
        };
        let fund = Fund {
            name: String::new(),
            terms: Terms {
                credit,
                debit: Debit::Residual,
                refund_fee: RefundFee::Returned,
            },
        };
        (1..=products).map(|id| (id, fund.clone())).collect()
    }

    /// Payments of products in turn.
    fn payments(count: u32, products: u32) -> Vec<Payment> {
        let payment = |at: u32| Payment {
            source_id: at.to_string(),
            reference: [at as u8; 16],
            user: "somebody".into(),
            product: at % products + 1,
            gross: PAID,
            debit: 9_001,
            credit: 1_000,
            occurred_at: 0,
            time: Time::midnight(),
            refund_of: None,
        };
        (0..count).map(payment).collect()
    }

    fn refunds(payments: &[Payment], funds: &BTreeMap<u32, Fund>) -> Vec<Payment> {
        let plan = Plan::new(1_763_900_000_000, 60_000, 1);
        of_day(payments, funds, 1, &plan).unwrap()
    }

    #[test]
    fn the_last_of_several_products_keeps_its_fee() {
        let mut funds = funds(3);
        assert_eq!(keep_a_fee(&mut funds, &payments(12, 3)), Some(3));
        assert_eq!(funds[&3].terms.refund_fee, RefundFee::Kept);
        assert_eq!(funds[&2].terms.refund_fee, RefundFee::Returned);
    }

    #[test]
    fn an_only_product_gives_its_fee_back() {
        assert_eq!(keep_a_fee(&mut funds(1), &payments(12, 1)), None);
    }

    #[test]
    fn a_fee_that_the_terms_keep_stays_the_only_one() {
        let mut funds = funds(2);
        let kept = funds.get_mut(&1).unwrap();
        kept.terms.refund_fee = RefundFee::Kept;
        assert_eq!(keep_a_fee(&mut funds, &payments(12, 2)), None);
        assert_eq!(funds[&2].terms.refund_fee, RefundFee::Returned);
    }

    #[test]
    fn each_product_has_a_refund_in_part_and_one_of_all() {
        let mut funds = funds(2);
        keep_a_fee(&mut funds, &payments(8, 2));
        let refunds = refunds(&payments(8, 2), &funds);
        let found: Vec<_> = refunds
            .iter()
            .map(|refund| (refund.product, refund.gross, refund.credit))
            .collect();
        let expected = [
            (1, 5_000, 500),
            (1, PAID, 1_000),
            (2, 5_000, 0),
            (2, PAID, 0),
        ];
        assert_eq!(found, expected);
        assert_eq!(refunds[0].refund_of, Some(2));
        assert_eq!(refunds[1].refund_of, Some(6));
    }

    #[test]
    fn nothing_is_given_back_of_too_few_payments() {
        assert!(refunds(&payments(3, 1), &funds(1)).is_empty());
        assert_eq!(refunds(&payments(4, 1), &funds(1)).len(), 2);
    }

    #[test]
    fn a_mapping_written_anew_keeps_the_fee_of_one_product_alone() {
        let folder = tempfile::tempdir().unwrap();
        let [mapping, anew] = ["mapping.toml", "anew.toml"].map(|name| folder.path().join(name));
        let text = "user = \"u\"\n[[products]]\nid = 1\nterms = { credit = { flat = 1 } }\n\
            [[products]]\nid = 2\nterms = { credit = { flat = 2 } }\n";
        std::fs::write(&mapping, text).unwrap();
        write_mapping(&mapping, 2, &anew).unwrap();
        let written: toml::Table =
            toml::from_str(&std::fs::read_to_string(&anew).unwrap()).unwrap();
        let mut expected: toml::Table = toml::from_str(text).unwrap();
        expected["products"][1]["terms"]
            .as_table_mut()
            .unwrap()
            .insert("refund_fee".into(), "kept".into());
        assert_eq!(written, expected);
    }
}
