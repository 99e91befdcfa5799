//! A day that is closed in a calendar of an agreement.
//!
//! Which days are open is said of days that have not begun. A scenario has days that have: its calendar is
//! written past the registry, as if the council had set it in time.

use crate::{
    agreement::{registry, TestAgreement},
    chain::Chain,
    submit::as_administrator,
};
use anyhow::{anyhow, Result};
use codec::Encode;
use counterfoil_primitives::{
    calendar::CalendarDates, BusinessDay, CalendarName, CalendarNames, WorkingDays,
};
use counterfoil_runtime::{Runtime, RuntimeCall};
use pallet_registry::{AgreementCalendars, CalendarsNamedBy, Call};

/// Lets an agreement go by a calendar of its own from its day on, in which `closed` alone is closed.
pub async fn close(chain: &Chain, agreement: &TestAgreement, closed: BusinessDay) -> Result<()> {
    as_administrator(chain, closing(agreement, closed)?).await?;
    Ok(())
}

/// The calls that let an agreement go by such a calendar.
pub fn closing(agreement: &TestAgreement, closed: BusinessDay) -> Result<Vec<RuntimeCall>> {
    let name = CalendarName::truncated(&format!("closed-{}", agreement.id));
    let dates = CalendarDates::try_from(vec![(closed, false)])
        .map_err(|_| anyhow!("the calendar has too many dates"))?;
    let names = CalendarNames::try_from(vec![name.clone()])
        .map_err(|_| anyhow!("the agreement has too many calendars"))?;
    let set = registry(Call::set_calendar {
        name: name.clone(),
        weekly: WorkingDays::ALL,
        dates,
        filled_until: closed,
    });
    let written = frame_system::Call::<Runtime>::set_storage {
        items: vec![
            (
                AgreementCalendars::<Runtime>::hashed_key_for(agreement.id),
                vec![(agreement.day(), names)].encode(),
            ),
            (
                CalendarsNamedBy::<Runtime>::hashed_key_for(name),
                1_u32.encode(),
            ),
        ],
    };
    Ok(vec![set, RuntimeCall::System(written)])
}
