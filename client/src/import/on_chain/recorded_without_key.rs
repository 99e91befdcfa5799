//! What a client has recorded under an agreement, read without its key.

use super::ClientChain;
use crate::{
    chain::{read::At, views::Agreement, Chain},
    error::{Error, Result as ChainResult},
    import::{RecordedTrades, Supplemented},
};
use anyhow::Result;
use counterfoil_primitives::{
    tree::{page_count, PAGE_SIZE},
    AgreementId, BusinessDay, MemberId, Moment, Reference, Sequence, Trade,
};
use futures::{stream, StreamExt, TryStreamExt};

/// Pages read side by side: an answer may take some forty milliseconds on its way, however short
/// the way, since TCP holds small packets back.
const PARALLEL: usize = 32;

/// The trades of a client under an agreement.
pub struct ClientRecord {
    pub(super) chain: Chain,
    pub(super) agreement: Agreement,
    pub(super) client: MemberId,
    /// The clients that it succeeds by the agreement.
    pub(super) predecessors: Vec<MemberId>,
}

impl ClientRecord {
    /// The trades of `client` under `agreement`. Whom the client succeeds is read once, from the finalised
    /// block.
    pub async fn new(chain: Chain, agreement: Agreement, client: MemberId) -> ChainResult<Self> {
        let mut succeeded = chain.finalized().await?.successors(agreement.id).await?;
        succeeded.retain(|(_, successor)| *successor == client);
        Ok(Self {
            chain,
            agreement,
            client,
            predecessors: succeeded.into_iter().map(|(client, _)| client).collect(),
        })
    }
}

impl RecordedTrades for ClientRecord {
    fn client(&self) -> MemberId {
        self.client
    }

    fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        self.agreement.view.day_of(moment)
    }

    async fn trades_since(&mut self, from: BusinessDay) -> Result<Vec<(BusinessDay, Trade)>> {
        let at = self.chain.finalized().await?;
        Ok(since(&at, &self.agreement, self.client, from).await?)
    }

    async fn highest_sequence(&mut self) -> Result<Option<Sequence>> {
        let at = self.chain.finalized().await?;
        Ok(at.highest_sequence(self.client).await?)
    }

    async fn final_block(&mut self) -> Result<u64> {
        Ok(self.chain.finalized().await?.number().await?)
    }

    async fn supplemented(
        &mut self,
        references: &[Reference],
    ) -> Result<Vec<Option<Supplemented>>> {
        let at = &self.chain.finalized().await?;
        let (agreement, client) = (self.agreement.id, self.client);
        let found: Vec<Option<Supplemented>> = stream::iter(references.to_vec())
            .map(|reference| supplement(at, agreement, client, reference))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(found)
    }
}

impl RecordedTrades for ClientChain {
    fn client(&self) -> MemberId {
        self.record.client()
    }

    fn day_of(&self, moment: Moment) -> Option<BusinessDay> {
        self.record.day_of(moment)
    }

    async fn trades_since(&mut self, from: BusinessDay) -> Result<Vec<(BusinessDay, Trade)>> {
        self.record.trades_since(from).await
    }

    async fn highest_sequence(&mut self) -> Result<Option<Sequence>> {
        self.record.highest_sequence().await
    }

    async fn final_block(&mut self) -> Result<u64> {
        self.record.final_block().await
    }

    async fn supplemented(
        &mut self,
        references: &[Reference],
    ) -> Result<Vec<Option<Supplemented>>> {
        self.record.supplemented(references).await
    }
}

/// The payment of a client with this reference that an amendment recorded.
async fn supplement(
    at: &At,
    agreement: AgreementId,
    client: MemberId,
    reference: Reference,
) -> ChainResult<Option<Supplemented>> {
    let Some((day, position)) = at.supplemented(agreement, client, reference).await? else {
        return Ok(None);
    };
    let page = at.page(agreement, day, position / PAGE_SIZE).await?;
    let trade = page.get((position % PAGE_SIZE) as usize).copied();
    Ok(trade.map(|trade| Supplemented {
        day,
        position,
        trade,
    }))
}

/// The trades of `client` booked to `from` and later days.
async fn since(
    at: &At,
    agreement: &Agreement,
    client: MemberId,
    from: BusinessDay,
) -> ChainResult<Vec<(BusinessDay, Trade)>> {
    let last = last_day(at, agreement).await?;
    let first = from.max(agreement.view.first_day);
    let mut trades = Vec::new();
    for day in (first.0..=last.0).map(BusinessDay) {
        let count = at.trade_count(agreement.id, day).await?;
        let pages = (0..page_count(count)).map(|page| (day, page));
        trades.extend(on_pages(at, agreement, client, pages).await?);
    }
    Ok(trades)
}

/// The trades of `client` on pages of days.
pub(super) async fn on_pages(
    at: &At,
    agreement: &Agreement,
    client: MemberId,
    pages: impl IntoIterator<Item = (BusinessDay, u32)>,
) -> ChainResult<Vec<(BusinessDay, Trade)>> {
    let mut reading = stream::iter(pages)
        .map(|(day, page)| async move {
            let trades = at.page(agreement.id, day, page).await?;
            Ok::<_, Error>((day, trades))
        })
        .buffered(PARALLEL);
    let mut own = Vec::new();
    while let Some((day, trades)) = reading.try_next().await? {
        let of_client = trades.into_iter().filter(|trade| trade.id.client == client);
        own.extend(of_client.map(|trade| (day, trade)));
    }
    Ok(own)
}

/// The last day that may hold trades, the current one: a trade is booked to its day or a later one,
/// and none to a day that has not begun.
pub(super) async fn last_day(at: &At, agreement: &Agreement) -> ChainResult<BusinessDay> {
    // A payment's clock may run ahead of the chain's.
    let ahead = at.chain().clock_tolerance()?;
    let soon = at.now().await?.saturating_add(ahead);
    agreement
        .view
        .day_of(soon)
        .ok_or_else(|| Error::NotFound(format!("agreement {} has not begun", agreement.id)))
}
