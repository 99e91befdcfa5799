//! What staff reads: members, agreements, terms, days and breaks.

use super::{read::At, Chain};
use crate::{
    error::{Error, Explain, Result},
    money::Money,
    operator::Operator,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    awaited_of_day::WaitingDay,
    calendar::CalendarView,
    commitment::Place,
    conditions::version_on,
    summary::{BreakList, DaySummary},
    timing::{Compared, TimingEnd},
    validator::ValidatorView,
    AgreementId, AgreementView, BusinessDay, CalendarNames, MemberId, MemberView, Moment,
    ProductId, Role, Side, SideId, Terms,
};
use sp_core::{crypto::AccountId32, H256};
use std::collections::BTreeSet;

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

    /// The id of a side of a day of the agreement.
    pub const fn side_id(&self, day: BusinessDay, side: Side) -> SideId {
        SideId::new(self.id, day, side)
    }

    /// The side of which `member` is the party.
    pub fn side_of(&self, member: MemberId) -> Result<Side> {
        Side::BOTH
            .into_iter()
            .find(|side| self.view.party(*side) == member)
            .ok_or_else(|| Error::NoParty {
                member,
                agreement: self.id,
                parties: Side::BOTH.map(|side| self.view.party(side)),
            })
    }
}

impl Chain {
    /// How far a payment's time may lie ahead of the chain's clock, in milliseconds.
    pub fn clock_tolerance(&self) -> Result<Moment> {
        self.constant("Trades", "ClockTolerance")
    }

    /// Maximum payments per call.
    pub fn max_batch(&self) -> Result<usize> {
        let max: u32 = self.constant("Trades", "MaxBatch")?;
        Ok(max as usize)
    }

    /// Maximum refunds per call.
    pub fn max_refunds(&self) -> Result<usize> {
        let max: u32 = self.constant("Trades", "MaxRefunds")?;
        Ok(max as usize)
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

    /// All calendars, by name.
    pub async fn calendars(&self) -> Result<Vec<CalendarView>> {
        self.api("calendars", ()).await
    }

    /// The calendars that an agreement goes by, by their first day, ascending; none for days before it.
    pub async fn agreement_calendars(
        &self,
        agreement: AgreementId,
    ) -> Result<Vec<(BusinessDay, CalendarNames)>> {
        self.api("agreement_calendars", agreement).await
    }

    /// Who refunds what clients recorded under an agreement: each such client with its successor,
    /// ascending by the client.
    pub async fn successors(&self, agreement: AgreementId) -> Result<Vec<(MemberId, MemberId)>> {
        self.api("successors", agreement).await
    }

    /// All versions of a product's terms, each with its first day, oldest first; empty for an unknown
    /// product.
    pub async fn terms(
        &self,
        agreement: AgreementId,
        product: ProductId,
    ) -> Result<Vec<(BusinessDay, Terms)>> {
        self.api("terms", (agreement, product)).await
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
        self.api("products", agreement).await
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

    /// The days of an agreement from `since` on for which nothing is owed any more, ascending.
    pub async fn settled_days(
        &self,
        agreement: AgreementId,
        since: BusinessDay,
    ) -> Result<Vec<BusinessDay>> {
        let parts: Vec<Vec<BusinessDay>> = self.parts("settled_days", agreement, since).await?;
        Ok(parts.concat())
    }

    /// The days of an agreement from `since` to today that wait for something by themselves, ascending.
    pub async fn waiting_days(
        &self,
        agreement: AgreementId,
        since: BusinessDay,
    ) -> Result<Vec<WaitingDay>> {
        let parts: Vec<Vec<WaitingDay>> = self.parts("waiting_days", agreement, since).await?;
        Ok(parts.concat())
    }

    /// The business day that the block's time lies in; none before the agreement begins.
    pub async fn today(&self, agreement: AgreementId) -> Result<Option<BusinessDay>> {
        self.api("today", agreement).await
    }

    /// The proven breaks of a side.
    pub async fn breaks(&self, side_id: SideId) -> Result<BreakList> {
        let mut breaks = BreakList::default();
        for part in self.parts::<BreakList, _>("breaks", side_id, 0_u32).await? {
            breaks.slots.extend(part.slots);
            breaks.extras.extend(part.extras);
        }
        Ok(breaks)
    }

    /// The proven breaks of a side that are ends of timing differences, and those of which it is not
    /// known, or not true, that they are.
    pub async fn timing_differences(&self, side_id: SideId) -> Result<Vec<TimingEnd>> {
        let parts: Vec<Vec<TimingEnd>> = self.parts("timing_differences", side_id, 0_u32).await?;
        Ok(parts.concat())
    }

    /// All that a method answers of what `of` names, from `first` on. Each answer has a part of it, and says
    /// where the next one begins.
    async fn parts<Part: Decode, Cursor: Copy + PartialOrd + Encode + Decode>(
        &self,
        method: &str,
        of: impl Copy + Encode,
        first: Cursor,
    ) -> Result<Vec<Part>> {
        let mut parts = Vec::new();
        let mut next = Some(first);
        while let Some(from) = next {
            let (part, then): (Part, Option<Cursor>) = self.api(method, (of, from)).await?;
            parts.push(part);
            if then.is_some_and(|then| then <= from) {
                let what = format!("the answer of {method}, which begins again,");
                return Err(Error::Undecodable { what, source: None });
            }
            next = then;
        }
        Ok(parts)
    }

    /// What is known of a side for the timing differences of other days; of what its book lacks, these
    /// positions alone.
    pub async fn compared(&self, side_id: SideId, positions: &BTreeSet<u32>) -> Result<Compared> {
        self.api("compared", (side_id, positions)).await
    }

    /// The chain's own page roots of a side; whole once the day is sealed.
    pub async fn page_roots(&self, side_id: SideId) -> Result<Vec<H256>> {
        self.api("page_roots", side_id).await
    }

    /// What the roots of a side of a day are bound to.
    pub fn place(&self, side_id: SideId) -> Place {
        Place {
            genesis: self.chain().genesis(),
            side_id,
        }
    }

    /// The member whose operator key this is.
    pub async fn member_of(&self, operator: &Operator) -> Result<MemberId> {
        let account: AccountId32 = operator.account();
        self.api::<Option<MemberId>>("member_of", account.clone())
            .await?
            .ok_or_else(|| Error::NotFound(format!("{account} is no member's operator key")))
    }

    /// A member, or an error where no member has that number.
    pub async fn member(&self, id: MemberId) -> Result<MemberView> {
        self.api::<Option<MemberView>>("member", id)
            .await?
            .ok_or_else(|| Error::NotFound(format!("there is no member {id}")))
    }

    /// The role of a member.
    pub async fn role(&self, member: MemberId) -> Result<Role> {
        Ok(self.member(member).await?.role)
    }

    /// The members that are validators, are to be, or could be, ascending.
    pub async fn validators(&self) -> Result<Vec<ValidatorView>> {
        self.api("validators", ()).await
    }

    /// The decimal places that an asset's metadata states; `None` where there is no such asset.
    pub async fn asset_decimals(&self, asset: u32) -> Result<Option<u8>> {
        self.api("asset_decimals", asset).await
    }

    /// The symbol that an asset's metadata states; `None` where the asset has no metadata.
    pub async fn asset_symbol(&self, asset: u32) -> Result<Option<String>> {
        // The SDK's pallet keeps: a deposit, the name, the symbol, the decimals, whether all is frozen.
        type Metadata = (u128, Vec<u8>, Vec<u8>, u8, bool);
        let stored: Option<Metadata> = self
            .storage("Assets", "Metadata", &[asset.encode()])
            .await?;
        Ok(stored.map(|(_, _, symbol, ..)| String::from_utf8_lossy(&symbol).into_owned()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing;

    fn side_of(member: MemberId) -> Result<Side> {
        let view = testing::agreement_view(BusinessDay(20_780));
        testing::agreement(view).side_of(member)
    }

    #[test]
    fn a_party_is_of_its_own_side() {
        assert_eq!(side_of(2).unwrap(), Side::Debit);
        assert_eq!(side_of(3).unwrap(), Side::Credit);
    }

    #[test]
    fn whoever_is_no_party_is_told_whose_key_to_sign_with() {
        let error = side_of(1).unwrap_err();
        assert_eq!(
            error.to_string(),
            "member 1 is no party of agreement 7; its parties are members 2 and 3"
        );
        assert!(error.remedy().contains("key of one of the parties"));
    }
}
