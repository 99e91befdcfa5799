//! Trade ids as people and ledgers write them: `client/sequence`, or `amendment 17`.

use counterfoil_primitives::{amendment::AMENDMENTS, TradeId};

/// What the ids of trades that amendments booked begin with, in place of a client.
const AMENDMENT: &str = "amendment ";

/// Reads a trade id as `client/sequence`, or as `amendment 17` where an amendment booked the trade.
pub fn parse_trade_id(text: &str) -> Option<TradeId> {
    if let Some(number) = text.trim().strip_prefix(AMENDMENT) {
        let sequence = number.trim().parse().ok()?;
        let id = TradeId {
            client: AMENDMENTS,
            sequence,
        };
        return id.is_of_amendment().then_some(id);
    }
    let (client, sequence) = text.split_once('/')?;
    Some(TradeId {
        client: client.trim().parse().ok()?,
        sequence: sequence.trim().parse().ok()?,
    })
}

/// A trade id as `client/sequence`; as `amendment 17` where an amendment booked the trade.
pub fn trade_id_text(id: &TradeId) -> String {
    if id.is_of_amendment() {
        return format!("{AMENDMENT}{}", id.sequence);
    }
    format!("{}/{}", id.client, id.sequence)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_id_is_read_as_it_is_shown() {
        let id = |client, sequence| TradeId { client, sequence };
        for (id, text) in [
            (id(1, 42), "1/42"),
            (id(AMENDMENTS, 17), "amendment 17"),
            (id(0, 0), "0/0"),
        ] {
            assert_eq!(trade_id_text(&id), text);
            assert_eq!(parse_trade_id(text), Some(id));
        }
        assert_eq!(parse_trade_id("0/17"), Some(id(AMENDMENTS, 17)));
        for text in ["amendment", "amendment 0", "amendment x", "17", ""] {
            assert_eq!(parse_trade_id(text), None, "{text}");
        }
    }
}
