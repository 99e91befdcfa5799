//! What is owed, as staff reads it, and why it is not paid.

use crate::{
    asset_payment::{accounts, check_pay},
    who_owes::{self, Debt, Owed},
    Config, DayObligations, Declared, Error, Obligations, Pallet,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Declarations, ObligationView, SettlementPeriod, Waiting},
    written::day_of_input,
    AgreementId, Amount, BusinessDay, SignedAmount,
};
use frame_support::traits::fungibles::Inspect;

/// Maximum obligations per answer.
const MAX_VIEWS: usize = 512;

impl<T: Config> Pallet<T> {
    /// What is owed for the settlement period of a day, which may be given by the digits of its date; `None`
    /// while no day of the period is reconciled.
    pub fn view(agreement_id: AgreementId, day: BusinessDay) -> Option<ObligationView> {
        let owed = who_owes::find::<T>(agreement_id, day).ok()?;
        let period = period::<T>(agreement_id, &owed);
        if !period.includes(day_of_input(day).ok()?) {
            return None;
        }
        let declarations = Declared::<T>::get(agreement_id, owed.first);
        let debt = Debt::of(&owed.agreement, owed.obligation.amount);
        Some(ObligationView {
            agreement: agreement_id,
            period,
            obligation: owed.obligation,
            debtor: debt.as_ref().map(|debt| debt.debtor),
            creditor: debt.as_ref().map(|debt| debt.creditor),
            days: days::<T>(agreement_id, period),
            waiting: waiting::<T>(agreement_id, &owed, period, debt.as_ref(), &declarations),
            declarations: declarations.list.into_inner(),
        })
    }

    /// What is owed and not paid under an agreement: of periods that are due, and of periods under way. The
    /// oldest come first; at most 512.
    pub fn unpaid(agreement_id: AgreementId) -> Vec<ObligationView> {
        let mut firsts: Vec<BusinessDay> = Obligations::<T>::iter_prefix(agreement_id)
            .filter(|(_, obligation)| obligation.paid_at.is_none())
            .map(|(first, _)| first)
            .collect();
        firsts.sort_unstable();
        firsts.truncate(MAX_VIEWS);
        firsts
            .into_iter()
            .filter_map(|first| Self::view(agreement_id, first))
            .collect()
    }
}

/// The days of the period: those that it fell due with, or, under way, those that it has by now.
fn period<T: Config>(agreement_id: AgreementId, owed: &Owed) -> SettlementPeriod {
    let stored = SettlementPeriod {
        first: owed.first,
        last: owed.obligation.last,
    };
    if owed.obligation.due_since.is_some() {
        return stored;
    }
    T::Directory::settlement_period(agreement_id, &owed.agreement, owed.first).unwrap_or(stored)
}

/// The days of the period that are reconciled, each with what is owed for it.
fn days<T: Config>(
    agreement_id: AgreementId,
    period: SettlementPeriod,
) -> Vec<(BusinessDay, SignedAmount)> {
    (period.first.0..=period.last.0)
        .map(BusinessDay)
        .filter_map(|day| Some((day, DayObligations::<T>::get(agreement_id, day)?)))
        .collect()
}

/// Why the obligation is not paid: what keeps its debtor from paying it now.
fn waiting<T: Config>(
    agreement_id: AgreementId,
    owed: &Owed,
    period: SettlementPeriod,
    debt: Option<&Debt>,
    declarations: &Declarations,
) -> Option<Waiting> {
    // Where nothing is owed, the check ends before it asks who pays.
    let debtor = debt.map_or(owed.agreement.company, |debt| debt.debtor);
    let error = check_pay::<T>(debtor, agreement_id, owed.first).err()?;
    Some(match error {
        Error::NotDue => Waiting::Days {
            missing: period.days().saturating_sub(owed.obligation.days),
        },
        Error::ReleaseAwaited => Waiting::Release,
        Error::OtherRail => outside(owed, declarations),
        Error::InsufficientFunds => Waiting::Short {
            by: missing::<T>(owed, debt)?,
        },
        Error::FundsFrozen => Waiting::Frozen,
        Error::LeavesDust => Waiting::LeavesDust,
        Error::CreditorCannotReceive => Waiting::CreditorCannotReceive,
        Error::AssetUnavailable => Waiting::AssetUnavailable,
        Error::OtherDecimals => Waiting::OtherDecimals,
        Error::SameAccount => Waiting::SameAccount,
        Error::NoAccount => Waiting::NoAccount,
        // It is paid; the other errors are those of other calls.
        _ => return None,
    })
}

/// Whose turn it is, where the money moves outside the chain.
fn outside(owed: &Owed, declarations: &Declarations) -> Waiting {
    let declared = declarations.open();
    match owed.obligation.left().saturating_sub(declared) {
        0 => Waiting::Acknowledgement { declared },
        undeclared => Waiting::Declaration { undeclared },
    }
}

/// How much more than it holds the debtor's account has to pay.
fn missing<T: Config>(owed: &Owed, debt: Option<&Debt>) -> Option<Amount> {
    let debt = debt?;
    let (from, _) = accounts::<T>(debt, owed.first)?;
    let balance = T::Assets::balance(owed.obligation.rail.asset()?, &from);
    Some(debt.amount.saturating_sub(balance))
}
