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

/// A parameter is missing, unknown, or not written as it should be.
pub const INVALID_PARAMETER: Refusal = Refusal {
    code: INVALID_PARAMS_CODE,
    name: "invalid_parameter",
    says: "A parameter is missing, unknown, or not written as it should be.",
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
    says: "This node does not know the block, or does not keep its state any more.",
};

/// The node failed.
pub const NODE_FAILED: Refusal = Refusal {
    code: 8003,
    name: "node_failed",
    says: "This node could not read its own database.",
};

/// All of them.
pub const REFUSALS: [Refusal; 4] = [INVALID_PARAMETER, NOT_THERE, NO_BLOCK, NODE_FAILED];

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
