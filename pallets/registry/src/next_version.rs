//! The next version of the registry, by which an upgrade of a running network is rehearsed. No chain
//! runs it.
//!
//! With the feature `next-version` the keys of agreements have another hash, which nobody can choose ids
//! for. Every trade, every day and every report reads its agreement: what the migration lost would stop
//! them all.

use crate::{Agreement, Config, Pallet};
use alloc::vec::Vec;
use core::marker::PhantomData;
use counterfoil_primitives::AgreementId;
use frame_support::{
    migrations::VersionedMigration,
    storage::types::StorageMap,
    traits::{Get, PalletInfoAccess, StorageInstance, StorageVersion, UncheckedOnRuntimeUpgrade},
    weights::Weight,
    Blake2_128Concat, ReversibleStorageHasher, Twox64Concat,
};

/// The version before.
const BEFORE: u16 = 1;
/// The next version.
const NEXT: u16 = 2;

/// The version of what the pallet stores.
pub const STORAGE_VERSION: StorageVersion = StorageVersion::new(NEXT);

/// The hash of the keys of agreements.
pub type AgreementHasher = Blake2_128Concat;

/// Leads a chain to the next version, once.
///
/// It runs within one block, and so it may: the council makes every agreement, and there are some
/// thousands at most. A map that grows with trades or days would take a migration of many blocks.
pub type ToNextVersion<T> =
    VersionedMigration<BEFORE, NEXT, Rehash<T>, Pallet<T>, <T as frame_system::Config>::DbWeight>;

/// Moves each agreement to its new key.
pub struct Rehash<T>(PhantomData<T>);

/// Where the agreements are, whatever the hash of their keys.
pub struct Prefix<T>(PhantomData<T>);

/// The agreements whose keys have the hash `H`.
pub type AgreementsBy<T, H> = StorageMap<Prefix<T>, H, AgreementId, Agreement<T>>;

impl<T: Config> StorageInstance for Prefix<T> {
    const STORAGE_PREFIX: &'static str = "Agreements";

    fn pallet_prefix() -> &'static str {
        <Pallet<T> as PalletInfoAccess>::name()
    }
}

/// Moves each agreement from its key by the hash `Old` to the one by `New`. Returns how many there are.
pub(crate) fn rehash<T, Old, New>() -> u64
where
    T: Config,
    Old: ReversibleStorageHasher,
    New: ReversibleStorageHasher,
{
    // All are taken out before the first is put back, since both kinds of keys have one prefix.
    let all: Vec<_> = AgreementsBy::<T, Old>::drain().collect();
    for (id, agreement) in &all {
        AgreementsBy::<T, New>::insert(id, agreement);
    }
    all.len() as u64
}

impl<T: Config> UncheckedOnRuntimeUpgrade for Rehash<T> {
    fn on_runtime_upgrade() -> Weight {
        let moved = rehash::<T, Twox64Concat, AgreementHasher>();
        // Each is read and removed under its old key, and written under its new one; the last read finds
        // no more.
        T::DbWeight::get().reads_writes(moved + 1, 2 * moved)
    }

    #[cfg(feature = "try-runtime")]
    fn pre_upgrade() -> Result<Vec<u8>, sp_runtime::TryRuntimeError> {
        let ids: Vec<AgreementId> = AgreementsBy::<T, Twox64Concat>::iter_keys().collect();
        Ok(codec::Encode::encode(&ids))
    }

    #[cfg(feature = "try-runtime")]
    fn post_upgrade(ids: Vec<u8>) -> Result<(), sp_runtime::TryRuntimeError> {
        let ids: Vec<AgreementId> = codec::Decode::decode(&mut &ids[..])
            .map_err(|_| "the ids of before the upgrade cannot be read")?;
        frame_support::ensure!(
            ids.iter()
                .all(AgreementsBy::<T, AgreementHasher>::contains_key),
            "an agreement is lost"
        );
        Ok(())
    }
}
