//! The largest calls, which must fit a block.

use crate::{Config, WeightInfo};
use counterfoil_support::call_limits::assert_call_fits;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let pay = T::WeightInfo::pay().saturating_add(T::WeightInfo::validate_pay());
    assert_call_fits::<T>("pay", pay, 0);
}
