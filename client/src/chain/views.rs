//! What staff reads: agreements, terms, days, trades and breaks.

use super::{events::to_json, read::At, Chain};
use crate::{
    error::{Error, Explain, Result},
    money::Money,
    operator::Operator,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    agreement::version_on,
    commitment::Place,
    summary::{BreakList, DaySummary},
    tree::page_count,
    AgreementId, AgreementView, BusinessDay, MemberId, Moment, ProductId, Role, Side, Terms, Trade,
    TradeId,
};
use futures::{stream, StreamExt, TryStreamExt};
use serde_json::Value as Json;
use sp_core::{crypto::AccountId32, H256};
use subxt::ext::{scale_decode::DecodeAsType, scale_value::Value};

/// Pages read side by side.
const PARALLEL: usize = 8;

/// An agreement as the client needs it.
#[derive(Clone, Debug)]
pub struct Agreement {
    /// Its number.
    pub id: AgreementId,
    /// Parties and conditions.
    pub view: AgreementView,
    /// The currency, and how its amounts are written.
    pub money: Money,
}

impl Agreement {
    /// The minutes that local time on `day` is ahead of UTC.
    pub fn offset_minutes(&self, day: BusinessDay) -> i16 {
        // A day before the first version is refused elsewhere; its offset is the first one's.
        self.view
            .conditions_on(day)
            .or_else(|| self.view.conditions.first().map(|(_, first)| first))
            .map_or(0, |conditions| conditions.utc_offset.0)
    }

    /// The side of which `member` is the party.
    pub fn side_of(&self, member: MemberId) -> Result<Side> {
        Side::BOTH
            .into_iter()
            .find(|side| self.view.party(*side) == member)
            .ok_or_else(|| {
                let agreement = self.id;
                Error::NotFound(format!(
                    "member {member} is no party of agreement {agreement}"
                ))
            })
    }
}

impl Chain {
    /// How far a payment's time may lie ahead of the chain's clock, in milliseconds.
    pub fn clock_tolerance(&self) -> Result<Moment> {
        const NAME: &str = "constant Trades.ClockTolerance";
        let pallet = self.metadata.pallet_by_name("Trades");
        let constant = pallet
            .and_then(|pallet| pallet.constant_by_name("ClockTolerance"))
            .ok_or_else(|| Error::Absent(NAME.into()))?;
        Moment::decode(&mut constant.value()).of_shape(NAME)
    }
}

impl At {
    /// An agreement, or an error that names the ones there are.
    pub async fn agreement(&self, id: AgreementId) -> Result<Agreement> {
        let Some(view) = self.api::<Option<AgreementView>>("agreement", id).await? else {
            let known = self.agreements().await?;
            return Err(Error::NotFound(format!(
                "there is no agreement {id}; there are {known:?}"
            )));
        };
        let money = Money::counted(&view.currency, view.decimals)
            .of_shape(format!("the currency of agreement {id}"))?;
        Ok(Agreement { id, view, money })
    }

    /// All agreements.
    pub async fn agreements(&self) -> Result<Vec<AgreementId>> {
        self.api("agreements", ()).await
    }

    /// All versions of a product's terms, oldest first; none for an unknown product.
    pub async fn terms(
        &self,
        agreement: AgreementId,
        product: ProductId,
    ) -> Result<Vec<(BusinessDay, Terms)>> {
        let keys = [agreement.encode(), product.encode()];
        Ok(self
            .storage("Registry", "Products", &keys)
            .await?
            .unwrap_or_default())
    }

    /// The terms of a product in force on `day`, and their version.
    pub async fn terms_on(
        &self,
        agreement: AgreementId,
        product: ProductId,
        day: BusinessDay,
    ) -> Result<Option<(u16, Terms)>> {
        let versions = self.terms(agreement, product).await?;
        Ok(version_on(&versions, day).map(|index| (index as u16, versions[index].1)))
    }

    /// The products of an agreement, ascending.
    pub async fn products(&self, agreement: AgreementId) -> Result<Vec<ProductId>> {
        const ID: usize = 4;
        let keys = self
            .storage_keys("Registry", "Products", &[agreement.encode()])
            .await?;
        let mut products = keys
            .iter()
            .map(|key| {
                let tail = key.len().checked_sub(ID).map(|start| &key[start..]);
                ProductId::decode(&mut tail.unwrap_or_default()).of_shape("the key of a product")
            })
            .collect::<Result<Vec<_>>>()?;
        products.sort_unstable();
        Ok(products)
    }

    /// A day in numbers and states.
    pub async fn day(&self, agreement: AgreementId, day: BusinessDay) -> Result<DaySummary> {
        self.api::<Option<DaySummary>>("day", (agreement, day))
            .await?
            .ok_or_else(|| {
                Error::NotFound(format!(
                    "agreement {agreement} has no day {}; its days are those from its first to tomorrow, or to its last, where it ends: see `agreement show`",
                    crate::time::day_text(day)
                ))
            })
    }

    /// The business day that the block's time lies in; none before the agreement begins.
    pub async fn today(&self, agreement: AgreementId) -> Result<Option<BusinessDay>> {
        self.api("today", agreement).await
    }

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

    /// The proven breaks of a side.
    pub async fn breaks(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<BreakList> {
        self.api("breaks", (agreement, day, side)).await
    }

    /// The chain's own page roots of a side of a sealed day.
    pub async fn page_roots(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<Vec<H256>> {
        let keys = [agreement.encode(), day.encode()];
        let pairs = self
            .storage::<Vec<(H256, H256)>>("Trades", "PageRoots", &keys)
            .await?
            .unwrap_or_default();
        Ok(pairs
            .into_iter()
            .map(|(debit, credit)| match side {
                Side::Debit => debit,
                Side::Credit => credit,
            })
            .collect())
    }

    /// What the roots of a side of a day are bound to.
    pub fn place(&self, agreement: AgreementId, day: BusinessDay, side: Side) -> Place {
        Place {
            genesis: self.chain().genesis(),
            agreement,
            day,
            side,
        }
    }

    /// The member whose operator key this is.
    pub async fn member_of(&self, operator: &Operator) -> Result<MemberId> {
        let account: AccountId32 = operator.account();
        self.api::<Option<MemberId>>("member_of", account.clone())
            .await?
            .ok_or_else(|| Error::NotFound(format!("{account} is no member's operator key")))
    }

    /// The role of a member.
    pub async fn role(&self, member: MemberId) -> Result<Role> {
        // The role is the first field of a member.
        self.storage("Registry", "Members", &[member.encode()])
            .await?
            .ok_or_else(|| Error::NotFound(format!("there is no member {member}")))
    }

    /// A storage value of any shape as JSON, read by the metadata's types.
    pub async fn dynamic(
        &self,
        pallet: &str,
        entry: &str,
        keys: &[Vec<u8>],
    ) -> Result<Option<Json>> {
        let Some(bytes) = self.storage_bytes(pallet, entry, keys).await? else {
            return Ok(None);
        };
        let metadata = &self.chain().metadata;
        let value_type = metadata
            .pallet_by_name(pallet)
            .and_then(|pallet| pallet.storage()?.entry_by_name(entry))
            .map(|entry| entry.value_ty())
            .ok_or_else(|| Error::Absent(format!("storage {pallet}.{entry}")))?;
        let value = Value::<()>::decode_as_type(&mut &bytes[..], value_type, metadata.types())
            .of_shape(format!("{pallet}.{entry}"))?;
        Ok(Some(to_json(&value)))
    }
}
