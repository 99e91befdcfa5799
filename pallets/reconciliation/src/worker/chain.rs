//! The chain's own entries of a side.

use crate::{Config, SideKey};
use alloc::vec::Vec;
use counterfoil_primitives::{ports::DayTrades, Entry};

/// The chain's entries of a page of a side, in the order of their positions.
pub fn page<T: Config>((agreement, day, side): SideKey, page: u32) -> Vec<Entry> {
    T::Trades::page(agreement, day, page)
        .iter()
        .map(|trade| trade.entry(side))
        .collect()
}
