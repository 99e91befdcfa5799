//! Timing differences on two days of the bank's side: whoever was late, and whichever day is proven first.
//!
//! A preview reads them as a client does, by the answers of the runtime API and the rule of the primitives;
//! once its book is proven, the chain has to tell the same.

mod compared;

use super::{on_development_chain, NOON};
use crate::{counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, Block, Runtime};
use counterfoil_primitives::{
    day::DAY,
    timing::{read, Compared, End, Ends, Late, OtherEnd, TimingEnd},
    BusinessDay, Cause, Entry, Side, SideId, TradeId, Witness,
};
use pallet_reconciliation::{
    AcceptedHeader, ExtraBreak, ExtraBreaks, Headers, ListedPage, SideRecord, Sides, SlotBreak,
    SlotBreaks,
};
use sp_core::H256;

/// 2026-11-23.
const T: BusinessDay = BusinessDay(20_780);
/// 2026-11-25.
const LATER: BusinessDay = BusinessDay(20_782);
/// The position of the trade on the day of the chain.
const POSITION: u32 = 3;

/// The bank's entry of the trade.
fn entry() -> Entry {
    Entry {
        id: TradeId {
            client: 5,
            sequence: 9,
        },
        product: 1,
        amount: 100,
        occurred_at: NOON,
        ..Entry::default()
    }
}

/// The days on which chain and ledger have the trade.
fn recorded_and_booked(late: Late) -> [BusinessDay; 2] {
    match late {
        Late::Ledger => [T, LATER],
        Late::Chain => [LATER, T],
    }
}

/// Runs `test` some days after both.
fn afterwards(test: impl FnOnce()) {
    on_development_chain(|| {
        pallet_timestamp::Now::<Runtime>::put(NOON + 5 * DAY);
        test();
    });
}

const fn side_id(day: BusinessDay, side: Side) -> SideId {
    SideId::new(1, day, side)
}

/// The break of the book of `day`: it lacks the trade on the day of the chain, and has it on the ledger's.
fn slots_and_extras(day: BusinessDay, late: Late) -> (Vec<SlotBreak>, Vec<ExtraBreak>) {
    let [recorded, _] = recorded_and_booked(late);
    if day == recorded {
        let lacked = SlotBreak {
            position: POSITION,
            cause: Cause::Missing,
            found: None,
            right: entry(),
        };
        return (vec![lacked], vec![]);
    }
    let repeated = ExtraBreak {
        entry: entry(),
        cause: Cause::OtherDay,
        witness: Some(Witness {
            day: recorded,
            position: POSITION,
        }),
    };
    (vec![], vec![repeated])
}

/// A side is proven to have the breaks of `day`.
fn prove_side(side: Side, day: BusinessDay, late: Late) {
    let (slots, extras) = slots_and_extras(day, late);
    let listed = |is_listed: bool| {
        let page = ListedPage {
            page: 0,
            root: H256::zero(),
            accepted: true,
        };
        is_listed.then_some(page).into_iter().collect()
    };
    let header = AcceptedHeader {
        dirty: listed(!slots.is_empty()),
        extras: listed(!extras.is_empty()),
        breaks: 1,
        ..Default::default()
    };
    let record = SideRecord {
        proven: Some(1),
        ..Default::default()
    };
    let side_id = side_id(day, side);
    Sides::<Runtime>::insert(side_id, record);
    Headers::<Runtime>::insert(side_id, header);
    SlotBreaks::<Runtime>::insert(side_id, 0, slots);
    ExtraBreaks::<Runtime>::insert(side_id, 0, extras);
}

fn default_on(day: BusinessDay) {
    let record = SideRecord {
        defaulted: true,
        ..Default::default()
    };
    Sides::<Runtime>::insert(side_id(day, Side::Credit), record);
}

/// What the chain tells of the bank's side of a day.
fn told(day: BusinessDay) -> Vec<TimingEnd> {
    <Runtime as CounterfoilApi<Block>>::timing_differences(1, day, Side::Credit, 0).0
}

/// What the chain tells of the bank's side of a day for other days.
fn compared_on(day: BusinessDay, positions: Vec<u32>) -> Compared {
    <Runtime as CounterfoilApi<Block>>::compared(1, day, Side::Credit, positions)
}

/// What a client tells of the bank's ledger before it is proven.
fn preview(day: BusinessDay, late: Late) -> Vec<TimingEnd> {
    let (slots, extras) = slots_and_extras(day, late);
    let ends = Ends::new(
        slots
            .iter()
            .map(|slot| (slot.position, slot.cause, slot.right)),
        extras
            .iter()
            .map(|extra| (extra.entry, extra.cause, extra.witness)),
    );
    let agreement = <Runtime as CounterfoilApi<Block>>::agreement(1).expect("there is one");
    let today = <Runtime as CounterfoilApi<Block>>::today(1).expect("it has begun");
    let days = ends.days_to_read(day, agreement.first_day, today);
    let others = days.into_iter().map(|other| {
        let positions = ends.positions_on(other).into_iter().collect();
        (other, compared_on(other, positions))
    });
    read(day, &ends, &others.collect())
}

/// Previews the bank's book of `day` and proves it. Both tell the same.
fn compare(day: BusinessDay, late: Late) {
    let previewed = preview(day, late);
    prove_side(Side::Credit, day, late);
    assert_eq!(told(day), previewed);
}

fn end(end: End, late: Late, other: OtherEnd) -> TimingEnd {
    let [recorded, booked] = recorded_and_booked(late);
    TimingEnd {
        end,
        entry: entry(),
        recorded: Witness {
            day: recorded,
            position: POSITION,
        },
        booked,
        late,
        other,
    }
}

/// Proves both days in this order: from either, the difference is told as a whole.
fn whole_after(late: Late, order: [BusinessDay; 2]) {
    afterwards(|| {
        for day in order {
            compare(day, late);
        }
        let [recorded, booked] = recorded_and_booked(late);
        let slot = end(End::Slot(POSITION), late, OtherEnd::Found);
        let extra = end(End::Extra(0), late, OtherEnd::Found);
        assert_eq!((told(recorded), told(booked)), (vec![slot], vec![extra]));
    });
}

#[test]
fn a_late_line_is_a_timing_difference_whichever_day_is_proven_first() {
    whole_after(Late::Ledger, [T, LATER]);
    whole_after(Late::Ledger, [LATER, T]);
}

#[test]
fn a_trade_that_was_recorded_late_is_one_whichever_day_is_proven_first() {
    whole_after(Late::Chain, [T, LATER]);
    whole_after(Late::Chain, [LATER, T]);
}

#[test]
fn until_the_day_of_its_trade_is_proven_an_extra_is_not_yet_compared() {
    for late in [Late::Ledger, Late::Chain] {
        afterwards(|| {
            let [_, booked] = recorded_and_booked(late);
            compare(booked, late);
            let expected = end(End::Extra(0), late, OtherEnd::NotYetCompared);
            assert_eq!(told(booked), [expected]);
        });
    }
}

#[test]
fn until_another_day_has_it_a_missing_entry_is_a_break_alone() {
    for late in [Late::Ledger, Late::Chain] {
        afterwards(|| {
            let [recorded, _] = recorded_and_booked(late);
            compare(recorded, late);
            assert_eq!(told(recorded), []);
        });
    }
}

#[test]
fn a_late_line_of_a_day_that_defaulted_is_not_compared() {
    afterwards(|| {
        default_on(T);
        compare(LATER, Late::Ledger);
        let expected = end(End::Extra(0), Late::Ledger, OtherEnd::NotCompared);
        assert_eq!((told(T), told(LATER)), (vec![], vec![expected]));
    });
}

#[test]
fn a_day_that_is_proven_late_has_the_other_end() {
    afterwards(|| {
        prove_side(Side::Credit, LATER, Late::Ledger);
        prove_side(Side::Credit, T, Late::Ledger);
        Sides::<Runtime>::mutate(side_id(T, Side::Credit), |record| record.defaulted = true);
        let slot = end(End::Slot(POSITION), Late::Ledger, OtherEnd::Found);
        let extra = end(End::Extra(0), Late::Ledger, OtherEnd::Found);
        assert_eq!((told(T), told(LATER)), (vec![slot], vec![extra]));
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, T);
        let words = "proven late, no breaks, 1 timing difference";
        assert_eq!(day.expect("it has begun").bank_side, words);
    });
}

#[test]
fn an_entry_is_missing_where_the_ledgers_day_defaulted() {
    afterwards(|| {
        default_on(T);
        compare(LATER, Late::Chain);
        assert_eq!((told(T), told(LATER)), (vec![], vec![]));
    });
}

#[test]
fn the_other_side_is_no_other_end() {
    afterwards(|| {
        prove_side(Side::Debit, T, Late::Ledger);
        compare(LATER, Late::Ledger);
        let expected = end(End::Extra(0), Late::Ledger, OtherEnd::NotYetCompared);
        assert_eq!(told(LATER), [expected]);
    });
}

#[test]
fn timing_differences_read_in_words_and_are_counted_apart() {
    afterwards(|| {
        let bank = |day| {
            let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, day);
            day.expect("it has begun").bank_side
        };
        let in_words = |day| {
            let breaks =
                <Runtime as CounterfoilApi<Block>>::breaks_in_words(1, day, Side::Credit, 0);
            assert_eq!(breaks.len(), 1);
            breaks[0].timing.clone()
        };
        prove_side(Side::Credit, T, Late::Ledger);
        assert_eq!((bank(T), in_words(T)), ("proven, 1 breaks".into(), None));
        prove_side(Side::Credit, LATER, Late::Ledger);
        for (day, words) in [
            (T, "booked on 2026-11-25: nothing to do"),
            (LATER, "booked on 2026-11-23: nothing to do"),
        ] {
            assert_eq!(bank(day), "proven, no breaks, 1 timing difference");
            assert_eq!(in_words(day).as_deref(), Some(words));
        }
    });
}

#[test]
fn a_timing_difference_reads_with_nothing_to_correct_once_both_days_are_proven() {
    afterwards(|| {
        let breaks = |day| {
            let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, day);
            day.expect("it has begun").bank_breaks
        };
        prove_side(Side::Credit, LATER, Late::Ledger);
        let early = breaks(LATER);
        assert_eq!((early.count, early.timing_differences), (1, 0));
        let words = "not known: it may be a timing difference";
        assert_eq!(early.first[0].correction, words);
        prove_side(Side::Credit, T, Late::Ledger);
        for day in [T, LATER] {
            let whole = breaks(day);
            assert_eq!((whole.count, whole.timing_differences), (1, 1));
            let words = "nothing: it is a timing difference";
            assert_eq!(whole.first[0].correction, words);
        }
    });
}

#[test]
fn timing_differences_are_read_by_the_digits_of_a_date() {
    afterwards(|| {
        prove_side(Side::Credit, LATER, Late::Ledger);
        assert_eq!(told(BusinessDay(20_261_125)), told(LATER));
        assert_eq!(told(LATER).len(), 1);
        assert_eq!(told(BusinessDay(20_261_131)), []);
    });
}
