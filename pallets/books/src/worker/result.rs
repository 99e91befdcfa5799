//! Writes down what came out of a day, for the party's staff.

use super::database::BookId;
use crate::Config;
use counterfoil_primitives::{
    ports::{DayTrades, Payables},
    store::{DayResult, Item},
    summary::SideStatus,
};

/// Writes the result of a day whose side is proven or defaulted, where it is a new one.
pub fn write<T: Config>(id: &BookId, status: SideStatus) {
    let (breaks, repaired, defaulted) = match status {
        SideStatus::Awaited | SideStatus::Committed => return,
        SideStatus::Proven { breaks } => (breaks, false, false),
        SideStatus::Repaired { breaks } => (breaks, true, false),
        SideStatus::Defaulted => (0, false, true),
    };
    let result = DayResult {
        trades: T::Trades::totals(id.agreement, id.day).count,
        breaks,
        defaulted,
        repaired,
        payable: T::Payables::payable(id.agreement, id.day).unwrap_or_default(),
        paid: T::Payables::is_settled(id.agreement, id.day),
    };
    if id.read::<DayResult>(Item::Result).as_ref() != Some(&result) {
        id.write(Item::Result, &result);
    }
}
