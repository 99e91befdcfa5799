//! A payable is fixed, and paid.

use crate::{reference, Config, Due, Error, Event, Pallet, Payable, Payables};
use counterfoil_primitives::{
    ports::{Directory, OnReconciled, Payables as PayablesPort},
    AgreementId, AgreementView, Amount, BusinessDay, MemberId, OperatorAuth,
};
use frame_support::{
    ensure,
    pallet_prelude::{DispatchResult, TransactionSource, TransactionValidityWithRefund, Weight},
    traits::{
        fungibles::{Inspect, Mutate},
        tokens::{Preservation, Provenance},
        Time,
    },
};
use pallet_registry::origin::{authorise, worker_call};
use sp_core::crypto::AccountId32;
use sp_runtime::transaction_validity::InvalidTransaction;

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
            Self::deposit_event(Event::NothingDue { agreement, day });
            return;
        }
        Due::<T>::insert(agreement, day, ());
        Self::deposit_event(Event::PayableDue {
            agreement,
            day,
            company: contract.company,
            bank: contract.bank,
            asset: contract.asset,
            amount: payable,
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
        let (from, to) = accounts::<T>(&contract, day).ok_or(Error::<T>::NoAccount)?;
        ensure!(
            !leaves_dust::<T>(payable.asset, &from, payable.amount),
            Error::<T>::LeavesDust
        );
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
            company: contract.company,
            bank: contract.bank,
            asset: payable.asset,
            amount: payable.amount,
            reference: reference::of(agreement, day),
        });
        Ok(())
    }

    /// Lets into the pool what the chain would do now, and refuses the rest by its reason.
    pub(crate) fn authorize_payment(
        source: TransactionSource,
        agreement: &AgreementId,
        day: &BusinessDay,
        auth: &Option<OperatorAuth>,
    ) -> TransactionValidityWithRefund {
        let member = authorise::<T::Directory>(source, auth, "settlement.pay", &(agreement, day))?;
        let contract = T::Directory::agreement(*agreement).ok_or(InvalidTransaction::Call)?;
        if member != contract.company {
            return Err(InvalidTransaction::BadSigner.into());
        }
        let payable = Payables::<T>::get(agreement, day).ok_or(InvalidTransaction::Future)?;
        if payable.paid_at.is_some() {
            return Err(InvalidTransaction::Stale.into());
        }
        let can_pay = accounts::<T>(&contract, *day)
            .is_some_and(|accounts| can_pay::<T>(&accounts, payable.asset, payable.amount));
        if !can_pay {
            return Err(InvalidTransaction::Payment.into());
        }
        Ok((worker_call(("pay", agreement, day)), Weight::zero()))
    }
}

/// Whether `amount` can go from the one account to the other.
pub(crate) fn can_pay<T: Config>((from, to): &Accounts, asset: u32, amount: Amount) -> bool {
    !leaves_dust::<T>(asset, from, amount)
        && T::Assets::can_withdraw(asset, from, amount)
            .into_result(false)
            .is_ok()
        && T::Assets::can_deposit(asset, to, amount, Provenance::Extant)
            .into_result()
            .is_ok()
}

/// Whether `amount` leaves less on the account than the asset lets one hold. The rest would be
/// destroyed, so such a payment waits until there is more, or exactly as much as is due.
fn leaves_dust<T: Config>(asset: u32, from: &AccountId32, amount: Amount) -> bool {
    let left = T::Assets::balance(asset, from).saturating_sub(amount);
    left > 0 && left < T::Assets::minimum_balance(asset)
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
