//! Whether a runtime's blocks take the largest calls. Each pallet asks it of its own, when the
//! runtime is tested.

use frame_support::{dispatch::DispatchClass, traits::Get, weights::Weight};

/// What a signed transaction adds to the encoding of its call: version, account, signature,
/// extensions, pallet and call index, and the lengths of all that.
const AROUND_A_CALL: usize = 256;

/// Panics where a block does not take `call` at its largest: `weight` is what it costs with the
/// pool's check, `bytes` the length of its arguments.
pub fn assert_call_fits<T: frame_system::Config>(call: &str, weight: Weight, bytes: usize) {
    let weights = T::BlockWeights::get();
    let normal = weights.get(DispatchClass::Normal);
    let limit = normal
        .max_extrinsic
        .or(normal.max_total)
        .unwrap_or(weights.max_block);
    assert!(
        weight.all_lte(limit),
        "the largest {call} call ({weight:?}) exceeds a block's normal weight ({limit:?})"
    );
    let length = *T::BlockLength::get().max.get(DispatchClass::Normal) as usize;
    assert!(
        bytes.saturating_add(AROUND_A_CALL) <= length,
        "the largest {call} call ({bytes} bytes) exceeds a block's normal length ({length} bytes)"
    );
}
