//! Refunds of what the chain holds.

use super::*;
use counterfoil_primitives::{Original, RefundRequest};

/// Where a trade is: its day and its position.
pub type Place = (BusinessDay, u32);

/// A refund, at `occurred_at`, of the payment on a place, with the amounts that its terms give. What was
/// given back of it before is looked up.
pub fn refund_of(
    sequence: Sequence,
    (day, position): Place,
    gross: Amount,
    occurred_at: Moment,
) -> RefundRequest {
    let before = crate::Refunded::<Test>::get((AGREEMENT, day, position));
    refund_after(sequence, (day, position), before, gross, occurred_at)
}

/// A refund of the payment on a place, of which `before` was given back.
pub fn refund_after(
    sequence: Sequence,
    (day, position): Place,
    before: Amount,
    gross: Amount,
    occurred_at: Moment,
) -> RefundRequest {
    let payment = stored(day)[position as usize];
    let versions = Registry::terms(AGREEMENT, payment.product);
    let terms = versions[usize::from(payment.terms_version)];
    let amounts = terms.refund_amounts(payment.gross, before, gross);
    RefundRequest {
        sequence,
        reference: Reference(u128::from(sequence).to_be_bytes()),
        user: payment.user,
        product: payment.product,
        original: Original {
            id: payment.id,
            day,
            position,
        },
        refunded_before: before,
        gross,
        debit: amounts.debit,
        credit: amounts.credit,
        occurred_at,
    }
}

/// Sends refunds of [`CLIENT`], and checks the state after them. A refund that comes alone may be refused.
pub fn give_back(refunds: Vec<RefundRequest>) {
    let alone = refunds.len() == 1;
    let given = Trades::refund(signed(CLIENT), AGREEMENT, refunds.try_into().unwrap());
    assert!(given.is_ok() || alone, "{given:?}");
    check_state();
}

/// Sends one refund of [`CLIENT`]. Returns why it was refused.
pub fn refund_outcome(refund: RefundRequest) -> Result<(), Refusal> {
    refund_outcome_of(CLIENT, refund)
}

/// Sends one refund of a client. Returns why it was refused.
pub fn refund_outcome_of(client: MemberId, refund: RefundRequest) -> Result<(), Refusal> {
    let refunds = vec![refund].try_into().unwrap();
    why(Trades::refund(signed(client), AGREEMENT, refunds))
}
