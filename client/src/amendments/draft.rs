//! A proposal before it is sent.

use super::{
    named_trades::{self, digest, totals, Positioned},
    selections, Filter,
};
use crate::{
    chain::{read::At, views::Agreement},
    import::prepare::ProductTerms,
    text::reference_text,
    time::day_text,
};
use anyhow::{bail, Result};
use counterfoil_primitives::{
    amendment::{
        fingerprint::Proposed, Content, Correction, Ground, MissingPayment, MAX_CORRECTIONS,
        MAX_PAGES, MAX_SUPPLEMENTS,
    },
    tree::locate,
    AgreementId, BusinessDay, DayTotals, MemberId, Reference, Trade,
};
use sp_core::{bounded::BoundedVec, H256};
use sp_crypto_hashing::blake2_256;
use std::collections::BTreeSet;

/// References that are shown of those of which no trade is found.
const SHOWN: usize = 8;

/// A proposal before it is sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Draft {
    /// Why.
    pub ground: Ground,
    /// The hash of the evidence; zero without any.
    pub evidence: H256,
    /// What is to be booked.
    pub content: Content,
    /// What the named trades, or the payments that were never recorded, come to.
    pub stated: DayTotals,
    /// The trades that it names, by ascending positions.
    pub named: Vec<Positioned>,
    /// The payments that it states, in the content's order.
    pub right: Vec<Trade>,
}

impl Draft {
    /// Drafts the proposal of a content, as the chain shows what it names.
    pub async fn of(
        at: &At,
        agreement: &Agreement,
        (ground, evidence): (Ground, H256),
        content: Content,
    ) -> Result<Self> {
        let named = at.named_trades(agreement.id, &content).await?;
        let terms = ProductTerms::load(at, agreement.id, named_trades::products(&content)).await?;
        let right = named_trades::right(agreement, &terms, &content, &named)?;
        let stated = match content {
            Content::Supplement { .. } => totals(&right),
            Content::Cancel { .. } | Content::Replace { .. } => {
                totals(named.iter().map(|(_, trade)| trade))
            }
        };
        Ok(Self {
            ground,
            evidence,
            content,
            stated,
            named,
            right,
        })
    }

    /// What names it, once `proposer` proposes it under an agreement.
    pub fn fingerprint(&self, agreement: AgreementId, proposer: MemberId) -> H256 {
        let proposed = Proposed {
            agreement,
            proposer,
            ground: self.ground,
            evidence: self.evidence,
            content: &self.content,
            stated: &self.stated,
            trades: digest(&self.named),
        };
        proposed.fingerprint()
    }
}

/// The hash by which a proposal names its evidence.
pub fn evidence_hash(evidence: &[u8]) -> H256 {
    H256(blake2_256(evidence))
}

/// What cancels the trades of a day that `filter` takes: one content, or several where one cannot name all;
/// the last positions first, so that a refund goes before its payment. `trades` are all of the day.
pub fn cancellations(day: BusinessDay, trades: &[Trade], filter: &Filter) -> Result<Vec<Content>> {
    let positions = filter.positions_of(trades);
    if positions.is_empty() {
        bail!(
            "no trade of {} is as asked for, of {}; look at the day's trades, and correct the conditions",
            day_text(day),
            trades.len()
        );
    }
    ensure_all_found(day, trades, filter, &positions)?;
    let selections = selections(&positions);
    Ok(selections
        .into_iter()
        .rev()
        .map(|selection| Content::Cancel { day, selection })
        .collect())
}

/// Refuses references and positions that were named and of which no trade is found: whoever names a hundred
/// payments means a hundred.
fn ensure_all_found(
    day: BusinessDay,
    trades: &[Trade],
    filter: &Filter,
    positions: &[u32],
) -> Result<()> {
    if let Some(span) = filter
        .positions
        .iter()
        .find(|span| span.last as usize >= trades.len())
    {
        bail!(
            "position {} is behind the last trade of {}, which is on position {}; correct the positions",
            span.last,
            day_text(day),
            trades.len().saturating_sub(1)
        );
    }
    let taken = positions
        .iter()
        .filter_map(|position| trades.get(*position as usize));
    let found: BTreeSet<Reference> = taken.map(|trade| trade.reference).collect();
    let missing: Vec<String> = filter
        .references
        .difference(&found)
        .map(reference_text)
        .collect();
    if missing.is_empty() {
        return Ok(());
    }
    let shown = missing.iter().take(SHOWN).cloned().collect::<Vec<_>>();
    let more = match missing.len().saturating_sub(SHOWN) {
        0 => String::new(),
        more => format!(" and {more} more"),
    };
    bail!(
        "of {} named references, {} are carried by no trade of {} that is as asked for: {}{more}; correct them, name the \
         right day, or leave them out",
        filter.references.len(),
        missing.len(),
        day_text(day),
        shown.join(", ")
    )
}

/// What replaces payments of a day by `corrections`, which ascend by their positions: one content, or several
/// where one cannot hold all.
pub fn replacements(day: BusinessDay, corrections: &[Correction]) -> Vec<Content> {
    let mut contents = Vec::new();
    let mut rest = corrections;
    while !rest.is_empty() {
        let (part, behind) = rest.split_at(fitting(rest));
        // A part has at most as many as fit.
        let corrections = BoundedVec::truncate_from(part.to_vec());
        contents.push(Content::Replace { day, corrections });
        rest = behind;
    }
    contents
}

/// How many of the first corrections one proposal can hold.
fn fitting(corrections: &[Correction]) -> usize {
    let (mut pages, mut last) = (0, None);
    for (index, correction) in corrections.iter().enumerate() {
        let page = locate(correction.position).0;
        if last != Some(page) {
            pages += 1;
            last = Some(page);
        }
        if pages > MAX_PAGES || index >= MAX_CORRECTIONS as usize {
            return index;
        }
    }
    corrections.len()
}

/// What records payments that were never recorded: one content, or several where one cannot hold all.
pub fn supplements(payments: &[MissingPayment]) -> Vec<Content> {
    let parts = payments.chunks(MAX_SUPPLEMENTS as usize);
    parts
        .map(|part| Content::Supplement {
            payments: BoundedVec::truncate_from(part.to_vec()),
        })
        .collect()
}
