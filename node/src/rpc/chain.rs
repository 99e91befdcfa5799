//! What the methods ask of the chain: its finalised state.

use super::error::failed;
use crate::service::partial::{Client, Hash};
use counterfoil_primitives::{
    summary::SideStatus, AgreementId, AgreementView, BusinessDay, MemberId, OperatorId, Side,
};
use counterfoil_runtime::api::CounterfoilApi;
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

    /// A member's operator key.
    fn operator(&self, member: MemberId) -> Result<Option<OperatorId>, ErrorObjectOwned>;

    /// How often a party's commitment was rejected.
    fn rejections(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<u8, ErrorObjectOwned>;

    /// How far a side of a day is.
    fn side_status(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<SideStatus, ErrorObjectOwned>;
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

    fn operator(&self, member: MemberId) -> Result<Option<OperatorId>, ErrorObjectOwned> {
        let api = self.client.runtime_api();
        api.operator(self.finalized(), member).map_err(failed)
    }

    fn rejections(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<u8, ErrorObjectOwned> {
        let api = self.client.runtime_api();
        api.rejections(self.finalized(), agreement, day, side)
            .map_err(failed)
    }

    fn side_status(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Result<SideStatus, ErrorObjectOwned> {
        let api = self.client.runtime_api();
        let day = api.day(self.finalized(), agreement, day).map_err(failed)?;
        Ok(day.map_or(SideStatus::Awaited, |day| match side {
            Side::Debit => day.debit.status,
            Side::Credit => day.credit.status,
        }))
    }
}
