//! What is to be amended.

use super::{Selection, Span, MAX_PAGES, MAX_SPANS};
use crate::{Amount, BusinessDay, MemberId, Moment, ProductId, Reference, UserId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use sp_core::{bounded::BoundedVec, ConstU32};

/// Maximum corrected payments per proposal.
pub const MAX_CORRECTIONS: u32 = 1_000;
/// Maximum payments per proposal that were never recorded.
pub const MAX_SUPPLEMENTS: u32 = 1_000;

/// A payment as it ought to have been recorded.
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
pub struct Correction {
    /// The position of the payment.
    pub position: u32,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// What the user paid, in minor units.
    pub gross: Amount,
    /// When the payment completed.
    pub occurred_at: Moment,
}

/// A payment that its client never recorded.
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
pub struct MissingPayment {
    /// The client that took the payment in.
    pub client: MemberId,
    /// What the payment carries elsewhere.
    pub reference: Reference,
    /// The payer.
    pub user: UserId,
    /// What was bought.
    pub product: ProductId,
    /// What the user paid, in minor units.
    pub gross: Amount,
    /// When the payment completed.
    pub occurred_at: Moment,
}

/// What a proposal wants to be booked.
#[derive(
    Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, MaxEncodedLen, TypeInfo,
)]
pub enum Content {
    /// Take back what is left of trades. The last position goes first, so that a refund goes before its
    /// payment.
    Cancel {
        /// The day that holds the trades.
        day: BusinessDay,
        /// Which of them.
        selection: Selection,
    },
    /// Take back what is left of payments, and state them right.
    Replace {
        /// The day that holds the payments.
        day: BusinessDay,
        /// The payments as they are right, by ascending position.
        corrections: BoundedVec<Correction, ConstU32<MAX_CORRECTIONS>>,
    },
    /// Record payments that were never recorded.
    Supplement {
        /// The payments.
        payments: BoundedVec<MissingPayment, ConstU32<MAX_SUPPLEMENTS>>,
    },
}

impl Content {
    /// The day whose trades it names; `None` of payments that were never recorded.
    pub const fn day(&self) -> Option<BusinessDay> {
        match self {
            Self::Cancel { day, .. } | Self::Replace { day, .. } => Some(*day),
            Self::Supplement { .. } => None,
        }
    }

    /// The trades of the day that it names, as a selection; `None` of payments that were never recorded.
    /// Corrections that follow each other without a gap make one span.
    pub fn selection(&self) -> Option<Selection> {
        match self {
            Self::Cancel { selection, .. } => Some(selection.clone()),
            Self::Replace { corrections, .. } => {
                let mut spans: BoundedVec<Span, ConstU32<MAX_SPANS>> = BoundedVec::new();
                for Correction { position, .. } in corrections {
                    match spans.last_mut() {
                        Some(span) if span.last.saturating_add(1) == *position => {
                            span.last = *position;
                        }
                        _ => {
                            let span = Span {
                                first: *position,
                                last: *position,
                            };
                            // There are fewer corrections than spans may be.
                            let _ = spans.try_push(span);
                        }
                    }
                }
                Some(Selection::Positions(spans))
            }
            Self::Supplement { .. } => None,
        }
    }

    /// Whether it can be proposed: it names something, in order, and not more than it may.
    pub fn is_valid(&self) -> bool {
        match self {
            Self::Cancel { selection, .. } => selection.is_valid(),
            Self::Replace { corrections, .. } => {
                let ascend = corrections
                    .windows(2)
                    .all(|pair| pair[0].position < pair[1].position);
                let are_paid = corrections.iter().all(|payment| payment.gross > 0);
                let pages = self
                    .selection()
                    .map_or(0, |selection| selection.pages_read());
                !corrections.is_empty() && ascend && are_paid && pages <= MAX_PAGES
            }
            Self::Supplement { payments } => {
                !payments.is_empty() && payments.iter().all(|payment| payment.gross > 0)
            }
        }
    }

    /// Where its booking begins: behind the last position of a cancellation, which goes down from there;
    /// at the first of corrections or payments, which go up.
    pub fn start(&self) -> u32 {
        match self {
            Self::Cancel { selection, .. } => selection.end(),
            Self::Replace { .. } | Self::Supplement { .. } => 0,
        }
    }
}

const _: () = assert!(
    MAX_CORRECTIONS <= MAX_SPANS,
    "each correction may need a span of its own"
);
