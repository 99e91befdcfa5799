//! The institutions' answers.

use crate::{
    types::Answer, weighing, withdraw_and_lapse, Config, Contents, Error, Event, Pallet, Proposals,
};
use counterfoil_primitives::{
    amendment::{Content, Progress, Proposal, Standing, Unresolved, Verdict},
    ports::Directory,
    AgreementId, MemberId,
};
use frame_support::{ensure, traits::Time, weights::Weight};
use sp_core::H256;

/// Checks whether an answer of `member` to the proposal of this number is awaited.
pub(crate) fn check_answer<T: Config>(
    member: MemberId,
    agreement_id: AgreementId,
    number: u32,
    fingerprint: &H256,
    accepts: bool,
) -> Result<Answer, Error<T>> {
    let mut proposal =
        Proposals::<T>::get(agreement_id, number).ok_or(Error::<T>::UnknownProposal)?;
    ensure!(
        proposal.fingerprint == *fingerprint,
        Error::<T>::OtherContent
    );
    ensure!(
        matches!(proposal.standing, Standing::Open),
        Error::<T>::NotOpen
    );
    ensure!(
        !proposal.has_lapsed(T::UnixTime::now()),
        Error::<T>::AnswerTooLate
    );
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    let side = proposal
        .answers
        .awaited_of(&agreement, member)
        .ok_or(Error::<T>::NothingToAnswer)?;
    proposal.answers.set(side, accepts);
    Ok(Answer {
        proposal,
        member,
        accepts,
        verdict: proposal.answers.verdict(),
    })
}

/// Counts the answer. Returns what it weighs.
pub(crate) fn accept_answer<T: Config>(
    answer: Answer,
    agreement: AgreementId,
    number: u32,
) -> Weight {
    let Answer {
        proposal,
        member,
        accepts,
        verdict,
    } = answer;
    Pallet::<T>::deposit_event(Event::Answered {
        agreement,
        number,
        member,
        accepts,
    });
    match verdict {
        Verdict::Awaited => {
            Proposals::<T>::insert(agreement, number, proposal);
            weighing::answered::<T>()
        }
        Verdict::Accepted => {
            accept::<T>(proposal, number);
            weighing::answered::<T>()
        }
        Verdict::Rejected => {
            let freed = withdraw_and_lapse::unresolve::<T>(proposal, number, Unresolved::Rejected);
            weighing::answered::<T>().saturating_add(weighing::closed::<T>(freed))
        }
    }
}

/// Lets the booking of a proposal begin.
fn accept<T: Config>(mut proposal: Proposal, number: u32) {
    let agreement = proposal.agreement;
    let next = Contents::<T>::get(agreement, number)
        .as_ref()
        .map_or(0, Content::start);
    proposal.standing = Standing::Accepted {
        at: T::UnixTime::now(),
        progress: Progress {
            next,
            ..Default::default()
        },
    };
    Proposals::<T>::insert(agreement, number, proposal);
    Pallet::<T>::deposit_event(Event::Accepted { agreement, number });
}
