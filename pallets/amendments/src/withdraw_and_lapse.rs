//! Withdraws proposals, lets them lapse, writes claims off, and frees what proposals named.

use crate::{
    named_trades, types::ProposalSize, weighing, Config, Contents, Error, Event, Pallet, Proposals,
    Waiting,
};
use counterfoil_primitives::{
    amendment::{Content, Proposal, Standing, Unresolved},
    ports::{BookAmendments, Directory},
    AgreementId, MemberId, Moment,
};
use frame_support::{ensure, traits::Time, weights::Weight};
use sp_core::H256;

/// Checks whether `member` may take back the proposal of this number and fingerprint.
pub(crate) fn check_withdraw<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    number: u32,
    fingerprint: &H256,
) -> Result<Proposal, Error<T>> {
    let proposal = check_own::<T>(member, agreement, number, fingerprint)?;
    match proposal.standing {
        Standing::Open => Ok(proposal),
        Standing::Unresolved { .. } => Err(Error::<T>::IsAClaim),
        Standing::Accepted { .. } | Standing::Completed { .. } => Err(Error::<T>::CannotWithdraw),
    }
}

/// Checks whether `member` may write off the claim of this number and fingerprint.
pub(crate) fn check_write_off<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    number: u32,
    fingerprint: &H256,
) -> Result<Proposal, Error<T>> {
    let proposal = check_own::<T>(member, agreement, number, fingerprint)?;
    match proposal.standing {
        Standing::Unresolved { .. } => Ok(proposal),
        Standing::Open => Err(Error::<T>::StillOpen),
        Standing::Accepted { .. } | Standing::Completed { .. } => Err(Error::<T>::CannotWithdraw),
    }
}

/// Checks whether the proposal of this number has this fingerprint, and is `member`'s or left to it.
fn check_own<T: Config>(
    member: MemberId,
    agreement: AgreementId,
    number: u32,
    fingerprint: &H256,
) -> Result<Proposal, Error<T>> {
    let proposal = Proposals::<T>::get(agreement, number).ok_or(Error::<T>::UnknownProposal)?;
    ensure!(
        proposal.fingerprint == *fingerprint,
        Error::<T>::OtherContent
    );
    let is_entitled = T::Directory::agreement(agreement)
        .is_some_and(|agreement| proposal.may_be_withdrawn_by(member, &agreement));
    ensure!(is_entitled, Error::<T>::NotTheProposer);
    Ok(proposal)
}

/// Takes a proposal back. Returns what that weighs.
pub(crate) fn accept_withdraw<T: Config>(proposal: &Proposal, number: u32) -> Weight {
    let agreement = proposal.agreement;
    let freed = free::<T>(agreement, number);
    Proposals::<T>::remove(agreement, number);
    forget::<T>(agreement, number);
    Pallet::<T>::deposit_event(Event::Withdrawn { agreement, number });
    weighing::withdrawn::<T>(freed)
}

/// Writes a claim off. Nothing is held for it, so nothing is freed.
pub(crate) fn accept_write_off<T: Config>(claim: &Proposal, number: u32) {
    let agreement = claim.agreement;
    Proposals::<T>::remove(agreement, number);
    forget::<T>(agreement, number);
    Pallet::<T>::deposit_event(Event::WrittenOff { agreement, number });
}

/// Checks whether the time of the proposal of this number is over: for answers, or, of one that is accepted,
/// for booking. Returns it with the reason.
pub(crate) fn check_lapse<T: Config>(
    agreement: AgreementId,
    number: u32,
) -> Result<(Proposal, Unresolved), Error<T>> {
    let proposal = Proposals::<T>::get(agreement, number).ok_or(Error::<T>::UnknownProposal)?;
    let now = T::UnixTime::now();
    match proposal.standing {
        Standing::Open if proposal.has_lapsed(now) => Ok((proposal, Unresolved::Lapsed)),
        Standing::Accepted { progress, .. } if has_closed::<T>(agreement, now) => {
            Ok((proposal, Unresolved::Ended { progress }))
        }
        _ => Err(Error::<T>::NotLapsed),
    }
}

/// Whether the agreement has closed by `now`: then no later day takes a step either.
fn has_closed<T: Config>(agreement: AgreementId, now: Moment) -> bool {
    T::Directory::agreement(agreement).is_some_and(|agreement| {
        let today = agreement.day_of(now);
        today.is_some_and(|today| agreement.has_closed(today))
    })
}

/// Lets the proposal lapse. Returns what that weighs.
pub(crate) fn accept_lapse<T: Config>(
    (proposal, why): (Proposal, Unresolved),
    number: u32,
) -> Weight {
    let freed = unresolve::<T>(proposal, number, why);
    weighing::lapsed::<T>(freed)
}

/// Makes a proposal that is open or accepted a claim, and frees what it named. Returns how much that was.
pub(crate) fn unresolve<T: Config>(
    mut proposal: Proposal,
    number: u32,
    why: Unresolved,
) -> ProposalSize {
    let agreement = proposal.agreement;
    let freed = free::<T>(agreement, number);
    let since = T::UnixTime::now();
    proposal.standing = Standing::Unresolved { since, why };
    Proposals::<T>::insert(agreement, number, proposal);
    Pallet::<T>::deposit_event(Event::Unresolved {
        agreement,
        number,
        why,
    });
    freed
}

/// Frees what a proposal named. Returns how much that was.
pub(crate) fn free<T: Config>(agreement: AgreementId, number: u32) -> ProposalSize {
    match Contents::<T>::get(agreement, number) {
        Some(Content::Supplement { payments }) => {
            T::Trades::forget_missing(agreement, &payments);
            ProposalSize {
                missing: payments.len() as u32,
                ..Default::default()
            }
        }
        Some(content) => ProposalSize {
            pages: named_trades::free::<T>(agreement, &content),
            ..Default::default()
        },
        None => ProposalSize::default(),
    }
}

/// Forgets the content of a proposal that waits for nothing more.
pub(crate) fn forget<T: Config>(agreement: AgreementId, number: u32) {
    Contents::<T>::remove(agreement, number);
    let mut waiting = Waiting::<T>::get(agreement);
    waiting.retain(|other| *other != number);
    if waiting.is_empty() {
        Waiting::<T>::remove(agreement);
    } else {
        Waiting::<T>::insert(agreement, waiting);
    }
}
