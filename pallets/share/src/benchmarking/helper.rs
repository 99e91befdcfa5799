//! What a chain does for the benchmarks: it puts state behind the ports, which only read.

use sp_core::crypto::AccountId32;

/// What the benchmarks set up behind the port.
pub trait BenchmarkHelper {
    /// Registers a member. Returns the account of its operator key.
    fn put_member() -> AccountId32;
}
