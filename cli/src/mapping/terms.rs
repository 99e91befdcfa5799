//! Terms as files write them.

use anyhow::{bail, Result};
use counterfoil_primitives::{terms::WHOLE_PPM, DebitRule, Rounding, Rule, Terms};
use serde::{Deserialize, Serialize};

/// A product's terms. Without `debit` the debit amount is gross less credit.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct TermsSpec {
    /// Gives the credit amount.
    pub credit: RuleSpec,
    /// Gives the debit amount by a rule of its own.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub debit: Option<RuleSpec>,
}

/// A rule. Amounts are in minor units.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct RuleSpec {
    /// Share of the gross amount, in parts per million.
    pub rate_ppm: u32,
    /// Minor units added to the share.
    pub flat: u64,
    /// The least the rule gives.
    pub floor: u64,
    /// The most the rule gives.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cap: Option<u64>,
    /// How a fraction of a minor unit is rounded.
    pub rounding: RoundingSpec,
}

/// A rounding mode.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RoundingSpec {
    /// Cut the fraction off.
    Down,
    /// One more unit for any fraction.
    Up,
    /// To the nearest unit; a half goes up.
    #[default]
    HalfUp,
    /// To the nearest unit; a half goes down.
    HalfDown,
    /// To the nearest unit; a half goes to the even one.
    HalfEven,
}

impl RuleSpec {
    fn rule(&self) -> Result<Rule> {
        if self.rate_ppm > WHOLE_PPM {
            bail!(
                "a rate of {} ppm is more than the whole ({WHOLE_PPM})",
                self.rate_ppm
            );
        }
        if self.cap.is_some_and(|cap| cap < self.floor) {
            bail!("a rule's floor lies above its cap");
        }
        Ok(Rule {
            rate_ppm: self.rate_ppm,
            flat: self.flat.into(),
            floor: self.floor.into(),
            cap: self.cap.map(Into::into),
            rounding: match self.rounding {
                RoundingSpec::Down => Rounding::Down,
                RoundingSpec::Up => Rounding::Up,
                RoundingSpec::HalfUp => Rounding::HalfUp,
                RoundingSpec::HalfDown => Rounding::HalfDown,
                RoundingSpec::HalfEven => Rounding::HalfEven,
            },
        })
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
        })
    }
}

/// A rule in a few words: `2.0000 % + 5, at least 1, at most 9, half up`. Amounts are in minor
/// units.
pub fn rule_text(rule: &Rule) -> String {
    let mut text = format!("{}.{:04} %", rule.rate_ppm / 10_000, rule.rate_ppm % 10_000);
    if rule.flat > 0 {
        text += &format!(" + {}", rule.flat);
    }
    if rule.floor > 0 {
        text += &format!(", at least {}", rule.floor);
    }
    if let Some(cap) = rule.cap {
        text += &format!(", at most {cap}");
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

/// Terms in a few words.
pub fn terms_text(terms: &Terms) -> String {
    let debit = match &terms.debit {
        DebitRule::Residual => "gross less credit".into(),
        DebitRule::Own(rule) => rule_text(rule),
    };
    format!("credit {}; debit {debit}", rule_text(&terms.credit))
}
