//! The end of a side (proven or defaulted), marks on the way, and the end of a day.

use crate::{
    report::Discarded, Config, Error, Event, ExtraBreaks, FullFetch, Headers, Outcome, Outcomes,
    Pallet, Rejection, SideKey, SideRecord, Sides, SlotBreaks, MAX_REJECTIONS,
};
use counterfoil_primitives::{
    ports::{Commitments, DayLedger, OnReconciled},
    written::{amount, date},
    AgreementId, AgreementView, BusinessDay, MemberId, Moment, Side,
};
use frame_support::traits::Time;

/// How a side ends that is marked after its deadline.
pub(crate) enum AtDeadline {
    /// Its commitment is the chain's own, which proves it.
    Proven,
    /// It defaults, and this number of parts of its report is removed.
    Defaulted(Discarded),
}

impl<T: Config> Pallet<T> {
    /// The side is proven, with `breaks`.
    pub(crate) fn prove(view: &AgreementView, key: SideKey, mut record: SideRecord, breaks: u32) {
        record.proven = Some(breaks);
        Sides::<T>::insert(key, record);
        let (agreement, day, side) = key;
        Self::deposit_event(Event::SideProven {
            agreement,
            day,
            date: date::words(day),
            side,
            breaks,
        });
        Self::close_day(view, agreement, day);
    }

    /// The whole book is rejected: what was accepted of it is void. Returns how many parts went.
    pub(crate) fn reject(key: SideKey, mut record: SideRecord, reason: Rejection) -> Discarded {
        let discarded = Self::discard_parts(key);
        record.rejections = record.rejections.saturating_add(1);
        let again = record.rejections < MAX_REJECTIONS;
        Sides::<T>::insert(key, record);
        let (agreement, day, side) = key;
        T::Books::reject(agreement, day, side);
        Self::deposit_event(Event::BookRejected {
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
    fn discard_parts(key: SideKey) -> Discarded {
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

    pub(crate) fn check_overdue(
        member: MemberId,
        key: SideKey,
        now: Moment,
    ) -> Result<(), Error<T>> {
        let (agreement, day, side) = key;
        let view = Self::ensure_entitled(member, agreement, day)?;
        let record = Self::unclosed(key)?;
        if record.overdue {
            return Err(Error::AlreadyOverdue);
        }
        if record.rejections > 0 {
            return Err(Error::WasRejected);
        }
        if !T::Ledger::is_sealed(agreement, day) {
            return Err(Error::NotSealed);
        }
        if view.preset_of(day).is_none_or(|preset| now < preset) {
            return Err(Error::BeforePreset);
        }
        if T::Books::commitment(agreement, day, side).is_some() {
            return Err(Error::Committed);
        }
        Ok(())
    }

    pub(crate) fn accept_overdue(key: SideKey) {
        Sides::<T>::mutate(key, |record| record.overdue = true);
        let (agreement, day, side) = key;
        Self::deposit_event(Event::SideOverdue {
            agreement,
            day,
            date: date::words(day),
            side,
        });
    }

    pub(crate) fn check_defaulted(
        member: MemberId,
        key: SideKey,
    ) -> Result<AgreementView, Error<T>> {
        let (agreement, day, _) = key;
        let view = Self::ensure_entitled(member, agreement, day)?;
        Self::unclosed(key)?;
        if !T::Ledger::is_sealed(agreement, day) {
            return Err(Error::NotSealed);
        }
        if view
            .deadline_of(day)
            .is_none_or(|deadline| T::UnixTime::now() < deadline)
        {
            return Err(Error::BeforeDeadline);
        }
        Ok(view)
    }

    /// Whether the commitment of a side is the one that a book equal to the chain gives: that alone
    /// proves the side, whether or not anybody was handed its pages.
    pub(crate) fn is_chains_own((agreement, day, side): SideKey) -> bool {
        let commitment = T::Books::commitment(agreement, day, side);
        commitment.is_some() && commitment == T::Ledger::chain_commitment(agreement, day, side)
    }

    /// Ends a side by its commitment: the chain's own proves it, any other defaults.
    pub(crate) fn accept_defaulted(view: &AgreementView, key: SideKey) -> AtDeadline {
        let mut record = Sides::<T>::get(key);
        if Self::is_chains_own(key) {
            Self::prove(view, key, record, 0);
            return AtDeadline::Proven;
        }
        let discarded = Self::discard_parts(key);
        record.defaulted = true;
        Sides::<T>::insert(key, record);
        let (agreement, day, side) = key;
        Self::deposit_event(Event::SideDefaulted {
            agreement,
            day,
            date: date::words(day),
            side,
        });
        Self::close_day(view, agreement, day);
        AtDeadline::Defaulted(discarded)
    }

    pub(crate) fn check_full_fetch(
        member: MemberId,
        agreement: AgreementId,
        day: BusinessDay,
    ) -> Result<(), Error<T>> {
        let view = Self::ensure_entitled(member, agreement, day)?;
        let today = view.day_of(T::UnixTime::now());
        if !view.includes(day) || today.is_none_or(|today| day > today) {
            return Err(Error::NoSuchDay);
        }
        if Outcomes::<T>::contains_key(agreement, day) {
            return Err(Error::AlreadyReconciled);
        }
        if FullFetch::<T>::contains_key(agreement, day) {
            return Err(Error::AlreadyRequested);
        }
        Ok(())
    }

    /// The record of a side that is neither proven nor defaulted.
    fn unclosed(key: SideKey) -> Result<SideRecord, Error<T>> {
        let record = Sides::<T>::get(key);
        if record.proven.is_some() {
            return Err(Error::AlreadyProven);
        }
        if record.defaulted {
            return Err(Error::AlreadyDefaulted);
        }
        Ok(record)
    }

    /// Reconciles the day once both sides are closed.
    pub(crate) fn close_day(view: &AgreementView, agreement: AgreementId, day: BusinessDay) {
        let debit = Sides::<T>::get((agreement, day, Side::Debit));
        let credit = Sides::<T>::get((agreement, day, Side::Credit));
        let open = !debit.is_closed() || !credit.is_closed();
        if open || Outcomes::<T>::contains_key(agreement, day) {
            return;
        }
        let totals = T::Ledger::totals(agreement, day);
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
        Self::deposit_event(Event::DayReconciled {
            agreement,
            day,
            date: date::words(day),
            payable,
            payable_in_words: in_words(payable),
        });
        Self::deposit_event(Event::CompanyResult {
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
        Self::deposit_event(Event::BankResult {
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
}
