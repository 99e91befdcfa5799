//! Seals a day.

use crate::{
    pages, read_by_other_pallets, Config, Days, Error, Event, Pages, Pallet, Seal, SealedTotals,
    Seals,
};
use counterfoil_primitives::{
    ports::Directory,
    tree::{self, PAGE_SIZE},
    written::{amount, date, day_of_input},
    AgreementId, AgreementView, BusinessDay, Commitment, KindTotals, Side, SideId,
};
use frame_support::{ensure, traits::Time};

/// The agreement of a day that can be sealed now.
pub(crate) fn ensure_due<T: Config>(
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<AgreementView, Error<T>> {
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(day >= agreement.first_day, Error::<T>::BeforeFirstDay);
    ensure!(!agreement.has_closed(day), Error::<T>::AgreementEnded);
    ensure!(
        !Seals::<T>::contains_key(agreement_id, day),
        Error::<T>::AlreadySealed
    );
    let cut_off = agreement
        .cut_off_of(day)
        .ok_or(Error::<T>::BeforeFirstDay)?;
    ensure!(T::UnixTime::now() >= cut_off, Error::<T>::BeforeCutOff);
    Ok(agreement)
}

/// Seals a day, which may be given by the digits of its date. Returns its pages.
pub(crate) fn do_seal<T: Config>(
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<u32, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    let agreement = ensure_due::<T>(agreement_id, day)?;
    Ok(seal::<T>(&agreement, agreement_id, day))
}

/// Seals a day: roots its last page and fixes the chain's own commitments. Returns its pages.
fn seal<T: Config>(agreement: &AgreementView, agreement_id: AgreementId, day: BusinessDay) -> u32 {
    let totals = Days::<T>::get(agreement_id, day);
    let count = tree::page_count(totals.count());
    if !totals.count().is_multiple_of(PAGE_SIZE) {
        let page = count.saturating_sub(1);
        let last = Pages::<T>::get((agreement_id, day, page));
        pages::push_roots::<T>(agreement_id, day, page, pages::roots(&last));
    }
    let roots = pages::stored_roots::<T>(agreement_id, day);
    let commitment = |side: Side| {
        Commitment::from_page_roots(
            &read_by_other_pallets::place::<T>(SideId::new(agreement_id, day, side)),
            totals.count(),
            0,
            roots
                .iter()
                .map(|(debit, credit)| side.pick(*debit, *credit)),
            [],
            totals.of(side),
        )
    };
    let seal = Seal {
        debit: commitment(Side::Debit),
        credit: commitment(Side::Credit),
        sealed_at: T::UnixTime::now(),
    };
    Seals::<T>::insert(agreement_id, day, seal);
    Pallet::<T>::deposit_event(Event::DaySealed {
        agreement: agreement_id,
        day,
        date: date::words(day),
        trades: totals.count(),
        payments: sealed(agreement, &totals.payments),
        refunds: sealed(agreement, &totals.refunds),
    });
    count
}

/// The totals of one kind as people read them.
fn sealed(agreement: &AgreementView, totals: &KindTotals) -> SealedTotals {
    let denomination = agreement.denomination();
    SealedTotals {
        count: totals.count,
        debit_total: totals.debit,
        debit_total_in_words: amount::words(totals.debit, &denomination),
        credit_total: totals.credit,
        credit_total_in_words: amount::words(totals.credit, &denomination),
    }
}
