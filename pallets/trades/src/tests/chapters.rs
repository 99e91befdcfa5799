//! The page roots of long days, which lie in several chapters.

use crate::{mock::*, weighing, PageRoots, WeightInfo};
use counterfoil_primitives::{
    ports::DayTrades,
    tree::{CHAPTER_SIZE, PAGE_SIZE},
    Commitment, Side, SideId, TradeRequest,
};
use frame_support::weights::constants::ParityDbWeight;

/// Records trades of the first day, in batches.
fn record_many(count: u32) {
    MaxPagesPerDay::set(CHAPTER_SIZE + 8);
    let like = trade(0);
    let all: Vec<_> = (0..u64::from(count))
        .map(|sequence| TradeRequest { sequence, ..like })
        .collect();
    for batch in all.chunks(1_000) {
        record(batch.to_vec());
    }
}

/// How many pages have their roots in each of the first chapters.
fn pages_of_chapters() -> [usize; 3] {
    [0, 1, 2].map(|chapter| PageRoots::<Test>::get((AGREEMENT, FIRST, chapter)).len())
}

#[test]
fn the_257th_page_begins_a_chapter() {
    build_and_execute(|| {
        record_many((CHAPTER_SIZE + 1) * PAGE_SIZE);
        assert_eq!(pages_of_chapters(), [256, 1, 0]);
        for side in Side::BOTH {
            let roots = Trades::page_roots(SideId::new(AGREEMENT, FIRST, side));
            assert_eq!(roots, roots_from_scratch(FIRST, side));
        }
    });
}

#[test]
fn the_seal_roots_a_last_page_that_begins_a_chapter() {
    build_and_execute(|| {
        record_many(CHAPTER_SIZE * PAGE_SIZE + 1);
        assert_eq!(pages_of_chapters(), [256, 0, 0]);
        set_time(at(1, 12, 0));
        Trades::seal(signed(BANK), AGREEMENT, FIRST).unwrap();
        assert_eq!(pages_of_chapters(), [256, 1, 0]);
    });
}

#[test]
fn a_seal_commits_to_all_chapters() {
    build_and_execute(|| {
        record_many(CHAPTER_SIZE * PAGE_SIZE + 1);
        set_time(at(1, 12, 0));
        Trades::seal(signed(BANK), AGREEMENT, FIRST).unwrap();
        for side in Side::BOTH {
            let side_id = SideId::new(AGREEMENT, FIRST, side);
            let entries = stored(FIRST)
                .into_iter()
                .map(|trade| Some(trade.entry(side)));
            let slots: Vec<_> = entries.collect();
            let expected = Commitment::of_book(&Trades::place(side_id), &slots, &[]);
            assert_eq!(Trades::chain_commitment(side_id), Some(expected));
        }
    });
}

#[test]
fn a_seal_is_charged_for_each_chapter_that_it_reads() {
    let chapters = |pages| {
        let on_top = weighing::seal::<Test>(pages) - <() as WeightInfo>::seal(pages);
        on_top.ref_time() / ParityDbWeight::get().read
    };
    assert_eq!([0, 1, 256, 257, 4_096].map(chapters), [0, 1, 1, 2, 16]);
}
