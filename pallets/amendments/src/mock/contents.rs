//! Contents of proposals, and what they come to.

use super::*;
use crate::pricing;
use counterfoil_primitives::{
    amendment::{Content, Correction, MissingPayment, PageSpan, Selection, Span},
    ports::Directory,
    Amount, BusinessDay, DayTotals, MemberId, ProductId, Reference, Sequence, Trade, UserId,
};
use frame_support::BoundedVec;

/// Cancels the trades on these spans of positions of the first day.
pub fn cancel(spans: &[(u32, u32)]) -> Content {
    cancel_on(FIRST, spans)
}

/// Cancels the trades on these spans of positions of a day.
pub fn cancel_on(day: BusinessDay, spans: &[(u32, u32)]) -> Content {
    let spans: Vec<Span> = spans
        .iter()
        .map(|(first, last)| Span {
            first: *first,
            last: *last,
        })
        .collect();
    Content::Cancel {
        day,
        selection: Selection::Positions(BoundedVec::truncate_from(spans)),
    }
}

/// Cancels the trades of a client's sequences on pages of the first day.
pub fn cancel_sequences(
    client: MemberId,
    (first, last): (Sequence, Sequence),
    (first_page, last_page): (u32, u32),
) -> Content {
    Content::Cancel {
        day: FIRST,
        selection: Selection::Sequences {
            client,
            first,
            last,
            pages: PageSpan {
                first: first_page,
                last: last_page,
            },
        },
    }
}

/// A payment as it is right: of this gross amount, else as [`record`] records it.
pub fn right(position: u32, gross: Amount) -> Correction {
    Correction {
        position,
        user: UserId::from_text("user").unwrap(),
        product: PRODUCT,
        gross,
        occurred_at: at(0, 10, 0),
    }
}

/// Replaces payments of the first day.
pub fn replace(corrections: Vec<Correction>) -> Content {
    Content::Replace {
        day: FIRST,
        corrections: BoundedVec::truncate_from(corrections),
    }
}

/// A payment of [`CLIENT`] at ten on the first day that was never recorded. Its reference is that of the
/// payment of this sequence.
pub fn missing(sequence: Sequence, gross: Amount) -> MissingPayment {
    MissingPayment {
        client: CLIENT,
        reference: Reference(u128::from(sequence).to_be_bytes()),
        user: UserId::from_text("user").unwrap(),
        product: PRODUCT,
        gross,
        occurred_at: at(0, 10, 0),
    }
}

/// Records payments that were never recorded.
pub fn supplement(payments: Vec<MissingPayment>) -> Content {
    Content::Supplement {
        payments: BoundedVec::truncate_from(payments),
    }
}

/// The totals of these positions of a day; positions without a trade count nothing.
pub fn totals_of(day: BusinessDay, positions: impl IntoIterator<Item = u32>) -> DayTotals {
    let trades = stored(day);
    let mut totals = DayTotals::default();
    for position in positions {
        if let Some(trade) = trades.get(position as usize) {
            totals.add(trade);
        }
    }
    totals
}

/// What a content comes to. Its day may be one that the call refuses.
pub fn stated(content: &Content) -> DayTotals {
    match content {
        Content::Cancel { day, selection } => {
            let is_named = |(position, trade): &(u32, Trade)| selection.names(*position, trade);
            let trades = stored(*day);
            let named = (0..).zip(trades).filter(is_named);
            totals_of(*day, named.map(|(position, _)| position))
        }
        Content::Replace { day, corrections } => {
            totals_of(*day, corrections.iter().map(|right| right.position))
        }
        Content::Supplement { payments } => {
            let mut totals = DayTotals::default();
            for payment in payments {
                add(
                    &mut totals,
                    payment.product,
                    payment.gross,
                    payment.occurred_at,
                );
            }
            totals
        }
    }
}

/// Adds a payment by the terms of its day, if there are any.
fn add(totals: &mut DayTotals, product: ProductId, gross: Amount, occurred_at: Moment) {
    let agreement = Registry::agreement(AGREEMENT).unwrap();
    let terms = agreement
        .day_of(occurred_at)
        .and_then(|day| Registry::terms_on(AGREEMENT, product, day));
    if let Some((_, terms)) = terms {
        pricing::count(&mut totals.payments, gross, terms.amounts(gross));
    }
}
