//! Storage invariants of refunds: their links, and what was given back of payments.

use super::Trades;
use crate::{Config, Pallet, Refunded, Refunds};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::Directory, tree, AgreementId, Amount, BusinessDay, Kind, Original, RefundLink, Trade,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

/// Where a trade is: agreement, day, position.
type Place = (AgreementId, BusinessDay, u32);

impl<T: Config> Pallet<T> {
    /// Links are at the positions of refunds, agree with their payments and give the refunds' amounts;
    /// what is given back of a payment is the sum of its refunds.
    pub(super) fn check_refunds(trades: &Trades) -> Result<(), TryRuntimeError> {
        let links: BTreeMap<Place, RefundLink> = Refunds::<T>::iter().collect();
        ensure!(
            refunds(trades)
                .map(|(place, _)| place)
                .eq(links.keys().copied()),
            "the links are not those of the refunds"
        );
        let mut steps: BTreeMap<Place, Vec<(Amount, Amount)>> = BTreeMap::new();
        for ((place, refund), link) in refunds(trades).zip(links.values()) {
            let (agreement, ..) = place;
            let payment = payment_of(trades, agreement, link)
                .ok_or("a refund's payment is not where its link says")?;
            ensure!(
                fits(refund, link, payment),
                "a refund does not agree with its payment"
            );
            let (product, version) = (refund.product, refund.terms_version);
            let terms = T::Directory::terms_of_version(agreement, product, version);
            let right = terms.map(|terms| link.amounts(&terms, refund.gross));
            ensure!(
                right == Some(refund.amounts()),
                "a refund's amounts do not follow from its link"
            );
            let payment = (agreement, link.original.day, link.original.position);
            let step = (link.refunded_before, refund.gross);
            steps.entry(payment).or_default().push(step);
            ensure!(
                link.refunded_before.saturating_add(refund.gross) <= link.paid,
                "more is given back than was paid"
            );
        }
        Self::check_given_back(steps)
    }

    /// The refunds of a payment follow each other, and what is given back of it is their sum.
    fn check_given_back(
        steps: BTreeMap<Place, Vec<(Amount, Amount)>>,
    ) -> Result<(), TryRuntimeError> {
        let mut sums = BTreeMap::new();
        for (payment, mut steps) in steps {
            steps.sort_unstable();
            let mut sum: Amount = 0;
            for (before, gross) in steps {
                ensure!(
                    before == sum,
                    "a payment's refunds do not follow each other"
                );
                sum = sum.saturating_add(gross);
            }
            sums.insert(payment, sum);
        }
        ensure!(
            Refunded::<T>::iter().collect::<BTreeMap<_, _>>() == sums,
            "what is given back of a payment is not the sum of its refunds"
        );
        Ok(())
    }
}

/// The refunds with their places, in the order of those.
fn refunds(trades: &Trades) -> impl Iterator<Item = (Place, &Trade)> {
    trades.iter().flat_map(|((agreement, day), pages)| {
        pages
            .values()
            .flatten()
            .zip(0..)
            .filter(|(trade, _)| trade.kind == Kind::Refund)
            .map(move |(trade, position)| ((*agreement, *day, position), trade))
    })
}

/// The trade on the place of a refund's payment.
fn payment_of<'a>(
    trades: &'a Trades,
    agreement: AgreementId,
    link: &RefundLink,
) -> Option<&'a Trade> {
    let Original { day, position, .. } = link.original;
    let (page, offset) = tree::locate(position);
    let pages = trades.get(&(agreement, day))?;
    pages.get(&page)?.get(usize::from(offset))
}

/// Whether a refund by its link can be one of `payment`.
fn fits(refund: &Trade, link: &RefundLink, payment: &Trade) -> bool {
    payment.kind == Kind::Payment
        && payment.id == link.original.id
        && payment.gross == link.paid
        && (payment.id.client, payment.product, payment.user)
            == (refund.id.client, refund.product, refund.user)
        && payment.terms_version == refund.terms_version
        && payment.occurred_at <= refund.occurred_at
}
