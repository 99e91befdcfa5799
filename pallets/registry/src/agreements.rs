//! Agreements as the council creates them; what of one changes later has files of its own.

use crate::{
    agreement_clients::clients, agreement_conditions::ensure_conditions,
    agreement_limits::ensure_limits, currency_and_rail::is_currency,
    members_named_by_agreements::name, Agreement, AgreementSpec, Agreements, Config, Error, Event,
    Limits, Members, Pallet,
};
use counterfoil_primitives::{written::date, AgreementId, MemberId, Role};
use frame_support::{ensure, pallet_prelude::DispatchResult, BoundedVec};

pub(crate) fn do_create_agreement<T: Config>(
    id: AgreementId,
    spec: AgreementSpec,
) -> DispatchResult {
    ensure!(
        !Agreements::<T>::contains_key(id),
        Error::<T>::AgreementExists
    );
    ensure!(is_currency(&spec.currency), Error::<T>::InvalidCurrency);
    ensure_role::<T>(spec.bank, Role::Bank)?;
    ensure_role::<T>(spec.company, Role::Company)?;
    ensure_role::<T>(spec.reconciler, Role::Reconciler)?;
    ensure_limits::<T>(&Limits::from(&spec))?;
    ensure_conditions::<T>(&spec.conditions, spec.decimals)?;
    let conditions = alloc::vec![(spec.first_day, spec.conditions)];
    let reconcilers = alloc::vec![(spec.first_day, spec.reconciler)];
    let agreement = Agreement::<T> {
        bank: spec.bank,
        company: spec.company,
        reconcilers: reconcilers
            .try_into()
            .map_err(|_| Error::<T>::TooManyVersions)?,
        clients: clients::<T>(spec.clients)?,
        suspended: BoundedVec::default(),
        currency: spec.currency,
        decimals: spec.decimals,
        first_day: spec.first_day,
        end: None,
        caps: spec.caps,
        max_gross: spec.max_gross,
        deadline_minutes: spec.deadline_minutes,
        max_late_minutes: spec.max_late_minutes,
        refund_days: spec.refund_days,
        amend_days: spec.amend_days,
        answer_days: spec.answer_days,
        conditions: conditions
            .try_into()
            .map_err(|_| Error::<T>::TooManyVersions)?,
    };
    agreement.named().for_each(name::<T>);
    Agreements::<T>::insert(id, agreement);
    Pallet::<T>::deposit_event(Event::AgreementCreated {
        agreement: id,
        bank: spec.bank,
        company: spec.company,
        reconciler: spec.reconciler,
        first_day: spec.first_day,
        first_date: date::words(spec.first_day),
    });
    Ok(())
}

pub(crate) fn change<T: Config>(
    id: AgreementId,
    change: impl FnOnce(&mut Agreement<T>) -> DispatchResult,
) -> DispatchResult {
    Agreements::<T>::try_mutate(id, |agreement| {
        change(agreement.as_mut().ok_or(Error::<T>::UnknownAgreement)?)
    })
}

pub(crate) fn ensure_role<T: Config>(id: MemberId, role: Role) -> DispatchResult {
    let member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
    ensure!(member.role == role, Error::<T>::WrongRole);
    Ok(())
}
