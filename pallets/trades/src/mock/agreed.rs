//! What the agreement limits, and what is kept of that.

use super::*;
use counterfoil_primitives::{ports::ClientCredits, settlement::ClientLimits, SideTotals};
use pallet_registry::Limits;

/// Sets the largest gross amount of a trade.
pub fn set_max_gross(max_gross: Option<Amount>) {
    let limits = Limits {
        max_gross,
        ..Limits::from(&agreement())
    };
    Registry::set_limits(RuntimeOrigin::root(), AGREEMENT, limits).unwrap();
}

/// Lets the agreement end from the day `FIRST + from` on, and close `open` days later.
pub fn end(from: u32, open: u16) {
    let limits = Limits {
        refund_days: open,
        amend_days: 0,
        ..Limits::from(&agreement())
    };
    Registry::set_limits(RuntimeOrigin::root(), AGREEMENT, limits).unwrap();
    Registry::end_agreement(RuntimeOrigin::root(), AGREEMENT, day(from)).unwrap();
}

/// Limits what clients cause from the day `FIRST + from` on.
pub fn limit_clients(from: u32, payments: Amount, refunds: Amount) {
    let conditions = Conditions {
        client_limits: Some(ClientLimits { payments, refunds }),
        ..conditions(60)
    };
    Registry::set_conditions(RuntimeOrigin::root(), AGREEMENT, day(from), conditions).unwrap();
}

/// Suspends a client, by the bank.
pub fn suspend(client: MemberId) {
    Registry::suspend_client(signed(BANK), AGREEMENT, client).unwrap();
}

/// Names who succeeds a client, if anybody does.
pub fn succeed(client: MemberId, successor: Option<MemberId>) {
    let root = RuntimeOrigin::root();
    Registry::name_successor(root, AGREEMENT, client, successor).unwrap();
}

/// What is kept of a client: the sums of its payments and of its refunds, by the number of days after the
/// first.
pub fn kept(client: MemberId) -> Vec<(u32, Amount, Amount)> {
    crate::ClientCredits::<Test>::get(AGREEMENT, client)
        .into_iter()
        .map(|(day, SideTotals { payments, refunds })| (day.0 - FIRST.0, payments, refunds))
        .collect()
}

/// Whether a client went beyond a limit on the day `FIRST + index`.
pub fn is_over(index: u32) -> bool {
    Trades::exceeded(AGREEMENT, day(index))
}
