//! Sending: which payments go next, under which sequences, and what the pool says.

use super::Engine;
use crate::{
    error::{Error, PoolRefusal},
    import::{Batch, TradeChain, SIDE_BY_SIDE},
    journal::{trade_of, Sent},
    printable_text::quoted,
};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{
    window::{reach, Reach},
    Kind, Sequence, TradeRequest,
};

/// How often a payment is sent before the import stops trying.
const ATTEMPTS: u32 = 8;

impl<C: TradeChain> Engine<'_, C> {
    /// Sends as many batches as may be on their way.
    pub(super) async fn send_all(&mut self) -> Result<()> {
        if self.queue.is_empty() || self.flights.len() >= self.settings.in_flight {
            return Ok(());
        }
        let highest = self.chain.highest_sequence().await?;
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
        let (mut going, mut batches) = (Vec::new(), Vec::new());
        let room = self.settings.in_flight.saturating_sub(self.flights.len());
        while going.len() < room.min(SIDE_BY_SIDE) {
            let batch = self.next_batch();
            if batch.is_empty() {
                break;
            }
            batches.push(self.number(&batch, floor, ends_at)?);
            going.push(batch);
        }
        let mut goes_on = !going.is_empty();
        if self.flights.is_empty() {
            self.moved_at = self.finalized;
        }
        self.full = None;
        // What goes wrong with one batch must not lose sight of the others.
        let mut trouble = None;
        let sent: Vec<Vec<TradeRequest>> = batches.iter().map(trades_of).collect();
        let outcomes = self.chain.submit(batches, ends_at).await;
        for ((batch, sent), outcome) in going.into_iter().zip(sent).zip(outcomes) {
            match self.note_outcome(batch, sent, outcome) {
                Ok(taken) => goes_on &= taken,
                Err(error) => trouble = trouble.or(Some(error)),
            }
        }
        trouble.map_or(Ok(goes_on), Err)
    }

    /// The next that may go: all payments or all refunds, and all with their own sequence or all with
    /// another one.
    fn next_batch(&mut self) -> Vec<usize> {
        let (mut batch, mut passed_over) = (Vec::new(), Vec::new());
        let mut first = None;
        while let Some(index) = self.queue.pop_front() {
            let goes = (self.payments[index].kind(), self.moving.contains(&index));
            if *first.get_or_insert(goes) == goes {
                batch.push(index);
            } else {
                passed_over.push(index);
            }
            let most = match goes.0 {
                Kind::Payment => self.settings.batch,
                Kind::Refund => self.settings.batch.min(self.settings.refunds),
            };
            if batch.len() == most {
                break;
            }
        }
        for index in passed_over.into_iter().rev() {
            self.queue.push_front(index);
        }
        batch
    }

    /// Notes in the journal that a batch is being sent, and assigns each payment its sequence.
    fn number(&mut self, batch: &[usize], floor: Sequence, ends_at: u64) -> Result<Batch> {
        for index in batch {
            self.attempts[*index] += 1;
            if self.attempts[*index] > ATTEMPTS {
                bail!(
                    "the payment {} was sent {ATTEMPTS} times and is not recorded; see whether the chain makes blocks, then run the import again",
                    quoted(&self.payments[*index].id)
                );
            }
        }
        let anew = batch
            .first()
            .is_some_and(|index| self.moving.contains(index));
        let is_refund = |index: &usize| self.payments[*index].kind() == Kind::Refund;
        let sent = if batch.first().is_some_and(is_refund) {
            let request = |index: &usize| self.formed.get(index).copied();
            Batch::Refunds(self.note(batch, request, (floor, ends_at), anew)?)
        } else {
            let request = |index: &usize| Some(self.payments[*index].trade);
            Batch::Payments(self.note(batch, request, (floor, ends_at), anew)?)
        };
        for (index, trade) in batch.iter().zip(trades_of(&sent)) {
            self.moving.remove(index);
            self.way.insert(trade.sequence, (*index, trade, ends_at));
        }
        Ok(sent)
    }

    /// Notes in the journal what is sent of a batch.
    fn note<S: Sent>(
        &self,
        batch: &[usize],
        request: impl Fn(&usize) -> Option<S>,
        (floor, ends_at): (Sequence, u64),
        anew: bool,
    ) -> Result<Vec<S>> {
        let mut named = Vec::with_capacity(batch.len());
        for index in batch {
            let request = request(index).context("a refund is sent that was not formed")?;
            named.push((self.payments[*index].id.as_str(), request));
        }
        let agreement = self.settings.agreement;
        match anew {
            true => self.journal.send_anew(agreement, &named, floor, ends_at),
            false => self.journal.send(agreement, &named, floor, ends_at),
        }
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
                    self.enqueue(index);
                }
                Ok(false)
            }
            Err(PoolRefusal::Unfit(unfit)) => Err(Error::from(unfit))
                .context("the import stops: the chain's runtime was upgraded"),
            Err(refusal) => Err(refusal)
                .context("the import stops; run it again, and it continues where it stopped"),
        }
    }

    /// Whether the payments of a batch may be sent once more.
    pub(super) fn may_try_again(&self, batch: &[usize]) -> bool {
        batch.iter().all(|index| self.attempts[*index] < ATTEMPTS)
    }
}

/// What the trades of a batch are, whatever their kind.
fn trades_of(batch: &Batch) -> Vec<TradeRequest> {
    match batch {
        Batch::Payments(payments) => payments.clone(),
        Batch::Refunds(refunds) => refunds.iter().map(trade_of).collect(),
    }
}
