//! Why a read has no answer: codes that stay, the parameter that is at fault, and what helps.

use jsonrpsee::types::{error::INVALID_PARAMS_CODE, ErrorObjectOwned};
use serde_json::json;
use std::fmt::Display;

/// A kind of refusal.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Refusal {
    /// The code, which stays.
    pub code: i32,
    /// The name, which stays too.
    pub name: &'static str,
    /// What it says.
    pub says: &'static str,
}

/// A parameter is missing, unknown, not written as it should be, or beyond its bounds.
pub const INVALID_PARAMETER: Refusal = Refusal {
    code: INVALID_PARAMS_CODE,
    name: "invalid_parameter",
    says: "A parameter is missing, unknown, not written as it should be, or beyond its bounds.",
};

/// The chain has no such thing in that block.
pub const NOT_THERE: Refusal = Refusal {
    code: 8004,
    name: "not_there",
    says: "The chain has nothing of that name in the block that was read.",
};

/// The block cannot be read.
pub const NO_BLOCK: Refusal = Refusal {
    code: 8005,
    name: "no_block",
    says:
        "This node does not know the block, or keeps its state no more, or the block is not final.",
};

/// The node failed.
pub const NODE_FAILED: Refusal = Refusal {
    code: 8003,
    name: "node_failed",
    says: "This node could not read its own database.",
};

/// The block's runtime and this node do not understand each other.
pub const OTHER_RUNTIME: Refusal = Refusal {
    code: 8006,
    name: "other_runtime",
    says:
        "The block's runtime is older or newer than this node, and did not answer what was asked.",
};

/// Too many requests are being answered.
pub const TOO_MANY_REQUESTS: Refusal = Refusal {
    code: 8007,
    name: "too_many_requests",
    says: "As many requests are being answered as the connection or the node takes at a time.",
};

/// There are too many subscriptions.
pub const TOO_MANY_SUBSCRIPTIONS: Refusal = Refusal {
    code: 8008,
    name: "too_many_subscriptions",
    says: "There are as many subscriptions as the connection or the node takes at a time.",
};

/// A subscriber does not take its notifications in time.
pub const TOO_SLOW: Refusal = Refusal {
    code: 8009,
    name: "too_slow",
    says: "The subscriber did not take its notifications in time, so its subscription ended.",
};

/// All of them.
pub const REFUSALS: [Refusal; 8] = [
    INVALID_PARAMETER,
    NOT_THERE,
    NO_BLOCK,
    NODE_FAILED,
    OTHER_RUNTIME,
    TOO_MANY_REQUESTS,
    TOO_MANY_SUBSCRIPTIONS,
    TOO_SLOW,
];

impl Refusal {
    /// A refusal for a parameter, where one is at fault, with what helps.
    pub fn of(
        &self,
        parameter: Option<&str>,
        why: impl Display,
        remedy: impl Display,
    ) -> ErrorObjectOwned {
        let data = json!({
            "name": self.name,
            "parameter": parameter,
            "remedy": remedy.to_string(),
        });
        ErrorObjectOwned::owned(self.code, why.to_string(), Some(data))
    }
}

/// This node failed at a read.
pub fn failed(why: impl Display) -> ErrorObjectOwned {
    NODE_FAILED.of(
        None,
        format!("the node failed: {why}"),
        "ask again, or another node; the log of this one says more",
    )
}

/// A read of a block failed whose runtime has the version `of_block`, on a node of the version `own`: one or
/// the other may lack what is asked. `None` where the block's version cannot be read either.
pub fn failed_at(of_block: Option<u32>, own: u32, why: impl Display) -> ErrorObjectOwned {
    let Some(of_block) = of_block.filter(|version| *version != own) else {
        return failed(why);
    };
    let (than, remedy) = if of_block < own {
        (
            "older",
            "read a later block, or ask a node of the release of that time",
        )
    } else {
        ("newer", "update this node, or ask one of a later release")
    };
    OTHER_RUNTIME.of(
        None,
        format!(
            "the block's runtime, of version {of_block}, is {than} than this node's {own}: {why}"
        ),
        remedy,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The name and the remedy of a read that failed.
    fn failure(of_block: Option<u32>) -> (String, String) {
        let error = failed_at(of_block, 7, "no such method");
        let data = error.data().map_or("{}", |data| data.get());
        let data: serde_json::Value = serde_json::from_str(data).expect("data is JSON");
        let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
        (text("name"), text("remedy"))
    }

    #[test]
    fn a_runtime_that_is_older_than_the_node_is_named() {
        let (name, remedy) = failure(Some(6));
        assert_eq!(name, "other_runtime");
        assert!(remedy.contains("a later block"), "{remedy}");
    }

    #[test]
    fn a_runtime_that_is_newer_than_the_node_is_named() {
        let (name, remedy) = failure(Some(8));
        assert_eq!(name, "other_runtime");
        assert!(remedy.contains("update this node"), "{remedy}");
    }

    #[test]
    fn a_failure_under_the_nodes_own_runtime_is_the_nodes() {
        assert_eq!(failure(Some(7)).0, "node_failed");
        assert_eq!(failure(None).0, "node_failed");
    }

    #[test]
    fn no_two_refusals_share_a_code_or_a_name() {
        let codes: std::collections::BTreeSet<_> = REFUSALS.map(|one| one.code).into();
        let names: std::collections::BTreeSet<_> = REFUSALS.map(|one| one.name).into();
        assert_eq!((codes.len(), names.len()), (REFUSALS.len(), REFUSALS.len()));
    }
}
