//! What the trade on chain says of a payment.

use super::{Prepared, Verdict};
use crate::{
    money::Money,
    text::{reference_text, user_text},
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{Amount, BusinessDay, TradeRequest};

/// Whether two requests are the same trade but for the sequence.
pub(super) fn same(a: &TradeRequest, b: &TradeRequest) -> bool {
    let plain = |trade: &TradeRequest| TradeRequest {
        sequence: 0,
        ..*trade
    };
    plain(a) == plain(b)
}

/// What the payment's trade on chain says of the payment. Amounts are told in `money`.
pub(super) fn verdict(
    payment: &Prepared,
    day: BusinessDay,
    on_chain: &TradeRequest,
    new: bool,
    money: Option<&Money>,
) -> Verdict {
    let sequence = on_chain.sequence;
    if !same(&payment.trade, on_chain) {
        return Verdict::Refused {
            reason: format!(
                "the chain has this payment with other content, as the trade of sequence {sequence} on {}; what differs: {}; {}",
                day_text(day),
                differences(&payment.trade, on_chain, money),
                remedy(payment, day)
            ),
        };
    }
    if new {
        Verdict::Recorded { sequence, day }
    } else {
        Verdict::Known { sequence, day }
    }
}

/// What to do about a payment whose id is that of a trade of `day` with other content.
fn remedy(payment: &Prepared, day: BusinessDay) -> &'static str {
    if payment.day == day {
        "take the line out, or correct it to what was recorded"
    } else {
        "if it is another payment because ids begin again each day, make the id from several columns in the mapping of files that are not recorded yet, \
         like payment_id = [\"date\", \"receipt\"]; otherwise take the line out, or correct it to what was recorded"
    }
}

/// In what a line differs from the chain, by the names that a mapping has for it.
fn differences(line: &TradeRequest, chain: &TradeRequest, money: Option<&Money>) -> String {
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
    // Of another product or amount the same terms give other parts.
    let by_terms = !is_other_product && !is_other_amount;
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
