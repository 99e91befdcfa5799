//! One question to a party's node, and its answer: JSON-RPC over HTTP.
//!
//! A peer may be slow, down, broken or hostile. So each request has a deadline, also for the body;
//! a run has a budget of time for all its requests; the body has a size limit; and the answer is
//! believed only as far as it can be checked here: status, JSON, id, hexadecimal, SCALE. Whether it
//! is the book is checked by who asked.

use crate::Config;
use alloc::{
    boxed::Box,
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use codec::{DecodeWithMemLimit, Encode};
use core::{cell::Cell, fmt};
use counterfoil_primitives::{
    fetch::{Answer, Request, SignedRequest, METHOD},
    ports::Directory,
};
use serde::Deserialize;
use sp_core::offchain::{Duration, HttpError, Timestamp};
use sp_runtime::offchain::http;

/// How long all requests of a run may take together, in milliseconds.
pub const RUN_BUDGET_MS: u64 = 40_000;

/// How long a side may take of that, in milliseconds: a peer that answers slowly leaves time for
/// the others.
pub const SIDE_BUDGET_MS: u64 = 20_000;

/// How long a request may take, its answer included, in milliseconds.
pub const REQUEST_MS: u64 = 8_000;

/// The longest body that is read, in bytes. The longest honest answer, the page roots of ten
/// million trades, stays below; so does a question's worth of pages.
pub const MAX_BODY: usize = 4 * 1024 * 1024;

/// The most memory that a decoded answer takes, in bytes. Some bytes on the wire stand for hundreds
/// in memory, such as a slot without entry, and a worker that allocates too much dies.
const MAX_DECODED: usize = 8 * 1024 * 1024;

/// Bytes that are read of a body at once.
const CHUNK: usize = 64 * 1024;

/// Characters of a peer's own words that go to the log.
const MAX_EXCERPT: usize = 200;

/// Why there is no answer to use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Problem {
    /// The commitment went away in the meantime.
    Withdrawn,
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
            Self::Withdrawn => f.write_str("the commitment is gone."),
            Self::NoEndpoint => f.write_str("the member has no endpoint."),
            Self::NotSigned => f.write_str("the request could not be signed."),
            Self::BudgetSpent => f.write_str("this run has no time left for fetching."),
            Self::Slow => f.write_str("the answers take too long, all together."),
            Self::Unfinished(why) => write!(f, "{why} A part of it came before."),
            Self::Unreachable => f.write_str("the node cannot be reached."),
            Self::Late => f.write_str("the answer did not come in time."),
            Self::CutOff => f.write_str("the answer was cut off."),
            Self::TooLarge => write!(f, "the answer is longer than {MAX_BODY} bytes."),
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
            Self::Withdrawn | Self::NotSigned | Self::BudgetSpent | Self::Unfinished(_)
        )
    }

    /// What staff can do about it.
    pub fn remedy(&self) -> &'static str {
        match self {
            Self::Withdrawn => "none is needed; the party commits again.",
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

/// The time that a run, or a side in it, has for fetching; and what was fetched on it.
pub struct Budget {
    until: Timestamp,
    over: Problem,
    fetched: Cell<Fetched>,
}

/// What the answers of a fetch came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Fetched {
    /// Bytes of their bodies.
    pub bytes: usize,
    /// Milliseconds from the questions to their ends.
    pub millis: u64,
}

impl Budget {
    /// The budget of a run that begins now.
    pub fn of_a_run() -> Self {
        let now = sp_io::offchain::timestamp();
        Self {
            until: now.add(Duration::from_millis(RUN_BUDGET_MS)),
            over: Problem::BudgetSpent,
            fetched: Cell::default(),
        }
    }

    /// The share of a side whose fetch begins now. A side that spends a whole share was too slow;
    /// one that comes last, and has less, was not.
    pub fn of_a_side(&self) -> Self {
        let now = sp_io::offchain::timestamp();
        let until = now.add(Duration::from_millis(SIDE_BUDGET_MS));
        let (until, over) = if until <= self.until {
            (until, Problem::Slow)
        } else {
            (self.until, self.over.clone())
        };
        Self {
            until,
            over,
            fetched: Cell::default(),
        }
    }

    /// What was fetched on this budget so far.
    pub fn fetched(&self) -> Fetched {
        self.fetched.get()
    }

    fn note(&self, bytes: usize, since: Timestamp) {
        let Fetched {
            bytes: before,
            millis,
        } = self.fetched.get();
        self.fetched.set(Fetched {
            bytes: before.saturating_add(bytes),
            millis: millis.saturating_add(sp_io::offchain::timestamp().diff(&since).millis()),
        });
    }

    /// Whether too little time is left for a request: a peer always has all of its own.
    pub fn is_spent(&self) -> bool {
        Self::deadline_of_a_request() > self.until
    }

    fn deadline_of_a_request() -> Timestamp {
        sp_io::offchain::timestamp().add(Duration::from_millis(REQUEST_MS))
    }

    /// When a request that begins now must be answered.
    fn deadline(&self) -> Result<Timestamp, Problem> {
        if self.is_spent() {
            return Err(self.over.clone());
        }
        Ok(Self::deadline_of_a_request())
    }
}

/// Signs `request`, sends it to its addressee, and decodes the answer.
pub fn ask<T: Config>(request: Request, budget: &Budget) -> Result<Answer, Problem> {
    let endpoint = T::Directory::endpoint(request.addressee)
        .filter(|endpoint| !endpoint.is_empty())
        .and_then(|endpoint| String::from_utf8(endpoint).ok())
        .ok_or(Problem::NoEndpoint)?;
    let signature = T::Directory::sign_payload(request.requester, &request.signing_payload())
        .ok_or(Problem::NotSigned)?;
    let id = u32::from_le_bytes(core::array::from_fn(|at| request.nonce[at]));
    let signed = SignedRequest { request, signature };
    let body = format!(
        r#"{{"jsonrpc":"2.0","id":{id},"method":"{METHOD}","params":["0x{}"]}}"#,
        hex::encode(signed.encode())
    );
    let deadline = budget.deadline()?;
    let start = sp_io::offchain::timestamp();
    let answer = post(&endpoint, body, deadline)?;
    budget.note(answer.len(), start);
    read_answer(&answer, id)
}

/// Sends `body` and reads what comes back, all of it before `deadline`.
fn post(endpoint: &str, body: String, deadline: Timestamp) -> Result<Vec<u8>, Problem> {
    let pending = http::Request::post(endpoint, vec![body.into_bytes()])
        .add_header("content-type", "application/json")
        .deadline(deadline)
        .send()
        .map_err(|error| match error {
            HttpError::DeadlineReached => Problem::Late,
            HttpError::IoError | HttpError::Invalid => Problem::Unreachable,
        })?;
    let response = pending
        .try_wait(deadline)
        .map_err(|_| Problem::Late)?
        .map_err(|_| Problem::Unreachable)?;
    if response.code != 200 {
        return Err(Problem::Status(response.code));
    }
    read_body(&response, deadline)
}

fn read_body(response: &http::Response, deadline: Timestamp) -> Result<Vec<u8>, Problem> {
    let mut body = Vec::new();
    let mut chunk = vec![0; CHUNK];
    loop {
        let read =
            sp_io::offchain::http_response_read_body(response.id, &mut chunk, Some(deadline))
                .map_err(|error| match error {
                    HttpError::DeadlineReached => Problem::Late,
                    HttpError::IoError | HttpError::Invalid => Problem::CutOff,
                })?;
        let read = chunk.get(..read as usize).ok_or(Problem::CutOff)?;
        if read.is_empty() {
            return Ok(body);
        }
        if body.len() + read.len() > MAX_BODY {
            return Err(Problem::TooLarge);
        }
        body.extend_from_slice(read);
    }
}

/// A JSON-RPC answer, as far as it is looked at.
#[derive(Deserialize)]
struct Envelope<'a> {
    id: Option<u32>,
    #[serde(borrow)]
    result: Option<&'a str>,
    error: Option<RpcError>,
}

#[derive(Deserialize)]
struct RpcError {
    code: i64,
    message: String,
}

pub(super) fn read_answer(body: &[u8], id: u32) -> Result<Answer, Problem> {
    let envelope: Envelope = serde_json::from_slice(body).map_err(|_| Problem::NotJsonRpc)?;
    if let Some(RpcError { code, message }) = envelope.error {
        return Err(Problem::Error(format!("{code} {}", excerpt(&message))));
    }
    if envelope.id != Some(id) {
        return Err(Problem::OtherId);
    }
    let result = envelope.result.ok_or(Problem::NotJsonRpc)?;
    let bytes = hex::decode(result.strip_prefix("0x").unwrap_or(result))
        .map_err(|_| Problem::NotDecodable)?;
    let mut rest = bytes.as_slice();
    Answer::decode_with_mem_limit(&mut rest, MAX_DECODED)
        .ok()
        .filter(|_| rest.is_empty())
        .ok_or(Problem::NotDecodable)
}

/// A peer's own words, short and on one line, so that they cannot fake lines of the log.
pub(super) fn excerpt(text: &str) -> String {
    let short: String = text.chars().take(MAX_EXCERPT).collect();
    short.escape_debug().to_string()
}
