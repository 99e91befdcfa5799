//! Keeps a partly refused batch from coming back.
//!
//! A batch whose sequences are all used is recognised by them. One with a refused trade is not:
//! its sequence stays free, and anybody who saw the batch could send it again until its authority
//! expires. So the signature of such a batch is kept until then. A client that wants the trade
//! taken after all signs anew.

use crate::{Config, Spent, SpentAuthorities};
use counterfoil_primitives::{Moment, OperatorAuth};
use frame_support::{defensive, traits::ConstU32};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// Most authorities kept of a client. Those that end soonest give way; their batches could
/// come back for the short rest of their time, and would be refused again trade by trade.
pub type Limit = ConstU32<128>;

/// Keeps `auth` as used, and forgets what has expired at `now`.
pub(crate) fn note<T: Config>(auth: &OperatorAuth, now: Moment) {
    SpentAuthorities::<T>::mutate(auth.member, |kept| {
        kept.retain(|spent| spent.expires_at >= now);
        let spent = Spent {
            signature: digest(auth),
            expires_at: auth.expires_at,
        };
        if kept.is_full() {
            kept.remove(0);
        }
        let at = kept.partition_point(|other| other.expires_at <= spent.expires_at);
        if kept.try_insert(at, spent).is_err() {
            defensive!("room was made for a spent authority");
        }
    });
}

/// Whether `auth` is kept as used.
pub(crate) fn is_spent<T: Config>(auth: &OperatorAuth) -> bool {
    let signature = digest(auth);
    SpentAuthorities::<T>::get(auth.member)
        .iter()
        .any(|spent| spent.signature == signature)
}

fn digest(auth: &OperatorAuth) -> H256 {
    BlakeTwo256::hash_of(&auth.signature)
}
