//! The chain's version.
//!
//! With the feature `next-version` this is the runtime by which an upgrade is rehearsed. It has a version
//! more, and no chain runs it.

use crate::apis;
use alloc::borrow::Cow;
use sp_version::RuntimeVersion;

/// The chain's version.
#[cfg(not(feature = "next-version"))]
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: Cow::Borrowed("counterfoil"),
    impl_name: Cow::Borrowed("counterfoil"),
    authoring_version: 1,
    spec_version: 3,
    impl_version: 1,
    apis: apis::RUNTIME_API_VERSIONS,
    transaction_version: 3,
    system_version: 1,
};

/// The version after the chain's. All but the spec version is as it is there.
// The attribute reads literals alone, so nothing of the other constant can be used.
#[cfg(feature = "next-version")]
#[sp_version::runtime_version]
pub const VERSION: RuntimeVersion = RuntimeVersion {
    spec_name: Cow::Borrowed("counterfoil"),
    impl_name: Cow::Borrowed("counterfoil"),
    authoring_version: 1,
    spec_version: 4,
    impl_version: 1,
    apis: apis::RUNTIME_API_VERSIONS,
    transaction_version: 3,
    system_version: 1,
};
