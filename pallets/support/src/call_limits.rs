//! Whether a runtime's blocks take the largest calls. Each pallet asks it of its own, when the
//! runtime is tested.

use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};

/// What a signed transaction adds to the encoding of its call: version, account, signature,
/// extensions, pallet and call index, and the lengths of all that.
const AROUND_A_CALL: usize = 256;

/// The part of a block into which every call fits: what a member finds when two others took all that
/// they may.
const PART: u64 = 8;

/// Panics where an eighth of a block does not take `call` at its largest: `weight` is what it costs
/// with its check without a nonce, `bytes` the length of its arguments.
pub fn assert_call_fits<T: frame_system::Config>(call: &str, weight: Weight, bytes: usize) {
    let weights = T::BlockWeights::get();
    let normal = weights.get(DispatchClass::Normal);
    let limit = normal
        .max_extrinsic
        .or(normal.max_total)
        .unwrap_or(weights.max_block)
        / PART;
    assert!(
        weight.all_lte(limit),
        "the largest {call} call ({weight:?}) exceeds an eighth of a block's normal weight \
         ({limit:?})"
    );
    let length = *T::BlockLength::get().max.get(DispatchClass::Normal) as usize / PART as usize;
    assert!(
        bytes.saturating_add(AROUND_A_CALL) <= length,
        "the largest {call} call ({bytes} bytes) exceeds an eighth of a block's normal length \
         ({length} bytes)"
    );
}
