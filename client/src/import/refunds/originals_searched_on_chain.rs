//! Searches the chain for the originals of refunds.

use super::{refused_refunds_in_words, Originals, Place, Places};
use crate::{
    journal::{Journal, State},
    mapping::reference_of,
};
use anyhow::Result;
use counterfoil_primitives::{
    AgreementId, BusinessDay, Kind, MemberId, Reference, Relation, Trade,
};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// Looks on the finalised chain for the originals of refunds, by the references that their ids make, or
/// under which the journal sent them. The latest days come first, and none that lies longer before a
/// refund than the agreement lets refunds come. A journal that is `complete` knows each payment of the
/// client by its id; so what it does not know is sought only among the payments of other clients: of those
/// that the client succeeds, to give back from them; of all others, to tell whose the original is.
pub(in crate::import) async fn search<C: Originals>(
    chain: &mut C,
    places: &Places<'_>,
    journal: Option<&Journal>,
    complete: bool,
    refunds: &[usize],
) -> Result<Vec<(usize, Result<Place, String>)>> {
    let days = chain.refund_days();
    let mut sought = Sought {
        predecessors: chain.predecessors(),
        ..Sought::default()
    };
    let mut others: BTreeSet<MemberId> = chain.clients().into_iter().collect();
    others.extend(&sought.predecessors);
    others.remove(&places.client);
    for index in refunds {
        sought.add(places, journal, complete, &others, *index)?;
    }
    let earliest = sought.open.iter().map(|at| places.payments[*at].day).min();
    let between = match earliest {
        Some(earliest) => {
            let (first, last) = chain.days().await?;
            first.0.max(earliest.0.saturating_sub(days.into()))..last.0.saturating_add(1)
        }
        None => 0..0,
    };
    let mut seen = Seen::default();
    for day in between.rev().map(BusinessDay) {
        let references = sought.references();
        if references.is_empty() {
            break;
        }
        for (position, trade) in chain.trades_with(day, &references).await? {
            if only_corrects(chain, day, &trade).await? {
                continue;
            }
            let place = Place {
                day,
                id: trade.id,
                position: Some(position),
            };
            seen.take(places, &mut sought, &trade, place);
        }
    }
    let outcome = |index: &usize| {
        let outcome = seen.outcome(places, &sought, *index);
        let outcome = outcome.unwrap_or_else(|| Err(places.why_not_found(&sought, *index, days)));
        (*index, outcome)
    };
    Ok(refunds.iter().map(outcome).collect())
}

/// What the days searched so far have of originals, by the refund.
#[derive(Default)]
struct Seen {
    /// The client's own payment, or why what is there does not count.
    found: HashMap<usize, Result<Place, String>>,
    /// Payments of clients that it succeeds, by their references.
    of_predecessors: HashMap<usize, BTreeMap<Reference, Place>>,
}

impl Seen {
    /// Takes in a trade that stands at `place`.
    fn take(&mut self, places: &Places<'_>, sought: &mut Sought, trade: &Trade, place: Place) {
        let whose = sought.whose(places.client, trade);
        for index in sought.looking_for(&trade.reference) {
            let original = refused_refunds_in_words::original_text(&places.payments[index]);
            match (whose, trade.kind) {
                // Clients may number their payments alike: the client's own one counts.
                (Whose::Others, _) => {
                    let client = trade.id.client;
                    let outcome = refused_refunds_in_words::of_another_client(&original, client);
                    self.found.entry(index).or_insert(Err(outcome));
                }
                (Whose::Own, Kind::Payment) => {
                    self.found.insert(index, Ok(place));
                    sought.open.remove(&index);
                }
                (Whose::Predecessors, Kind::Payment) => {
                    let of_refund = self.of_predecessors.entry(index).or_default();
                    of_refund.entry(trade.reference).or_insert(place);
                    sought.close(index, &trade.reference);
                }
                // A refund may carry the reference of a payment: that one counts.
                (_, Kind::Refund) => {
                    let outcome = refused_refunds_in_words::itself_a_refund(&original);
                    self.found.insert(index, Err(outcome));
                }
            }
        }
    }

    /// Where the original of a refund is, or why it does not count; `None` where nothing was seen.
    fn outcome(
        &self,
        places: &Places<'_>,
        sought: &Sought,
        index: usize,
    ) -> Option<Result<Place, String>> {
        let found = self.found.get(&index);
        let own = found.and_then(|found| found.as_ref().ok());
        if let Some(place) = own.or_else(|| self.only_one(index)) {
            return Some(Ok(*place));
        }
        let Some(several) = self.of_predecessors.get(&index) else {
            return found.cloned();
        };
        let clients = several
            .keys()
            .filter_map(|at| sought.of_predecessors.get(at));
        let clients: BTreeSet<MemberId> = clients.copied().collect();
        let original = refused_refunds_in_words::original_text(&places.payments[index]);
        let reason = refused_refunds_in_words::of_several_clients(&original, &clients);
        Some(Err(reason))
    }

    /// The payment of a client that the client succeeds, where there is only one that it can be.
    fn only_one(&self, index: usize) -> Option<&Place> {
        let mut all = self.of_predecessors.get(&index)?.values();
        let first = all.next();
        all.next().is_none().then_some(first).flatten()
    }
}

/// Whether a trade is of an amendment that takes back a payment or puts it back: it carries the reference of
/// that, and is no payment by itself.
async fn only_corrects<C: Originals>(
    chain: &mut C,
    day: BusinessDay,
    trade: &Trade,
) -> Result<bool> {
    if !trade.id.is_of_amendment() {
        return Ok(false);
    }
    if trade.kind == Kind::Refund {
        return Ok(true);
    }
    let links = chain.links_of(&[(day, trade.id)]).await?;
    let link = links.into_iter().flatten().next();
    Ok(link.is_some_and(|link| link.relation != Relation::Replacement))
}

impl Places<'_> {
    /// Why the original of a refund was not found, though it was `sought`. The agreement takes refunds for a
    /// number of `days`.
    fn why_not_found(&self, sought: &Sought, index: usize, days: u16) -> String {
        let refund = &self.payments[index];
        let original = refused_refunds_in_words::original_text(refund);
        let id = refund.original.as_deref().unwrap_or_default();
        if self.lost.contains(&index) {
            refused_refunds_in_words::node_behind(&original)
        } else if sought.sent.contains(&index) {
            refused_refunds_in_words::sent_before_original(&original)
        } else if let Some(reason) = self.missing.get(id) {
            refused_refunds_in_words::original_refused(&original, reason)
        } else if let Some(agreement) = sought.elsewhere.get(&index) {
            refused_refunds_in_words::under_another_agreement(&original, *agreement)
        } else {
            refused_refunds_in_words::unknown(&original, days, &sought.predecessors)
        }
    }
}

/// Whose a trade is for the client whose refunds are imported.
#[derive(Clone, Copy)]
enum Whose {
    /// The client's own. So is what an amendment booked: it carries its payment's reference, and whether it
    /// was booked for the client shows when the refund is formed.
    Own,
    /// Of a client that it succeeds.
    Predecessors,
    /// Of another one.
    Others,
}

/// The references that originals may have on chain.
#[derive(Default)]
struct Sought {
    /// The clients that the client succeeds.
    predecessors: Vec<MemberId>,
    by_reference: BTreeMap<Reference, Vec<usize>>,
    /// The references that payments of those clients have.
    of_predecessors: BTreeMap<Reference, MemberId>,
    /// Of each refund, the references of payments that it may give back from and that are not found yet.
    counting: HashMap<usize, BTreeSet<Reference>>,
    /// The refunds whose originals are not found yet among the trades that they may give back from.
    open: BTreeSet<usize>,
    /// The refunds whose originals were sent, and are not known to be recorded.
    sent: BTreeSet<usize>,
    /// The agreements under which the journal has originals that this one does not have.
    elsewhere: HashMap<usize, AgreementId>,
}

impl Sought {
    fn add(
        &mut self,
        places: &Places<'_>,
        journal: Option<&Journal>,
        complete: bool,
        others: &BTreeSet<MemberId>,
        index: usize,
    ) -> Result<()> {
        let id = places.payments[index]
            .original
            .as_deref()
            .unwrap_or_default();
        let line = places.line(journal, id)?;
        if let (None, Some(journal)) = (&line, journal) {
            let elsewhere = journal.elsewhere(places.agreement, [id])?;
            let agreement = elsewhere.first().map(|(_, agreement)| *agreement);
            self.elsewhere
                .extend(agreement.map(|agreement| (index, agreement)));
        }
        let mut counting = BTreeSet::new();
        if !complete || line.is_some() {
            counting.insert(reference_of(places.client, id));
        }
        if let Some(line) = line {
            if !matches!(line.state, State::Recorded { .. }) {
                self.sent.insert(index);
            }
            counting.insert(line.trade.reference);
        }
        for client in &self.predecessors {
            let reference = reference_of(*client, id);
            self.of_predecessors.insert(reference, *client);
            counting.insert(reference);
        }
        let of_others = others.iter().map(|client| reference_of(*client, id));
        let references: BTreeSet<Reference> = of_others.chain(counting.iter().copied()).collect();
        if !references.is_empty() {
            self.open.insert(index);
        }
        for reference in references {
            self.by_reference.entry(reference).or_default().push(index);
        }
        self.counting.insert(index, counting);
        Ok(())
    }

    /// Whose a trade is.
    fn whose(&self, client: MemberId, trade: &Trade) -> Whose {
        let by = trade.id.client;
        let is_amended = trade.id.is_of_amendment();
        if by == client || (is_amended && !self.of_predecessors.contains_key(&trade.reference)) {
            Whose::Own
        } else if is_amended || self.predecessors.contains(&by) {
            Whose::Predecessors
        } else {
            Whose::Others
        }
    }

    /// A payment with this reference was found, of a client that the client succeeds. The search for the
    /// refund's original ends once no other payment can be meant.
    fn close(&mut self, index: usize, reference: &Reference) {
        if let Some(counting) = self.counting.get_mut(&index) {
            counting.remove(reference);
            if counting.is_empty() {
                self.open.remove(&index);
            }
        }
    }

    /// The references that are still looked for.
    fn references(&self) -> BTreeSet<Reference> {
        let is_open = |refunds: &[usize]| refunds.iter().any(|at| self.open.contains(at));
        let open = self
            .by_reference
            .iter()
            .filter(|(_, refunds)| is_open(refunds));
        open.map(|(reference, _)| *reference).collect()
    }

    /// Those that still look for a trade with this reference.
    fn looking_for(&self, reference: &Reference) -> Vec<usize> {
        let looking = self.by_reference.get(reference).into_iter().flatten();
        let open = looking.copied().filter(|index| self.open.contains(index));
        open.collect()
    }
}
