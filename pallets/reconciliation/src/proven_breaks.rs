//! The breaks of a proven side, as they are read.

use crate::{
    AcceptedHeader, Config, ExtraBreak, ExtraBreaks, Headers, ListedPage, Pallet, Sides, SlotBreak,
    SlotBreaks,
};
use alloc::vec::Vec;
use counterfoil_primitives::SideId;

impl<T: Config> Pallet<T> {
    /// The breaks on slots of a proven side, with their corrections, by position.
    pub fn proven_slot_breaks(side_id: SideId) -> Vec<SlotBreak> {
        Self::proven_pages(side_id, |header| &header.dirty)
            .flat_map(|page| SlotBreaks::<T>::get(side_id, page))
            .collect()
    }

    /// The extras of a proven side, in the order of the book.
    pub fn proven_extra_breaks(side_id: SideId) -> Vec<ExtraBreak> {
        Self::proven_pages(side_id, |header| &header.extras)
            .flat_map(|page| ExtraBreaks::<T>::get(side_id, page))
            .collect()
    }

    /// The pages that the header of a proven side lists; none where it is not proven.
    fn proven_pages(
        side_id: SideId,
        listed: impl Fn(&AcceptedHeader) -> &Vec<ListedPage>,
    ) -> impl Iterator<Item = u32> {
        let is_proven = Sides::<T>::get(side_id).proven.is_some();
        let header = is_proven.then(|| Headers::<T>::get(side_id)).flatten();
        let pages: Vec<u32> = header
            .iter()
            .flat_map(|header| listed(header).iter().map(|listed| listed.page))
            .collect();
        pages.into_iter()
    }
}
