//! Recorded refunds: whether each is one of the payment that its file names.

use super::{refused_refunds_in_words, Originals, Place, Places};
use crate::{
    import::{search_of_recorded::is_recorded, Prepared},
    journal::{Journal, Line, State},
    mapping::reference_of,
};
use anyhow::Result;
use counterfoil_primitives::{BusinessDay, Kind, Original, Reference, Relation, TradeId};
use std::collections::HashMap;

/// The refunds that are recorded by their lines, with these, by their indices.
pub(in crate::import) fn recorded_refunds(
    payments: &[Prepared],
    lines: &[Option<Line>],
) -> Vec<(usize, Line)> {
    let refunds = payments.iter().zip(lines).enumerate();
    let recorded = refunds.filter_map(|(index, (payment, line))| {
        let line = line.as_ref().filter(|line| is_recorded(line))?;
        let is_refund = payment.kind() == Kind::Refund && line.kind == Kind::Refund;
        is_refund.then(|| (index, line.clone()))
    });
    recorded.collect()
}

/// Why recorded refunds are not ones of the payments that the file names, in words and by their indices.
/// Asks the chain for the originals that the lines do not have, and completes the lines. `in_file` tells the
/// line of a payment of the file, where it is known.
pub(in crate::import) async fn check_originals<C: Originals>(
    chain: &mut C,
    places: &Places<'_>,
    journal: Option<&Journal>,
    recorded: &mut [(usize, Line)],
    in_file: &dyn Fn(usize) -> Option<Line>,
) -> Result<HashMap<usize, String>> {
    complete(chain, places, recorded).await?;
    let mut others = HashMap::new();
    let (mut unsure, mut unlike) = (Vec::new(), Vec::new());
    for (index, line) in recorded.iter() {
        let refund = &places.payments()[*index];
        let Some(original) = line.original else {
            let reason = refused_refunds_in_words::node_behind(
                &refused_refunds_in_words::original_text(refund),
            );
            others.insert(*index, reason);
            continue;
        };
        let named = named_line(places, journal, refund, in_file)?;
        match named.filter(is_recorded) {
            Some(named) if is_of(places, &named, &original) => {}
            Some(named) => unlike.push((*index, named, original)),
            None => unsure.push((*index, original)),
        }
    }
    for (index, named, original) in unlike {
        if !replaces(chain, places, original, &named).await? {
            let refund = &places.payments()[index];
            let reason =
                refused_refunds_in_words::of_another_original(refund, &place_of(&original));
            others.insert(index, reason);
        }
    }
    let wanted: Vec<Place> = unsure.iter().map(|(_, at)| place_of(at)).collect();
    if wanted.is_empty() {
        return Ok(others);
    }
    let mut clients = chain.predecessors();
    clients.push(places.client());
    let standings = chain.standings(&wanted).await?;
    for (((index, _), place), standing) in unsure.iter().zip(&wanted).zip(standings) {
        let refund = &places.payments()[*index];
        let id = refund.original.as_deref().unwrap_or_default();
        let carried = places.in_file(id).map(|at| places.payments()[at].trade);
        let carries = |reference: Reference| {
            let mut made = clients.iter().map(|client| reference_of(*client, id));
            made.any(|made| made == reference)
                || carried.is_some_and(|trade| trade.reference == reference)
        };
        let is_named = standing.is_some_and(|standing| carries(standing.found.trade.reference));
        if !is_named {
            others.insert(
                *index,
                refused_refunds_in_words::of_unknown_original(refund, place),
            );
        }
    }
    Ok(others)
}

/// Asks the chain for the originals of refunds whose lines have none.
async fn complete<C: Originals>(
    chain: &mut C,
    places: &Places<'_>,
    recorded: &mut [(usize, Line)],
) -> Result<()> {
    let without = recorded.iter().filter(|(_, line)| line.original.is_none());
    let wanted: Vec<(BusinessDay, TradeId)> = without
        .filter_map(|(_, line)| {
            let State::Recorded { day } = line.state else {
                return None;
            };
            let id = TradeId {
                client: places.client(),
                sequence: line.trade.sequence,
            };
            Some((day, id))
        })
        .collect();
    if wanted.is_empty() {
        return Ok(());
    }
    let mut links = chain.links_of(&wanted).await?.into_iter();
    for (_, line) in recorded {
        if line.original.is_none() && is_recorded(line) {
            line.original = links.next().flatten().map(|link| link.original);
        }
    }
    Ok(())
}

/// What file and journal have of the original that a refund names.
fn named_line(
    places: &Places<'_>,
    journal: Option<&Journal>,
    refund: &Prepared,
    in_file: &dyn Fn(usize) -> Option<Line>,
) -> Result<Option<Line>> {
    let id = refund.original.as_deref().unwrap_or_default();
    match places.in_file(id).and_then(in_file) {
        Some(line) => Ok(Some(line)),
        None => places.line(journal, id),
    }
}

/// Whether a line is the payment that a refund is of.
fn is_of(places: &Places<'_>, named: &Line, original: &Original) -> bool {
    let id = TradeId {
        client: places.client(),
        sequence: named.trade.sequence,
    };
    named.kind == Kind::Payment && id == original.id
}

/// Whether the payment that a refund is of stands in the place of a line's: it replaced that, or
/// what replaced that before.
async fn replaces<C: Originals>(
    chain: &mut C,
    places: &Places<'_>,
    mut payment: Original,
    named: &Line,
) -> Result<bool> {
    while payment.id.is_of_amendment() {
        let links = chain.links_of(&[(payment.day, payment.id)]).await?;
        let link = links.into_iter().flatten().next();
        let Some(link) = link.filter(|link| link.relation == Relation::Replacement) else {
            return Ok(false);
        };
        payment = link.original;
        if is_of(places, named, &payment) {
            return Ok(true);
        }
    }
    Ok(false)
}

const fn place_of(original: &Original) -> Place {
    Place {
        day: original.day,
        id: original.id,
        position: Some(original.position),
    }
}
