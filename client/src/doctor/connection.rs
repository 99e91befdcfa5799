//! Whether a node answers, and whether its chain is one that this release knows.

use super::{asking::Asked, finding::Finding, Unanswered};
use serde_json::Value as Json;

/// The check's name.
const CHECK: &str = "connection";

/// What the runtime of this chain calls itself.
const NAME: &str = "counterfoil";

/// The version of the runtime API that this release reads by.
pub(super) const API_VERSION: u64 = 9;

/// How a runtime names its API `CounterfoilApi`: the BLAKE2 hash of that, of 64 bits.
fn api_id() -> String {
    let hash = sp_crypto_hashing::blake2_64(b"CounterfoilApi");
    format!("0x{}", hex::encode(hash))
}

/// The runtime that a node names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// What it calls itself.
    pub name: String,
    /// Its own version.
    pub version: u64,
    /// The version of the runtime API that staff reads by; `None` where it has no such API.
    pub api: Option<u64>,
}

impl Runtime {
    /// Reads a node's answer to `state_getRuntimeVersion`; `None` where it has another form.
    pub(super) fn read(answer: &Json) -> Option<Self> {
        let own = api_id();
        let apis = answer.get("apis")?.as_array()?;
        let named = apis.iter().find(|api| api[0] == own.as_str());
        Some(Self {
            name: answer.get("specName")?.as_str()?.into(),
            version: answer.get("specVersion")?.as_u64()?,
            api: named.and_then(|api| api[1].as_u64()),
        })
    }

    /// Whether this release can read the chain.
    pub(super) fn is_known(&self) -> bool {
        self.name == NAME && self.api == Some(API_VERSION)
    }
}

/// What is found of a node that was not reached.
pub(super) fn not_reached(why: &Unanswered) -> Finding {
    Finding::fault(
        CHECK,
        why.0.clone(),
        "Start the node, or name its address by --url; its log says where it answers (`Running JSON-RPC \
         server`).",
    )
}

/// What is found of the runtime of a node that was reached at `url`.
pub(super) fn findings(url: &str, runtime: &Asked<Runtime>) -> Vec<Finding> {
    super::asking::found_of(CHECK, runtime, |runtime| vec![finding(url, runtime)])
}

fn finding(url: &str, runtime: &Runtime) -> Finding {
    let Runtime { name, version, api } = runtime;
    if name != NAME {
        return Finding::fault(
            CHECK,
            format!("the node at {url} is of another chain: its runtime is called {name}"),
            "Name your own node of Counterfoil by --url.",
        );
    }
    match api {
        Some(API_VERSION) => Finding::ok(
            CHECK,
            format!("{url} answers; runtime {version}, API {API_VERSION}"),
        ),
        api => {
            let api = api.map_or_else(|| "none".into(), |api| api.to_string());
            Finding::fault(
                CHECK,
                format!(
                    "the chain has another runtime API than this command reads by: {api}, not {API_VERSION}"
                ),
                "Use the release of `counterfoil` that fits the chain's runtime.",
            )
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;
    use serde_json::json;

    fn runtime(name: &str, api: Option<u64>) -> Runtime {
        Runtime {
            name: name.into(),
            version: 1,
            api,
        }
    }

    fn state(runtime: Runtime) -> State {
        finding("ws://node", &runtime).state
    }

    #[test]
    fn a_runtime_is_read_with_its_own_api() {
        let answer = json!({
            "specName": "counterfoil", "specVersion": 3,
            "apis": [["0xdf6acb689907609b", 5], [api_id(), 7]],
        });
        let expected = Runtime {
            version: 3,
            ..runtime("counterfoil", Some(7))
        };
        assert_eq!(Runtime::read(&answer), Some(expected));
        assert_eq!(Runtime::read(&json!({ "specName": "x" })), None);
    }

    #[test]
    fn a_chain_of_the_known_api_is_in_order_and_any_other_a_fault() {
        assert_eq!(state(runtime(NAME, Some(API_VERSION))), State::Ok);
        assert_eq!(state(runtime(NAME, Some(API_VERSION + 1))), State::Fault);
        assert_eq!(state(runtime(NAME, None)), State::Fault);
        assert_eq!(state(runtime("polkadot", None)), State::Fault);
    }

    #[test]
    fn only_a_chain_in_order_is_read_further() {
        assert!(runtime(NAME, Some(API_VERSION)).is_known());
        assert!(!runtime(NAME, Some(API_VERSION + 1)).is_known());
        assert!(!runtime("polkadot", Some(API_VERSION)).is_known());
    }

    #[test]
    fn another_chain_is_told_apart_from_another_release() {
        let chain = finding("ws://node", &runtime("polkadot", None));
        assert!(chain.remedy.unwrap().contains("--url"));
        let release = finding("ws://node", &runtime(NAME, Some(API_VERSION + 1)));
        assert!(release.remedy.unwrap().contains("release"));
    }

    #[test]
    fn where_nothing_answers_the_remedy_names_the_option() {
        let found = not_reached(&Unanswered("no node answers at ws://127.0.0.1:1".into()));
        assert_eq!(found.state, State::Fault);
        assert!(found.found.contains("127.0.0.1:1"));
        assert!(found.remedy.unwrap().contains("--url"));
    }
}
