//! The versions by which a client knows whether a chain's runtime is the one that it was built for.
//!
//! The attributes in which the runtime states them read literals alone. So the runtime's tests compare those
//! with these.

/// The version of calls, and of what is signed with them: the runtime's `transaction_version`.
pub const TRANSACTION_VERSION: u32 = 3;

/// The version of `CounterfoilApi`, the runtime API that clients read by.
pub const API_VERSION: u32 = 9;
