//! A payable is fixed, and paid.

use crate::{reference, Config, Due, Error, Event, Pallet, Payable, Payables, LOG};
use counterfoil_primitives::{
    ports::{Directory, OnReconciled, Payables as PayablesPort},
    written::{amount, date, day_of_input},
    AgreementId, AgreementView, Amount, BusinessDay, MemberId,
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
    fn on_reconciled(agreement_id: AgreementId, day: BusinessDay, payable: Amount) {
        if Payables::<T>::contains_key(agreement_id, day) {
            log::error!(
                target: LOG,
                "Agreement {agreement_id}, {day:?}: the payable is fixed already. \
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
        Payables::<T>::insert(
            agreement_id,
            day,
            Payable {
                amount: payable,
                asset: agreement.asset,
                due_since: now,
                paid_at: (payable == 0).then_some(now),
            },
        );
        if payable == 0 {
            Self::deposit_event(Event::NothingDue {
                agreement: agreement_id,
                day,
                date: date::words(day),
            });
            return;
        }
        Due::<T>::insert(agreement_id, day, ());
        Self::deposit_event(Event::PayableDue {
            agreement: agreement_id,
            day,
            date: date::words(day),
            company: agreement.company,
            bank: agreement.bank,
            asset: agreement.asset,
            amount: payable,
            amount_in_words: amount::words(payable, &agreement.denomination()),
        });
    }
}

impl<T: Config> PayablesPort for Pallet<T> {
    fn payable(agreement: AgreementId, day: BusinessDay) -> Option<Amount> {
        Payables::<T>::get(agreement, day).map(|payable| payable.amount)
    }

    fn is_settled(agreement: AgreementId, day: BusinessDay) -> bool {
        Payables::<T>::get(agreement, day).is_some_and(|payable| payable.paid_at.is_some())
    }
}

/// Pays what `member` owes for a day, which may be given by the digits of its date.
pub(crate) fn do_pay<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> DispatchResult {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(member == agreement.company, Error::<T>::NotTheCompany);
    let payable = Payables::<T>::get(agreement_id, day).ok_or(Error::<T>::NotReconciled)?;
    ensure!(payable.paid_at.is_none(), Error::<T>::AlreadyPaid);
    let accounts = accounts::<T>(&agreement, day).ok_or(Error::<T>::NoAccount)?;
    ensure_can_pay::<T>(&agreement, &accounts, payable.asset, payable.amount)?;
    let (from, to) = accounts;
    // The company may spend its last unit: its paying account need not keep any of the asset.
    T::Assets::transfer(
        payable.asset,
        &from,
        &to,
        payable.amount,
        Preservation::Expendable,
    )?;
    Payables::<T>::insert(
        agreement_id,
        day,
        Payable {
            paid_at: Some(T::UnixTime::now()),
            ..payable
        },
    );
    Due::<T>::remove(agreement_id, day);
    Pallet::<T>::deposit_event(Event::Paid {
        agreement: agreement_id,
        day,
        date: date::words(day),
        company: agreement.company,
        bank: agreement.bank,
        asset: payable.asset,
        amount: payable.amount,
        amount_in_words: amount::words(payable.amount, &agreement.denomination()),
        reference: reference::of(agreement_id, day),
    });
    Ok(())
}

/// Whether `amount` can go from the company's account to the bank's, and would be what is owed.
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
            return Err(Error::<T>::BankCannotReceive)
        }
    }
    Ok(())
}

/// Where the money comes from, and where it goes.
pub(crate) type Accounts = (AccountId32, AccountId32);

/// The accounts of company and bank for `day`, whenever it is paid: a change counts for later days.
pub(crate) fn accounts<T: Config>(agreement: &AgreementView, day: BusinessDay) -> Option<Accounts> {
    Some((
        T::Directory::account(agreement.company, day)?,
        T::Directory::account(agreement.bank, day)?,
    ))
}
