//! Refunds on their way: each waits for its original, and is formed by what the chain shows then.

use super::Engine;
use crate::{
    import::{
        before_sending::Held,
        refunds::{
            follow_amendments, form, is_spent, node_behind, original_text, search, without_terms,
            Fate, Known, Named, NotFormed, Place, Standing,
        },
        NotRecorded, Step, TradeChain, Verdict,
    },
    journal::Line,
};
use anyhow::Result;
use counterfoil_primitives::{Amount, Kind, ProductId, Terms, TradeId};
use std::collections::{BTreeMap, BTreeSet};

impl<C: TradeChain> Engine<'_, C> {
    /// Lets a payment be sent, or a refund once it is formed.
    pub(super) fn enqueue(&mut self, index: usize) {
        match self.payments[index].kind() {
            Kind::Payment => self.queue.push_back(index),
            Kind::Refund => self.waiting.push(index),
        }
    }

    /// Forms the refunds that wait, as far as their originals are final. Tells whether some may go.
    pub(super) async fn form_refunds(&mut self, watch: &mut dyn FnMut(Step)) -> Result<bool> {
        if self.waiting.is_empty() {
            return Ok(false);
        }
        let queued = self.queue.len();
        let mut waiting = std::mem::take(&mut self.waiting);
        waiting.sort_unstable();
        let (mut known, mut unseen) = (Vec::new(), Vec::new());
        for index in waiting {
            let fate = |at: usize| fate(self.verdicts[at].as_ref());
            match self.places.name(index, Some(self.journal), fate)? {
                Named::Later(_) => self.waiting.push(index),
                Named::At(place) => known.push((index, place)),
                Named::Never(reason) => self.refuse(index, reason),
                Named::Unseen => unseen.push(index),
            }
        }
        if !unseen.is_empty() {
            watch(Step::Searching);
            let complete = !self.journal.is_incomplete()?;
            let journal = Some(self.journal);
            let found = search(self.chain, &self.places, journal, complete, &unseen).await?;
            for (index, found) in found {
                match found {
                    Ok(place) => known.push((index, place)),
                    Err(reason) => self.refuse(index, reason),
                }
            }
        }
        self.form_known(known, watch).await?;
        Ok(self.queue.len() > queued)
    }

    /// Forms refunds whose originals are on chain, unless they are there themselves. Of one payment, no
    /// refund is formed while another is on its way.
    async fn form_known(
        &mut self,
        mut known: Vec<(usize, Place)>,
        watch: &mut dyn FnMut(Step),
    ) -> Result<()> {
        known.sort_unstable_by_key(|(index, _)| *index);
        let busy = self.busy_originals();
        let (waits, known): (Vec<_>, Vec<_>) = known
            .into_iter()
            .partition(|(_, place)| busy.contains(&place.id));
        for (index, place) in waits {
            self.places.note(index, place);
            self.waiting.push(index);
        }
        if known.is_empty() {
            return Ok(());
        }
        let wanted: Vec<Place> = known.iter().map(|(_, at)| *at).collect();
        // In this order: a refund that is part of what was given back is in what is read next.
        let standings = self.chain.standings(&wanted).await?;
        let mut known: Vec<Known> = known.into_iter().zip(standings).collect();
        if known.iter().any(is_spent) {
            watch(Step::Searching);
        }
        let mut cancelled = follow_amendments(self.chain, self.payments, &mut known).await?;
        let recorded = self.settle_recorded(&known).await?;
        let mut promised: BTreeMap<TradeId, Amount> = BTreeMap::new();
        for ((index, place), standing) in known {
            if recorded.contains(&index) {
                continue;
            }
            if let Some(reason) = cancelled.remove(&index) {
                self.refuse(index, reason);
                continue;
            }
            // What stands in an original's place may be busy, too.
            if busy.contains(&place.id) {
                self.places.note(index, place);
                self.waiting.push(index);
                continue;
            }
            let Some(standing) = standing else {
                self.lose(index);
                continue;
            };
            let place = Place {
                position: Some(standing.position),
                ..place
            };
            self.places.note(index, place);
            let promised = promised.entry(place.id).or_default();
            *promised =
                promised.saturating_add(self.form_one(index, &place, &standing, *promised).await?);
        }
        Ok(())
    }

    /// Forms a refund. Returns what it pays back; nothing where it is not sent now.
    async fn form_one(
        &mut self,
        index: usize,
        place: &Place,
        standing: &Standing,
        promised: Amount,
    ) -> Result<Amount> {
        let payments = self.payments;
        let refund = &payments[index];
        let trade = &standing.found.trade;
        let Some(terms) = self.terms(trade.product, trade.terms_version).await? else {
            self.refuse(index, without_terms(refund, trade));
            return Ok(0);
        };
        let line = self.journal.line(self.settings.agreement, &refund.id)?;
        if let Some(until) = line.and_then(|line| self.ends_elsewhere(&line, place)) {
            self.held.push(Held { index, until });
            return Ok(0);
        }
        let money = self.settings.money.as_ref();
        let chain = &*self.chain;
        match form(chain, refund, place, standing, promised, &terms, money) {
            Ok(request) => {
                self.formed.insert(index, request);
                self.queue.push_back(index);
                Ok(request.gross)
            }
            Err(NotFormed::Later) => {
                self.waiting.push(index);
                Ok(0)
            }
            Err(NotFormed::Never(reason)) => {
                self.refuse(index, reason);
                Ok(0)
            }
        }
    }

    /// Until which block a refund may still land that was sent for another original than this one.
    fn ends_elsewhere(&self, line: &Line, place: &Place) -> Option<u64> {
        let other = line.original.filter(|original| original.id != place.id);
        let until = other.and_then(|_| line.state.ends_at())?;
        (!self.has_ended(until)).then_some(until)
    }

    /// The payments of which refunds are on their way, or are about to be sent.
    fn busy_originals(&self) -> BTreeSet<TradeId> {
        let way = self.way.values().map(|(index, ..)| index);
        way.chain(&self.queue)
            .filter_map(|index| Some(self.formed.get(index)?.original.id))
            .collect()
    }

    /// Has the chain searched for an original that does not stand where it should: the node may lag behind
    /// the journal, or another chain have been restored.
    fn lose(&mut self, index: usize) {
        if self.places.lose(index) {
            self.waiting.push(index);
        } else {
            let reason = node_behind(&original_text(&self.payments[index]));
            self.refuse(index, reason);
        }
    }

    /// A version of a product's terms, read once.
    async fn terms(&mut self, product: ProductId, version: u16) -> Result<Option<Terms>> {
        if let Some(terms) = self.terms.get(&(product, version)) {
            return Ok(Some(*terms));
        }
        let terms = self.chain.terms_of(product, version).await?;
        if let Some(terms) = terms {
            self.terms.insert((product, version), terms);
        }
        Ok(terms)
    }

    fn refuse(&mut self, index: usize, reason: String) {
        let reason = NotRecorded::Other(reason);
        self.verdicts[index] = Some(Verdict::Refused { reason });
    }
}

/// What has become of a payment by its verdict.
fn fate(verdict: Option<&Verdict>) -> Fate {
    match verdict {
        None => Fate::Open,
        Some(Verdict::Refused { reason }) => Fate::Refused(reason.to_string()),
        Some(Verdict::Supplemented { .. }) => Fate::Supplemented,
        Some(Verdict::Recorded { sequence, day } | Verdict::Known { sequence, day }) => {
            Fate::Recorded(*day, *sequence)
        }
    }
}
