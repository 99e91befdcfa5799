//! What the worker notes of a debtor that can pay nothing of what is due, so that periods that are
//! never paid do not cost every run: they are looked at again when a balance changes, and now and
//! then, since the creditor's account or what is due may have changed too.
//!
//! Where the debtor's worker can do nothing for any period that is due, since the other party owes, or since
//! it is the staff's turn, a new one may fall due when the next day is reconciled: then all are looked at
//! again. A day that is reconciled out of its turn, and a release, have to wait for the pause to end.

use crate::{Config, DayObligations};
use alloc::{collections::BTreeSet, vec::Vec};
use codec::Encode;
use counterfoil_primitives::{AgreementId, Amount, BusinessDay, MemberId};
use counterfoil_support::worker_lock::is_to_come;
use frame_support::traits::fungibles::Inspect;
use sp_core::crypto::AccountId32;
use sp_io::offchain::timestamp;
use sp_runtime::offchain::storage::StorageValueRef;

/// How long what is due is left alone while the balances stay as they are, in milliseconds.
pub(crate) const PAUSE_MS: u64 = 30_000;

/// The accounts that could pay nothing, each with its asset and balance; the day that ends the pause when it
/// is reconciled; and when it ends in any case.
type Noted = (Vec<(u32, AccountId32, Amount)>, Option<BusinessDay>, u64);

/// Whether what `debtor` owes under an agreement is left alone.
pub(crate) fn is_noted<T: Config>(id: AgreementId, debtor: MemberId) -> bool {
    noted(id, debtor).is_some_and(|(short, awaited, end)| {
        let now = timestamp().unix_millis();
        let is_as_before = |(asset, account, balance): &(u32, AccountId32, Amount)| {
            T::Assets::balance(*asset, account) == *balance
        };
        is_to_come(end, PAUSE_MS, now)
            && short.iter().all(is_as_before)
            && !awaited.is_some_and(|day| DayObligations::<T>::contains_key(id, day))
    })
}

/// Notes that `debtor` can pay nothing of what it owes under an agreement, from any of these accounts in
/// these assets.
pub(crate) fn note<T: Config>(
    id: AgreementId,
    debtor: MemberId,
    short: BTreeSet<(u32, AccountId32)>,
) {
    let short: Vec<_> = short
        .into_iter()
        .map(|(asset, account)| {
            let balance = T::Assets::balance(asset, &account);
            (asset, account, balance)
        })
        .collect();
    store(id, debtor, short, None);
}

/// Notes that `debtor` can pay for none of the periods that are due under an agreement, of which `newest` is
/// the last day: none is its own to pay in an asset by now, or it has no account.
///
/// The first later day that is not reconciled is awaited. Days that an earlier note has passed are not read
/// once more.
pub(crate) fn note_nothing_own<T: Config>(id: AgreementId, debtor: MemberId, newest: BusinessDay) {
    let passed = noted(id, debtor).and_then(|(_, awaited, _)| awaited);
    let first = passed.unwrap_or_default().max(newest.next());
    let awaited = (first.0..=u32::MAX)
        .map(BusinessDay)
        .find(|day| !DayObligations::<T>::contains_key(id, day));
    store(id, debtor, Vec::new(), awaited);
}

fn noted(id: AgreementId, debtor: MemberId) -> Option<Noted> {
    let noted = StorageValueRef::persistent(&key(id, debtor)).get::<Noted>();
    noted.ok().flatten()
}

/// Stores a note whose pause begins now.
fn store(
    id: AgreementId,
    debtor: MemberId,
    short: Vec<(u32, AccountId32, Amount)>,
    awaited: Option<BusinessDay>,
) {
    let end = timestamp().unix_millis().saturating_add(PAUSE_MS);
    let noted: Noted = (short, awaited, end);
    StorageValueRef::persistent(&key(id, debtor)).set(&noted);
}

fn key(id: AgreementId, debtor: MemberId) -> Vec<u8> {
    (b"counterfoil/settlement/short", id, debtor).encode()
}
