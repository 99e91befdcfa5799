//! What a chain does for the benchmarks: it puts state behind the ports, which only read.

use alloc::vec::Vec;
use counterfoil_primitives::{AgreementId, BusinessDay, Moment, Trade};

/// What the benchmarks set up behind the ports, which only read.
pub trait BenchmarkHelper {
    /// Puts an agreement there that is as large as it gets, with a number of products, from 1 on, with as
    /// many versions of terms as are kept. Its bank and its company have operators. Returns its id, and a
    /// past day of which trades may be amended at the block's time.
    fn put_agreement(products: u32) -> (AgreementId, BusinessDay);

    /// Sets the block's time.
    fn set_time(now: Moment);

    /// Lets the day hold these trades, from its first position on, and no others.
    fn put_day(day: BusinessDay, trades: Vec<Trade>);
}
