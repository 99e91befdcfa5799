//! A payment that waits, since a client went beyond its limits, is released by the debtor's staff.

use crate::{
    who_owes::{self, Debt, Owed},
    Config, Error, Event, Obligations, Pallet,
};
use counterfoil_primitives::{
    ports::ClientCredits,
    settlement::{Obligation, Release},
    written::date,
    AgreementId, BusinessDay, MemberId,
};
use frame_support::{ensure, pallet_prelude::DispatchResult, traits::Time};

/// Holds the payment of a settlement period for the debtor's staff where a client went beyond its limits on
/// `day`, a day of it: the whole period waits.
pub(crate) fn hold_beyond_limits<T: Config>(
    obligation: &mut Obligation,
    agreement_id: AgreementId,
    day: BusinessDay,
) {
    if T::ClientCredits::exceeded(agreement_id, day) {
        obligation.release = Release::Awaited;
    }
}

/// Checks that `member` can release the payment for the settlement period of a day, which may be given by the
/// digits of its date.
pub(crate) fn check_release<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> Result<(Owed, Debt), Error<T>> {
    let owed = who_owes::find::<T>(agreement_id, day)?;
    let debt = owed.debt_of::<T>(member)?;
    ensure!(
        owed.obligation.release == Release::Awaited,
        Error::<T>::NoReleaseAwaited
    );
    Ok((owed, debt))
}

/// Releases the payment for the settlement period of a day, which may be given by the digits of its date.
pub(crate) fn do_release<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    day: BusinessDay,
) -> DispatchResult {
    let (mut owed, debt) = check_release::<T>(member, agreement_id, day)?;
    owed.obligation.release = Release::Given {
        at: T::UnixTime::now(),
    };
    Obligations::<T>::insert(agreement_id, owed.first, owed.obligation);
    Pallet::<T>::deposit_event(Event::Released {
        agreement: agreement_id,
        day: owed.first,
        date: date::words(owed.first),
        debtor: debt.debtor,
    });
    Ok(())
}
