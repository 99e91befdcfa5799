//! Looking up: payments of which the chain must be asked before anything else happens to them.

use super::{Engine, Flight};
use crate::{
    import::{search::Found, verdict::same, TradeChain, Usage, Verdict},
    journal::{request_of, State},
    mapping::ledger::trade_id_text,
};
use anyhow::{Context, Result};
use counterfoil_primitives::{Sequence, TradeId};

impl<C: TradeChain> Engine<'_, C> {
    /// Asks the finalised chain about the doubted payments: it has the trade, or has the sequence
    /// for another trade, or the payment is sent again.
    pub(super) async fn look_up(&mut self) -> Result<()> {
        let doubted = std::mem::take(&mut self.doubted);
        if doubted.is_empty() {
            return Ok(());
        }
        let mut lines = Vec::with_capacity(doubted.len());
        for index in &doubted {
            let line = self
                .journal
                .line(self.settings.agreement, &self.payments[*index].id)?;
            lines.push(line.context("a sent payment is not in the journal")?);
        }
        let sequences: Vec<Sequence> = lines.iter().map(|line| line.trade.sequence).collect();
        // In this order: a sequence that is used now has its trade in what is read next.
        let usage = self.chain.usage(&sequences).await?;
        let payments = doubted.iter().map(|index| &self.payments[*index]);
        let found = Found::of_sent(self.chain, payments.zip(&lines)).await?;
        let unseen: Vec<Sequence> = sequences
            .into_iter()
            .zip(&usage)
            .filter(|(sequence, usage)| **usage == Usage::Used && !found.has(*sequence))
            .map(|(sequence, _)| sequence)
            .collect();
        let elsewhere = self.journal.recorded_among(&unseen)?;
        let (mut settled, mut again) = (Vec::new(), Flight::new());
        for ((index, line), usage) in doubted.into_iter().zip(lines).zip(usage) {
            let payment = &self.payments[index];
            if let Some((day, trade)) = found.of_payment(payment, Some(&line)) {
                let new = same(&line.trade, &request_of(trade));
                self.recorded(index, *day, request_of(trade), new, &mut settled);
                continue;
            }
            let sequence = line.trade.sequence;
            let ends_at = match line.state {
                State::Sent { ends_at } | State::Refused { ends_at, .. } => ends_at,
                State::Recorded { .. } => 0,
            };
            match usage {
                // Whose the sequence is must be known: it might be this payment's, out of sight.
                Usage::Used if !(found.has(sequence) || elsewhere.contains(&sequence)) => {
                    self.verdicts[index] = Some(self.taken_unseen(sequence));
                }
                Usage::Used | Usage::Below => {
                    self.moving.insert(index);
                    self.queue.push_back(index);
                }
                // It may be in a block that is not final yet.
                Usage::Unused if !self.has_ended(ends_at) => {
                    self.way.insert(sequence, (index, line.trade, ends_at));
                    again.push(index);
                }
                Usage::Unused => self.queue.push_back(index),
            }
        }
        if !again.is_empty() {
            self.flights.push(again);
        }
        self.settle(settled)
    }

    /// The verdict on a payment whose sequence is used by a trade that was not found.
    fn taken_unseen(&self, sequence: Sequence) -> Verdict {
        let client = self.chain.client();
        let id = trade_id_text(&TradeId { client, sequence });
        Verdict::Refused {
            reason: format!(
                "its sequence {sequence} is used on chain, but agreement {} shows no trade with it on the payment's day or later; look for that trade on earlier days and under the client's other agreements (trade show --id {id}), and if the payment is recorded nowhere, import it with a new journal (--journal)",
                self.settings.agreement
            ),
        }
    }
}
