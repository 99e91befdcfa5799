//! Where the worker looks for the trade that an extra repeats.

use super::*;

/// The days, counted from the day itself, on which the worker finds the trades of these days among
/// the extras of a book, a number of days later.
fn witnessed(trades_on: &[i64], later: u64) -> Vec<Option<i64>> {
    let mut days = Vec::new();
    at_preset(3, || {
        let on = |distance: i64| BusinessDay((i64::from(DAY.0) + distance) as u32);
        let repeated = |distance: &i64| trade((100 + distance) as u64);
        world(|world| {
            world.agreement.first_day = on(-20);
            world.agreement.deadline_minutes = 60 * 24 * 60;
            world.now += later * 86_400_000;
            world.clock += later * 86_400_000;
            for distance in trades_on.iter().filter(|distance| **distance != 0) {
                world.trades.insert(on(*distance), vec![repeated(distance)]);
            }
        });
        let mut book = chain_book(CREDIT);
        let extra = |distance: &i64| match distance {
            0 => trade(1).entry(Side::Credit),
            _ => repeated(distance).entry(Side::Credit),
        };
        book.extras = trades_on.iter().map(extra).collect();
        commit(CREDIT, &book);
        worker::run::<Test>();
        let report = submitted().into_iter().find_map(|call| match call {
            Call::report_extras {
                day: DAY, extras, ..
            } => Some(extras),
            _ => None,
        });
        let witness = |witness: Witness| i64::from(witness.day.0) - i64::from(DAY.0);
        let extras = report.unwrap().into_iter();
        days = extras.map(|(_, at)| at.map(witness)).collect();
    });
    days
}

#[test]
fn witnesses_are_found_on_the_day_and_up_to_fourteen_days_away() {
    let days = [0, -1, 1, -4, 8, -14, 14];
    assert_eq!(witnessed(&days, 20), days.map(Some));
    assert_eq!(witnessed(&[-15, 15], 20), [None, None]);
}

#[test]
fn no_witness_is_looked_for_after_today() {
    // A day after its preset time it is the next day.
    assert_eq!(witnessed(&[1, 2], 0), [Some(1), None]);
}

#[test]
fn no_witness_is_looked_for_before_the_agreement() {
    let first = |first_day| {
        let mut found = None;
        at_preset(3, || {
            world(|world| {
                world.agreement.first_day = BusinessDay(DAY.0 - first_day);
                world.trades.insert(BusinessDay(DAY.0 - 2), vec![trade(70)]);
            });
            let mut book = chain_book(CREDIT);
            book.extras = vec![trade(70).entry(Side::Credit)];
            commit(CREDIT, &book);
            worker::run::<Test>();
            found = submitted().into_iter().find_map(|call| match call {
                Call::report_extras { extras, .. } => extras[0].1,
                _ => None,
            });
        });
        found.is_some()
    };
    assert!(first(2));
    assert!(!first(1));
}

#[test]
fn a_search_that_has_no_time_left_looks_at_the_day_alone() {
    at_preset(3, || {
        world(|world| {
            world.trades.insert(BusinessDay(DAY.0 + 1), vec![trade(71)]);
        });
        let agreement = world(|world| world.agreement.clone());
        let extras = [1, 71].map(|sequence| trade(sequence).entry(Side::Credit));
        let found = |until| {
            let witnesses =
                worker::witness::search::<Test>(&agreement, CREDIT, extras.iter(), until);
            let attached = witnesses.attach(&extras);
            attached
                .into_iter()
                .map(|(_, at)| at.is_some())
                .collect::<Vec<_>>()
        };
        let now = world(|world| world.clock);
        assert_eq!(found(now), [true, false]);
        assert_eq!(found(now + 1), [true, true]);
    });
}
