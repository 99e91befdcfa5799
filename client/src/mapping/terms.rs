//! Terms as files write them.

use crate::money::Money;
use anyhow::{bail, Result};
use counterfoil_primitives::{
    terms::WHOLE_PPM, Amount, DebitRule, RefundFee, Rounding, Rule, Terms,
};
use serde::{Deserialize, Serialize};

/// A product's terms. Without `debit` the debit amount is gross less credit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsSpec {
    /// States the credit amount.
    pub credit: RuleSpec,
    /// States the debit amount by a rule of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debit: Option<RuleSpec>,
    /// What happens to the fee when a payment is given back; `returned` unless named.
    #[serde(default)]
    pub refund_fee: RefundFee,
}

/// A rule. Amounts are in minor units.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSpec {
    /// Share of the gross amount, in parts per million.
    pub rate_ppm: u32,
    /// Minor units added to the share.
    pub flat: u64,
    /// The least the rule yields.
    pub floor: u64,
    /// The most the rule yields.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<u64>,
    /// How a fraction of a minor unit is rounded.
    #[serde(with = "RoundingName")]
    pub rounding: Rounding,
}

/// The names that files have for [`Rounding`]: a chain's specification has others.
#[derive(Serialize, Deserialize)]
#[serde(remote = "Rounding", rename_all = "snake_case")]
enum RoundingName {
    Down,
    Up,
    HalfUp,
    HalfDown,
    HalfEven,
}

impl RuleSpec {
    fn rule(&self) -> Result<Rule> {
        let rule = Rule {
            rate_ppm: self.rate_ppm,
            flat: self.flat.into(),
            floor: self.floor.into(),
            cap: self.cap.map(Into::into),
            rounding: self.rounding,
        };
        if rule.is_valid() {
            return Ok(rule);
        }
        if rule.rate_ppm > WHOLE_PPM {
            bail!(
                "a rate of {} ppm is more than the whole ({WHOLE_PPM})",
                rule.rate_ppm
            );
        }
        bail!("a rule's floor lies above its cap");
    }
}

impl TermsSpec {
    /// The terms, or what is wrong with them.
    pub fn terms(&self) -> Result<Terms> {
        Ok(Terms {
            credit: self.credit.rule()?,
            debit: match &self.debit {
                Some(rule) => DebitRule::Own(rule.rule()?),
                None => DebitRule::Residual,
            },
            refund_fee: self.refund_fee,
        })
    }
}

/// A rule in a few words: `2.0000 % + 5, at least 1, at most 9, rounded half up`.
fn rule_by(rule: &Rule, show: &dyn Fn(Amount) -> String) -> String {
    let mut text = format!("{}.{:04} %", rule.rate_ppm / 10_000, rule.rate_ppm % 10_000);
    if rule.flat > 0 {
        text += &format!(" + {}", show(rule.flat));
    }
    if rule.floor > 0 {
        text += &format!(", at least {}", show(rule.floor));
    }
    if let Some(cap) = rule.cap {
        text += &format!(", at most {}", show(cap));
    }
    let rounding = match rule.rounding {
        Rounding::Down => "down",
        Rounding::Up => "up",
        Rounding::HalfUp => "half up",
        Rounding::HalfDown => "half down",
        Rounding::HalfEven => "half even",
    };
    format!("{text}, rounded {rounding}")
}

/// Terms in a few words. Amounts are in minor units.
pub fn terms_text(terms: &Terms) -> String {
    terms_by(terms, &|amount| amount.to_string())
}

/// Terms in a few words, their amounts in the currency.
pub fn terms_in(terms: &Terms, money: &Money) -> String {
    terms_by(terms, &|amount| money.show(amount))
}

fn terms_by(terms: &Terms, show: &dyn Fn(Amount) -> String) -> String {
    let debit = match &terms.debit {
        DebitRule::Residual => "gross less credit".into(),
        DebitRule::Own(rule) => rule_by(rule, show),
    };
    let fee = match terms.refund_fee {
        RefundFee::Returned => "returned",
        RefundFee::Kept => "kept",
    };
    format!(
        "credit {}; debit {debit}; fee {fee} by refunds",
        rule_by(&terms.credit, show)
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(rule: &str) -> Result<Terms> {
        toml::from_str::<TermsSpec>(&format!("credit = {{ {rule} }}"))?.terms()
    }

    #[test]
    fn each_rounding_has_the_name_that_files_use() {
        for (name, rounding) in [
            ("down", Rounding::Down),
            ("up", Rounding::Up),
            ("half_up", Rounding::HalfUp),
            ("half_down", Rounding::HalfDown),
            ("half_even", Rounding::HalfEven),
        ] {
            let terms = read(&format!("rounding = \"{name}\"")).unwrap();
            assert_eq!(terms.credit.rounding, rounding);
        }
        assert_eq!(read("flat = 1").unwrap().credit.rounding, Rounding::HalfUp);
        assert!(read("rounding = \"HalfUp\"").is_err());
    }

    #[test]
    fn a_rule_that_the_chain_refuses_is_refused_by_what_is_wrong() {
        assert!(read("rate_ppm = 1000000, floor = 5, cap = 5").is_ok());
        let error = |rule| read(rule).unwrap_err().to_string();
        assert!(error("rate_ppm = 1000001").contains("more than the whole"));
        assert!(error("floor = 6, cap = 5").contains("floor lies above its cap"));
    }

    #[test]
    fn terms_state_whether_refunds_return_the_fee() {
        let fee = |text: &str| {
            let spec: TermsSpec = toml::from_str(text).unwrap();
            spec.terms().unwrap().refund_fee
        };
        assert_eq!(fee("credit = { rate_ppm = 1 }"), RefundFee::Returned);
        let kept = "credit = { rate_ppm = 1 }\nrefund_fee = \"kept\"";
        assert_eq!(fee(kept), RefundFee::Kept);
        assert!(toml::from_str::<TermsSpec>(&kept.replace("kept", "half")).is_err());
        let terms = toml::from_str::<TermsSpec>(kept).unwrap().terms().unwrap();
        assert!(terms_text(&terms).ends_with("; fee kept by refunds"));
    }

    #[test]
    fn terms_tell_their_amounts_in_minor_units_or_in_the_currency() {
        let terms = Terms {
            credit: Rule {
                rate_ppm: 12_000,
                flat: 200,
                floor: 50,
                cap: Some(100_000),
                rounding: Rounding::HalfEven,
            },
            debit: DebitRule::Residual,
            refund_fee: RefundFee::Returned,
        };
        assert_eq!(
            terms_text(&terms),
            "credit 1.2000 % + 200, at least 50, at most 100000, rounded half even; debit gross less credit; fee returned by refunds"
        );
        assert_eq!(
            terms_in(&terms, &Money::of("CZK").unwrap()),
            "credit 1.2000 % + 2.00 CZK, at least 0.50 CZK, at most 1000.00 CZK, rounded half even; debit gross less credit; fee returned by refunds"
        );
    }
}
