//! What the council decides, a decision for each call.

use super::{super::operation::Settling, *};
use counterfoil_primitives::settlement::Period;

/// Day by day, in the asset.
const PLAINLY: Settling = Settling {
    period: Period::Day,
    outside: false,
    limits: None,
};

/// What the council decides.
pub const DECISIONS: [(&str, Admin); 21] = [
    ("registry.register_member", Admin::Register),
    ("registry.remove_member", Admin::Remove(DRIFTER)),
    ("registry.create_agreement", Admin::Agreement(3)),
    (
        "registry.set_conditions",
        Admin::Conditions {
            ahead: 1,
            offset: 0,
            settling: PLAINLY,
        },
    ),
    ("registry.set_clients", Admin::Clients(7)),
    (
        "registry.set_limits",
        Admin::Limits {
            pages: 1,
            extras: 1,
            deadline: 1,
            late: 1,
            refund_days: 1,
            amend_days: 365,
            answer_days: 10,
            max_gross: None,
        },
    ),
    ("registry.set_terms", Admin::Terms(1, 1)),
    ("registry.add_product", Admin::Product(5)),
    ("registry.replace_operator", Admin::Replace(2)),
    (
        "registry.set_account",
        Admin::Account {
            member: 2,
            ahead: 3,
        },
    ),
    (
        "registry.set_reconciler",
        Admin::Reconciler {
            member: 9,
            ahead: 1,
        },
    ),
    ("registry.end_agreement", Admin::End(1)),
    (
        "registry.name_successor",
        Admin::Successor {
            client: 1,
            successor: Some(5),
        },
    ),
    (
        "registry.set_calendar",
        Admin::Calendar {
            ahead: 2,
            closed: 1,
        },
    ),
    ("registry.remove_calendar", Admin::RemoveCalendar),
    (
        "registry.set_calendars",
        Admin::Calendars {
            ahead: 1,
            named: false,
        },
    ),
    (
        "registry.set_conditions_by_day",
        Admin::ConditionsByDay {
            ahead: 1,
            offset: 0,
            settling: [PLAINLY; 2],
        },
    ),
    ("council.set_seats", Admin::Seats { mask: 14, more: 0 }),
    ("validators.set_validators", Admin::Validators(1)),
    ("validators.end_session", Admin::EndSession),
    (
        "validators.note_stalled",
        Admin::NoteStalled {
            delay: 5,
            before: 5,
        },
    ),
];
