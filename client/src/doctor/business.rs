//! What is on chain of the agreements that name the member.

use crate::chain::views::Agreement;
use counterfoil_primitives::{
    amendment::Proposal, awaited_of_day::WaitingDay, calendar::CalendarView,
    conditions::version_on, settlement::ObligationView, AgreementId, BusinessDay, CalendarName,
    CalendarNames, MemberId, Moment, SideId,
};
use std::collections::BTreeSet;

/// Days back that are looked at: a side may be proven late for thirty days.
const DAYS_BACK: u32 = 40;

/// An agreement that names the member.
#[derive(Clone, Debug)]
pub struct Named {
    /// The agreement.
    pub agreement: Agreement,
    /// Its last days that wait for something and are not settled, ascending.
    pub days: Vec<WaitingDay>,
    /// The proposals of amendments that wait, with their numbers.
    pub proposals: Vec<(u32, Proposal)>,
    /// What is owed and not paid.
    pub obligations: Vec<ObligationView>,
    /// The calendars that it goes by today or later.
    pub calendars: BTreeSet<CalendarName>,
}

/// What waits for the member, and when that was read.
#[derive(Clone, Debug)]
pub struct Business {
    /// The member.
    pub member: MemberId,
    /// The time of the block that was read.
    pub now: Moment,
    /// The day of that, by UTC.
    pub today: BusinessDay,
    /// The agreements that name the member.
    pub agreements: Vec<Named>,
    /// All calendars.
    pub calendars: Vec<CalendarView>,
}

impl Business {
    /// The agreements that suspended the member as their client.
    pub(super) fn suspended(&self) -> Vec<AgreementId> {
        let agreements = self.agreements.iter().map(|named| &named.agreement);
        agreements
            .filter(|agreement| agreement.view.is_suspended(self.member))
            .map(|agreement| agreement.id)
            .collect()
    }
}

/// A side of the member, of a day that came due if one did: its own book to ask for at its endpoint. `None`
/// where the member is a party of no agreement.
pub(super) fn own_side(business: &Business) -> Option<SideId> {
    let of = |named: &Named| {
        let agreement = &named.agreement;
        let side = agreement.side_of(business.member).ok()?;
        let (first, close) = (agreement.view.first_day, agreement.view.close());
        // Two days back the preset time has passed by every offset, unless the days since are closed.
        let past = BusinessDay(business.today.0.saturating_sub(2)).max(first);
        let day = close.map_or(past, |close| past.min(close.previous()));
        Some(agreement.side_id(day, side))
    };
    let sides = business.agreements.iter().filter_map(of);
    sides.min_by_key(|side_id| side_id.day)
}

/// The first day to look at, where it is `today`.
pub(super) fn since(today: BusinessDay) -> BusinessDay {
    BusinessDay(today.0.saturating_sub(DAYS_BACK))
}

/// The names in versions of calendars that are in force on `today` or later.
pub(super) fn names_from(
    versions: &[(BusinessDay, CalendarNames)],
    today: BusinessDay,
) -> BTreeSet<CalendarName> {
    let current = version_on(versions, today).unwrap_or_default();
    let later = versions.iter().skip(current);
    later.flat_map(|(_, names)| names.iter().cloned()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{doctor::examples, testing};
    use counterfoil_primitives::{AgreementView, Side};

    const TODAY: BusinessDay = BusinessDay(20_780);

    /// An agreement that closes a day after its end, where it ends.
    fn agreement(first: u32, end: Option<u32>) -> Agreement {
        testing::agreement(AgreementView {
            end: end.map(BusinessDay),
            refund_days: 1,
            amend_days: 0,
            ..testing::agreement_view(BusinessDay(first))
        })
    }

    #[test]
    fn days_are_looked_at_for_forty_days() {
        assert_eq!(since(TODAY), BusinessDay(20_740));
        assert_eq!(since(BusinessDay(39)), BusinessDay(0));
    }

    #[test]
    fn the_members_own_book_is_asked_for_of_a_day_that_came_due() {
        let day = |first: u32, end: Option<u32>| {
            let mut business = examples::business(0);
            business.today = TODAY;
            business.agreements[0].agreement = agreement(first, end);
            own_side(&business).map(|side_id| (side_id.day.0, side_id.side))
        };
        assert_eq!(day(20_000, None), Some((20_778, Side::Credit)));
        assert_eq!(day(20_780, None), Some((20_780, Side::Credit)));
        assert_eq!(day(20_000, Some(20_699)), Some((20_699, Side::Credit)));
    }

    #[test]
    fn a_member_that_is_no_party_has_no_book_to_ask_for() {
        let mut business = examples::business(0);
        business.member = 4;
        assert_eq!(own_side(&business), None);
    }

    #[test]
    fn calendars_count_from_the_version_of_today_on() {
        let names =
            |name: &str| CalendarNames::try_from(vec![CalendarName::truncated(name)]).unwrap();
        let versions = [
            (BusinessDay(20_000), names("OLD")),
            (BusinessDay(20_700), names("CZ")),
            (BusinessDay(20_900), names("SK")),
        ];
        let found: Vec<String> = names_from(&versions, TODAY)
            .iter()
            .map(ToString::to_string)
            .collect();
        assert_eq!(found, ["CZ", "SK"]);
        assert_eq!(names_from(&versions, BusinessDay(1)).len(), 3);
    }
}
