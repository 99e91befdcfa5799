//! Whatever books a side has on its days: each timing difference has two ends, and both days tell of it.

use crate::timing::{at, book, on};
use counterfoil_primitives::{
    timing::{read, Compared, End, Ends, TimingEnd},
    BusinessDay, Witness,
};
use proptest::{collection::vec, prelude::*, sample::subsequence};
use std::collections::{BTreeMap, BTreeSet};

/// Days that are drawn: some are further apart than the search goes.
const DAYS: i32 = 20;

type Days = BTreeMap<BusinessDay, Compared>;

/// The positions that a book lacks, and the trades of other days that it has.
type Book = (Vec<u32>, Vec<Witness>);

/// A book that lacks some of four entries, and has some of other days.
fn books() -> impl Strategy<Value = Book> {
    let elsewhere = vec((0..DAYS, 0u32..4), 0..6);
    let drawn = (subsequence(vec![0u32, 1, 2, 3], 0..=4), elsewhere);
    drawn.prop_map(|(missing, elsewhere)| {
        let elsewhere = elsewhere.iter();
        let elsewhere = elsewhere.map(|(day, place)| at(*day, *place));
        (missing, elsewhere.collect())
    })
}

/// Four in six days are proven.
fn compared() -> impl Strategy<Value = Compared> {
    let proven =
        books().prop_map(|(missing, elsewhere)| Compared::Proven(book(&missing, &elsewhere)));
    prop_oneof![
        4 => proven,
        1 => Just(Compared::Defaulted),
        1 => Just(Compared::NotYet),
    ]
}

fn days() -> impl Strategy<Value = Days> {
    vec(compared(), DAYS as usize).prop_map(|days| {
        (0..)
            .zip(days)
            .map(|(day, compared)| (on(day), compared))
            .collect()
    })
}

/// The ends of a proven day, by all other days.
fn ends_of(days: &Days, day: BusinessDay, ends: &Ends) -> Vec<TimingEnd> {
    let mut others = days.clone();
    others.remove(&day);
    read(day, ends, &others)
}

/// Proven days with the positions that their books lack, of these `only` what is to be there.
fn all_proven(books: &[Book], only: impl Fn(BusinessDay, u32) -> bool) -> Days {
    let days = (0..).zip(books);
    days.map(|(day, (missing, elsewhere))| {
        let missing = missing.iter().copied();
        let missing: Vec<_> = missing
            .filter(|position| only(on(day), *position))
            .collect();
        (on(day), Compared::Proven(book(&missing, elsewhere)))
    })
    .collect()
}

fn proven(days: &Days) -> impl Iterator<Item = (BusinessDay, &Ends)> {
    days.iter().filter_map(|(day, compared)| match compared {
        Compared::Proven(ends) => Some((*day, ends)),
        Compared::Defaulted | Compared::NotYet => None,
    })
}

/// The trades and days of booking that ends of a kind name, in order.
fn named(ends: &[TimingEnd], is_kind: fn(&End) -> bool) -> Vec<((BusinessDay, u32), BusinessDay)> {
    let whole = ends
        .iter()
        .filter(|end| end.is_difference() && is_kind(&end.end));
    let mut named: Vec<_> = whole
        .map(|end| {
            let Witness { day, position } = end.recorded;
            ((day, position), end.booked)
        })
        .collect();
    named.sort_unstable();
    named
}

proptest! {
    #[test]
    fn each_end_has_one_other_end(days in days()) {
        let ends: Vec<_> = proven(&days)
            .flat_map(|(day, ends)| ends_of(&days, day, ends))
            .collect();
        let slots = named(&ends, |end| matches!(end, End::Slot(_)));
        let extras = named(&ends, |end| matches!(end, End::Extra(_)));
        prop_assert_eq!(&slots, &extras);
        let trades: BTreeSet<_> = slots.iter().map(|(trade, _)| trade).collect();
        prop_assert_eq!(trades.len(), slots.len());
    }

    #[test]
    fn the_days_that_are_read_are_enough(days in days()) {
        for (day, ends) in proven(&days) {
            let near = ends.days_to_read(day, on(0), on(DAYS));
            let others = days.iter().filter(|(other, _)| near.contains(other));
            let others: Days = others.map(|(day, known)| (*day, known.clone())).collect();
            prop_assert_eq!(read(day, ends, &others), ends_of(&days, day, ends));
        }
    }

    #[test]
    fn of_what_other_books_lack_the_positions_that_extras_name_are_enough(
        books in vec(books(), DAYS as usize),
    ) {
        let whole = all_proven(&books, |_, _| true);
        for (day, ends) in proven(&whole) {
            let named = all_proven(&books, |other, position| {
                ends.positions_on(other).contains(&position)
            });
            prop_assert_eq!(ends_of(&named, day, ends), ends_of(&whole, day, ends));
        }
    }
}
