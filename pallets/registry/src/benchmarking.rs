//! Call weights, and the registry that the benchmarks of all pallets begin with.
//!
//! | module | what it holds |
//! |---|---|
//! | `calls` | the benchmarks of this pallet's calls |
//! | [`setup`] | a registry filled to its limits |

#[cfg(any(feature = "runtime-benchmarks", test))]
mod calls;
pub mod setup;
