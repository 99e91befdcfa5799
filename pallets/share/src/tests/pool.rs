//! A node's pool and the author of its blocks, by the rules of the SDK where they matter to a flood.
//!
//! - A full pool takes a call only in place of one of strictly lower priority, as it was when that one
//!   came. A call keeps its place until its block is final.
//! - An author takes the calls by their priority, then those that end soonest, then the oldest. Its
//!   priorities are those of the block before the last: they are looked at again in the background.
//! - It stops after [`TRIES`] calls for which the block has no room. A real author goes on as long as
//!   half of its time is not over; this one has none left from the beginning.

use crate::mock::{begin_block, Sent};
use counterfoil_primitives::MemberId;
use sp_runtime::transaction_validity::{InvalidTransaction, TransactionPriority};
use std::{cmp::Reverse, collections::BTreeMap};

/// Calls that the pool keeps: three times as many as a member gets into a block of the smallest ones,
/// as a node's does.
pub const POOL: usize = 768;
/// Calls without room after which an author stops.
const TRIES: usize = 8;
/// Blocks until a block is final.
const FINALITY: u32 = 3;

/// A call in the pool.
struct Waiting {
    sent: Sent,
    /// Its priority when it came.
    noted: TransactionPriority,
    /// Its priority as the next author sees it, and the one after that.
    ranks: [TransactionPriority; 2],
    /// The last block that takes it.
    until: u32,
    /// Its number in the order of arrival.
    order: u64,
    /// The block that took it.
    taken: Option<u32>,
}

/// A pool with its author.
#[derive(Default)]
pub struct Node {
    waiting: Vec<Waiting>,
    arrived: u64,
    block: u32,
}

impl Node {
    /// Begins the block after the last one: what is sent until it is made sees the last one's state.
    pub fn next_block(&mut self) {
        self.block += 1;
        begin_block(self.block);
    }

    /// Sends a call that lives for a number of blocks. Whether the pool keeps it.
    pub fn send(&mut self, sent: Sent, lives: u32) -> bool {
        let priority = sent.validate().expect("a pool takes it").priority;
        if self.waiting.len() >= POOL {
            let worst = (0..self.waiting.len())
                .min_by_key(|index| self.waiting[*index].noted)
                .expect("it is full");
            if self.waiting[worst].noted >= priority {
                return false;
            }
            self.waiting.swap_remove(worst);
        }
        self.arrived += 1;
        self.waiting.push(Waiting {
            sent,
            noted: priority,
            ranks: [priority; 2],
            until: self.block.saturating_add(lives),
            order: self.arrived,
            taken: None,
        });
        true
    }

    /// Sends the same call until the pool is full of what is not worse.
    pub fn fill(&mut self, sent: Sent, lives: u32) {
        while self.send(sent, lives) {}
    }

    /// Makes the block. How many calls it took, by member.
    pub fn make_block(&mut self) -> BTreeMap<MemberId, usize> {
        self.waiting
            .sort_by_key(|call| (Reverse(call.ranks[0]), call.until, call.order));
        let (mut taken, mut tries) = (BTreeMap::new(), 0);
        for call in self.waiting.iter_mut().filter(|call| call.taken.is_none()) {
            match call.sent.apply() {
                Ok(()) => {
                    call.taken = Some(self.block);
                    *taken.entry(call.sent.by).or_default() += 1;
                }
                Err(why) => {
                    assert_eq!(why, InvalidTransaction::ExhaustsResources.into());
                    tries += 1;
                    if tries > TRIES {
                        break;
                    }
                }
            }
        }
        self.keep_up();
        taken
    }

    /// Drops what is final or over, and looks at the others' priorities again.
    fn keep_up(&mut self) {
        let block = self.block;
        self.waiting.retain(|call| match call.taken {
            Some(taken) => taken + FINALITY > block,
            None => call.until > block,
        });
        begin_block(block + 1);
        for call in &mut self.waiting {
            let priority = call.sent.validate().expect("a pool keeps it").priority;
            call.ranks = [call.ranks[1], priority];
        }
    }
}
