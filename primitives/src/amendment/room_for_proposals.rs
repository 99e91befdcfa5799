//! How many proposals may wait under an agreement, and of whom.
//!
//! Proposals that wait, claims among them, are state that their proposers cause. So their number is bounded,
//! and nobody can take all places: clients together leave bank and company as many as those may have, and a
//! client leaves the other clients theirs. Half of the clients' places are shared out among them; the other
//! half goes to whoever comes first.

use crate::{AgreementView, MemberId};
use alloc::collections::BTreeMap;

/// The places of an agreement for proposals that wait.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Room {
    /// Of one proposer.
    pub each: u32,
    /// Of all.
    pub all: u32,
}

impl Room {
    /// The places of all clients together: what bank and company leave even if they take all of theirs.
    pub const fn of_clients(&self) -> u32 {
        self.all.saturating_sub(self.each.saturating_mul(2))
    }

    /// The places of which each of this number of clients is sure: its share of half of the clients' places.
    /// Where clients are more than those, it is one, and the first ones get it.
    pub const fn share(&self, clients: u32) -> u32 {
        match (self.of_clients() / 2).checked_div(clients) {
            Some(share) if share > 0 => share,
            _ => 1,
        }
    }

    /// Whether a proposal of `proposer` may wait beside those of `waiting`, each named by its proposer.
    pub fn takes(
        &self,
        agreement: &AgreementView,
        proposer: MemberId,
        waiting: &[MemberId],
    ) -> bool {
        let mut counts: BTreeMap<MemberId, u32> = BTreeMap::new();
        for id in waiting {
            let count = counts.entry(*id).or_default();
            *count = count.saturating_add(1);
        }
        let of = |id: MemberId| counts.get(&id).copied().unwrap_or_default();
        let parties = [agreement.bank, agreement.company];
        let is_party = parties.contains(&proposer);
        let by_clients = counts
            .iter()
            .filter(|(id, _)| !parties.contains(*id))
            .fold(0u32, |sum, (_, count)| sum.saturating_add(*count));
        let left = self.of_clients().saturating_sub(by_clients);
        let share = self.share(agreement.clients.len() as u32);
        let kept = agreement
            .clients
            .iter()
            .filter(|other| **other != proposer)
            .fold(0u32, |sum, other| {
                sum.saturating_add(share.saturating_sub(of(*other)))
            })
            .min(self.of_clients() / 2);
        let leaves_others_room = left > 0 && (of(proposer) < share || left > kept);
        of(proposer) < self.each
            && (waiting.len() as u32) < self.all
            && (is_party || leaves_others_room)
    }
}
