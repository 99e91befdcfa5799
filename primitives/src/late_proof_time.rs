//! Until when a side that defaulted may be proven late.

use crate::{conditions::version_on, day_times::start_of, AgreementView, BusinessDay, Moment};

impl AgreementView {
    /// Until when a side of `day` that defaulted may be proven late: the end of the business day `late_days`
    /// after it, closed days included, and never before the day's deadline.
    pub fn late_until(&self, day: BusinessDay, late_days: u16, deadline: Moment) -> Option<Moment> {
        version_on(&self.conditions, day)?;
        let after = BusinessDay(day.0.saturating_add(late_days.into())).next();
        let end = start_of(&self.conditions, after)?;
        Some(end.max(deadline))
    }
}
