//! What a use counts, and for how long.

use crate::{
    mock::{BUDGET, BUDGET_BYTES, MILLI},
    usage::{MEMORY, WHOLE},
    Load, Usage,
};
use frame_support::weights::Weight;
use proptest::prelude::*;

const WHOLE_BLOCK: Load = Load {
    weight: BUDGET,
    bytes: BUDGET_BYTES,
};

fn of_weight(milli: u64) -> Load {
    Load {
        weight: MILLI * milli,
        bytes: 0,
    }
}

#[test]
fn weight_or_bytes_count_whichever_is_the_greater_part() {
    assert_eq!(of_weight(64).part_of(WHOLE_BLOCK), WHOLE / 2);
    let of_bytes = |bytes| Load {
        weight: MILLI * 32,
        bytes,
    };
    assert_eq!(of_bytes(BUDGET_BYTES).part_of(WHOLE_BLOCK), WHOLE);
    assert_eq!(of_bytes(1).part_of(WHOLE_BLOCK), WHOLE / 4);
}

#[test]
fn a_proof_counts_nothing_and_no_part_is_more_than_the_whole() {
    let proof = Load {
        weight: Weight::from_parts(0, u64::MAX),
        bytes: 0,
    };
    assert_eq!(proof.part_of(WHOLE_BLOCK), 0);
    assert_eq!(of_weight(10_000).part_of(WHOLE_BLOCK), WHOLE);
    assert_eq!(of_weight(1).part_of(Load::default()), WHOLE);
}

#[test]
fn a_use_counts_an_eighth_less_by_block_and_nothing_in_the_end() {
    let usage = Usage {
        block: 5,
        here: of_weight(64),
        workers: Load::default(),
        before: 0,
    };
    let lately = |now| usage.at(now, WHOLE_BLOCK).lately(WHOLE_BLOCK);
    assert_eq!(lately(5), 500_000);
    assert_eq!(lately(6), 437_500);
    assert_eq!(lately(7), 382_812);
    assert!(lately(5 + MEMORY - 1) > 0);
    assert!(!usage.is_forgotten(5 + MEMORY - 1));
    assert_eq!(lately(5 + MEMORY), 0);
    assert!(usage.is_forgotten(5 + MEMORY));
}

#[test]
fn a_block_that_lies_back_changes_nothing() {
    let usage = Usage {
        block: 5,
        here: of_weight(64),
        workers: Load::default(),
        before: 7,
    };
    assert_eq!(usage.at(4, WHOLE_BLOCK), usage);
}

proptest! {
    /// The sum over blocks that fades step by step is that of all blocks at once, to within what
    /// rounding takes: one part by block.
    #[test]
    fn what_is_counted_step_by_step_is_the_faded_sum(
        uses in prop::collection::vec((0u64..=64, 1u32..20), 1..40),
    ) {
        let (mut usage, mut sum) = (Usage::default(), 0.0f64);
        for (milli, pause) in uses {
            let now = usage.block + pause;
            usage = usage.at(now, WHOLE_BLOCK);
            usage.here = of_weight(milli);
            sum *= 0.875f64.powi(pause as i32);
            sum += f64::from(usage.here.part_of(WHOLE_BLOCK));
        }
        let lately = f64::from(usage.lately(WHOLE_BLOCK));
        prop_assert!(lately <= sum && lately + 8.0 >= sum, "{lately} of {sum}");
    }
}
