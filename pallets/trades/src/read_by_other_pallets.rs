//! What other pallets read of the trades.

use crate::{
    batch, pages, refund, AmendmentTrades, Config, Days, Links, OverLimit, Pages, Pallet, Seals,
};
use alloc::vec::Vec;
use counterfoil_primitives::{
    amendment::AMENDMENTS,
    commitment::Place,
    ports::{ClientCredits, DayTrades},
    refund::RefundedPayment,
    tree::PAGE_SIZE,
    window::MAX_ASKED,
    AgreementId, BusinessDay, Commitment, DayTotals, Kind, Link, MemberId, Sequence, SideId, Trade,
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

    fn trade_at(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Trade> {
        pages::trade_at::<T>(agreement, day, position)
    }

    fn link(agreement: AgreementId, day: BusinessDay, position: u32) -> Option<Link> {
        Links::<T>::get((agreement, day, position))
    }

    fn refunded_payments(
        agreement: AgreementId,
        day: BusinessDay,
        page: u32,
    ) -> Vec<RefundedPayment> {
        let first = page.saturating_mul(PAGE_SIZE);
        Self::page(agreement, day, page)
            .iter()
            .zip(0..PAGE_SIZE)
            .filter(|(trade, _)| trade.kind == Kind::Refund)
            .filter_map(|(_, offset)| {
                refund::payment_of::<T>(agreement, day, first.saturating_add(offset))
            })
            .collect()
    }

    fn page_roots(side_id: SideId) -> Vec<H256> {
        pages::stored_roots::<T>(side_id.agreement, side_id.day)
            .into_iter()
            .map(|(debit, credit)| side_id.side.pick(debit, credit))
            .collect()
    }

    fn chain_commitment(side_id: SideId) -> Option<Commitment> {
        let seal = Seals::<T>::get(side_id.agreement, side_id.day)?;
        Some(seal.of(side_id.side))
    }

    fn place(side_id: SideId) -> Place {
        place::<T>(side_id)
    }

    fn is_used(client: MemberId, sequence: Sequence) -> Option<bool> {
        if client == AMENDMENTS {
            return Some((1..=AmendmentTrades::<T>::get()).contains(&sequence));
        }
        batch::window_of::<T>(client).is_used(sequence)
    }
}

impl<T: Config> ClientCredits for Pallet<T> {
    fn exceeded(agreement: AgreementId, day: BusinessDay) -> bool {
        OverLimit::<T>::contains_key(agreement, day)
    }
}

impl<T: Config> Pallet<T> {
    /// Which of these sequences a client has used, in their order; `None` for a sequence below the client's
    /// window. There is no answer to more sequences than [`MAX_ASKED`].
    pub fn used_sequences(client: MemberId, sequences: &[Sequence]) -> Option<Vec<Option<bool>>> {
        if client == AMENDMENTS {
            let booked = 1..=AmendmentTrades::<T>::get();
            let used = sequences.iter().map(|one| Some(booked.contains(one)));
            return (sequences.len() <= MAX_ASKED).then(|| used.collect());
        }
        batch::window_of::<T>(client).which_are_used(sequences)
    }
}

/// What the roots of a side of a day are bound to.
pub(crate) fn place<T: Config>(side_id: SideId) -> Place {
    Place {
        genesis: frame_system::Pallet::<T>::block_hash(BlockNumberFor::<T>::zero()),
        side_id,
    }
}
