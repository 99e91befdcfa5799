//! One question to a party's node, and its answer: JSON-RPC over HTTP.
//!
//! A peer may be slow, down, broken or hostile. So each request has a deadline, also for the body;
//! the body has a size limit; and the answer is believed only as far as it can be checked here:
//! status, JSON, id, hexadecimal, SCALE. Whether it is the book is checked by who asked.

use super::{budget::Budget, fetch_problem::Problem};
use crate::Config;
use alloc::{
    format,
    string::{String, ToString},
    vec,
    vec::Vec,
};
use codec::Encode;
use counterfoil_primitives::{
    book_exchange::{decode_answer, Answer, Request, SignedRequest, MAX_ANSWER, METHOD},
    ports::Directory,
};
use serde::Deserialize;
use sp_core::offchain::{HttpError, Timestamp};
use sp_runtime::offchain::http;

/// The longest body that is read, in bytes: two hexadecimal digits for each byte of an answer.
pub const MAX_BODY: usize = 2 * MAX_ANSWER;

/// Bytes that are read of a body at once.
const CHUNK: usize = 64 * 1024;

/// Characters of a peer's own words that go to the log.
const MAX_EXCERPT: usize = 200;

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

/// The answer that a body holds, to the request with this id.
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
    decode_answer(&bytes).map_err(|_| Problem::NotDecodable)
}

/// A peer's own words, short and on one line, so that they cannot fake lines of the log.
pub(super) fn excerpt(text: &str) -> String {
    let short: String = text.chars().take(MAX_EXCERPT).collect();
    short.escape_debug().to_string()
}
