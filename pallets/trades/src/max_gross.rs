//! The largest gross amount of a trade, so that no sum of a day overflows.

use crate::Config;
use counterfoil_primitives::{tree::PAGE_SIZE, Amount, MAX_GROSS};
use frame_support::traits::Get;

/// The maximum of trades per day.
pub(crate) fn max_trades<T: Config>() -> u32 {
    T::MaxPagesPerDay::get().saturating_mul(PAGE_SIZE)
}

/// The largest gross amount of a trade: the chain can count a whole day of such, and what is owed for
/// that day is a signed amount. So no client takes from the others what a day can count.
pub fn max_gross<T: Config>() -> Amount {
    let countable = Amount::MAX / Amount::from(max_trades::<T>().max(1));
    countable.min(MAX_GROSS)
}
