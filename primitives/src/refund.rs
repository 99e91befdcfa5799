//! Refunds: what may be given back of a payment.

use crate::{
    AgreementView, Amount, BusinessDay, Kind, Link, MemberId, Moment, ProductId, Reference,
    Relation, Sequence, Trade, TradeId, UserId,
};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The payment that a refund gives back from: by its id, and by its place, where the chain reads it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Original {
    /// The payment's id.
    pub id: TradeId,
    /// The business day that holds it.
    pub day: BusinessDay,
    /// Its position on that day.
    pub position: u32,
}

/// A refund as its client forms it. The client's member id comes from who records it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct RefundRequest {
    /// The client's number for the refund, of the same numbers as payments.
    pub sequence: Sequence,
    /// What the refund carries elsewhere.
    pub reference: Reference,
    /// Who gets the money back; the payer of the original.
    pub user: UserId,
    /// What was bought; the product of the original.
    pub product: ProductId,
    /// The payment.
    pub original: Original,
    /// What was given back of the payment before, in minor units.
    pub refunded_before: Amount,
    /// What the user gets back, in minor units.
    pub gross: Amount,
    /// The company's amount, by the payment's terms.
    pub debit: Amount,
    /// The bank's amount, by the same terms.
    pub credit: Amount,
    /// When the refund completed.
    pub occurred_at: Moment,
}

impl RefundRequest {
    /// The trade that `client` records, under the payment's terms of `terms_version`.
    pub const fn into_trade(self, client: MemberId, terms_version: u16) -> Trade {
        Trade {
            id: TradeId {
                client,
                sequence: self.sequence,
            },
            kind: Kind::Refund,
            reference: self.reference,
            user: self.user,
            product: self.product,
            gross: self.gross,
            debit: self.debit,
            credit: self.credit,
            occurred_at: self.occurred_at,
            terms_version,
        }
    }
}

/// A refund of a day and the payment that it gives back from, as ledgers name it: a line of the refund may
/// carry the payment's id or reference.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct RefundedPayment {
    /// The position of the refund on its day.
    pub position: u32,
    /// The payment's id.
    pub id: TradeId,
    /// What the payment carries elsewhere.
    pub reference: Reference,
}

/// Why nothing may be given back of a trade by a refund.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRefundable {
    /// The trade on the original's place has another id.
    OtherId,
    /// The original is a refund itself.
    NotAPayment,
    /// Another client recorded the original.
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

/// A trade on chain, and what counts of it for what gives back from it.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Found {
    /// The trade.
    pub trade: Trade,
    /// The client that recorded it; of a payment that an amendment booked, the client that it was booked
    /// for.
    pub client: MemberId,
    /// What its user paid, in minor units: its gross amount, or, of a replacement, what its link says.
    pub paid: Amount,
    /// What was given back of it so far, in minor units; of a refund, what was put back of it.
    pub refunded: Amount,
    /// What it is to another payment, where its amounts follow from that.
    pub relation: Option<Relation>,
}

impl Found {
    /// A trade without a link, recorded by the client of its id, of which `refunded` was given back.
    pub const fn recorded(trade: Trade, refunded: Amount) -> Self {
        Self {
            trade,
            client: trade.id.client,
            paid: trade.gross,
            refunded,
            relation: None,
        }
    }

    /// Whether the trade is a payment by itself: one that only puts back what was given back of another
    /// is not.
    pub const fn is_payment(&self) -> bool {
        matches!(self.trade.kind, Kind::Payment)
            && matches!(self.relation, None | Some(Relation::Replacement))
    }

    /// What is left of it, in minor units.
    pub const fn left(&self) -> Amount {
        self.paid.saturating_sub(self.refunded)
    }
}

/// The link of a refund by `client` to `found`, what is on the place that the refund names. The reasons
/// against it are tried in the order of [`NotRefundable`].
pub fn link(
    request: &RefundRequest,
    client: MemberId,
    agreement: &AgreementView,
    found: &Found,
) -> Result<Link, NotRefundable> {
    let Found {
        trade, refunded, ..
    } = *found;
    let reasons = [
        (trade.id != request.original.id, NotRefundable::OtherId),
        (!found.is_payment(), NotRefundable::NotAPayment),
        (found.client != client, NotRefundable::OtherClient),
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
