//! An obligation is paid outside the chain: the debtor declares payments, the creditor acknowledges what it
//! received, and what came back is owed again.

use crate::{
    asset_payment::tell_paid,
    who_owes::{self, Debt, Owed},
    Config, Declared, Due, Error, Event, Obligations, Pallet,
};
use counterfoil_primitives::{
    settlement::{BankReference, Declaration, Declarations, NotDeclared},
    written::{amount, date, day_of_input, Words},
    AgreementId, Amount, BusinessDay, MemberId,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};

/// A payment outside the chain, as its debtor states it.
pub(crate) struct Stated {
    /// How much, in minor units.
    pub amount: Amount,
    /// The day on which the money is at the creditor's disposal; it may be given by the digits of its date.
    pub value_date: BusinessDay,
    /// What the bank's statement names the payment by.
    pub reference: BankReference,
}

/// A change of a period's declarations that the chain can take now.
pub(crate) struct CheckedChange {
    owed: Owed,
    debt: Debt,
    /// All declarations, as they will be.
    declarations: Declarations,
    /// The number of the one that changes.
    number: u32,
}

/// Checks that `member` can declare a payment for the settlement period of a day, which may be given by the
/// digits of its date. Returns the payment with the number of its value date.
pub(crate) fn check_declare<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    stated: Stated,
) -> Result<(CheckedChange, Stated), Error<T>> {
    let value_date = day_of_input(stated.value_date).map_err(|_| Error::<T>::NoSuchDate)?;
    let stated = Stated {
        value_date,
        ..stated
    };
    let owed = who_owes::find::<T>(agreement_id, day)?;
    let debt = owed.debt_of::<T>(member)?;
    owed.ensure_payable::<T>()?;
    owed.ensure_external::<T>()?;
    let mut declarations = Declared::<T>::get(agreement_id, owed.first);
    let number = declarations
        .declare(
            debt.amount,
            stated.amount,
            value_date,
            stated.reference.clone(),
            T::UnixTime::now(),
        )
        .map_err(named::<T>)?;
    let change = CheckedChange {
        owed,
        debt,
        declarations,
        number,
    };
    Ok((change, stated))
}

/// Checks that `member` can withdraw its declaration.
pub(crate) fn check_withdraw<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    number: u32,
) -> Result<CheckedChange, Error<T>> {
    let owed = who_owes::find::<T>(agreement_id, day)?;
    let debt = owed.debt_of::<T>(member)?;
    check_change::<T>(agreement_id, owed, debt, number, |declarations| {
        declarations.withdraw(number)
    })
}

/// Checks that `member` can say how much it received of a declaration.
pub(crate) fn check_acknowledge<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    number: u32,
    reference: &BankReference,
    received: Amount,
) -> Result<CheckedChange, Error<T>> {
    let owed = who_owes::find::<T>(agreement_id, day)?;
    let debt = owed.debt::<T>()?;
    ensure!(member == debt.creditor, Error::<T>::NotTheCreditor);
    check_change::<T>(agreement_id, owed, debt, number, |declarations| {
        declarations.acknowledge(number, reference, received)
    })
}

/// Checks that `member` can say how much came back to it of what was acknowledged, after what came back of
/// it before.
pub(crate) fn check_return<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    number: u32,
    amount: Amount,
    returned_before: Amount,
) -> Result<CheckedChange, Error<T>> {
    let owed = who_owes::find::<T>(agreement_id, day)?;
    let debt = owed.debt_of::<T>(member)?;
    check_change::<T>(agreement_id, owed, debt, number, |declarations| {
        declarations.give_back(number, amount, returned_before)
    })
}

/// Checks a change of a declaration that is there.
fn check_change<T: Config>(
    agreement_id: AgreementId,
    owed: Owed,
    debt: Debt,
    number: u32,
    change: impl FnOnce(&mut Declarations) -> Result<Declaration, NotDeclared>,
) -> Result<CheckedChange, Error<T>> {
    owed.ensure_external::<T>()?;
    let mut declarations = Declared::<T>::get(agreement_id, owed.first);
    change(&mut declarations).map_err(named::<T>)?;
    Ok(CheckedChange {
        owed,
        debt,
        declarations,
        number,
    })
}

/// Declares a payment.
pub(crate) fn do_declare<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    stated: Stated,
) -> DispatchResult {
    let (change, stated) = check_declare::<T>(member, agreement_id, day, stated)?;
    let first = change.owed.first;
    Declared::<T>::insert(agreement_id, first, &change.declarations);
    Pallet::<T>::deposit_event(Event::PaymentDeclared {
        agreement: agreement_id,
        day: first,
        date: date::words(first),
        number: change.number,
        debtor: change.debt.debtor,
        amount: stated.amount,
        amount_in_words: words(&change.owed, stated.amount),
        value_date: stated.value_date,
        value_date_in_words: date::words(stated.value_date),
        reference: stated.reference,
    });
    Ok(())
}

/// Withdraws a declaration.
pub(crate) fn do_withdraw<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    number: u32,
) -> DispatchResult {
    let change = check_withdraw::<T>(member, agreement_id, day, number)?;
    let first = change.owed.first;
    Declared::<T>::insert(agreement_id, first, &change.declarations);
    Pallet::<T>::deposit_event(Event::DeclarationWithdrawn {
        agreement: agreement_id,
        day: first,
        date: date::words(first),
        number,
    });
    Ok(())
}

/// Notes how much the creditor received of a declaration. Where nothing is left then, the period is paid.
pub(crate) fn do_acknowledge<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    number: u32,
    reference: &BankReference,
    received: Amount,
) -> DispatchResult {
    let mut change =
        check_acknowledge::<T>(member, agreement_id, day, number, reference, received)?;
    store::<T>(agreement_id, &mut change);
    let CheckedChange { owed, debt, .. } = change;
    let left = owed.obligation.left();
    Pallet::<T>::deposit_event(Event::PaymentAcknowledged {
        agreement: agreement_id,
        day: owed.first,
        date: date::words(owed.first),
        number,
        creditor: debt.creditor,
        received,
        received_in_words: words(&owed, received),
        left,
        left_in_words: words(&owed, left),
    });
    if left == 0 {
        tell_paid::<T>(agreement_id, &owed, &debt);
    }
    Ok(())
}

/// Notes how much came back to the debtor: it is owed again.
pub(crate) fn do_return<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
    number: u32,
    amount: Amount,
    returned_before: Amount,
) -> DispatchResult {
    let mut change = check_return::<T>(member, agreement_id, day, number, amount, returned_before)?;
    store::<T>(agreement_id, &mut change);
    let owed = change.owed;
    let left = owed.obligation.left();
    Pallet::<T>::deposit_event(Event::PaymentReturned {
        agreement: agreement_id,
        day: owed.first,
        date: date::words(owed.first),
        number,
        amount,
        amount_in_words: words(&owed, amount),
        left,
        left_in_words: words(&owed, left),
    });
    Ok(())
}

/// Stores declarations of which something else stays with the creditor than before, and what follows for the
/// obligation.
fn store<T: Config>(agreement_id: AgreementId, change: &mut CheckedChange) {
    let first = change.owed.first;
    let obligation = &mut change.owed.obligation;
    obligation.paid = change.declarations.kept();
    if obligation.left() == 0 {
        obligation.paid_at = Some(T::UnixTime::now());
        Due::<T>::remove(agreement_id, first);
    } else {
        obligation.paid_at = None;
        Due::<T>::insert(agreement_id, first, ());
    }
    Obligations::<T>::insert(agreement_id, first, *obligation);
    Declared::<T>::insert(agreement_id, first, &change.declarations);
}

/// An amount in the agreement's currency.
fn words(owed: &Owed, of: Amount) -> Words {
    amount::words(of, &owed.agreement.denomination())
}

/// The error that names why something cannot be said of a payment outside the chain.
fn named<T>(why: NotDeclared) -> Error<T> {
    match why {
        NotDeclared::Zero => Error::ZeroAmount,
        NotDeclared::NoReference => Error::NoReference,
        NotDeclared::MoreThanDue => Error::MoreThanDue,
        NotDeclared::ReferenceDeclared => Error::ReferenceDeclared,
        NotDeclared::TooMany => Error::TooManyDeclarations,
        NotDeclared::Unknown => Error::UnknownDeclaration,
        NotDeclared::OtherReference => Error::OtherReference,
        NotDeclared::Answered => Error::Answered,
        NotDeclared::NotAcknowledged => Error::NotAcknowledged,
        NotDeclared::MoreThanDeclared => Error::MoreThanDeclared,
        NotDeclared::MoreThanReceived => Error::MoreThanReceived,
        NotDeclared::ReturnedMeanwhile => Error::ReturnedMeanwhile,
    }
}
