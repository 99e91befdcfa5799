//! Who may propose an amendment, and whether one more of its proposals may wait.

use crate::{types::Proposer, Config, Error, Proposals, Waiting};
use alloc::vec::Vec;
use counterfoil_primitives::{amendment::Room, ports::Directory, AgreementId, MemberId};
use counterfoil_support::ensure_member;
use frame_support::{ensure, traits::Get};
use frame_system::pallet_prelude::OriginFor;
use sp_runtime::DispatchError;

/// Who proposes: bank, company or an admitted client that is not suspended, with room for a proposal.
pub(crate) fn check_proposer<T: Config>(
    origin: OriginFor<T>,
    agreement_id: AgreementId,
) -> Result<Proposer, DispatchError> {
    let member = ensure_member::<T, T::Directory>(origin)?;
    let agreement = T::Directory::agreement(agreement_id).ok_or(Error::<T>::UnknownAgreement)?;
    ensure!(!agreement.is_suspended(member), Error::<T>::ClientSuspended);
    ensure!(agreement.may_amend(member), Error::<T>::NotEntitled);
    let proposer = Proposer {
        member,
        agreement_id,
        agreement,
    };
    ensure!(has_room::<T>(&proposer), Error::<T>::TooManyProposals);
    Ok(proposer)
}

/// Whether one more proposal of the proposer may wait.
fn has_room<T: Config>(proposer: &Proposer) -> bool {
    let waiting: Vec<MemberId> = Waiting::<T>::get(proposer.agreement_id)
        .iter()
        .filter_map(|number| Proposals::<T>::get(proposer.agreement_id, number))
        .map(|proposal| proposal.proposer)
        .collect();
    let room = Room {
        each: T::MaxPerMember::get(),
        all: T::MaxPerAgreement::get(),
    };
    room.takes(&proposer.agreement, proposer.member, &waiting)
}
