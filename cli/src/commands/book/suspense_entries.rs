//! The entries that a repair took out of a book, as a node writes them.

use crate::output::entry_json;
use anyhow::{Context as _, Result};
use counterfoil_client::text::cause_text;
use counterfoil_primitives::{
    written::label, Cause, Entry, Kind, MemberId, Moment, ProductId, Sequence, TradeId,
};
use serde::Deserialize;
use serde_json::{json, Value as Json};

/// An entry that a repair took out of a book.
#[derive(Debug)]
pub(crate) struct Suspended {
    pub entry: Entry,
    /// Why it has no place in the book.
    pub cause: Cause,
}

/// The same, as a node writes it.
#[derive(Deserialize)]
struct Written {
    entry: WrittenEntry,
    cause: Cause,
}

/// An entry, as a node writes it. Amounts are text, since JSON's numbers are too short for them.
#[derive(Deserialize)]
struct WrittenEntry {
    client: MemberId,
    sequence: Sequence,
    kind: Kind,
    reference: String,
    user: String,
    product: ProductId,
    amount: String,
    occurred_at: Moment,
}

impl WrittenEntry {
    fn read(&self) -> Option<Entry> {
        Some(Entry {
            id: TradeId {
                client: self.client,
                sequence: self.sequence,
            },
            kind: self.kind,
            reference: label::read_reference(&self.reference).ok()?,
            user: label::read_user(&self.user).ok()?,
            product: self.product,
            amount: self.amount.parse().ok()?,
            occurred_at: self.occurred_at,
        })
    }
}

/// Reads a node's list.
pub(crate) fn read(answer: Json) -> Result<Vec<Suspended>> {
    let unread = "the node answers in another form; use the command line of the node's version";
    let list: Vec<Written> = serde_json::from_value(answer).context(unread)?;
    let read = |Written { entry, cause }: &Written| {
        Some(Suspended {
            entry: entry.read()?,
            cause: *cause,
        })
    };
    list.iter()
        .map(|written| read(written).context(unread))
        .collect()
}

impl Suspended {
    /// For programs.
    pub fn json(&self) -> Json {
        json!({ "cause": cause_text(self.cause), "entry": entry_json(&self.entry) })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// An entry of 2026-11-28 at 10:00 by UTC, as a node writes it.
    fn written() -> Json {
        json!([{
            "entry": {
                "client": 1,
                "sequence": 42,
                "kind": "refund",
                "reference": "FV-2026/0017",
                "user": "C-1042",
                "product": 2,
                "amount": "340282366920938463463374607431768211455",
                "occurred_at": 1_795_860_000_000_u64,
            },
            "cause": "not_on_chain",
        }])
    }

    #[test]
    fn programs_read_a_suspended_entry_in_the_form_of_every_entry() {
        let list = read(written()).unwrap();
        let json: Vec<Json> = list.iter().map(Suspended::json).collect();
        let expected = json!([{
            "cause": "not_on_chain",
            "entry": {
                "id": "1/42",
                "kind": "refund",
                "reference": "FV-2026/0017",
                "user": "C-1042",
                "product": 2,
                "amount": "340282366920938463463374607431768211455",
                "occurred_at": "2026-11-28T10:00:00Z",
            },
        }]);
        assert_eq!(Json::Array(json), expected);
    }

    #[test]
    fn an_empty_list_is_read() {
        assert!(read(json!([])).unwrap().is_empty());
    }

    #[test]
    fn a_list_in_another_form_is_refused() {
        for (field, value) in [
            ("amount", json!("1.50")),
            ("kind", json!("gift")),
            ("user", json!("C  1042")),
            ("reference", json!("")),
            ("occurred_at", json!("2026-11-28T10:00:00Z")),
        ] {
            let mut answer = written();
            answer[0]["entry"][field] = value;
            let error = read(answer).unwrap_err().to_string();
            assert!(error.contains("another form"), "{field}: {error}");
        }
        assert!(read(Json::Null).is_err());
    }
}
