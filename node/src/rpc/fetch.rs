//! `counterfoil_fetchBook`: a member asks for a book of this node's party.
//!
//! A node opens its party's book to nobody but the other party and the reconciler of that
//! agreement, and not before the day is to be reconciled: until then nobody is to copy from another.
//! The request is signed; it names chain, addressee, expiry, and a nonce that is taken once. A
//! refusal is an answer that says why.

use super::{chain::State, error::unreadable, keys::acts_for};
use crate::books::{BookId, Books};
use codec::{Decode, DecodeAll, Encode};
use counterfoil_primitives::{
    fetch::{Answer, Question, Request, SignedRequest, MAX_LIFETIME, MAX_PAGES},
    operator::OperatorPair,
    store::{BookState, Item},
    tree::page_count,
    MemberId, Moment,
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc, types::ErrorObjectOwned};
use parking_lot::Mutex;
use sp_core::{
    offchain::{OffchainStorage, STORAGE_PREFIX},
    Bytes, Pair,
};
use sp_keystore::KeystorePtr;
use std::{collections::BTreeMap, sync::Arc, time::SystemTime};

/// Books for peers.
#[rpc(server)]
pub trait FetchApi {
    /// Answers a request: hexadecimal SCALE of `SignedRequest`, to hexadecimal SCALE of `Answer`.
    #[method(name = "counterfoil_fetchBook", blocking)]
    fn fetch_book(&self, request: Bytes) -> RpcResult<Bytes>;
}

/// The most requests of a member that are answered before the first of them expires.
const MAX_NONCES: usize = 4096;

/// Where the nonces lie in the off-chain database.
const NONCES: &[u8] = b"counterfoil/nonces";

/// Nonces of members, with the expiry of their requests.
type Seen = BTreeMap<(MemberId, [u8; 16]), Moment>;

/// The nonces of requests answered before. A request that expired is refused for that, so its
/// nonce may be forgotten; the others are kept in the database, for the time after a restart.
#[derive(Clone)]
pub struct Nonces<S> {
    seen: Arc<Mutex<(S, Seen)>>,
}

impl<S: OffchainStorage> Nonces<S> {
    /// The nonces that `storage` keeps.
    pub fn new(storage: S) -> Self {
        let seen = storage
            .get(STORAGE_PREFIX, NONCES)
            .and_then(|bytes| Seen::decode(&mut &bytes[..]).ok())
            .unwrap_or_default();
        Self {
            seen: Arc::new(Mutex::new((storage, seen))),
        }
    }

    /// Takes a nonce, unless it was taken before.
    fn take(&self, request: &Request, now: Moment) -> Result<(), Denial> {
        let (storage, seen) = &mut *self.seen.lock();
        seen.retain(|_, expires_at| *expires_at >= now);
        let key = (request.requester, request.nonce);
        require(!seen.contains_key(&key), "the nonce was used before")?;
        let of_member = (request.requester, [0; 16])..=(request.requester, [u8::MAX; 16]);
        require(
            seen.range(of_member).count() < MAX_NONCES,
            "there are too many requests at a time",
        )?;
        seen.insert(key, request.expires_at);
        storage.set(STORAGE_PREFIX, NONCES, &seen.encode());
        Ok(())
    }
}

/// Answers requests for books.
pub struct Fetch<C, S> {
    chain: C,
    keystore: KeystorePtr,
    books: Books<S>,
    nonces: Nonces<S>,
}

impl<C, S> Fetch<C, S> {
    /// Answers from `books`, for the members whose operator keys `keystore` holds.
    pub const fn new(chain: C, keystore: KeystorePtr, books: Books<S>, nonces: Nonces<S>) -> Self {
        Self {
            chain,
            keystore,
            books,
            nonces,
        }
    }
}

impl<C, S> FetchApiServer for Fetch<C, S>
where
    C: State + Send + Sync + 'static,
    S: OffchainStorage + 'static,
{
    fn fetch_book(&self, request: Bytes) -> RpcResult<Bytes> {
        let signed = SignedRequest::decode_all(&mut &request[..]).map_err(unreadable)?;
        let answer = self.answer(&signed, now())?;
        Ok(answer.encode().into())
    }
}

/// Why a request is refused, in words for the requester; or a failure of this node.
enum Denial {
    Refused(String),
    Failed(ErrorObjectOwned),
}

impl From<ErrorObjectOwned> for Denial {
    fn from(error: ErrorObjectOwned) -> Self {
        Self::Failed(error)
    }
}

/// Goes on where the condition holds, and refuses for the reason where it does not.
fn require(condition: bool, reason: &str) -> Result<(), Denial> {
    if condition {
        Ok(())
    } else {
        Err(Denial::Refused(reason.into()))
    }
}

impl<C: State, S: OffchainStorage> Fetch<C, S> {
    fn answer(&self, signed: &SignedRequest, now: Moment) -> RpcResult<Answer> {
        let answer = self
            .check(signed, now)
            .and_then(|()| self.read(&signed.request));
        match answer {
            Ok(answer) => Ok(answer),
            Err(Denial::Refused(reason)) => {
                let requester = signed.request.requester;
                log::debug!("Refused a book to member {requester}: {reason}");
                Ok(Answer::Refused(reason))
            }
            Err(Denial::Failed(error)) => Err(error),
        }
    }

    /// Checks all but the question. The nonce comes last: only a request that is good otherwise
    /// uses it up.
    fn check(&self, signed: &SignedRequest, now: Moment) -> Result<(), Denial> {
        let request = &signed.request;
        require(
            request.genesis == self.chain.genesis(),
            "the request is for another chain",
        )?;
        require(request.expires_at >= now, "the request has expired")?;
        require(
            request.expires_at <= now.saturating_add(MAX_LIFETIME),
            "the request reaches too far ahead of the clock",
        )?;
        let agreement = self
            .chain
            .agreement(request.agreement)?
            .ok_or_else(|| Denial::Refused("there is no such agreement".into()))?;
        require(
            request.addressee == agreement.party(request.side),
            "the addressee is not the party of this side",
        )?;
        require(
            acts_for(&self.chain, &self.keystore, request.addressee)?,
            "this node does not act for the addressee",
        )?;
        require(
            agreement.may_report(request.requester, request.day),
            "the requester has no part in this day of the agreement",
        )?;
        let operator = self
            .chain
            .operator(request.requester)?
            .ok_or_else(|| Denial::Refused("the requester is no member".into()))?;
        require(
            OperatorPair::verify(&signed.signature, request.signing_payload(), &operator),
            "the signature is not by the requester's operator key",
        )?;
        let preset = agreement.preset_of(request.day);
        require(
            preset.is_some_and(|preset| preset <= now),
            "the day is not to be reconciled yet",
        )?;
        self.nonces.take(request, now)
    }

    fn read(&self, request: &Request) -> Result<Answer, Denial> {
        let book = BookId {
            agreement: request.agreement,
            day: request.day,
            side: request.side,
        };
        let state = self
            .books
            .get::<BookState>(book, Item::State)
            .filter(|state| state.frozen)
            .ok_or_else(|| Denial::Refused("the book of this day is not closed yet".into()))?;
        match &request.question {
            Question::Roots => Ok(Answer::Roots {
                slots: state.slots_page_roots,
                extras: state.extras_page_roots,
            }),
            // A repair writes over the pages that were committed to.
            _ if state.repaired => Err(Denial::Refused(
                "the book was repaired; the pages committed to are gone".into(),
            )),
            Question::Slots(pages) => {
                require_pages(pages, state.slots)?;
                self.pages(book, pages, Item::Slots).map(Answer::Slots)
            }
            Question::Extras(pages) => {
                require_pages(pages, state.extras)?;
                self.pages(book, pages, Item::Extras).map(Answer::Extras)
            }
        }
    }

    fn pages<V: codec::Decode>(
        &self,
        book: BookId,
        pages: &[u32],
        item: impl Fn(u32) -> Item,
    ) -> Result<Vec<V>, Denial> {
        pages
            .iter()
            .map(|page| self.books.get(book, item(*page)))
            .collect::<Option<_>>()
            .ok_or_else(|| Denial::Refused("a page of the book is missing here".into()))
    }
}

fn require_pages(pages: &[u32], entries: u32) -> Result<(), Denial> {
    require(
        pages.len() <= MAX_PAGES,
        "the question asks for too many pages",
    )?;
    require(
        pages.iter().all(|page| *page < page_count(entries)),
        "the book has no such page",
    )
}

fn now() -> Moment {
    SystemTime::UNIX_EPOCH
        .elapsed()
        .map_or(0, |since| since.as_millis() as Moment)
}

#[cfg(test)]
mod tests;
