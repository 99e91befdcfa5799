//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{
    client_credits::MAX_TOLERANCE,
    weighing::{max_by_hand, max_single, seal, BatchSize},
    Config, WeightInfo,
};
use codec::MaxEncodedLen;
use counterfoil_primitives::{tree::PAGE_SIZE, window::CHUNKS, Kind, RefundRequest, TradeRequest};
use counterfoil_support::call_limits::assert_call_fits;
use frame_support::traits::Get;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let (batch, refunds) = (T::MaxBatch::get(), T::MaxRefunds::get());
    let pages = T::MaxPagesPerDay::get();
    assert!(batch > 0, "MaxBatch must let a call carry a trade");
    assert!(refunds > 0, "MaxRefunds must let a call carry a refund");
    assert!(
        pages > 0 && pages.checked_mul(PAGE_SIZE).is_some(),
        "MaxPagesPerDay must give a day pages, and positions that a u32 counts"
    );
    assert!(
        T::ClockTolerance::get() <= MAX_TOLERANCE,
        "ClockTolerance must not let a fifth day take trades at a moment"
    );
    let record = BatchSize::worst(Kind::Payment, batch)
        .weight::<T>()
        .saturating_add(T::WeightInfo::validate_record(batch, CHUNKS as u32));
    let refund = BatchSize::worst(Kind::Refund, refunds)
        .weight::<T>()
        .saturating_add(T::WeightInfo::validate_refund(refunds, CHUNKS as u32));
    let seal = seal::<T>(pages).saturating_add(T::WeightInfo::validate_seal());
    let bytes = (batch as usize).saturating_mul(TradeRequest::max_encoded_len());
    assert_call_fits::<T>("record", record, bytes);
    let bytes = (refunds as usize).saturating_mul(RefundRequest::max_encoded_len());
    assert_call_fits::<T>("refund", refund, bytes);
    assert_call_fits::<T>("record of one trade", max_single::<T>(), 0);
    for (name, kind) in [("record_one", Kind::Payment), ("refund_one", Kind::Refund)] {
        assert_call_fits::<T>(name, max_by_hand::<T>(kind), 0);
    }
    assert_call_fits::<T>("seal", seal, 0);
}
