//! Forks of the chain in memory.

use super::{is_own, Block, Carried, MockWorld, Request, LAG};
use counterfoil_primitives::{BusinessDay, TradeId};

/// The day to which forks that come by chance may book payments.
const NEXT_DAY: BusinessDay = BusinessDay(11);

/// A fork that takes the place of the last blocks. Its first block holds what all of these held, the last of
/// it first.
#[derive(Clone, Copy)]
pub struct Fork {
    /// The number of its first block. A good fork begins above what is final.
    pub first: u64,
    /// The day to which it books the client's payments; `None` for the day on which each occurred.
    pub day: Option<BusinessDay>,
}

impl MockWorld {
    /// Lets a fork take the place of the last blocks.
    pub fn reorganize(&mut self, fork: Fork) {
        let (first, end) = (fork.first as usize, self.blocks.len());
        let taken_back = self.blocks.split_off(first);
        let landed = taken_back.iter().flat_map(|block| &block.landed);
        for trade in landed.filter(|trade| is_own(trade)) {
            self.used.remove(&trade.id.sequence);
            self.links.remove(&trade.id);
            self.moved.remove(&trade.id);
        }
        let mut block = Block::default();
        for carried in taken_back.into_iter().flat_map(|block| block.carried).rev() {
            match carried {
                Carried::Own(request) => {
                    self.book(&request, fork.day);
                    self.take(request, first, &mut block);
                }
                Carried::Other(trade) => {
                    block.landed.push(trade);
                    block.carried.push(carried);
                }
            }
        }
        self.blocks.push(block);
        self.blocks.resize_with(end, Block::default);
    }

    /// Lets a payment be booked to a day, if there is one.
    fn book(&mut self, request: &Request, day: Option<BusinessDay>) {
        if let (Request::Payment(payment), Some(day)) = (request, day) {
            let id = TradeId {
                client: 1,
                sequence: payment.sequence,
            };
            self.moved.insert(id, day);
        }
    }

    /// Lets the fork come that comes just before the first refund that imports send.
    pub(super) fn fork_before_refunds(&mut self) {
        if !self.has_refund_waiting() {
            return;
        }
        if let Some(fork) = self.fork.take() {
            self.reorganize(fork);
        }
    }

    /// Lets a fork above what is final come, if chance wants it.
    pub(super) fn fork_by_chance(&mut self) {
        if self.forks == 0 || self.roll(100) >= self.forks {
            return;
        }
        let blocks = 1 + self.roll(LAG.min(self.best()));
        let first = self.best() + 1 - blocks;
        let day = (self.roll(2) == 0).then_some(NEXT_DAY);
        self.reorganize(Fork { first, day });
    }
}
