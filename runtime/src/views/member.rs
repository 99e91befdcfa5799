//! Members, as a client reads them.

use crate::{Registry, Runtime};
use alloc::vec::Vec;
use counterfoil_primitives::{MemberId, MemberView};
use pallet_registry::{Members, SetBy};

/// Maximum members per answer.
pub const MAX_MEMBERS: u32 = 1_024;

/// The numbers of the members from `from` on, ascending: at most [`MAX_MEMBERS`]. With them, the number from
/// which the next answer goes on; `None` where no more follow.
pub fn members(from: MemberId) -> (Vec<MemberId>, Option<MemberId>) {
    let mut members: Vec<MemberId> = Members::<Runtime>::iter_keys()
        .filter(|member| *member >= from)
        .collect();
    members.sort_unstable();
    let next = members.get(MAX_MEMBERS as usize).copied();
    members.truncate(MAX_MEMBERS as usize);
    (members, next)
}

/// A member, with the accounts that follow its first one.
pub fn member(id: MemberId) -> Option<MemberView> {
    let member = Members::<Runtime>::get(id)?;
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
