//! How far the worker of a side is: the first day that it is not done with, and the earlier days
//! that only wait for their payment, or for the late proof of the side.
//!
//! Whoever owes for a day may leave it unpaid for as long as it likes. So a day whose book is final is put
//! down by its number alone, and a run looks at a few of these days, whether they are paid. So is a day
//! whose side defaulted: its party may commit late, weeks after the deadline.

use super::{database::StoredBook, day_result, Left};
use crate::Config;
use alloc::vec::Vec;
use counterfoil_primitives::{
    book_storage::{Cursor, Item},
    ports::{Obligations, SideView},
    AgreementId, BusinessDay, Side, SideId,
};
use sp_runtime::SaturatedConversion;

/// Unpaid days that a run looks at.
pub const UNPAID_PER_RUN: usize = 16;

/// The cursor, or the agreement's first day where it is lost or makes no sense.
pub fn read(agreement: AgreementId, side: Side, first: BusinessDay, today: BusinessDay) -> Cursor {
    let mut cursor: Cursor = place(agreement, side)
        .read(Item::Cursor)
        .filter(|cursor: &Cursor| (first..=today.next()).contains(&cursor.next))
        .unwrap_or(Cursor {
            next: first,
            ..Default::default()
        });
    let done = first..cursor.next;
    cursor.unpaid.retain(|day| done.contains(day));
    cursor
}

/// Sets the cursor.
pub fn write(agreement: AgreementId, side: Side, cursor: &Cursor) {
    place(agreement, side).write(Item::Cursor, cursor);
}

/// Looks at the next few unpaid days. Those that are paid are done with, once the party is told. A day
/// whose side defaulted is tended by `tend`, which returns nothing where the run has no time for it.
pub(super) fn tend_unpaid<T: Config>(
    agreement: AgreementId,
    side: Side,
    unpaid: &mut Vec<BusinessDay>,
    mut tend: impl FnMut(BusinessDay) -> Option<Left>,
) {
    let turns = unpaid.len().div_ceil(UNPAID_PER_RUN).max(1);
    let block: u64 = frame_system::Pallet::<T>::block_number().saturated_into();
    let turn = (block % turns as u64) as usize;
    let mut at = 0;
    unpaid.retain(|day| {
        let is_its_turn = at / UNPAID_PER_RUN == turn;
        at += 1;
        if !is_its_turn {
            return true;
        }
        let side_id = SideId::new(agreement, *day, side);
        if T::Sides::has_defaulted(side_id) {
            return tend(*day) != Some(Left::Nothing);
        }
        let is_paid = T::Obligations::is_settled(agreement, *day);
        if is_paid {
            day_result::write::<T>(side_id, T::Sides::side_status(side_id));
        }
        !is_paid
    });
}

/// Where the cursor of a side lies: beside the books, at a day of zero.
fn place(agreement: AgreementId, side: Side) -> StoredBook {
    StoredBook(SideId::new(agreement, BusinessDay::default(), side))
}
