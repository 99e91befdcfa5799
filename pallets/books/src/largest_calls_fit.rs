//! The largest call, which must fit a block: asserted when the runtime is tested.

use crate::{commitments::Number, Config, WeightInfo};
use codec::MaxEncodedLen;
use counterfoil_primitives::{Commitment, SideId};
use counterfoil_support::call_limits::assert_call_fits;

/// Panics where the runtime's limits do not let the largest call into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let commit = T::WeightInfo::commit().saturating_add(T::WeightInfo::validate_commit());
    let bytes = <(SideId, Number, Commitment)>::max_encoded_len();
    assert_call_fits::<T>("commit", commit, bytes);
}
