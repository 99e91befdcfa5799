//! Call weights.
//!
//! `pallet_session` has a `WeightInfo` in its configuration too. The calls name this pallet's weights through
//! these functions, which say which of the two is meant.

use crate::{Config, WeightInfo};
use frame_support::weights::Weight;

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
