//! What is checked before a commitment is taken, and taking it.
//!
//! The party's worker, the pool and the call ask the same checks.

use crate::{replaced_commitment::next_replacement, Config, Error, Event, Pallet};
use counterfoil_primitives::{
    ports::{self, CommitRefused, DayTrades, SideView},
    written::{date, day_of_input},
    AgreementId, BusinessDay, Commitment, MemberId, Replacement, Round, Side, SideId,
    MAX_REPLACEMENTS,
};
use counterfoil_support::{ensure_party, PartyRefused};
use frame_support::{ensure, pallet_prelude::DispatchResult};

/// The side that a call names. Its day may be given by the digits of its date.
pub(crate) fn side_of_input<T: Config>(
    agreement: AgreementId,
    day: BusinessDay,
    side: Side,
) -> Result<SideId, Error<T>> {
    let day = day_of_input(day).map_err(|_| Error::<T>::NoSuchDate)?;
    Ok(SideId::new(agreement, day, side))
}

/// Which commitment of a side: its round, and which of that round.
pub type Number = (Round, Replacement);

/// Commits `party` to its book of a day.
pub(crate) fn do_commit<T: Config>(
    party: MemberId,
    side_id: SideId,
    (round, replacement): Number,
    commitment: Commitment,
) -> DispatchResult {
    ensure_committable::<T>(party, side_id, (round, replacement), &commitment)?;
    crate::Commitments::<T>::insert(side_id, round, commitment);
    if replacement > 0 {
        crate::Replacements::<T>::insert(side_id, round, replacement);
    }
    Pallet::<T>::deposit_event(Event::Committed {
        party,
        agreement: side_id.agreement,
        day: side_id.day,
        date: date::words(side_id.day),
        side: side_id.side,
        round,
        commitment,
        replacement,
    });
    Ok(())
}

/// Whether `member` may commit to `commitment` under this number.
pub fn ensure_committable<T: Config>(
    member: MemberId,
    side_id: SideId,
    (round, replacement): Number,
    commitment: &Commitment,
) -> Result<(), Error<T>> {
    ensure_party::<T::Directory>(member, side_id.agreement, side_id.side)?;
    ensure!(round == T::Sides::round(side_id), Error::<T>::OtherRound);
    if let Some(standing) = crate::Commitments::<T>::get(side_id, round) {
        let is_another = standing != *commitment && T::Sides::is_before_preset(side_id);
        ensure!(is_another, Error::<T>::AlreadyCommitted);
        let replacements = crate::Replacements::<T>::get(side_id, round);
        ensure!(
            replacements < MAX_REPLACEMENTS,
            Error::<T>::NoMoreReplacements
        );
    }
    ensure!(
        replacement == next_replacement::<T>(side_id, round),
        Error::<T>::OtherReplacement
    );
    let chain = T::Trades::chain_commitment(side_id).ok_or(Error::<T>::NotSealed)?;
    T::Sides::may_commit(side_id).map_err(|refused| match refused {
        CommitRefused::NoMoreRounds => Error::<T>::NoMoreCommitments,
        CommitRefused::TooLate => Error::<T>::TooLate,
    })?;
    ensure!(commitment.slots == chain.slots, Error::<T>::WrongSlotCount);
    ensure!(
        !is_chain_with_false_totals(&chain, commitment),
        Error::<T>::WrongTotal
    );
    Ok(())
}

/// Whether `commitment` is the one that was rejected before `round` began.
pub(crate) fn was_rejected<T: Config>(
    side_id: SideId,
    round: Round,
    commitment: &Commitment,
) -> bool {
    let rejected = round
        .checked_sub(1)
        .and_then(|before| crate::Commitments::<T>::get(side_id, before));
    rejected.as_ref() == Some(commitment)
}

impl<T> From<PartyRefused> for Error<T> {
    fn from(refused: PartyRefused) -> Self {
        match refused {
            PartyRefused::UnknownAgreement => Self::UnknownAgreement,
            PartyRefused::NotTheParty => Self::NotTheParty,
        }
    }
}

/// Equal roots mean equal entries, hence equal totals. Where roots differ the totals are checked
/// when the breaks are proven.
fn is_chain_with_false_totals(chain: &Commitment, commitment: &Commitment) -> bool {
    let equal =
        chain.slots_root == commitment.slots_root && chain.extras_root == commitment.extras_root;
    equal && chain != commitment
}

impl<T: Config> ports::Commitments for Pallet<T> {
    fn commitment(side_id: SideId, round: Round) -> Option<Commitment> {
        crate::Commitments::<T>::get(side_id, round)
    }

    fn replacements(side_id: SideId, round: Round) -> Replacement {
        crate::Replacements::<T>::get(side_id, round)
    }
}
