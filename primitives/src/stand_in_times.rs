//! When the parties' nodes stand in for a reconciler that does not report, and may default a side.

use crate::{AgreementView, BusinessDay, Moment};

impl AgreementView {
    /// When the parties' nodes begin to report what the reconciler has not reported of `day`, where T+1 is
    /// open.
    pub fn stand_in_of(&self, day: BusinessDay) -> Option<Moment> {
        let preset = self.preset_of(day)?;
        Some(preset.saturating_add(self.millis_to_deadline() / 2))
    }

    /// When a party's node may default a side of `day` whose book it cannot fetch, where T+1 is open.
    pub fn stand_in_defaults_of(&self, day: BusinessDay) -> Option<Moment> {
        let deadline = self.deadline_of(day)?;
        Some(deadline.saturating_add(self.millis_to_deadline() / 2))
    }
}
