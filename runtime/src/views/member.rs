//! A member, as a client reads it.

use crate::{Registry, Runtime};
use counterfoil_primitives::{MemberId, MemberView};
use pallet_registry::SetBy;

/// A member, with the accounts that follow its first one.
pub fn member(id: MemberId) -> Option<MemberView> {
    let member = pallet_registry::Members::<Runtime>::get(id)?;
    let versions = pallet_registry::Accounts::<Runtime>::get(id);
    let by_member = versions
        .iter()
        .filter(|(_, version)| version.set_by == SetBy::Member);
    Some(MemberView {
        role: member.role,
        name: member.name,
        account: member.account,
        set_by_member: by_member.map(|(from, _)| *from).collect(),
        accounts_from: versions
            .into_iter()
            .map(|(from, version)| (from, version.account))
            .collect(),
        open_change: Registry::open_account_change(id),
        operator: member.operator,
        endpoint: member.endpoint,
    })
}
