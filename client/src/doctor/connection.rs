//! Whether a node answers, and whether its chain is one that this release knows.

use super::{asking::Asked, finding::Finding, Unanswered};
use crate::chain::interfaces::Interfaces;
use counterfoil_primitives::runtime_versions::API_VERSION;
use serde_json::Value as Json;

/// The check's name.
const CHECK: &str = "connection";

/// What the runtime of this chain calls itself.
const NAME: &str = "counterfoil";

/// The runtime that a node names.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Runtime {
    /// What it calls itself.
    pub name: String,
    /// Its own version.
    pub version: u64,
    /// The versions of its calls and of its API.
    pub interfaces: Interfaces,
}

impl Runtime {
    /// Reads a node's answer to `state_getRuntimeVersion`; `None` where it has another form.
    pub(super) fn read(answer: &Json) -> Option<Self> {
        Some(Self {
            name: answer.get("specName")?.as_str()?.into(),
            version: answer.get("specVersion")?.as_u64()?,
            interfaces: Interfaces::read(answer)?,
        })
    }

    /// Whether this release can read the chain.
    pub(super) fn is_known(&self) -> bool {
        self.name == NAME && self.interfaces.check_api().is_ok()
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
    let Runtime {
        name,
        version,
        interfaces,
    } = runtime;
    if name != NAME {
        return Finding::fault(
            CHECK,
            format!("the node at {url} is of another chain: its runtime is called {name}"),
            "Name your own node of Counterfoil by --url.",
        );
    }
    match interfaces.check_api().and(interfaces.check_calls()) {
        Ok(()) => Finding::ok(
            CHECK,
            format!("{url} answers; runtime {version}, API {API_VERSION}"),
        ),
        Err(unfit) => Finding::fault(CHECK, unfit.to_string(), unfit.remedy()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::State;
    use serde_json::json;

    fn runtime(name: &str, interfaces: Interfaces) -> Runtime {
        Runtime {
            name: name.into(),
            version: 1,
            interfaces,
        }
    }

    /// A runtime of which this release reads nothing.
    fn other_api() -> Interfaces {
        Interfaces {
            api: Some(API_VERSION + 1),
            ..Interfaces::OWN
        }
    }

    /// A runtime for which this release signs nothing.
    fn other_calls() -> Interfaces {
        Interfaces {
            calls: Interfaces::OWN.calls + 1,
            ..Interfaces::OWN
        }
    }

    fn without_api() -> Interfaces {
        Interfaces {
            api: None,
            ..Interfaces::OWN
        }
    }

    fn state(runtime: Runtime) -> State {
        finding("ws://node", &runtime).state
    }

    #[test]
    fn a_runtime_is_read_with_its_name_and_its_versions() {
        let answer = json!({
            "specName": "counterfoil", "specVersion": 3, "transactionVersion": 9, "apis": [],
        });
        let interfaces = Interfaces {
            calls: 9,
            api: None,
        };
        let expected = Runtime {
            version: 3,
            ..runtime("counterfoil", interfaces)
        };
        assert_eq!(Runtime::read(&answer), Some(expected));
        assert_eq!(Runtime::read(&json!({ "specName": "x" })), None);
    }

    #[test]
    fn a_chain_for_which_this_release_was_built_is_in_order_and_any_other_a_fault() {
        assert_eq!(state(runtime(NAME, Interfaces::OWN)), State::Ok);
        for other in [other_api(), other_calls(), without_api()] {
            assert_eq!(state(runtime(NAME, other)), State::Fault);
        }
        assert_eq!(state(runtime("polkadot", without_api())), State::Fault);
    }

    #[test]
    fn only_a_chain_of_the_known_api_is_read_further() {
        assert!(runtime(NAME, Interfaces::OWN).is_known());
        assert!(runtime(NAME, other_calls()).is_known());
        assert!(!runtime(NAME, other_api()).is_known());
        assert!(!runtime("polkadot", Interfaces::OWN).is_known());
    }

    #[test]
    fn another_chain_is_told_apart_from_another_release() {
        let chain = finding("ws://node", &runtime("polkadot", without_api()));
        assert!(chain.remedy.unwrap().contains("--url"));
        let release = finding("ws://node", &runtime(NAME, other_api()));
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
