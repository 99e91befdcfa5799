//! The end of a side (proven or defaulted), marks on the way, and the end of a day.

use crate::{
    side, weighing, AtDeadline, Config, Discarded, Error, Event, ExtraBreaks, FullFetch, Headers,
    Outcome, Outcomes, Pallet, Rejection, SideKey, SideRecord, Sides, SlotBreaks, MAX_REJECTIONS,
};
use counterfoil_primitives::{
    ports::{Commitments, DayTrades, OnReconciled},
    written::{amount, date, day_of_input},
    AgreementId, AgreementView, BusinessDay, MemberId, Moment, Side,
};
use frame_support::{
    ensure,
    pallet_prelude::{DispatchResult, DispatchResultWithPostInfo},
    traits::Time,
};

/// Marks a side that has not committed at the preset time.
pub(crate) fn do_mark_overdue<T: Config>(member: MemberId, key: SideKey) -> DispatchResult {
    check_overdue::<T>(member, key, T::UnixTime::now())?;
    accept_overdue::<T>(key);
    Ok(())
}

/// Ends a side at its deadline.
pub(crate) fn do_mark_defaulted<T: Config>(
    member: MemberId,
    key: SideKey,
) -> DispatchResultWithPostInfo {
    let view = check_defaulted::<T>(member, key).map_err(weighing::refused_at_once::<T>)?;
    let end = accept_defaulted::<T>(&view, key);
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
    view: &AgreementView,
    key: SideKey,
    mut record: SideRecord,
    breaks: u32,
) {
    record.proven = Some(breaks);
    Sides::<T>::insert(key, record);
    let (agreement, day, side) = key;
    Pallet::<T>::deposit_event(Event::SideProven {
        agreement,
        day,
        date: date::words(day),
        side,
        breaks,
    });
    close_day::<T>(view, agreement, day);
}

/// The whole book is rejected: what was accepted of it is void. Returns how many parts went.
pub(crate) fn reject<T: Config>(
    key: SideKey,
    mut record: SideRecord,
    reason: Rejection,
) -> Discarded {
    let discarded = discard_parts::<T>(key);
    record.rejections = record.rejections.saturating_add(1);
    let again = record.rejections < MAX_REJECTIONS;
    Sides::<T>::insert(key, record);
    let (agreement, day, side) = key;
    T::Books::reject(agreement, day, side);
    Pallet::<T>::deposit_event(Event::BookRejected {
        agreement,
        day,
        date: date::words(day),
        side,
        reason,
        again,
    });
    discarded
}

/// Forgets an accepted header and its parts. Returns how many it lists.
fn discard_parts<T: Config>(key: SideKey) -> Discarded {
    let (agreement, day, side) = key;
    let Some(header) = Headers::<T>::take(key) else {
        return 0;
    };
    let listed = header.listed();
    for listed in header.dirty {
        SlotBreaks::<T>::remove((agreement, day, side, listed.page));
    }
    for listed in header.extras {
        ExtraBreaks::<T>::remove((agreement, day, side, listed.page));
    }
    listed
}

pub(crate) fn check_overdue<T: Config>(
    member: MemberId,
    key: SideKey,
    now: Moment,
) -> Result<(), Error<T>> {
    let (agreement, day, side) = key;
    let view = side::ensure_entitled::<T>(member, agreement, day)?;
    let record = side::unclosed::<T>(key)?;
    ensure!(!record.overdue, Error::<T>::AlreadyOverdue);
    ensure!(record.rejections == 0, Error::<T>::WasRejected);
    ensure!(T::Trades::is_sealed(agreement, day), Error::<T>::NotSealed);
    ensure!(
        view.preset_of(day).is_some_and(|preset| now >= preset),
        Error::<T>::BeforePreset
    );
    ensure!(
        T::Books::commitment(agreement, day, side).is_none(),
        Error::<T>::Committed
    );
    Ok(())
}

pub(crate) fn accept_overdue<T: Config>(key: SideKey) {
    Sides::<T>::mutate(key, |record| record.overdue = true);
    let (agreement, day, side) = key;
    Pallet::<T>::deposit_event(Event::SideOverdue {
        agreement,
        day,
        date: date::words(day),
        side,
    });
}

pub(crate) fn check_defaulted<T: Config>(
    member: MemberId,
    key: SideKey,
) -> Result<AgreementView, Error<T>> {
    let (agreement, day, _) = key;
    let view = side::ensure_entitled::<T>(member, agreement, day)?;
    side::unclosed::<T>(key)?;
    ensure!(T::Trades::is_sealed(agreement, day), Error::<T>::NotSealed);
    let deadline = view.deadline_of(day);
    ensure!(
        deadline.is_some_and(|deadline| T::UnixTime::now() >= deadline),
        Error::<T>::BeforeDeadline
    );
    Ok(view)
}

/// Ends a side by its commitment: the chain's own proves it, any other defaults.
pub(crate) fn accept_defaulted<T: Config>(view: &AgreementView, key: SideKey) -> AtDeadline {
    let mut record = Sides::<T>::get(key);
    if Pallet::<T>::is_chains_own(key) {
        prove::<T>(view, key, record, 0);
        return AtDeadline::Proven;
    }
    let discarded = discard_parts::<T>(key);
    record.defaulted = true;
    Sides::<T>::insert(key, record);
    let (agreement, day, side) = key;
    Pallet::<T>::deposit_event(Event::SideDefaulted {
        agreement,
        day,
        date: date::words(day),
        side,
    });
    close_day::<T>(view, agreement, day);
    AtDeadline::Defaulted(discarded)
}

pub(crate) fn check_full_fetch<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    day: BusinessDay,
) -> Result<(), Error<T>> {
    let view = side::ensure_entitled::<T>(member, agreement, day)?;
    let today = view.day_of(T::UnixTime::now());
    let has_begun = today.is_some_and(|today| day <= today);
    ensure!(view.includes(day) && has_begun, Error::<T>::NoSuchDay);
    ensure!(
        !Outcomes::<T>::contains_key(agreement, day),
        Error::<T>::AlreadyReconciled
    );
    ensure!(
        !FullFetch::<T>::contains_key(agreement, day),
        Error::<T>::AlreadyRequested
    );
    Ok(())
}

/// Reconciles the day once both sides are closed.
pub(crate) fn close_day<T: Config>(view: &AgreementView, agreement: AgreementId, day: BusinessDay) {
    let debit = Sides::<T>::get((agreement, day, Side::Debit));
    let credit = Sides::<T>::get((agreement, day, Side::Credit));
    let open = !debit.is_closed() || !credit.is_closed();
    if open || Outcomes::<T>::contains_key(agreement, day) {
        return;
    }
    let totals = T::Trades::totals(agreement, day);
    let payable = totals.credit;
    let outcome = Outcome {
        reconciled_at: T::UnixTime::now(),
        debit_breaks: debit.proven,
        credit_breaks: credit.proven,
        payable,
    };
    Outcomes::<T>::insert(agreement, day, outcome);
    FullFetch::<T>::remove(agreement, day);
    let denomination = view.denomination();
    let in_words = |amount| amount::words(amount, &denomination);
    Pallet::<T>::deposit_event(Event::DayReconciled {
        agreement,
        day,
        date: date::words(day),
        payable,
        payable_in_words: in_words(payable),
    });
    Pallet::<T>::deposit_event(Event::CompanyResult {
        company: view.company,
        agreement,
        day,
        date: date::words(day),
        trades: totals.count,
        total: totals.debit,
        total_in_words: in_words(totals.debit),
        breaks: debit.proven.unwrap_or_default(),
        defaulted: debit.defaulted,
        payable,
        payable_in_words: in_words(payable),
    });
    Pallet::<T>::deposit_event(Event::BankResult {
        bank: view.bank,
        agreement,
        day,
        date: date::words(day),
        trades: totals.count,
        total: totals.credit,
        total_in_words: in_words(totals.credit),
        breaks: credit.proven.unwrap_or_default(),
        defaulted: credit.defaulted,
        payable,
        payable_in_words: in_words(payable),
    });
    T::OnReconciled::on_reconciled(agreement, day, payable);
}
