//! What a chain does for the benchmarks: it puts state behind the ports, which only read.

use counterfoil_primitives::{MemberId, SideId};

/// What the benchmarks set up behind the ports, which only read.
pub trait BenchmarkHelper {
    /// Puts a sealed day of the largest agreement there, before its preset time, of which a side may be
    /// committed to. Returns that side and its party, which has an operator.
    fn put_sealed_day() -> (SideId, MemberId);
}
