//! What can fail between a client and the chain, and what helps.

mod amendment;
mod council;
mod lost;
mod obligation;
mod refusal;
mod session_keys;
mod suspension;
mod unfit;

pub use amendment::AmendmentRefusal;
pub use council::CouncilRefusal;
pub use lost::Lost;
pub use obligation::{ObligationRefusal, PeriodName};
pub use refusal::{DispatchRefusal, PoolRefusal};
pub use session_keys::SessionKeysRefusal;
pub use suspension::SuspensionRefusal;
pub use unfit::Unfit;

use counterfoil_primitives::{AgreementId, MemberId};
use sp_core::H256;
use std::{error::Error as StdError, time::Duration};
use subxt::rpcs::Error as RpcError;

/// An error of another crate, as the source of one of these.
pub type Source = Box<dyn StdError + Send + Sync>;

/// What functions of a connection return.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// Why something between a client and the chain failed. [`Self::remedy`] says what helps.
#[derive(Debug, thiserror::Error)]
#[non_exhaustive]
pub enum Error {
    /// No node answers.
    #[error("no node answers at {url}")]
    NoNode {
        /// Where it was looked for.
        url: String,
        /// What became of the attempt.
        source: Source,
    },
    /// The connection to the node is lost.
    #[error(transparent)]
    Lost(#[from] Lost),
    /// The chain's runtime is not the one that this release was built for.
    #[error(transparent)]
    Unfit(#[from] Unfit),
    /// The node did not answer a question, or answered with an error.
    #[error("{what}")]
    Node {
        /// What was not learnt of it.
        what: String,
        /// Its answer.
        source: Source,
    },
    /// The node has no block of that number on its best chain.
    #[error("the node has no block {0}")]
    NoBlock(u64),
    /// The chain has no agreement, day or member that was asked for.
    #[error("{0}")]
    NotFound(String),
    /// A member is neither the company nor the bank of an agreement.
    #[error(
        "member {member} is no party of agreement {agreement}; its parties are members {} and {}",
        .parties[0], .parties[1]
    )]
    NoParty {
        /// The member.
        member: MemberId,
        /// The agreement.
        agreement: AgreementId,
        /// The parties, the company first.
        parties: [MemberId; 2],
    },
    /// The chain's runtime has no pallet, call, storage or constant of a name.
    #[error("the chain has no {0}")]
    Absent(String),
    /// Something that came from the node does not decode.
    #[error("{what} has an unknown shape")]
    Undecodable {
        /// What was to be decoded.
        what: String,
        /// Why it does not, where that is known.
        source: Option<Source>,
    },
    /// A call could not be signed for the chain's runtime.
    #[error("cannot sign {call}")]
    Unsigned {
        /// The call's name.
        call: String,
        /// Why not.
        source: Source,
    },
    /// The chain or the node's pool did not take a call.
    #[error("{call}: {refusal}")]
    Pool {
        /// The call's name.
        call: String,
        /// Why not.
        refusal: PoolRefusal,
    },
    /// The chain refused a call in its block.
    #[error("{call} is refused: {refusal}")]
    Dispatch {
        /// The call's name.
        call: String,
        /// Why.
        refusal: DispatchRefusal,
    },
    /// The council does not do what was asked of it, or its call failed.
    #[error(transparent)]
    Council(#[from] CouncilRefusal),
    /// A proposal of an amendment is not what was asked for, or cannot be sent.
    #[error(transparent)]
    Amendment(#[from] AmendmentRefusal),
    /// What was asked of an obligation is not what the chain would take.
    #[error(transparent)]
    Obligation(#[from] ObligationRefusal),
    /// A client is not suspended, or its suspension not lifted; or it is suspended.
    #[error(transparent)]
    Suspension(#[from] SuspensionRefusal),
    /// The node made no session keys.
    #[error(transparent)]
    SessionKeys(#[from] SessionKeysRefusal),
    /// A call is in a block that did not become final in time.
    #[error(
        "{call} is in block {block:?}, but not final yet after {} s; it becomes final when the chain finalises that block",
        .waited.as_secs()
    )]
    NotFinal {
        /// The call's name.
        call: String,
        /// The block, of the best chain.
        block: H256,
        /// How long it was waited for.
        waited: Duration,
    },
    /// A call got into no block in time.
    #[error(
        "{call} is in no block yet after {} s; it may still enter a block before block {ends_at}",
        .waited.as_secs()
    )]
    NotIncluded {
        /// The call's name.
        call: String,
        /// The block from which on it enters none.
        ends_at: u64,
        /// How long it was waited for.
        waited: Duration,
    },
    /// What became of a call that was sent could not be followed to its end.
    #[error("{call} is not known to be final")]
    Unfollowed {
        /// The call's name.
        call: String,
        /// Why not.
        source: Source,
    },
}

impl Error {
    /// What helps.
    pub const fn remedy(&self) -> &'static str {
        const FITTING_RELEASE: &str = "Use a release of this client that fits the chain's runtime.";
        match self {
            Self::NoNode { .. } => "Start a node there, or connect to another one.",
            Self::Lost(lost) => lost.remedy(),
            Self::Unfit(unfit) => unfit.remedy(),
            Self::Node { .. } => "See that the node runs and is in step with the chain.",
            Self::NoBlock(_) => "Connect to a node that has the block.",
            Self::NotFound(_) => "Name one that exists, and connect to the right chain.",
            Self::NoParty { .. } => "Sign with the key of one of the parties.",
            Self::Absent(_) | Self::Undecodable { .. } | Self::Unsigned { .. } => FITTING_RELEASE,
            Self::Pool { refusal, .. } => refusal.remedy(),
            Self::Dispatch { .. } => "Correct the call as the error says, and send it anew.",
            Self::Council(refusal) => refusal.remedy(),
            Self::Amendment(refusal) => refusal.remedy(),
            Self::Obligation(refusal) => refusal.remedy(),
            Self::Suspension(refusal) => refusal.remedy(),
            Self::SessionKeys(refusal) => refusal.remedy(),
            Self::NotFinal { .. } => {
                "See that enough of the chain's validators run. Send nothing anew."
            }
            Self::NotIncluded { .. } => "Send it anew only after that block is final.",
            Self::Unfollowed { .. } => {
                "Check whether the call was applied, and send it anew only if it was not."
            }
        }
    }

    /// The error of something that is not learnt of the node.
    pub(crate) fn node(what: impl Into<String>, source: impl Into<Source>) -> Self {
        let source = source.into();
        match loss_in(source.as_ref()) {
            Some(lost) => Self::Lost(lost.clone()),
            None => Self::Node {
                what: what.into(),
                source,
            },
        }
    }

    /// The error of something that does not decode.
    pub(crate) fn undecodable(what: impl Into<String>, source: impl Into<Source>) -> Self {
        Self::Undecodable {
            what: what.into(),
            source: Some(source.into()),
        }
    }
}

/// The loss of the connection that an error of the transport tells of.
fn loss_in<'a>(error: &'a (dyn StdError + Send + Sync + 'static)) -> Option<&'a Lost> {
    match error.downcast_ref::<RpcError>()? {
        RpcError::Client(inner) => inner.downcast_ref(),
        _ => None,
    }
}

/// What an error of the transport comes from, without the layers around it, each of which says the same.
pub(crate) fn innermost(error: RpcError) -> String {
    match error {
        RpcError::Client(inner) => match inner.downcast::<RpcError>() {
            Ok(nested) => innermost(*nested),
            Err(cause) => cause.to_string(),
        },
        other => other.to_string(),
    }
}

/// Says what an error of another crate means here.
pub(crate) trait Explain<T> {
    /// `what` is not learnt of the node.
    fn of_node(self, what: impl Into<String>) -> Result<T>;

    /// `what` does not decode.
    fn of_shape(self, what: impl Into<String>) -> Result<T>;
}

impl<T, E: Into<Source>> Explain<T> for std::result::Result<T, E> {
    fn of_node(self, what: impl Into<String>) -> Result<T> {
        self.map_err(|source| Error::node(what, source))
    }

    fn of_shape(self, what: impl Into<String>) -> Result<T> {
        self.map_err(|source| Error::undecodable(what, source))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lost_connection_is_known_within_an_error_of_the_transport() {
        let away = Lost::OtherChain {
            url: "ws://node".into(),
        };
        let error = Error::node("its best block", RpcError::from(away.clone()));
        assert!(matches!(error, Error::Lost(lost) if lost == away));
    }

    #[test]
    fn another_error_of_the_transport_keeps_what_was_asked() {
        let broken = RpcError::Client("the background task closed".into());
        let error = Error::node("its best block", broken);
        assert_eq!(error.to_string(), "its best block");
        let source = StdError::source(&error).unwrap().to_string();
        assert!(source.contains("background task"), "{source}");
    }

    #[test]
    fn an_error_of_the_transport_is_told_by_its_innermost_cause() {
        let broken = RpcError::Client("connection refused".into());
        assert_eq!(
            innermost(RpcError::Client(Box::new(broken))),
            "connection refused"
        );
        let unsafe_url = RpcError::InsecureUrl("http://node".into());
        let told = unsafe_url.to_string();
        assert_eq!(innermost(RpcError::Client(Box::new(unsafe_url))), told);
    }

    #[test]
    fn what_is_not_final_in_time_is_said_to_be_where_it_is() {
        let waited = Duration::from_secs(180);
        let call = || "trades.seal".to_owned();
        let waiting = Error::NotIncluded {
            call: call(),
            ends_at: 128,
            waited,
        };
        let waiting = waiting.to_string();
        assert!(waiting.contains("in no block yet after 180 s"), "{waiting}");
        assert!(waiting.contains("before block 128"), "{waiting}");
        let entered = Error::NotFinal {
            call: call(),
            block: H256::repeat_byte(7),
            waited,
        };
        let entered = entered.to_string();
        assert!(entered.contains("0x0707"), "{entered}");
        assert!(entered.contains("not final yet"), "{entered}");
    }

    #[test]
    fn a_refusal_by_the_pool_says_of_which_call_and_what_helps() {
        let error = Error::Pool {
            call: "trades.seal".into(),
            refusal: PoolRefusal::Void("a fork".into()),
        };
        assert!(error.to_string().starts_with("trades.seal: "), "{error}");
        assert_eq!(error.remedy(), PoolRefusal::Void(String::new()).remedy());
    }

    #[test]
    fn a_refusal_by_a_pallet_is_told_in_the_pallets_words() {
        let error = Error::Dispatch {
            call: "trades.seal".into(),
            refusal: DispatchRefusal::Pallet {
                pallet: "Trades".into(),
                name: "DayOpen".into(),
                docs: "The day still takes trades.".into(),
            },
        };
        assert_eq!(
            error.to_string(),
            "trades.seal is refused: Trades.DayOpen: The day still takes trades."
        );
    }
}
