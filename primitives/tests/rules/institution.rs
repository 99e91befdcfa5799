//! The accounts of institutions, which no key may ever lead to.

use counterfoil_primitives::institution::{institution_account, institution_of};
use proptest::prelude::*;
use sp_core::crypto::AccountId32;

#[test]
fn the_account_of_an_institution_has_these_bytes() {
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(b"modl");
    bytes[4..12].copy_from_slice(b"cfl/inst");
    bytes[12..16].copy_from_slice(&[0x04, 0x03, 0x02, 0x01]);
    assert_eq!(institution_account(0x0102_0304), AccountId32::new(bytes));
}

#[test]
fn an_account_with_one_byte_changed_is_no_other_institutions() {
    let account = institution_account(7);
    for place in (0..12).chain(16..32) {
        let mut bytes: [u8; 32] = account.clone().into();
        bytes[place] ^= 1;
        assert_eq!(institution_of(&AccountId32::new(bytes)), None, "{place}");
    }
}

proptest! {
    #[test]
    fn an_account_leads_back_to_its_member(member: u32) {
        prop_assert_eq!(institution_of(&institution_account(member)), Some(member));
    }
}
