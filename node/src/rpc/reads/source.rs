//! What reads ask of the chain, at any block.

use super::refusal::failed;
use crate::service::partial::{Backend, Client, Hash};
use codec::Decode;
use counterfoil_primitives::{
    amendment::Proposal,
    calendar::CalendarView,
    settlement::ObligationView,
    summary::{BreakList, DaySummary},
    timing::TimingEnd,
    AgreementId, AgreementView, BusinessDay, CalendarNames, Link, MemberId, MemberView, Moment,
    SideId, Trade,
};
use counterfoil_runtime::counterfoil_api::CounterfoilApi;
use jsonrpsee::core::RpcResult;
use sc_client_api::{StorageKey, StorageProvider};
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use sp_io::hashing::twox_128;
use std::sync::Arc;

/// A block.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Block {
    /// Its number.
    pub number: u32,
    /// Its hash.
    pub hash: Hash,
}

/// A part of a list, and where the next one begins, if more follow.
pub type Part<T> = (T, Option<u32>);

/// The chain, as far as reads need it. Tests put their own in its place.
pub trait Source: Send + Sync {
    /// The last final block.
    fn finalized(&self) -> Block;

    /// A block by its hash; `None` where this node does not know it.
    fn by_hash(&self, hash: Hash) -> RpcResult<Option<Block>>;

    /// A block of the best chain by its number; `None` where this node does not know it.
    fn by_number(&self, number: u32) -> RpcResult<Option<Block>>;

    /// The time of a block, 0 of the first one; `None` where this node does not keep the block's state.
    fn time(&self, at: Hash) -> Option<Moment>;

    /// All agreements.
    fn agreements(&self, at: Hash) -> RpcResult<Vec<AgreementId>>;

    /// An agreement.
    fn agreement(&self, at: Hash, id: AgreementId) -> RpcResult<Option<AgreementView>>;

    /// The calendars that an agreement goes by, by their first day.
    fn agreement_calendars(
        &self,
        at: Hash,
        id: AgreementId,
    ) -> RpcResult<Vec<(BusinessDay, CalendarNames)>>;

    /// All members, ascending.
    fn members(&self, at: Hash) -> RpcResult<Vec<MemberId>>;

    /// A member.
    fn member(&self, at: Hash, id: MemberId) -> RpcResult<Option<MemberView>>;

    /// A day, from the agreement's first to tomorrow.
    fn day(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<DaySummary>>;

    /// The trades of a page of a day, by position.
    fn trades(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<Trade>>;

    /// What a trade is to the payment from which its amounts follow.
    fn link(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        position: u32,
    ) -> RpcResult<Option<Link>>;

    /// The proven breaks of a side after the first `from`, those of slots first: a limited number. With them,
    /// `from` of the next request; `None` where no more follow.
    fn breaks(&self, at: Hash, side_id: SideId, from: u32) -> RpcResult<Part<BreakList>>;

    /// Which of the breaks that `breaks` answers with for the same `from` are, or may be, ends of timing
    /// differences.
    fn timing_differences(
        &self,
        at: Hash,
        side_id: SideId,
        from: u32,
    ) -> RpcResult<Part<Vec<TimingEnd>>>;

    /// What is owed for the settlement period of a day.
    fn obligation(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
    ) -> RpcResult<Option<ObligationView>>;

    /// What is owed and not paid, the oldest first.
    fn unpaid_obligations(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<ObligationView>>;

    /// The proposals that are not completed, with their numbers, ascending.
    fn proposals(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<(u32, Proposal)>>;

    /// A proposal.
    fn proposal(&self, at: Hash, of: AgreementId, number: u32) -> RpcResult<Option<Proposal>>;

    /// The number of the last proposal.
    fn last_proposal(&self, at: Hash, of: AgreementId) -> RpcResult<u32>;

    /// All calendars, by name.
    fn calendars(&self, at: Hash) -> RpcResult<Vec<CalendarView>>;
}

/// The node's client.
pub struct Node {
    client: Arc<Client>,
}

impl Node {
    /// The states that `client` holds.
    pub const fn new(client: Arc<Client>) -> Self {
        Self { client }
    }
}

/// Where a block's time lies.
fn time_key() -> StorageKey {
    StorageKey([twox_128(b"Timestamp"), twox_128(b"Now")].concat())
}

impl Source for Node {
    fn finalized(&self) -> Block {
        let info = self.client.info();
        Block {
            number: info.finalized_number,
            hash: info.finalized_hash,
        }
    }

    fn by_hash(&self, hash: Hash) -> RpcResult<Option<Block>> {
        let number = self.client.number(hash).map_err(failed)?;
        Ok(number.map(|number| Block { number, hash }))
    }

    fn by_number(&self, number: u32) -> RpcResult<Option<Block>> {
        let hash = self.client.hash(number).map_err(failed)?;
        Ok(hash.map(|hash| Block { number, hash }))
    }

    fn time(&self, at: Hash) -> Option<Moment> {
        let found = StorageProvider::<_, Backend>::storage(&*self.client, at, &time_key()).ok()?;
        let time = found.and_then(|bytes| Moment::decode(&mut &bytes.0[..]).ok());
        Some(time.unwrap_or_default())
    }

    fn agreements(&self, at: Hash) -> RpcResult<Vec<AgreementId>> {
        self.client.runtime_api().agreements(at).map_err(failed)
    }

    fn agreement(&self, at: Hash, id: AgreementId) -> RpcResult<Option<AgreementView>> {
        self.client.runtime_api().agreement(at, id).map_err(failed)
    }

    fn agreement_calendars(
        &self,
        at: Hash,
        id: AgreementId,
    ) -> RpcResult<Vec<(BusinessDay, CalendarNames)>> {
        let api = self.client.runtime_api();
        api.agreement_calendars(at, id).map_err(failed)
    }

    fn members(&self, at: Hash) -> RpcResult<Vec<MemberId>> {
        let api = self.client.runtime_api();
        let members = api.members_in_words(at).map_err(failed)?;
        Ok(members.into_iter().map(|member| member.member).collect())
    }

    fn member(&self, at: Hash, id: MemberId) -> RpcResult<Option<MemberView>> {
        self.client.runtime_api().member(at, id).map_err(failed)
    }

    fn day(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<DaySummary>> {
        self.client.runtime_api().day(at, of, day).map_err(failed)
    }

    fn trades(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<Trade>> {
        let api = self.client.runtime_api();
        api.trades(at, of, day, page).map_err(failed)
    }

    fn link(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        position: u32,
    ) -> RpcResult<Option<Link>> {
        let api = self.client.runtime_api();
        api.link(at, of, day, position).map_err(failed)
    }

    fn breaks(&self, at: Hash, side_id: SideId, from: u32) -> RpcResult<Part<BreakList>> {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let api = self.client.runtime_api();
        api.breaks(at, agreement, day, side, from).map_err(failed)
    }

    fn timing_differences(
        &self,
        at: Hash,
        side_id: SideId,
        from: u32,
    ) -> RpcResult<Part<Vec<TimingEnd>>> {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let api = self.client.runtime_api();
        api.timing_differences(at, agreement, day, side, from)
            .map_err(failed)
    }

    fn obligation(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
    ) -> RpcResult<Option<ObligationView>> {
        let api = self.client.runtime_api();
        api.obligation(at, of, day).map_err(failed)
    }

    fn unpaid_obligations(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<ObligationView>> {
        let api = self.client.runtime_api();
        api.unpaid_obligations(at, of).map_err(failed)
    }

    fn proposals(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<(u32, Proposal)>> {
        self.client.runtime_api().amendments(at, of).map_err(failed)
    }

    fn proposal(&self, at: Hash, of: AgreementId, number: u32) -> RpcResult<Option<Proposal>> {
        let api = self.client.runtime_api();
        let found = api.amendment(at, of, number).map_err(failed)?;
        Ok(found.map(|(proposal, _)| proposal))
    }

    fn last_proposal(&self, at: Hash, of: AgreementId) -> RpcResult<u32> {
        let api = self.client.runtime_api();
        api.last_amendment(at, of).map_err(failed)
    }

    fn calendars(&self, at: Hash) -> RpcResult<Vec<CalendarView>> {
        self.client.runtime_api().calendars(at).map_err(failed)
    }
}
