//! Connections that are lost.

use std::time::Duration;

/// Why a request over a connection got no answer.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The node is away.
    #[error(
        "the connection to {url} is lost, and no node has answered there for {} s; see that the node runs and can be reached, then run the same command again",
        .tried.as_secs()
    )]
    Away {
        /// Where it answered.
        url: String,
        /// For how long it was tried.
        tried: Duration,
    },
    /// Another chain answers where the node did.
    #[error(
        "the connection to {url} was lost, and the node that answers there is of another chain; name the right one with --url"
    )]
    OtherChain {
        /// Where.
        url: String,
    },
    /// The connection broke, and what went over it is not asked again.
    #[error(
        "the connection to {url} was lost; what was sent over it may have come to its end or not: look, then run the same command again where it has not"
    )]
    Broken {
        /// Where it led.
        url: String,
    },
}

impl Lost {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        match self {
            Self::Away { .. } => {
                "See that the node runs and can be reached, then do the same again."
            }
            Self::OtherChain { .. } => "Connect to a node of the right chain.",
            Self::Broken { .. } => {
                "Look whether it was done, and do it again only where it was not."
            }
        }
    }
}
