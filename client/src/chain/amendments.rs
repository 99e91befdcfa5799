//! What the chain has of amendments: proposals, what they name, and the payments that they recorded.

use super::read::At;
use crate::error::Result;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    found_trade::Found,
    AgreementId, BusinessDay, MemberId, Reference,
};

impl At {
    /// The proposals that wait: for answers, for their booking, or to be written off. With their numbers,
    /// ascending.
    pub async fn amendments(&self, agreement: AgreementId) -> Result<Vec<(u32, Proposal)>> {
        self.api("amendments", agreement).await
    }

    /// A proposal, and what it wants to be booked until it is completed; `None` where none has this number.
    pub async fn amendment(
        &self,
        agreement: AgreementId,
        number: u32,
    ) -> Result<Option<(Proposal, Option<Content>)>> {
        self.api("amendment", (agreement, number)).await
    }

    /// The number of the newest proposal; 0 where there was none.
    pub async fn last_amendment(&self, agreement: AgreementId) -> Result<u32> {
        self.api("last_amendment", agreement).await
    }

    /// What is on a position of a day, with what counts of it for refunds of it.
    pub async fn found(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
        position: u32,
    ) -> Result<Option<Found>> {
        self.api("found", (agreement, day, position)).await
    }

    /// Where an amendment recorded a payment of `client` with this reference; `None` where none did.
    pub async fn supplemented(
        &self,
        agreement: AgreementId,
        client: MemberId,
        reference: Reference,
    ) -> Result<Option<(BusinessDay, u32)>> {
        self.api("supplemented", (agreement, client, reference))
            .await
    }
}
