//! Which error names what is wrong with a written trade.

use crate::Error;
use counterfoil_primitives::written::{UnreadableAmount, UnreadableLabel, UnreadableTime};

impl<T> From<UnreadableAmount> for Error<T> {
    fn from(error: UnreadableAmount) -> Self {
        match error {
            UnreadableAmount::Empty => Self::AmountMissing,
            UnreadableAmount::NotANumber => Self::AmountUnreadable,
            UnreadableAmount::Separator => Self::AmountSeparated,
            UnreadableAmount::Negative => Self::AmountNegative,
            UnreadableAmount::TooPrecise => Self::AmountTooPrecise,
            UnreadableAmount::OtherCurrency => Self::OtherCurrency,
            UnreadableAmount::TooLarge => Self::GrossTooLarge,
        }
    }
}

impl<T> From<UnreadableTime> for Error<T> {
    fn from(error: UnreadableTime) -> Self {
        match error {
            UnreadableTime::NotATime => Self::TimeUnreadable,
            UnreadableTime::NoSuchTime => Self::NoSuchTime,
            UnreadableTime::OffsetMissing => Self::OffsetMissing,
            UnreadableTime::BeforeFirstDay => Self::BeforeFirstDay,
        }
    }
}

impl<T> Error<T> {
    /// What is wrong with a payer.
    pub(crate) fn of_payer(error: UnreadableLabel) -> Self {
        match error {
            UnreadableLabel::Empty => Self::PayerMissing,
            UnreadableLabel::TooLong => Self::PayerTooLong,
            UnreadableLabel::Blanks => Self::PayerBlanks,
            UnreadableLabel::Invisible => Self::PayerInvisible,
        }
    }

    /// What is wrong with a reference.
    pub(crate) fn of_reference(error: UnreadableLabel) -> Self {
        match error {
            UnreadableLabel::Empty => Self::ReferenceMissing,
            UnreadableLabel::TooLong => Self::ReferenceTooLong,
            UnreadableLabel::Blanks => Self::ReferenceBlanks,
            UnreadableLabel::Invisible => Self::ReferenceInvisible,
        }
    }
}
