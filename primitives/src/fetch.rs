//! How one member asks another's node for a book: a signed request over JSON-RPC.
//!
//! Request and answer travel as hexadecimal SCALE. The request binds domain, chain, addressee,
//! place, question, expiry and a nonce; the answer must rehash to the commitment.

use crate::{AgreementId, BusinessDay, Entry, MemberId, Moment, OperatorSignature, Side};
use alloc::{string::String, vec::Vec};
use codec::{Decode, DecodeWithMemTracking, Encode};
use scale_info::TypeInfo;
use sp_core::H256;

/// The JSON-RPC method; its one parameter is a [`SignedRequest`], its result an [`Answer`].
pub const METHOD: &str = "counterfoil_fetchBook";

/// Most pages of one question.
pub const MAX_PAGES: usize = 16;

/// The longest that a request may lie ahead of the clock, in milliseconds.
pub const MAX_LIFETIME: Moment = 5 * 60 * 1000;

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
    /// The agreement.
    pub agreement: AgreementId,
    /// The business day.
    pub day: BusinessDay,
    /// The side.
    pub side: Side,
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
