//! The demo's own arithmetic of terms, written a second time on purpose: what the chain computes is
//! checked against it. It shares no code with the chain's rules.

use anyhow::{bail, Context, Result};
use serde::Deserialize;

/// How a fraction of a minor unit is rounded.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    /// Cut off.
    Down,
    /// Any fraction counts as a whole unit.
    Up,
    /// A half goes up.
    HalfUp,
    /// A half goes down.
    HalfDown,
    /// A half goes to the even neighbour.
    HalfEven,
}

/// A rule as a mapping file states it; amounts in minor units.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rule {
    /// Parts per million.
    pub rate_ppm: u128,
    /// Added to the share.
    pub flat: u128,
    /// At least this.
    pub floor: u128,
    /// At most this.
    pub cap: Option<u128>,
    /// Of the share.
    pub rounding: Rounding,
}

/// Where the debit amount comes from.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Debit {
    /// What the credit amount leaves of the gross amount.
    Residual,
    /// A rule of its own.
    Own(Rule),
}

/// What happens to the fee of a payment that is given back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RefundFee {
    /// It is given back too.
    Returned,
    /// The bank keeps it.
    Kept,
}

/// A product's terms.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Terms {
    /// The bank's share.
    pub credit: Rule,
    /// The company's share.
    pub debit: Debit,
    /// What a refund does to the fee.
    pub refund_fee: RefundFee,
}

impl Rule {
    /// What the rule yields for a gross amount.
    pub fn apply(&self, gross: u128) -> Result<u128> {
        const MILLION: u128 = 1_000_000;
        let product = gross
            .checked_mul(self.rate_ppm)
            .context("an amount is beyond what the demo can multiply")?;
        let (floor, rest) = (product / MILLION, product % MILLION);
        let up = match self.rounding {
            Rounding::Down => false,
            Rounding::Up => rest != 0,
            Rounding::HalfUp => rest >= MILLION / 2,
            Rounding::HalfDown => rest > MILLION / 2,
            Rounding::HalfEven => rest > MILLION / 2 || (rest == MILLION / 2 && floor % 2 == 1),
        };
        let mut amount = floor + u128::from(up) + self.flat;
        if amount < self.floor {
            amount = self.floor;
        }
        if let Some(cap) = self.cap {
            amount = amount.min(cap);
        }
        Ok(amount.min(gross))
    }

    /// The rule that the demo's agreement had before: half a percent off the rate.
    pub fn older(&self) -> Self {
        const STEP: u128 = 5_000;
        let rate_ppm = match self.rate_ppm {
            rate if rate >= STEP => rate - STEP,
            rate => rate + STEP,
        };
        Self { rate_ppm, ..*self }
    }
}

impl Terms {
    /// The company's and the bank's amount.
    pub fn amounts(&self, gross: u128) -> Result<(u128, u128)> {
        let credit = self.credit.apply(gross)?;
        let debit = match self.debit {
            Debit::Residual => gross - credit,
            Debit::Own(rule) => rule.apply(gross)?,
        };
        if debit > gross || credit > gross {
            bail!("a share exceeds the gross amount");
        }
        Ok((debit, credit))
    }

    /// The company's and the bank's amount of a refund of `back`, of a payment of which refunds before it
    /// have left `left`: what a payment of that costs more than one of what is left afterwards.
    pub fn refund_amounts(&self, left: u128, back: u128) -> Result<(u128, u128)> {
        let rest = left
            .checked_sub(back)
            .context("more is given back than is left")?;
        let (all, rest) = (self.amounts(left)?, self.amounts(rest)?);
        let less = "a rule gives more for less";
        let debit = all.0.checked_sub(rest.0).context(less)?;
        let credit = all.1.checked_sub(rest.1).context(less)?;
        Ok(match (self.refund_fee, self.debit) {
            (RefundFee::Returned, _) => (debit, credit),
            (RefundFee::Kept, Debit::Residual) => (back, 0),
            (RefundFee::Kept, Debit::Own(_)) => (debit, 0),
        })
    }

    /// The version before.
    pub fn older(&self) -> Self {
        Self {
            credit: self.credit.older(),
            debit: match self.debit {
                Debit::Residual => Debit::Residual,
                Debit::Own(rule) => Debit::Own(rule.older()),
            },
            refund_fee: self.refund_fee,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn rule(rate_ppm: u128, rounding: Rounding) -> Rule {
        Rule {
            rate_ppm,
            flat: 0,
            floor: 0,
            cap: None,
            rounding,
        }
    }

    #[test]
    fn each_rounding_mode_treats_a_half_its_own_way() {
        // Half of 1, 2, 3 and 5 minor units: 0.5, 1.0, 1.5 and 2.5.
        let cases = [
            (Rounding::Down, [0, 1, 1, 2]),
            (Rounding::Up, [1, 1, 2, 3]),
            (Rounding::HalfUp, [1, 1, 2, 3]),
            (Rounding::HalfDown, [0, 1, 1, 2]),
            (Rounding::HalfEven, [0, 1, 2, 2]),
        ];
        for (rounding, expected) in cases {
            let half = rule(500_000, rounding);
            let found = [1, 2, 3, 5].map(|gross| half.apply(gross).unwrap());
            assert_eq!(found, expected, "{rounding:?}");
        }
    }

    #[test]
    fn flat_floor_and_cap_bind_in_this_order_and_gross_binds_last() {
        let bound = Rule {
            flat: 10,
            floor: 50,
            cap: Some(100),
            ..rule(100_000, Rounding::HalfUp)
        };
        assert_eq!(bound.apply(1_000_000).unwrap(), 100);
        assert_eq!(bound.apply(700).unwrap(), 80);
        assert_eq!(bound.apply(300).unwrap(), 50);
        assert_eq!(bound.apply(30).unwrap(), 30);
    }

    #[test]
    fn the_residual_adds_up_to_gross() {
        let terms = Terms {
            credit: rule(333_333, Rounding::HalfEven),
            debit: Debit::Residual,
            refund_fee: RefundFee::Returned,
        };
        let (debit, credit) = terms.amounts(1_001).unwrap();
        assert_eq!(debit + credit, 1_001);
    }

    /// A tenth to the bank, and the rest to the company.
    fn tenth(refund_fee: RefundFee) -> Terms {
        Terms {
            credit: rule(100_000, Rounding::HalfUp),
            debit: Debit::Residual,
            refund_fee,
        }
    }

    #[test]
    fn a_returned_fee_leaves_what_a_smaller_payment_would_have_cost() {
        let terms = tenth(RefundFee::Returned);
        assert_eq!(terms.refund_amounts(1_000, 1_000).unwrap(), (900, 100));
        assert_eq!(terms.refund_amounts(1_005, 400).unwrap(), (360, 40));
    }

    #[test]
    fn a_kept_fee_is_the_companys_to_bear() {
        let terms = tenth(RefundFee::Kept);
        assert_eq!(terms.refund_amounts(1_000, 400).unwrap(), (400, 0));
        let own = Terms {
            debit: Debit::Own(rule(900_000, Rounding::HalfUp)),
            ..terms
        };
        assert_eq!(own.refund_amounts(1_000, 400).unwrap(), (360, 0));
    }

    #[test]
    fn no_more_is_given_back_than_is_left() {
        let terms = tenth(RefundFee::Returned);
        assert!(terms.refund_amounts(1_000, 1_001).is_err());
    }
}
