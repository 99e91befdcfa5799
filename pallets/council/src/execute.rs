//! Runs what was carried.

use crate::{
    proposing_motions::{hash_of, wrapped},
    weighing, CallOf, Config, Error, Event, Majority, Pallet,
};
use alloc::boxed::Box;
use codec::Encode;
use frame_support::{
    dispatch::{extract_actual_weight, DispatchResultWithPostInfo, GetDispatchInfo},
    ensure,
};
use frame_system::{pallet_prelude::OriginFor, RawOrigin};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::Dispatchable;

/// Runs a call as root that `ayes` seats approved. The call may fail: that changes nothing, and the event
/// reports it.
pub(crate) fn run<T: Config>(ayes: u32, call: Box<CallOf<T>>) -> DispatchResultWithPostInfo {
    ensure!(ayes >= Majority::<T>::get(), Error::<T>::NotCarried);
    let motion = hash_of::<T>(&wrapped::<T>(&call));
    let (bytes, info) = (call.encoded_size() as u32, call.get_dispatch_info());
    let root: OriginFor<T> = RawOrigin::<AccountId32>::Root.into();
    let result = call.dispatch(root);
    let weight =
        weighing::around_executed::<T>(bytes).saturating_add(extract_actual_weight(&result, &info));
    Pallet::<T>::deposit_event(Event::Executed {
        motion,
        result: result.map(|_| ()).map_err(|error| error.error),
    });
    Ok(Some(weight).into())
}
