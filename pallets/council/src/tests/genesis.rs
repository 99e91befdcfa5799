//! That a chain starts with a council, or not at all.

use crate::{mock::*, GenesisConfig, Majority, Seats};
use counterfoil_primitives::institution::institution_account;
use frame_support::PalletId;
use pallet_collective::Members;
use sp_core::crypto::AccountId32;
use sp_runtime::traits::AccountIdConversion;

#[test]
fn the_collective_begins_with_the_accounts_of_the_seats() {
    build_and_execute(|| {
        assert_eq!(Seats::<Test>::get().into_inner(), SEATS);
        assert_eq!(Majority::<Test>::get(), MAJORITY);
        assert_eq!(Members::<Test>::get(), SEATS.map(institution_account));
    });
}

#[test]
fn a_seats_account_is_what_a_runtime_derives_of_the_same_name() {
    let derived: AccountId32 = PalletId(*b"cfl/inst").into_sub_account_truncating(7u32);
    assert_eq!(institution_account(7), derived);
}

#[test]
fn a_genesis_survives_json() {
    let config = genesis(&SEATS, MAJORITY).council;
    let json = serde_json::to_value(&config).expect("serialises");
    assert_eq!(json["seats"], serde_json::json!(SEATS));
    assert_eq!(json["majority"], MAJORITY);
    let read: GenesisConfig<Test> = serde_json::from_value(json).expect("reads");
    assert_eq!((read.seats, read.majority), (config.seats, config.majority));
}

#[test]
#[should_panic(expected = "the council's genesis is wrong: NoSeats")]
fn a_chain_with_a_majority_of_no_seats_does_not_start() {
    externalities_of(&[], 1);
}

#[test]
fn an_empty_genesis_makes_a_chain_that_nobody_administers() {
    externalities_of(&[], 0).execute_with(|| {
        assert!(Seats::<Test>::get().is_empty());
        assert!(Members::<Test>::get().is_empty());
    });
}

#[test]
#[should_panic(expected = "the council's genesis is wrong: NoMajority")]
fn a_chain_that_half_of_the_seats_would_rule_does_not_start() {
    externalities_of(&[1, 2, 3, 4], 2);
}

#[test]
#[should_panic(expected = "the council's genesis is wrong: UnknownMember")]
fn a_chain_with_a_seat_of_nobody_does_not_start() {
    externalities_of(&[1, NOBODY], 2);
}
