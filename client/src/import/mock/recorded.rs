//! What the chain in memory holds of the client, recorded by itself or by amendments.

use super::{day_of, is_own, MockChain, MockWorld};
use crate::import::{RecordedTrades, Supplemented};
use anyhow::Result;
use counterfoil_primitives::{
    amendment::AMENDMENTS, BusinessDay, MemberId, Moment, Reference, Sequence, Trade, TradeId,
    TradeRequest,
};

impl MockWorld {
    /// Lets an amendment record a payment of the client on day 12.
    pub fn supplement(&mut self, payment: &TradeRequest) {
        self.supplement_on(BusinessDay(12), payment);
    }

    /// Lets an amendment record a payment of the client on a day, behind those recorded so there.
    pub fn supplement_on(&mut self, day: BusinessDay, payment: &TradeRequest) {
        let id = TradeId {
            client: AMENDMENTS,
            sequence: self.supplements.len() as Sequence + 1,
        };
        let supplements = self.supplements.values();
        let position = supplements.filter(|other| other.day == day).count() as u32;
        let supplemented = Supplemented {
            day,
            position,
            trade: Trade {
                id,
                ..payment.into_trade(1, 0)
            },
        };
        self.supplements.insert(payment.reference, supplemented);
    }
}

impl RecordedTrades for MockChain {
    fn client(&self) -> MemberId {
        1
    }

    fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        Some(day_of(moment))
    }

    async fn trades_since(&mut self, from: BusinessDay) -> Result<Vec<(BusinessDay, Trade)>> {
        let mut world = self.burn()?;
        world.searched.push(from);
        let blocks = &world.blocks[..=world.finalized() as usize];
        Ok(blocks
            .iter()
            .flat_map(|block| &block.landed)
            .filter(|trade| is_own(trade))
            .map(|trade| world.booked(trade))
            .filter(|(day, _)| *day >= from)
            .collect())
    }

    async fn highest_sequence(&mut self) -> Result<Option<Sequence>> {
        let world = self.burn()?;
        let end = world.finalized() as usize;
        Ok(world
            .used
            .iter()
            .filter(|(_, block)| **block <= end)
            .map(|(at, _)| *at)
            .max())
    }

    async fn final_block(&mut self) -> Result<u64> {
        Ok(self.burn()?.finalized())
    }

    async fn supplemented(
        &mut self,
        references: &[Reference],
    ) -> Result<Vec<Option<Supplemented>>> {
        let world = self.burn()?;
        let found = references
            .iter()
            .map(|reference| world.supplements.get(reference));
        Ok(found.map(|found| found.copied()).collect())
    }
}
