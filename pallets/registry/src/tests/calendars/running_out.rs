//! The warning that the dates of a calendar run out.

use super::*;
use crate::{
    worker::{found_today, is_first_look, running_out, RunningOut},
    AgreementGenesis, Agreements,
};
use counterfoil_primitives::{day::MINUTE, operator::OPERATOR_KEY_TYPE, Moment};
use frame_support::traits::Hooks;
use sp_core::offchain::{testing::TestOffchainExt, OffchainDbExt};
use sp_keystore::{testing::MemoryKeystore, Keystore, KeystoreExt};

/// What the worker warns of in a block of this time.
fn warned_at(now: Moment) -> Vec<String> {
    pallet_timestamp::Now::<Test>::put(now);
    let found = found_today::<Test>();
    found.iter().map(ToString::to_string).collect()
}

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

#[test]
fn a_node_looks_in_its_off_chain_worker() {
    in_the_banks_node(|| {
        pallet_timestamp::Now::<Test>::put(NOON);
        <Registry as Hooks<u64>>::offchain_worker(1);
        assert!(!is_first_look(TODAY));
    });
}

#[test]
fn a_node_warns_once_a_day_of_a_calendar_that_runs_out_and_says_what_to_do() {
    in_the_banks_node(|| {
        assert_ok!(set("CZ", closed_on(&[])));
        assert_ok!(go_by(ahead(0), &["CZ"]));
        let day = 24 * 60 * MINUTE;
        assert_eq!(warned_at(NOON + 70 * day), Vec::<String>::new());
        let expected = format!(
            "The dates of calendar CZ are known until {}, and agreement 1 goes by them. Later days follow \
             the week alone. Remedy: let a seat propose the next dates by `counterfoil calendar set CZ`.",
            date::show(BusinessDay(TODAY.0 + 100)),
        );
        assert_eq!(warned_at(NOON + 71 * day), [expected.as_str()]);
        assert_eq!(warned_at(NOON + 71 * day + MINUTE), Vec::<String>::new());
        assert_eq!(warned_at(NOON + 72 * day), [expected.as_str()]);
    });
}
