//! What the council decides, and what who issues the asset does.

use super::{
    super::{members::CALLERS, operation::Admin},
    client,
    settling::settling,
};
use proptest::{option, prelude::*, sample::select};
use std::ops::Range;

/// Limits that an agreement may have. For how many days it takes refunds, and amendments, is drawn from
/// `days`.
pub(super) fn limits(days: Range<u16>) -> impl Strategy<Value = Admin> {
    let minutes = (60u32..1_500, 0u32..6_000);
    let days = (days.clone(), days, 1u16..10);
    let max_gross = option::weighted(0.3, 0u128..3_000_000);
    (1u32..3, 1u32..6, minutes, days, max_gross).prop_map(
        |(pages, extras, minutes, days, max_gross)| Admin::Limits {
            pages,
            extras,
            deadline: minutes.0,
            late: minutes.1,
            refund_days: days.0,
            amend_days: days.1,
            answer_days: days.2,
            max_gross,
        },
    )
}

/// Mostly the offset that the first agreement has, so that days begin as they would.
fn offset() -> impl Strategy<Value = i16> {
    prop_oneof![2 => Just(60i16), 1 => -840i16..=840]
}

/// Conditions for two days, and others from then on: so periods of each length end within a history.
fn conditions_by_day() -> impl Strategy<Value = Admin> {
    (0u32..4, offset(), settling(), settling()).prop_map(|(ahead, offset, first, then)| {
        Admin::ConditionsByDay {
            ahead,
            offset,
            settling: [first, then],
        }
    })
}

/// What the council can decide.
pub(super) fn decision() -> impl Strategy<Value = Admin> {
    prop_oneof![
        2 => (1u32..=4, 0u32..1_000_001).prop_map(|(product, rate)| Admin::Terms(product, rate)),
        1 => limits(0..10),
        1 => any::<u8>().prop_map(Admin::Clients),
        2 => (0u32..4, offset(), settling()).prop_map(|(ahead, offset, settling)| {
            Admin::Conditions {
                ahead,
                offset,
                settling,
            }
        }),
        1 => (2u32..6).prop_map(Admin::Product),
        1 => (1u32..5).prop_map(Admin::Agreement),
        2 => Just(Admin::Register),
        2 => CALLERS.prop_map(Admin::Remove),
        1 => CALLERS.prop_map(Admin::Replace),
        1 => (CALLERS, 0u32..5).prop_map(|(member, ahead)| Admin::Account { member, ahead }),
        1 => CALLERS.prop_map(Admin::Object),
        1 => (select(vec![3, 4, 9]), 0u32..4)
            .prop_map(|(member, ahead)| Admin::Reconciler { member, ahead }),
        1 => (0u32..12).prop_map(Admin::End),
        2 => (client(), option::weighted(0.8, client()))
            .prop_map(|(client, successor)| Admin::Successor { client, successor }),
        2 => (0u32..4, 0u32..3).prop_map(|(ahead, closed)| Admin::Calendar { ahead, closed }),
        1 => Just(Admin::RemoveCalendar),
        2 => (0u32..3, any::<bool>())
            .prop_map(|(ahead, named)| Admin::Calendars { ahead, named }),
        2 => conditions_by_day(),
        1 => (any::<u8>(), 0u32..3).prop_map(|(mask, more)| Admin::Seats { mask, more }),
        1 => any::<u8>().prop_map(Admin::Validators),
        1 => Just(Admin::EndSession),
        1 => (0u32..8, 0u32..80)
            .prop_map(|(delay, before)| Admin::NoteStalled { delay, before }),
    ]
}

/// What the council decides, and what who issues the asset does by itself.
pub(super) fn admin() -> impl Strategy<Value = Admin> {
    prop_oneof![
        24 => decision(),
        2 => Just(Admin::Mint),
        1 => Just(Admin::Burn),
        1 => Just(Admin::Freeze),
        1 => Just(Admin::Thaw),
    ]
}
