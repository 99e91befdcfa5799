//! Sending and following.

use super::{
    found::Found,
    triage::{same, triage, verdict, Held},
    HeldUp, News, Prepared, Refusal, Settings, Step, TradeChain, Usage, Verdict, SIDE_BY_SIDE,
};
use crate::{
    chain::submit::PoolRefusal,
    journal::{request_of, Journal, Line, State},
};
use anyhow::{bail, Context, Result};
use counterfoil_primitives::{
    window::{reach, Reach},
    BusinessDay, Sequence, Trade, TradeRequest,
};
use std::collections::{HashMap, HashSet, VecDeque};

/// After this number of final blocks without any of its trades a client is told that it is held up. A batch
/// usually lands in the first or second block after it was sent, and is final three blocks later.
const HELD_UP: u64 = 10;

/// How often a payment is sent before the import gives up.
const ATTEMPTS: u32 = 8;

/// Records payments, and says of each what became of it, in the same order.
///
/// An error ends the import at once; running it again takes it up where it was.
pub async fn run<C: TradeChain>(
    chain: &mut C,
    journal: &Journal,
    payments: &[Prepared],
    settings: &Settings,
    watch: &mut dyn FnMut(Step),
) -> Result<Vec<Verdict>> {
    let mut engine = Engine {
        chain,
        journal,
        payments,
        settings,
        verdicts: vec![None; payments.len()],
        queue: VecDeque::new(),
        moving: HashSet::new(),
        held: Vec::new(),
        doubted: Vec::new(),
        flights: Vec::new(),
        way: HashMap::new(),
        attempts: vec![0; payments.len()],
        finalised: 0,
        moved_at: 0,
        full: None,
    };
    let to_send = triage(
        engine.chain,
        journal,
        payments,
        settings,
        &mut engine.verdicts,
        watch,
    )
    .await?;
    engine.queue = to_send.ready.into();
    engine.held = to_send.held;
    engine.finalised = engine.chain.finalised().await?;
    engine.moved_at = engine.finalised;
    engine.report(watch);
    while engine.is_busy() {
        engine.send_all().await?;
        let news = engine.chain.advance().await?;
        engine.take(news)?;
        engine.look_up().await?;
        engine.report(watch);
    }
    engine
        .verdicts
        .into_iter()
        .map(|verdict| verdict.context("a payment was left without a verdict"))
        .collect()
}

/// The payments of a batch on its way.
type Flight = Vec<usize>;

struct Engine<'a, C> {
    chain: &'a mut C,
    journal: &'a Journal,
    payments: &'a [Prepared],
    settings: &'a Settings,
    verdicts: Vec<Option<Verdict>>,
    /// To be sent.
    queue: VecDeque<usize>,
    /// Of those, the ones whose sequence turned out to be another's.
    moving: HashSet<usize>,
    /// To be sent once what was sent for them before can land no more, and has not.
    held: Vec<Held>,
    /// Payments that the chain must be asked about, before anything else happens to them.
    doubted: Vec<usize>,
    flights: Vec<Flight>,
    /// The trade as sent, and the block at which its era ends, of each payment on its way.
    way: HashMap<Sequence, (usize, TradeRequest, u64)>,
    attempts: Vec<u32>,
    /// The number of the finalised block.
    finalised: u64,
    /// The final block in which something was last settled, or after which something was first sent.
    moved_at: u64,
    /// Why the pool took nothing when it was last asked.
    full: Option<String>,
}

impl<C: TradeChain> Engine<'_, C> {
    fn is_busy(&self) -> bool {
        !(self.queue.is_empty()
            && self.held.is_empty()
            && self.flights.is_empty()
            && self.doubted.is_empty())
    }

    fn report(&self, watch: &mut dyn FnMut(Step)) {
        let payments = self.verdicts.iter().flatten().count();
        watch(Step::Done { payments });
        if let Some(held_up) = self.held_up() {
            watch(Step::HeldUp(held_up));
        }
    }

    /// What holds the import up, if anything does.
    fn held_up(&self) -> Option<HeldUp> {
        if let Some(reason) = &self.full {
            let reason = reason.clone();
            return Some(HeldUp::ByThePool { reason });
        }
        let blocks = self.finalised.saturating_sub(self.moved_at);
        (blocks >= HELD_UP && !self.flights.is_empty()).then_some(HeldUp::InThePool { blocks })
    }

    /// Sends as many batches as may be on their way.
    async fn send_all(&mut self) -> Result<()> {
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
            self.moved_at = self.finalised;
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
                    "the payment {:?} was sent {ATTEMPTS} times and is not recorded; see whether the chain makes blocks, then run the import again",
                    self.payments[*index].id
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
            Err(busy @ (PoolRefusal::Busy(_) | PoolRefusal::Early)) => {
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
            Err(refusal) => Err(refusal).context("the import stops; run it again to take it up"),
        }
    }

    /// Whether the payments of a batch may be sent once more.
    fn may_try_again(&self, batch: &[usize]) -> bool {
        batch.iter().all(|index| self.attempts[*index] < ATTEMPTS)
    }

    /// Whether nothing lands any more whose era ends at that block.
    const fn has_ended(&self, ends_at: u64) -> bool {
        ends_at <= self.finalised
    }

    /// Takes in what finalised blocks hold.
    fn take(&mut self, news: News) -> Result<()> {
        self.finalised = news.finalised;
        if !(news.landed.is_empty() && news.refused.is_empty()) {
            self.full = None;
            self.moved_at = news.finalised;
        }
        let mut settled = Vec::new();
        for (day, trade) in &news.landed {
            self.landed(*day, trade, &mut settled);
        }
        for (sequence, refusal) in &news.refused {
            self.refused(*sequence, refusal, &mut settled);
        }
        self.settle(settled)?;
        // Nothing lands after its era has ended, and what landed unseen is on the chain.
        let over: Vec<Sequence> = self
            .way
            .iter()
            .filter(|(_, (.., ends_at))| news.gap || self.has_ended(*ends_at))
            .map(|(at, _)| *at)
            .collect();
        over.into_iter().for_each(|sequence| self.doubt(sequence));
        // Before the journal forgets what was sent for a payment, the chain must lack it.
        let (over, held): (Vec<Held>, Vec<Held>) = std::mem::take(&mut self.held)
            .into_iter()
            .partition(|held| self.has_ended(held.until));
        self.held = held;
        self.doubted.extend(over.iter().map(|held| held.index));
        let way: HashSet<usize> = self.way.values().map(|(index, ..)| *index).collect();
        self.flights
            .retain(|flight| flight.iter().any(|index| way.contains(index)));
        Ok(())
    }

    fn landed(&mut self, day: BusinessDay, trade: &Trade, settled: &mut Vec<(usize, Line)>) {
        let request = request_of(trade);
        let Some((index, sent, _)) = self.way.get(&request.sequence).copied() else {
            return;
        };
        if sent.reference == request.reference {
            self.way.remove(&request.sequence);
            self.recorded(index, day, request, true, settled);
        } else {
            self.doubt(request.sequence);
        }
    }

    fn recorded(
        &mut self,
        index: usize,
        day: BusinessDay,
        request: TradeRequest,
        new: bool,
        settled: &mut Vec<(usize, Line)>,
    ) {
        let money = self.settings.money.as_ref();
        self.verdicts[index] = Some(verdict(&self.payments[index], day, &request, new, money));
        settled.push((
            index,
            Line {
                trade: request,
                state: State::Recorded { day },
            },
        ));
    }

    fn refused(&mut self, sequence: Sequence, refusal: &Refusal, settled: &mut Vec<(usize, Line)>) {
        let Some((index, trade, ends_at)) = self.way.get(&sequence).copied() else {
            return;
        };
        match refusal {
            Refusal::Sequence => self.doubt(sequence),
            Refusal::TooFarAhead => {
                self.way.remove(&sequence);
                self.queue.push_back(index);
            }
            Refusal::Trade(reason) => {
                self.way.remove(&sequence);
                self.verdicts[index] = Some(Verdict::Refused {
                    reason: reason.clone(),
                });
                let state = State::Refused {
                    reason: reason.clone(),
                    ends_at,
                };
                settled.push((index, Line { trade, state }));
            }
        }
    }

    fn doubt(&mut self, sequence: Sequence) {
        if let Some((index, ..)) = self.way.remove(&sequence) {
            self.doubted.push(index);
        }
    }

    /// Asks the finalised chain about the doubted payments: it has the trade, or has the sequence
    /// for another trade, or the payment is sent again.
    async fn look_up(&mut self) -> Result<()> {
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
        Verdict::Refused {
            reason: format!(
                "its sequence {sequence} is used on chain, but agreement {} shows no trade with it on the payment's day or later; look for that trade on earlier days and under the client's other agreements (trade show --id CLIENT/{sequence}), and if the payment is recorded nowhere, import it with a new journal (--journal)",
                self.settings.agreement
            ),
        }
    }

    fn settle(&self, settled: Vec<(usize, Line)>) -> Result<()> {
        if settled.is_empty() {
            return Ok(());
        }
        let lines = settled
            .into_iter()
            .map(|(index, line)| (self.payments[index].id.as_str(), line));
        self.journal.settle(self.settings.agreement, lines)
    }
}
