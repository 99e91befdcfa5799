//! Refunds for the benchmarks, and the payments from which they give back.

use super::*;
use counterfoil_primitives::{Amount, Original, RefundRequest};

/// The payment of its own product that is the last on a page of [`PAST`].
fn payment(page: u32) -> Trade {
    let noon = Moment::from(PAST.0) * DAY + 12 * 60 * MINUTE;
    trade(page.into(), 1 + page, noon).into_trade(CLIENT, 0)
}

/// Puts pages of payments there that can be given back.
pub fn put_payments<T: Config>(pages: u32) {
    for page in 0..pages {
        let trades: Vec<Trade> = (0..PAGE_SIZE).map(|_| payment(page)).collect();
        Pages::<T>::insert((AGREEMENT, PAST, page), BoundedVec::truncate_from(trades));
    }
}

/// A late refund of a unit of the last payment on a page.
fn refund(sequence: Sequence, page: u32, refunded_before: Amount) -> RefundRequest {
    let payment = payment(page);
    let gross = 1;
    let amounts = registry::terms().refund_amounts(payment.gross, refunded_before, gross);
    RefundRequest {
        sequence,
        reference: payment.reference,
        user: payment.user,
        product: payment.product,
        original: Original {
            id: payment.id,
            day: PAST,
            position: page * PAGE_SIZE + PAGE_SIZE - 1,
        },
        refunded_before,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at: payment.occurred_at,
    }
}

/// A batch of refunds of the payments on a number of pages in turn: some kept, then some refused.
pub fn refunds<T: Config>(
    kept: u32,
    refused: u32,
    pages: u32,
) -> BoundedVec<RefundRequest, T::MaxRefunds> {
    let of = |index: u32, before: u32| refund(fresh(index, 1), index % pages, before.into());
    let good = (0..kept).map(|index| of(index, index / pages));
    let bad = (kept..kept + refused).map(|index| {
        // The payment's kept refunds, of a unit each.
        let before = (kept + pages - 1 - index % pages) / pages;
        let refund = of(index, before);
        RefundRequest {
            credit: refund.credit + 1,
            ..refund
        }
    });
    BoundedVec::truncate_from(good.chain(bad).collect())
}

/// A batch of refunds over a number of chunks of which all sequences but the last are used.
pub fn nearly_all_used_refunds<T: BenchmarkRuntime>(
    count: u32,
    chunks: u32,
) -> BoundedVec<RefundRequest, T::MaxRefunds> {
    let trades = nearly_all_used::<T>(count, chunks);
    let refunds = trades.iter().map(|trade| refund(trade.sequence, 0, 0));
    BoundedVec::truncate_from(refunds.collect())
}

/// A late refund as a person writes it, at length.
pub struct RefundForm {
    /// The payment.
    pub original: Original,
    /// What the user gets back.
    pub amount: Words,
    /// What the refund carries elsewhere.
    pub reference: Words,
    /// What was given back of the payment before.
    pub refunded_before: Words,
    /// When.
    pub occurred_at: Words,
}

/// A form that [`open_day`] 0 takes, of the last payment on the first page of [`PAST`].
pub fn refund_form() -> RefundForm {
    let Form {
        reference,
        occurred_at,
        ..
    } = form();
    RefundForm {
        original: refund(0, 0, 0).original,
        amount: Words::truncated("1000000"),
        reference,
        refunded_before: Words::truncated("0"),
        occurred_at,
    }
}
