//! Looking up: payments of which the chain must be asked before anything else happens to them.

use super::{Engine, Flight};
use crate::{
    import::{
        refunds::check_originals,
        search_of_recorded::{original_of, Found},
        NotRecorded, TradeChain, Usage, Verdict,
    },
    journal::{request_of, Line, State},
};
use anyhow::{Context, Result};
use counterfoil_primitives::{Kind, Sequence, TradeId};

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
            let payments = self.payments;
            let payment = &payments[index];
            if let Some((day, trade)) = found.of_payment(payment, Some(&line)) {
                // Under another sequence it is another journal's, or another program's.
                let new = line.trade == request_of(trade);
                self.recorded(index, *day, trade, new, &mut settled);
                if let Some((_, settled)) = settled.last_mut() {
                    settled.original = original_of(&line, trade);
                }
                continue;
            }
            let sequence = line.trade.sequence;
            let ends_at = match line.state {
                State::Sent { ends_at } | State::Refused { ends_at, .. } => ends_at,
                State::Recorded { .. } | State::Supplemented { .. } => 0,
            };
            match usage {
                // Whose the sequence is must be known: it might be this payment's, out of sight.
                Usage::Used if !(found.has(sequence) || elsewhere.contains(&sequence)) => {
                    self.verdicts[index] = Some(self.taken_unseen(sequence));
                }
                Usage::Used | Usage::Below => {
                    self.moving.insert(index);
                    self.enqueue(index);
                }
                // It may be in a block that is not final yet.
                Usage::Unused if !self.has_ended(ends_at) => {
                    self.way.insert(sequence, (index, line.trade, ends_at));
                    again.push(index);
                }
                Usage::Unused => self.enqueue(index),
            }
        }
        if !again.is_empty() {
            self.flights.push(again);
        }
        self.settle_found(settled).await
    }

    /// Notes in the journal which payments were found on chain. Refuses refunds among them that are recorded
    /// as ones of other payments than the file says.
    pub(super) async fn settle_found(&mut self, settled: Vec<(usize, Line)>) -> Result<()> {
        let is_refund = |(index, line): &&(usize, Line)| {
            line.kind == Kind::Refund && self.payments[*index].kind() == Kind::Refund
        };
        let refunds: Vec<_> = settled.iter().filter(is_refund).cloned().collect();
        self.settle(settled)?;
        self.check_refunds(refunds).await
    }

    /// Refuses refunds that are recorded as ones of other payments than the file says.
    async fn check_refunds(&mut self, mut refunds: Vec<(usize, Line)>) -> Result<()> {
        if refunds.is_empty() {
            return Ok(());
        }
        let (places, journal) = (&self.places, Some(self.journal));
        let others = check_originals(self.chain, places, journal, &mut refunds, &|_| None).await?;
        for (index, reason) in others {
            if !matches!(self.verdicts[index], Some(Verdict::Refused { .. })) {
                let reason = NotRecorded::Other(reason);
                self.verdicts[index] = Some(Verdict::Refused { reason });
            }
        }
        self.settle(refunds)
    }

    /// The verdict on a payment whose sequence is used by a trade that was not found.
    fn taken_unseen(&self, sequence: Sequence) -> Verdict {
        let client = self.chain.client();
        Verdict::Refused {
            reason: NotRecorded::SequenceTaken {
                agreement: self.settings.agreement,
                trade: TradeId { client, sequence },
            },
        }
    }
}
