//! What the pool and the chain refuse.

use super::Unfit;

/// Why a node did not take a transaction.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PoolRefusal {
    /// It is there already.
    #[error("the node has the transaction already")]
    Known,
    /// What it asks for was applied already, or can no longer be.
    #[error("it was applied already, or can no longer be")]
    Stale,
    /// Its turn has not come: something that must come first is missing.
    #[error("its turn has not come")]
    Early,
    /// The pool is full or has banned it for some minutes: later it may go.
    #[error("the node's pool does not take it now: {0}")]
    Busy(String),
    /// What was signed holds no more: by a fork, a runtime upgrade, or because its era ends. Signed
    /// anew it may go.
    #[error("it has to be signed anew: {0}")]
    Void(String),
    /// The chain would take it, and the node's pool, which lags behind the chain, does not yet.
    #[error("the node's pool lags behind the chain and does not take it yet: {0}")]
    Lagging(String),
    /// It never goes.
    #[error("the chain refuses it: {0}")]
    Invalid(String),
    /// It is not signed: the chain's runtime is not the one that this release was built for.
    #[error(transparent)]
    Unfit(Unfit),
    /// The node cannot be reached, or does not understand.
    #[error("the node cannot be reached: {0}")]
    Unreachable(String),
}

impl PoolRefusal {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Known => "Wait: it is on its way.",
            Self::Stale => "Look whether it was applied.",
            Self::Early => "Send it anew once what comes before it is applied.",
            Self::Busy(_) => "Send it anew later.",
            Self::Void(_) => "Sign and send it anew.",
            Self::Lagging(_) => {
                "Send it anew in a minute: a full pool takes some blocks to catch up."
            }
            Self::Invalid(_) => "Correct the call as the refusal says.",
            Self::Unfit(unfit) => unfit.remedy(),
            Self::Unreachable(_) => "See that the node runs and can be reached.",
        }
    }
}

/// Why the chain refused a call in its block.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum DispatchRefusal {
    /// By an error of a pallet.
    #[error("{pallet}.{name}: {docs}")]
    Pallet {
        /// The pallet.
        pallet: String,
        /// The error's name.
        name: String,
        /// What the error says.
        docs: String,
    },
    /// By an error of the runtime itself, in its own words.
    #[error("{0}")]
    Other(String),
}
