//! The files of payments and refunds, and their trades as the chain takes them: the names are those of the
//! chain's metadata.

use anyhow::{ensure, Context, Result};
use serde::Deserialize;
use subxt::ext::scale_encode::EncodeAsType;

/// A file of payments.
#[derive(Deserialize)]
pub struct Payments {
    pub agreement: u32,
    pub payments: Vec<Trade>,
}

/// A file of refunds.
#[derive(Deserialize)]
pub struct Refunds {
    pub agreement: u32,
    pub refunds: Vec<Back>,
}

/// A payment or refund. Amounts are texts, in minor units.
#[derive(Deserialize)]
pub struct Trade {
    pub sequence: u64,
    reference: String,
    payer: String,
    product: u32,
    gross: String,
    debit: String,
    credit: String,
    completed_at: u64,
}

/// A refund, and the payment of which it is.
#[derive(Deserialize)]
pub struct Back {
    #[serde(flatten)]
    pub trade: Trade,
    pub of: Paid,
}

/// A payment: its sequence, and the date of the day that has it.
#[derive(Deserialize)]
pub struct Paid {
    pub sequence: u64,
    pub date: String,
}

/// A payment as the chain takes it.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct TradeRequest {
    sequence: u64,
    reference: [u8; 16],
    user: [u8; 16],
    product: u32,
    gross_minor_units: u128,
    debit_minor_units: u128,
    credit_minor_units: u128,
    occurred_at_unix_ms: u64,
}

/// A refund as the chain takes it.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct RefundRequest {
    sequence: u64,
    reference: [u8; 16],
    user: [u8; 16],
    product: u32,
    original: Original,
    refunded_before_minor_units: u128,
    gross_minor_units: u128,
    debit_minor_units: u128,
    credit_minor_units: u128,
    occurred_at_unix_ms: u64,
}

/// The payment of a refund, and where it stands.
#[derive(EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct Original {
    pub id: TradeId,
    pub day: u32,
    pub position: u32,
}

/// The id of a trade.
#[derive(Clone, Copy, EncodeAsType)]
#[encode_as_type(crate_path = "subxt::ext::scale_encode")]
pub struct TradeId {
    pub client: u32,
    pub sequence: u64,
}

impl Trade {
    /// As a payment.
    pub fn request(&self) -> Result<TradeRequest> {
        Ok(TradeRequest {
            sequence: self.sequence,
            reference: label(&self.reference)?,
            user: label(&self.payer)?,
            product: self.product,
            gross_minor_units: amount(&self.gross)?,
            debit_minor_units: amount(&self.debit)?,
            credit_minor_units: amount(&self.credit)?,
            occurred_at_unix_ms: self.completed_at,
        })
    }

    /// As a refund of a payment of which `before` was given back already.
    pub fn refund(&self, original: Original, before: u128) -> Result<RefundRequest> {
        let request = self.request()?;
        Ok(RefundRequest {
            sequence: request.sequence,
            reference: request.reference,
            user: request.user,
            product: request.product,
            original,
            refunded_before_minor_units: before,
            gross_minor_units: request.gross_minor_units,
            debit_minor_units: request.debit_minor_units,
            credit_minor_units: request.credit_minor_units,
            occurred_at_unix_ms: request.occurred_at_unix_ms,
        })
    }
}

fn amount(text: &str) -> Result<u128> {
    text.parse()
        .with_context(|| format!("{text:?} is no amount: write minor units, such as \"125050\""))
}

/// A UUID's 16 bytes, or a text of up to 16 bytes, padded with zeros.
fn label(text: &str) -> Result<[u8; 16]> {
    let digits = text.replace('-', "");
    if digits.len() == 32 && digits.bytes().all(|digit| digit.is_ascii_hexdigit()) {
        return Ok(u128::from_str_radix(&digits, 16)?.to_be_bytes());
    }
    let is_short = (1..=16).contains(&text.len());
    ensure!(
        is_short,
        "{text:?} is no UUID and no text of 1 to 16 bytes: correct it"
    );
    let mut bytes = [0; 16];
    bytes[..text.len()].copy_from_slice(text.as_bytes());
    Ok(bytes)
}
