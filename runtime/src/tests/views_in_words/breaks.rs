//! What people read of the breaks of a side.

use super::*;
use crate::views_in_words::{BreaksInWords, MAX_FIRST};
use counterfoil_primitives::{tree::PAGE_SIZE, Cause, Entry, Reference, Side, SideId, TradeId};
use pallet_reconciliation::{
    AcceptedHeader, ExtraBreak, ExtraBreaks, Headers, ListedPage, SideRecord, Sides, SlotBreak,
    SlotBreaks,
};
use sp_core::H256;

const BANKS: SideId = SideId::new(1, BusinessDay(20_780), Side::Credit);

fn entry() -> Entry {
    Entry {
        id: TradeId {
            client: 5,
            sequence: 9,
        },
        product: 1,
        amount: 100,
        occurred_at: crate::tests::NOON,
        ..Entry::default()
    }
}

fn slot(position: u32, cause: Cause, found: Option<Entry>) -> SlotBreak {
    SlotBreak {
        position,
        cause,
        found,
        right: entry(),
    }
}

/// The bank's side is proven to have these breaks.
fn prove(slots: Vec<SlotBreak>, extras: Vec<ExtraBreak>) {
    let page = || {
        vec![ListedPage {
            page: 0,
            root: H256::zero(),
            accepted: true,
        }]
    };
    let header = AcceptedHeader {
        dirty: page(),
        extras: page(),
        ..Default::default()
    };
    let record = SideRecord {
        proven: Some((slots.len() + extras.len()) as u32),
        ..Default::default()
    };
    Sides::<Runtime>::insert(BANKS, record);
    Headers::<Runtime>::insert(BANKS, header);
    SlotBreaks::<Runtime>::insert(BANKS, 0, slots);
    ExtraBreaks::<Runtime>::insert(BANKS, 0, extras);
}

/// The bank's breaks, as the day lists them.
fn listed() -> BreaksInWords {
    let day = <Runtime as CounterfoilApi<Block>>::day_in_words(1, TODAY).expect("it has begun");
    assert_eq!(day.company_breaks, BreaksInWords::default());
    day.bank_breaks
}

/// The bank's side lacks this many entries.
fn lack(count: u32) {
    let slots = (0..count).map(|position| slot(position, Cause::Missing, None));
    prove(slots.collect(), Vec::new());
}

#[test]
fn a_day_lists_the_breaks_of_a_side_where_they_are_few() {
    on_development_chain(|| {
        lack(MAX_FIRST);
        let breaks = listed();
        assert_eq!((breaks.count, breaks.timing_differences), (MAX_FIRST, 0));
        assert_eq!(breaks.first.len() as u32, MAX_FIRST);
        assert_eq!(breaks.all, None);
        let paged = <Runtime as CounterfoilApi<Block>>::breaks_in_words(1, TODAY, Side::Credit, 0);
        assert_eq!(breaks.first, paged);
    });
}

#[test]
fn a_day_names_the_call_that_lists_all_breaks_where_they_are_many() {
    on_development_chain(|| {
        for (count, pages) in [
            (MAX_FIRST + 1, "page 0"),
            (PAGE_SIZE, "page 0"),
            (PAGE_SIZE + 1, "pages 0 to 1"),
        ] {
            lack(count);
            let breaks = listed();
            assert_eq!(
                (breaks.count, breaks.first.len() as u32),
                (count, MAX_FIRST)
            );
            let all = format!("breaksInWords(1, 20261123, Credit, page): {pages}");
            assert_eq!(breaks.all, Some(all));
        }
    });
}

#[test]
fn a_side_that_is_not_proven_reads_with_no_breaks() {
    on_development_chain(|| {
        assert_eq!(listed(), BreaksInWords::default());
    });
}

#[test]
fn a_break_reads_with_what_the_ledger_has_to_change() {
    on_development_chain(|| {
        let other_amount = Entry {
            amount: 7,
            ..entry()
        };
        let other_reference = Entry {
            reference: Reference([7; 16]),
            ..entry()
        };
        let slots = vec![
            slot(0, Cause::Missing, None),
            slot(1, Cause::OtherAmount, Some(other_amount)),
            slot(2, Cause::WrongReference, Some(other_reference)),
        ];
        let extra = ExtraBreak {
            entry: entry(),
            cause: Cause::NotOnChain,
            witness: None,
        };
        prove(slots, vec![extra]);
        let breaks = listed().first;
        let corrections: Vec<_> = breaks.iter().map(|one| one.correction.as_str()).collect();
        let expected = [
            "enter 1.00 CZK",
            "enter 1.00 CZK in place of 0.07 CZK",
            "enter 1.00 CZK as is right",
            "take out 1.00 CZK",
        ];
        assert_eq!(corrections, expected);
    });
}
