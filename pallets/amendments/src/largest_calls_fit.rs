//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{
    weighing::{max_answer, max_any_proposal, max_book, max_lapse, max_withdraw},
    Config, WeightInfo,
};
use codec::MaxEncodedLen;
use counterfoil_primitives::{amendment::Content, DayTotals};
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::traits::Get;

/// Bytes, rounded up, of a call's arguments that have a fixed size.
const FIXED: usize = 128;

/// Panics where the runtime's limits do not let the largest calls into a block, or leave clients no room.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    assert!(
        T::MaxPerMember::get() > 0,
        "MaxPerMember must let a member propose"
    );
    assert!(
        T::MaxPerAgreement::get() > T::MaxPerMember::get().saturating_mul(2),
        "MaxPerAgreement must let clients propose beside bank and company"
    );
    let content = Content::max_encoded_len().saturating_add(DayTotals::max_encoded_len());
    let book = max_book::<T>().saturating_add(T::WeightInfo::validate_book());
    let lapse = max_lapse::<T>().saturating_add(T::WeightInfo::validate_lapse());
    let largest = [
        ("propose", max_any_proposal::<T>(), content),
        ("answer", max_answer::<T>(false), 0),
        ("book", book, 0),
        ("withdraw", max_withdraw::<T>(), 0),
        ("lapse", lapse, 0),
        ("write_off", T::WeightInfo::write_off(), 0),
    ];
    for (call, weight, bytes) in largest {
        assert_call_fits::<T>(call, weight, bytes.saturating_add(FIXED));
    }
}
