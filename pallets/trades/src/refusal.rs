//! Why a trade is not taken, and whether the same trade can be taken later.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    booking_day::NotBookable, refund_check::NotRefundable, window::Status,
};
use scale_info::TypeInfo;

/// Why a trade was not taken.
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
pub enum Refusal {
    /// The client has used the sequence: the trade is there, or another is in its place.
    SequenceUsed,
    /// The sequence is so far below the highest used one that it may have been used.
    SequenceBelowWindow,
    /// The sequence is too far above the highest used one.
    SequenceAboveWindow,
    /// The gross amount is zero.
    ZeroGross,
    /// The time is ahead of the block's by more than the clocks' tolerance.
    InFuture,
    /// The time is before the agreement's first day.
    BeforeFirstDay,
    /// The cut-off of the trade's day is further back than the agreement allows for late trades.
    TooLate,
    /// The agreement has no such product, or the product no terms on the day of the trade.
    UnknownProduct,
    /// The debit amount is not what the terms give.
    WrongDebit,
    /// The credit amount is not what the terms give.
    WrongCredit,
    /// The day takes no more trades: it has the maximum number of pages.
    DayFull,
    /// The gross amount is larger than a day with the maximum of trades can count.
    GrossTooLarge,
    /// The agreement has ended by the day that would take the trade; of a refund, it has closed.
    AgreementEnded,
    /// No trade is on the place that the refund names as its payment's.
    OriginalMissing,
    /// The trade on the place that the refund names has another id.
    OriginalOtherId,
    /// What the refund names as its payment is a refund itself.
    OriginalIsRefund,
    /// Another client recorded the payment, and the refund's client is not its successor.
    OriginalOfAnotherClient,
    /// The payment was of another product.
    OriginalOtherProduct,
    /// Another user paid the payment.
    OriginalOtherUser,
    /// The refund is before its payment in time.
    BeforeOriginal,
    /// The payment is longer ago than the agreement lets refunds come.
    RefundTooLate,
    /// Another amount was given back of the payment before than the refund says.
    RefundedMeanwhile,
    /// The refund is more than is left of the payment.
    MoreThanLeft,
    /// The digits that the refund has for its payment's day are no date.
    NoSuchDate,
    /// An amendment recorded the payment already.
    Supplemented,
    /// The gross amount is larger than the agreement allows.
    AboveAgreement,
}

impl Refusal {
    /// Why a sequence of this status is refused, if it is.
    pub const fn of_status(status: Status) -> Option<Self> {
        match status {
            Status::Fresh => None,
            Status::Used => Some(Self::SequenceUsed),
            Status::Below => Some(Self::SequenceBelowWindow),
            Status::Above => Some(Self::SequenceAboveWindow),
        }
    }

    /// Whether the same trade can be taken later: at another time, under other terms or limits, or once
    /// its payment is there.
    pub const fn may_pass(self) -> bool {
        !matches!(
            self,
            Self::SequenceUsed | Self::SequenceBelowWindow | Self::NoSuchDate | Self::Supplemented
        )
    }
}

impl From<NotBookable> for Refusal {
    fn from(reason: NotBookable) -> Self {
        match reason {
            NotBookable::BeforeFirstDay => Self::BeforeFirstDay,
            NotBookable::TooLate => Self::TooLate,
            NotBookable::AgreementEnded => Self::AgreementEnded,
        }
    }
}

impl From<NotRefundable> for Refusal {
    fn from(reason: NotRefundable) -> Self {
        match reason {
            NotRefundable::OtherId => Self::OriginalOtherId,
            NotRefundable::NotAPayment => Self::OriginalIsRefund,
            NotRefundable::OtherClient => Self::OriginalOfAnotherClient,
            NotRefundable::OtherProduct => Self::OriginalOtherProduct,
            NotRefundable::OtherUser => Self::OriginalOtherUser,
            NotRefundable::BeforeOriginal => Self::BeforeOriginal,
            NotRefundable::TooLate => Self::RefundTooLate,
            NotRefundable::RefundedMeanwhile => Self::RefundedMeanwhile,
            NotRefundable::MoreThanLeft => Self::MoreThanLeft,
        }
    }
}
