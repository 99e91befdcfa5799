//! Keeps what is spent until its era ends.
//!
//! A batch whose sequences are all used is recognised by them. One with a refused trade is not: its
//! sequence stays free, and anybody who saw the batch could send it again until its era ends. The
//! same is true of a call that failed, since it left no trace. So the hash of what was signed is kept
//! until then. A hash of the signature would not do: a signer can make many of one payload.

use crate::{Config, Spent, SpentOfMember, SpentTransactions};
use counterfoil_primitives::{refusal, MemberId};
use frame_support::{defensive, ensure, traits::ConstU32};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::{traits::AtLeast32BitUnsigned, transaction_validity::InvalidTransaction};

/// Maximum spent transactions kept per member. When full, the earliest to end are dropped, and
/// everything that ends no later counts as spent: the member signs anew, for longer.
pub type Limit = ConstU32<128>;

/// The transaction ends no later than a spent one that was dropped.
pub const OUTNUMBERED: InvalidTransaction = InvalidTransaction::Custom(refusal::OUTNUMBERED);

/// Keeps a transaction of `member` as spent, and forgets those whose eras have ended.
pub(crate) fn note<T: Config>(member: MemberId, spent: Spent<BlockNumberFor<T>>) {
    let now = frame_system::Pallet::<T>::block_number();
    SpentTransactions::<T>::mutate(member, |of_member| {
        of_member.kept.retain(|one| one.ends >= now);
        of_member.note(spent);
    });
}

/// Refuses a transaction that counts as spent: as stale where it is kept, else by [`OUTNUMBERED`].
pub(crate) fn ensure_unspent<T: Config>(
    member: MemberId,
    spent: &Spent<BlockNumberFor<T>>,
) -> Result<(), InvalidTransaction> {
    let of_member = SpentTransactions::<T>::get(member);
    ensure!(!of_member.holds(spent.digest), InvalidTransaction::Stale);
    ensure!(!of_member.covers(spent.ends), OUTNUMBERED);
    Ok(())
}

impl<BlockNumber: AtLeast32BitUnsigned + Copy> SpentOfMember<BlockNumber> {
    fn holds(&self, digest: H256) -> bool {
        self.kept.iter().any(|one| one.digest == digest)
    }

    /// Whether everything that ends at that block counts as spent.
    pub(crate) fn covers(&self, ends: BlockNumber) -> bool {
        self.floor.is_some_and(|floor| ends <= floor)
    }

    pub(crate) fn note(&mut self, spent: Spent<BlockNumber>) {
        if self.kept.is_full() {
            self.give_way(spent.ends);
        }
        if self.covers(spent.ends) {
            return;
        }
        let at = self.kept.partition_point(|one| one.ends <= spent.ends);
        if self.kept.try_insert(at, spent).is_err() {
            defensive!("room was made for a spent transaction");
        }
    }

    /// Raises the floor to the soonest end of those kept and one more, and drops what it covers.
    fn give_way(&mut self, other: BlockNumber) {
        let soonest = self.kept.first().map_or(other, |one| one.ends);
        self.floor = self.floor.max(Some(soonest.min(other)));
        let floor = self.floor;
        self.kept.retain(|one| Some(one.ends) > floor);
    }
}
