//! The warning that the dates of a calendar run out.

use super::*;
use crate::{
    worker::{is_first_look, running_out, RunningOut},
    AgreementGenesis, Agreements,
};
use counterfoil_primitives::operator::OPERATOR_KEY_TYPE;
use sp_core::offchain::{testing::TestOffchainExt, OffchainDbExt};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};

/// Runs a test in a node that holds the bank's key.
fn in_the_banks_node(test: impl FnOnce()) {
    let agreement = AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    };
    let mut ext = externalities(genesis(vec![agreement]));
    let keystore = MemoryKeystore::new();
    keystore
        .sr25519_generate_new(OPERATOR_KEY_TYPE, Some("//Charlie"))
        .expect("the path is valid");
    ext.register_extension(KeystoreExt::new(keystore));
    let (offchain, _) = TestOffchainExt::new();
    ext.register_extension(OffchainDbExt::new(offchain));
    ext.execute_with(test);
}

#[test]
fn a_node_finds_the_calendars_of_its_members_that_run_out() {
    in_the_banks_node(|| {
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        let end = BusinessDay(TODAY.0 + 100);
        assert_eq!(running_out::<Test>(BusinessDay(end.0 - 30)), vec![]);
        let found = running_out::<Test>(BusinessDay(end.0 - 29));
        let expected = RunningOut {
            agreement: AGREEMENT,
            name: name("CZ"),
            filled_until: end,
        };
        assert_eq!(found, vec![expected]);
    });
}

#[test]
fn a_calendar_of_past_days_may_run_out() {
    in_the_banks_node(|| {
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        assert_ok!(go_by(ahead(10), &[]));
        assert_eq!(running_out::<Test>(BusinessDay(TODAY.0 + 99)), vec![]);
    });
}

#[test]
fn a_node_leaves_calendars_of_others_alone() {
    in_the_banks_node(|| {
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        Agreements::<Test>::mutate(AGREEMENT, |agreement| {
            agreement.as_mut().expect("there").bank = 99;
        });
        assert_eq!(running_out::<Test>(BusinessDay(TODAY.0 + 99)), vec![]);
    });
}

#[test]
fn a_node_looks_once_a_day() {
    in_the_banks_node(|| {
        assert!(is_first_look(TODAY));
        assert!(!is_first_look(TODAY));
        assert!(is_first_look(TOMORROW));
    });
}
