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

/// How many days before and after its own the trade that an extra repeats is looked for: a payment
/// that a long holiday held up is found.
pub const SEARCH_DAYS: u32 = 14;

/// The days on which the trade that an extra of `day` repeats is looked for: the day itself, then
/// its neighbours, nearest first, of two as near the earlier one first.
///
/// None lies before the agreement's `first` day, and none after `today`: nothing is booked there.
pub fn search_days(
    day: BusinessDay,
    first: BusinessDay,
    today: BusinessDay,
) -> impl Iterator<Item = BusinessDay> {
    let neighbours = (1..=SEARCH_DAYS)
        .flat_map(move |distance| [day.0.checked_sub(distance), day.0.checked_add(distance)]);
    let neighbours = neighbours
        .flatten()
        .map(BusinessDay)
        .filter(move |near| first <= *near && *near <= today);
    core::iter::once(day).chain(neighbours)
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
    use alloc::vec::Vec;

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

    fn days(day: u32, first: u32, today: u32) -> Vec<u32> {
        search_days(BusinessDay(day), BusinessDay(first), BusinessDay(today))
            .map(|near| near.0)
            .collect()
    }

    #[test]
    fn fourteen_days_each_way_are_searched_nearest_first() {
        let all = days(100, 0, 1_000);
        assert_eq!(all[..5], [100, 99, 101, 98, 102]);
        assert_eq!(all.len(), 29);
        assert!(all.contains(&86) && all.contains(&114));
        assert!(!all.contains(&85) && !all.contains(&115));
    }

    #[test]
    fn no_day_before_the_agreement_is_searched() {
        assert_eq!(days(100, 99, 100), [100, 99]);
        assert_eq!(days(1, 0, 1), [1, 0]);
    }

    #[test]
    fn no_day_after_today_is_searched() {
        assert_eq!(days(100, 98, 101), [100, 99, 101, 98]);
        assert!(days(u32::MAX, 0, u32::MAX)
            .iter()
            .all(|day| *day >= u32::MAX - SEARCH_DAYS));
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
