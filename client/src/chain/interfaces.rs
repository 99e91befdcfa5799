//! The versions of a runtime's calls and of its API, and whether this release was built for them.
//!
//! A client encodes calls and decodes answers by its own types, which nobody checks against the chain's.
//! Another version means other types: what a client signs could be another call, and what it reads another
//! answer. A runtime can be upgraded while a client runs. So the runtime of the very block is looked at
//! before anything is signed for it or read from it. The version of the runtime as a whole does not matter
//! here: it rises with each upgrade, and a client goes on as long as calls and answers keep their form.

use crate::error::{Error, Explain, Result, Unfit};
use counterfoil_primitives::runtime_versions::{API_VERSION, TRANSACTION_VERSION};
use serde_json::Value as Json;
use subxt::{
    config::substrate::H256 as Hash,
    rpcs::{rpc_params, RpcClient},
};

/// What a client builds on in a runtime, by version.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Interfaces {
    /// The version of the calls, and of what is signed with them.
    pub calls: u32,
    /// The version of the API that staff reads by; `None` where the runtime has no such API.
    pub api: Option<u32>,
}

/// How a runtime names its API `CounterfoilApi`: the BLAKE2 hash of that, of 64 bits.
fn api_id() -> String {
    let hash = sp_crypto_hashing::blake2_64(b"CounterfoilApi");
    format!("0x{}", hex::encode(hash))
}

/// Fails unless this release was built for calls of that version.
pub(super) fn check_calls(chain: u32) -> Result<(), Unfit> {
    let own = TRANSACTION_VERSION;
    match chain == own {
        true => Ok(()),
        false => Err(Unfit::Calls { chain, own }),
    }
}

impl Interfaces {
    /// Those for which this release was built.
    pub const OWN: Self = Self {
        calls: TRANSACTION_VERSION,
        api: Some(API_VERSION),
    };

    /// Reads a node's answer to `state_getRuntimeVersion`; `None` where it has another form.
    pub fn read(answer: &Json) -> Option<Self> {
        let number = |value: &Json| u32::try_from(value.as_u64()?).ok();
        let own = api_id();
        let apis = answer.get("apis")?.as_array()?;
        let named = apis.iter().find(|api| api[0] == own.as_str());
        Some(Self {
            calls: number(answer.get("transactionVersion")?)?,
            api: named.and_then(|api| number(&api[1])),
        })
    }

    /// Asks a node for those of a block's runtime.
    pub(super) async fn of_block(rpc: &RpcClient, block: Hash) -> Result<Self> {
        let answer: Json = rpc
            .request("state_getRuntimeVersion", rpc_params![block])
            .await
            .of_node(format!(
                "the node does not tell which runtime its block {block:?} has"
            ))?;
        Self::read(&answer).ok_or_else(|| Error::Undecodable {
            what: "the version of the runtime".into(),
            source: None,
        })
    }

    /// Fails unless calls of this release mean there what they mean here.
    pub fn check_calls(&self) -> Result<(), Unfit> {
        check_calls(self.calls)
    }

    /// Fails unless answers mean there what they mean here.
    pub fn check_api(&self) -> Result<(), Unfit> {
        let own = API_VERSION;
        match self.api {
            Some(chain) if chain == own => Ok(()),
            Some(chain) => Err(Unfit::Api { chain, own }),
            None => Err(Unfit::NoApi { own }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use futures::executor::block_on;
    use serde_json::json;
    use std::sync::{Arc, Mutex};
    use subxt::rpcs::{
        client::{RawRpcFuture, RawRpcSubscription, RawValue, RpcClientT},
        Error as RpcError,
    };

    /// A node with a runtime of these versions. It notes what it is asked, and answers nothing else.
    struct Node {
        interfaces: Interfaces,
        asked: Arc<Mutex<Vec<String>>>,
    }

    impl Node {
        fn answer(&self, method: &str) -> Result<Box<RawValue>, RpcError> {
            self.asked.lock().unwrap().push(method.into());
            if method != "state_getRuntimeVersion" {
                return Err(RpcError::Client("nothing else is answered".into()));
            }
            let text = answer(self.interfaces).to_string();
            Ok(RawValue::from_string(text).unwrap())
        }

        fn subscription(&self, method: &str) -> Result<RawRpcSubscription, RpcError> {
            self.asked.lock().unwrap().push(method.into());
            Err(RpcError::Client("nothing else is answered".into()))
        }
    }

    impl RpcClientT for Node {
        fn request_raw<'a>(
            &'a self,
            method: &'a str,
            _: Option<Box<RawValue>>,
        ) -> RawRpcFuture<'a, Box<RawValue>> {
            Box::pin(async move { self.answer(method) })
        }

        fn subscribe_raw<'a>(
            &'a self,
            method: &'a str,
            _: Option<Box<RawValue>>,
            _: &'a str,
        ) -> RawRpcFuture<'a, RawRpcSubscription> {
            Box::pin(async move { self.subscription(method) })
        }
    }

    /// What a node answers of a runtime of these versions.
    fn answer(interfaces: Interfaces) -> Json {
        let own = interfaces.api.map(|version| json!([api_id(), version]));
        let others = [json!(["0xdf6acb689907609b", 5])];
        json!({
            "specName": "counterfoil", "specVersion": 3,
            "transactionVersion": interfaces.calls,
            "apis": others.into_iter().chain(own).collect::<Vec<_>>(),
        })
    }

    fn other_calls() -> Interfaces {
        Interfaces {
            calls: TRANSACTION_VERSION + 1,
            ..Interfaces::OWN
        }
    }

    fn api(api: Option<u32>) -> Interfaces {
        Interfaces {
            api,
            ..Interfaces::OWN
        }
    }

    #[test]
    fn a_runtime_for_which_this_release_was_built_is_signed_for_and_read() {
        assert_eq!(Interfaces::OWN.check_calls(), Ok(()));
        assert_eq!(Interfaces::OWN.check_api(), Ok(()));
    }

    #[test]
    fn a_runtime_of_another_transaction_version_is_not_signed_for_and_is_read() {
        let (chain, own) = (TRANSACTION_VERSION + 1, TRANSACTION_VERSION);
        let refused = Err(Unfit::Calls { chain, own });
        assert_eq!(other_calls().check_calls(), refused);
        assert_eq!(other_calls().check_api(), Ok(()));
    }

    #[test]
    fn a_runtime_of_another_api_version_is_not_read() {
        let own = API_VERSION;
        for chain in [own - 1, own + 1] {
            let refused = Err(Unfit::Api { chain, own });
            assert_eq!(api(Some(chain)).check_api(), refused);
        }
        assert_eq!(api(None).check_api(), Err(Unfit::NoApi { own }));
    }

    #[test]
    fn the_versions_are_read_of_the_chains_own_api() {
        for interfaces in [other_calls(), api(Some(7)), api(None)] {
            assert_eq!(Interfaces::read(&answer(interfaces)), Some(interfaces));
        }
    }

    #[test]
    fn an_answer_without_the_versions_is_not_read() {
        let mut lacking = answer(Interfaces::OWN);
        lacking["transactionVersion"] = Json::Null;
        assert_eq!(Interfaces::read(&lacking), None);
        assert_eq!(Interfaces::read(&json!({ "transactionVersion": 2 })), None);
    }

    #[test]
    fn the_runtime_of_a_block_is_asked_for_and_nothing_is_sent() {
        let asked = Arc::new(Mutex::new(vec![]));
        let node = Node {
            interfaces: other_calls(),
            asked: asked.clone(),
        };
        let rpc = RpcClient::new(node);
        let told = block_on(Interfaces::of_block(&rpc, Hash::default())).unwrap();
        assert_eq!(told, other_calls());
        assert_eq!(*asked.lock().unwrap(), ["state_getRuntimeVersion"]);
    }
}
