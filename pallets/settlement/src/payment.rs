//! An obligation is fixed, and paid.

use crate::{
    debt::Debt, reference, Config, Due, Error, Event, Obligation, Obligations, Pallet, LOG,
};
use counterfoil_primitives::{
    ports::{Directory, Obligations as ObligationsPort, OnReconciled},
    written::{amount, date, day_of_input},
    AgreementId, AgreementView, Amount, BusinessDay, MemberId, SignedAmount,
};
use frame_support::{
    ensure,
    pallet_prelude::DispatchResult,
    traits::{
        fungibles::{metadata, Inspect, Mutate},
        tokens::{
            DepositConsequence as Deposit, Preservation, Provenance,
            WithdrawConsequence as Withdraw,
        },
        Time,
    },
};
use sp_core::crypto::AccountId32;

impl<T: Config> OnReconciled for Pallet<T> {
    fn on_reconciled(agreement_id: AgreementId, day: BusinessDay, obligation: SignedAmount) {
        if Obligations::<T>::contains_key(agreement_id, day) {
            log::error!(
                target: LOG,
                "Agreement {agreement_id}, {day:?}: the obligation is fixed already. \
                 Remedy: report this defect."
            );
            return;
        }
        let Some(agreement) = T::Directory::agreement(agreement_id) else {
            log::error!(
                target: LOG,
                "Agreement {agreement_id}, {day:?}: reconciled, but there is no such agreement. \
                 Remedy: report this defect."
            );
            return;
        };
        let now = T::UnixTime::now();
        let debt = Debt::of(&agreement, obligation);
        Obligations::<T>::insert(
            agreement_id,
            day,
            Obligation {
                amount: obligation,
                asset: agreement.asset,
                due_since: now,
                paid_at: debt.is_none().then_some(now),
            },
        );
        let Some(debt) = debt else {
            Self::deposit_event(Event::NothingDue {
                agreement: agreement_id,
                day,
                date: date::words(day),
            });
            return;
        };
        Due::<T>::insert(agreement_id, day, ());
        Self::deposit_event(Event::ObligationDue {
            agreement: agreement_id,
            day,
            date: date::words(day),
            debtor: debt.debtor,
            creditor: debt.creditor,
            asset: agreement.asset,
            amount: debt.amount,
            amount_in_words: amount::words(debt.amount, &agreement.denomination()),
        });
    }
}

impl<T: Config> ObligationsPort for Pallet<T> {
    fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<SignedAmount> {
        Obligations::<T>::get(agreement, day).map(|obligation| obligation.amount)
    }

    fn is_settled(agreement: AgreementId, day: BusinessDay) -> bool {
        Obligations::<T>::get(agreement, day).is_some_and(|obligation| obligation.paid_at.is_some())
    }
}

/// A payment that the chain can make now.
pub(crate) struct CheckedPayment {
    agreement: AgreementView,
    /// The day by its number.
    pub day: BusinessDay,
    obligation: Obligation,
    debt: Debt,
    accounts: Accounts,
}

/// Checks that `member` can pay for a day, which may be given by the digits of its date. The pool and
/// the call ask it.
pub(crate) fn check_pay<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<CheckedPayment, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    let obligation = Obligations::<T>::get(agreement_id, day).ok_or(Error::<T>::NotReconciled)?;
    let debt = Debt::of(&agreement, obligation.amount).ok_or(Error::<T>::AlreadyPaid)?;
    ensure!(member == debt.debtor, Error::<T>::NotTheDebtor);
    ensure!(obligation.paid_at.is_none(), Error::<T>::AlreadyPaid);
    let accounts = accounts::<T>(&debt, day).ok_or(Error::<T>::NoAccount)?;
    ensure_can_pay::<T>(&agreement, &accounts, obligation.asset, debt.amount)?;
    Ok(CheckedPayment {
        agreement,
        day,
        obligation,
        debt,
        accounts,
    })
}

/// Pays what `member` owes for a day, which may be given by the digits of its date.
pub(crate) fn do_pay<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> DispatchResult {
    let CheckedPayment {
        agreement,
        day,
        obligation,
        debt,
        accounts: (from, to),
    } = check_pay::<T>(member, agreement_id, day)?;
    // The debtor may spend its last unit: its paying account need not keep any of the asset.
    T::Assets::transfer(
        obligation.asset,
        &from,
        &to,
        debt.amount,
        Preservation::Expendable,
    )?;
    Obligations::<T>::insert(
        agreement_id,
        day,
        Obligation {
            paid_at: Some(T::UnixTime::now()),
            ..obligation
        },
    );
    Due::<T>::remove(agreement_id, day);
    Pallet::<T>::deposit_event(Event::Paid {
        agreement: agreement_id,
        day,
        date: date::words(day),
        debtor: debt.debtor,
        creditor: debt.creditor,
        asset: obligation.asset,
        amount: debt.amount,
        amount_in_words: amount::words(debt.amount, &agreement.denomination()),
        reference: reference::of(agreement_id, day),
    });
    Ok(())
}

/// Whether `amount` can go from the debtor's account to the creditor's, and would be what is owed.
///
/// Everything that can keep a transfer from happening has an error of this pallet's own: those of
/// assets say nothing to who reads them in a wallet.
pub(crate) fn ensure_can_pay<T: Config>(
    agreement: &AgreementView,
    (from, to): &Accounts,
    asset: u32,
    amount: Amount,
) -> Result<(), Error<T>> {
    // Assets let an account pay itself, and move nothing.
    ensure!(from != to, Error::<T>::SameAccount);
    ensure!(T::Assets::asset_exists(asset), Error::<T>::AssetUnavailable);
    // The asset's owner may change them after the agreement was made.
    let decimals = <T::Assets as metadata::Inspect<AccountId32>>::decimals(asset);
    ensure!(decimals == agreement.decimals, Error::<T>::OtherDecimals);
    match T::Assets::can_withdraw(asset, from, amount) {
        Withdraw::Success => {}
        // What is left is less than the asset lets an account hold, and would be destroyed: such a
        // payment waits until there is more, or exactly as much as is due.
        Withdraw::ReducedToZero(left) => ensure!(left == 0, Error::<T>::LeavesDust),
        Withdraw::UnknownAsset => return Err(Error::<T>::AssetUnavailable),
        Withdraw::Frozen | Withdraw::WouldDie => return Err(Error::<T>::FundsFrozen),
        Withdraw::BalanceLow | Withdraw::Underflow | Withdraw::Overflow => {
            return Err(Error::<T>::InsufficientFunds)
        }
    }
    match T::Assets::can_deposit(asset, to, amount, Provenance::Extant) {
        Deposit::Success => {}
        Deposit::UnknownAsset => return Err(Error::<T>::AssetUnavailable),
        Deposit::BelowMinimum | Deposit::CannotCreate | Deposit::Blocked | Deposit::Overflow => {
            return Err(Error::<T>::CreditorCannotReceive)
        }
    }
    Ok(())
}

/// Where the money comes from, and where it goes.
pub(crate) type Accounts = (AccountId32, AccountId32);

/// The accounts of debtor and creditor for `day`, whenever it is paid: a change counts for later days.
///
/// The debtor pays only from what was set for it. An account that it named by itself is one that it is paid
/// to: that account's owner consented to nothing.
pub(crate) fn accounts<T: Config>(debt: &Debt, day: BusinessDay) -> Option<Accounts> {
    Some((
        T::Directory::paying_account(debt.debtor, day)?,
        T::Directory::account(debt.creditor, day)?,
    ))
}
