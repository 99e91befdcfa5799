//! How one member asks another's node for a book, and what it believes of the answers.
//!
//! The protocol without its transport: the reconciler's worker carries these bytes over HTTP, a
//! client over a JSON-RPC connection, and both check what comes by the functions of this module.
//!
//! - A question is a signed request, an answer its result; both travel as hexadecimal SCALE. The
//!   request binds domain, chain, addressee, place, question, expiry and a nonce.
//! - [`decode_answer`] decodes within limits of length and memory.
//! - A [`CommittedBook`] takes from an answer what rehashes to the commitment, and nothing else.
//! - [`refusal`] holds the reasons by which a refusal shows what is wrong.

pub mod refusal;

use crate::{
    commitment::Place, tree, Commitment, Entry, MemberId, Moment, OperatorSignature, SideId,
};
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemLimit, DecodeWithMemTracking, Encode};
use core::fmt;
use scale_info::TypeInfo;
use sp_core::H256;

/// The JSON-RPC method; its one parameter is a [`SignedRequest`], its result an [`Answer`].
pub const METHOD: &str = "counterfoil_fetchBook";

/// Maximum pages per question.
pub const MAX_PAGES: usize = 16;

/// The longest that a request may lie ahead of the clock, in milliseconds.
pub const MAX_LIFETIME: Moment = 5 * 60 * 1000;

/// How long a request is good for, in milliseconds: half of what a node takes, so that the node's
/// clock may be off by as much, either way.
pub const REQUEST_LIFETIME: Moment = MAX_LIFETIME / 2;

/// The longest answer that is decoded, in bytes of SCALE. The longest honest answer, the page roots
/// of ten million trades, stays below; so do the pages of one question.
pub const MAX_ANSWER: usize = 2 * 1024 * 1024;

/// The most memory that a decoded answer takes, in bytes. Some bytes on the wire stand for dozens
/// in memory, such as a slot without entry, and a worker that allocates too much dies.
const MAX_DECODED: usize = 8 * 1024 * 1024;

/// What is asked of a book.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Question {
    /// All page roots.
    Roots,
    /// These pages of slots.
    Slots(Vec<u32>),
    /// These pages of extras.
    Extras(Vec<u32>),
}

/// A request for a book.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct Request {
    /// The chain.
    pub genesis: H256,
    /// Whose book is asked for.
    pub addressee: MemberId,
    /// Who asks.
    pub requester: MemberId,
    /// The side whose book is asked for.
    pub side_id: SideId,
    /// What is asked.
    pub question: Question,
    /// When the request ends.
    pub expires_at: Moment,
    /// Used once.
    pub nonce: [u8; 16],
}

impl Request {
    /// What the requester's operator key signs.
    pub fn signing_payload(&self) -> Vec<u8> {
        const DOMAIN: &[u8] = b"counterfoil fetch v1";
        (DOMAIN, self).encode()
    }
}

/// A request with the requester's signature.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub struct SignedRequest {
    /// The request.
    pub request: Request,
    /// Over [`Request::signing_payload`].
    pub signature: OperatorSignature,
}

/// What a node answers.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, DecodeWithMemTracking, TypeInfo)]
pub enum Answer {
    /// The page roots of slots and of extras.
    Roots {
        /// Of the slots.
        slots: Vec<H256>,
        /// Of the extras.
        extras: Vec<H256>,
    },
    /// The asked pages of slots, in the asked order.
    Slots(Vec<Vec<Option<Entry>>>),
    /// The asked pages of extras, in the asked order.
    Extras(Vec<Vec<Entry>>),
    /// The node refuses, and says why.
    Refused(String),
}

/// Why bytes are not decoded as an answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// They are more than [`MAX_ANSWER`].
    TooLong,
    /// They are no SCALE of an answer, or one that takes more memory than any honest answer.
    NoAnswer,
    /// More bytes follow the answer.
    Trailing,
}

impl fmt::Display for Unreadable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::TooLong => write!(f, "the answer is longer than {MAX_ANSWER} bytes"),
            Self::NoAnswer => f.write_str("the answer has an unknown shape, or is too large"),
            Self::Trailing => f.write_str("the answer goes on behind its end"),
        }
    }
}

impl core::error::Error for Unreadable {}

/// Decodes an answer, within the limits of length and memory. No byte may follow it.
pub fn decode_answer(bytes: &[u8]) -> Result<Answer, Unreadable> {
    if bytes.len() > MAX_ANSWER {
        return Err(Unreadable::TooLong);
    }
    let mut rest = bytes;
    let answer =
        Answer::decode_with_mem_limit(&mut rest, MAX_DECODED).map_err(|_| Unreadable::NoAnswer)?;
    if rest.is_empty() {
        Ok(answer)
    } else {
        Err(Unreadable::Trailing)
    }
}

/// Why nothing is taken from an answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unusable {
    /// The node refuses, and says why in its own words.
    Refused(String),
    /// It answers another question.
    OtherQuestion,
    /// The page roots are not those that the party committed to.
    FalseRoots,
    /// It holds another number of pages than were asked for.
    WrongNumber {
        /// Pages asked for.
        asked: usize,
        /// Pages in the answer.
        came: usize,
    },
    /// A page has another length or root than the one that the party committed to.
    FalsePage(u32),
}

impl fmt::Display for Unusable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Refused(why) => write!(f, "the node refuses to show the book: {why}"),
            Self::OtherQuestion => f.write_str("the node answers another question"),
            Self::FalseRoots => {
                f.write_str("the node's page roots are not those that the party committed to")
            }
            Self::WrongNumber { asked, came } => {
                write!(f, "the node answers {came} pages of {asked}")
            }
            Self::FalsePage(page) => {
                write!(f, "page {page} is not the one that the party committed to")
            }
        }
    }
}

impl core::error::Error for Unusable {}

/// A page that is asked for, and the root that it must have.
pub type Wanted = (u32, H256);

/// All pages that have these roots.
pub fn all_pages(roots: &[H256]) -> Vec<Wanted> {
    (0..).zip(roots.iter().copied()).collect()
}

/// The questions for `wanted` pages, as many as it takes, each with the pages that it asks for.
/// `question` is [`Question::Slots`] or [`Question::Extras`].
pub fn questions(
    wanted: &[Wanted],
    question: fn(Vec<u32>) -> Question,
) -> impl Iterator<Item = (Question, &[Wanted])> {
    wanted.chunks(MAX_PAGES).map(move |wanted| {
        let pages = wanted.iter().map(|(page, _)| *page).collect();
        (question(pages), wanted)
    })
}

/// The page roots of a book, as its party committed to them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PageRoots {
    /// Of the slots.
    pub slots: Vec<H256>,
    /// Of the extras.
    pub extras: Vec<H256>,
}

/// A book that a party committed to, as another member knows it: by its place and commitment alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct CommittedBook {
    /// The chain and the side.
    pub place: Place,
    /// What the party put on chain.
    pub commitment: Commitment,
}

impl CommittedBook {
    /// The request that `requester` signs at `now` and sends to `addressee`, the party of the side.
    /// `nonce` must not be used twice.
    pub fn request(
        &self,
        addressee: MemberId,
        requester: MemberId,
        question: Question,
        now: Moment,
        nonce: [u8; 16],
    ) -> Request {
        let Place { genesis, side_id } = self.place;
        Request {
            genesis,
            addressee,
            requester,
            side_id,
            question,
            expires_at: now.saturating_add(REQUEST_LIFETIME),
            nonce,
        }
    }

    /// Takes the page roots from the answer to [`Question::Roots`].
    pub fn take_roots(&self, answer: Answer) -> Result<PageRoots, Unusable> {
        match answer {
            Answer::Roots { slots, extras } => {
                let committed = self.commitment.has_page_roots(&self.place, &slots, &extras);
                committed
                    .then_some(PageRoots { slots, extras })
                    .ok_or(Unusable::FalseRoots)
            }
            other => Err(unasked(other)),
        }
    }

    /// Takes the `wanted` pages of slots, in their order.
    pub fn take_slots(
        &self,
        wanted: &[Wanted],
        answer: Answer,
    ) -> Result<Vec<Vec<Option<Entry>>>, Unusable> {
        match answer {
            Answer::Slots(pages) => check_pages(
                wanted,
                pages,
                |page| tree::page_len(self.commitment.slots, page),
                tree::slots_page_root,
            ),
            other => Err(unasked(other)),
        }
    }

    /// Takes the `wanted` pages of extras, in their order.
    pub fn take_extras(
        &self,
        wanted: &[Wanted],
        answer: Answer,
    ) -> Result<Vec<Vec<Entry>>, Unusable> {
        match answer {
            Answer::Extras(pages) => check_pages(
                wanted,
                pages,
                |page| tree::page_len(self.commitment.extras, page),
                tree::extras_page_root,
            ),
            other => Err(unasked(other)),
        }
    }
}

/// Why an answer of another kind than the question's is of no use.
fn unasked(answer: Answer) -> Unusable {
    match answer {
        Answer::Refused(why) => Unusable::Refused(why),
        _ => Unusable::OtherQuestion,
    }
}

/// Checks number, lengths and roots of pages.
fn check_pages<Item>(
    wanted: &[Wanted],
    pages: Vec<Vec<Item>>,
    length_of: impl Fn(u32) -> u32,
    root_of: impl Fn(&[Item]) -> H256,
) -> Result<Vec<Vec<Item>>, Unusable> {
    if pages.len() != wanted.len() {
        return Err(Unusable::WrongNumber {
            asked: wanted.len(),
            came: pages.len(),
        });
    }
    for ((page, root), content) in wanted.iter().zip(&pages) {
        if content.len() as u32 != length_of(*page) || root_of(content) != *root {
            return Err(Unusable::FalsePage(*page));
        }
    }
    Ok(pages)
}
