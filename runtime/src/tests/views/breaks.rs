//! The breaks of a side, a limited number at a time.

use super::*;
use crate::{tests::NOON, Reconciliation};
use codec::{Compact, Encode};
use counterfoil_primitives::{
    day::DAY,
    ports::SideView,
    summary::{BreakList, ExtraBreakView, SlotBreakView},
    timing::{self, Compared, Ends},
    tree::PAGE_SIZE,
    Cause, Entry, Side, SideId, Witness,
};
use frame_support::storage::unhashed;
use pallet_reconciliation::{
    AcceptedHeader, ExtraBreak, ExtraBreaks, Headers, ListedPage, SideRecord, Sides, SlotBreak,
    SlotBreaks,
};
use proptest::prelude::*;
use sp_core::H256;
use std::collections::BTreeMap;

/// The bank's side of three days, which may repeat each other's trades.
const SIDES: [SideId; 3] = [
    SideId::new(1, TODAY, Side::Credit),
    SideId::new(1, BusinessDay(TODAY.0 + 1), Side::Credit),
    SideId::new(1, BusinessDay(TODAY.0 + 2), Side::Credit),
];

/// What a node puts into one answer, in bytes, as hexadecimal digits.
const MAX_ANSWER: usize = 15 << 20;

/// The breaks of a book.
#[derive(Clone, Debug)]
struct Breaks {
    /// By position: whether the book lacks the entry, rather than having another amount.
    slots: BTreeMap<u32, bool>,
    /// The day among [`SIDES`] and the position of the trade that each extra repeats, and whether it has the
    /// trade's id.
    extras: Vec<(usize, u32, bool)>,
}

/// A few positions of two pages.
fn position() -> impl Strategy<Value = u32> {
    prop_oneof![0..3u32, PAGE_SIZE..PAGE_SIZE + 3]
}

fn breaks() -> impl Strategy<Value = Breaks> {
    let slots = prop::collection::btree_map(position(), any::<bool>(), 0..6);
    let extras = prop::collection::vec((0..SIDES.len(), position(), any::<bool>()), 0..6);
    (slots, extras).prop_map(|(slots, extras)| Breaks { slots, extras })
}

/// The entry on a position of a day.
fn entry(day: BusinessDay, position: u32) -> Entry {
    Entry {
        id: TradeId {
            client: EVE,
            sequence: (u64::from(day.0) << 32) + u64::from(position),
        },
        amount: 100,
        occurred_at: NOON,
        ..Entry::default()
    }
}

fn slot(side_id: SideId, position: u32, is_lacked: bool) -> SlotBreak {
    let right = entry(side_id.day, position);
    let other = Entry { amount: 7, ..right };
    SlotBreak {
        position,
        cause: if is_lacked {
            Cause::Missing
        } else {
            Cause::OtherAmount
        },
        found: (!is_lacked).then_some(other),
        right,
    }
}

fn extra(side_id: SideId, (at, position, has_id): (usize, u32, bool)) -> ExtraBreak {
    let day = SIDES[at].day;
    let repeated = entry(day, position);
    let nameless = Entry {
        id: TradeId::default(),
        ..repeated
    };
    ExtraBreak {
        entry: if has_id { repeated } else { nameless },
        cause: if day == side_id.day {
            Cause::Duplicate
        } else {
            Cause::OtherDay
        },
        witness: Some(Witness { day, position }),
    }
}

fn listed(pages: impl Iterator<Item = u32>) -> Vec<ListedPage> {
    let listed = pages.map(|page| ListedPage {
        page,
        root: H256::zero(),
        accepted: true,
    });
    listed.collect()
}

/// A side is proven to have these breaks, with two extras a page.
fn prove(side_id: SideId, breaks: &Breaks) {
    let mut dirty = BTreeMap::<u32, Vec<SlotBreak>>::new();
    for (position, is_lacked) in &breaks.slots {
        let on_page = dirty.entry(position / PAGE_SIZE).or_default();
        on_page.push(slot(side_id, *position, *is_lacked));
    }
    let extras: Vec<_> = breaks
        .extras
        .iter()
        .map(|one| extra(side_id, *one))
        .collect();
    let extras: Vec<_> = (0..).zip(extras.chunks(2)).collect();
    let header = AcceptedHeader {
        dirty: listed(dirty.keys().copied()),
        extras: listed(extras.iter().map(|(page, _)| *page)),
        ..Default::default()
    };
    let record = SideRecord {
        proven: Some((breaks.slots.len() + breaks.extras.len()) as u32),
        ..Default::default()
    };
    Sides::<Runtime>::insert(side_id, record);
    Headers::<Runtime>::insert(side_id, header);
    for (page, slots) in dirty {
        SlotBreaks::<Runtime>::insert(side_id, page, slots);
    }
    for (page, extras) in extras {
        ExtraBreaks::<Runtime>::insert(side_id, page, extras.to_vec());
    }
}

/// The breaks of a side as the pallet has them.
fn whole(side_id: SideId) -> BreakList {
    let slots = Reconciliation::proven_slot_breaks(side_id).into_iter();
    let extras = Reconciliation::proven_extra_breaks(side_id).into_iter();
    BreakList {
        slots: slots
            .map(|slot| SlotBreakView {
                position: slot.position,
                cause: slot.cause,
                found: slot.found,
                right: slot.right,
            })
            .collect(),
        extras: extras
            .map(|extra| ExtraBreakView {
                entry: extra.entry,
                cause: extra.cause,
                witness: extra.witness,
            })
            .collect(),
    }
}

/// All breaks of a side, `limit` at a time.
fn excerpts(side_id: SideId, limit: u32) -> Vec<views::Excerpt> {
    let mut excerpts = Vec::new();
    let mut from = Some(0);
    while let Some(at) = from {
        let excerpt = views::breaks(side_id, at, limit);
        from = excerpt.next;
        excerpts.push(excerpt);
    }
    excerpts
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn breaks_read_a_few_at_a_time_are_those_of_the_side(drawn in breaks(), limit in 1..6u32) {
        on_development_chain(|| {
            prove(SIDES[0], &drawn);
            let mut together = BreakList::default();
            for excerpt in excerpts(SIDES[0], limit) {
                let breaks = excerpt.breaks;
                assert!(breaks.slots.len() + breaks.extras.len() <= limit as usize);
                together.slots.extend(breaks.slots);
                together.extras.extend(breaks.extras);
            }
            assert_eq!(together, whole(SIDES[0]));
        });
    }

    #[test]
    fn timing_differences_read_a_few_at_a_time_are_those_of_the_side(
        drawn in prop::array::uniform3(breaks()),
        limit in 1..6u32,
    ) {
        on_development_chain(|| {
            pallet_timestamp::Now::<Runtime>::put(NOON + 5 * DAY);
            for (side_id, breaks) in SIDES.iter().zip(&drawn) {
                prove(*side_id, breaks);
            }
            let [side_id, others @ ..] = SIDES;
            let others = others.map(|other| {
                let status = Reconciliation::side_status(other);
                (other.day, Compared::of(&status, &whole(other)))
            });
            let ends = Ends::of_breaks(&whole(side_id));
            let expected = timing::read(side_id.day, &ends, &others.into());
            let together: Vec<_> = excerpts(side_id, limit)
                .iter()
                .flat_map(|excerpt| views::timing_differences(side_id, excerpt))
                .collect();
            assert_eq!(together, expected);
            assert_eq!(views::timing_count(side_id), timing::count(&expected));
        });
    }
}

#[test]
fn an_answer_has_as_many_breaks_as_a_node_sends_and_says_where_the_next_ones_begin() {
    on_development_chain(|| {
        let many = Breaks {
            slots: (0..=views::MAX_BREAKS)
                .map(|position| (position, false))
                .collect(),
            extras: vec![],
        };
        prove(SIDES[0], &many);
        let answer =
            |from| <Runtime as CounterfoilApi<Block>>::breaks(1, TODAY, Side::Credit, from);
        let first = answer(0);
        assert_eq!(first.0.slots.len(), views::MAX_BREAKS as usize);
        assert!(2 * first.encoded_size() < MAX_ANSWER);
        let next = first.1.expect("one more follows");
        let (last, end) = answer(next);
        let positions: Vec<_> = last.slots.iter().map(|slot| slot.position).collect();
        assert_eq!((positions, end), (vec![views::MAX_BREAKS], None));
    });
}

#[test]
fn pages_before_the_first_break_of_an_answer_are_counted_and_not_read() {
    on_development_chain(|| {
        let [side_id, ..] = SIDES;
        let slots = (0..PAGE_SIZE).chain([PAGE_SIZE + 7]);
        let two_pages = Breaks {
            slots: slots.map(|position| (position, false)).collect(),
            extras: vec![],
        };
        prove(side_id, &two_pages);
        // Of the first page, its length alone is left.
        let key = SlotBreaks::<Runtime>::hashed_key_for(side_id, 0_u32);
        unhashed::put_raw(&key, &Compact(PAGE_SIZE).encode());
        let excerpt = views::breaks(side_id, PAGE_SIZE, 1);
        let positions: Vec<_> = excerpt
            .breaks
            .slots
            .iter()
            .map(|slot| slot.position)
            .collect();
        assert_eq!((positions, excerpt.next), (vec![PAGE_SIZE + 7], None));
    });
}

#[test]
fn an_extra_behind_one_of_an_earlier_answer_is_counted_as_booked_again() {
    on_development_chain(|| {
        pallet_timestamp::Now::<Runtime>::put(NOON + 5 * DAY);
        let [side_id, other, _] = SIDES;
        // The first answer ends with the first of two extras that repeat one trade.
        let slots = 0..views::MAX_BREAKS - 1;
        let twice = Breaks {
            slots: slots.map(|position| (position, false)).collect(),
            extras: vec![(1, 0, true); 2],
        };
        prove(side_id, &twice);
        let lacking = Breaks {
            slots: [(0, true)].into(),
            extras: vec![],
        };
        prove(other, &lacking);
        assert_eq!(views::timing_count(side_id), 1);
    });
}

#[test]
fn breaks_in_words_number_extras_over_their_pages() {
    on_development_chain(|| {
        pallet_timestamp::Now::<Runtime>::put(NOON + 5 * DAY);
        let [side_id, other, _] = SIDES;
        // The book has what the other day lacks, as the only entry of the second page in words.
        let duplicates = vec![(0, 0, true); PAGE_SIZE as usize];
        let late = Breaks {
            slots: BTreeMap::new(),
            extras: [duplicates, vec![(1, 0, true)]].concat(),
        };
        prove(side_id, &late);
        let lacking = Breaks {
            slots: [(0, true)].into(),
            extras: vec![],
        };
        prove(other, &lacking);
        let page = |page| {
            <Runtime as CounterfoilApi<Block>>::breaks_in_words(1, TODAY, Side::Credit, page)
        };
        assert!(page(0).iter().all(|one| one.timing.is_none()));
        let [last] = &page(1)[..] else {
            panic!("one is left")
        };
        let timing = last.timing.as_deref();
        assert_eq!(timing, Some("booked on 2026-11-24: nothing to do"));
    });
}
