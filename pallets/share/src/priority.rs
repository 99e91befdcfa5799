//! What comes first, in a block and in a full pool.
//!
//! A priority is that of the call's band, and within the band of what the member used lately: the
//! less, the higher. The bands lie so far apart that no use leads from one to another, above the
//! fees' own priorities, which are added, and below what workers' calls have, half of the largest
//! number. A tip is added too, up to [`MAX_OF_A_FEE`]: whoever has native funds can go first in its band
//! by one, and pays for it.

use crate::usage::WHOLE;
use sp_runtime::transaction_validity::TransactionPriority;

/// Members' calls that neither administer the chain free of fees nor record trades, and those that do, while
/// they wait for another call of their account.
pub const OTHER: TransactionPriority = 1 << 60;
/// Calls that record trades.
pub const RECORDING: TransactionPriority = 2 << 60;
/// Calls that administer the chain and are free, and all of an administrator that is no member.
pub const COUNCIL: TransactionPriority = 3 << 60;

/// Steps of a band. Nobody uses more than half of each block, which sums up to four budgets lately.
const STEPS: u32 = 64;
/// Use of one step, in millionths of a budget: a sixteenth of a block.
const STEP_OF_USE: u32 = WHOLE / 16;
/// Use that counts nothing, in millionths of a budget: what a member sums up to lately that takes a
/// thirty-second of each block, some 170 calls of one trade, and of some blocks an eighth. It is less than
/// a member alone uses of one block.
const LITTLE: u32 = WHOLE / 8 * 3;
/// Between two steps: more than a fee without a tip adds.
const STEP: TransactionPriority = 1 << 48;

/// The maximum that a fee and its tip may add: no tip leads from one band to another.
pub const MAX_OF_A_FEE: TransactionPriority = 1 << 59;

/// The priority of a call in `band`, of a member that used `lately` millionths of a budget.
///
/// Small differences count nothing. A member that records a little all the time is on the highest
/// step: nobody who comes after silence drops its waiting calls from a full pool.
pub fn of(band: TransactionPriority, lately: u32) -> TransactionPriority {
    let step = lately
        .saturating_sub(LITTLE)
        .div_ceil(STEP_OF_USE)
        .min(STEPS);
    band.saturating_add(STEP.saturating_mul((STEPS - step).into()))
}
