//! The trades that a proposal names, their sums and their digest.

use crate::{
    chain::{read::At, views::Agreement},
    error::{Error, Result},
    import::prepare::{prepare, NoTrade, ProductTerms, Unprepared},
    text::reference_text,
};
use anyhow::Context as _;
use counterfoil_primitives::{
    amendment::{fingerprint::TradesDigest, Content, Correction, MissingPayment, AMENDMENTS},
    tree::{locate, PAGE_SIZE},
    AgreementId, DayTotals, MemberId, ProductId, Trade,
};
use futures::{stream, StreamExt, TryStreamExt};
use sp_core::H256;

/// Pages read side by side.
const PARALLEL: usize = 8;

/// A trade, after its position on its day.
pub type Positioned = (u32, Trade);

/// What trades come to.
pub fn totals<'a>(trades: impl IntoIterator<Item = &'a Trade>) -> DayTotals {
    let mut totals = DayTotals::default();
    trades.into_iter().for_each(|trade| totals.add(trade));
    totals
}

/// The digest of named trades, whose positions ascend: a part of the fingerprint.
pub fn digest(named: &[Positioned]) -> H256 {
    let page_of = |(position, _): &Positioned| locate(*position).0;
    let mut digest = TradesDigest::default();
    for page in named.chunk_by(|a, b| page_of(a) == page_of(b)) {
        let trades: Vec<Trade> = page.iter().map(|(_, trade)| *trade).collect();
        digest.add_page(&trades);
    }
    digest.finish()
}

impl At {
    /// The trades that a content names, by ascending positions; none of payments that were never recorded.
    pub async fn named_trades(
        &self,
        agreement: AgreementId,
        content: &Content,
    ) -> Result<Vec<Positioned>> {
        let (Some(day), Some(selection)) = (content.day(), content.selection()) else {
            return Ok(Vec::new());
        };
        let pages: Vec<Vec<Positioned>> = stream::iter(selection.pages())
            .map(|page| async move {
                let trades = self.page(agreement, day, page).await?;
                let first = page.saturating_mul(PAGE_SIZE);
                Ok::<_, Error>((first..).zip(trades).collect::<Vec<_>>())
            })
            .buffered(PARALLEL)
            .try_collect()
            .await?;
        let mut named = pages.concat();
        named.retain(|(position, trade)| selection.names(*position, trade));
        Ok(named)
    }
}

/// The products of the payments that a content states.
pub(super) fn products(content: &Content) -> Vec<ProductId> {
    match content {
        Content::Cancel { .. } => Vec::new(),
        Content::Replace { corrections, .. } => {
            corrections.iter().map(|right| right.product).collect()
        }
        Content::Supplement { payments } => {
            payments.iter().map(|payment| payment.product).collect()
        }
    }
}

/// The payments that a content states, as trades by the terms of their days; none where it only cancels.
/// `named` are the trades that it names. An error says which payment has no trade.
pub(super) fn right(
    agreement: &Agreement,
    terms: &ProductTerms,
    content: &Content,
    named: &[Positioned],
) -> anyhow::Result<Vec<Trade>> {
    match content {
        Content::Cancel { .. } => Ok(Vec::new()),
        Content::Replace { corrections, .. } => corrections
            .iter()
            .map(|right| {
                let of = || format!("the payment on position {}, as it is right", right.position);
                corrected(agreement, terms, right, named).with_context(of)
            })
            .collect(),
        Content::Supplement { payments } => payments
            .iter()
            .map(|payment| {
                let of = || format!("the payment {}", reference_text(&payment.reference));
                missing(agreement, terms, payment).with_context(of)
            })
            .collect(),
    }
}

/// A payment as it is right. It carries the reference of the one that it replaces.
fn corrected(
    agreement: &Agreement,
    terms: &ProductTerms,
    right: &Correction,
    named: &[Positioned],
) -> Result<Trade, NoTrade> {
    let replaced = named
        .iter()
        .find(|(position, _)| *position == right.position);
    let payment = Unprepared {
        id: "",
        reference: replaced.map_or_else(Default::default, |(_, trade)| trade.reference),
        user: right.user,
        product: right.product,
        gross: right.gross,
        occurred_at: right.occurred_at,
    };
    priced(agreement, terms, AMENDMENTS, &payment)
}

fn missing(
    agreement: &Agreement,
    terms: &ProductTerms,
    missing: &MissingPayment,
) -> Result<Trade, NoTrade> {
    let payment = Unprepared {
        id: "",
        reference: missing.reference,
        user: missing.user,
        product: missing.product,
        gross: missing.gross,
        occurred_at: missing.occurred_at,
    };
    priced(agreement, terms, missing.client, &payment)
}

fn priced(
    agreement: &Agreement,
    terms: &ProductTerms,
    client: MemberId,
    payment: &Unprepared<'_>,
) -> Result<Trade, NoTrade> {
    let prepared = prepare(agreement, terms, payment)?;
    // No sum and no fingerprint depends on the number of the terms.
    Ok(prepared.trade.into_trade(client, 0))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::amendments::tests::agreement;
    use counterfoil_primitives::{amendment::MAX_CORRECTIONS, BusinessDay, UserId};
    use sp_core::{bounded::BoundedVec, ConstU32};

    #[test]
    fn a_payment_without_terms_is_told_with_its_position() {
        let right = Correction {
            position: 17,
            user: UserId::default(),
            product: 9,
            gross: 1,
            occurred_at: 20_780 * counterfoil_primitives::day::DAY,
        };
        let corrections: BoundedVec<Correction, ConstU32<MAX_CORRECTIONS>> =
            vec![right].try_into().unwrap();
        let content = Content::Replace {
            day: BusinessDay(20_780),
            corrections,
        };
        let error = super::right(&agreement(), &ProductTerms::default(), &content, &[]);
        let words = format!("{:#}", error.unwrap_err());
        assert!(words.contains("the payment on position 17"), "{words}");
        assert!(words.contains("no terms for product 9"), "{words}");
    }
}
