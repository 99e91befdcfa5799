//! Who reconciles an agreement, from a day on.

use crate::{
    agreements::{change, ensure_role},
    members_named_by_agreements::{name, unname},
    versions_by_day::set_version,
    Config, Error, Event, Pallet,
};
use counterfoil_primitives::{written::date, AgreementId, BusinessDay, MemberId, Role};
use frame_support::{ensure, pallet_prelude::DispatchResult};

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
