//! The keys by which a member's node makes and finalises blocks.

use super::{call::Call, Chain};
use anyhow::{Context, Result};
use codec::Encode;
use counterfoil_primitives::{institution::institution_account, MemberId};
use serde_json::Value as Json;
use subxt::rpcs::rpc_params;

/// Session keys that a node made and keeps.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SessionKeys {
    /// The public keys, one after the other.
    pub keys: Vec<u8>,
    /// Signatures by them over the member's account as an institution.
    pub proof: Vec<u8>,
}

impl Chain {
    /// Has the node make new session keys for a member. It keeps them beside those that it has.
    pub async fn make_session_keys(&self, member: MemberId) -> Result<SessionKeys> {
        let owner = format!("0x{}", hex::encode(institution_account(member)));
        let answer = self
            .ask("author_rotateKeysWithOwner", rpc_params![owner])
            .await
            .context(
                "the node makes no session keys; it must be your own validator, with unsafe methods on",
            )?;
        SessionKeys::read(&answer)
            .with_context(|| format!("the node made keys in an unknown form: {answer}"))
    }
}

impl SessionKeys {
    /// Reads a node's answer.
    fn read(answer: &Json) -> Option<Self> {
        let bytes = |field: &str| {
            let digits = answer.get(field)?.as_str()?.strip_prefix("0x")?;
            hex::decode(digits).ok()
        };
        Some(Self {
            keys: bytes("keys")?,
            proof: bytes("proof")?,
        })
    }

    /// The call by which the member's operator sets them.
    pub fn call(&self) -> Call {
        let arguments = [self.keys.clone(), self.proof.encode()].concat();
        Call::of_bytes("Validators", "set_keys", arguments)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn keys_are_read_with_their_proof() {
        let keys = SessionKeys::read(&json!({ "keys": "0x0102", "proof": "0x03" }));
        assert_eq!(
            keys,
            Some(SessionKeys {
                keys: vec![1, 2],
                proof: vec![3]
            })
        );
    }

    #[test]
    fn keys_without_a_proof_are_refused() {
        for answer in [
            json!({ "keys": "0x0102" }),
            json!({ "keys": "0x0102", "proof": null }),
            json!("0x0102"),
        ] {
            assert_eq!(SessionKeys::read(&answer), None);
        }
    }

    #[test]
    fn keys_stand_bare_in_their_call_and_the_proof_with_its_length() {
        let keys = SessionKeys {
            keys: vec![1, 2],
            proof: vec![3],
        };
        let call = keys.call();
        assert_eq!(call.title(), "Validators.set_keys");
        assert_eq!(call.arguments(), [1, 2, 4, 3]);
    }
}
