//! Following: what finalised blocks say of the payments on their way.

use super::{Engine, OnWay};
use crate::{
    import::{
        before_sending::Held, compared_with_recorded::verdict, on_chain::refusal_reasons::in_words,
        News, NotRecorded, Refusal, TradeChain, Verdict,
    },
    journal::{request_of, Line, State},
};
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Kind, Sequence, Trade};
use std::collections::HashSet;

impl<C: TradeChain> Engine<'_, C> {
    /// Takes in what finalised blocks hold.
    pub(super) fn take(&mut self, news: News) -> Result<()> {
        self.finalized = news.finalized;
        if !(news.landed.is_empty() && news.refused.is_empty()) {
            self.full = None;
            self.moved_at = news.finalized;
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
        let is_of_kind = self.payments[index].kind() == trade.kind;
        if sent.reference == request.reference && is_of_kind {
            self.way.remove(&request.sequence);
            self.recorded(index, day, trade, true, settled);
        } else {
            self.doubt(request.sequence);
        }
    }

    /// Notes that a payment is on chain.
    pub(super) fn recorded(
        &mut self,
        index: usize,
        day: BusinessDay,
        trade: &Trade,
        new: bool,
        settled: &mut Vec<(usize, Line)>,
    ) {
        let money = self.settings.money.as_ref();
        let line = Line::of_trade(trade, day);
        self.verdicts[index] = Some(verdict(&self.payments[index], day, &line, new, money));
        settled.push((index, line));
    }

    fn refused(&mut self, sequence: Sequence, refusal: &Refusal, settled: &mut Vec<(usize, Line)>) {
        let Some(sent) = self.way.get(&sequence).copied() else {
            return;
        };
        let (index, ..) = sent;
        self.way.remove(&sequence);
        match refusal {
            Refusal::Sequence => self.doubted.push(index),
            Refusal::TooFarAhead => self.enqueue(index),
            Refusal::Meanwhile(_) if self.may_try_again(&[index]) => self.enqueue(index),
            Refusal::Supplemented => self.seek_supplement(sent, false),
            // An import sends no payment of a day after the end: what that refuses is late, too.
            Refusal::TooLate | Refusal::Ended if self.payments[index].kind() == Kind::Payment => {
                self.seek_supplement(sent, true);
            }
            Refusal::TooLate => {
                let reason = NotRecorded::Other(in_words("TooLate"));
                self.refuse_sent(sent, reason, settled);
            }
            Refusal::Ended => {
                let reason = NotRecorded::Other(in_words("AgreementEnded"));
                self.refuse_sent(sent, reason, settled);
            }
            Refusal::Trade(reason) | Refusal::Meanwhile(reason) => {
                let reason = NotRecorded::Other(reason.clone());
                self.refuse_sent(sent, reason, settled);
            }
        }
    }

    /// Notes that the chain refused what was sent, and for which reason.
    pub(super) fn refuse_sent(
        &mut self,
        (index, trade, ends_at): OnWay,
        reason: NotRecorded,
        settled: &mut Vec<(usize, Line)>,
    ) {
        let state = State::Refused {
            reason: reason.to_string(),
            ends_at,
        };
        let line = Line {
            kind: self.payments[index].kind(),
            ..Line::of_payment(trade, state)
        };
        self.verdicts[index] = Some(Verdict::Refused { reason });
        settled.push((index, line));
    }

    /// Has the chain asked about the payment with this sequence.
    pub(super) fn doubt(&mut self, sequence: Sequence) {
        if let Some((index, ..)) = self.way.remove(&sequence) {
            self.doubted.push(index);
        }
    }
}
