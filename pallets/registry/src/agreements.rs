//! Agreements and their conditions.

use crate::{
    agreement_limits::ensure_limits, Agreement, AgreementSpec, Agreements, Config, Error, Event,
    Limits, Members, NamedBy, Pallet,
};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{
    conditions::version_on,
    day_times::{day_of, LEAD},
    ports::AssetDecimals,
    settlement::Rail,
    written::{date, day_of_input},
    AgreementId, BusinessDay, Conditions, MemberId, Moment, Role, UtcOffset,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time, BoundedVec};
use sp_core::Get;
use sp_runtime::{DispatchError, Saturating};

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

/// Sets conditions from each of these days on; each version replaces what was set for later days.
pub(crate) fn do_set_conditions<T: Config>(
    id: AgreementId,
    versions: Vec<(BusinessDay, Conditions)>,
) -> DispatchResult {
    ensure!(
        !versions.is_empty() && are_ascending(&versions),
        Error::<T>::InvalidHistory
    );
    change::<T>(id, |agreement| {
        versions
            .iter()
            .try_for_each(|(from, conditions)| set_conditions::<T>(agreement, *from, *conditions))
    })?;
    for (from, conditions) in versions {
        Pallet::<T>::deposit_event(Event::ConditionsSet {
            agreement: id,
            from,
            from_date: date::words(from),
            conditions,
        });
    }
    Ok(())
}

fn set_conditions<T: Config>(
    agreement: &mut Agreement<T>,
    from: BusinessDay,
    conditions: Conditions,
) -> DispatchResult {
    ensure_conditions::<T>(&conditions, agreement.decimals)?;
    ensure!(from >= agreement.first_day, Error::<T>::BeforeFirstDay);
    agreement.ensure_not_begun(from)?;
    if agreement.offset_on(from) != Some(conditions.utc_offset) {
        // A new offset moves the end of the day before, and its cut-off and preset time.
        agreement.ensure_not_begun(from.previous())?;
    }
    set_version::<T, _>(&mut agreement.conditions, from, conditions)?;
    ensure!(
        are_days_in_order(&agreement.conditions),
        Error::<T>::OffsetsTooFarApart
    );
    Ok(())
}

pub(crate) fn do_set_reconciler<T: Config>(
    id: AgreementId,
    from: BusinessDay,
    reconciler: MemberId,
) -> DispatchResult {
    ensure_role::<T>(reconciler, Role::Reconciler)?;
    change::<T>(id, |agreement| {
        ensure!(from >= agreement.first_day, Error::<T>::BeforeFirstDay);
        agreement.ensure_not_begun(from)?;
        agreement
            .reconcilers
            .iter()
            .filter(|(day, _)| *day >= from)
            .for_each(|(_, replaced)| unname::<T>(*replaced));
        name::<T>(reconciler);
        set_version::<T, _>(&mut agreement.reconcilers, from, reconciler)
    })?;
    Pallet::<T>::deposit_event(Event::ReconcilerSet {
        agreement: id,
        from,
        from_date: date::words(from),
        reconciler,
    });
    Ok(())
}

pub(crate) fn do_end<T: Config>(id: AgreementId, from: BusinessDay) -> DispatchResult {
    change::<T>(id, |agreement| {
        ensure!(from >= agreement.first_day, Error::<T>::BeforeFirstDay);
        agreement.ensure_not_begun(from)?;
        ensure!(!agreement.end_has_come(), Error::<T>::AgreementEnded);
        agreement.end = Some(from);
        Ok(())
    })?;
    Pallet::<T>::deposit_event(Event::AgreementEnds {
        agreement: id,
        from,
        from_date: date::words(from),
    });
    Ok(())
}

pub(crate) fn do_set_clients<T: Config>(id: AgreementId, members: Vec<MemberId>) -> DispatchResult {
    let clients = clients::<T>(members)?;
    let admitted: BTreeSet<_> = clients.iter().copied().collect();
    change::<T>(id, |agreement| {
        clients.iter().copied().for_each(name::<T>);
        agreement.clients.iter().copied().for_each(unname::<T>);
        agreement.clients = clients.clone();
        agreement
            .suspended
            .retain(|suspension| admitted.contains(&suspension.client));
        Ok(())
    })?;
    Pallet::<T>::deposit_event(Event::ClientsSet {
        agreement: id,
        clients: clients.into_inner(),
    });
    Ok(())
}

impl<T: Config> Agreement<T> {
    fn offset_on(&self, day: BusinessDay) -> Option<UtcOffset> {
        let index = version_on(&self.conditions, day)?;
        Some(self.conditions.get(index)?.1.utc_offset)
    }

    /// Whether the agreement's end has come, or is about to: then it does not move, nor does the close.
    pub(crate) fn end_has_come(&self) -> bool {
        self.end
            .is_some_and(|end| self.ensure_not_begun(end).is_err())
    }

    /// Refuses a day that has begun, or is about to, by the conditions in force.
    pub(crate) fn ensure_not_begun(&self, day: BusinessDay) -> DispatchResult {
        let today = day_of(&self.conditions, soon::<T>());
        ensure!(
            today.is_none_or(|(today, _)| day > today),
            Error::<T>::DayHasBegun
        );
        Ok(())
    }
}

/// Puts a version in force from a day on, in the place of those that were set for this and later days.
pub(crate) fn set_version<T: Config, V>(
    versions: &mut BoundedVec<(BusinessDay, V), T::MaxVersions>,
    from: BusinessDay,
    version: V,
) -> DispatchResult {
    let kept = versions.partition_point(|(day, _)| *day < from);
    versions.truncate(kept);
    versions
        .try_push((from, version))
        .map_err(|_| Error::<T>::TooManyVersions)?;
    Ok(())
}

/// Whether each version begins after the one before it.
pub(crate) fn are_ascending<V>(versions: &[(BusinessDay, V)]) -> bool {
    versions
        .iter()
        .zip(versions.iter().skip(1))
        .all(|((day, _), (next, _))| day < next)
}

/// Whether each version begins after the day before it: offsets more than a day apart would leave
/// that day, and move the end of the one before.
fn are_days_in_order(versions: &[(BusinessDay, Conditions)]) -> bool {
    versions.windows(2).all(|pair| {
        let [(_, old), (from, new)] = pair else {
            return true;
        };
        old.utc_offset.start_of(from.previous()) < new.utc_offset.start_of(*from)
    })
}

/// Whether conditions of themselves make sense.
pub(crate) fn are_valid(conditions: &Conditions) -> bool {
    conditions.utc_offset.is_valid()
        && conditions.cut_off.is_valid()
        && conditions.preset.is_valid()
}

/// A day that may be given by the digits of its date.
pub(crate) fn given<T>(day: BusinessDay) -> Result<BusinessDay, Error<T>> {
    day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)
}

/// Versions whose first days may be given by the digits of their dates.
pub(crate) fn given_versions<T: Config, V>(
    versions: Vec<(BusinessDay, V)>,
) -> Result<Vec<(BusinessDay, V)>, Error<T>> {
    versions
        .into_iter()
        .map(|(from, version)| Ok((given::<T>(from)?, version)))
        .collect()
}

/// Whether text is shaped as an ISO 4217 code.
pub(crate) fn is_currency(text: &str) -> bool {
    text.len() == 3 && text.bytes().all(|byte| byte.is_ascii_uppercase())
}

/// Amounts are counted in the currency's minor unit, and paid by the same number in an asset's: so
/// both must be the same part of a whole. A payment outside the chain needs no asset.
fn ensure_rail<T: Config>(rail: Rail, decimals: u8) -> DispatchResult {
    let Some(asset) = rail.asset() else {
        return Ok(());
    };
    let of_asset = T::Decimals::decimals(asset).ok_or(Error::<T>::UnknownAsset)?;
    ensure!(of_asset == decimals, Error::<T>::OtherDecimals);
    Ok(())
}

fn soon<T: Config>() -> Moment {
    T::UnixTime::now().saturating_add(LEAD)
}

pub(crate) fn change<T: Config>(
    id: AgreementId,
    change: impl FnOnce(&mut Agreement<T>) -> DispatchResult,
) -> DispatchResult {
    Agreements::<T>::try_mutate(id, |agreement| {
        change(agreement.as_mut().ok_or(Error::<T>::UnknownAgreement)?)
    })
}

fn ensure_role<T: Config>(id: MemberId, role: Role) -> DispatchResult {
    let member = Members::<T>::get(id).ok_or(Error::<T>::UnknownMember)?;
    ensure!(member.role == role, Error::<T>::WrongRole);
    Ok(())
}

fn ensure_conditions<T: Config>(conditions: &Conditions, decimals: u8) -> DispatchResult {
    ensure!(are_valid(conditions), Error::<T>::InvalidConditions);
    let earliest = conditions.cut_off.0.saturating_add(T::MinPresetGap::get());
    ensure!(conditions.preset.0 >= earliest, Error::<T>::PresetTooSoon);
    ensure_rail::<T>(conditions.rail, decimals)
}

fn clients<T: Config>(
    members: Vec<MemberId>,
) -> Result<BoundedVec<MemberId, T::MaxClients>, DispatchError> {
    let clients: BoundedVec<_, T::MaxClients> =
        members.try_into().map_err(|_| Error::<T>::TooManyClients)?;
    let distinct: BTreeSet<_> = clients.iter().collect();
    ensure!(distinct.len() == clients.len(), Error::<T>::DuplicateClient);
    for client in &clients {
        ensure_role::<T>(*client, Role::Client)?;
    }
    Ok(clients)
}

fn name<T: Config>(member: MemberId) {
    NamedBy::<T>::mutate(member, |times| times.saturating_inc());
}

fn unname<T: Config>(member: MemberId) {
    NamedBy::<T>::mutate_exists(member, |times| {
        *times = times
            .map(|times| times.saturating_sub(1))
            .filter(|times| *times > 0);
    });
}
