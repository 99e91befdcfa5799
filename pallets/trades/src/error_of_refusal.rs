//! Which error names why a trade is refused, or what is wrong with a written one.

use crate::{Error, Refusal};
use counterfoil_primitives::written::{UnreadableAmount, UnreadableLabel, UnreadableTime};

impl<T> From<Refusal> for Error<T> {
    fn from(refusal: Refusal) -> Self {
        match refusal {
            Refusal::SequenceUsed => Self::SequenceUsed,
            Refusal::SequenceBelowWindow => Self::SequenceBelowWindow,
            Refusal::SequenceAboveWindow => Self::SequenceAboveWindow,
            Refusal::ZeroGross => Self::ZeroGross,
            Refusal::InFuture => Self::InFuture,
            Refusal::BeforeFirstDay => Self::BeforeFirstDay,
            Refusal::TooLate => Self::TooLate,
            Refusal::UnknownProduct => Self::UnknownProduct,
            Refusal::WrongDebit => Self::WrongDebit,
            Refusal::WrongCredit => Self::WrongCredit,
            Refusal::DayFull => Self::DayFull,
            Refusal::GrossTooLarge => Self::GrossTooLarge,
            Refusal::AgreementEnded => Self::AgreementEnded,
            Refusal::OriginalMissing => Self::OriginalMissing,
            Refusal::OriginalOtherId => Self::OriginalOtherId,
            Refusal::OriginalIsRefund => Self::OriginalIsRefund,
            Refusal::OriginalOfAnotherClient => Self::OriginalOfAnotherClient,
            Refusal::OriginalOtherProduct => Self::OriginalOtherProduct,
            Refusal::OriginalOtherUser => Self::OriginalOtherUser,
            Refusal::BeforeOriginal => Self::BeforeOriginal,
            Refusal::RefundTooLate => Self::RefundTooLate,
            Refusal::RefundedMeanwhile => Self::RefundedMeanwhile,
            Refusal::MoreThanLeft => Self::MoreThanLeft,
            Refusal::NoSuchDate => Self::NoSuchDate,
            Refusal::Supplemented => Self::Supplemented,
            Refusal::AboveAgreement => Self::AboveAgreement,
        }
    }
}

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
