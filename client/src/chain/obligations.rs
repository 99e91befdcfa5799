//! What the chain has of obligations: what is owed for settlement periods, and what became of it.

use super::read::At;
use crate::error::{ObligationRefusal, Result};
use counterfoil_primitives::{settlement::ObligationView, AgreementId, BusinessDay};
use futures::{stream, StreamExt, TryStreamExt};
use std::collections::BTreeMap;

/// Obligations read side by side.
const PARALLEL: usize = 8;

impl At {
    /// What is owed for the settlement period of a day; `None` while no day of the period is reconciled.
    pub async fn obligation(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<Option<ObligationView>> {
        self.api("obligation", (agreement, day)).await
    }

    /// What is owed for the settlement period of a day; an error where nothing is known of it yet.
    pub async fn known_obligation(
        &self,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<ObligationView> {
        let known = self.obligation(agreement, day).await?;
        known.ok_or_else(|| ObligationRefusal::Unknown { agreement, day }.into())
    }

    /// What is owed and not paid, the oldest first: of periods that are due, and of those under way.
    pub async fn unpaid_obligations(&self, agreement: AgreementId) -> Result<Vec<ObligationView>> {
        self.api("unpaid_obligations", agreement).await
    }

    /// All obligations, paid ones and those of nothing too, the oldest first.
    pub async fn obligations(&self, agreement: AgreementId) -> Result<Vec<ObligationView>> {
        let unpaid = self.unpaid_obligations(agreement).await?;
        let settled = self.settled_days(agreement, BusinessDay(0)).await?;
        let settled: Vec<Option<ObligationView>> = stream::iter(settled)
            .map(|day| self.obligation(agreement, day))
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        let all = unpaid.into_iter().chain(settled.into_iter().flatten());
        // Each settled day names its whole period.
        let all: BTreeMap<BusinessDay, ObligationView> =
            all.map(|view| (view.period.first, view)).collect();
        Ok(all.into_values().collect())
    }
}
