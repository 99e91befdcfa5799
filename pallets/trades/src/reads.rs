//! What other pallets read of the trades.

use crate::{batch, Config, Days, PageRoots, Pages, Pallet, Seals};
use alloc::vec::Vec;
use counterfoil_primitives::{
    commitment::Place, ports::DayTrades, window::Status, AgreementId, BusinessDay, Commitment,
    DayTotals, MemberId, Sequence, Side, Trade,
};
use frame_system::pallet_prelude::BlockNumberFor;
use sp_core::H256;
use sp_runtime::traits::Zero;

impl<T: Config> DayTrades for Pallet<T> {
    fn totals(agreement: AgreementId, day: BusinessDay) -> DayTotals {
        Days::<T>::get(agreement, day)
    }

    fn is_sealed(agreement: AgreementId, day: BusinessDay) -> bool {
        Seals::<T>::contains_key(agreement, day)
    }

    fn page(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<Trade> {
        Pages::<T>::get((agreement, day, page)).into_inner()
    }

    fn page_roots(agreement: AgreementId, day: BusinessDay, side: Side) -> Vec<H256> {
        PageRoots::<T>::get(agreement, day)
            .iter()
            .map(|pair| of_side(pair, side))
            .collect()
    }

    fn chain_commitment(
        agreement: AgreementId,
        day: BusinessDay,
        side: Side,
    ) -> Option<Commitment> {
        Some(Seals::<T>::get(agreement, day)?.of(side))
    }

    fn place(agreement: AgreementId, day: BusinessDay, side: Side) -> Place {
        place::<T>(agreement, day, side)
    }

    fn is_used(client: MemberId, sequence: Sequence) -> Option<bool> {
        match batch::window_of::<T>(client).status(sequence) {
            Status::Used => Some(true),
            Status::Fresh | Status::Above => Some(false),
            Status::Below => None,
        }
    }
}

/// What the roots of a side of a day are bound to.
pub(crate) fn place<T: Config>(agreement: AgreementId, day: BusinessDay, side: Side) -> Place {
    Place {
        genesis: frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()),
        agreement,
        day,
        side,
    }
}

/// The root of `side`, of a page's two.
pub(crate) const fn of_side(roots: &(H256, H256), side: Side) -> H256 {
    match side {
        Side::Debit => roots.0,
        Side::Credit => roots.1,
    }
}
