//! What the worker notes of a company that can pay nothing of what is due, so that days that are
//! never paid do not cost every run: they are looked at again when the balance changes, and now and
//! then, since the bank's account or the days that are due may have changed too.

use crate::Config;
use alloc::vec::Vec;
use codec::Encode;
use counterfoil_primitives::{ports::Directory, AgreementId, AgreementView, Amount};
use counterfoil_support::worker_lock::is_to_come;
use frame_support::traits::fungibles::Inspect;
use sp_io::offchain::timestamp;
use sp_runtime::offchain::storage::StorageValueRef;

/// How long due days are left alone while the balance stays as it is, in milliseconds.
pub(crate) const PAUSE_MS: u64 = 30_000;

/// Whether the agreement's due days are left alone.
pub(crate) fn is_noted<T: Config>(id: AgreementId, contract: &AgreementView) -> bool {
    let noted = StorageValueRef::persistent(&key(id)).get::<(Amount, u64)>();
    noted.ok().flatten().is_some_and(|(balance, end)| {
        let now = timestamp().unix_millis();
        is_to_come(end, PAUSE_MS, now) && balance == balance_of::<T>(contract)
    })
}

/// Notes that nothing that is due can be paid.
pub(crate) fn note<T: Config>(id: AgreementId, contract: &AgreementView) {
    let end = timestamp().unix_millis().saturating_add(PAUSE_MS);
    StorageValueRef::persistent(&key(id)).set(&(balance_of::<T>(contract), end));
}

fn balance_of<T: Config>(contract: &AgreementView) -> Amount {
    T::Directory::account(contract.company)
        .map_or(0, |account| T::Assets::balance(contract.asset, &account))
}

fn key(id: AgreementId) -> Vec<u8> {
    (b"counterfoil/settlement/short", id).encode()
}
