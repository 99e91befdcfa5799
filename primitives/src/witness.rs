//! Witnesses: where an extra of a book stands on chain, so that its cause can be checked.

use crate::{BusinessDay, Entry, TradeId};
use codec::{Decode, DecodeWithMemTracking, Encode, MaxEncodedLen};
use scale_info::TypeInfo;

/// The place of the trade that an extra repeats.
#[derive(
    Clone,
    Copy,
    Debug,
    PartialEq,
    Eq,
    Encode,
    Decode,
    DecodeWithMemTracking,
    MaxEncodedLen,
    TypeInfo,
)]
pub struct Witness {
    /// The day to which the trade is booked: the extra's own, or another.
    pub day: BusinessDay,
    /// The trade's position on that day.
    pub position: u32,
}

/// Whether `extra` repeats `entry`, the side's entry of a trade on chain.
///
/// An extra whose party knows no trade id, all zero, repeats what equals it in everything else.
pub fn repeats(extra: &Entry, entry: &Entry) -> bool {
    let id = if extra.id == TradeId::default() {
        entry.id
    } else {
        extra.id
    };
    Entry { id, ..*extra } == *entry
}

#[cfg(test)]
mod tests {
    use super::*;

    fn entry() -> Entry {
        Entry {
            id: TradeId {
                client: 1,
                sequence: 7,
            },
            amount: 100,
            ..Default::default()
        }
    }

    #[test]
    fn an_equal_entry_repeats() {
        assert!(repeats(&entry(), &entry()));
    }

    #[test]
    fn an_extra_without_id_repeats_what_equals_it_otherwise() {
        let extra = Entry {
            id: TradeId::default(),
            ..entry()
        };
        assert!(repeats(&extra, &entry()));
    }

    #[test]
    fn another_id_does_not_repeat() {
        let mut extra = entry();
        extra.id.sequence = 8;
        assert!(!repeats(&extra, &entry()));
    }

    #[test]
    fn another_amount_does_not_repeat() {
        let mut extra = entry();
        extra.amount = 101;
        assert!(!repeats(&extra, &entry()));
    }
}
