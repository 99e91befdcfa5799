//! Who: the member for whom this node looks after a day of an agreement, and in which duty.

use crate::Config;
use alloc::collections::BTreeSet;
use counterfoil_primitives::{ports::Directory, AgreementView, BusinessDay, MemberId};

/// A part in the reconciliation of a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Duty {
    /// The reconciler's: does at once what is due.
    Reconciler,
    /// A party's: does what the reconciler has left undone for a while. So a reconciler that is
    /// down, or cannot reach a party's node, costs an honest side time, and not its say.
    StandIn,
}

/// A member and its duty.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct OnDuty {
    /// The member.
    pub member: MemberId,
    /// What it does.
    pub duty: Duty,
}

/// The members of an agreement whose operator keys this node's keystore holds: parties, and
/// reconcilers of any day.
pub fn members_of_this_node<T: Config>(agreement: &AgreementView) -> BTreeSet<MemberId> {
    let reconcilers = agreement
        .reconcilers
        .iter()
        .map(|(_, reconciler)| *reconciler);
    let members: BTreeSet<MemberId> = reconcilers
        .chain([agreement.company, agreement.bank])
        .collect();
    members
        .into_iter()
        .filter(|member| T::Directory::acts_for(*member))
        .collect()
}

/// The duty that a node which holds the keys of `members` has on a day. Bank and company may both
/// stand in: of the same call the pool takes one.
pub fn duty_on(
    agreement: &AgreementView,
    members: &BTreeSet<MemberId>,
    day: BusinessDay,
) -> Option<OnDuty> {
    let reconciler = agreement.reconciler_on(day);
    [
        (reconciler, Duty::Reconciler),
        (Some(agreement.company), Duty::StandIn),
        (Some(agreement.bank), Duty::StandIn),
    ]
    .into_iter()
    .filter_map(|(member, duty)| member.map(|member| OnDuty { member, duty }))
    .find(|on_duty| members.contains(&on_duty.member))
}
