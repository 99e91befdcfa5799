//! The days on which the trade that an extra repeats is looked for.

use crate::BusinessDay;

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
    let neighbors = (1..=SEARCH_DAYS)
        .flat_map(move |distance| [day.0.checked_sub(distance), day.0.checked_add(distance)]);
    let neighbors = neighbors
        .flatten()
        .map(BusinessDay)
        .filter(move |near| first <= *near && *near <= today);
    core::iter::once(day).chain(neighbors)
}

/// Whether an extra of one of these days is looked for on the other.
pub const fn is_near(day: BusinessDay, other: BusinessDay) -> bool {
    day.0.abs_diff(other.0) <= SEARCH_DAYS
}

#[cfg(test)]
mod tests {
    use super::*;
    use alloc::vec::Vec;

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
    fn the_days_that_are_near_are_those_that_are_searched() {
        let searched = days(100, 0, 1_000);
        for other in 0..200 {
            let near = is_near(BusinessDay(100), BusinessDay(other));
            assert_eq!(near, searched.contains(&other), "{other}");
        }
    }
}
