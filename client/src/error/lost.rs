//! Connections that are lost.

use std::time::Duration;

/// Why a request over a connection got no answer. [`Self::remedy`] says what helps.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Lost {
    /// The node is away.
    #[error(
        "the connection to {url} is lost, and no node has answered there for {} s",
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
        "the connection to {url} was lost, and the node that answers there is of another chain"
    )]
    OtherChain {
        /// Where.
        url: String,
    },
    /// The connection broke, and what went over it is not asked again.
    #[error(
        "the connection to {url} was lost, and nothing shows whether what was sent over it was done"
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_remedy_of_a_loss_is_no_part_of_its_message() {
        let url = || "ws://node".to_owned();
        let away = Lost::Away {
            url: url(),
            tried: Duration::from_secs(120),
        };
        for (lost, helps) in [
            (away, "can be reached"),
            (Lost::OtherChain { url: url() }, "right chain"),
            (Lost::Broken { url: url() }, "do it again"),
        ] {
            assert!(lost.remedy().contains(helps), "{}", lost.remedy());
            let said = lost.to_string();
            assert!(!said.contains(helps) && !said.contains(';'), "{said}");
        }
    }
}
