//! Why a party's book could not be fetched, who has a part in it, and what helps.

use alloc::{boxed::Box, string::String};
use core::fmt;

/// Why there is no answer to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The party has not committed in the current round.
    NotCommitted,
    /// The party has no endpoint.
    NoEndpoint,
    /// This node's keystore does not sign.
    NotSigned,
    /// The run has no time left.
    BudgetSpent,
    /// The node answers, but too slowly for a side's share of a run.
    Slow,
    /// A part of the book came, and then this: a later run goes on from there.
    Unfinished(Box<Self>),
    /// The node cannot be reached.
    Unreachable,
    /// The answer did not come in time.
    Late,
    /// The connection broke within the answer.
    CutOff,
    /// The answer is longer than any honest one.
    TooLarge,
    /// The HTTP status is not 200.
    Status(u16),
    /// The body is no JSON-RPC answer; also what is left of one that was cut off.
    NotJsonRpc,
    /// The answer carries another id than the question.
    OtherId,
    /// The answer is an error.
    Error(String),
    /// The result is no hexadecimal SCALE of an answer.
    NotDecodable,
    /// The node refuses, and says why.
    Refused(String),
    /// The answer is to another question.
    OtherQuestion,
    /// The answer does not rehash to the commitment: it is false, or somebody else's.
    False,
}

impl fmt::Display for Problem {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NotCommitted => f.write_str("the side has no commitment."),
            Self::NoEndpoint => f.write_str("the member has no endpoint."),
            Self::NotSigned => f.write_str("the request could not be signed."),
            Self::BudgetSpent => f.write_str("this run has no time left for fetching."),
            Self::Slow => f.write_str("the answers take too long, all together."),
            Self::Unfinished(why) => write!(f, "{why} A part of it came before."),
            Self::Unreachable => f.write_str("the node cannot be reached."),
            Self::Late => f.write_str("the answer did not come in time."),
            Self::CutOff => f.write_str("the answer was cut off."),
            Self::TooLarge => f.write_str("the answer is longer than any honest one."),
            Self::Status(status) => write!(f, "the node answers with HTTP status {status}."),
            Self::NotJsonRpc => f.write_str("the answer is no whole JSON-RPC answer."),
            Self::OtherId => f.write_str("the answer is to another request."),
            Self::Error(message) => write!(f, "the node answers with the error {message}."),
            Self::NotDecodable => f.write_str("the answer is no hexadecimal SCALE."),
            Self::Refused(reason) => write!(f, "the node refuses: {reason}."),
            Self::OtherQuestion => f.write_str("the answer is to another question."),
            Self::False => f.write_str("the answer does not rehash to the commitment."),
        }
    }
}

impl Problem {
    /// Whether the peer did not answer at all: its other books cannot be had either.
    pub const fn is_silence(&self) -> bool {
        matches!(self, Self::Unreachable | Self::Late)
    }

    /// Whether the peer answered what is not so: then nothing that it said in this run is used.
    pub const fn is_falsehood(&self) -> bool {
        matches!(self, Self::False | Self::OtherQuestion)
    }

    /// Whether the peer took much time: it is left alone for a while, and others come first.
    pub fn took_long(&self) -> bool {
        match self {
            Self::Unfinished(why) => why.took_long(),
            other => other.is_silence() || matches!(other, Self::Slow),
        }
    }

    /// The problem of a run that brought a fetch further, where `advanced`.
    pub fn after_progress(self, advanced: bool) -> Self {
        if advanced && !self.is_falsehood() && !self.is_ours() {
            Self::Unfinished(Box::new(self))
        } else {
            self
        }
    }

    /// Whether the peer has no part in it.
    pub const fn is_ours(&self) -> bool {
        matches!(
            self,
            Self::NotCommitted | Self::NotSigned | Self::BudgetSpent | Self::Unfinished(_)
        )
    }

    /// What staff can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::NotCommitted => "none is needed; the party commits.",
            Self::NoEndpoint => "the member sets its endpoint.",
            Self::NotSigned => "insert the member's operator key into this node's keystore.",
            Self::BudgetSpent => "none, unless it repeats; then look at the peers that hang.",
            Self::Slow => "see what holds up the member's node, or the way to it.",
            Self::Unfinished(why) => why.remedy(),
            Self::Unreachable | Self::Late | Self::CutOff => {
                "see that the member's node runs, and is reachable at its endpoint."
            }
            Self::Status(_) | Self::NotJsonRpc | Self::OtherId | Self::TooLarge => {
                "see that the member's endpoint is its node, and that nothing alters its answers."
            }
            Self::Error(_) | Self::NotDecodable | Self::OtherQuestion => {
                "see that the member's node runs a release that fits this one."
            }
            Self::Refused(_) => "the member looks into what its node says.",
            Self::False => {
                "the member serves the book that it committed to; else its side defaults."
            }
        }
    }
}
