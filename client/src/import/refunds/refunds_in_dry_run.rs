//! What would become of refunds, without sending them.

use super::{
    follow_amendments, form, refused_refunds_in_words, search, Fate, Known, Named, NotFormed,
    Originals, Place, Places, Standing,
};
use crate::{
    import::{Foreseen, NotRecorded, Prepared, Settings, Verdict},
    journal::Journal,
};
use anyhow::Result;
use counterfoil_primitives::{found_trade::Found, Amount, Kind, Terms, TradeId};
use std::collections::{BTreeMap, HashMap};

/// Refuses those refunds of `foreseen` that would be sent and may give nothing back of their originals. One
/// of a payment that would be sent itself is compared with that payment. The journal may be `complete`.
pub(in crate::import) async fn foresee_refunds<C: Originals>(
    chain: &mut C,
    places: &Places<'_>,
    journal: Option<&Journal>,
    complete: bool,
    settings: &Settings,
    foreseen: &mut [Foreseen],
) -> Result<()> {
    let payments = places.payments();
    let would_be_sent = |(index, payment): (usize, &Prepared)| {
        let sent = matches!(foreseen[index], Foreseen::Sent { .. });
        (payment.kind() == Kind::Refund && sent).then_some(index)
    };
    let refunds: Vec<usize> = payments
        .iter()
        .enumerate()
        .filter_map(would_be_sent)
        .collect();
    let (mut known, mut unseen) = (Vec::new(), Vec::new());
    let mut later = Vec::new();
    for index in refunds {
        let named = places.name(index, journal, |at| fate(&foreseen[at]))?;
        match named {
            Named::Later(at) => later.push((index, at)),
            Named::At(place) => known.push((index, place)),
            Named::Never(reason) => foreseen[index] = refused(reason),
            Named::Unseen => unseen.push(index),
        }
    }
    for (index, found) in search(chain, places, journal, complete, &unseen).await? {
        match found {
            Ok(place) => known.push((index, place)),
            Err(reason) => foreseen[index] = refused(reason),
        }
    }
    check_beside(chain, places, settings, &later, foreseen);
    known.sort_unstable_by_key(|(index, _)| *index);
    check(chain, payments, settings, &known, foreseen).await
}

/// Forms refunds of payments that would be sent with them, as if these were recorded. What they give back
/// is of no account here, and so are the terms.
fn check_beside<C: Originals>(
    chain: &C,
    places: &Places<'_>,
    settings: &Settings,
    later: &[(usize, usize)],
    foreseen: &mut [Foreseen],
) {
    let payments = places.payments();
    let mut refunded: HashMap<usize, Amount> = HashMap::new();
    for (index, at) in later {
        let payment = &payments[*at];
        let sum = refunded.entry(*at).or_default();
        let trade = payment.trade.into_trade(places.client(), 0);
        let place = Place {
            day: payment.day,
            id: trade.id,
            position: None,
        };
        let standing = Standing {
            position: 0,
            found: Found::recorded(trade, *sum),
        };
        let (terms, money) = (Terms::default(), settings.money.as_ref());
        match form(
            chain,
            &payments[*index],
            &place,
            &standing,
            0,
            &terms,
            money,
        ) {
            Ok(request) => *sum = sum.saturating_add(request.gross),
            Err(NotFormed::Never(reason)) => foreseen[*index] = refused(reason),
            Err(NotFormed::Later) => {}
        }
    }
}

/// Forms refunds whose originals are on chain, as an import would.
async fn check<C: Originals>(
    chain: &mut C,
    payments: &[Prepared],
    settings: &Settings,
    known: &[(usize, Place)],
    foreseen: &mut [Foreseen],
) -> Result<()> {
    let wanted: Vec<Place> = known.iter().map(|(_, at)| *at).collect();
    let standings = chain.standings(&wanted).await?;
    let mut known: Vec<Known> = known.iter().copied().zip(standings).collect();
    let mut cancelled = follow_amendments(chain, payments, &mut known).await?;
    let mut promised: BTreeMap<TradeId, Amount> = BTreeMap::new();
    for ((index, place), standing) in &known {
        if let Some(reason) = cancelled.remove(index) {
            foreseen[*index] = refused(reason);
            continue;
        }
        // The journal may be ahead of the node.
        let Some(standing) = *standing else {
            continue;
        };
        let refund = &payments[*index];
        let found = standing.found;
        let (product, version) = (found.trade.product, found.trade.terms_version);
        let Some(terms) = chain.terms_of(product, version).await? else {
            foreseen[*index] = refused(refused_refunds_in_words::without_terms(
                refund,
                &found.trade,
            ));
            continue;
        };
        let promised = promised.entry(place.id).or_default();
        // What goes before this one would be recorded by then.
        let refunded = found.refunded.saturating_add(*promised);
        let standing = Standing {
            found: Found { refunded, ..found },
            ..standing
        };
        let money = settings.money.as_ref();
        match form(&*chain, refund, place, &standing, 0, &terms, money) {
            Ok(request) => *promised = promised.saturating_add(request.gross),
            Err(NotFormed::Never(reason)) => foreseen[*index] = refused(reason),
            Err(NotFormed::Later) => {}
        }
    }
    Ok(())
}

fn fate(foreseen: &Foreseen) -> Fate {
    match foreseen {
        Foreseen::Sent { .. } => Fate::Open,
        Foreseen::Settled(Verdict::Refused { reason }) => Fate::Refused(reason.to_string()),
        Foreseen::Settled(Verdict::Supplemented { .. }) => Fate::Supplemented,
        Foreseen::Settled(
            Verdict::Recorded { sequence, day } | Verdict::Known { sequence, day },
        ) => Fate::Recorded(*day, *sequence),
    }
}

const fn refused(reason: String) -> Foreseen {
    Foreseen::Settled(Verdict::Refused {
        reason: NotRecorded::Other(reason),
    })
}
