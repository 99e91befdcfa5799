//! Reads the days on which the trades may be that extras repeat.

use super::{chain_entries, timer::clock};
use crate::Config;
use counterfoil_primitives::{
    ports::DayTrades,
    tree,
    witness::{may_be_on_chain, Search, Witnesses},
    AgreementView, Entry, Moment, SideId, TradeId,
};
use frame_support::traits::Time;

/// How long the neighbours of a day are searched, in milliseconds: extras that are on no day would
/// cost each run all of them. One without witness has a weaker cause, and is a break all the same.
pub const SEARCH_MS: Moment = 8_000;

/// Looks for the trades that `extras` repeat: on the day itself, then, until the clock shows `until`,
/// on the nearest days.
pub fn search<'a, T: Config>(
    agreement: &AgreementView,
    side_id: SideId,
    extras: impl Iterator<Item = &'a Entry>,
    until: Moment,
) -> Witnesses {
    let SideId {
        agreement: agreement_id,
        day,
        side,
    } = side_id;
    let is_used = |id: TradeId| T::Trades::is_used(id.client, id.sequence);
    let extras = extras.filter(|extra| may_be_on_chain(extra.id, is_used(extra.id)));
    let today = agreement.day_of(T::UnixTime::now()).unwrap_or(day);
    let mut search = Search::new(extras, day, agreement.first_day, today);
    while let Some(near) = search.next_day() {
        let pages = tree::page_count(T::Trades::totals(agreement_id, near).count());
        for page in 0..pages {
            if near != day && clock() >= until {
                return search.finish();
            }
            let entries = chain_entries::page::<T>(SideId::new(agreement_id, near, side), page);
            search.look_in(near, page, &entries);
        }
    }
    search.finish()
}
