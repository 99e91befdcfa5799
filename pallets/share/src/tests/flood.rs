//! What floods leave to others: blocks made one after another, from a pool that the floods fill
//! before anybody else sends anything.

use super::pool::{Node, Taken};
use crate::mock::*;
use counterfoil_primitives::MemberId;
use frame_support::weights::Weight;

const FIRST: MemberId = 1;
const SECOND: MemberId = 2;
/// Who records its trades meanwhile.
const THIRD: MemberId = 3;

/// Blocks that are made.
const BLOCKS: u32 = 48;
/// Trades that the third wants in each block: nearly half of it.
const TRADES: usize = 60;
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

fn flood(call: Sent, lives: u32) -> Flood {
    Flood {
        call,
        lives,
        from: 1,
    }
}

/// What each block takes of the third's trades.
fn trades_in(floods: &[Flood]) -> Vec<Taken> {
    let (mut node, mut unsent) = (Node::default(), 0);
    let block = |number| {
        node.next_block();
        for flood in floods.iter().filter(|flood| flood.from <= number) {
            node.fill(flood.call, flood.lives);
        }
        // What the pool refused is sent again in the next block.
        unsent += TRADES;
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
        actual: Some(MILLI / 10),
        ..call
    };
    [call, small, refunded]
}

/// Floods by the members, of each kind of call, mortal and immortal.
fn floods_of(members: &[MemberId], kind: Kind) -> Vec<Vec<Flood>> {
    let mut all = Vec::new();
    for lives in [MORTAL, IMMORTAL] {
        for index in 0..3 {
            let of = |member: &MemberId| flood(calls(*member, kind)[index], lives);
            all.push(members.iter().map(of).collect());
        }
    }
    all
}

/// Whether it is that part of a block, or less by no more than two calls of a millisecond.
fn is_part_of_a_block(taken: &Taken, part: u64) -> bool {
    let wanted = (BUDGET / part).ref_time();
    taken.weight.ref_time() + 2 * MILLI.ref_time() >= wanted
}

#[test]
fn without_a_flood_each_block_takes_the_trades() {
    assert!(trades_in(&[]).iter().all(|taken| taken.calls == TRADES));
}

#[test]
fn flooders_that_may_not_record_leave_a_third_nine_tenths_of_its_trades_in_each_block() {
    for members in [&[FIRST][..], &[FIRST, SECOND]] {
        for floods in floods_of(members, Kind::Other) {
            for (block, taken) in trades_in(&floods).iter().enumerate() {
                assert!(
                    taken.calls * 10 >= TRADES * 9,
                    "block {block} took {taken:?} in {floods:?}"
                );
            }
        }
    }
}

/// Blocks until the pool lets another in among the first calls of floods that it was full of.
const BLOCKS_UNTIL_OTHERS_GET_IN: usize = 5;

#[test]
fn a_flooder_that_may_record_leaves_a_third_a_quarter_of_a_block() {
    for floods in floods_of(&[FIRST], Kind::Recording) {
        let taken = trades_in(&floods);
        for (block, taken) in taken.iter().enumerate().skip(BLOCKS_UNTIL_OTHERS_GET_IN) {
            assert!(
                is_part_of_a_block(taken, 4),
                "block {block} took {taken:?} in {floods:?}"
            );
        }
    }
}

#[test]
fn two_flooders_that_may_record_leave_a_third_an_eighth_of_a_block() {
    for floods in floods_of(&[FIRST, SECOND], Kind::Recording) {
        let taken = trades_in(&floods);
        for (block, taken) in taken.iter().enumerate().skip(BLOCKS_UNTIL_OTHERS_GET_IN) {
            assert!(
                is_part_of_a_block(taken, 8),
                "block {block} took {taken:?} in {floods:?}"
            );
        }
    }
}

#[test]
fn a_flood_after_silence_holds_others_up_for_some_blocks_at_most() {
    for [mut one] in floods_of(&[FIRST], Kind::Recording)
        .into_iter()
        .map(|floods| <[Flood; 1]>::try_from(floods).expect("one member floods"))
    {
        one.from = 20;
        let taken = trades_in(&[one]);
        let bad: Vec<_> = (0..BLOCKS as usize)
            .filter(|block| !is_part_of_a_block(&taken[*block], 4))
            .collect();
        println!(
            "{one:?}: {bad:?} {:?}",
            taken.iter().map(|t| t.calls).collect::<Vec<_>>()
        );
    }
}
