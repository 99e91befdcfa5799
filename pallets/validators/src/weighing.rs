//! Call weights, and the largest calls, which must fit a block.
//!
//! `pallet_session` has a `WeightInfo` in its configuration too. The calls name this pallet's weights through
//! these functions, which say which of the two is meant.

use crate::{types::MAX_PROOF, Config, WeightInfo};
use codec::MaxEncodedLen;
use counterfoil_primitives::MemberId;
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::{traits::Get, weights::Weight};

/// Bytes, rounded up, of session keys and of a call's other arguments of a fixed size.
const FIXED: usize = 256;

/// The weights of this pallet.
type Measured<T> = <T as Config>::WeightInfo;

pub(crate) fn set_keys<T: Config>() -> Weight {
    Measured::<T>::set_keys()
}

pub(crate) fn purge_keys<T: Config>() -> Weight {
    Measured::<T>::purge_keys()
}

pub(crate) fn set_validators<T: Config>(members: u32) -> Weight {
    Measured::<T>::set_validators(members)
}

pub(crate) fn end_session<T: Config>() -> Weight {
    Measured::<T>::end_session()
}

pub(crate) fn note_stalled<T: Config>() -> Weight {
    Measured::<T>::note_stalled()
}

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
