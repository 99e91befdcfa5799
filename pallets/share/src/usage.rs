//! What a member used: in a block, and lately.

use codec::{Decode, Encode, MaxEncodedLen};
use frame_support::weights::Weight;
use scale_info::TypeInfo;

/// A whole budget, in the parts in which use is summed up over blocks.
pub const WHOLE: u32 = 1_000_000;

/// After this number of blocks a use counts nothing: less than a five-thousandth would be left.
pub const MEMORY: u32 = 64;

/// Weight and bytes of a block.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Load {
    /// Computation, in picoseconds, and size of proof.
    pub weight: Weight,
    /// Bytes of transactions.
    pub bytes: u32,
}

impl Load {
    /// Both together.
    pub const fn plus(self, other: Self) -> Self {
        Self {
            weight: self.weight.saturating_add(other.weight),
            bytes: self.bytes.saturating_add(other.bytes),
        }
    }

    /// What is left of it without `other`.
    pub const fn minus(self, other: Self) -> Self {
        Self {
            weight: self.weight.saturating_sub(other.weight),
            bytes: self.bytes.saturating_sub(other.bytes),
        }
    }

    /// Half of it.
    pub fn half(self) -> Self {
        Self {
            weight: self.weight / 2,
            bytes: self.bytes / 2,
        }
    }

    /// Whether neither weight nor bytes are above those of `limit`.
    pub const fn fits(self, limit: Self) -> bool {
        self.weight.all_lte(limit.weight) && self.bytes <= limit.bytes
    }

    /// Its part of `budget`, in millionths: that of its weight or of its bytes, whichever is
    /// greater. Proofs do not count: no chain of members asks for them.
    pub fn part_of(self, budget: Self) -> u32 {
        let part = |used: u64, whole: u64| {
            let part = u128::from(used) * u128::from(WHOLE) / u128::from(whole.max(1));
            part.min(u128::from(WHOLE)) as u32
        };
        part(self.weight.ref_time(), budget.weight.ref_time())
            .max(part(self.bytes.into(), budget.bytes.into()))
    }
}

/// What a member used.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Encode, Decode, MaxEncodedLen, TypeInfo)]
pub struct Usage {
    /// The number of the last block in which it used something.
    pub block: u32,
    /// What its own calls used of that block.
    pub here: Load,
    /// What its workers' calls used of that block.
    pub workers: Load,
    /// What it had used lately before that block, in millionths of a budget.
    pub before: u32,
}

impl Usage {
    /// The same use, as it counts in block `now`.
    pub fn at(self, now: u32, budget: Load) -> Self {
        let elapsed = now.saturating_sub(self.block);
        if elapsed == 0 {
            return self;
        }
        Self {
            block: now,
            here: Load::default(),
            workers: Load::default(),
            before: faded(self.lately(budget), elapsed),
        }
    }

    /// What it used lately, the block itself included, in millionths of a budget.
    pub fn lately(&self, budget: Load) -> u32 {
        self.before.saturating_add(self.here.part_of(budget))
    }

    /// Whether it counts nothing any more in block `now`.
    pub const fn is_forgotten(&self, now: u32) -> bool {
        now.saturating_sub(self.block) >= MEMORY
    }
}

/// What is left of a use after some blocks, each of which takes an eighth away.
fn faded(parts: u32, blocks: u32) -> u32 {
    if blocks >= MEMORY {
        return 0;
    }
    (0..blocks).fold(parts, |left, _| left.saturating_sub(left.div_ceil(8)))
}
