//! What the methods ask of the chain: its finalised state.

use super::error::failed;
use crate::service::partial::{Client, Hash};
use counterfoil_primitives::{
    day_times::DueTimes, summary::SideSummary, AgreementId, AgreementView, BusinessDay, MemberId,
    OperatorId, SideId,
};
use counterfoil_runtime::counterfoil_api::CounterfoilApi;
use jsonrpsee::types::ErrorObjectOwned;
use sp_api::ProvideRuntimeApi;
use sp_blockchain::HeaderBackend;
use std::sync::Arc;

/// The chain's finalised state, as far as requests need it. Tests put their own in its place.
pub trait State {
    /// The chain's genesis hash.
    fn genesis(&self) -> Hash;

    /// An agreement.
    fn agreement(&self, id: AgreementId) -> Result<Option<AgreementView>, ErrorObjectOwned>;

    /// When a day of an agreement comes due; `None` where there is no such agreement, or it begins later.
    fn due_times(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<DueTimes>, ErrorObjectOwned>;

    /// A member's operator key.
    fn operator(&self, member: MemberId) -> Result<Option<OperatorId>, ErrorObjectOwned>;

    /// How far a side is. A side of a day that the chain does not show is awaited in its first round.
    fn side(&self, side_id: SideId) -> Result<SideSummary, ErrorObjectOwned>;
}

/// The node's client.
#[derive(Clone)]
pub struct Chain {
    client: Arc<Client>,
}

impl Chain {
    /// The state that `client` holds.
    pub const fn new(client: Arc<Client>) -> Self {
        Self { client }
    }

    fn finalized(&self) -> Hash {
        self.client.info().finalized_hash
    }
}

impl State for Chain {
    fn genesis(&self) -> Hash {
        self.client.info().genesis_hash
    }

    fn agreement(&self, id: AgreementId) -> Result<Option<AgreementView>, ErrorObjectOwned> {
        let api = self.client.runtime_api();
        api.agreement(self.finalized(), id).map_err(failed)
    }

    fn due_times(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<DueTimes>, ErrorObjectOwned> {
        let api = self.client.runtime_api();
        api.due_times(self.finalized(), agreement, day)
            .map_err(failed)
    }

    fn operator(&self, member: MemberId) -> Result<Option<OperatorId>, ErrorObjectOwned> {
        let api = self.client.runtime_api();
        api.operator(self.finalized(), member).map_err(failed)
    }

    fn side(&self, side_id: SideId) -> Result<SideSummary, ErrorObjectOwned> {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let api = self.client.runtime_api();
        let day = api.day(self.finalized(), agreement, day).map_err(failed)?;
        Ok(day.map_or_else(SideSummary::default, |day| side.pick(day.debit, day.credit)))
    }
}
