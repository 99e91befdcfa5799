//! The search for the trades that extras repeat.

use super::{findings::chain_page, timer::clock};
use crate::{Config, SideKey};
use counterfoil_primitives::{
    ports::DayLedger, report::Witnesses, tree, AgreementView, BusinessDay, Entry, Moment, TradeId,
};

/// How many days before and after its own an extra is looked for.
pub const NEARBY_DAYS: u32 = 7;

/// How long the neighbours of a day are searched, in milliseconds: extras that are on no day would
/// cost each run all of them. One without witness has a weaker cause, and is a break all the same.
pub const SEARCH_MS: Moment = 8_000;

/// Looks for the trades that `extras` repeat: on the day itself, then, until the clock shows `until`,
/// on the nearest days.
pub fn search<'a, T: Config>(
    view: &AgreementView,
    (agreement, day, side): SideKey,
    extras: impl Iterator<Item = &'a Entry>,
    until: Moment,
) -> Witnesses {
    let mut witnesses = Witnesses::wanted_by(extras.filter(|extra| may_be_on_chain::<T>(extra)));
    for near in nearby(day, view.first_day) {
        if witnesses.missing().next().is_none() {
            break;
        }
        let pages = tree::page_count(T::Ledger::totals(agreement, near).count);
        for page in 0..pages {
            if near != day && clock() >= until {
                return witnesses;
            }
            let entries = chain_page::<T>((agreement, near, side), page);
            witnesses.look_in(near, page, &entries);
        }
    }
    witnesses
}

/// Whether a trade may have the extra's id. One without id is looked for by all else.
fn may_be_on_chain<T: Config>(extra: &Entry) -> bool {
    let id = extra.id;
    id == TradeId::default() || T::Ledger::is_used(id.client, id.sequence) != Some(false)
}

/// The day, then its neighbours, nearest first, not before the agreement's first day.
fn nearby(day: BusinessDay, first: BusinessDay) -> impl Iterator<Item = BusinessDay> {
    let neighbours = (1..=NEARBY_DAYS).flat_map(move |distance| {
        let before = day.0.checked_sub(distance);
        [before, day.0.checked_add(distance)]
    });
    core::iter::once(Some(day.0))
        .chain(neighbours)
        .flatten()
        .map(BusinessDay)
        .filter(move |near| *near >= first)
}
