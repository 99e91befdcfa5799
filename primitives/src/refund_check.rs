//! Whether a refund may give back from what is on the place that it names, and why not.

use crate::{
    found_trade::Found, refund::RefundRequest, AgreementView, Link, MemberId, Moment, Relation,
};

/// Why nothing may be given back of a trade by a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRefundable {
    /// The trade on the original's place has another id.
    OtherId,
    /// The original is a refund itself.
    NotAPayment,
    /// Another client recorded the original, and the agreement names no successor that refunds it.
    OtherClient,
    /// The original was of another product.
    OtherProduct,
    /// Another user paid the original.
    OtherUser,
    /// The refund is before its original in time.
    BeforeOriginal,
    /// The original is longer ago than the agreement lets refunds come.
    TooLate,
    /// Another amount was given back before than the refund says.
    RefundedMeanwhile,
    /// More would be given back than is left of the payment.
    MoreThanLeft,
}

/// The link of a refund to `found`, what is on the place that the refund names. `may_give_back` tells from
/// whose payments its client refunds: its own, and those of clients that it succeeds. The reasons against
/// it are tried in the order of [`NotRefundable`].
pub fn link(
    request: &RefundRequest,
    may_give_back: impl FnOnce(MemberId) -> bool,
    agreement: &AgreementView,
    found: &Found,
) -> Result<Link, NotRefundable> {
    let Found {
        trade, refunded, ..
    } = *found;
    let reasons = [
        (trade.id != request.original.id, NotRefundable::OtherId),
        (!found.is_payment(), NotRefundable::NotAPayment),
        (!may_give_back(found.client), NotRefundable::OtherClient),
        (
            trade.product != request.product,
            NotRefundable::OtherProduct,
        ),
        (trade.user != request.user, NotRefundable::OtherUser),
        (
            request.occurred_at < trade.occurred_at,
            NotRefundable::BeforeOriginal,
        ),
        (
            is_too_late(agreement, trade.occurred_at, request.occurred_at),
            NotRefundable::TooLate,
        ),
        (
            request.refunded_before != refunded,
            NotRefundable::RefundedMeanwhile,
        ),
        (request.gross > found.left(), NotRefundable::MoreThanLeft),
    ];
    match reasons.into_iter().find(|(holds, _)| *holds) {
        Some((_, reason)) => Err(reason),
        None => Ok(Link {
            relation: Relation::Refund,
            original: request.original,
            paid: found.paid,
            refunded_before: refunded,
        }),
    }
}

/// Whether more than the agreement's `refund_days` lie between the business day of a payment and that
/// of its refund.
fn is_too_late(agreement: &AgreementView, paid_at: Moment, refunded_at: Moment) -> bool {
    match (agreement.day_of(paid_at), agreement.day_of(refunded_at)) {
        (Some(paid), Some(refunded)) => {
            refunded.0.saturating_sub(paid.0) > u32::from(agreement.refund_days)
        }
        _ => true,
    }
}
