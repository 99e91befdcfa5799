//! Who: the member for whom this node looks after an agreement's days, and in which duty.

use crate::Config;
use counterfoil_primitives::{ports::Directory, AgreementView, MemberId};

/// A part in the reconciliation of an agreement's days.
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
pub struct Post {
    /// The member.
    pub member: MemberId,
    /// What it does.
    pub duty: Duty,
}

/// The post of this node in an agreement, if its keystore holds the operator key of the reconciler
/// or of a party. Bank and company may both stand in: of the same call the pool takes one.
pub fn post_of_this_node<T: Config>(view: &AgreementView) -> Option<Post> {
    [
        (view.reconciler, Duty::Reconciler),
        (view.company, Duty::StandIn),
        (view.bank, Duty::StandIn),
    ]
    .into_iter()
    .find(|(member, _)| T::Directory::acts_for(*member))
    .map(|(member, duty)| Post { member, duty })
}
