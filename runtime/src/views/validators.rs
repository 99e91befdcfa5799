//! The validators, as a client reads them.

use crate::{Runtime, Session, Validators};
use alloc::vec::Vec;
use counterfoil_primitives::{institution_account, validator::ValidatorView, MemberId};

/// The members that have session keys, or are validators by the list or in a session. Ascending.
pub fn validators() -> Vec<ValidatorView> {
    let list = pallet_validators::Validators::<Runtime>::get();
    let (active, queued) = (Validators::active(), Validators::queued());
    let mut members: Vec<MemberId> = pallet_registry::Members::<Runtime>::iter_keys().collect();
    members.sort_unstable();
    members
        .into_iter()
        .map(|member| ValidatorView {
            member,
            has_keys: Session::load_keys(&institution_account(member)).is_some(),
            in_list: list.contains(&member),
            active: active.contains(&member),
            queued: queued.contains(&member),
        })
        .filter(|view| view.has_keys || view.in_list || view.active || view.queued)
        .collect()
}
