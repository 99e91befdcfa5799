//! Storage invariants of what amendments booked.

use super::{
    links::{all, trade_at, LinkMap, Place},
    Trades,
};
use crate::{AmendmentTrades, BookedFor, Config, Pallet, Supplement, Supplements};
use alloc::{collections::BTreeSet, vec::Vec};
use counterfoil_primitives::{Kind, Relation, Sequence, Trade};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// Amendments' trades are numbered from 1 without a gap; each payment among them that stands by itself
    /// names its client, and each one that was never recorded is found by client and reference.
    pub(super) fn check_amendments(
        trades: &Trades,
        links: &LinkMap,
    ) -> Result<(), TryRuntimeError> {
        let booked: Vec<(Place, &Trade)> = all(trades)
            .filter(|(_, trade)| trade.id.is_of_amendment())
            .collect();
        let numbers: BTreeSet<Sequence> =
            booked.iter().map(|(_, trade)| trade.id.sequence).collect();
        ensure!(
            numbers.into_iter().eq(1..=AmendmentTrades::<T>::get()),
            "amendments' trades are not numbered one after the other"
        );
        let relation = |place: &Place| links.get(place).map(|link| link.relation);
        let standing: BTreeSet<Place> = booked
            .iter()
            .map(|(place, _)| *place)
            .filter(|place| matches!(relation(place), None | Some(Relation::Replacement)))
            .collect();
        ensure!(
            BookedFor::<T>::iter_keys().collect::<BTreeSet<_>>() == standing,
            "the clients of amendments' payments are not those of such payments"
        );
        let mut supplements = BTreeSet::new();
        for ((agreement, client, reference), supplement) in Supplements::<T>::iter() {
            let Supplement::Recorded { day, position } = supplement else {
                continue;
            };
            let place = (agreement, day, position);
            let is_there = trade_at(trades, place)
                .is_some_and(|trade| (trade.kind, trade.reference) == (Kind::Payment, reference));
            ensure!(
                is_there && BookedFor::<T>::get(place) == Some(client),
                "a supplemented payment is not where it is said to be"
            );
            supplements.insert(place);
        }
        ensure!(
            standing
                .iter()
                .filter(|place| relation(place).is_none())
                .eq(&supplements),
            "a supplemented payment is not found by its reference"
        );
        Ok(())
    }
}
