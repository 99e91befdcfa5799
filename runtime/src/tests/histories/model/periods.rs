//! Which days one payment covers, by rules of the model's own. Only when a day comes due, and which
//! conditions it has, is asked of the registry.

use super::{has_closed, Model};
use crate::Registry;
use counterfoil_primitives::{
    ports::Directory,
    settlement::{Period, SettlementPeriod},
    written::date,
    AgreementId, AgreementView, BusinessDay,
};

/// An agreement, and the first day of a settlement period.
pub type PeriodKey = (AgreementId, BusinessDay);

/// Whether a day goes on with the settlement period of the day before.
fn goes_on(id: AgreementId, agreement: &AgreementView, day: BusinessDay) -> bool {
    if day <= agreement.first_day || has_closed(agreement, day) {
        return false;
    }
    let before = day.previous();
    let [of_before, of_day] = [before, day].map(|day| {
        let conditions = agreement.conditions_on(day);
        *conditions.expect("the agreement has begun")
    });
    let is_same = of_before.period == of_day.period && of_before.rail == of_day.rail;
    is_same
        && match of_day.period {
            Period::Day => false,
            Period::WorkingDay => Registry::due_with(id, before) == Registry::due_with(id, day),
            Period::Month => date::show(before)[..7] == date::show(day)[..7],
        }
}

/// The settlement period of a day of an agreement.
pub fn period_of(id: AgreementId, agreement: &AgreementView, day: BusinessDay) -> SettlementPeriod {
    let (mut first, mut last) = (day, day);
    while goes_on(id, agreement, first) {
        first = first.previous();
    }
    while goes_on(id, agreement, last.next()) {
        last = last.next();
    }
    SettlementPeriod { first, last }
}

impl Model {
    /// The key of the settlement period of a day.
    pub fn period(&self, id: AgreementId, day: BusinessDay) -> PeriodKey {
        let agreement = Registry::agreement(id).expect("it is there");
        (id, period_of(id, &agreement, day).first)
    }
}
