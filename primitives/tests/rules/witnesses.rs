//! Witnesses for extras: the trades on chain that they repeat.

use crate::samples::{chain, entry, equal_book, place};
use counterfoil_primitives::{
    cause::extra_cause,
    report::Report,
    search_days::SEARCH_DAYS,
    tree::PAGE_SIZE,
    witness::{may_be_on_chain, Search, Witnesses},
    BusinessDay, Cause, Entry, Kind, TradeId, Witness,
};
use proptest::{collection::vec, prelude::*};
use std::collections::BTreeMap;

const TODAY: BusinessDay = BusinessDay(20_000);
const YESTERDAY: BusinessDay = BusinessDay(19_999);

#[test]
fn an_extra_equal_to_an_entry_of_the_day_has_its_position() {
    let chain = chain(600);
    let mut book = equal_book(&chain);
    book.extras = vec![entry(5), entry(500), entry(900)];
    let report = Report::of_book(place().side_id.day, &chain, &book);
    let witness = |position| {
        Some(Witness {
            day: place().side_id.day,
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
    let amount = Entry {
        amount: entry(1).amount + 1,
        ..entry(1)
    };
    let kind = Entry {
        kind: Kind::Refund,
        ..entry(1)
    };
    let kind_without_id = Entry {
        id: TradeId::default(),
        ..kind
    };
    for changed in [amount, kind, kind_without_id] {
        let mut witnesses = Witnesses::wanted_by(&[changed]);
        witnesses.look_in(TODAY, 0, &chain(3));
        assert_eq!(witnesses.attach(&[changed]), vec![(changed, None)]);
    }
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

/// The extras of [`TODAY`]'s book, and where their trades are.
#[derive(Debug)]
struct Around {
    /// The chain's entries of each day.
    days: BTreeMap<BusinessDay, Vec<Entry>>,
    extras: Vec<Entry>,
    first: BusinessDay,
    today: BusinessDay,
}

impl Around {
    /// What the window shows of an id: whether any day has its trade, or an unknown one used it.
    fn used(&self, id: TradeId) -> Option<bool> {
        let has = |entries: &Vec<Entry>| entries.iter().any(|entry| entry.id == id);
        Some(self.days.values().any(has) || id.sequence.is_multiple_of(2))
    }

    fn pages(&self, day: BusinessDay) -> impl Iterator<Item = (u32, &[Entry])> {
        let entries = self.days.get(&day).map_or(&[][..], Vec::as_slice);
        (0..).zip(entries.chunks(PAGE_SIZE as usize))
    }

    fn search<'a>(&'a self, extras: impl IntoIterator<Item = &'a Entry>) -> Search {
        Search::new(extras, TODAY, self.first, self.today)
    }

    /// As the worker searches: for what may be on chain, one day after the other.
    fn by_the_worker(&self) -> Witnesses {
        let may_be = |extra: &&Entry| may_be_on_chain(extra.id, self.used(extra.id));
        let mut search = self.search(self.extras.iter().filter(may_be));
        while let Some(day) = search.next_day() {
            for (page, entries) in self.pages(day) {
                search.look_in(day, page, entries);
            }
        }
        search.finish()
    }

    /// As the client searches: for everything on the day, which it has read already, and for the
    /// rest that may be on chain on its neighbours.
    fn by_the_client(&self) -> Witnesses {
        let mut search = self.search(&self.extras);
        if let Some(day) = search.next_day() {
            for (page, entries) in self.pages(day) {
                search.look_in(day, page, entries);
            }
        }
        search.leave_out_unused(|id| self.used(id));
        while let Some(day) = search.next_day() {
            for (page, entries) in self.pages(day) {
                search.look_in(day, page, entries);
            }
        }
        search.finish()
    }

    fn causes(&self, witnesses: &Witnesses) -> Vec<Cause> {
        let attached = witnesses.attach(&self.extras).into_iter();
        attached
            .map(|(extra, found)| extra_cause(TODAY, found.map(|at| at.day), self.used(extra.id)))
            .collect()
    }
}

fn on(distance: i32) -> BusinessDay {
    BusinessDay(TODAY.0.saturating_add_signed(distance))
}

/// Extras that repeat trades up to fifteen days away, and extras that repeat none. An extra may lack
/// its id.
fn around() -> impl Strategy<Value = (Around, Vec<Option<i32>>)> {
    let extra = (prop::option::of(-15i32..=15), any::<bool>());
    (vec(extra, 0..12), 0i32..20, 0i32..20).prop_map(|(extras, before, after)| {
        let mut around = Around {
            days: BTreeMap::new(),
            extras: Vec::new(),
            first: on(-before),
            today: on(after),
        };
        let mut places = Vec::new();
        for (number, (distance, named)) in (0..).zip(extras) {
            let trade = entry(number);
            // Nothing is booked before the first day or after today.
            let distance = distance.filter(|at| (-before..=after).contains(at));
            if let Some(distance) = distance {
                around.days.entry(on(distance)).or_default().push(trade);
            }
            let id = if named { trade.id } else { TradeId::default() };
            around.extras.push(Entry { id, ..trade });
            places.push(distance);
        }
        (around, places)
    })
}

proptest! {
    #[test]
    fn client_and_worker_name_the_same_cause((around, places) in around()) {
        let causes = around.causes(&around.by_the_worker());
        prop_assert_eq!(&around.causes(&around.by_the_client()), &causes);
        for ((extra, place), cause) in around.extras.iter().zip(places).zip(causes) {
            let expected = match place {
                Some(0) => Cause::Duplicate,
                Some(distance) if distance.unsigned_abs() <= SEARCH_DAYS => Cause::OtherDay,
                _ if around.used(extra.id) == Some(false) => Cause::NotOnChain,
                _ => Cause::NotMatched,
            };
            prop_assert_eq!(cause, expected);
        }
    }
}

#[test]
fn a_search_ends_where_nothing_is_missing() {
    let mut search = Search::new(&[entry(1)], TODAY, YESTERDAY, TODAY);
    assert_eq!(search.next_day(), Some(TODAY));
    search.look_in(TODAY, 0, &chain(3));
    assert_eq!(search.next_day(), None);
}

#[test]
fn a_search_ends_where_what_is_missing_cannot_be_on_chain() {
    let mut search = Search::new(&[entry(900)], TODAY, YESTERDAY, TODAY);
    assert_eq!(search.next_day(), Some(TODAY));
    search.leave_out_unused(|_| Some(false));
    assert_eq!(search.next_day(), None);
}

#[test]
fn an_extra_without_an_id_is_not_left_out() {
    let extra = Entry {
        id: TradeId::default(),
        ..entry(900)
    };
    let mut search = Search::new(&[extra], TODAY, YESTERDAY, TODAY);
    search.leave_out_unused(|_| Some(false));
    assert_eq!(search.next_day(), Some(TODAY));
}
