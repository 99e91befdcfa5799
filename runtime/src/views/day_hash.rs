//! A hash of all that an answer about a day follows from: whoever follows a day reads it again only where
//! that changed.
//!
//! An answer follows from
//!
//! - the agreement and the day's own summary, commitments and states of both sides among it;
//! - what is owed for its settlement period and why it is not paid, the debtor's funds counted;
//! - the proposals that are not completed. What a proposal names does not change as long as it is there;
//! - what the day waits for, which time alone can change;
//! - of a side with proven breaks, the states of the same side on the days that decide which breaks are
//!   timing differences, and today, up to which they are read. Proven breaks do not change any more;
//! - the runtime's version, since another one may read the same state otherwise.

use super::{day as summary_of, obligation};
use crate::{Amendments, Reconciliation, Registry, Timestamp, VERSION};
use alloc::vec::Vec;
use counterfoil_primitives::{
    awaited_of_day::of_day,
    ports::{Directory, SideView},
    summary::{DaySummary, SideStatus},
    timing::days_that_count,
    AgreementId, BusinessDay, Side, SideId,
};
use sp_core::H256;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The hash; `None` where [`super::day()`] has no such day.
pub fn day_hash(id: AgreementId, day: BusinessDay) -> Option<H256> {
    let agreement = Registry::agreement(id)?;
    let summary = summary_of(id, day)?;
    let now = Timestamp::get();
    let awaited = of_day(&agreement, &summary, now);
    let today = agreement.day_of(now);
    let nearby = Side::BOTH.map(|side| states_nearby(id, &summary, side));
    let owed = obligation(id, day);
    let proposals = Amendments::waiting(id);
    let version = VERSION.spec_version;
    let of_time = (version, today, awaited);
    Some(BlakeTwo256::hash_of(&(
        of_time, agreement, summary, nearby, owed, proposals,
    )))
}

/// The states of a side on the days that decide which of its proven breaks are timing differences.
fn states_nearby(id: AgreementId, of: &DaySummary, side: Side) -> Vec<SideStatus> {
    let status = side.pick(of.debit.status, of.credit.status);
    if status.breaks().unwrap_or_default() == 0 {
        return Vec::new();
    }
    days_that_count(of.day)
        .map(|day| Reconciliation::side_status(SideId::new(id, day, side)))
        .collect()
}
