//! What floods leave to others: blocks made one after another, from a pool that the floods fill
//! before anybody else sends anything.

use super::pool::Node;
use crate::mock::*;
use counterfoil_primitives::MemberId;

const FIRST: MemberId = 1;
const SECOND: MemberId = 2;
/// Who records its trades meanwhile.
const THIRD: MemberId = 3;

/// Blocks that are made.
const BLOCKS: u32 = 64;
/// Blocks until others get in among the first calls of floods, which the pool is full of.
const BEGINNING: usize = 24;
/// Trades that fill an eighth of a block.
const EIGHTH: usize = 15;
/// Trades that fill nearly half of one.
const HALF: usize = 60;
/// The life of a transaction that does not end.
const IMMORTAL: u32 = u32::MAX;
/// A short life, which lets a call go first among equals.
const MORTAL: u32 = 8;

/// One member's flood.
#[derive(Clone, Copy, Debug)]
struct Flood {
    call: Sent,
    lives: u32,
    /// The block in which it begins.
    from: u32,
}

/// How many of the third's trades each block takes, where it sends `trades` for each.
fn trades_in(floods: &[Flood], trades: usize) -> Vec<usize> {
    let (mut node, mut unsent) = (Node::default(), 0);
    let block = |number| {
        node.next_block();
        for flood in floods.iter().filter(|flood| flood.from <= number) {
            node.fill(flood.call, flood.lives);
        }
        // What the pool refused is sent again in the next block.
        unsent += trades;
        while unsent > 0 && node.send(sent(THIRD, Kind::Recording), 8 * MORTAL) {
            unsent -= 1;
        }
        node.make_block().remove(&THIRD).unwrap_or_default()
    };
    externalities().execute_with(|| (1..=BLOCKS).map(block).collect())
}

/// Calls of a millisecond; smaller ones; some that are charged for much and give it back.
fn calls(member: MemberId, kind: Kind) -> [Sent; 3] {
    let call = sent(member, kind);
    let small = Sent {
        charged: MILLI / 4,
        ..call
    };
    let refunded = Sent {
        charged: MILLI * 15,
        actual: Some(MILLI / 4),
        ..call
    };
    [call, small, refunded]
}

/// Floods by the members, of each kind of call, mortal and immortal, from a block on.
fn floods_of(members: &[MemberId], kind: Kind, from: u32) -> Vec<Vec<Flood>> {
    let mut all = Vec::new();
    for lives in [MORTAL, IMMORTAL] {
        for index in 0..3 {
            let of = |member: &MemberId| Flood {
                call: calls(*member, kind)[index],
                lives,
                from,
            };
            all.push(members.iter().map(of).collect());
        }
    }
    all
}

#[test]
fn without_a_flood_each_block_takes_the_trades() {
    assert_eq!(trades_in(&[], HALF), vec![HALF; BLOCKS as usize]);
}

#[test]
fn flooders_that_may_not_record_leave_a_third_nine_tenths_of_its_trades_in_each_block() {
    for members in [&[FIRST][..], &[FIRST, SECOND]] {
        for floods in floods_of(members, Kind::Other, 1) {
            let taken = trades_in(&floods, HALF);
            assert!(
                taken.iter().all(|taken| taken * 10 >= HALF * 9),
                "{floods:?} left {taken:?}"
            );
        }
    }
}

#[test]
fn a_flooder_that_may_record_leaves_a_third_an_eighth_of_each_block() {
    for floods in floods_of(&[FIRST], Kind::Recording, 1) {
        let taken = trades_in(&floods, EIGHTH);
        assert!(
            taken[BEGINNING..].iter().all(|taken| *taken >= EIGHTH),
            "{floods:?} left {taken:?}"
        );
    }
}

#[test]
fn two_flooders_that_may_record_leave_a_third_most_of_an_eighth_of_sixteen_blocks() {
    for floods in floods_of(&[FIRST, SECOND], Kind::Recording, 1) {
        let taken = trades_in(&floods, EIGHTH);
        let of_sixteen = |blocks: &[usize]| blocks.iter().sum::<usize>();
        assert!(
            taken[BEGINNING..]
                .windows(16)
                .all(|blocks| of_sixteen(blocks) * 4 >= 16 * EIGHTH * 3),
            "{floods:?} left {taken:?}"
        );
    }
}

/// Blocks in which a flood that begins after silence may hold others up: until the first of its
/// blocks is final, and its later calls rank lower.
const HELD_UP: usize = 12;

#[test]
fn a_flood_after_silence_holds_a_third_up_for_some_blocks_at_most() {
    for floods in floods_of(&[FIRST], Kind::Recording, 20) {
        let taken = trades_in(&floods, EIGHTH);
        let by_then: usize = taken[..20 + HELD_UP].iter().sum();
        assert!(
            by_then >= EIGHTH * 20 && taken[20..20 + HELD_UP].iter().any(|taken| *taken >= EIGHTH),
            "{floods:?} left {taken:?}"
        );
    }
}
