//! Which differences of a ledger are marked as timing differences.

use crate::{
    ledger::{
        compare_with,
        tests::{background, line, trade, DAY},
        Background, Comparison,
    },
    testing::agreement_view,
};
use counterfoil_primitives::{
    timing::{Compared, Ends, OtherEnd},
    witness::Witnesses,
    BusinessDay, Cause, LedgerEntry, Side, Witness,
};
use std::collections::BTreeMap;

const YESTERDAY: BusinessDay = BusinessDay(DAY.0 - 1);

/// A ledger that lacks the second trade of its day, and has one of yesterday's, beside a line of no trade.
fn compared() -> Comparison {
    let of_yesterday = trade(9);
    let ledger = [
        line(&trade(1), 300),
        line(&trade(7), 300),
        LedgerEntry {
            id: Some(of_yesterday.id),
            ..line(&of_yesterday, 300)
        },
    ];
    let mut witnesses = Witnesses::wanted_by(&[of_yesterday.entry(Side::Credit)]);
    witnesses.look_in(YESTERDAY, 0, &[of_yesterday.entry(Side::Credit)]);
    let background = Background {
        witnesses,
        ..background()
    };
    let trades = [trade(1), trade(2)];
    compare_with(DAY, Side::Credit, &trades, &ledger, &background)
}

/// A proven book of yesterday: it lacks the line of yesterday, or has the trade that today's lacks.
fn yesterday(lacks: bool, has: bool) -> BTreeMap<BusinessDay, Compared> {
    let lacked = (0, Cause::Missing, trade(9).entry(Side::Credit));
    let place = Witness {
        day: DAY,
        position: 1,
    };
    let repeated = (trade(2).entry(Side::Credit), Cause::OtherDay, Some(place));
    let ends = Ends::new(lacks.then_some(lacked), has.then_some(repeated));
    [(YESTERDAY, Compared::Proven(ends))].into()
}

/// The differences, each with what is known of its other end.
fn marks(others: &BTreeMap<BusinessDay, Compared>) -> Vec<(Cause, Option<OtherEnd>)> {
    let mut comparison = compared();
    let ends = comparison.ends(&agreement_view(BusinessDay(0)), DAY);
    comparison.mark(DAY, &ends, others);
    let differences = comparison.differences.iter();
    let mut marks: Vec<_> = differences
        .map(|one| (one.cause, one.timing.map(|end| end.other)))
        .collect();
    marks.sort_unstable_by_key(|(cause, _)| *cause);
    let errors = comparison.errors().count();
    assert_eq!(errors + comparison.timing(), marks.len());
    let found = marks
        .iter()
        .filter(|(_, other)| *other == Some(OtherEnd::Found));
    assert_eq!(found.count(), comparison.timing());
    marks
}

#[test]
fn an_extra_is_marked_whose_day_lacks_it() {
    let expected = [
        (Cause::Missing, None),
        (Cause::OtherDay, Some(OtherEnd::Found)),
        (Cause::NotMatched, None),
    ];
    assert_eq!(marks(&yesterday(true, false)), expected);
}

#[test]
fn a_missing_entry_is_marked_that_another_day_has() {
    let expected = [
        (Cause::Missing, Some(OtherEnd::Found)),
        (Cause::OtherDay, Some(OtherEnd::BookedAgain)),
        (Cause::NotMatched, None),
    ];
    assert_eq!(marks(&yesterday(false, true)), expected);
}

#[test]
fn what_no_day_has_proven_is_not_called_a_timing_difference() {
    let expected = [
        (Cause::Missing, None),
        (Cause::OtherDay, Some(OtherEnd::NotYetCompared)),
        (Cause::NotMatched, None),
    ];
    assert_eq!(marks(&BTreeMap::new()), expected);
}
