//! New payments that look like trades which the client has recorded already.
//!
//! A payment is known by its id and its reference. Where both changed, because a mapping makes the id
//! of other columns or a journal was lost, nothing but the content tells that it is recorded. So a
//! payment that neither journal nor chain knows is compared with the trades that are no payment's of
//! the file, each of which speaks against one payment only.

use super::{search_of_recorded::Found, NotRecorded, Prepared};
use crate::journal::Line;
use counterfoil_primitives::{Amount, BusinessDay, Kind, Moment, ProductId, Sequence, Trade};
use std::{
    cmp::Reverse,
    collections::{HashMap, HashSet},
};

/// What two payments hardly share by chance, where times are exact.
type Content = (Kind, [u8; 16], ProductId, Amount, Moment);

const fn of_payment(payment: &Prepared) -> Content {
    let trade = &payment.trade;
    let (user, product) = (trade.user.0, trade.product);
    (
        payment.kind(),
        user,
        product,
        trade.gross,
        trade.occurred_at,
    )
}

const fn of_trade(trade: &Trade) -> Content {
    let (user, product) = (trade.user.0, trade.product);
    (trade.kind, user, product, trade.gross, trade.occurred_at)
}

/// The trade that each payment without a line looks like, by the payments' indices.
pub(super) fn look_alikes<'a>(
    found: &'a Found,
    payments: &[Prepared],
    lines: &[Option<Line>],
) -> HashMap<usize, &'a (BusinessDay, Trade)> {
    if found.trades().next().is_none() {
        return HashMap::new();
    }
    let new: Vec<(usize, Content)> = payments
        .iter()
        .zip(lines)
        .enumerate()
        .filter(|(_, (_, line))| line.is_none())
        .map(|(index, (payment, _))| (index, of_payment(payment)))
        .collect();
    let wanted: HashSet<Content> = new.iter().map(|(_, content)| *content).collect();
    let of_file: HashSet<Sequence> = lines
        .iter()
        .flatten()
        .map(|line| line.trade.sequence)
        .collect();
    let mut free: HashMap<Content, Vec<&(BusinessDay, Trade)>> = HashMap::new();
    for booked in found.trades() {
        let content = of_trade(&booked.1);
        if wanted.contains(&content) && !of_file.contains(&booked.1.id.sequence) {
            free.entry(content).or_default().push(booked);
        }
    }
    free.values_mut()
        .for_each(|trades| trades.sort_by_key(|(_, trade)| Reverse(trade.id.sequence)));
    new.into_iter()
        .filter_map(|(index, content)| Some((index, free.get_mut(&content)?.pop()?)))
        .collect()
}

/// Why a payment is not sent that looks like a trade of `day`.
pub(super) const fn refusal(day: BusinessDay, trade: &Trade) -> NotRecorded {
    NotRecorded::LooksRecorded {
        trade: trade.id,
        day,
    }
}
