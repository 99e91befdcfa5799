//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{Config, WeightInfo};
use codec::MaxEncodedLen;
use counterfoil_primitives::settlement::BankReference;
use counterfoil_support::call_limits::assert_call_fits;

/// Bytes, rounded up, of a call's arguments that have a fixed size.
const FIXED: usize = 64;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let pay = T::WeightInfo::pay().saturating_add(T::WeightInfo::validate_pay());
    let reference = BankReference::max_encoded_len();
    let largest = [
        ("pay", pay, 0),
        ("release", T::WeightInfo::release(), 0),
        ("declare", T::WeightInfo::declare(), reference),
        (
            "withdraw_declaration",
            T::WeightInfo::withdraw_declaration(),
            0,
        ),
        ("acknowledge", T::WeightInfo::acknowledge(), reference),
        ("report_return", T::WeightInfo::report_return(), 0),
    ];
    for (call, weight, bytes) in largest {
        assert_call_fits::<T>(call, weight, bytes.saturating_add(FIXED));
    }
}
