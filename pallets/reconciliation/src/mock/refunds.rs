//! Refunds, as the world records them.

use super::*;

/// Puts a refund of `gross` on the next position of `day`, of the payment on position `paid_at` of
/// [`DAY`], by the payment's terms and what was given back of it before.
pub fn put_refund(day: BusinessDay, paid_at: u32, gross: Amount) -> Trade {
    world(|world| {
        let payment = world.trades[&DAY][paid_at as usize];
        let refunds = world
            .links
            .iter()
            .filter(|(_, link)| link.original.id == payment.id);
        let refunded_before = refunds
            .map(|((day, position), _)| world.trades[day][*position as usize].gross)
            .sum();
        let link = Link {
            relation: Relation::Refund,
            original: Original {
                id: payment.id,
                day: DAY,
                position: paid_at,
            },
            paid: payment.gross,
            refunded_before,
        };
        let terms = world.terms[usize::from(payment.terms_version)];
        let amounts = link.amounts(&terms, gross).expect("a refund has amounts");
        let sequence = 10_000 + world.links.len() as u64;
        let refund = Trade {
            id: TradeId {
                client: CLIENT,
                sequence,
            },
            kind: Kind::Refund,
            reference: Reference((sequence as u128).to_le_bytes()),
            gross,
            debit: amounts.debit,
            credit: amounts.credit,
            occurred_at: u64::from(day.0) * 86_400_000 + sequence,
            ..payment
        };
        let trades = world.trades.entry(day).or_default();
        trades.push(refund);
        let position = trades.len() as u32 - 1;
        world.links.insert((day, position), link);
        refund
    })
}
