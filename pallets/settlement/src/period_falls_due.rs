//! Days that are reconciled add up to the obligation of their settlement period, which falls due when the
//! last of them is: in whatever order they come.

use crate::{
    release::hold_beyond_limits,
    who_owes::{self, Debt},
    Config, DayObligations, Due, Event, Obligations, Pallet, LOG,
};
use counterfoil_primitives::{
    ports::{Directory, Obligations as ObligationsPort, OnReconciled},
    settlement::{Obligation, Release, SettlementPeriod},
    written::{amount, date, obligation},
    AgreementId, AgreementView, BusinessDay, SignedAmount,
};
use frame_support::traits::Time;

impl<T: Config> OnReconciled for Pallet<T> {
    fn on_reconciled(agreement_id: AgreementId, day: BusinessDay, owed: SignedAmount) {
        if let Err(why) = count::<T>(agreement_id, day, owed) {
            log::error!(
                target: LOG,
                "Agreement {agreement_id}, {day:?}: {why}. Remedy: report this defect."
            );
        }
    }
}

impl<T: Config> ObligationsPort for Pallet<T> {
    fn obligation(agreement: AgreementId, day: BusinessDay) -> Option<SignedAmount> {
        DayObligations::<T>::get(agreement, day)
    }

    fn is_settled(agreement_id: AgreementId, day: BusinessDay) -> bool {
        who_owes::of_day::<T>(agreement_id, day)
            .is_some_and(|(_, obligation)| obligation.paid_at.is_some())
    }
}

/// Counts what is owed for a day towards its settlement period. Returns why it cannot: what it relies on is
/// ensured by others.
fn count<T: Config>(
    agreement_id: AgreementId,
    day: BusinessDay,
    owed: SignedAmount,
) -> Result<(), &'static str> {
    if DayObligations::<T>::contains_key(agreement_id, day) {
        return Err("what is owed for the day is fixed already");
    }
    let agreement = T::Directory::agreement(agreement_id)
        .ok_or("reconciled, but there is no such agreement")?;
    let period = T::Directory::settlement_period(agreement_id, &agreement, day)
        .ok_or("reconciled, but the agreement does not include the day")?;
    let rail = agreement
        .conditions_on(day)
        .map(|conditions| conditions.rail)
        .ok_or("reconciled, but the agreement has no conditions for the day")?;
    let mut obligation = Obligations::<T>::get(agreement_id, period.first)
        .unwrap_or_else(|| Obligation::new(period.last, rail));
    if obligation.due_since.is_some() {
        return Err("reconciled, but its settlement period is due already");
    }
    DayObligations::<T>::insert(agreement_id, day, owed);
    obligation.last = period.last;
    obligation.days = obligation.days.saturating_add(1);
    // Sums of the longest day use a small part of the range, and a period has few days.
    obligation.amount = obligation.amount.saturating_add(owed);
    hold_beyond_limits::<T>(&mut obligation, agreement_id, day);
    if obligation.days < period.days() {
        Obligations::<T>::insert(agreement_id, period.first, obligation);
        tell_counted::<T>(agreement_id, &agreement, day, period, owed);
    } else {
        fall_due::<T>(agreement_id, &agreement, period.first, obligation);
    }
    Ok(())
}

/// All days of the period are reconciled: one party owes the other, or nothing is owed.
fn fall_due<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    first: BusinessDay,
    mut obligation: Obligation,
) {
    let now = T::UnixTime::now();
    let debt = Debt::of(agreement, obligation.amount);
    obligation.due_since = Some(now);
    obligation.paid_at = debt.is_none().then_some(now);
    Obligations::<T>::insert(agreement_id, first, obligation);
    match debt {
        Some(debt) => {
            Due::<T>::insert(agreement_id, first, ());
            tell_due::<T>(agreement_id, agreement, first, &obligation, &debt);
        }
        None => Pallet::<T>::deposit_event(Event::NothingDue {
            agreement: agreement_id,
            day: first,
            date: date::words(first),
            last: obligation.last,
            last_date: date::words(obligation.last),
        }),
    }
}

fn tell_counted<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    day: BusinessDay,
    SettlementPeriod { first, last }: SettlementPeriod,
    owed: SignedAmount,
) {
    Pallet::<T>::deposit_event(Event::DayCounted {
        agreement: agreement_id,
        day,
        date: date::words(day),
        first,
        first_date: date::words(first),
        last,
        last_date: date::words(last),
        owed_in_words: obligation::words(owed, &agreement.denomination()),
    });
}

fn tell_due<T: Config>(
    agreement_id: AgreementId,
    agreement: &AgreementView,
    first: BusinessDay,
    obligation: &Obligation,
    debt: &Debt,
) {
    Pallet::<T>::deposit_event(Event::ObligationDue {
        agreement: agreement_id,
        day: first,
        date: date::words(first),
        last: obligation.last,
        last_date: date::words(obligation.last),
        debtor: debt.debtor,
        creditor: debt.creditor,
        rail: obligation.rail,
        amount: debt.amount,
        amount_in_words: amount::words(debt.amount, &agreement.denomination()),
    });
    if obligation.release == Release::Awaited {
        Pallet::<T>::deposit_event(Event::ReleaseAwaited {
            agreement: agreement_id,
            day: first,
            date: date::words(first),
            debtor: debt.debtor,
        });
    }
}
