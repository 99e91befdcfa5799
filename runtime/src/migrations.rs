//! What the first block of a new runtime does to the state: the migrations from the version before.
//!
//! With the feature `next-version` it is what the rehearsal of an upgrade does.

/// What the first block of this runtime does to the state before all else: one migration for each storage
/// version that rose.
#[cfg(not(feature = "next-version"))]
pub type Migrations = ();

/// The migrations of the rehearsal.
#[cfg(feature = "next-version")]
pub type Migrations = pallet_registry::next_version::ToNextVersion<crate::Runtime>;
