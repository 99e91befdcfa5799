//! The chain as the node's own database has it.

use super::{
    refusal::{failed, failed_at},
    source::{Block, Part, Source},
};
use crate::service::partial::{Backend, Client, Hash};
use codec::Decode;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    awaited_of_day::WaitingDay,
    calendar::CalendarView,
    refund::RefundedPayment,
    settlement::ObligationView,
    summary::{BreakList, DaySummary},
    timing::TimingEnd,
    AgreementId, AgreementView, BusinessDay, CalendarNames, Link, MemberId, MemberView, Moment,
    ProductId, SideId, Terms, Trade,
};
use counterfoil_runtime::{counterfoil_api::CounterfoilApi, VERSION};
use futures::{stream::BoxStream, StreamExt};
use jsonrpsee::{core::RpcResult, types::ErrorObjectOwned};
use sc_client_api::{BlockchainEvents, StorageKey, StorageProvider};
use sp_api::{ApiError, ProvideRuntimeApi};
use sp_blockchain::HeaderBackend;
use sp_core::traits::CallContext;
use sp_io::hashing::twox_128;
use std::sync::Arc;

/// The node's client.
pub struct Node {
    client: Arc<Client>,
}

impl Node {
    /// The states that `client` holds.
    pub const fn new(client: Arc<Client>) -> Self {
        Self { client }
    }

    /// Why a call of the runtime of a block failed. A runtime of another version than this node's may lack
    /// what is asked, or answer in another form.
    fn failure(&self, at: Hash, why: ApiError) -> ErrorObjectOwned {
        let client: &Client = &self.client;
        let of_block = client.runtime_version_at(at, CallContext::Offchain);
        let of_block = of_block.ok().map(|version| version.spec_version);
        failed_at(of_block, VERSION.spec_version, why)
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

    fn finality(&self) -> BoxStream<'static, ()> {
        // A notification keeps its block's state until it is dropped, which is at once.
        let notifications = self.client.finality_notification_stream();
        notifications.map(drop).boxed()
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
        self.client
            .runtime_api()
            .agreements(at)
            .map_err(|why| self.failure(at, why))
    }

    fn agreement(&self, at: Hash, id: AgreementId) -> RpcResult<Option<AgreementView>> {
        self.client
            .runtime_api()
            .agreement(at, id)
            .map_err(|why| self.failure(at, why))
    }

    fn agreement_calendars(
        &self,
        at: Hash,
        id: AgreementId,
    ) -> RpcResult<Vec<(BusinessDay, CalendarNames)>> {
        let api = self.client.runtime_api();
        api.agreement_calendars(at, id)
            .map_err(|why| self.failure(at, why))
    }

    fn successors(&self, at: Hash, id: AgreementId) -> RpcResult<Vec<(MemberId, MemberId)>> {
        self.client
            .runtime_api()
            .successors(at, id)
            .map_err(|why| self.failure(at, why))
    }

    fn members(&self, at: Hash) -> RpcResult<Vec<MemberId>> {
        let (mut members, mut next) = (Vec::new(), Some(0));
        while let Some(from) = next {
            let part = self.client.runtime_api().members(at, from);
            let (part, then) = part.map_err(|why| self.failure(at, why))?;
            members.extend(part);
            next = then.filter(|then| *then > from);
        }
        Ok(members)
    }

    fn member(&self, at: Hash, id: MemberId) -> RpcResult<Option<MemberView>> {
        self.client
            .runtime_api()
            .member(at, id)
            .map_err(|why| self.failure(at, why))
    }

    fn day(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<DaySummary>> {
        self.client
            .runtime_api()
            .day(at, of, day)
            .map_err(|why| self.failure(at, why))
    }

    fn day_hash(&self, at: Hash, of: AgreementId, day: BusinessDay) -> RpcResult<Option<Hash>> {
        self.client
            .runtime_api()
            .day_hash(at, of, day)
            .map_err(|why| self.failure(at, why))
    }

    fn waiting_days(
        &self,
        at: Hash,
        of: AgreementId,
        from: BusinessDay,
    ) -> RpcResult<Vec<WaitingDay>> {
        let days = self.client.runtime_api().waiting_days(at, of, from);
        let (days, _) = days.map_err(|why| self.failure(at, why))?;
        Ok(days)
    }

    fn trades(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<Trade>> {
        let api = self.client.runtime_api();
        api.trades(at, of, day, page)
            .map_err(|why| self.failure(at, why))
    }

    fn links(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<(u32, Link)>> {
        let api = self.client.runtime_api();
        api.links(at, of, day, page)
            .map_err(|why| self.failure(at, why))
    }

    fn refunded_payments(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> RpcResult<Vec<RefundedPayment>> {
        let api = self.client.runtime_api();
        api.refunded_payments(at, of, day, page)
            .map_err(|why| self.failure(at, why))
    }

    fn breaks(&self, at: Hash, side_id: SideId, from: u32) -> RpcResult<Part<BreakList>> {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let api = self.client.runtime_api();
        api.breaks(at, agreement, day, side, from)
            .map_err(|why| self.failure(at, why))
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
            .map_err(|why| self.failure(at, why))
    }

    fn obligation(
        &self,
        at: Hash,
        of: AgreementId,
        day: BusinessDay,
    ) -> RpcResult<Option<ObligationView>> {
        let api = self.client.runtime_api();
        api.obligation(at, of, day)
            .map_err(|why| self.failure(at, why))
    }

    fn unpaid_obligations(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<ObligationView>> {
        let api = self.client.runtime_api();
        api.unpaid_obligations(at, of)
            .map_err(|why| self.failure(at, why))
    }

    fn proposals(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<(u32, Proposal)>> {
        self.client
            .runtime_api()
            .amendments(at, of)
            .map_err(|why| self.failure(at, why))
    }

    fn proposal(
        &self,
        at: Hash,
        of: AgreementId,
        number: u32,
    ) -> RpcResult<Option<(Proposal, Option<Content>)>> {
        let api = self.client.runtime_api();
        api.amendment(at, of, number)
            .map_err(|why| self.failure(at, why))
    }

    fn last_proposal(&self, at: Hash, of: AgreementId) -> RpcResult<u32> {
        let api = self.client.runtime_api();
        api.last_amendment(at, of)
            .map_err(|why| self.failure(at, why))
    }

    fn products(&self, at: Hash, of: AgreementId) -> RpcResult<Vec<ProductId>> {
        self.client
            .runtime_api()
            .products(at, of)
            .map_err(|why| self.failure(at, why))
    }

    fn terms(
        &self,
        at: Hash,
        of: AgreementId,
        product: ProductId,
    ) -> RpcResult<Vec<(BusinessDay, Terms)>> {
        let api = self.client.runtime_api();
        api.terms(at, of, product)
            .map_err(|why| self.failure(at, why))
    }

    fn calendars(&self, at: Hash) -> RpcResult<Vec<CalendarView>> {
        self.client
            .runtime_api()
            .calendars(at)
            .map_err(|why| self.failure(at, why))
    }
}
