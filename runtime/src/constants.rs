//! The chain's fixed numbers.

use crate::{Balance, BlockNumber};
use counterfoil_primitives::Moment;
use sp_runtime::Perbill;

/// Milliseconds of a slot, and so between two blocks.
pub const SLOT_MILLIS: u64 = 3_000;

/// Blocks of an hour.
pub const HOURS: BlockNumber = (3_600_000 / SLOT_MILLIS) as BlockNumber;

/// Decimals of the native token.
pub const DECIMALS: u8 = 12;

/// The native token's unit. It pays for what an asset's issuer does; members' and seats'
/// calls cost none.
pub const UNIT: Balance = 10u128.pow(DECIMALS as u32);

/// Below this an account's native balance is taken away.
pub const EXISTENTIAL_DEPOSIT: Balance = UNIT / 1_000;

/// Bytes of a block. A node's proposer fills blocks up to this.
pub const BLOCK_BYTES: u32 = 10 * 1024 * 1024;

/// Milliseconds of computation of a block: half of a slot, so that authors with slower machines
/// keep up.
pub const BLOCK_MILLIS: u64 = SLOT_MILLIS / 2;

/// What of a block normal calls may take; the rest is for operational ones.
pub const NORMAL_RATIO: Perbill = Perbill::from_percent(90);

/// A byte's fee: a megabyte costs about one unit.
pub const BYTE_FEE: Balance = UNIT / 1_000_000;

/// Maximum validators of the chain.
pub const MAX_VALIDATORS: u32 = 32;

/// Blocks of a session.
pub const SESSION: BlockNumber = HOURS;

/// Sessions for which a validator's two votes can be proven: a week.
pub const REPORT_SESSIONS: u32 = 7 * 24;

/// Blocks for which a motion waits for votes: a week, since institutions meet and ask before they vote.
pub const MOTION: BlockNumber = 7 * 24 * HOURS;

/// Maximum open motions per seat.
pub const MAX_OPEN_MOTIONS: u32 = 2;

/// Maximum clients per agreement.
pub const MAX_CLIENTS: u32 = 256;

/// Maximum versions of an agreement's conditions and reconcilers, of a product's terms, and of a member's
/// account.
pub const MAX_VERSIONS: u32 = 128;

/// Least minutes from a cut-off to the preset time.
pub const MIN_PRESET_GAP: u16 = 1;

/// Maximum payments per call; beyond this a batch gains nothing.
pub const MAX_BATCH: u32 = 1_000;

/// Maximum refunds per call: each reads its payment and writes beside it, so an eighth of a block has room
/// for fewer of them.
pub const MAX_REFUNDS: u32 = 500;

/// Maximum proposals of amendments per agreement that are not completed: workers look through them.
pub const MAX_PROPOSALS: u32 = 64;

/// Maximum of those per member, so that none takes the others' place.
pub const MAX_PROPOSALS_OF_MEMBER: u32 = 16;

/// How far a trade's time may lie ahead of a block's, in milliseconds.
pub const CLOCK_TOLERANCE: Moment = 60_000;

/// Maximum pages per day: about a million trades.
pub const MAX_PAGES: u32 = 4_096;

/// Pages of a clean side that the reconciler looks at all the same.
pub const SAMPLE_PAGES: u32 = 4;

/// Business days after a day's until the end of which a side that defaulted may be proven late.
pub const LATE_PROOF_DAYS: u16 = 30;

/// The SS58 prefix of addresses: the general one.
pub const SS58_PREFIX: u16 = 42;
