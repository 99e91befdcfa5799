//! What the worker notes of a company that can pay nothing of what is due, so that days that are
//! never paid do not cost every run: they are looked at again when a balance changes, and now and
//! then, since the bank's account or the days that are due may have changed too.

use crate::Config;
use alloc::{collections::BTreeSet, vec::Vec};
use codec::Encode;
use counterfoil_primitives::{AgreementId, Amount};
use counterfoil_support::worker_lock::is_to_come;
use frame_support::traits::fungibles::Inspect;
use sp_core::crypto::AccountId32;
use sp_io::offchain::timestamp;
use sp_runtime::offchain::storage::StorageValueRef;

/// How long due days are left alone while the balances stay as they are, in milliseconds.
pub(crate) const PAUSE_MS: u64 = 30_000;

/// The accounts that could pay nothing, each with its asset and balance, and when the pause ends.
type Noted = (Vec<(u32, AccountId32, Amount)>, u64);

/// Whether the agreement's due days are left alone.
pub(crate) fn is_noted<T: Config>(id: AgreementId) -> bool {
    let noted = StorageValueRef::persistent(&key(id)).get::<Noted>();
    noted.ok().flatten().is_some_and(|(short, end)| {
        let now = timestamp().unix_millis();
        let is_as_before = |(asset, account, balance): &(u32, AccountId32, Amount)| {
            T::Assets::balance(*asset, account) == *balance
        };
        is_to_come(end, PAUSE_MS, now) && short.iter().all(is_as_before)
    })
}

/// Notes that nothing that is due can be paid, from any of these accounts in these assets.
pub(crate) fn note<T: Config>(id: AgreementId, short: BTreeSet<(u32, AccountId32)>) {
    let short: Vec<_> = short
        .into_iter()
        .map(|(asset, account)| {
            let balance = T::Assets::balance(asset, &account);
            (asset, account, balance)
        })
        .collect();
    let end = timestamp().unix_millis().saturating_add(PAUSE_MS);
    StorageValueRef::persistent(&key(id)).set(&(short, end));
}

fn key(id: AgreementId) -> Vec<u8> {
    (b"counterfoil/settlement/short", id).encode()
}
