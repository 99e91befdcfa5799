//! Storage invariants of links, and of what was given back of payments.

use super::Trades;
use crate::{Config, Pallet, Refunded};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    ports::Directory, tree, AgreementId, Amount, BusinessDay, Kind, Link, Original, Relation, Trade,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

/// Where a trade is: agreement, day, position.
pub(super) type Place = (AgreementId, BusinessDay, u32);

/// The links of all trades that have one.
pub(super) type LinkMap = BTreeMap<Place, Link>;

/// What was given back before, and how much then.
type StepBack = (Amount, Amount);

impl<T: Config> Pallet<T> {
    /// Links are at the positions of refunds and of amendments' trades, agree with their payments and give
    /// the trades' amounts; what is given back of a payment is the sum of its refunds.
    pub(super) fn check_links(trades: &Trades, links: &LinkMap) -> Result<(), TryRuntimeError> {
        ensure!(
            all(trades).all(|(place, trade)| match links.get(&place) {
                Some(link) => {
                    link.relation.kind() == trade.kind
                        && (link.relation == Relation::Refund) != trade.id.is_of_amendment()
                }
                None => trade.kind == Kind::Payment,
            }),
            "the links are not those of the refunds"
        );
        ensure!(
            links.keys().all(|place| trade_at(trades, *place).is_some()),
            "the links are not those of the refunds"
        );
        for (place, link) in links {
            let trade = trade_at(trades, *place).ok_or("a link is at no trade")?;
            let payment_place = payment_place(*place, link);
            let payment = trade_at(trades, payment_place)
                .ok_or("a refund's payment is not where its link says")?;
            let of_payment = links.get(&payment_place);
            let paid = match of_payment {
                Some(link) if link.relation == Relation::Replacement => link.paid,
                _ => payment.gross,
            };
            // Of whose payments a client gave back is not known any more: successors change.
            ensure!(
                fits(trade, link, payment, of_payment)
                    && (link.relation == Relation::Replacement || link.paid == paid),
                "a refund does not agree with its payment"
            );
            let (product, version) = (trade.product, trade.terms_version);
            let terms = T::Directory::terms_of_version(place.0, product, version);
            let right = terms.and_then(|terms| link.amounts(&terms, trade.gross));
            ensure!(
                right == Some(trade.amounts()),
                "a refund's amounts do not follow from its link"
            );
            ensure!(
                link.refunded_before.saturating_add(trade.gross) <= link.paid,
                "more is given back than was paid"
            );
            ensure!(
                !is_of_all_that_is_left(link) || trade.gross == link.left(),
                "an amendment's trade is not of all that was left of its payment"
            );
            ensure!(
                link.relation != Relation::Replacement || follows_cancellation(links, *place, link),
                "a replacement does not follow the cancellation of its payment"
            );
        }
        Self::check_given_back(trades, links)
    }

    /// The refunds of a payment that were not put back follow each other, and what is given back of it is
    /// their sum.
    fn check_given_back(trades: &Trades, links: &LinkMap) -> Result<(), TryRuntimeError> {
        let refunded: BTreeMap<Place, Amount> = Refunded::<T>::iter().collect();
        let mut steps: BTreeMap<Place, Vec<StepBack>> = BTreeMap::new();
        let (mut put_back, mut undone) = (Vec::new(), Vec::new());
        let mut expected: BTreeMap<Place, Amount> = BTreeMap::new();
        for (place, link) in links {
            let gross = trade_at(trades, *place).map_or(0, |trade| trade.gross);
            let payment = payment_place(*place, link);
            let step = (link.refunded_before, gross);
            match link.relation {
                Relation::Refund | Relation::Cancellation if refunded.contains_key(place) => {
                    expected.insert(*place, gross);
                    put_back.push((payment, step));
                }
                Relation::Refund | Relation::Cancellation => {
                    steps.entry(payment).or_default().push(step);
                }
                Relation::UndoneRefund | Relation::UndoneCancellation => {
                    undone.push((payment, step));
                }
                Relation::Replacement => {
                    steps.entry(*place).or_default();
                }
            }
        }
        put_back.sort_unstable();
        undone.sort_unstable();
        ensure!(
            put_back == undone,
            "what amendments put back is not what refunds gave back"
        );
        for (payment, mut steps) in steps {
            let carried = links
                .get(&payment)
                .filter(|link| link.relation == Relation::Replacement);
            let mut sum: Amount = carried.map_or(0, |link| link.refunded_before);
            steps.sort_unstable();
            for (before, gross) in steps {
                ensure!(
                    before == sum,
                    "a payment's refunds do not follow each other"
                );
                sum = sum.saturating_add(gross);
            }
            if sum > 0 {
                expected.insert(payment, sum);
            }
        }
        ensure!(
            refunded == expected,
            "what is given back of a payment is not the sum of its refunds"
        );
        Ok(())
    }
}

/// All trades with their places, in the order of those.
pub(super) fn all(trades: &Trades) -> impl Iterator<Item = (Place, &Trade)> {
    trades.iter().flat_map(|((agreement, day), pages)| {
        pages
            .values()
            .flatten()
            .zip(0..)
            .map(move |(trade, position)| ((*agreement, *day, position), trade))
    })
}

/// The trade on a place.
pub(super) fn trade_at(trades: &Trades, (agreement, day, position): Place) -> Option<&Trade> {
    let (page, offset) = tree::locate(position);
    let pages = trades.get(&(agreement, day))?;
    pages.get(&page)?.get(usize::from(offset))
}

/// The place of the payment that a link names.
fn payment_place((agreement, ..): Place, link: &Link) -> Place {
    let Original { day, position, .. } = link.original;
    (agreement, day, position)
}

/// Whether a trade by its link is of all that was left of its payment.
fn is_of_all_that_is_left(link: &Link) -> bool {
    match link.relation {
        Relation::Refund | Relation::UndoneRefund => false,
        Relation::Cancellation | Relation::UndoneCancellation | Relation::Replacement => true,
    }
}

/// Whether the replacement on a place stands behind the cancellation that made room for it.
fn follows_cancellation(
    links: &LinkMap,
    (agreement, day, position): Place,
    replacement: &Link,
) -> bool {
    let before = position.checked_sub(1);
    let before = before.and_then(|position| links.get(&(agreement, day, position)));
    before.is_some_and(|link| {
        link.relation == Relation::Cancellation && link.original == replacement.original
    })
}

/// Whether a trade by its link can be of `payment`, whose own link is `of_payment`.
fn fits(trade: &Trade, link: &Link, payment: &Trade, of_payment: Option<&Link>) -> bool {
    let is_payment = payment.kind == Kind::Payment
        && of_payment.is_none_or(|link| link.relation == Relation::Replacement);
    let is_alike = (payment.product, payment.user) == (trade.product, trade.user)
        && payment.terms_version == trade.terms_version
        && payment.occurred_at <= trade.occurred_at;
    is_payment
        && payment.id == link.original.id
        && (is_alike || link.relation == Relation::Replacement)
}
