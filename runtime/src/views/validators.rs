//! The validators, as a client reads them.

use crate::{AccountId, Runtime, Session};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{institution_account, validator::ValidatorView, MemberId};

/// The members that have session keys, or are validators by the list or in a session. Ascending.
pub fn validators() -> Vec<ValidatorView> {
    let list = pallet_validators::Validators::<Runtime>::get();
    let active: BTreeSet<AccountId> = Session::validators().into_iter().collect();
    let queued: BTreeSet<AccountId> = Session::queued_keys()
        .into_iter()
        .map(|(validator, _)| validator)
        .collect();
    let mut members: Vec<MemberId> = pallet_registry::Members::<Runtime>::iter_keys().collect();
    members.sort_unstable();
    members
        .into_iter()
        .map(|member| {
            let account = institution_account(member);
            ValidatorView {
                member,
                has_keys: Session::load_keys(&account).is_some(),
                in_list: list.contains(&member),
                active: active.contains(&account),
                queued: queued.contains(&account),
            }
        })
        .filter(|view| view.has_keys || view.in_list || view.active || view.queued)
        .collect()
}
