//! Refunds: the payment of each, its amounts, and what ties its records together.

use super::{reference_of, Fund, Payment};
use anyhow::{Context, Result};
use std::collections::{BTreeMap, HashMap};

/// A line of a refund by itself.
pub(super) struct Line {
    /// The refund, without its payment, and without the parties' shares.
    pub(super) refund: Payment,
    /// The id of its payment.
    pub(super) original: String,
}

/// The refunds of payments, in the order of their lines. A refund is left out if its payment is unknown, of
/// another product or user, later than the refund, or has too little left.
pub(super) fn of_payments(
    payments: &[Payment],
    mut lines: Vec<Line>,
    funds: &BTreeMap<u32, Fund>,
    client: u32,
) -> Result<Vec<Payment>> {
    let by_id: HashMap<&str, usize> = payments
        .iter()
        .enumerate()
        .map(|(at, payment)| (payment.source_id.as_str(), at))
        .collect();
    let paid = |id: &str| by_id.get(id).map(|at| &payments[*at]);
    set_references(&mut lines, paid, client);
    let mut left: Vec<u128> = payments.iter().map(|payment| payment.gross).collect();
    let mut refunds = Vec::new();
    for Line { refund, original } in lines {
        let Some(&at) = by_id.get(original.as_str()) else {
            continue;
        };
        let payment = &payments[at];
        let is_of_it = refund.product == payment.product && refund.user == payment.user;
        if !is_of_it || refund.occurred_at < payment.occurred_at || refund.gross > left[at] {
            continue;
        }
        let fund = funds.get(&refund.product).context("unknown product")?;
        let (debit, credit) = fund.terms.refund_amounts(left[at], refund.gross)?;
        left[at] -= refund.gross;
        refunds.push(Payment {
            debit,
            credit,
            refund_of: Some(at),
            ..refund
        });
    }
    Ok(refunds)
}

/// A refund that carries its payment's reference, or the same one as another refund of that payment, has the
/// reference that its own id makes.
fn set_references<'a>(lines: &mut [Line], paid: impl Fn(&str) -> Option<&'a Payment>, client: u32) {
    let mut carried: HashMap<(String, [u8; 16]), usize> = HashMap::new();
    for Line { refund, original } in lines.iter() {
        let of = (original.clone(), refund.reference);
        *carried.entry(of).or_default() += 1;
    }
    for Line { refund, original } in lines {
        let reference = refund.reference;
        let is_shared = carried[&(original.clone(), reference)] > 1;
        let is_payments = paid(original).is_some_and(|payment| payment.reference == reference);
        if is_shared || is_payments || reference == reference_of(client, original) {
            refund.reference = reference_of(client, &refund.source_id);
        }
    }
}
