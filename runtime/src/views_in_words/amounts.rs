//! Amounts for people: with their currency, beside the number of minor units.

use alloc::string::String;
use codec::{Decode, Encode};
use counterfoil_primitives::{
    written::{amount, obligation},
    AgreementView, Amount, SignedAmount,
};
use scale_info::TypeInfo;

/// An amount.
#[derive(Clone, Debug, Default, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct AmountInWords {
    /// With all its decimal places and its currency: `1250.50 CZK`.
    pub words: String,
    /// In minor units.
    pub amount: Amount,
}

/// What one party of an agreement owes the other.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct OwedInWords {
    /// Who owes whom how much: `company owes bank 12.50 CZK`, or `nothing`.
    pub words: String,
    /// In minor units; below zero, the bank owes the company.
    pub amount: SignedAmount,
}

impl AmountInWords {
    /// An amount of an agreement.
    pub(super) fn new(agreement: &AgreementView, amount: Amount) -> Self {
        Self {
            words: money(agreement, amount),
            amount,
        }
    }

    /// The same, where it is more than zero.
    pub(super) fn above_zero(agreement: &AgreementView, amount: Amount) -> Option<Self> {
        (amount > 0).then(|| Self::new(agreement, amount))
    }
}

impl OwedInWords {
    /// What is owed under an agreement.
    pub(super) fn new(agreement: &AgreementView, amount: SignedAmount) -> Self {
        Self {
            words: obligation::words(amount, &agreement.denomination()).into(),
            amount,
        }
    }
}

/// An amount within a sentence.
pub(super) fn money(agreement: &AgreementView, amount: Amount) -> String {
    amount::show(amount, &agreement.denomination())
}
