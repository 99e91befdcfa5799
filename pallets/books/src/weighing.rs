//! The largest calls, which must fit a block.

use crate::{Config, WeightInfo};
use codec::MaxEncodedLen;
use counterfoil_primitives::Commitment;
use counterfoil_support::call_limits::assert_call_fits;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let commit = T::WeightInfo::commit().saturating_add(T::WeightInfo::validate_commit());
    let confirm =
        T::WeightInfo::confirm_repair().saturating_add(T::WeightInfo::validate_confirm_repair());
    let bytes = Commitment::max_encoded_len();
    assert_call_fits::<T>("commit", commit, bytes);
    assert_call_fits::<T>("confirm_repair", confirm, bytes);
}
