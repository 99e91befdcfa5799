//! Witnesses for extras: the trades on chain that they repeat.

use crate::samples::{chain, entry, equal_book, place};
use counterfoil_primitives::{
    report::{Report, Witness, Witnesses},
    BusinessDay, Entry, TradeId,
};

const TODAY: BusinessDay = BusinessDay(20_000);
const YESTERDAY: BusinessDay = BusinessDay(19_999);

#[test]
fn an_extra_equal_to_an_entry_of_the_day_has_its_position() {
    let chain = chain(600);
    let mut book = equal_book(&chain);
    book.extras = vec![entry(5), entry(500), entry(900)];
    let report = Report::of_book(place().day, &chain, &book);
    let witness = |position| {
        Some(Witness {
            day: place().day,
            position,
        })
    };
    let expected = vec![
        (entry(5), witness(5)),
        (entry(500), witness(500)),
        (entry(900), None),
    ];
    assert_eq!(report.extras, vec![(0, expected)]);
}

#[test]
fn repeats_of_an_extra_share_a_witness() {
    let chain = chain(3);
    let mut book = equal_book(&chain);
    book.extras = vec![entry(1), entry(1)];
    let report = Report::of_book(TODAY, &chain, &book);
    let [first, second] = report.extras[0].1[..] else {
        panic!("two extras")
    };
    assert_eq!(first, second);
    assert!(first.1.is_some());
}

#[test]
fn an_extra_that_differs_in_anything_has_no_witness() {
    let changed = Entry {
        amount: entry(1).amount + 1,
        ..entry(1)
    };
    let mut witnesses = Witnesses::wanted_by(&[changed]);
    witnesses.look_in(TODAY, 0, &chain(3));
    assert_eq!(witnesses.attach(&[changed]), vec![(changed, None)]);
}

#[test]
fn witnesses_of_other_days_are_found_by_looking_there() {
    let extras = [entry(1), entry(258), entry(900)];
    let mut witnesses = Witnesses::wanted_by(&extras);
    witnesses.look_in(TODAY, 0, &chain(3));
    let missing: Vec<TradeId> = witnesses.missing().collect();
    assert_eq!(missing, vec![entry(258).id, entry(900).id]);

    witnesses.look_in(YESTERDAY, 1, &[entry(256), entry(257), entry(258)]);
    let missing: Vec<&Entry> = witnesses.missing_entries().collect();
    assert_eq!(missing, vec![&entry(900)]);
    let attached = witnesses.attach(&extras);
    let yesterday = Witness {
        day: YESTERDAY,
        position: 258,
    };
    assert_eq!(attached[1], (entry(258), Some(yesterday)));
    assert_eq!(attached[2], (entry(900), None));
}

#[test]
fn an_extra_without_an_id_is_found_by_all_else() {
    let extra = Entry {
        id: TradeId::default(),
        ..entry(2)
    };
    let mut witnesses = Witnesses::wanted_by(&[extra]);
    witnesses.look_in(TODAY, 0, &chain(3));
    let witness = Witness {
        day: TODAY,
        position: 2,
    };
    assert_eq!(witnesses.attach(&[extra]), vec![(extra, Some(witness))]);
}

#[test]
fn the_first_witness_found_stands() {
    let extra = Entry {
        id: TradeId::default(),
        ..entry(2)
    };
    let mut witnesses = Witnesses::wanted_by(&[extra]);
    witnesses.look_in(TODAY, 0, &chain(3));
    witnesses.look_in(YESTERDAY, 0, &[entry(2)]);
    assert_eq!(witnesses.attach(&[extra])[0].1.unwrap().day, TODAY);
}
