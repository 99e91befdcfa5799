//! Seals a day.

use crate::{pages, reads, Config, Days, Error, Event, PageRoots, Pages, Pallet, Seal, Seals};
use counterfoil_primitives::{
    ports::Directory,
    tree::{self, PAGE_SIZE},
    written::{amount, date, day_of_input},
    AgreementId, AgreementView, BusinessDay, Commitment, Side, SideId,
};
use frame_support::{ensure, traits::Time};

/// The agreement of a day that can be sealed now.
pub(crate) fn ensure_due<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
) -> Result<AgreementView, Error<T>> {
    let view = T::Directory::agreement(agreement).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(day >= view.first_day, Error::<T>::BeforeFirstDay);
    ensure!(!view.has_ended(day), Error::<T>::AgreementEnded);
    ensure!(
        !Seals::<T>::contains_key(agreement, day),
        Error::<T>::AlreadySealed
    );
    let cut_off = view.cut_off_of(day).ok_or(Error::<T>::BeforeFirstDay)?;
    ensure!(T::UnixTime::now() >= cut_off, Error::<T>::BeforeCutOff);
    Ok(view)
}

/// Seals a day, which may be given by the digits of its date. Returns its pages.
pub(crate) fn do_seal<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
) -> Result<u32, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    let view = ensure_due::<T>(agreement, day)?;
    Ok(seal::<T>(&view, agreement, day))
}

/// Seals a day: roots its last page and fixes the chain's own commitments. Returns its pages.
fn seal<T: Config>(view: &AgreementView, agreement: AgreementId, day: BusinessDay) -> u32 {
    let totals = Days::<T>::get(agreement, day);
    let count = tree::page_count(totals.count);
    if !totals.count.is_multiple_of(PAGE_SIZE) {
        let last = Pages::<T>::get((agreement, day, count.saturating_sub(1)));
        pages::push_roots::<T>(agreement, day, pages::roots(&last));
    }
    let roots = PageRoots::<T>::get(agreement, day);
    let commitment = |side: Side| {
        Commitment::from_page_roots(
            &reads::place::<T>(SideId::new(agreement, day, side)),
            totals.count,
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
    Seals::<T>::insert(agreement, day, seal);
    let denomination = view.denomination();
    let in_words = |total| amount::words(total, &denomination);
    Pallet::<T>::deposit_event(Event::DaySealed {
        agreement,
        day,
        date: date::words(day),
        trades: totals.count,
        debit_total: totals.debit,
        debit_total_in_words: in_words(totals.debit),
        credit_total: totals.credit,
        credit_total_in_words: in_words(totals.credit),
    });
    count
}
