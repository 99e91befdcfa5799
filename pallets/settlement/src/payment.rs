//! A payable is fixed, and paid.

use crate::{reference, Config, Due, Error, Event, Pallet, Payable, Payables};
use counterfoil_primitives::{
    ports::{Directory, OnReconciled, Payables as PayablesPort},
    written::{amount, date},
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

const TARGET: &str = "counterfoil::settlement";

impl<T: Config> OnReconciled for Pallet<T> {
    fn on_reconciled(agreement: AgreementId, day: BusinessDay, payable: Amount) {
        if Payables::<T>::contains_key(agreement, day) {
            log::error!(target: TARGET, "agreement {agreement}, {day:?}: the payable is fixed already");
            return;
        }
        let Some(contract) = T::Directory::agreement(agreement) else {
            log::error!(target: TARGET, "{day:?}: reconciled for an agreement that is not there: {agreement}");
            return;
        };
        let now = T::UnixTime::now();
        Payables::<T>::insert(
            agreement,
            day,
            Payable {
                amount: payable,
                asset: contract.asset,
                due_since: now,
                paid_at: (payable == 0).then_some(now),
            },
        );
        if payable == 0 {
            Self::deposit_event(Event::NothingDue {
                agreement,
                day,
                date: date::words(day),
            });
            return;
        }
        Due::<T>::insert(agreement, day, ());
        Self::deposit_event(Event::PayableDue {
            agreement,
            day,
            date: date::words(day),
            company: contract.company,
            bank: contract.bank,
            asset: contract.asset,
            amount: payable,
            amount_in_words: amount::words(payable, &contract.denomination()),
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

impl<T: Config> Pallet<T> {
    pub(crate) fn do_pay(
        member: MemberId,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> DispatchResult {
        let contract = T::Directory::agreement(agreement).ok_or(Error::<T>::UnknownAgreement)?;
        ensure!(member == contract.company, Error::<T>::NotTheCompany);
        let payable = Payables::<T>::get(agreement, day).ok_or(Error::<T>::NotReconciled)?;
        ensure!(payable.paid_at.is_none(), Error::<T>::AlreadyPaid);
        let accounts = accounts::<T>(&contract, day).ok_or(Error::<T>::NoAccount)?;
        ensure_can_pay::<T>(&contract, &accounts, payable.asset, payable.amount)?;
        let (from, to) = accounts;
        // The company may spend its last unit: an operator's account lives without assets.
        T::Assets::transfer(
            payable.asset,
            &from,
            &to,
            payable.amount,
            Preservation::Expendable,
        )?;
        Payables::<T>::insert(
            agreement,
            day,
            Payable {
                paid_at: Some(T::UnixTime::now()),
                ..payable
            },
        );
        Due::<T>::remove(agreement, day);
        Self::deposit_event(Event::Paid {
            agreement,
            day,
            date: date::words(day),
            company: contract.company,
            bank: contract.bank,
            asset: payable.asset,
            amount: payable.amount,
            amount_in_words: amount::words(payable.amount, &contract.denomination()),
            reference: reference::of(agreement, day),
        });
        Ok(())
    }
}

/// Whether `member` is the agreement's company, which pays.
pub fn is_entitled_to_pay<T: Config>(member: MemberId, agreement: AgreementId) -> bool {
    T::Directory::agreement(agreement).is_some_and(|view| view.company == member)
}

/// Whether `amount` can go from the company's account to the bank's, and would be what is owed.
///
/// Everything that can keep a transfer from happening has an error of this pallet's own: those of
/// assets say nothing to who reads them in a wallet.
pub(crate) fn ensure_can_pay<T: Config>(
    contract: &AgreementView,
    (from, to): &Accounts,
    asset: u32,
    amount: Amount,
) -> Result<(), Error<T>> {
    // Assets let an account pay itself, and move nothing.
    ensure!(from != to, Error::SameAccount);
    ensure!(T::Assets::asset_exists(asset), Error::AssetUnavailable);
    // The asset's owner may change them after the agreement was made.
    let decimals = <T::Assets as metadata::Inspect<AccountId32>>::decimals(asset);
    ensure!(decimals == contract.decimals, Error::OtherDecimals);
    match T::Assets::can_withdraw(asset, from, amount) {
        Withdraw::Success => {}
        // What is left is less than the asset lets an account hold, and would be destroyed: such a
        // payment waits until there is more, or exactly as much as is due.
        Withdraw::ReducedToZero(left) => ensure!(left == 0, Error::LeavesDust),
        Withdraw::UnknownAsset => return Err(Error::AssetUnavailable),
        Withdraw::Frozen | Withdraw::WouldDie => return Err(Error::FundsFrozen),
        Withdraw::BalanceLow | Withdraw::Underflow | Withdraw::Overflow => {
            return Err(Error::InsufficientFunds)
        }
    }
    match T::Assets::can_deposit(asset, to, amount, Provenance::Extant) {
        Deposit::Success => {}
        Deposit::UnknownAsset => return Err(Error::AssetUnavailable),
        Deposit::BelowMinimum | Deposit::CannotCreate | Deposit::Blocked | Deposit::Overflow => {
            return Err(Error::BankCannotReceive)
        }
    }
    Ok(())
}

/// Where the money comes from, and where it goes.
pub(crate) type Accounts = (AccountId32, AccountId32);

/// The accounts of company and bank for `day`, whenever it is paid: a change counts for later days.
pub(crate) fn accounts<T: Config>(contract: &AgreementView, day: BusinessDay) -> Option<Accounts> {
    Some((
        T::Directory::account(contract.company, day)?,
        T::Directory::account(contract.bank, day)?,
    ))
}
