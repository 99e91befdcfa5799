//! What clients caused in a day, where the agreement limits that.
//!
//! Counted are the bank's amounts of what a client records. What amendments book is not counted: both
//! institutions agreed to it. A day beyond a limit is recorded whole, as any other; it is noted, so that its
//! payment waits for the debtor's staff.

use crate::{ClientCredits, Config, Event, OverLimit, Pallet};
use alloc::{collections::BTreeMap, vec::Vec};
use counterfoil_primitives::{
    day::MINUTE,
    settlement::ClientLimits,
    written::{amount, date},
    AgreementId, AgreementView, Amount, BusinessDay, Kind, MemberId, Moment, SideTotals,
};
use frame_support::{traits::ConstU32, BoundedVec};

/// Maximum days per client of which what it caused is kept. No more of them take trades at a moment: see
/// [`MAX_TOLERANCE`].
pub const MAX_KEPT_DAYS: u32 = 4;

/// How far a trade's time may lie ahead of the block's, so that no fifth day takes trades.
///
/// A day takes trades until 38 hours after its end by UTC at the latest: by its offset it ends up to 14
/// hours later, and its cut-off comes less than a day after that. The fourth day after it begins 72 hours
/// after its end by UTC, and by its offset up to 14 hours earlier: 58 hours after it.
pub const MAX_TOLERANCE: Moment = 20 * 60 * MINUTE;

/// The newest days on which an agreement limits what a client causes, and on which that recorded trades,
/// ascending, each with the sums of the bank's amounts.
pub type KeptDays = BoundedVec<(BusinessDay, SideTotals), ConstU32<MAX_KEPT_DAYS>>;

/// What a call came to, where the agreement limits what its client causes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counted {
    /// Days with limits that took trades.
    pub days: u32,
    /// How often the client went beyond the limit of a kind on one of them.
    pub exceeded: u32,
}

impl Counted {
    /// The maximum that a call of one trade comes to.
    pub const MAX_OF_ONE: Self = Self {
        days: 1,
        exceeded: 1,
    };
}

/// Counts what a call of `client` added to days, the bank's amounts of it, and tells where it went beyond a
/// limit.
pub(crate) fn count<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    added: impl IntoIterator<Item = (BusinessDay, SideTotals)>,
) -> Counted {
    let limits_on = |day| agreement.conditions_on(day)?.client_limits;
    let limited: Vec<_> = added
        .into_iter()
        .filter_map(|(day, added)| Some((day, added, limits_on(day)?)))
        .collect();
    let mut counted = Counted::default();
    if limited.is_empty() {
        return counted;
    }
    let mut days: BTreeMap<BusinessDay, SideTotals> = ClientCredits::<T>::get(agreement_id, client)
        .into_iter()
        .collect();
    for (day, added, limits) in limited {
        let sums = days.entry(day).or_default();
        let before = *sums;
        let after = before.saturating_add(added);
        *sums = after;
        counted.days = counted.days.saturating_add(1);
        for kind in crossed(&limits, &before, &after) {
            counted.exceeded = counted.exceeded.saturating_add(1);
            let sums = (limits.of(kind), after.of(kind));
            note::<T>(client, agreement_id, agreement, day, kind, sums);
        }
    }
    // What is older takes no trades any more.
    while days.len() > MAX_KEPT_DAYS as usize {
        days.pop_first();
    }
    let kept = KeptDays::truncate_from(days.into_iter().collect());
    ClientCredits::<T>::insert(agreement_id, client, kept);
    counted
}

/// The kinds whose limits lie between the sums of a day before a call and after it.
fn crossed<'a>(
    limits: &'a ClientLimits,
    before: &'a SideTotals,
    after: &'a SideTotals,
) -> impl Iterator<Item = Kind> + 'a {
    Kind::BOTH.into_iter().filter(move |kind| {
        let limit = limits.of(*kind);
        before.of(*kind) <= limit && limit < after.of(*kind)
    })
}

/// Notes that a client went beyond the limit of a kind on a day, and tells it.
fn note<T: Config>(
    client: MemberId,
    agreement_id: AgreementId,
    agreement: &AgreementView,
    day: BusinessDay,
    kind: Kind,
    (limit, credits): (Amount, Amount),
) {
    let denomination = agreement.denomination();
    OverLimit::<T>::insert(agreement_id, day, ());
    Pallet::<T>::deposit_event(Event::ClientLimitExceeded {
        agreement: agreement_id,
        client,
        day,
        date: date::words(day),
        kind,
        credits,
        credits_in_words: amount::words(credits, &denomination),
        limit,
        limit_in_words: amount::words(limit, &denomination),
    });
}
