//! The accounts of institutions.
//!
//! A member that sits in the council or runs a validator stands there under an account that is derived
//! from its number, so that its operator key may change. Nobody holds a key of such an account.

use crate::MemberId;
use codec::{Decode, Encode};
use sp_core::crypto::AccountId32;

/// What all accounts begin with that a runtime derives for itself, and the name of this kind.
const BEGINNING: [u8; 12] = *b"modlcfl/inst";

/// The account of a member as an institution: a fixed beginning, the number in SCALE, and zeros.
pub fn institution_account(member: MemberId) -> AccountId32 {
    let mut bytes = [0; 32];
    let parts = (BEGINNING, member).encode();
    bytes[..parts.len()].copy_from_slice(&parts);
    AccountId32::new(bytes)
}

/// The member whose account as an institution this is; `None` where it is no such account.
pub fn institution_of(account: &AccountId32) -> Option<MemberId> {
    let bytes: &[u8] = account.as_ref();
    let member = MemberId::decode(&mut bytes.get(BEGINNING.len()..)?).ok()?;
    (institution_account(member) == *account).then_some(member)
}
