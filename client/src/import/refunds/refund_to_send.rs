//! What is sent for a refund.

use super::{refused_refunds_in_words, Originals, Place, Standing};
use crate::{import::Prepared, money::Money};
use counterfoil_primitives::{
    found_trade::Found, refund_check::NotRefundable, Amount, Original, RefundRequest, Terms,
};

/// Why nothing is sent for a refund.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(in crate::import) enum NotFormed {
    /// Whether enough is left of the original shows once refunds before this one are recorded.
    Later,
    /// It may give nothing back of its original, for the reason in words.
    Never(String),
}

/// Forms the refund of a payment that stands at `place`. `promised` is what refunds give back of it that are
/// formed and not recorded yet.
pub(in crate::import) fn form<C: Originals>(
    chain: &C,
    refund: &Prepared,
    place: &Place,
    standing: &Standing,
    promised: Amount,
    terms: &Terms,
    money: Option<&Money>,
) -> Result<RefundRequest, NotFormed> {
    let refunded_before = standing.found.refunded.saturating_add(promised);
    let found = Found {
        refunded: refunded_before,
        ..standing.found
    };
    let trade = &refund.trade;
    let request = RefundRequest {
        sequence: trade.sequence,
        reference: trade.reference,
        user: trade.user,
        product: trade.product,
        original: Original {
            id: place.id,
            day: place.day,
            position: standing.position,
        },
        refunded_before,
        gross: trade.gross,
        debit: 0,
        credit: 0,
        occurred_at: trade.occurred_at,
    };
    let link = chain.link(&request, &found);
    let amounts = link.and_then(|link| {
        let amounts = link.amounts(terms, request.gross);
        amounts.ok_or(NotRefundable::MoreThanLeft)
    });
    match amounts {
        Ok(amounts) => Ok(RefundRequest {
            debit: amounts.debit,
            credit: amounts.credit,
            ..request
        }),
        Err(NotRefundable::MoreThanLeft) if promised > 0 => Err(NotFormed::Later),
        Err(why) => {
            let standing = Standing { found, ..*standing };
            let days = chain.refund_days();
            let words =
                refused_refunds_in_words::not_refundable(why, refund, &standing, days, money);
            Err(NotFormed::Never(words))
        }
    }
}
