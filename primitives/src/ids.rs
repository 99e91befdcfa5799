//! Who and what: the identifiers of members, agreements, products, trades and users.

use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;
use serde::{Deserialize, Serialize};

/// A member of the chain: a client, a company, a bank or a reconciler.
pub type MemberId = u32;

/// The contract of one bank with one company.
pub type AgreementId = u32;

/// A product of an agreement's company.
pub type ProductId = u32;

/// The number that a client gives a trade; each is used once.
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
    /// The user named by `text`, or `None` where it is longer than 16 bytes or holds a zero.
    pub fn from_text(text: &str) -> Option<Self> {
        let bytes = text.as_bytes();
        if bytes.len() > 16 || bytes.contains(&0) {
            return None;
        }
        let mut id = [0; 16];
        id[..bytes.len()].copy_from_slice(bytes);
        Some(Self(id))
    }

    /// The text that [`Self::from_text`] was given, or `None` where the bytes are no such text.
    pub fn as_text(&self) -> Option<&str> {
        let end = self.0.iter().position(|byte| *byte == 0).unwrap_or(16);
        if self.0[end..].iter().any(|byte| *byte != 0) {
            return None;
        }
        core::str::from_utf8(&self.0[..end]).ok()
    }
}
