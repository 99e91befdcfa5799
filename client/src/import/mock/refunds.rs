//! What the chain in memory makes of refunds.

use super::{booked, day_of, Block, MockChain, MockWorld, Request};
use crate::import::{
    refunds::{Originals, Place, Standing},
    Refusal,
};
use anyhow::Result;
use counterfoil_primitives::{
    refund::{self, Found, NotRefundable},
    AgreementView, Amount, BusinessDay, Caps, Conditions, Currency, Kind, Link, MemberId, Original,
    ProductId, Reference, RefundRequest, Terms, Trade, TradeId,
};
use std::collections::BTreeSet;

/// The link of a refund of client 1 by the world's days.
fn link(refund: &RefundRequest, found: &Found, refund_days: u16) -> Result<Link, NotRefundable> {
    let view = AgreementView {
        bank: 3,
        company: 2,
        reconcilers: vec![(BusinessDay(0), 4)],
        clients: vec![1, 5],
        currency: Currency::truncated("CZK"),
        decimals: 2,
        asset: 1,
        first_day: BusinessDay(0),
        end: None,
        caps: Caps::MAX,
        deadline_minutes: 720,
        max_late_minutes: 1_440,
        refund_days,
        amend_days: 365,
        answer_days: 10,
        conditions: vec![(BusinessDay(0), Conditions::default())],
    };
    let days = day_of(refund.occurred_at)
        .0
        .saturating_sub(day_of(found.trade.occurred_at).0);
    if days > u32::from(refund_days) {
        return Err(NotRefundable::TooLate);
    }
    refund::link(refund, 1, &view, found)
}

/// A trade of which something was given back. Amendments record for client 1.
fn found(trade: Trade, refunded: Amount) -> Found {
    let client = match trade.id.is_of_amendment() {
        true => 1,
        false => trade.id.client,
    };
    Found {
        client,
        ..Found::recorded(trade, refunded)
    }
}

impl MockWorld {
    /// The trade of a request in a block that has landed so far, or why there is none.
    pub(super) fn landing(
        &mut self,
        so_far: &[Trade],
        request: &Request,
    ) -> Result<Trade, Refusal> {
        let refund = match request {
            Request::Payment(payment) => return Ok(payment.into_trade(1, 0)),
            Request::Refund(refund) => refund,
        };
        let original = refund.original;
        let earlier = self.blocks.iter().flat_map(|block| &block.landed);
        let landed = earlier.chain(so_far).copied();
        let trades: Vec<Trade> = self.supplemented_trades().chain(landed).collect();
        let on_day = |trade: &&Trade| booked(trade).0 == original.day;
        let found = trades.iter().filter(on_day).nth(original.position as usize);
        let Some(found) = found else {
            return Err(Refusal::Meanwhile("OriginalMissing".into()));
        };
        let found = self::found(*found, self.refunded(&trades, found.id));
        let link = link(refund, &found, self.refund_days).map_err(|why| match why {
            NotRefundable::OtherId | NotRefundable::RefundedMeanwhile => {
                Refusal::Meanwhile(format!("{why:?}"))
            }
            why => Refusal::Trade(format!("{why:?}")),
        })?;
        let amounts = link
            .amounts(&Terms::default(), refund.gross)
            .expect("a refund has amounts");
        if (amounts.debit, amounts.credit) != (refund.debit, refund.credit) {
            return Err(Refusal::Trade("WrongDebit".into()));
        }
        self.originals.insert(refund.sequence, original);
        Ok(refund.into_trade(1, 0))
    }

    /// What refunds among some trades gave back of a payment.
    fn refunded(&self, trades: &[Trade], id: TradeId) -> Amount {
        let is_of = |trade: &&Trade| {
            if trade.kind == Kind::Payment {
                return false;
            }
            let original = self.originals.get(&trade.id.sequence);
            original.is_some_and(|original| original.id == id)
        };
        trades.iter().filter(is_of).map(|trade| trade.gross).sum()
    }

    /// What lands of another program in a block just before the first refund that imports send.
    pub(super) fn land_meanwhile(&mut self, block: usize) -> Vec<Trade> {
        let is_refund = |request: &Request| matches!(request, Request::Refund(_));
        let mut pool = self.pool.iter().flat_map(|pending| &pending.trades);
        if !pool.any(is_refund) {
            return Vec::new();
        }
        let Some(refund) = self.meanwhile.take() else {
            return Vec::new();
        };
        self.used.insert(refund.sequence, block);
        vec![self.landing(&[], &Request::Refund(refund)).unwrap()]
    }

    /// Records a refund of the client past its journal.
    pub fn record_refund(&mut self, refund: RefundRequest) {
        self.used.insert(refund.sequence, self.blocks.len());
        let landed = vec![self.landing(&[], &Request::Refund(refund)).unwrap()];
        self.blocks.push(Block {
            landed,
            refused: Vec::new(),
        });
    }

    /// The payments that amendments recorded, as if on the first positions of their days.
    fn supplemented_trades(&self) -> impl Iterator<Item = Trade> + '_ {
        self.supplements
            .values()
            .map(|supplemented| supplemented.trade)
    }

    /// The finalised trades.
    fn final_trades(&self) -> Vec<Trade> {
        let blocks = &self.blocks[..=self.finalized() as usize];
        let landed = blocks.iter().flat_map(|block| block.landed.clone());
        self.supplemented_trades().chain(landed).collect()
    }
}

impl Originals for MockChain {
    fn clients(&self) -> Vec<MemberId> {
        self.world.borrow().clients.clone()
    }

    fn refund_days(&self) -> u16 {
        self.world.borrow().refund_days
    }

    fn link(&self, refund: &RefundRequest, found: &Found) -> Result<Link, NotRefundable> {
        link(refund, found, self.refund_days())
    }

    async fn days(&mut self) -> Result<(BusinessDay, BusinessDay)> {
        let world = self.burn()?;
        let last = world
            .final_trades()
            .iter()
            .map(|trade| booked(trade).0)
            .max();
        Ok((BusinessDay(0), last.unwrap_or_default()))
    }

    async fn trades_with(
        &mut self,
        day: BusinessDay,
        references: &BTreeSet<Reference>,
    ) -> Result<Vec<(u32, Trade)>> {
        let mut world = self.burn()?;
        world.days_searched.push(day);
        let mut trades = world.final_trades();
        trades.retain(|trade| booked(trade).0 == day);
        let with = (0..).zip(trades);
        Ok(with
            .filter(|(_, trade)| references.contains(&trade.reference))
            .collect())
    }

    async fn standings(&mut self, wanted: &[Place]) -> Result<Vec<Option<Standing>>> {
        let world = self.burn()?;
        let trades = world.final_trades();
        let standing = |place: &Place| {
            let on_day = trades.iter().filter(|trade| booked(trade).0 == place.day);
            let (position, trade) = (0..).zip(on_day).find(|(_, trade)| trade.id == place.id)?;
            Some(Standing {
                position,
                found: found(*trade, world.refunded(&trades, place.id)),
            })
        };
        Ok(wanted.iter().map(standing).collect())
    }

    async fn originals_of(
        &mut self,
        refunds: &[(BusinessDay, TradeId)],
    ) -> Result<Vec<Option<Original>>> {
        let world = self.burn()?;
        let trades = world.final_trades();
        let original = |(day, id): &(BusinessDay, TradeId)| {
            let is_it = |trade: &&Trade| trade.id == *id && booked(trade).0 == *day;
            let refund = trades.iter().find(is_it)?;
            world.originals.get(&refund.id.sequence).copied()
        };
        Ok(refunds.iter().map(original).collect())
    }

    async fn terms_of(&mut self, product: ProductId, version: u16) -> Result<Option<Terms>> {
        self.burn()?;
        Ok((product == 1 && version == 0).then(Terms::default))
    }
}
