//! That what is owed for settlement periods is the sum of their days, on real nodes.
//!
//! Read from a node's final state, and added up here: no code of the chain is asked.

use crate::chain::{from_hex, to_hex, Chain};
use anyhow::{anyhow, ensure, Result};
use codec::Decode;
use counterfoil_primitives::{settlement::Obligation, AgreementId, BusinessDay, SignedAmount};
use counterfoil_runtime::Runtime;
use jsonrpsee::rpc_params;
use pallet_reconciliation::{Outcome, Outcomes};
use pallet_settlement::{DayObligations, Obligations};
use sp_core::H256;
use std::{collections::BTreeMap, ops::Bound};

/// Keys per answer.
const KEYS: u32 = 1_000;
/// What a map's keys begin with: the hashes of pallet and item.
const PREFIX: usize = 32;
/// The hash before each part of a key.
const HASH: usize = 8;

/// A day of an agreement.
type Key = (AgreementId, BusinessDay);

/// What a chain keeps of what is owed.
struct Kept {
    /// What is owed for each day.
    days: BTreeMap<Key, SignedAmount>,
    /// What is owed for each settlement period, by its first day.
    periods: BTreeMap<Key, Obligation>,
    /// What each reconciled day came to.
    reconciled: BTreeMap<Key, SignedAmount>,
}

/// Makes sure that each reconciled day counts once, in the obligation of its period, by what is final at the
/// first of these nodes that answers.
pub async fn obligations_add_up(nodes: &[Chain]) -> Result<()> {
    let mut kept = Err(anyhow!("there is no node to ask"));
    for node in nodes {
        kept = read(node).await;
        if kept.is_ok() {
            break;
        }
    }
    kept?.check()
}

async fn read(chain: &Chain) -> Result<Kept> {
    let block = chain.finalized().await?;
    // Any key of a map begins as all do.
    let (agreement, day): Key = (0, BusinessDay(0));
    let days = DayObligations::<Runtime>::hashed_key_for(agreement, day);
    let periods = Obligations::<Runtime>::hashed_key_for(agreement, day);
    let outcomes = Outcomes::<Runtime>::hashed_key_for(agreement, day);
    let outcomes: BTreeMap<Key, Outcome> = map(chain, &outcomes[..PREFIX], block).await?;
    Ok(Kept {
        days: map(chain, &days[..PREFIX], block).await?,
        periods: map(chain, &periods[..PREFIX], block).await?,
        reconciled: outcomes
            .into_iter()
            .map(|(key, outcome)| (key, outcome.obligation))
            .collect(),
    })
}

/// The values of a map, by agreement and day.
async fn map<T: Decode>(chain: &Chain, prefix: &[u8], block: H256) -> Result<BTreeMap<Key, T>> {
    let mut values = BTreeMap::new();
    let mut last: Option<String> = None;
    loop {
        let params = rpc_params![to_hex(prefix), KEYS, last, block];
        let keys: Vec<String> = chain.request("state_getKeysPaged", params).await?;
        for key in &keys {
            let key = from_hex(key)?;
            let value = chain.storage_at(&key, block).await?;
            let value = value.ok_or_else(|| anyhow!("a key without a value"))?;
            values.insert(agreement_and_day(&key)?, value);
        }
        last = keys.last().cloned();
        if last.is_none() {
            return Ok(values);
        }
    }
}

/// What a key names, each part after its hash.
fn agreement_and_day(key: &[u8]) -> Result<Key> {
    type Parts = ([u8; HASH], AgreementId, [u8; HASH], BusinessDay);
    let mut parts = key.get(PREFIX..).unwrap_or_default();
    let (_, agreement, _, day) = Parts::decode(&mut parts)?;
    Ok((agreement, day))
}

impl Kept {
    fn check(&self) -> Result<()> {
        ensure!(
            self.days == self.reconciled,
            "days are left out, or have another amount: {:?}, of {:?}",
            self.days,
            self.reconciled
        );
        let mut counted = 0;
        for (key, period) in &self.periods {
            let days = self.days_of(*key);
            let sum: SignedAmount = days.values().sum();
            counted += days.len();
            ensure!(
                (period.days as usize, period.amount) == (days.len(), sum),
                "{key:?} is not the sum of its days {days:?}: {period:?}"
            );
            ensure!(
                days.keys().all(|(_, day)| *day <= period.last),
                "{key:?} counts a later day: {days:?}, {period:?}"
            );
            let owed = sum.unsigned_abs();
            let is_paid = period.due_since.is_some() && period.paid == owed;
            ensure!(
                period.paid <= owed && period.paid_at.is_some() == is_paid,
                "{key:?} is paid, and something is left of it, or neither: {period:?}"
            );
        }
        ensure!(
            counted == self.days.len(),
            "{counted} of {} days count towards a period",
            self.days.len()
        );
        Ok(())
    }

    /// The days of the period that begins here: those before the next one.
    fn days_of(&self, first: Key) -> BTreeMap<Key, SignedAmount> {
        let later = (Bound::Excluded(first), Bound::Unbounded);
        let next = self.periods.range(later).next().map(|(key, _)| *key);
        let days = self.days.range(first..).take_while(|(key, _)| {
            let is_of_agreement = key.0 == first.0;
            is_of_agreement && next.is_none_or(|next| **key < next)
        });
        days.map(|(key, amount)| (*key, *amount)).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::settlement::Rail;

    /// A month of three days that are reconciled, another agreement's day, and none of a third.
    fn kept() -> Kept {
        let day = |agreement, day, amount| ((agreement, BusinessDay(day)), amount);
        let days = BTreeMap::from([day(1, 10, 5), day(1, 11, -2), day(1, 12, 7), day(2, 11, 4)]);
        let period = |last, days, amount| Obligation {
            days,
            amount,
            ..Obligation::new(BusinessDay(last), Rail::External)
        };
        let periods = BTreeMap::from([
            ((1, BusinessDay(10)), period(39, 3, 10)),
            ((2, BusinessDay(11)), period(11, 1, 4)),
        ]);
        Kept {
            reconciled: days.clone(),
            days,
            periods,
        }
    }

    /// What the check says of a chain after a change.
    fn verdict(change: impl FnOnce(&mut Kept)) -> String {
        let mut kept = kept();
        change(&mut kept);
        kept.check()
            .map_or_else(|error| error.to_string(), |()| "all is well".into())
    }

    fn month(kept: &mut Kept) -> &mut Obligation {
        kept.periods.get_mut(&(1, BusinessDay(10))).unwrap()
    }

    #[test]
    fn sums_of_days_pass() {
        assert_eq!(verdict(|_| ()), "all is well");
    }

    #[test]
    fn a_day_that_is_left_out_is_found() {
        let found = verdict(|kept| {
            kept.days.remove(&(1, BusinessDay(11)));
        });
        assert!(found.contains("left out"), "{found}");
    }

    #[test]
    fn another_sum_and_another_count_are_found() {
        let found = verdict(|kept| month(kept).amount = 11);
        assert!(found.contains("not the sum"), "{found}");
        let found = verdict(|kept| month(kept).days = 2);
        assert!(found.contains("not the sum"), "{found}");
    }

    #[test]
    fn a_day_of_no_period_is_found() {
        let found = verdict(|kept| {
            kept.periods.remove(&(2, BusinessDay(11)));
        });
        assert!(found.contains("3 of 4 days"), "{found}");
    }

    #[test]
    fn a_day_beyond_its_period_is_found() {
        let found = verdict(|kept| month(kept).last = BusinessDay(11));
        assert!(found.contains("a later day"), "{found}");
    }

    #[test]
    fn a_period_that_is_paid_before_it_is_whole_or_in_part_is_found() {
        for due_since in [None, Some(1)] {
            let found = verdict(|kept| {
                let month = month(kept);
                (month.due_since, month.paid_at, month.paid) = (due_since, Some(2), 9);
            });
            assert!(found.contains("something is left"), "{found}");
        }
    }

    #[test]
    fn a_key_names_its_agreement_and_its_day() {
        let day = BusinessDay(20_780);
        let key = DayObligations::<Runtime>::hashed_key_for(7u32, day);
        assert_eq!(agreement_and_day(&key).unwrap(), (7, day));
        assert!(agreement_and_day(&key[..40]).is_err());
    }
}
