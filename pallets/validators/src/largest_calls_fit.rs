//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{
    types::MAX_PROOF,
    weighing::{end_session, note_stalled, purge_keys, set_keys, set_validators},
    Config,
};
use codec::MaxEncodedLen;
use counterfoil_primitives::MemberId;
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::traits::Get;

/// Bytes, rounded up, of session keys and of a call's other arguments of a fixed size.
const FIXED: usize = 256;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let validators = T::MaxValidators::get();
    let of_validators = validators as usize * MemberId::max_encoded_len();
    let largest = [
        ("set_keys", set_keys::<T>(), MAX_PROOF as usize),
        ("purge_keys", purge_keys::<T>(), 0),
        (
            "set_validators",
            set_validators::<T>(validators),
            of_validators,
        ),
        ("end_session", end_session::<T>(), 0),
        ("note_stalled", note_stalled::<T>(), 0),
    ];
    for (call, weight, bytes) in largest {
        assert_call_fits::<T>(call, weight, bytes + FIXED);
    }
}
