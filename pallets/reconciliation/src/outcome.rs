//! The end of a side (proven or defaulted), marks on the way, and the end of a day.

use crate::{
    side, weighing, AtDeadline, Config, Discarded, Error, Event, ExtraBreaks, FullFetch, Headers,
    Outcome, Outcomes, Pallet, Rejection, SideRecord, Sides, SlotBreaks, MAX_ROUNDS,
};
use counterfoil_primitives::{
    ports::{Commitments, DayTrades, OnReconciled},
    written::{amount, date, day_of_input, obligation},
    AgreementId, AgreementView, BusinessDay, MemberId, Moment, Side, SideId, SideTotals,
};
use frame_support::{
    ensure,
    pallet_prelude::{DispatchResult, DispatchResultWithPostInfo},
    traits::Time,
};

/// Marks a side that has not committed at the preset time.
pub(crate) fn do_mark_overdue<T: Config>(member: MemberId, side_id: SideId) -> DispatchResult {
    check_overdue::<T>(member, side_id, T::UnixTime::now())?;
    accept_overdue::<T>(side_id);
    Ok(())
}

/// Ends a side at its deadline.
pub(crate) fn do_mark_defaulted<T: Config>(
    member: MemberId,
    side_id: SideId,
) -> DispatchResultWithPostInfo {
    let agreement =
        check_defaulted::<T>(member, side_id).map_err(weighing::refused_at_once::<T>)?;
    let end = accept_defaulted::<T>(&agreement, side_id);
    Ok(Some(weighing::mark_defaulted::<T>(end)).into())
}

/// Notes that all pages of a day, which may be given by the digits of its date, are to be fetched.
pub(crate) fn do_request_full_fetch<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
) -> DispatchResult {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDay)?;
    check_full_fetch::<T>(member, agreement, day)?;
    FullFetch::<T>::insert(agreement, day, ());
    Pallet::<T>::deposit_event(Event::FullFetchRequested {
        agreement,
        day,
        date: date::words(day),
        member,
    });
    Ok(())
}

/// The side is proven, with `breaks`.
pub(crate) fn prove<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
    mut record: SideRecord,
    breaks: u32,
) {
    record.proven = Some(breaks);
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::SideProven {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        breaks,
        late: record.defaulted,
    });
    close_day::<T>(agreement, side_id.agreement, side_id.day);
}

/// The whole book is rejected: what was accepted of it is void, and the next round begins. Returns how
/// many parts went.
pub(crate) fn reject<T: Config>(
    side_id: SideId,
    mut record: SideRecord,
    reason: Rejection,
) -> Discarded {
    let discarded = discard_parts::<T>(side_id);
    record.round = record.round.saturating_add(1);
    let again = record.round < MAX_ROUNDS;
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::BookRejected {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        reason,
        again,
    });
    discarded
}

/// Forgets an accepted header and its parts. Returns how many it lists.
fn discard_parts<T: Config>(side_id: SideId) -> Discarded {
    let Some(header) = Headers::<T>::take(side_id) else {
        return 0;
    };
    let listed = header.listed();
    for listed in header.dirty {
        SlotBreaks::<T>::remove(side_id, listed.page);
    }
    for listed in header.extras {
        ExtraBreaks::<T>::remove(side_id, listed.page);
    }
    listed
}

pub(crate) fn check_overdue<T: Config>(
    member: MemberId,
    side_id: SideId,
    now: Moment,
) -> Result<(), Error<T>> {
    let (agreement_id, day) = (side_id.agreement, side_id.day);
    let agreement = side::ensure_entitled::<T>(member, agreement_id, day)?;
    let record = side::unclosed::<T>(side_id)?;
    ensure!(!record.overdue, Error::<T>::AlreadyOverdue);
    ensure!(record.round == 0, Error::<T>::WasRejected);
    ensure!(
        T::Trades::is_sealed(agreement_id, day),
        Error::<T>::NotSealed
    );
    ensure!(
        agreement.preset_of(day).is_some_and(|preset| now >= preset),
        Error::<T>::BeforePreset
    );
    ensure!(
        T::Books::commitment(side_id, record.round).is_none(),
        Error::<T>::Committed
    );
    Ok(())
}

pub(crate) fn accept_overdue<T: Config>(side_id: SideId) {
    Sides::<T>::mutate(side_id, |record| record.overdue = true);
    Pallet::<T>::deposit_event(Event::SideOverdue {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
    });
}

pub(crate) fn check_defaulted<T: Config>(
    member: MemberId,
    side_id: SideId,
) -> Result<AgreementView, Error<T>> {
    let (agreement_id, day) = (side_id.agreement, side_id.day);
    let agreement = side::ensure_entitled::<T>(member, agreement_id, day)?;
    side::unclosed::<T>(side_id)?;
    ensure!(
        T::Trades::is_sealed(agreement_id, day),
        Error::<T>::NotSealed
    );
    let deadline = agreement.deadline_of(day);
    ensure!(
        deadline.is_some_and(|deadline| T::UnixTime::now() >= deadline),
        Error::<T>::BeforeDeadline
    );
    Ok(agreement)
}

/// Ends a side by its commitment: the chain's own proves it, any other defaults.
pub(crate) fn accept_defaulted<T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
) -> AtDeadline {
    let mut record = Sides::<T>::get(side_id);
    if Pallet::<T>::is_chains_own(side_id) {
        prove::<T>(agreement, side_id, record, 0);
        return AtDeadline::Proven;
    }
    let discarded = discard_parts::<T>(side_id);
    record.defaulted = true;
    Sides::<T>::insert(side_id, record);
    Pallet::<T>::deposit_event(Event::SideDefaulted {
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
    });
    close_day::<T>(agreement, side_id.agreement, side_id.day);
    AtDeadline::Defaulted(discarded)
}

pub(crate) fn check_full_fetch<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<(), Error<T>> {
    let agreement = side::ensure_entitled::<T>(member, agreement_id, day)?;
    let today = agreement.day_of(T::UnixTime::now());
    let has_begun = today.is_some_and(|today| day <= today);
    ensure!(agreement.includes(day) && has_begun, Error::<T>::NoSuchDay);
    ensure!(
        !Outcomes::<T>::contains_key(agreement_id, day),
        Error::<T>::AlreadyReconciled
    );
    ensure!(
        !FullFetch::<T>::contains_key(agreement_id, day),
        Error::<T>::AlreadyRequested
    );
    Ok(())
}

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
        breaks: debit.proven.unwrap_or_default(),
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
        breaks: credit.proven.unwrap_or_default(),
        defaulted: credit.defaulted,
        obligation,
        obligation_in_words,
    });
    T::OnReconciled::on_reconciled(agreement_id, day, obligation);
}
