//! Products and the terms of each, from the first version on.

use super::super::{
    arguments::Arguments,
    at::At,
    page,
    schema::Schema,
    written::{date, money, name, with},
};
use counterfoil_primitives::{
    written::{amount, Denomination},
    BusinessDay, DebitRule, ProductId, RefundFee, Rounding, Rule, Terms,
};
use jsonrpsee::core::RpcResult;
use serde_json::{json, Value as Json};

/// A page of the products of an agreement, by number, each with all versions of its terms.
pub fn list(at: &At<'_>, of: &Arguments) -> RpcResult<Json> {
    let agreement = at.agreement(of.agreement)?;
    let by = agreement.denomination();
    let ids = at.source.products(at.block.hash, of.agreement)?;
    let pages = page::json(ids.len(), of);
    let mut products = Vec::new();
    for id in page::of_list(ids, of) {
        let versions = at.source.terms(at.block.hash, of.agreement, id)?;
        products.push(product(id, &versions, &by));
    }
    let head = json!({
        "agreement": of.agreement,
        "currency": agreement.currency.as_str(),
        "products": products,
    });
    Ok(with(head, pages))
}

fn product(id: ProductId, versions: &[(BusinessDay, Terms)], by: &Denomination<'_>) -> Json {
    let versions = versions.iter().enumerate();
    let versions = versions.map(|(version, (from, terms))| {
        json!({
            "version": version,
            "from": date(*from),
            "words": words(terms, by),
            "credit": rule(&terms.credit, by),
            "debit": own_debit(terms).map(|own| rule(own, by)),
            "refund_fee": name(terms.refund_fee),
        })
    });
    json!({ "product": id, "versions": versions.collect::<Vec<_>>() })
}

/// The rule of the debit amount; `None` where that is gross less credit.
const fn own_debit(terms: &Terms) -> Option<&Rule> {
    match &terms.debit {
        DebitRule::Residual => None,
        DebitRule::Own(rule) => Some(rule),
    }
}

fn rule(of: &Rule, by: &Denomination<'_>) -> Json {
    json!({
        "rate_ppm": of.rate_ppm,
        "flat": money(of.flat, by),
        "floor": money(of.floor, by),
        "cap": of.cap.map(|cap| money(cap, by)),
        "rounding": rounding(of.rounding),
    })
}

/// The name that files have for a rounding.
const fn rounding(of: Rounding) -> &'static str {
    match of {
        Rounding::Down => "down",
        Rounding::Up => "up",
        Rounding::HalfUp => "half_up",
        Rounding::HalfDown => "half_down",
        Rounding::HalfEven => "half_even",
    }
}

/// Terms for people: `credit 0.5000 %, rounded half up; debit gross less credit; fee returned by refunds`.
fn words(terms: &Terms, by: &Denomination<'_>) -> String {
    let debit = match own_debit(terms) {
        None => "gross less credit".into(),
        Some(own) => rule_words(own, by),
    };
    let fee = match terms.refund_fee {
        RefundFee::Returned => "returned",
        RefundFee::Kept => "kept",
    };
    let credit = rule_words(&terms.credit, by);
    format!("credit {credit}; debit {debit}; fee {fee} by refunds")
}

fn rule_words(of: &Rule, by: &Denomination<'_>) -> String {
    let mut text = format!("{}.{:04} %", of.rate_ppm / 10_000, of.rate_ppm % 10_000);
    if of.flat > 0 {
        text += &format!(" + {}", amount::show(of.flat, by));
    }
    if of.floor > 0 {
        text += &format!(", at least {}", amount::show(of.floor, by));
    }
    if let Some(cap) = of.cap {
        text += &format!(", at most {}", amount::show(cap, by));
    }
    let rounding = rounding(of.rounding).replace('_', " ");
    format!("{text}, rounded {rounding}")
}

/// The schema of [`list`].
pub fn list_schema() -> Schema {
    let version = Schema::object([
        (
            "version",
            Schema::number(),
            "Its number, as `terms_version` of trades has it.",
        ),
        ("from", Schema::date(), "The first day on which it holds."),
        ("words", Schema::text(), "The terms for people."),
        ("credit", rule_schema(), "What makes the bank's amount."),
        (
            "debit",
            rule_schema().or_null(),
            "What makes the company's amount; null: gross less credit.",
        ),
        (
            "refund_fee",
            Schema::names_of(name::<RefundFee>),
            "What becomes of the bank's share when a payment is given back.",
        ),
    ]);
    let product = Schema::object([
        ("product", Schema::number(), "Its number."),
        (
            "versions",
            version.list(),
            "The versions of its terms, by first day.",
        ),
    ]);
    let head = [
        ("agreement", Schema::number(), "The agreement's number."),
        (
            "currency",
            Schema::text(),
            "The ISO 4217 code of all amounts.",
        ),
        ("products", product.list(), "By number."),
    ];
    Schema::object(page::fields().into_iter().chain(head))
}

fn rule_schema() -> Schema {
    Schema::object([
        (
            "rate_ppm",
            Schema::number(),
            "Share of the gross amount, in parts per million.",
        ),
        ("flat", Schema::amount(), "What is added to the share."),
        ("floor", Schema::amount(), "The least that is made."),
        (
            "cap",
            Schema::amount().or_null(),
            "The most that is made; never more than the gross amount.",
        ),
        (
            "rounding",
            Schema::names_of(rounding),
            "Where a fraction of a minor unit goes.",
        ),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    const CZK: Denomination<'static> = Denomination {
        currency: "CZK",
        decimals: 2,
    };

    #[test]
    fn terms_are_written_for_people_too() {
        let terms = Terms {
            credit: Rule {
                rate_ppm: 20_000,
                flat: 5,
                floor: 100,
                cap: Some(900),
                rounding: Rounding::HalfEven,
            },
            debit: DebitRule::Residual,
            refund_fee: RefundFee::Kept,
        };
        let expected =
            "credit 2.0000 % + 0.05 CZK, at least 1.00 CZK, at most 9.00 CZK, rounded half even; \
                        debit gross less credit; fee kept by refunds";
        assert_eq!(words(&terms, &CZK), expected);
    }

    #[test]
    fn a_debit_rule_of_its_own_is_shown_and_gross_less_credit_is_null() {
        let own = Terms {
            debit: DebitRule::Own(Rule::default()),
            ..Terms::default()
        };
        let shown = product(7, &[(BusinessDay(20_785), own)], &CZK);
        assert_eq!(shown["versions"][0]["debit"]["rate_ppm"], 0);
        let residual = product(7, &[(BusinessDay(20_785), Terms::default())], &CZK);
        assert_eq!(residual["versions"][0]["debit"], Json::Null);
        assert_eq!(residual["versions"][0]["from"], "2026-11-28");
    }
}
