//! The largest calls, which must fit a block: asserted when the runtime is tested.

use crate::{
    weighing::{
        end, mark_defaulted, report_clean, report_extras, report_slots, validate_report_slots,
    },
    AtDeadline, Config, WeightInfo, MAX_PARTS,
};
use codec::{Compact, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    compare::{DirtyPage, SlotDiff},
    report::ReportedExtra,
    tree, Caps, Commitment,
};
use counterfoil_support::call_limits::assert_call_fits;
use sp_core::H256;

/// Panics where the runtime's limits do not let the largest calls into a block.
pub(crate) fn assert_largest_calls_fit<T: Config>() {
    let page = tree::PAGE_SIZE;
    let pages = Caps::MAX.pages;
    let of_extras = tree::page_count(Caps::MAX.extras);
    let header = T::WeightInfo::report_header(pages, of_extras).saturating_add(end::<T>(0));
    let header_bytes = pages as usize * DirtyPage::max_encoded_len()
        + of_extras as usize * H256::max_encoded_len()
        + 2 * Compact(u32::MAX).encoded_size();
    let largest = [
        (
            "report_clean",
            report_clean::<T>(),
            T::WeightInfo::validate_report_clean(),
            0,
        ),
        (
            "report_header",
            header,
            T::WeightInfo::validate_report_header(pages, of_extras),
            header_bytes,
        ),
        (
            "report_slots",
            report_slots::<T>(page as usize, Some(MAX_PARTS)),
            validate_report_slots::<T>(page as usize),
            page as usize * SlotDiff::max_encoded_len(),
        ),
        (
            "report_extras",
            report_extras::<T>(page as usize, Some(MAX_PARTS)),
            T::WeightInfo::validate_report_extras(page),
            page as usize * ReportedExtra::max_encoded_len(),
        ),
        (
            "mark_overdue",
            T::WeightInfo::mark_overdue(),
            T::WeightInfo::validate_mark_overdue(),
            0,
        ),
        (
            "mark_defaulted",
            mark_defaulted::<T>(AtDeadline::Defaulted(MAX_PARTS)),
            T::WeightInfo::validate_mark_defaulted(),
            0,
        ),
        (
            "request_full_fetch",
            T::WeightInfo::request_full_fetch(),
            T::WeightInfo::validate_request_full_fetch(),
            0,
        ),
        (
            "confirm_repair",
            T::WeightInfo::confirm_repair(),
            T::WeightInfo::validate_confirm_repair(),
            Commitment::max_encoded_len(),
        ),
    ];
    for (call, weight, validation, bytes) in largest {
        assert_call_fits::<T>(call, weight.saturating_add(validation), bytes);
    }
}
