//! The operator key of a member.

use crate::MemberId;
use alloc::vec::Vec;
use codec::Encode;
use sp_core::{crypto::KeyTypeId, H256};

/// The key type of operator keys in a node's keystore.
pub const OPERATOR_KEY_TYPE: KeyTypeId = KeyTypeId(*b"oper");

mod app {
    use sp_application_crypto::{app_crypto, sr25519};
    app_crypto!(sr25519, super::OPERATOR_KEY_TYPE);
}

/// A member's operator key (sr25519).
pub type OperatorId = app::Public;

/// A signature by an operator key.
pub type OperatorSignature = app::Signature;

/// A pair of an operator key.
#[cfg(feature = "std")]
pub type OperatorPair = app::Pair;

/// What a new operator key signs to say that it is to act for `member` of the chain with this
/// genesis hash.
pub fn rotation_payload(genesis: H256, member: MemberId) -> Vec<u8> {
    const DOMAIN: &[u8] = b"counterfoil operator key v1";
    (DOMAIN, genesis, member).encode()
}
