//! Lines that a day has twice, whose trade's own day is not proven.

use crate::timing::{at, book, on};
use counterfoil_primitives::{
    timing::{read, Compared, Ends, OtherEnd},
    Cause, Entry, TradeId,
};
use std::collections::BTreeMap;

/// The states of a trade's day that was not proven, and what is known of the first extra.
const NOT_PROVEN: [(Compared, OtherEnd); 2] = [
    (Compared::Defaulted, OtherEnd::NotCompared),
    (Compared::NotYet, OtherEnd::NotYetCompared),
];

/// What is known of the extras of a book.
fn known_of(has: &Ends, trades_day: Compared) -> Vec<OtherEnd> {
    let others = BTreeMap::from([(on(-1), trades_day)]);
    let ends = read(on(0), has, &others);
    ends.iter().map(|end| end.other).collect()
}

#[test]
fn a_second_line_that_names_its_trade_is_one_too_many_whatever_is_known_of_its_day() {
    let has = book(&[], &[at(-1, 3), at(-1, 3), at(-1, 4)]);
    for (state, first) in NOT_PROVEN {
        let expected = [first, OtherEnd::BookedAgain, first];
        assert_eq!(known_of(&has, state), expected);
    }
}

#[test]
fn a_second_line_without_an_id_may_be_of_another_trade_that_is_alike() {
    let unnamed = Entry {
        id: TradeId::default(),
        ..Entry::default()
    };
    let extra = (unnamed, Cause::OtherDay, Some(at(-1, 3)));
    let has = Ends::new([], [extra, extra]);
    for (state, first) in NOT_PROVEN {
        assert_eq!(known_of(&has, state), [first, first]);
    }
}
