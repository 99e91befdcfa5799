//! Who and what: the identifiers of members, agreements, products, trades and users.

use crate::written::label;
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A member of the chain: a client, a company, a bank or a reconciler.
pub type MemberId = u32;

/// The contract of one bank with one company.
pub type AgreementId = u32;

/// A product of an agreement's company.
pub type ProductId = u32;

/// The number that a client assigns to a trade; each is used once.
pub type Sequence = u64;

/// The unique id of a trade: a client numbers its trades.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct TradeId {
    /// The client that recorded the trade.
    pub client: MemberId,
    /// The client's number for it.
    pub sequence: Sequence,
}

/// What the payment carries elsewhere: its UETR (ISO 20022), else a UUID version 5 (RFC 9562)
/// of client and source payment id.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct Reference(pub [u8; 16]);

/// The payer, as the client knows it: up to 16 bytes of text, padded with zeros.
#[derive(
    Clone,
    Copy,
    Debug,
    Default,
    PartialEq,
    Eq,
    PartialOrd,
    Ord,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
    Serialize,
    Deserialize,
)]
pub struct UserId(pub [u8; 16]);

impl UserId {
    /// The user that [`label::read_user`] reads, or `None` where it refuses the text.
    pub fn from_text(text: &str) -> Option<Self> {
        label::read_user(text).ok()
    }

    /// The text that the bytes hold, or `None` where they hold none that people can write.
    pub fn as_text(&self) -> Option<&str> {
        label::text_of(&self.0)
    }
}
