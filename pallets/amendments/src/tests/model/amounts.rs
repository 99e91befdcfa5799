//! What payments come to, and what is left of them, by arithmetic of its own.
//!
//! The rules are those that the documentation of terms and docs/flow.md state. Terms are values here: no
//! function of theirs is called.

use counterfoil_primitives::{DebitRule, RefundFee, Rounding, Rule, Terms};

const MILLION: i128 = 1_000_000;

/// Amounts: gross, debit, credit.
pub type Sums = [i128; 3];

/// The share that a rule takes of `gross`. Each way to round is a division that rounds down.
fn share(rule: &Rule, gross: i128) -> i128 {
    let millionths = gross * i128::from(rule.rate_ppm);
    let half_down = (2 * millionths + MILLION - 1) / (2 * MILLION);
    let half_up = (2 * millionths + MILLION) / (2 * MILLION);
    match rule.rounding {
        Rounding::Down => millionths / MILLION,
        Rounding::Up => (millionths + MILLION - 1) / MILLION,
        Rounding::HalfUp => half_up,
        Rounding::HalfDown => half_down,
        // They differ at a half alone, and then one of them is even.
        Rounding::HalfEven if half_up % 2 == 0 => half_up,
        Rounding::HalfEven => half_down,
    }
}

/// What a rule comes to: share and flat part, between floor and cap, and at most all.
fn by_rule(rule: &Rule, gross: i128) -> i128 {
    let raised = (share(rule, gross) + rule.flat as i128).max(rule.floor as i128);
    let capped = rule.cap.map_or(raised, |cap| raised.min(cap as i128));
    capped.min(gross)
}

/// What is left of a payment of `paid` of which refunds gave `back`.
pub fn left(terms: &Terms, paid: i128, back: i128) -> Sums {
    let left = paid - back;
    let credit = match terms.refund_fee {
        RefundFee::Returned => by_rule(&terms.credit, left),
        RefundFee::Kept => by_rule(&terms.credit, paid),
    };
    let debit = match &terms.debit {
        DebitRule::Residual => left - credit,
        DebitRule::Own(rule) => by_rule(rule, left),
    };
    [left, debit, credit]
}
