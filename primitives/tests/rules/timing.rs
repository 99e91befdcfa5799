//! Timing differences: who was late, and what is known of the other end.

use crate::samples::entry;
use counterfoil_primitives::{
    search_days::SEARCH_DAYS,
    summary::{BreakList, ExtraBreakView, SideStatus, SlotBreakView},
    timing::{
        apart, count, days_that_count, read, status_words, Compared, End, Ends, Late, OtherEnd,
        TimingEnd,
    },
    BusinessDay, Cause, Entry, Witness,
};
use std::collections::{BTreeMap, BTreeSet};

/// 2026-11-23.
const DAY: BusinessDay = BusinessDay(20_780);

/// A day near [`DAY`].
pub fn on(distance: i32) -> BusinessDay {
    BusinessDay(DAY.0.saturating_add_signed(distance))
}

/// The place of a trade.
pub fn at(distance: i32, position: u32) -> Witness {
    Witness {
        day: on(distance),
        position,
    }
}

/// A book that lacks the entries on these positions, and has extras of these trades of other days.
pub fn book(missing: &[u32], elsewhere: &[Witness]) -> Ends {
    let slots = missing.iter();
    let extras = elsewhere.iter();
    Ends::new(
        slots.map(|position| (*position, Cause::Missing, entry(*position))),
        extras.map(|place| (entry(place.position), Cause::OtherDay, Some(*place))),
    )
}

/// What is known of days near [`DAY`].
fn known(days: &[(i32, Compared)]) -> BTreeMap<BusinessDay, Compared> {
    let days = days.iter();
    days.map(|(distance, compared)| (on(*distance), compared.clone()))
        .collect()
}

/// The end of a timing difference of the trade on a place, which the ledger has on another day.
fn end(end: End, recorded: Witness, booked: i32, late: Late, other: OtherEnd) -> TimingEnd {
    TimingEnd {
        end,
        entry: entry(recorded.position),
        recorded,
        booked: on(booked),
        late,
        other,
    }
}

#[test]
fn a_line_that_is_booked_late_is_one_difference_seen_from_either_day() {
    let [lacks, has] = [book(&[3], &[]), book(&[], &[at(0, 3)])];
    let recorded = known(&[(0, Compared::Proven(lacks.clone()))]);
    let booked = known(&[(2, Compared::Proven(has.clone()))]);
    let whole = |of| end(of, at(0, 3), 2, Late::Ledger, OtherEnd::Found);
    assert_eq!(read(DAY, &lacks, &booked), [whole(End::Slot(3))]);
    assert_eq!(read(on(2), &has, &recorded), [whole(End::Extra(0))]);
}

#[test]
fn a_trade_that_is_recorded_late_is_one_difference_seen_from_either_day() {
    let [lacks, has] = [book(&[3], &[]), book(&[], &[at(2, 3)])];
    let recorded = known(&[(2, Compared::Proven(lacks.clone()))]);
    let booked = known(&[(0, Compared::Proven(has.clone()))]);
    let whole = |of| end(of, at(2, 3), 0, Late::Chain, OtherEnd::Found);
    assert_eq!(read(on(2), &lacks, &booked), [whole(End::Slot(3))]);
    assert_eq!(read(DAY, &has, &recorded), [whole(End::Extra(0))]);
}

#[test]
fn of_an_extra_it_is_known_whether_the_day_of_its_trade_was_compared() {
    let has = book(&[], &[at(-1, 3)]);
    for (compared, other) in [
        (Compared::Defaulted, OtherEnd::NotCompared),
        (Compared::NotYet, OtherEnd::NotYetCompared),
        (Compared::Proven(book(&[], &[])), OtherEnd::BookedAgain),
        (Compared::Proven(book(&[4], &[])), OtherEnd::BookedAgain),
    ] {
        let expected = end(End::Extra(0), at(-1, 3), 0, Late::Ledger, other);
        assert_eq!(read(DAY, &has, &known(&[(-1, compared)])), [expected]);
    }
    let unread = read(DAY, &has, &BTreeMap::new());
    assert_eq!(unread[0].other, OtherEnd::NotYetCompared);
}

#[test]
fn a_missing_entry_that_no_proven_book_has_is_no_timing_difference() {
    let lacks = book(&[3], &[]);
    for others in [
        known(&[]),
        known(&[(1, Compared::NotYet)]),
        known(&[(1, Compared::Defaulted)]),
        // Another position, and another day.
        known(&[(1, Compared::Proven(book(&[], &[at(0, 4), at(2, 3)])))]),
    ] {
        assert_eq!(read(DAY, &lacks, &others), []);
    }
}

/// A book of [`DAY`] that lacks an entry, whose trade occurred this far from the day.
fn lacks_from(distance: i32) -> Ends {
    book(&[3], &[]).with_days_of(DAY, |_| Some(on(distance)))
}

#[test]
fn of_a_missing_entry_of_a_late_trade_it_is_known_whether_the_day_of_its_time_was_compared() {
    for (compared, other) in [
        (Compared::Defaulted, OtherEnd::NotCompared),
        (Compared::NotYet, OtherEnd::NotYetCompared),
    ] {
        let expected = end(End::Slot(3), at(0, 3), -1, Late::Chain, other);
        let others = known(&[(-1, compared)]);
        assert_eq!(read(DAY, &lacks_from(-1), &others), [expected]);
    }
}

#[test]
fn a_missing_entry_of_a_late_trade_is_a_break_where_the_day_of_its_time_is_proven() {
    let others = known(&[(-1, Compared::Proven(book(&[], &[])))]);
    assert_eq!(read(DAY, &lacks_from(-1), &others), []);
}

#[test]
fn a_missing_entry_that_a_proven_day_has_is_an_end_whatever_is_known_of_the_day_of_its_time() {
    let others = known(&[
        (-1, Compared::Defaulted),
        (1, Compared::Proven(book(&[], &[at(0, 3)]))),
    ]);
    let expected = end(End::Slot(3), at(0, 3), 1, Late::Ledger, OtherEnd::Found);
    assert_eq!(read(DAY, &lacks_from(-1), &others), [expected]);
}

#[test]
fn a_missing_entry_of_a_trade_of_its_own_day_or_of_one_far_back_may_be_no_end() {
    let far = -1 - SEARCH_DAYS as i32;
    for distance in [0, far] {
        let others = known(&[(distance, Compared::Defaulted)]);
        assert_eq!(read(DAY, &lacks_from(distance), &others), []);
    }
}

#[test]
fn a_line_that_is_booked_twice_on_a_day_is_an_error_the_second_time() {
    let has = book(&[], &[at(-1, 3), at(-1, 3)]);
    let others = known(&[(-1, Compared::Proven(book(&[3], &[])))]);
    let of = |index, other| end(End::Extra(index), at(-1, 3), 0, Late::Ledger, other);
    let expected = [of(0, OtherEnd::Found), of(1, OtherEnd::BookedAgain)];
    assert_eq!(read(DAY, &has, &others), expected);
}

#[test]
fn of_two_days_that_have_a_line_the_nearer_one_is_the_end_and_of_two_as_near_the_earlier() {
    let lacks = book(&[3], &[]);
    let has = book(&[], &[at(0, 3)]);
    for (end, again) in [(1, 2), (-1, 1), (-2, 3)] {
        let others = known(&[
            (0, Compared::Proven(lacks.clone())),
            (end, Compared::Proven(has.clone())),
            (again, Compared::Proven(has.clone())),
        ]);
        assert_eq!(read(DAY, &lacks, &others)[0].booked, on(end));
        let other = |day| read(on(day), &has, &others)[0].other;
        assert_eq!(other(end), OtherEnd::Found);
        assert_eq!(other(again), OtherEnd::BookedAgain);
    }
}

#[test]
fn a_day_whose_book_is_not_proven_takes_no_end_from_a_farther_one() {
    let has = book(&[], &[at(0, 3)]);
    for nearer in [Compared::NotYet, Compared::Defaulted] {
        let others = known(&[(0, Compared::Proven(book(&[3], &[]))), (1, nearer)]);
        assert_eq!(read(on(2), &has, &others)[0].other, OtherEnd::Found);
    }
}

#[test]
fn what_is_further_apart_than_the_search_goes_is_no_timing_difference() {
    let far = SEARCH_DAYS as i32;
    for (distance, ends) in [(-far, 1), (far, 1), (-far - 1, 0), (far + 1, 0)] {
        let [lacks, has] = [book(&[3], &[]), book(&[], &[at(distance, 3)])];
        let others = known(&[
            (0, Compared::Proven(has.clone())),
            (distance, Compared::Proven(lacks.clone())),
        ]);
        assert_eq!(read(on(distance), &lacks, &others).len(), ends);
        assert_eq!(read(DAY, &has, &others).len(), ends);
    }
}

fn slot(position: u32, cause: Cause) -> SlotBreakView {
    SlotBreakView {
        position,
        cause,
        found: (cause != Cause::Missing).then(Entry::default),
        right: entry(position),
    }
}

fn extra(position: u32, cause: Cause, witness: Option<Witness>) -> ExtraBreakView {
    ExtraBreakView {
        entry: entry(position),
        cause,
        witness,
    }
}

#[test]
fn breaks_of_other_causes_are_no_ends_and_keep_the_number_of_an_extra() {
    let breaks = BreakList {
        slots: vec![
            slot(1, Cause::OtherAmount),
            slot(2, Cause::Missing),
            slot(5, Cause::WrongUser),
        ],
        extras: vec![
            extra(7, Cause::Duplicate, Some(at(0, 7))),
            extra(8, Cause::OtherDay, Some(at(-1, 8))),
            extra(9, Cause::NotMatched, None),
        ],
    };
    let others = known(&[(
        -1,
        Compared::Proven(book(&[7, 8, 9], &[at(0, 1), at(0, 2), at(0, 5)])),
    )]);
    let ends: Vec<_> = read(DAY, &Ends::of_breaks(&breaks), &others)
        .iter()
        .map(|end| end.end)
        .collect();
    assert_eq!(ends, [End::Slot(2), End::Extra(1)]);
}

#[test]
fn a_side_is_known_by_its_state() {
    let breaks = BreakList {
        slots: vec![slot(2, Cause::Missing)],
        extras: Vec::new(),
    };
    let proven = Compared::Proven(book(&[2], &[]));
    for (status, expected) in [
        (SideStatus::Awaited, Compared::NotYet),
        (SideStatus::Committed, Compared::NotYet),
        (SideStatus::Defaulted, Compared::Defaulted),
        (SideStatus::Proven { breaks: 1 }, proven.clone()),
        (SideStatus::ProvenLate { breaks: 1 }, proven.clone()),
        (SideStatus::Repaired { breaks: 1 }, proven.clone()),
    ] {
        assert_eq!(Compared::of(&status, &breaks), expected);
    }
}

#[test]
fn days_are_read_for_ends_alone() {
    let [first, today] = [on(-100), on(100)];
    let days = |ends: &Ends| ends.days_to_read(DAY, first, today);
    assert_eq!(days(&book(&[], &[])), BTreeSet::new());
    // The day of the trade, and the days that are nearer to it.
    let near = [on(-2), on(-3), on(-1), on(-4)];
    assert_eq!(days(&book(&[], &[at(-2, 3)])), BTreeSet::from(near));
    let around = days(&book(&[3], &[]));
    assert_eq!(around.len() as u32, 2 * SEARCH_DAYS);
    assert!(!around.contains(&DAY));
    assert_eq!(days(&book(&[], &[at(-15, 3)])), BTreeSet::new());
}

#[test]
fn no_day_before_the_agreement_or_after_today_is_read() {
    let days = book(&[3], &[]).days_to_read(DAY, on(-1), on(2));
    assert_eq!(days, BTreeSet::from([on(-1), on(1), on(2)]));
}

#[test]
fn no_day_is_read_but_those_that_count() {
    let that_count: BTreeSet<_> = days_that_count(DAY).collect();
    assert!(!that_count.contains(&DAY));
    let read = |ends: &Ends| ends.days_to_read(DAY, on(-100), on(100));
    let search = SEARCH_DAYS as i32;
    for distance in -search - 1..=search + 1 {
        let days = read(&book(&[3], &[at(distance, 3)]));
        assert!(days.is_subset(&that_count), "{distance}");
    }
    // The nearer of two days that have the trade of an extra, at the furthest.
    let furthest = read(&book(&[], &[at(-search, 3)]));
    assert_eq!(furthest.first(), that_count.first());
}

#[test]
fn either_end_names_the_other_day_and_what_there_is_to_do() {
    let words =
        |of, recorded, booked, other| end(of, at(recorded, 3), booked, Late::Ledger, other).words();
    let slot = words(End::Slot(3), 0, 7, OtherEnd::Found);
    assert_eq!(slot, "booked on 2026-11-30: nothing to do");
    let extra = |other| words(End::Extra(0), -1, 0, other);
    for (other, expected) in [
        (OtherEnd::Found, "booked on 2026-11-22: nothing to do"),
        (
            OtherEnd::NotCompared,
            "2026-11-22 was not compared: see whether its ledger has the entry too",
        ),
        (
            OtherEnd::NotYetCompared,
            "2026-11-22 is not yet compared: look again once it is",
        ),
        (
            OtherEnd::BookedAgain,
            "booked more than once; the chain has it on 2026-11-22",
        ),
    ] {
        assert_eq!(extra(other), expected);
    }
}

#[test]
fn timing_differences_are_counted_apart_from_breaks() {
    let of = |other| end(End::Extra(0), at(-1, 3), 0, Late::Ledger, other);
    let ends = [
        OtherEnd::Found,
        OtherEnd::NotCompared,
        OtherEnd::NotYetCompared,
        OtherEnd::BookedAgain,
    ];
    assert_eq!(count(&ends.map(of)), 1);
    for (status, timing, expected) in [
        (SideStatus::Proven { breaks: 3 }, 0, "proven, 3 breaks"),
        (
            SideStatus::Proven { breaks: 3 },
            1,
            "proven, 2 breaks, 1 timing difference",
        ),
        (
            SideStatus::ProvenLate { breaks: 2 },
            1,
            "proven late, 1 breaks, 1 timing difference",
        ),
        (
            SideStatus::Repaired { breaks: 4 },
            2,
            "repaired, 2 breaks, 2 timing differences",
        ),
        (SideStatus::Awaited, 0, "awaited"),
    ] {
        assert_eq!(status_words(&status, timing), expected);
    }
    let rest = apart(&SideStatus::Proven { breaks: 1 }, 1);
    assert_eq!(rest, SideStatus::Proven { breaks: 0 });
}
