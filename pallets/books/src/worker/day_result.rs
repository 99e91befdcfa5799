//! Writes down what came out of a day, for the party's staff.

use super::database::StoredBook;
use crate::Config;
use counterfoil_primitives::{
    book_storage::{DayResult, Item},
    ports::{DayTrades, Obligations, SideView},
    summary::SideStatus,
    SideId,
};

/// Writes the result of a day whose side is proven or defaulted, where it is a new one.
///
/// Its `paid` says that the day's settlement period was paid when the node last looked. A day that is paid is
/// done with: where a payment outside the chain comes back afterwards, `paid` stays.
pub fn write<T: Config>(side_id: SideId, status: SideStatus) {
    let (breaks, repaired) = match status {
        SideStatus::Awaited | SideStatus::Committed => return,
        SideStatus::Proven { breaks } | SideStatus::ProvenLate { breaks } => (breaks, false),
        SideStatus::Repaired { breaks } => (breaks, true),
        SideStatus::Defaulted => (0, false),
    };
    let SideId { agreement, day, .. } = side_id;
    let result = DayResult {
        trades: T::Trades::totals(agreement, day).count(),
        breaks,
        defaulted: T::Sides::has_defaulted(side_id),
        repaired,
        obligation: T::Obligations::obligation(agreement, day),
        paid: T::Obligations::is_settled(agreement, day),
    };
    let book = StoredBook(side_id);
    if book.read::<DayResult>(Item::Result).as_ref() != Some(&result) {
        book.write(Item::Result, &result);
    }
}
