//! Storage invariants.

use crate::{Config, DayObligations, Declared, Due, Obligations, Pallet};
use alloc::collections::BTreeMap;
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Obligation, Rail, SettlementPeriod},
    AgreementId, BusinessDay, SignedAmount,
};
use frame_support::ensure;
use sp_runtime::TryRuntimeError;

type Check = Result<(), TryRuntimeError>;

/// What the days of a period come to: how many they are, and the sum of what is owed for them.
type Sums = BTreeMap<(AgreementId, BusinessDay), (u32, SignedAmount)>;

impl<T: Config> Pallet<T> {
    /// Checks everything that always holds.
    pub fn do_try_state() -> Check {
        Self::obligations_belong_to_agreements()?;
        Self::obligations_are_the_sums_of_their_days()?;
        Self::what_is_due_is_whole_and_not_paid()?;
        Self::what_is_paid_is_what_was_owed()?;
        Self::periods_are_those_of_the_agreement()
    }

    fn obligations_belong_to_agreements() -> Check {
        for (agreement, _, _) in Obligations::<T>::iter() {
            ensure!(
                T::Directory::agreement(agreement).is_some(),
                "an obligation of no agreement"
            );
        }
        Ok(())
    }

    fn obligations_are_the_sums_of_their_days() -> Check {
        let sums = Self::sums_of_days()?;
        for (agreement, first, obligation) in Obligations::<T>::iter() {
            let (days, amount) = sums.get(&(agreement, first)).copied().unwrap_or_default();
            ensure!(
                obligation.days == days && days > 0,
                "an obligation counts other days than are reconciled"
            );
            ensure!(
                obligation.amount == amount,
                "an obligation is not the sum of its days"
            );
        }
        Ok(())
    }

    /// The sums by obligation. A day belongs to the obligation that begins last by then: the end of an
    /// earlier one may be out of date, where a period was cut short after a day of it was reconciled.
    fn sums_of_days() -> Result<Sums, TryRuntimeError> {
        let obligations: BTreeMap<(AgreementId, BusinessDay), Obligation> =
            Obligations::<T>::iter()
                .map(|(agreement, first, obligation)| ((agreement, first), obligation))
                .collect();
        let mut sums = Sums::new();
        for (agreement, day, amount) in DayObligations::<T>::iter() {
            let begun = (agreement, BusinessDay(0))..=(agreement, day);
            let Some((key, obligation)) = obligations.range(begun).next_back() else {
                return Err("a day counts towards no obligation".into());
            };
            ensure!(day <= obligation.last, "a day counts towards no obligation");
            let (days, sum) = sums.entry(*key).or_default();
            *days = days.saturating_add(1);
            *sum = sum.saturating_add(amount);
        }
        Ok(sums)
    }

    fn what_is_due_is_whole_and_not_paid() -> Check {
        for (agreement, first, obligation) in Obligations::<T>::iter() {
            let period = SettlementPeriod {
                first,
                last: obligation.last,
            };
            ensure!(
                obligation.due_since.is_some() == (obligation.days == period.days()),
                "an obligation is due before all its days are reconciled, or not then"
            );
            ensure!(
                Due::<T>::contains_key(agreement, first) == obligation.is_due(),
                "an obligation is due and paid, or neither"
            );
        }
        for (agreement, first, ()) in Due::<T>::iter() {
            ensure!(
                Obligations::<T>::contains_key(agreement, first),
                "a period is due without an obligation"
            );
        }
        Ok(())
    }

    fn what_is_paid_is_what_was_owed() -> Check {
        for (agreement, first, obligation) in Obligations::<T>::iter() {
            let owed = obligation.amount.unsigned_abs();
            let is_settled = obligation.due_since.is_some() && obligation.left() == 0;
            ensure!(obligation.paid <= owed, "more was paid than is owed");
            ensure!(
                obligation.paid_at.is_some() == is_settled,
                "an obligation is paid and something is left of it, or neither"
            );
            ensure!(
                owed != 0 || obligation.paid_at == obligation.due_since,
                "an obligation of zero did not settle itself"
            );
            let declared = Declared::<T>::get(agreement, first);
            match obligation.rail {
                Rail::External => {
                    ensure!(
                        obligation.paid == declared.kept(),
                        "another amount is paid than the creditor kept"
                    );
                    ensure!(
                        declared.kept().saturating_add(declared.open()) <= owed,
                        "more is declared than is owed"
                    );
                }
                Rail::Asset(_) => ensure!(
                    declared.next == 0,
                    "payments are declared that the chain makes itself"
                ),
            }
        }
        for (agreement, first, _) in Declared::<T>::iter() {
            ensure!(
                Obligations::<T>::contains_key(agreement, first),
                "payments are declared without an obligation"
            );
        }
        Ok(())
    }

    /// Nothing moves the first day of a period of which a day is reconciled, nor the last day of one that is
    /// due.
    fn periods_are_those_of_the_agreement() -> Check {
        for (agreement_id, first, obligation) in Obligations::<T>::iter() {
            let period = T::Directory::agreement(agreement_id).and_then(|agreement| {
                T::Directory::settlement_period(agreement_id, &agreement, first)
            });
            let Some(period) = period else {
                return Err("an obligation of a day that the agreement does not include".into());
            };
            ensure!(
                period.first == first,
                "an obligation stands under a day with which no period begins"
            );
            ensure!(
                obligation.due_since.is_none() || period.last == obligation.last,
                "a period that is due ends on another day now"
            );
        }
        Ok(())
    }
}
