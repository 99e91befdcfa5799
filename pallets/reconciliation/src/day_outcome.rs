//! The outcome of a day: what its end fixes, once both sides have ended.

use crate::{Config, Event, FullFetch, Outcome, Outcomes, Pallet, Sides};
use counterfoil_primitives::{
    ports::{DayTrades, OnReconciled},
    written::{amount, date, obligation},
    AgreementId, AgreementView, BusinessDay, Side, SideId, SideTotals,
};
use frame_support::traits::Time;

/// Reconciles the day once both sides are closed.
pub(crate) fn close_day<T: Config>(
    agreement: &AgreementView,
    agreement_id: AgreementId,
    day: BusinessDay,
) {
    let [debit, credit] =
        Side::BOTH.map(|side| Sides::<T>::get(SideId::new(agreement_id, day, side)));
    let open = !debit.is_closed() || !credit.is_closed();
    if open || Outcomes::<T>::contains_key(agreement_id, day) {
        return;
    }
    let totals = T::Trades::totals(agreement_id, day);
    let obligation = totals.obligation();
    let outcome = Outcome {
        reconciled_at: T::UnixTime::now(),
        debit_breaks: debit.proven_in_time(),
        credit_breaks: credit.proven_in_time(),
        obligation,
    };
    Outcomes::<T>::insert(agreement_id, day, outcome);
    FullFetch::<T>::remove(agreement_id, day);
    let denomination = agreement.denomination();
    let words = |amount| amount::words(amount, &denomination);
    let obligation_in_words = obligation::words(obligation, &denomination);
    Pallet::<T>::deposit_event(Event::DayReconciled {
        agreement: agreement_id,
        day,
        date: date::words(day),
        obligation,
        obligation_in_words: obligation_in_words.clone(),
    });
    let SideTotals { payments, refunds } = totals.of(Side::Debit);
    Pallet::<T>::deposit_event(Event::CompanyResult {
        company: agreement.company,
        agreement: agreement_id,
        day,
        date: date::words(day),
        trades: totals.count(),
        payments,
        payments_in_words: words(payments),
        refunds,
        refunds_in_words: words(refunds),
        breaks: debit.proven_in_time().unwrap_or_default(),
        defaulted: debit.defaulted,
        obligation,
        obligation_in_words: obligation_in_words.clone(),
    });
    let SideTotals { payments, refunds } = totals.of(Side::Credit);
    Pallet::<T>::deposit_event(Event::BankResult {
        bank: agreement.bank,
        agreement: agreement_id,
        day,
        date: date::words(day),
        trades: totals.count(),
        payments,
        payments_in_words: words(payments),
        refunds,
        refunds_in_words: words(refunds),
        breaks: credit.proven_in_time().unwrap_or_default(),
        defaulted: credit.defaulted,
        obligation,
        obligation_in_words,
    });
    T::OnReconciled::on_reconciled(agreement_id, day, obligation);
}
