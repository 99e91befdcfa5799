//! An obligation is paid in an asset of this chain: whole, once, by whoever owes.

use crate::{
    asset_payment_reference,
    who_owes::{self, Debt, Owed},
    Config, Due, Error, Event, Obligations, Pallet,
};
use counterfoil_primitives::{
    ports::Directory,
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

/// A payment that the chain can make now.
pub(crate) struct CheckedPayment {
    /// What is owed.
    pub owed: Owed,
    debt: Debt,
    asset: u32,
    accounts: Accounts,
}

/// Checks that `member` can pay for the settlement period of a day, which may be given by the digits of its
/// date. The pool, the call and what staff reads ask it.
pub(crate) fn check_pay<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<CheckedPayment, Error<T>> {
    let owed = who_owes::find::<T>(agreement_id, day)?;
    let debt = owed.debt_of::<T>(member)?;
    owed.ensure_payable::<T>()?;
    let asset = owed.obligation.rail.asset().ok_or(Error::<T>::OtherRail)?;
    let accounts = accounts::<T>(&debt, owed.first).ok_or(Error::<T>::NoAccount)?;
    ensure_can_pay::<T>(&owed.agreement, &accounts, asset, debt.amount)?;
    Ok(CheckedPayment {
        owed,
        debt,
        asset,
        accounts,
    })
}

/// Pays what `member` owes for the settlement period of a day, which may be given by the digits of its date.
pub(crate) fn do_pay<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> DispatchResult {
    let CheckedPayment {
        mut owed,
        debt,
        asset,
        accounts: (from, to),
    } = check_pay::<T>(member, agreement_id, day)?;
    // The debtor may spend its last unit: its paying account need not keep any of the asset.
    T::Assets::transfer(asset, &from, &to, debt.amount, Preservation::Expendable)?;
    owed.obligation.paid = debt.amount;
    owed.obligation.paid_at = Some(T::UnixTime::now());
    Obligations::<T>::insert(agreement_id, owed.first, owed.obligation);
    Due::<T>::remove(agreement_id, owed.first);
    tell_paid::<T>(agreement_id, &owed, &debt);
    Ok(())
}

/// Tells that nothing is left to pay.
pub(crate) fn tell_paid<T: Config>(agreement_id: AgreementId, owed: &Owed, debt: &Debt) {
    Pallet::<T>::deposit_event(Event::Paid {
        agreement: agreement_id,
        day: owed.first,
        date: date::words(owed.first),
        debtor: debt.debtor,
        creditor: debt.creditor,
        rail: owed.obligation.rail,
        amount: debt.amount,
        amount_in_words: amount::words(debt.amount, &owed.agreement.denomination()),
        reference: asset_payment_reference::of(agreement_id, owed.first),
    });
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

/// The accounts of debtor and creditor for the settlement period that begins with `first`, whenever it is
/// paid: a change counts for periods that begin later.
///
/// The debtor pays only from what was set for it. An account that it named by itself is one that it is paid
/// to: that account's owner consented to nothing.
pub(crate) fn accounts<T: Config>(debt: &Debt, first: BusinessDay) -> Option<Accounts> {
    Some((
        T::Directory::paying_account(debt.debtor, first)?,
        T::Directory::account(debt.creditor, first)?,
    ))
}
