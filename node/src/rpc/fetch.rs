//! `counterfoil_fetchBook`: a member asks for a book of this node's party.
//!
//! A node opens its party's book to nobody but the other party and the reconciler of that
//! agreement, and not before the day is to be reconciled: until then nobody is to copy from another.
//! A party that may still commit after that gets no book either, until it has; nor does one that
//! defaulted and may still commit late.
//!
//! The request is signed; it names chain, addressee, expiry, and a nonce that is taken once. Anybody
//! may send one, so what costs little is checked first. A refusal is an answer that says why.

mod who_may_fetch;

use super::{error::unreadable, finalized_state::State, now, request_nonces::Nonces};
use crate::books_in_database::Books;
use codec::{DecodeAll, Encode};
use counterfoil_primitives::{
    book_exchange::{refusal, Answer, Question, Request, SignedRequest},
    book_storage::{BookState, Item},
    tree::page_count,
    Moment, SideId,
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc, types::ErrorObjectOwned};
use sp_core::{offchain::OffchainStorage, Bytes};
use sp_keystore::KeystorePtr;

/// Books for peers.
#[rpc(server)]
pub trait FetchApi {
    /// Answers a request: hexadecimal SCALE of `SignedRequest`, to hexadecimal SCALE of `Answer`.
    #[method(name = "counterfoil_fetchBook", blocking)]
    fn fetch_book(&self, request: Bytes) -> RpcResult<Bytes>;
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

impl From<&str> for Denial {
    fn from(reason: &str) -> Self {
        Self::Refused(reason.into())
    }
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
        Err(reason.into())
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

    fn read(&self, request: &Request) -> Result<Answer, Denial> {
        let side_id = request.side_id;
        let state = self
            .books
            .get::<BookState>(side_id, Item::State)
            .filter(|state| state.frozen)
            .ok_or_else(|| Denial::Refused(refusal::NOT_CLOSED.into()))?;
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
                self.pages(side_id, pages, Item::Slots).map(Answer::Slots)
            }
            Question::Extras(pages) => {
                require_pages(pages, state.extras)?;
                self.pages(side_id, pages, Item::Extras).map(Answer::Extras)
            }
        }
    }

    fn pages<V: codec::Decode>(
        &self,
        side_id: SideId,
        pages: &[u32],
        item: impl Fn(u32) -> Item,
    ) -> Result<Vec<V>, Denial> {
        pages
            .iter()
            .map(|page| self.books.get(side_id, item(*page)))
            .collect::<Option<_>>()
            .ok_or_else(|| Denial::Refused("a page of the book is missing here".into()))
    }
}

fn require_pages(pages: &[u32], entries: u32) -> Result<(), Denial> {
    require(
        pages.iter().all(|page| *page < page_count(entries)),
        "the book has no such page",
    )
}

#[cfg(test)]
mod tests;
