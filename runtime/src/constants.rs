//! The chain's fixed numbers.

use crate::{Balance, BlockNumber};

/// Milliseconds of a slot, and so between two blocks.
pub const SLOT_MILLIS: u64 = 3_000;

/// Blocks of an hour.
pub const HOURS: BlockNumber = (3_600_000 / SLOT_MILLIS) as BlockNumber;

/// The native token's unit, of 12 decimals. It pays for what the administrator does; members'
/// calls cost none.
pub const UNIT: Balance = 1_000_000_000_000;

/// Below this an account's native balance is taken away.
pub const EXISTENTIAL_DEPOSIT: Balance = UNIT / 1_000;

/// Bytes of a block. A node's proposer fills blocks up to this.
pub const BLOCK_BYTES: u32 = 10 * 1024 * 1024;

/// Milliseconds of computation of a block: half of a slot, so that authors with slower machines
/// keep up.
pub const BLOCK_MILLIS: u64 = SLOT_MILLIS / 2;

/// The SS58 prefix of addresses: the general one.
pub const SS58_PREFIX: u16 = 42;
