//! The products of an agreement in words, with their terms.

use super::{amounts::money, on_page, AmountInWords};
use crate::{views, Registry, Timestamp};
use alloc::{
    format,
    string::{String, ToString},
    vec::Vec,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    conditions::version_on, ports::Directory, written::date, AgreementId, AgreementView, DebitRule,
    ProductId, RefundFee, Rounding, Rule, Terms,
};
use scale_info::TypeInfo;

/// A product of an agreement.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ProductInWords {
    /// Its number.
    pub product: ProductId,
    /// The versions of its terms, by their first day: at most 128.
    pub terms: Vec<TermsInWords>,
}

/// How the amounts of bank and company follow from a gross amount.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TermsInWords {
    /// The first day that they are in force.
    pub from: String,
    /// Whether they are in force today.
    pub is_in_force: bool,
    /// The bank's amount.
    pub bank: ShareInWords,
    /// The company's amount.
    pub company: ShareInWords,
    /// What happens to the bank's share of a payment that is given back.
    pub refunds: String,
}

/// A party's amount of a payment.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct ShareInWords {
    /// The rule: `1.5 % of the gross amount (a half rounds to even), at least 10.00 CZK`.
    pub words: String,
    /// What is added to the share; none where nothing is.
    pub flat: Option<AmountInWords>,
    /// The least; none where there is none.
    pub at_least: Option<AmountInWords>,
    /// The most; none where there is none.
    pub at_most: Option<AmountInWords>,
}

/// A page of the products of an agreement, by their numbers.
pub fn products(id: AgreementId, page: u32) -> Vec<ProductInWords> {
    let Some(agreement) = Registry::agreement(id) else {
        return Vec::new();
    };
    on_page(views::products(id), page)
        .map(|product| in_words(&agreement, id, product))
        .collect()
}

fn in_words(agreement: &AgreementView, id: AgreementId, product: ProductId) -> ProductInWords {
    let versions = views::terms(id, product);
    let today = agreement.day_of(Timestamp::get());
    let in_force = today.and_then(|today| version_on(&versions, today));
    let terms = versions.iter().enumerate().map(|(index, (from, terms))| {
        let Terms {
            credit,
            debit,
            refund_fee,
        } = terms;
        TermsInWords {
            from: date::show(*from),
            is_in_force: in_force == Some(index),
            bank: share(agreement, credit),
            company: match debit {
                DebitRule::Residual => ShareInWords {
                    words: "the gross amount less the bank's amount".into(),
                    ..ShareInWords::default()
                },
                DebitRule::Own(rule) => share(agreement, rule),
            },
            refunds: match refund_fee {
                RefundFee::Returned => "both parties give their share back".into(),
                RefundFee::Kept => "the bank keeps its share".into(),
            },
        }
    });
    ProductInWords {
        product,
        terms: terms.collect(),
    }
}

fn share(agreement: &AgreementView, rule: &Rule) -> ShareInWords {
    ShareInWords {
        words: words(agreement, rule),
        flat: AmountInWords::above_zero(agreement, rule.flat),
        at_least: AmountInWords::above_zero(agreement, rule.floor),
        at_most: rule.cap.map(|cap| AmountInWords::new(agreement, cap)),
    }
}

/// What a rule yields, in words.
fn words(agreement: &AgreementView, rule: &Rule) -> String {
    let amount = |amount| money(agreement, amount);
    let rate = || {
        let (rate, rounding) = (percent(rule.rate_ppm), rounding(rule.rounding));
        format!("{rate} of the gross amount ({rounding})")
    };
    let mut words = match (rule.rate_ppm, rule.flat) {
        (0, 0) if rule.floor > 0 => amount(rule.floor),
        (0, 0) => "nothing".to_string(),
        (0, flat) => amount(flat),
        (_, 0) => rate(),
        (_, flat) => format!("{} and {}", rate(), amount(flat)),
    };
    if rule.floor > 0 && (rule.rate_ppm, rule.flat) != (0, 0) {
        words = format!("{words}, at least {}", amount(rule.floor));
    }
    if let Some(cap) = rule.cap {
        words = format!("{words}, at most {}", amount(cap));
    }
    if rule.flat > 0 || rule.floor > 0 {
        words.push_str(", and never more than the gross amount");
    }
    words
}

/// A rate in per cent: 15,000 parts per million are `1.5 %`.
fn percent(rate_ppm: u32) -> String {
    let (whole, fraction) = (rate_ppm / 10_000, rate_ppm % 10_000);
    if fraction == 0 {
        return format!("{whole} %");
    }
    let fraction = format!("{fraction:04}");
    format!("{whole}.{} %", fraction.trim_end_matches('0'))
}

/// What happens to the fraction of a minor unit.
const fn rounding(rounding: Rounding) -> &'static str {
    match rounding {
        Rounding::Down => "rounded down",
        Rounding::Up => "rounded up",
        Rounding::HalfUp => "a half rounds up",
        Rounding::HalfDown => "a half rounds down",
        Rounding::HalfEven => "a half rounds to even",
    }
}
