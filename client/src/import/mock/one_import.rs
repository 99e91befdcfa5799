//! What one import sees and does, until it is killed.

use super::{is_own, MockWorld, Pending, Request, ERA};
use crate::{
    error::{Error, PoolRefusal},
    import::{Batch, News, TradeChain, Usage},
};
use anyhow::{bail, Result};
use counterfoil_primitives::{Sequence, TradeRequest};
use std::{
    cell::{RefCell, RefMut},
    rc::Rc,
};

/// One import's view of the world. It may be killed after a number of steps.
pub struct MockChain {
    pub(super) world: Rc<RefCell<MockWorld>>,
    told: u64,
    fuel: Option<u32>,
}

impl MockChain {
    pub fn new(world: &Rc<RefCell<MockWorld>>, fuel: Option<u32>) -> Self {
        let told = world.borrow().finalized();
        Self {
            world: world.clone(),
            told,
            fuel,
        }
    }

    /// Every step may be the last one.
    pub(super) fn burn(&mut self) -> Result<RefMut<'_, MockWorld>> {
        match &mut self.fuel {
            Some(0) => bail!("killed"),
            Some(fuel) => *fuel -= 1,
            None => {}
        }
        Ok(self.world.borrow_mut())
    }

    fn submit_one(&mut self, batch: &Batch, ends_at: u64) -> Result<(), PoolRefusal> {
        let killed = |_| PoolRefusal::Unreachable("killed".into());
        let requests = Request::all(batch);
        let trades: Vec<TradeRequest> = requests.iter().map(Request::trade).collect();
        {
            let mut world = self.burn().map_err(killed)?;
            world.check_when_signing().map_err(PoolRefusal::Unfit)?;
            if let Batch::Refunds(refunds) = batch {
                world.refunds_sent.extend(refunds);
                world.refund_batches.push(refunds.len());
            }
            if ends_at <= world.best() {
                return Err(PoolRefusal::Void("its era has ended".into()));
            }
            if trades
                .iter()
                .all(|trade| world.used.contains_key(&trade.sequence))
            {
                return Err(PoolRefusal::Stale);
            }
            let best = world.blocks.len();
            if trades
                .iter()
                .all(|trade| world.is_beyond(trade.sequence, best))
            {
                return Err(PoolRefusal::Early);
            }
            if world.roll(100) < world.refuses {
                return Err(PoolRefusal::Busy("full".into()));
            }
            if world.roll(100) < world.voids {
                return Err(PoolRefusal::Void("a fork".into()));
            }
            let slow = world.slow;
            if world.roll(100) >= world.loses {
                let delay = world.roll(slow + 1) as u32;
                world.pool.push(Pending {
                    trades: requests,
                    ends_at,
                    delay,
                });
            }
        }
        // Killed after the batch is away, before the import knows.
        self.burn().map_err(killed).map(drop)
    }
}

impl TradeChain for MockChain {
    async fn ends_at(&mut self) -> Result<u64> {
        let world = self.burn()?;
        world.check_before_signing().map_err(Error::from)?;
        Ok(world.finalized() + ERA)
    }

    async fn is_quiet(&mut self) -> Result<bool> {
        let world = self.burn()?;
        let end = world.finalized() as usize;
        Ok(world.pool.is_empty() && world.used.values().all(|block| *block <= end))
    }

    async fn usage(&mut self, sequences: &[Sequence]) -> Result<Vec<Usage>> {
        let world = self.burn()?;
        let end = world.finalized() as usize;
        let usage = |sequence| match world.used.get(sequence) {
            Some(block) if *block <= end => Usage::Used,
            _ => Usage::Unused,
        };
        Ok(sequences.iter().map(usage).collect())
    }

    async fn submit(&mut self, batches: Vec<Batch>, ends_at: u64) -> Vec<Result<(), PoolRefusal>> {
        batches
            .iter()
            .map(|batch| self.submit_one(batch, ends_at))
            .collect()
    }

    async fn advance(&mut self) -> Result<News> {
        let told = self.told;
        let mut world = self.burn()?;
        world.step();
        let slept = std::mem::take(&mut world.sleeps);
        (0..slept).for_each(|_| world.step());
        let end = world.finalized();
        let first = if slept > 0 { end } else { told + 1 };
        let new = &world.blocks[first.min(end + 1) as usize..=end as usize];
        let news = News {
            finalized: end,
            landed: new
                .iter()
                .flat_map(|block| &block.landed)
                .filter(|trade| is_own(trade))
                .map(|trade| world.booked(trade))
                .collect(),
            refused: new.iter().flat_map(|b| b.refused.clone()).collect(),
            gap: slept > 0,
        };
        drop(world);
        self.told = end.max(told);
        Ok(news)
    }
}
