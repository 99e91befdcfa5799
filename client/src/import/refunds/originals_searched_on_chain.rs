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
/// client by its id; so what it does not know is sought only among the payments of other clients.
pub(in crate::import) async fn search<C: Originals>(
    chain: &mut C,
    places: &Places<'_>,
    journal: Option<&Journal>,
    complete: bool,
    refunds: &[usize],
) -> Result<Vec<(usize, Result<Place, String>)>> {
    let days = chain.refund_days();
    let mut sought = Sought::default();
    for index in refunds {
        sought.add(places, journal, complete, &chain.clients(), *index)?;
    }
    let earliest = sought.open.iter().map(|at| places.payments[*at].day).min();
    let mut found = HashMap::new();
    let between = match earliest {
        Some(earliest) => {
            let (first, last) = chain.days().await?;
            first.0.max(earliest.0.saturating_sub(days.into()))..last.0.saturating_add(1)
        }
        None => 0..0,
    };
    for day in between.rev().map(BusinessDay) {
        let references = sought.references();
        if references.is_empty() {
            break;
        }
        for (position, trade) in chain.trades_with(day, &references).await? {
            if only_corrects(chain, day, &trade).await? {
                continue;
            }
            for index in sought.looking_for(&trade.reference) {
                let original = refused_refunds_in_words::original_text(&places.payments[index]);
                // What an amendment booked carries its payment's reference. Whether it was booked for the
                // client shows when the refund is formed.
                let is_own = trade.id.client == places.client || trade.id.is_of_amendment();
                if !is_own {
                    // Clients may number their payments alike: the client's own one counts.
                    let outcome = Err(refused_refunds_in_words::of_another_client(
                        &original,
                        trade.id.client,
                    ));
                    found.entry(index).or_insert(outcome);
                    continue;
                }
                match trade.kind {
                    Kind::Payment => {
                        let place = Place {
                            day,
                            id: trade.id,
                            position: Some(position),
                        };
                        found.insert(index, Ok(place));
                        sought.open.remove(&index);
                    }
                    // A refund may carry the reference of a payment: that one counts.
                    Kind::Refund => {
                        found.insert(
                            index,
                            Err(refused_refunds_in_words::itself_a_refund(&original)),
                        );
                    }
                }
            }
        }
    }
    let outcome = |index: &usize| {
        let outcome = found.remove(index);
        (
            *index,
            outcome.unwrap_or_else(|| Err(places.why_not_found(&sought, *index, days))),
        )
    };
    Ok(refunds.iter().map(outcome).collect())
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
            refused_refunds_in_words::unknown(&original, days)
        }
    }
}

/// The references that originals may have on chain.
#[derive(Default)]
struct Sought {
    by_reference: BTreeMap<Reference, Vec<usize>>,
    /// The refunds whose originals are not found yet among the client's own trades.
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
        clients: &[MemberId],
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
        let others = clients.iter().filter(|client| **client != places.client);
        let own = (!complete || line.is_some()).then_some(&places.client);
        let mut references: Vec<Reference> = own
            .into_iter()
            .chain(others)
            .map(|client| reference_of(*client, id))
            .collect();
        if let Some(line) = line {
            if !matches!(line.state, State::Recorded { .. }) {
                self.sent.insert(index);
            }
            references.push(line.trade.reference);
        }
        references.sort_unstable();
        references.dedup();
        if !references.is_empty() {
            self.open.insert(index);
        }
        for reference in references {
            self.by_reference.entry(reference).or_default().push(index);
        }
        Ok(())
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
