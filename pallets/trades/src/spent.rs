//! Keeps a partly refused batch from coming back.
//!
//! A batch whose sequences are all used is recognised by them. One with a refused trade is not:
//! its sequence stays free, and anybody who saw the batch could send it again until its authority
//! expires. So the signature of such a batch is kept until then. A client that wants the trade
//! taken after all signs anew.

use crate::{Config, Spent, SpentAuthorities, SpentOfClient};
use counterfoil_primitives::{refusal, Moment, OperatorAuth};
use frame_support::{defensive, traits::ConstU32};
use sp_core::H256;
use sp_runtime::{
    traits::{BlakeTwo256, Hash},
    transaction_validity::InvalidTransaction,
};

/// Most authorities kept of a client. Where there is no room, those that end soonest give way, and
/// all that end no later count as used: a client that goes beyond it signs anew, for longer.
pub type Limit = ConstU32<128>;

/// The authority ends no later than one that had to give way.
pub const OUTNUMBERED: InvalidTransaction = InvalidTransaction::Custom(refusal::OUTNUMBERED);

/// Keeps `auth` as used, and forgets what has expired at `now`.
pub(crate) fn note<T: Config>(auth: &OperatorAuth, now: Moment) {
    SpentAuthorities::<T>::mutate(auth.member, |of_client| {
        of_client.kept.retain(|spent| spent.expires_at >= now);
        of_client.note(Spent {
            signature: digest(auth),
            expires_at: auth.expires_at,
        });
    });
}

/// Refuses an authority that counts as used: as stale where it is kept, else by [`OUTNUMBERED`].
pub(crate) fn ensure_unused<T: Config>(auth: &OperatorAuth) -> Result<(), InvalidTransaction> {
    let of_client = SpentAuthorities::<T>::get(auth.member);
    let signature = digest(auth);
    if of_client.kept.iter().any(|one| one.signature == signature) {
        return Err(InvalidTransaction::Stale);
    }
    if of_client.covers(auth.expires_at) {
        return Err(OUTNUMBERED);
    }
    Ok(())
}

impl SpentOfClient {
    /// Whether all that expires at that moment counts as used.
    pub(crate) fn covers(&self, expires_at: Moment) -> bool {
        self.floor.is_some_and(|floor| expires_at <= floor)
    }

    fn note(&mut self, spent: Spent) {
        if self.kept.is_full() {
            self.give_way(spent.expires_at);
        }
        if self.covers(spent.expires_at) {
            return;
        }
        let at = self
            .kept
            .partition_point(|other| other.expires_at <= spent.expires_at);
        if self.kept.try_insert(at, spent).is_err() {
            defensive!("room was made for a spent authority");
        }
    }

    /// Raises the floor to the soonest end of those kept and one more, and drops what it covers.
    fn give_way(&mut self, other: Moment) {
        let soonest = self.kept.first().map_or(other, |one| one.expires_at);
        self.floor = self.floor.max(Some(soonest.min(other)));
        let floor = self.floor;
        self.kept.retain(|one| Some(one.expires_at) > floor);
    }
}

fn digest(auth: &OperatorAuth) -> H256 {
    BlakeTwo256::hash_of(&auth.signature)
}
