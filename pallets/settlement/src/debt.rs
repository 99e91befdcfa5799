//! Who owes whom for a day, and how much: an obligation read by its sign.

use crate::{Config, Obligation, Obligations};
use core::cmp::Ordering;
use counterfoil_primitives::{
    ports::Directory, AgreementId, AgreementView, Amount, BusinessDay, MemberId, SignedAmount,
};

/// What one party of an agreement owes the other for a day.
pub(crate) struct Debt {
    /// Who owes.
    pub debtor: MemberId,
    /// Who is owed.
    pub creditor: MemberId,
    /// How much, in minor units; never zero.
    pub amount: Amount,
}

impl Debt {
    /// The debt that an obligation of `owed` is; `None` where nothing is owed.
    pub fn of(agreement: &AgreementView, owed: SignedAmount) -> Option<Self> {
        let (debtor, creditor) = match owed.cmp(&0) {
            Ordering::Greater => (agreement.company, agreement.bank),
            Ordering::Less => (agreement.bank, agreement.company),
            Ordering::Equal => return None,
        };
        Some(Self {
            debtor,
            creditor,
            amount: owed.unsigned_abs(),
        })
    }
}

/// Whether `member` owes for a day, or owed before it paid.
pub(crate) fn is_debtor<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> bool {
    let Some(Obligation { amount, .. }) = Obligations::<T>::get(agreement_id, day) else {
        return false;
    };
    T::Directory::agreement(agreement_id)
        .and_then(|agreement| Debt::of(&agreement, amount))
        .is_some_and(|debt| debt.debtor == member)
}
