//! Refunds that are on chain before they are formed: another program of the client, or another journal,
//! recorded them meanwhile.

use super::Engine;
use crate::{
    import::{
        compared_with_recorded::verdict,
        refunds::{Place, Standing},
        search_of_recorded::Found,
        Prepared, TradeChain,
    },
    journal::State,
};
use anyhow::Result;
use std::collections::HashSet;

impl<C: TradeChain> Engine<'_, C> {
    /// Settles those of some refunds about to be formed that the chain has, and returns their indices.
    ///
    /// The chain takes a refund only where nothing was given back of its original beyond what the refund
    /// says. So one that is absent after `standings` were read cannot be recorded twice: it would
    /// be refused. A refund is looked up that was sent before, or of whose original something was
    /// given back; else it cannot be on chain as one of that original.
    pub(super) async fn settle_recorded(
        &mut self,
        standings: &[((usize, Place), Option<Standing>)],
    ) -> Result<HashSet<usize>> {
        let mut asked: Vec<usize> = Vec::new();
        for ((index, _), standing) in standings {
            let is_refunded = standing.is_some_and(|standing| standing.found.refunded > 0);
            if is_refunded || self.attempts[*index] > 0 {
                asked.push(*index);
            }
        }
        let mut recorded = HashSet::new();
        if asked.is_empty() {
            return Ok(recorded);
        }
        let (mut refunds, mut sent): (Vec<Prepared>, Vec<_>) = (Vec::new(), Vec::new());
        for index in &asked {
            let refund = &self.payments[*index];
            sent.push(self.journal.line(self.settings.agreement, &refund.id)?);
            refunds.push(refund.clone());
        }
        let mut lines = sent.clone();
        // What another program records, a complete journal does not know either.
        let found = Found::of_unsettled(self.chain, &refunds, &lines, false).await?;
        let sure = found.take_in(&refunds, &mut lines);
        let money = self.settings.money.as_ref();
        let mut settled = Vec::new();
        for (at, line) in lines.into_iter().enumerate() {
            let Some(line) = line else {
                continue;
            };
            let State::Recorded { day } = line.state else {
                continue;
            };
            let new = sent[at]
                .as_ref()
                .is_some_and(|sent| sent.trade == line.trade);
            self.verdicts[asked[at]] = Some(verdict(&refunds[at], day, &line, new, money));
            recorded.insert(asked[at]);
            if sure.contains(&at) {
                settled.push((asked[at], line));
            }
        }
        self.settle_found(settled).await?;
        Ok(recorded)
    }
}
