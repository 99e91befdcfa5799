//! Who may do what under an agreement: report a side, record, propose an amendment.

use crate::{agreement::AgreementView, BusinessDay, MemberId};

impl AgreementView {
    /// Whether a member has a part in the reconciliation of `day`: as reconciler of that day, as
    /// company or as bank.
    pub fn may_report(&self, member: MemberId, day: BusinessDay) -> bool {
        member == self.company || member == self.bank || self.reconciler_on(day) == Some(member)
    }

    /// Whether `client` is one of the agreement, suspended or not.
    pub fn admits(&self, client: MemberId) -> bool {
        self.clients.contains(&client)
    }

    /// Whether bank or company suspended `client`: then it records and proposes nothing.
    pub fn is_suspended(&self, client: MemberId) -> bool {
        self.suspended.contains(&client)
    }

    /// Whether the agreement names `member`, as a party, a reconciler of some day or a client.
    pub fn names(&self, member: MemberId) -> bool {
        let reconciles = self.reconcilers.iter().any(|(_, id)| *id == member);
        reconciles || [self.bank, self.company].contains(&member) || self.admits(member)
    }

    /// Whether `member` may propose to amend what is recorded: bank, company, or a client that is not
    /// suspended.
    pub fn may_amend(&self, member: MemberId) -> bool {
        let is_client = self.admits(member) && !self.is_suspended(member);
        [self.bank, self.company].contains(&member) || is_client
    }
}
