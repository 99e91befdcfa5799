//! The payments that refunds give back from, as the finalised chain has them.

use super::{recorded_without_key::ClientRecord, ClientChain};
use crate::{
    chain::{read::At, views::Agreement},
    error::{Error, Result as ChainResult},
    import::refunds::{Originals, Place, Standing},
};
use anyhow::Result;
use counterfoil_primitives::{
    found_trade::Found,
    refund_check::{self, NotRefundable},
    tree::{page_count, PAGE_SIZE},
    BusinessDay, Link, MemberId, ProductId, Reference, RefundRequest, Terms, Trade, TradeId,
};
use futures::{stream, StreamExt, TryStreamExt};
use std::collections::BTreeSet;

/// Payments, or pages of a day, that are asked for side by side.
const PARALLEL: usize = 8;

impl Originals for ClientRecord {
    fn clients(&self) -> Vec<MemberId> {
        self.agreement.view.clients.clone()
    }

    fn predecessors(&self) -> Vec<MemberId> {
        self.predecessors.clone()
    }

    fn refund_days(&self) -> u16 {
        self.agreement.view.refund_days
    }

    fn link(&self, refund: &RefundRequest, found: &Found) -> Result<Link, NotRefundable> {
        let may_give_back =
            |recorder: MemberId| recorder == self.client || self.predecessors.contains(&recorder);
        refund_check::link(refund, may_give_back, &self.agreement.view, found)
    }

    async fn days(&mut self) -> Result<(BusinessDay, BusinessDay)> {
        let at = self.chain.finalized().await?;
        let last = super::recorded_without_key::last_day(&at, &self.agreement).await?;
        Ok((self.agreement.view.first_day, last))
    }

    async fn trades_with(
        &mut self,
        day: BusinessDay,
        references: &BTreeSet<Reference>,
    ) -> Result<Vec<(u32, Trade)>> {
        let at = &self.chain.finalized().await?;
        let agreement = self.agreement.id;
        let count = at.trade_count(agreement, day).await?;
        let mut pages = stream::iter(0..page_count(count))
            .map(|page| async move {
                let trades = at.page(agreement, day, page).await?;
                Ok::<_, Error>((page * PAGE_SIZE, trades))
            })
            .buffered(PARALLEL);
        let mut found = Vec::new();
        while let Some((first, trades)) = pages.try_next().await? {
            let on_page = (first..).zip(trades);
            found.extend(on_page.filter(|(_, trade)| references.contains(&trade.reference)));
        }
        Ok(found)
    }

    async fn standings(&mut self, wanted: &[Place]) -> Result<Vec<Option<Standing>>> {
        let at = self.chain.finalized().await?;
        let agreement = &self.agreement;
        let standings: Vec<Option<Standing>> = stream::iter(wanted.to_vec())
            .map(|place| standing(at.clone(), agreement, place))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(standings)
    }

    async fn links_of(&mut self, trades: &[(BusinessDay, TradeId)]) -> Result<Vec<Option<Link>>> {
        let at = self.chain.finalized().await?;
        let agreement = &self.agreement;
        let links: Vec<Option<Link>> = stream::iter(trades.to_vec())
            .map(|(day, id)| link_of(at.clone(), agreement, day, id))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(links)
    }

    async fn terms_of(&mut self, product: ProductId, version: u16) -> Result<Option<Terms>> {
        let at = self.chain.finalized().await?;
        let versions = at.terms(self.agreement.id, product).await?;
        let version = versions.get(usize::from(version));
        Ok(version.map(|(_, terms)| *terms))
    }
}

/// How the trade of a place stands.
async fn standing(at: At, agreement: &Agreement, place: Place) -> ChainResult<Option<Standing>> {
    let Place { day, id, .. } = place;
    let found = match on_position(&at, agreement, &place).await? {
        Some(found) => Some(found),
        // That searches the whole day.
        None => at.find_by_id(agreement.id, day, id).await?,
    };
    let Some((position, _)) = found else {
        return Ok(None);
    };
    let found = at.found(agreement.id, day, position).await?;
    Ok(found.map(|found| Standing { position, found }))
}

/// The trade of a place on the position where it was found before, if it is there.
async fn on_position(
    at: &At,
    agreement: &Agreement,
    place: &Place,
) -> ChainResult<Option<(u32, Trade)>> {
    let Some(position) = place.position else {
        return Ok(None);
    };
    let page = at
        .page(agreement.id, place.day, position / PAGE_SIZE)
        .await?;
    let trade = page.get((position % PAGE_SIZE) as usize);
    let trade = trade.filter(|trade| trade.id == place.id);
    Ok(trade.map(|trade| (position, *trade)))
}

/// The link of a trade of a day.
async fn link_of(
    at: At,
    agreement: &Agreement,
    day: BusinessDay,
    id: TradeId,
) -> ChainResult<Option<Link>> {
    let Some((position, _)) = at.find_by_id(agreement.id, day, id).await? else {
        return Ok(None);
    };
    at.link(agreement.id, day, position).await
}

impl Originals for ClientChain {
    fn clients(&self) -> Vec<MemberId> {
        self.record.clients()
    }

    fn predecessors(&self) -> Vec<MemberId> {
        self.record.predecessors()
    }

    fn refund_days(&self) -> u16 {
        self.record.refund_days()
    }

    fn link(&self, refund: &RefundRequest, found: &Found) -> Result<Link, NotRefundable> {
        self.record.link(refund, found)
    }

    async fn days(&mut self) -> Result<(BusinessDay, BusinessDay)> {
        self.record.days().await
    }

    async fn trades_with(
        &mut self,
        day: BusinessDay,
        references: &BTreeSet<Reference>,
    ) -> Result<Vec<(u32, Trade)>> {
        self.record.trades_with(day, references).await
    }

    async fn standings(&mut self, wanted: &[Place]) -> Result<Vec<Option<Standing>>> {
        self.record.standings(wanted).await
    }

    async fn links_of(&mut self, trades: &[(BusinessDay, TradeId)]) -> Result<Vec<Option<Link>>> {
        self.record.links_of(trades).await
    }

    async fn terms_of(&mut self, product: ProductId, version: u16) -> Result<Option<Terms>> {
        self.record.terms_of(product, version).await
    }
}
