//! Originals of which nothing is left: whether an amendment cancelled them, or replaced them by payments that
//! refunds then give back from.

use super::{refused_refunds_in_words, Originals, Place, Standing};
use crate::import::Prepared;
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Link, Reference, Relation, TradeId};
use std::collections::{BTreeMap, BTreeSet, HashMap};

/// A refund by its index, with the place of its original and how that stands; `None` where its day does not
/// have it.
pub(in crate::import) type Known = ((usize, Place), Option<Standing>);

/// Whether nothing is left of the original of a refund.
pub(in crate::import) fn is_spent((_, standing): &Known) -> bool {
    let found = standing.as_ref().map(|standing| standing.found);
    found.is_some_and(|found| found.is_payment() && found.left() == 0)
}

/// Sets the original of each refund of a payment that amendments replaced: the payment that stands in its
/// place by the finalised chain. Returns why refunds of payments that amendments cancelled are refused, in
/// words and by their indices.
pub(in crate::import) async fn follow_amendments<C: Originals>(
    chain: &mut C,
    payments: &[Prepared],
    known: &mut [Known],
) -> Result<HashMap<usize, String>> {
    let spent = Spent::among(known).followed(chain).await?;
    let mut cancelled = HashMap::new();
    let (mut moved, mut places) = (Vec::new(), Vec::new());
    for (at, ((index, place), _)) in known.iter_mut().enumerate() {
        let Some(trail) = spent.trails.get(&place.id) else {
            continue;
        };
        if let Some(cancellation) = &trail.cancelled {
            let reason = refused_refunds_in_words::cancelled(&payments[*index], cancellation);
            cancelled.insert(*index, reason);
        } else if trail.stands.id != place.id {
            *place = trail.stands;
            moved.push(at);
            places.push(trail.stands);
        }
    }
    if !places.is_empty() {
        let standings = chain.standings(&places).await?;
        for (at, standing) in moved.into_iter().zip(standings) {
            known[at].1 = standing;
        }
    }
    Ok(cancelled)
}

/// Payments of which nothing is left.
struct Spent {
    /// What became of each.
    trails: BTreeMap<TradeId, Trail>,
}

/// What amendments made of a payment.
struct Trail {
    /// Its reference, which those trades carry too.
    reference: Reference,
    /// Where it stands itself, or the last payment that replaced it or its replacement.
    stands: Place,
    /// The trade that cancelled that.
    cancelled: Option<Place>,
}

impl Spent {
    /// Those among the originals of refunds.
    fn among(known: &[Known]) -> Self {
        let spent = known.iter().filter(|known| is_spent(known));
        let trails = spent.filter_map(|((_, place), standing)| {
            let trail = Trail {
                reference: standing.as_ref()?.found.trade.reference,
                stands: *place,
                cancelled: None,
            };
            Some((place.id, trail))
        });
        Self {
            trails: trails.collect(),
        }
    }

    /// Reads what amendments made of them. It is on the days of the payments, or later.
    async fn followed<C: Originals>(mut self, chain: &mut C) -> Result<Self> {
        let trails = self.trails.values();
        let references: BTreeSet<Reference> = trails.clone().map(|one| one.reference).collect();
        let Some(first) = trails.map(|one| one.stands.day).min() else {
            return Ok(self);
        };
        let (_, last) = chain.days().await?;
        for day in (first.0..=last.0).map(BusinessDay) {
            let mut trades = chain.trades_with(day, &references).await?;
            trades.retain(|(_, trade)| trade.id.is_of_amendment());
            if trades.is_empty() {
                continue;
            }
            let ids: Vec<_> = trades.iter().map(|(_, trade)| (day, trade.id)).collect();
            let links = chain.links_of(&ids).await?;
            for ((position, trade), link) in trades.into_iter().zip(links) {
                let place = Place {
                    day,
                    id: trade.id,
                    position: Some(position),
                };
                if let Some(link) = link {
                    self.take(place, &link);
                }
            }
        }
        Ok(self)
    }

    /// Notes what the trade of an amendment is to payments.
    fn take(&mut self, place: Place, link: &Link) {
        let trails = self.trails.values_mut();
        for trail in trails.filter(|trail| trail.stands.id == link.original.id) {
            match link.relation {
                Relation::Cancellation => trail.cancelled = Some(place),
                Relation::UndoneCancellation => trail.cancelled = None,
                Relation::Replacement => {
                    trail.stands = place;
                    trail.cancelled = None;
                }
                Relation::Refund | Relation::UndoneRefund => {}
            }
        }
    }
}
