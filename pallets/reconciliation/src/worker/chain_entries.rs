//! The chain's own entries of a side.

use crate::Config;
use alloc::vec::Vec;
use counterfoil_primitives::{ports::DayTrades, Entry, SideId};

/// The chain's entries of a page of a side, in the order of their positions.
pub fn page<T: Config>(side_id: SideId, page: u32) -> Vec<Entry> {
    T::Trades::page(side_id.agreement, side_id.day, page)
        .iter()
        .map(|trade| trade.entry(side_id.side))
        .collect()
}
