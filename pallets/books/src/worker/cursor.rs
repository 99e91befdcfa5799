//! The first day of a side that the worker is not done with.

use super::database::BookId;
use counterfoil_primitives::{store::Item, AgreementId, BusinessDay, Side};

/// The cursor, or the agreement's first day where it is lost or makes no sense.
pub fn read(
    agreement: AgreementId,
    side: Side,
    first: BusinessDay,
    today: BusinessDay,
) -> BusinessDay {
    place(agreement, side)
        .read(Item::Cursor)
        .filter(|day| (first..=today.next()).contains(day))
        .unwrap_or(first)
}

/// Sets the cursor.
pub fn write(agreement: AgreementId, side: Side, next: BusinessDay) {
    place(agreement, side).write(Item::Cursor, &next);
}

fn place(agreement: AgreementId, side: Side) -> BookId {
    BookId {
        agreement,
        day: BusinessDay::default(),
        side,
    }
}
