//! The search for the trades that extras repeat.

use super::{findings::chain_page, timer::clock};
use crate::{Config, SideKey};
use counterfoil_primitives::{
    ports::DayLedger, report::Witnesses, tree, witness::search_days, AgreementView, Entry, Moment,
    TradeId,
};
use frame_support::traits::Time;

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
    let today = view.day_of(T::UnixTime::now()).unwrap_or(day);
    for near in search_days(day, view.first_day, today) {
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
