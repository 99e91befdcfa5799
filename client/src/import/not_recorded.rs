//! Why a payment is not recorded as the file has it, and what helps.

use super::on_chain::refusal_reasons::in_words;
use crate::{mapping::trade_ids::trade_id_text, time::day_text};
use counterfoil_primitives::{AgreementId, BusinessDay, TradeId};
use std::fmt;

/// Why a payment is not recorded as the file has it. Its words say what helps; a program that names what to
/// do by its own options adds these.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotRecorded {
    /// It looks like a trade that is recorded under another id and reference. With
    /// [`Settings::anew`](super::Settings::anew) it is recorded all the same.
    LooksRecorded {
        /// The trade.
        trade: TradeId,
        /// The day to which the trade is booked.
        day: BusinessDay,
    },
    /// A trade that is not seen uses its sequence, and might be this payment's.
    SequenceTaken {
        /// The agreement that does not show the trade.
        agreement: AgreementId,
        /// The trade, by the sequence.
        trade: TradeId,
    },
    /// It is a payment that comes later than the agreement takes it from its client. Bank and company can
    /// record it by an amendment.
    TooLate,
    /// Another reason, in words.
    Other(String),
}

impl fmt::Display for NotRecorded {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::LooksRecorded { trade, day } => write!(
                f,
                "it looks like trade {}, booked on {}: the same payer, product, amount and time, under another payment id and reference; \
                 if it is that payment, take the line out; if it is another one, import its line anew",
                trade_id_text(trade),
                day_text(*day)
            ),
            Self::SequenceTaken { agreement, trade } => write!(
                f,
                "its sequence {} is used on chain, but agreement {agreement} shows no trade with it on the payment's day or later; \
                 look for trade {} on earlier days and under the client's other agreements, and if the payment is recorded nowhere, import it with a new journal",
                trade.sequence,
                trade_id_text(trade)
            ),
            Self::TooLate => f.write_str(&in_words("TooLate")),
            Self::Other(reason) => f.write_str(reason),
        }
    }
}

impl std::error::Error for NotRecorded {}
