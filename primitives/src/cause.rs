//! Why a break happened: the first cause that fits, in a fixed order.

use crate::{Amount, BusinessDay, Entry, Side, Trade};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// The cause of a break. Those of slots come first, in the order in which they are tried; those
/// of extras follow.
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
    Serialize,
    Deserialize,
)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// The book lacks the entry.
    Missing,
    /// The entry has another trade id.
    WrongId,
    /// The entry books a refund as a payment, or a payment as a refund.
    WrongKind,
    /// The entry carries another reference.
    WrongReference,
    /// The entry names another user.
    WrongUser,
    /// The entry names another product.
    WrongProduct,
    /// The entry names another time.
    WrongTime,
    /// The gross amount was booked instead of the side's share.
    GrossBooked,
    /// The other side's amount was booked.
    OtherSide,
    /// The amount follows an older version of the terms.
    OlderTerms,
    /// The amount is off by a factor of 100.
    UnitScale,
    /// The amount is off by one minor unit.
    RoundingDifference,
    /// The amount is wrong in another way than those above.
    OtherAmount,
    /// An extra: the same day also has the trade on its position.
    Duplicate,
    /// An extra: the trade belongs to another day.
    OtherDay,
    /// An extra: its client never used the sequence.
    NotOnChain,
    /// An extra that matches nothing, though its sequence was used.
    NotMatched,
}

/// The cause of the break between `trade` and what a book holds in its slot, or `None` where
/// they agree.
///
/// `older` lists the side's amount by each older version of the terms. There are none for a refund: its
/// amounts follow the terms of its payment.
pub fn slot_cause(
    trade: &Trade,
    side: Side,
    found: Option<&Entry>,
    older: impl IntoIterator<Item = Amount>,
) -> Option<Cause> {
    let Some(found) = found else {
        return Some(Cause::Missing);
    };
    let right = trade.entry(side);
    if *found == right {
        return None;
    }
    let identity = [
        (found.id != right.id, Cause::WrongId),
        (found.kind != right.kind, Cause::WrongKind),
        (found.reference != right.reference, Cause::WrongReference),
        (found.user != right.user, Cause::WrongUser),
        (found.product != right.product, Cause::WrongProduct),
        (found.occurred_at != right.occurred_at, Cause::WrongTime),
    ];
    if let Some((_, cause)) = identity.into_iter().find(|(differs, _)| *differs) {
        return Some(cause);
    }
    let amount = found.amount;
    Some(if amount == trade.gross {
        Cause::GrossBooked
    } else if amount == trade.amount(side.other()) {
        Cause::OtherSide
    } else if older.into_iter().any(|older| older == amount) {
        Cause::OlderTerms
    } else if amount.checked_mul(100) == Some(right.amount)
        || right.amount.checked_mul(100) == Some(amount)
    {
        Cause::UnitScale
    } else if amount.abs_diff(right.amount) == 1 {
        Cause::RoundingDifference
    } else {
        Cause::OtherAmount
    })
}

/// The cause of an extra on `day`.
///
/// `witness` is the day of the trade that the extra repeats, checked before by
/// [`crate::witness::repeats`]; `used` is what the window shows of the entry's sequence, `None`
/// where it cannot tell.
pub fn extra_cause(day: BusinessDay, witness: Option<BusinessDay>, used: Option<bool>) -> Cause {
    match (witness, used) {
        (Some(witness), _) if witness == day => Cause::Duplicate,
        (Some(_), _) => Cause::OtherDay,
        (None, Some(false)) => Cause::NotOnChain,
        (None, _) => Cause::NotMatched,
    }
}
