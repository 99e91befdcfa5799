//! Pages and their roots, around the border of a page.

use crate::{mock::*, Pages};
use codec::Encode;
use counterfoil_primitives::{ports::DayTrades, tree, Side, SideId};
use sp_core::H256;

fn page_sizes() -> Vec<usize> {
    (0..MaxPagesPerDay::get())
        .map(|page| Trades::page(AGREEMENT, FIRST, page).len())
        .take_while(|size| *size > 0)
        .collect()
}

fn page_roots(side: Side) -> Vec<H256> {
    Trades::page_roots(SideId::new(AGREEMENT, FIRST, side))
}

fn root_count() -> usize {
    page_roots(Side::Debit).len()
}

#[test]
fn a_page_has_room_until_256() {
    build_and_execute(|| {
        record(trades(0..255));
        assert_eq!((page_sizes(), root_count()), (vec![255], 0));
        record(trades([255]));
        assert_eq!((page_sizes(), root_count()), (vec![256], 1));
        record(trades([256]));
        assert_eq!((page_sizes(), root_count()), (vec![256, 1], 1));
    });
}

#[test]
fn a_batch_crosses_pages() {
    build_and_execute(|| {
        record(trades(0..100));
        record(trades(100..1_000));
        assert_eq!(page_sizes(), [256, 256, 256, 232]);
        assert_eq!(sequences(FIRST), (0..1_000).collect::<Vec<_>>());
        assert_eq!(root_count(), 3);
    });
}

#[test]
fn a_batch_that_ends_with_a_page_roots_it() {
    build_and_execute(|| {
        record(trades(0..512));
        assert_eq!((page_sizes(), root_count()), (vec![256, 256], 2));
    });
}

/// The compact length grows from one byte to two between 63 and 64 trades.
#[test]
fn a_page_keeps_its_encoding_when_its_length_grows() {
    build_and_execute(|| {
        for size in 1..=66 {
            record(trades([size - 1]));
            let key = Pages::<Test>::hashed_key_for((AGREEMENT, FIRST, 0));
            let raw = frame_support::storage::unhashed::get_raw(&key).unwrap();
            assert_eq!(raw, stored(FIRST).encode());
            assert_eq!(stored(FIRST).len() as u64, size);
        }
    });
}

#[test]
fn recording_at_once_is_as_recording_one_by_one() {
    let pages = |steps: &[std::ops::Range<u64>]| {
        let mut result = None;
        build_and_execute(|| {
            for step in steps {
                record(trades(step.clone()));
            }
            result = Some((stored(FIRST), Side::BOTH.map(page_roots)));
        });
        result.unwrap()
    };
    let one_by_one: Vec<_> = (0..600).map(|at| at..at + 1).collect();
    let at_once = pages(std::slice::from_ref(&(0..600)));
    assert_eq!(at_once, pages(&one_by_one));
    assert_eq!(at_once, pages(&[0..63, 63..255, 255..257, 257..600]));
}

#[test]
fn page_roots_are_what_the_trades_give() {
    build_and_execute(|| {
        record(trades(0..300));
        record(trades(300..600));
        for side in Side::BOTH {
            let expected = roots_from_scratch(FIRST, side);
            assert_eq!(page_roots(side), expected[..2]);
        }
    });
}

#[test]
fn the_sides_have_roots_of_their_own() {
    build_and_execute(|| {
        record(trades(0..256));
        let [debit, credit] = Side::BOTH.map(page_roots);
        assert_ne!(debit, credit);
    });
}

#[test]
fn a_trade_is_read_on_its_position() {
    for count in [1, 63, 64, 255, 256, 300] {
        build_and_execute(|| {
            record(trades(0..count));
            for (position, trade) in stored(FIRST).into_iter().enumerate() {
                let found = Trades::trade_at(AGREEMENT, FIRST, position as u32);
                assert_eq!(found, Some(trade));
            }
        });
    }
}

#[test]
fn no_trade_is_read_beyond_the_last() {
    for count in [1, 63, 64, 256, 300] {
        build_and_execute(|| {
            record(trades(0..count));
            for position in [count as u32, count as u32 + 1, u32::MAX] {
                assert_eq!(Trades::trade_at(AGREEMENT, FIRST, position), None);
            }
            assert_eq!(Trades::trade_at(AGREEMENT, day(1), 0), None);
            assert_eq!(Trades::trade_at(AGREEMENT + 1, FIRST, 0), None);
        });
    }
}

#[test]
fn the_count_tells_the_pages() {
    build_and_execute(|| {
        record(trades(0..300));
        let count = Trades::totals(AGREEMENT, FIRST).count();
        assert_eq!(tree::page_count(count) as usize, page_sizes().len());
    });
}
