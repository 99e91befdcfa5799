//! The keys by which a member's node makes and finalises blocks.

use super::{
    call::Call,
    own_book::{Refused, NO_SUCH_METHOD},
    Chain,
};
use crate::error::{Error as NodeError, SessionKeysRefusal};
use anyhow::{Context, Error, Result};
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
            .map_err(not_made)?;
        SessionKeys::read(&answer)
            .with_context(|| format!("the node made keys in an unknown form: {answer}"))
    }
}

/// What an error means of keys that were asked for. Those of the connection are told as they are.
fn not_made(error: Error) -> Error {
    match error.downcast::<Refused>() {
        Ok(refused) => NodeError::from(refusal(refused)).into(),
        Err(error) => error,
    }
}

/// Why a node refused to make keys. It denies an unsafe method by the code of a method that it does not have.
fn refusal(refused: Refused) -> SessionKeysRefusal {
    let Refused { method, code, said } = refused;
    match code {
        NO_SUCH_METHOD if said.contains("unsafe") => SessionKeysRefusal::Denied,
        NO_SUCH_METHOD => SessionKeysRefusal::UnknownMethod { method },
        _ => SessionKeysRefusal::Failed { said },
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
    use crate::error::Lost;
    use serde_json::json;
    use subxt::rpcs::UserError;

    /// What is said of keys that a node refuses to make with an error of JSON-RPC.
    fn told(code: i32, message: &str) -> SessionKeysRefusal {
        let error = UserError {
            code,
            message: message.into(),
            data: None,
        };
        let refused = Refused::new("author_rotateKeysWithOwner", error);
        match not_made(refused.into()).downcast() {
            Ok(NodeError::SessionKeys(refusal)) => refusal,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_node_that_denies_unsafe_methods_is_told_so() {
        let message = "RPC call is unsafe to be called externally";
        assert_eq!(told(NO_SUCH_METHOD, message), SessionKeysRefusal::Denied);
    }

    #[test]
    fn a_node_without_the_method_is_told_to_have_none() {
        let method = "author_rotateKeysWithOwner".to_owned();
        assert_eq!(
            told(NO_SUCH_METHOD, "Method not found"),
            SessionKeysRefusal::UnknownMethod { method }
        );
    }

    #[test]
    fn a_node_that_fails_to_make_keys_is_told_in_its_own_words() {
        let said = "The key store is unavailable".to_owned();
        assert_eq!(told(1_040, &said), SessionKeysRefusal::Failed { said });
    }

    #[test]
    fn a_connection_that_is_lost_while_keys_are_made_is_told_as_lost() {
        let url = "ws://node".to_owned();
        let lost = NodeError::Lost(Lost::Broken { url });
        let told: NodeError = not_made(lost.into()).downcast().unwrap();
        assert!(matches!(told, NodeError::Lost(Lost::Broken { .. })));
    }

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
