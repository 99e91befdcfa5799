//! The migration by which an upgrade is rehearsed.

use crate::{
    mock::*,
    next_version::{rehash, AgreementHasher, AgreementsBy, ToNextVersion, STORAGE_VERSION},
    Agreement, AgreementGenesis,
};
use counterfoil_primitives::AgreementId;
use frame_support::{
    traits::{OnRuntimeUpgrade, StorageVersion},
    Twox64Concat,
};
use std::collections::BTreeMap;

type Before = AgreementsBy<Test, Twox64Concat>;
type After = AgreementsBy<Test, AgreementHasher>;

/// More agreements than one, the same but for their ids.
const IDS: [AgreementId; 4] = [AGREEMENT, 2, 300, AgreementId::MAX];

/// A chain of before the migration, with its agreement. What must hold of this version's storage is not
/// asked afterwards: the pallet reads the keys of before.
fn before(test: impl FnOnce(Agreement<Test>)) {
    let agreement = AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    };
    externalities(genesis(vec![agreement])).execute_with(|| {
        StorageVersion::new(1).put::<Registry>();
        let agreement = Before::get(AGREEMENT).expect("genesis has it");
        for id in IDS {
            Before::insert(id, &agreement);
        }
        test(agreement);
    });
}

#[test]
fn the_migration_gives_each_agreement_its_new_key() {
    before(|agreement| {
        ToNextVersion::<Test>::on_runtime_upgrade();
        for id in IDS {
            assert_eq!(After::get(id).as_ref(), Some(&agreement));
            assert!(!Before::contains_key(id));
        }
        assert_eq!(After::iter_keys().count(), IDS.len());
        assert_eq!(StorageVersion::get::<Registry>(), STORAGE_VERSION);
    });
}

#[test]
fn the_migration_runs_once() {
    before(|agreement| {
        ToNextVersion::<Test>::on_runtime_upgrade();
        // Nothing has such a key afterwards. If something had, it would stay.
        Before::insert(5, &agreement);
        ToNextVersion::<Test>::on_runtime_upgrade();
        assert!(Before::contains_key(5) && !After::contains_key(5));
    });
}

#[test]
fn the_migration_changes_nothing_but_keys() {
    before(|_| {
        let all: BTreeMap<_, _> = Before::iter().collect();
        assert_eq!(all.len(), IDS.len());
        rehash::<Test, Twox64Concat, AgreementHasher>();
        assert_eq!(After::iter().collect::<BTreeMap<_, _>>(), all);
        rehash::<Test, AgreementHasher, Twox64Concat>();
        assert_eq!(Before::iter().collect::<BTreeMap<_, _>>(), all);
    });
}
