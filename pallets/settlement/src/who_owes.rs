//! Who owes whom for a settlement period, and how much: an obligation read by its sign.

use crate::{Config, Error, Obligations};
use core::cmp::Ordering;
use counterfoil_primitives::{
    ports::Directory,
    settlement::{period::MAX_PERIOD_DAYS, Obligation, Rail, Release},
    written::day_of_input,
    AgreementId, AgreementView, Amount, BusinessDay, MemberId, SignedAmount,
};
use frame_support::ensure;

/// What one party of an agreement owes the other for a settlement period.
pub(crate) struct Debt {
    /// Who owes.
    pub debtor: MemberId,
    /// Who is owed.
    pub creditor: MemberId,
    /// How much in all, in minor units, whatever of it is paid; never zero.
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

/// What is owed for the settlement period that a call names.
pub(crate) struct Owed {
    /// The agreement.
    pub agreement: AgreementView,
    /// The first day of the period, which names it.
    pub first: BusinessDay,
    /// What is stored of it.
    pub obligation: Obligation,
}

impl Owed {
    /// Who owes whom, once that is certain: before the period is whole, the next day may turn it round.
    pub fn debt<T: Config>(&self) -> Result<Debt, Error<T>> {
        ensure!(self.obligation.due_since.is_some(), Error::<T>::NotDue);
        Debt::of(&self.agreement, self.obligation.amount).ok_or(Error::<T>::AlreadyPaid)
    }

    /// The same, where `member` is who owes.
    pub fn debt_of<T: Config>(&self, member: MemberId) -> Result<Debt, Error<T>> {
        let debt = self.debt::<T>()?;
        ensure!(member == debt.debtor, Error::<T>::NotTheDebtor);
        Ok(debt)
    }

    /// Whether something is left to pay, and no word of the debtor's staff is awaited.
    pub fn ensure_payable<T: Config>(&self) -> Result<(), Error<T>> {
        ensure!(self.obligation.paid_at.is_none(), Error::<T>::AlreadyPaid);
        ensure!(
            self.obligation.release != Release::Awaited,
            Error::<T>::ReleaseAwaited
        );
        Ok(())
    }

    /// Whether the money moves outside the chain.
    pub fn ensure_external<T: Config>(&self) -> Result<(), Error<T>> {
        ensure!(
            self.obligation.rail == Rail::External,
            Error::<T>::OtherRail
        );
        Ok(())
    }
}

/// What is owed for the settlement period of a day, which may be given by the digits of its date.
pub(crate) fn find<T: Config>(
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<Owed, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    let (first, obligation) = of_day::<T>(agreement_id, day).ok_or(Error::<T>::NotReconciled)?;
    Ok(Owed {
        agreement,
        first,
        obligation,
    })
}

/// The first day of the settlement period of `day`, and its obligation; `None` while no day of the period is
/// reconciled.
///
/// It is the obligation that begins last by then: on which day a period begins is fixed once a day of it is
/// reconciled, and each reconciled day belongs to an obligation. So no calendar has to be read.
pub(crate) fn of_day<T: Config>(
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Option<(BusinessDay, Obligation)> {
    (0..MAX_PERIOD_DAYS)
        .map_while(|days| day.0.checked_sub(days).map(BusinessDay))
        .find_map(|first| Some((first, Obligations::<T>::get(agreement_id, first)?)))
        .filter(|(_, obligation)| day <= obligation.last)
}
