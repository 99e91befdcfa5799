//! The trades of a day, their links to the payments from which their amounts follow, and its refunds.

use super::read::At;
use crate::error::Result;
use counterfoil_primitives::{
    refund::RefundedPayment, summary::DaySummary, tree::page_count, AgreementId, Amount,
    BusinessDay, Link, Trade, TradeId,
};
use futures::{stream, StreamExt, TryStreamExt};

/// Pages read side by side.
const PARALLEL: usize = 8;

impl At {
    /// The trades of a page, by position.
    pub async fn page(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> Result<Vec<Trade>> {
        self.api("trades", (agreement, day, page)).await
    }

    /// How many trades are booked to a day.
    pub async fn trade_count(&self, agreement: AgreementId, day: BusinessDay) -> Result<u32> {
        Ok(self
            .api::<Option<DaySummary>>("day", (agreement, day))
            .await?
            .map_or(0, |day| day.trades))
    }

    /// All trades of a day, by position.
    pub async fn trades(&self, agreement: AgreementId, day: BusinessDay) -> Result<Vec<Trade>> {
        let count = self.trade_count(agreement, day).await?;
        let pages: Vec<Vec<Trade>> = stream::iter(0..page_count(count))
            .map(|page| self.page(agreement, day, page))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(pages.concat())
    }

    /// The trade of an id among those booked to `day`, with its position.
    pub async fn find_by_id(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        id: TradeId,
    ) -> Result<Option<(u32, Trade)>> {
        self.api("find_by_id", (agreement, day, id)).await
    }

    /// The link of the trade on a position of a day to the payment from which its amounts follow; `None`
    /// where they follow from the trade itself.
    pub async fn link(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
    ) -> Result<Option<Link>> {
        self.api("link", (agreement, day, position)).await
    }

    /// The links of the trades on a page of a day, each with the trade's position, ascending.
    pub async fn links(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> Result<Vec<(u32, Link)>> {
        self.api("links", (agreement, day, page)).await
    }

    /// What was given back so far of the payment on a position of a day, in minor units.
    pub async fn refunded(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
    ) -> Result<Amount> {
        self.api("refunded", (agreement, day, position)).await
    }

    /// The refunds of a day, by position, each with the payment that it is of.
    pub async fn refunded_payments(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Vec<RefundedPayment>> {
        let summary = self
            .api::<Option<DaySummary>>("day", (agreement, day))
            .await?
            .unwrap_or_default();
        if summary.refunds.count == 0 {
            return Ok(Vec::new());
        }
        let of_page =
            |page| self.api::<Vec<RefundedPayment>>("refunded_payments", (agreement, day, page));
        let pages: Vec<Vec<RefundedPayment>> = stream::iter(0..page_count(summary.trades))
            .map(of_page)
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        Ok(pages.concat())
    }
}
