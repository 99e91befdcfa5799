//! What the chain in memory makes of refunds.

use super::{day_of, MockChain, MockWorld, Request};
use crate::{
    import::{
        refunds::{Originals, Place, Standing},
        Refusal,
    },
    testing,
};
use anyhow::Result;
use counterfoil_primitives::{
    found_trade::Found,
    refund_check::{self, NotRefundable},
    AgreementView, Amount, BusinessDay, Link, MemberId, ProductId, Reference, RefundRequest,
    Relation, Terms, Trade, TradeId,
};
use std::collections::BTreeSet;

/// The link of a refund of client 1, which succeeds `predecessors`, by the world's days.
fn link(
    refund: &RefundRequest,
    found: &Found,
    refund_days: u16,
    predecessors: &[MemberId],
) -> Result<Link, NotRefundable> {
    let view = AgreementView {
        refund_days,
        ..testing::agreement_view(BusinessDay(0))
    };
    let days = day_of(refund.occurred_at)
        .0
        .saturating_sub(day_of(found.trade.occurred_at).0);
    if days > u32::from(refund_days) {
        return Err(NotRefundable::TooLate);
    }
    let may_give_back = |recorder: MemberId| recorder == 1 || predecessors.contains(&recorder);
    refund_check::link(refund, may_give_back, &view, found)
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
        let on_day = |trade: &&Trade| self.booked(trade).0 == original.day;
        let found = trades.iter().filter(on_day).nth(original.position as usize);
        let Some(found) = found else {
            return Err(Refusal::Meanwhile("OriginalMissing".into()));
        };
        let found = self.found(&trades, *found);
        let link = link(refund, &found, self.refund_days, &self.predecessors);
        let link = link.map_err(|why| match why {
            NotRefundable::OtherId => Refusal::Meanwhile("OriginalOtherId".into()),
            NotRefundable::RefundedMeanwhile => Refusal::Meanwhile("RefundedMeanwhile".into()),
            why => Refusal::Trade(format!("{why:?}")),
        })?;
        let amounts = link
            .amounts(&Terms::default(), refund.gross)
            .expect("a refund has amounts");
        if (amounts.debit, amounts.credit) != (refund.debit, refund.credit) {
            return Err(Refusal::Trade("WrongDebit".into()));
        }
        let landed = refund.into_trade(1, 0);
        self.links.insert(landed.id, link);
        Ok(landed)
    }

    /// One of some trades, and what the others gave back of it. Amendments record for client 1.
    pub(super) fn found(&self, trades: &[Trade], trade: Trade) -> Found {
        let link = self.links.get(&trade.id);
        let replaced = link.filter(|link| link.relation == Relation::Replacement);
        let before = replaced.map_or(0, |link| link.refunded_before);
        let client = match trade.id.is_of_amendment() {
            true => 1,
            false => trade.id.client,
        };
        Found {
            client,
            paid: replaced.map_or(trade.gross, |link| link.paid),
            relation: link.map(|link| link.relation),
            ..Found::recorded(trade, before + self.given_back(trades, trade.id))
        }
    }

    /// What refunds and cancellations among some trades gave back of a payment, less what was put back.
    fn given_back(&self, trades: &[Trade], id: TradeId) -> Amount {
        let relation = |trade: &Trade| {
            let link = self.links.get(&trade.id);
            let link = link.filter(|link| link.original.id == id);
            link.map(|link| link.relation)
        };
        let sum = |wanted: [Relation; 2]| -> Amount {
            let is_wanted = |trade: &&Trade| relation(trade).is_some_and(|of| wanted.contains(&of));
            trades
                .iter()
                .filter(is_wanted)
                .map(|trade| trade.gross)
                .sum()
        };
        sum([Relation::Refund, Relation::Cancellation])
            - sum([Relation::UndoneRefund, Relation::UndoneCancellation])
    }

    /// Whether a refund that imports sent waits in the pool.
    pub(super) fn has_refund_waiting(&self) -> bool {
        let mut pool = self.pool.iter().flat_map(|pending| &pending.trades);
        pool.any(|request| matches!(request, Request::Refund(_)))
    }

    /// What lands of another program in a block just before the first refund that imports send.
    pub(super) fn lands_meanwhile(&mut self) -> Option<RefundRequest> {
        match self.has_refund_waiting() {
            true => self.meanwhile.take(),
            false => None,
        }
    }

    /// Records a refund of the client past its journal.
    pub fn record_refund(&mut self, refund: RefundRequest) {
        self.land_past_the_journal(Request::Refund(refund));
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

    fn predecessors(&self) -> Vec<MemberId> {
        self.world.borrow().predecessors.clone()
    }

    fn refund_days(&self) -> u16 {
        self.world.borrow().refund_days
    }

    fn link(&self, refund: &RefundRequest, found: &Found) -> Result<Link, NotRefundable> {
        let world = self.world.borrow();
        link(refund, found, world.refund_days, &world.predecessors)
    }

    async fn days(&mut self) -> Result<(BusinessDay, BusinessDay)> {
        let world = self.burn()?;
        let last = world
            .final_trades()
            .iter()
            .map(|trade| world.booked(trade).0)
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
        trades.retain(|trade| world.booked(trade).0 == day);
        let with = (0..).zip(trades);
        Ok(with
            .filter(|(_, trade)| references.contains(&trade.reference))
            .collect())
    }

    async fn standings(&mut self, wanted: &[Place]) -> Result<Vec<Option<Standing>>> {
        let world = self.burn()?;
        let trades = world.final_trades();
        let standing = |place: &Place| {
            let on_day = trades
                .iter()
                .filter(|trade| world.booked(trade).0 == place.day);
            let (position, trade) = (0..).zip(on_day).find(|(_, trade)| trade.id == place.id)?;
            Some(Standing {
                position,
                found: world.found(&trades, *trade),
            })
        };
        Ok(wanted.iter().map(standing).collect())
    }

    async fn links_of(&mut self, wanted: &[(BusinessDay, TradeId)]) -> Result<Vec<Option<Link>>> {
        let world = self.burn()?;
        let trades = world.final_trades();
        let link = |(day, id): &(BusinessDay, TradeId)| {
            let is_it = |trade: &&Trade| trade.id == *id && world.booked(trade).0 == *day;
            let trade = trades.iter().find(is_it)?;
            world.links.get(&trade.id).copied()
        };
        Ok(wanted.iter().map(link).collect())
    }

    async fn terms_of(&mut self, product: ProductId, version: u16) -> Result<Option<Terms>> {
        self.burn()?;
        Ok((product == 1 && version == 0).then(Terms::default))
    }
}
