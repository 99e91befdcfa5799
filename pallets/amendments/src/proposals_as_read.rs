//! What others read of the proposals.

use crate::{Config, Contents, LastNumber, Pallet, Proposals, Waiting};
use alloc::vec::Vec;
use counterfoil_primitives::{
    amendment::{Content, Proposal},
    AgreementId,
};

impl<T: Config> Pallet<T> {
    /// The proposals of an agreement that are open, accepted or unresolved, by ascending numbers.
    pub fn waiting(agreement: AgreementId) -> Vec<(u32, Proposal)> {
        let of_number = |number: u32| Some((number, Proposals::<T>::get(agreement, number)?));
        Waiting::<T>::get(agreement)
            .into_iter()
            .filter_map(of_number)
            .collect()
    }

    /// The proposal of this number, with its content until it is completed; `None` where it was withdrawn
    /// or written off, or never made.
    pub fn amendment(agreement: AgreementId, number: u32) -> Option<(Proposal, Option<Content>)> {
        let proposal = Proposals::<T>::get(agreement, number)?;
        Some((proposal, Contents::<T>::get(agreement, number)))
    }

    /// The number of the agreement's last proposal; zero where none was made.
    pub fn last_amendment(agreement: AgreementId) -> u32 {
        LastNumber::<T>::get(agreement)
    }
}
