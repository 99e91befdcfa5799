//! Sending: which payments go next, under which sequences, and what the pool says.

use super::Engine;
use crate::{
    error::PoolRefusal,
    import::{TradeChain, SIDE_BY_SIDE},
    text::quoted,
};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{
    window::{reach, Reach},
    Sequence, TradeRequest,
};

/// How often a payment is sent before the import gives up.
const ATTEMPTS: u32 = 8;

impl<C: TradeChain> Engine<'_, C> {
    /// Sends as many batches as may be on their way.
    pub(super) async fn send_all(&mut self) -> Result<()> {
        if self.queue.is_empty() || self.flights.len() >= self.settings.in_flight {
            return Ok(());
        }
        let highest = self.chain.highest().await?;
        let floor = highest.map_or(0, |highest| highest.saturating_add(1));
        while self.has_room(highest, floor)? && self.send_some(floor).await? {}
        Ok(())
    }

    /// Whether the window reaches as far as new sequences may go next.
    ///
    /// Payments that were refused leave their sequences unused. Very many of them in a row lead the
    /// journal beyond the window: then it falls back, once nothing that was sent can land.
    fn has_room(&self, highest: Option<Sequence>, floor: Sequence) -> Result<bool> {
        let next = self.journal.next()?.unwrap_or_default().max(floor);
        let last = next.saturating_add((SIDE_BY_SIDE * self.settings.batch) as Sequence);
        if reach(highest, last) != Reach::Above {
            return Ok(true);
        }
        let is_idle = self.way.is_empty() && self.held.is_empty() && self.doubted.is_empty();
        if !is_idle || !self.has_ended(self.journal.last_end()?) {
            return Ok(false);
        }
        self.journal.fall_back(floor)?;
        Ok(true)
    }

    /// Sends some batches side by side; new sequences begin at `floor` or above. `false` where
    /// there are none to send, or the pool takes nothing now.
    async fn send_some(&mut self, floor: Sequence) -> Result<bool> {
        let ends_at = self.chain.ends_at().await?;
        let mut going = Vec::new();
        let room = self.settings.in_flight.saturating_sub(self.flights.len());
        while going.len() < room.min(SIDE_BY_SIDE) {
            let batch = self.next_batch();
            if batch.is_empty() {
                break;
            }
            let sent = self.number(&batch, floor, ends_at)?;
            going.push((batch, sent));
        }
        let batches = going.iter().map(|(_, sent)| sent.clone()).collect();
        let mut goes_on = !going.is_empty();
        if self.flights.is_empty() {
            self.moved_at = self.finalized;
        }
        self.full = None;
        // What goes wrong with one batch must not lose sight of the others.
        let mut trouble = None;
        let outcomes = self.chain.submit(batches, ends_at).await;
        for ((batch, sent), outcome) in going.into_iter().zip(outcomes) {
            match self.note_outcome(batch, sent, outcome) {
                Ok(taken) => goes_on &= taken,
                Err(error) => trouble = trouble.or(Some(error)),
            }
        }
        trouble.map_or(Ok(goes_on), Err)
    }

    /// The next payments that may go: all with their own sequence, or all with another one.
    fn next_batch(&mut self) -> Vec<usize> {
        let (mut batch, mut passed_over) = (Vec::new(), Vec::new());
        let mut anew = None;
        while let Some(index) = self.queue.pop_front() {
            let moves = self.moving.contains(&index);
            if *anew.get_or_insert(moves) == moves {
                batch.push(index);
            } else {
                passed_over.push(index);
            }
            if batch.len() == self.settings.batch {
                break;
            }
        }
        for index in passed_over.into_iter().rev() {
            self.queue.push_front(index);
        }
        batch
    }

    /// Notes in the journal that a batch is being sent, and gives each payment its sequence.
    fn number(
        &mut self,
        batch: &[usize],
        floor: Sequence,
        ends_at: u64,
    ) -> Result<Vec<TradeRequest>> {
        for index in batch {
            self.attempts[*index] += 1;
            if self.attempts[*index] > ATTEMPTS {
                bail!(
                    "the payment {} was sent {ATTEMPTS} times and is not recorded; see whether the chain makes blocks, then run the import again",
                    quoted(&self.payments[*index].id)
                );
            }
        }
        let named: Vec<_> = batch
            .iter()
            .map(|index| {
                (
                    self.payments[*index].id.as_str(),
                    self.payments[*index].trade,
                )
            })
            .collect();
        let agreement = self.settings.agreement;
        let anew = batch
            .first()
            .is_some_and(|index| self.moving.contains(index));
        let sent = match anew {
            true => self.journal.send_anew(agreement, &named, floor, ends_at)?,
            false => self.journal.send(agreement, &named, floor, ends_at)?,
        };
        for (index, trade) in batch.iter().zip(&sent) {
            self.moving.remove(index);
            self.way.insert(trade.sequence, (*index, *trade, ends_at));
        }
        Ok(sent)
    }

    /// Takes in what the pool said of a batch. `false` where it takes nothing now.
    fn note_outcome(
        &mut self,
        batch: Vec<usize>,
        sent: Vec<TradeRequest>,
        outcome: Result<(), PoolRefusal>,
    ) -> Result<bool> {
        match outcome {
            Ok(()) | Err(PoolRefusal::Known) => {
                self.flights.push(batch);
                Ok(true)
            }
            Err(PoolRefusal::Stale) => {
                sent.iter().for_each(|trade| self.doubt(trade.sequence));
                Ok(true)
            }
            Err(busy @ (PoolRefusal::Busy(_) | PoolRefusal::Lagging(_) | PoolRefusal::Early)) => {
                self.full = Some(busy.to_string());
                for (index, trade) in batch.into_iter().zip(sent) {
                    self.way.remove(&trade.sequence);
                    self.attempts[index] -= 1;
                    self.queue.push_back(index);
                }
                Ok(false)
            }
            // A fork or a runtime upgrade: what is signed at the next block holds again.
            Err(PoolRefusal::Void(_)) if self.may_try_again(&batch) => {
                for (index, trade) in batch.into_iter().zip(sent) {
                    self.way.remove(&trade.sequence);
                    self.queue.push_back(index);
                }
                Ok(false)
            }
            Err(refusal) => Err(refusal)
                .context("the import stops; run it again, and it continues where it stopped"),
        }
    }

    /// Whether the payments of a batch may be sent once more.
    fn may_try_again(&self, batch: &[usize]) -> bool {
        batch.iter().all(|index| self.attempts[*index] < ATTEMPTS)
    }
}
