//! The operator key of a member, and what it signs.
//!
//! A worker's call is authorised by the operator's signature over a domain, the chain's genesis
//! hash, the call's name, its arguments and an expiry. It uses no account nonce; what was applied
//! is refused from storage.

use crate::{MemberId, Moment};
use alloc::vec::Vec;
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::{crypto::KeyTypeId, H256};
use sp_runtime::traits::{BlakeTwo256, Hash};

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

/// The longest that an operator's authority may lie ahead of the clock, in milliseconds.
pub const MAX_LIFETIME: Moment = 60 * 60 * 1000;

/// An operator's authority for one call.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct OperatorAuth {
    /// The member that acts.
    pub member: MemberId,
    /// When the authority ends.
    pub expires_at: Moment,
    /// Over [`signing_payload`], by the member's operator key.
    pub signature: OperatorSignature,
}

/// What an operator signs for a call: `action` is its name as `pallet.call`, `arguments` its
/// arguments but the authority itself, in their order.
pub fn signing_payload(
    genesis: H256,
    action: &str,
    arguments: &impl Encode,
    member: MemberId,
    expires_at: Moment,
) -> Vec<u8> {
    const DOMAIN: &[u8] = b"counterfoil operator v1";
    let arguments = BlakeTwo256::hash_of(arguments);
    (DOMAIN, genesis, action, arguments, member, expires_at).encode()
}
