//! What the trade on chain says of a payment.

use super::{NotRecorded, Prepared, Verdict};
use crate::{
    journal::Line,
    money::Money,
    text::{reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{Amount, BusinessDay, Kind, TradeRequest};

/// Whether two requests are the same trade but for the sequence.
fn same(a: &TradeRequest, b: &TradeRequest) -> bool {
    let plain = |trade: &TradeRequest| TradeRequest {
        sequence: 0,
        ..*trade
    };
    plain(a) == plain(b)
}

/// Whether a trade of some kind is the payment's, or the refund's, but for the sequence.
pub(super) fn is_of(payment: &Prepared, trade: &TradeRequest, kind: Kind) -> bool {
    payment.kind() == kind && same(&beside(payment, trade), trade)
}

/// What a payment says beside its trade on chain. The parties' amounts of a refund are no part of what a
/// file says: they follow from its original.
fn beside(payment: &Prepared, trade: &TradeRequest) -> TradeRequest {
    match payment.kind() {
        Kind::Payment => payment.trade,
        Kind::Refund => TradeRequest {
            debit: trade.debit,
            credit: trade.credit,
            ..payment.trade
        },
    }
}

/// What the payment's trade on chain, booked to `day`, says of the payment. Amounts are told in `money`.
pub(super) fn verdict(
    payment: &Prepared,
    day: BusinessDay,
    on_chain: &Line,
    new: bool,
    money: Option<&Money>,
) -> Verdict {
    let sequence = on_chain.trade.sequence;
    if !is_of(payment, &on_chain.trade, on_chain.kind) {
        return Verdict::Refused {
            reason: NotRecorded::Other(format!(
                "the chain has this payment with other content, as the trade of sequence {sequence} on {}; what differs: {}; {}",
                day_text(day),
                differences(payment, on_chain, money),
                remedy(payment, day, on_chain.kind)
            )),
        };
    }
    if new {
        Verdict::Recorded { sequence, day }
    } else {
        Verdict::Known { sequence, day }
    }
}

/// What to do about a payment whose id is that of a trade of `day` with other content.
fn remedy(payment: &Prepared, day: BusinessDay, kind: Kind) -> &'static str {
    if payment.kind() != kind {
        "a refund needs an id of its own: take payment_id from another column in a mapping for refunds alone, or from several columns; \
         if the line's kind is wrong, correct it"
    } else if payment.day == day {
        "take the line out, or correct it to what was recorded"
    } else {
        "if it is another payment because ids begin again each day, make the id from several columns in the mapping of files that are not recorded yet, \
         like payment_id = [\"date\", \"receipt\"]; otherwise take the line out, or correct it to what was recorded"
    }
}

/// In what a line differs from the chain, by the names that a mapping has for it.
pub(super) fn differences(payment: &Prepared, on_chain: &Line, money: Option<&Money>) -> String {
    let chain = &on_chain.trade;
    let line = &beside(payment, chain);
    let amount = |amount: Amount| match money {
        Some(money) => money.show(amount),
        None => format!("{amount} minor units"),
    };
    let parts = |trade: &TradeRequest| {
        let (debit, credit) = (amount(trade.debit), amount(trade.credit));
        format!("debit {debit} and credit {credit}")
    };
    let mut differing = Vec::new();
    let mut compare = |name: &str, differs: bool, here: String, there: String| {
        if differs {
            differing.push(format!("{name} (here {here}, on chain {there})"));
        }
    };
    compare(
        "kind",
        payment.kind() != on_chain.kind,
        payment.kind().name().into(),
        on_chain.kind.name().into(),
    );
    let text = |trade: &TradeRequest| reference_text(&trade.reference);
    compare(
        "reference",
        line.reference != chain.reference,
        text(line),
        text(chain),
    );
    let text = |trade: &TradeRequest| user_text(&trade.user);
    compare("user", line.user != chain.user, text(line), text(chain));
    let text = |trade: &TradeRequest| trade.product.to_string();
    let is_other_product = line.product != chain.product;
    compare("product", is_other_product, text(line), text(chain));
    let is_other_amount = line.gross != chain.gross;
    compare(
        "amount",
        is_other_amount,
        amount(line.gross),
        amount(chain.gross),
    );
    // Of another kind, product or amount the same terms give other parts.
    let is_other_kind = payment.kind() != on_chain.kind;
    let by_terms = !(is_other_kind || is_other_product || is_other_amount);
    let is_other_part = (line.debit, line.credit) != (chain.debit, chain.credit);
    compare(
        "terms",
        by_terms && is_other_part,
        parts(line),
        parts(chain),
    );
    let text = |trade: &TradeRequest| moment_rfc3339(trade.occurred_at);
    compare(
        "time",
        line.occurred_at != chain.occurred_at,
        text(line),
        text(chain),
    );
    differing.join(", ")
}
