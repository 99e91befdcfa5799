//! What the council decides, and what who issues the asset does.

use super::Settling;
use counterfoil_primitives::{AgreementId, Amount, MemberId, ProductId};

#[derive(Clone, Copy, Debug)]
pub enum Admin {
    Terms(ProductId, u32),
    Limits {
        pages: u32,
        extras: u32,
        deadline: u32,
        late: u32,
        refund_days: u16,
        amend_days: u16,
        answer_days: u16,
        max_gross: Option<Amount>,
    },
    Clients(u8),
    Conditions {
        ahead: u32,
        offset: i16,
        settling: Settling,
    },
    Product(ProductId),
    Agreement(AgreementId),
    Register,
    Remove(MemberId),
    Replace(MemberId),
    Account {
        member: MemberId,
        ahead: u32,
    },
    /// Objects to what a member asked for, as it is when this is proposed.
    Object(MemberId),
    Reconciler {
        member: MemberId,
        ahead: u32,
    },
    End(u32),
    /// Names who succeeds a client, or nobody.
    Successor {
        client: MemberId,
        successor: Option<MemberId>,
    },
    /// Sets the only calendar, which is closed on the day so far after today, and on this many after it.
    Calendar {
        ahead: u32,
        closed: u32,
    },
    RemoveCalendar,
    /// Lets the agreement go by the calendar, or by none, from the day so far after today.
    Calendars {
        ahead: u32,
        named: bool,
    },
    /// Sets conditions for two days, the first so far after today.
    ConditionsByDay {
        ahead: u32,
        offset: i16,
        settling: [Settling; 2],
    },
    /// The seats of these bits, of the members from 1 on, and how many more than half carry.
    Seats {
        mask: u8,
        more: u32,
    },
    /// The validators of these bits, of the members from 1 on.
    Validators(u8),
    EndSession,
    /// A stall that is noted with this delay, and the best of this many blocks before the current one.
    NoteStalled {
        delay: u32,
        before: u32,
    },
    Mint,
    Burn,
    /// Freezes the account that the debtor of the current day pays from.
    Freeze,
    Thaw,
    /// Destroys the asset in which agreements are paid.
    Destroy,
}
