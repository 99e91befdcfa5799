//! Why a refund is not recorded, in words.

use super::{Place, Standing};
use crate::{
    import::Prepared,
    mapping::trade_ids::trade_id_text,
    money::Money,
    printable_text::quoted,
    text::user_text,
    time::{day_text, moment_rfc3339},
};
use counterfoil_primitives::{refund_check::NotRefundable, AgreementId, Amount, MemberId, Trade};
use std::collections::BTreeSet;

/// Why nothing may be given back by a refund of what is on chain, of which more may be about to be given
/// back. The agreement takes refunds for a number of `days`. Amounts are told in `money`.
pub(super) fn not_refundable(
    why: NotRefundable,
    refund: &Prepared,
    standing: &Standing,
    days: u16,
    money: Option<&Money>,
) -> String {
    let amount = |amount: Amount| match money {
        Some(money) => money.show(amount),
        None => format!("{amount} minor units"),
    };
    let original = &original_text(refund);
    let (found, asked) = (&standing.found, &refund.trade);
    let trade = &found.trade;
    match why {
        NotRefundable::OtherId => {
            format!("its original, {original}, is not where the chain had it; import the file again")
        }
        NotRefundable::NotAPayment => itself_a_refund(original),
        NotRefundable::OtherClient => of_another_client(original, found.client),
        NotRefundable::OtherProduct => format!(
            "it names product {}, and its original, {original}, was of product {}; correct the product",
            asked.product, trade.product
        ),
        NotRefundable::OtherUser => format!(
            "it goes to {}, and {} paid its original, {original}; correct the payer, or the original",
            user_text(&asked.user),
            user_text(&trade.user)
        ),
        NotRefundable::BeforeOriginal => format!(
            "it is of {}, before its original, {original}, which is of {}; correct its time, or the original; \
             if the file has dates without times, put refunds at the end of their day, by at = \"23:59\" under [time] in a mapping for refunds alone",
            moment_rfc3339(asked.occurred_at),
            moment_rfc3339(trade.occurred_at)
        ),
        NotRefundable::TooLate => format!(
            "its original, {original}, is of {}, and the agreement takes refunds for {days} days; settle it outside the chain",
            moment_rfc3339(trade.occurred_at)
        ),
        NotRefundable::RefundedMeanwhile => {
            format!("something was given back of its original, {original}, meanwhile; import the file again")
        }
        NotRefundable::MoreThanLeft => format!(
            "it gives back {}, more than is left of its original, {original}: of {}, {} are given back; \
             if it is a refund that is recorded already under another id, take the line out; otherwise correct the amount",
            amount(asked.gross),
            amount(found.paid),
            amount(found.refunded)
        ),
    }
}

/// A refund's original, as its file names it.
pub(in crate::import) fn original_text(refund: &Prepared) -> String {
    let id = refund.original.as_deref().unwrap_or_default();
    format!("the payment {}", quoted(id))
}

/// Of an original that is a refund.
pub(super) fn itself_a_refund(original: &str) -> String {
    format!(
        "its original, {original}, is a refund itself; name the payment that both give back from"
    )
}

/// Of an original that an amendment cancelled, by the trade on the place `cancellation`.
pub(super) fn cancelled(refund: &Prepared, cancellation: &Place) -> String {
    let by = trade_id_text(&cancellation.id);
    format!(
        "its original, {}, was cancelled by an amendment, trade {by}, booked on {}, and nothing is left of it; take the line out, \
         or propose an amendment that cancels trade {by} if the payment counts after all, and import the file again afterwards",
        original_text(refund),
        day_text(cancellation.day)
    )
}

/// Of an original that another client recorded.
pub(super) fn of_another_client(original: &str, client: MemberId) -> String {
    format!(
        "its original, {original}, was recorded by client {client}; only that client gives back from it, \
         or its successor, which the council names by agreement name-successor"
    )
}

/// Of an original that several clients recorded which the client succeeds.
pub(super) fn of_several_clients(original: &str, clients: &BTreeSet<MemberId>) -> String {
    format!(
        "its original, {original}, may be of any of the clients {clients:?}, each of which recorded a payment with this id; \
         give it back by hand, by the call refund_one"
    )
}

/// Of an original that the file has, and that is not recorded for a reason of its own.
pub(super) fn original_refused(original: &str, reason: &str) -> String {
    format!(
        "its original, {original}, is not recorded either; put that line right first, and import both again; \
         why that one is not recorded: {reason}"
    )
}

/// Of a refund that is recorded by the journal, or whose original is, where the node does not show it.
pub(in crate::import) fn node_behind(original: &str) -> String {
    format!(
        "by the journal it, or its original, {original}, is recorded, and this node does not show that; \
         see that the node is not behind, and import the file again"
    )
}

/// Of a refund that the chain has as one of a payment of which nothing says that it is the named one.
pub(super) fn of_unknown_original(refund: &Prepared, place: &Place) -> String {
    format!(
        "the chain has this refund as one of trade {}, booked on {}, and nothing says that this is {}; correct its original; \
         if it is that payment, import the file of that payment again first, or add its line to this file",
        trade_id_text(&place.id),
        day_text(place.day),
        original_text(refund)
    )
}

/// Of an original that was sent before, and that the finalised chain does not show.
pub(super) fn sent_before_original(original: &str) -> String {
    format!(
        "its original, {original}, was sent and is not on the finalised chain; import the file of that payment again first, and then this one"
    )
}

/// Of an original whose id the journal has under another agreement.
pub(super) fn under_another_agreement(original: &str, agreement: AgreementId) -> String {
    format!(
        "by the journal its original, {original}, is one of agreement {agreement}, under which alone it is given back; \
         import it under that agreement, or settle it outside the chain if that one has closed"
    )
}

/// Of an original that nothing knows, though the chain was searched from one day to another, also for
/// payments of clients that the client succeeds.
pub(super) fn unknown(original: &str, days: u16, predecessors: &[MemberId]) -> String {
    let of_predecessors = match predecessors.is_empty() {
        true => String::new(),
        false => format!(
            "; import no lines of payments that the clients {predecessors:?} recorded, since they would be recorded once more; \
             if the chain does not have such a payment by its id, give it back by hand, by the call refund_one"
        ),
    };
    format!(
        "its original, {original}, is unknown: neither the lines of this file that count, nor the journal, nor the chain within {days} days has it; \
         if [only] or [except] leaves its line out, it is no completed payment, and nothing is given back; otherwise \
         correct the id, or import the payment first; a payment that has a reference of its own (a UETR) or was recorded by hand is found by its id \
         once the file of that payment is imported again, or its line is in this file{of_predecessors}"
    )
}

/// Of a refund that the chain has as one of another payment.
pub(super) fn of_another_original(refund: &Prepared, place: &Place) -> String {
    format!(
        "the chain has this refund as one of trade {}, booked on {}, and not of {}; take the line out, or correct its original to what was recorded",
        trade_id_text(&place.id),
        day_text(place.day),
        original_text(refund)
    )
}

/// Of a refund whose original's terms the chain does not show.
pub(in crate::import) fn without_terms(refund: &Prepared, trade: &Trade) -> String {
    format!(
        "the agreement shows no version {} of the terms of product {}, by which its original, {}, was recorded; ask a node that is not behind",
        trade.terms_version,
        trade.product,
        original_text(refund)
    )
}
