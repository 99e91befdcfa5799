//! What the runtime API reads, put together from the pallets.

mod breaks;
mod calendars;
mod day_and_status;
mod day_hash;
mod member;
mod obligations;
mod timing;
mod trades_found;
mod validators;
mod waiting_days;

pub use breaks::{breaks, Excerpt, MAX_BREAKS};
pub use calendars::{agreement_calendars, calendars, due_times};
pub use day_and_status::{day, status, today};
pub use day_hash::day_hash;
pub use member::{member, members, MAX_MEMBERS};
pub use obligations::{obligation, settled_days, unpaid_obligations};
pub use timing::{compared, timing_count, timing_differences};
pub use trades_found::{equal_references, find_by_id, find_by_reference, MAX_EQUAL_REFERENCES};
pub use validators::validators;
pub(crate) use waiting_days::{from_on, last_day};
pub use waiting_days::{waiting_days, MAX_DAYS_READ, MAX_WAITING_DAYS};

use crate::{Runtime, Trades};
use alloc::vec::Vec;
use counterfoil_primitives::{
    ports::DayTrades, tree::PAGE_SIZE, AgreementId, Amount, BusinessDay, Entry, Kind, Link,
    MemberId, ProductId, Sequence, SideId, Terms, Trade,
};

/// The links of the trades on a page of a day, with their positions. Most trades have none: only refunds and
/// what amendments booked are looked up.
pub fn links(agreement: AgreementId, day: BusinessDay, page: u32) -> Vec<(u32, Link)> {
    let first = page.saturating_mul(PAGE_SIZE);
    let may_have = |trade: &Trade| trade.kind == Kind::Refund || trade.id.is_of_amendment();
    Trades::page(agreement, day, page)
        .iter()
        .zip(first..)
        .filter(|(trade, _)| may_have(trade))
        .filter_map(|(_, position)| Some((position, Trades::link(agreement, day, position)?)))
        .collect()
}

/// What was given back so far of the payment on a position, in minor units.
pub fn refunded(agreement: AgreementId, day: BusinessDay, position: u32) -> Amount {
    pallet_trades::Refunded::<Runtime>::get((agreement, day, position))
}

/// The entries that a side should hold on a page.
pub fn chain_entries(side_id: SideId, page: u32) -> Vec<Entry> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Trades::page(agreement, day, page)
        .iter()
        .map(|trade| trade.entry(side))
        .collect()
}

/// The clients of an agreement that have a successor, ascending, each with it.
pub fn successors(agreement: AgreementId) -> Vec<(MemberId, MemberId)> {
    let mut named: Vec<_> =
        pallet_registry::Successors::<Runtime>::iter_prefix(agreement).collect();
    named.sort_unstable();
    named
}

/// The products of an agreement, ascending.
pub fn products(agreement: AgreementId) -> Vec<ProductId> {
    let mut products: Vec<_> =
        pallet_registry::Products::<Runtime>::iter_key_prefix(agreement).collect();
    products.sort_unstable();
    products
}

/// The versions of a product's terms, each with its first day, ascending.
pub fn terms(agreement: AgreementId, product: ProductId) -> Vec<(BusinessDay, Terms)> {
    pallet_registry::Products::<Runtime>::get(agreement, product)
        .unwrap_or_default()
        .into_inner()
}

/// The highest sequence that a client has used.
pub fn highest_sequence(client: MemberId) -> Option<Sequence> {
    pallet_trades::Windows::<Runtime>::get(client)
}
