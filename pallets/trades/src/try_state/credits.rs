//! Storage invariants of what clients caused in a day.

use super::Trades;
use crate::{client_credits::MAX_KEPT_DAYS, ClientCredits, Config, OverLimit, Pallet};
use alloc::{
    collections::{BTreeMap, BTreeSet},
    vec::Vec,
};
use counterfoil_primitives::{
    ports::Directory, settlement::ClientLimits, AgreementId, BusinessDay, MemberId, SideTotals,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

impl<T: Config> Pallet<T> {
    /// What is kept of a client are the sums of what it recorded on the newest days with limits, and the days
    /// noted are those on which a client went beyond one.
    pub(super) fn check_credits(trades: &Trades) -> Result<(), TryRuntimeError> {
        let mut expected: BTreeMap<(AgreementId, MemberId), Vec<(BusinessDay, SideTotals)>> =
            BTreeMap::new();
        let mut over = BTreeSet::new();
        for (agreement, day) in trades.keys().copied() {
            let Some(limits) = limits_on::<T>(agreement, day) else {
                continue;
            };
            for (client, sums) in caused(trades, agreement, day) {
                if limits.are_exceeded_by(&sums) {
                    over.insert((agreement, day));
                }
                let days = expected.entry((agreement, client)).or_default();
                days.push((day, sums));
            }
        }
        for days in expected.values_mut() {
            days.drain(..days.len().saturating_sub(MAX_KEPT_DAYS as usize));
        }
        let kept: BTreeMap<_, _> = ClientCredits::<T>::iter()
            .map(|(agreement, client, days)| ((agreement, client), days.into_inner()))
            .collect();
        ensure!(
            kept == expected,
            "what is kept of a client is not what it recorded on its newest days with limits"
        );
        ensure!(
            OverLimit::<T>::iter_keys().collect::<BTreeSet<_>>() == over,
            "the days noted are not those on which a client went beyond its limits"
        );
        Ok(())
    }
}

fn limits_on<T: Config>(agreement: AgreementId, day: BusinessDay) -> Option<ClientLimits> {
    T::Directory::agreement(agreement)?
        .conditions_on(day)?
        .client_limits
}

/// The sums of the bank's amounts of what each client recorded on a day.
fn caused(
    trades: &Trades,
    agreement: AgreementId,
    day: BusinessDay,
) -> BTreeMap<MemberId, SideTotals> {
    let mut caused: BTreeMap<MemberId, SideTotals> = BTreeMap::new();
    let pages = trades.get(&(agreement, day));
    for trade in pages.into_iter().flat_map(|pages| pages.values().flatten()) {
        if !trade.id.is_of_amendment() {
            let sums = caused.entry(trade.id.client).or_default();
            sums.add(trade.kind, trade.credit);
        }
    }
    caused
}
