//! Trades in words, those that amendments booked among them.

use super::{local, name_of, AmountInWords};
use crate::{views, Registry, Trades};
use alloc::{format, string::String, vec::Vec};
use codec::{Decode, Encode};
use counterfoil_primitives::{
    ports::{BookAmendments, DayTrades, Directory},
    tree::PAGE_SIZE,
    written::{date, label},
    AgreementId, AgreementView, BusinessDay, Kind, Link, Original, ProductId, Relation, Trade,
};
use scale_info::TypeInfo;

/// A trade of a day.
#[derive(Clone, Debug, PartialEq, Eq, Encode, Decode, TypeInfo)]
pub struct TradeInWords {
    /// Its position on the day.
    pub position: u32,
    /// Whether the user paid or got money back.
    pub kind: Kind,
    /// The client that recorded it, or for which an amendment booked it, with its number.
    pub client: String,
    /// The client's number for it; of a trade that an amendment booked, the amendments' own.
    pub sequence: u64,
    /// The payer.
    pub payer: String,
    /// What the payment or refund carries elsewhere.
    pub reference: String,
    /// What was bought.
    pub product: ProductId,
    /// What the user paid or got back.
    pub gross: AmountInWords,
    /// The company's amount.
    pub debit: AmountInWords,
    /// The bank's amount.
    pub credit: AmountInWords,
    /// When the payment or refund completed.
    pub time: String,
    /// The payment that a client's refund is of; none for other trades.
    pub refund_of: Option<String>,
    /// What an amendment put right by it, and of which payment; none for what clients recorded.
    pub amendment: Option<String>,
}

/// The trades of a page of a day, by position.
pub fn trades(id: AgreementId, day: BusinessDay, page: u32) -> Vec<TradeInWords> {
    let Some(agreement) = Registry::agreement(id) else {
        return Vec::new();
    };
    let first = page.saturating_mul(PAGE_SIZE);
    Trades::page(id, day, page)
        .iter()
        .zip(first..)
        .map(|(trade, position)| in_words(&agreement, (id, day), position, trade))
        .collect()
}

/// The trades of a day that carry a reference as a person writes it: as many as a page has, at most.
pub fn with_reference(id: AgreementId, day: BusinessDay, reference: &str) -> Vec<TradeInWords> {
    let (Some(agreement), Ok(reference)) =
        (Registry::agreement(id), label::read_reference(reference))
    else {
        return Vec::new();
    };
    views::find_by_reference(id, day, reference)
        .iter()
        .take(PAGE_SIZE as usize)
        .map(|(position, trade)| in_words(&agreement, (id, day), *position, trade))
        .collect()
}

fn in_words(
    agreement: &AgreementView,
    (id, day): (AgreementId, BusinessDay),
    position: u32,
    trade: &Trade,
) -> TradeInWords {
    let is_of_amendment = trade.id.is_of_amendment();
    let link = (is_of_amendment || trade.kind == Kind::Refund)
        .then(|| Trades::link(id, day, position))
        .flatten();
    let (refund_of, amendment) = if is_of_amendment {
        (None, Some(amends(link.as_ref())))
    } else {
        (link.map(|link| payment(&link.original)), None)
    };
    TradeInWords {
        position,
        kind: trade.kind,
        client: name_of(Trades::client_of(id, day, position, trade)),
        sequence: trade.id.sequence,
        payer: label::show_user(&trade.user),
        reference: label::show_reference(&trade.reference),
        product: trade.product,
        gross: AmountInWords::new(agreement, trade.gross),
        debit: AmountInWords::new(agreement, trade.debit),
        credit: AmountInWords::new(agreement, trade.credit),
        time: local(agreement, trade.occurred_at),
        refund_of,
        amendment,
    }
}

/// What an amendment put right by a trade with this link.
fn amends(link: Option<&Link>) -> String {
    let Some(link) = link else {
        return "records a payment that was not recorded".into();
    };
    let payment = payment(&link.original);
    match link.relation {
        // Clients give back; an amendment cancels.
        Relation::Refund => format!("gives back from {payment}"),
        Relation::Cancellation => format!("takes back what was left of {payment}"),
        Relation::UndoneRefund => format!("puts back what a refund gave back of {payment}"),
        Relation::UndoneCancellation => {
            format!("puts back what a cancellation took of {payment}")
        }
        Relation::Replacement => format!("states right {payment}"),
    }
}

/// A payment by its id and its place.
fn payment(original: &Original) -> String {
    let Original { id, day, position } = *original;
    let day = date::show(day);
    if id.is_of_amendment() {
        let sequence = id.sequence;
        format!("payment {sequence} of amendments, {day}, position {position}")
    } else {
        let client = name_of(id.client);
        let sequence = id.sequence;
        format!("payment {sequence} of client {client}, {day}, position {position}")
    }
}
