//! Days whose book or commitment the chain awaits of the member.

use super::{
    business::{Business, Named},
    finding::{each_or_nothing, Finding},
};
use crate::{
    chain::views::Agreement,
    time::{day_text, moment_text},
};
use counterfoil_primitives::{
    awaited_of_day::{WaitingDay, What},
    summary::DaySummary,
    MemberId, Moment, Side, Source,
};

/// The check's name.
const CHECK: &str = "days";

/// What is found of days of the agreements that the member is a party of.
pub(super) fn findings(business: &Business) -> Vec<Finding> {
    let of = |named: &Named| -> Vec<Finding> {
        let Ok(side) = named.agreement.side_of(business.member) else {
            return Vec::new();
        };
        let days = named.days.iter();
        days.filter_map(|day| finding(&named.agreement, day, side, business))
            .collect()
    };
    let waiting = business.agreements.iter().flat_map(of).collect();
    each_or_nothing(CHECK, waiting, "no day awaits a book or a commitment")
}

/// What the chain awaits of a side.
enum Awaited {
    /// A commitment, until a moment.
    InTime(Moment),
    /// A commitment that is late, until a moment; none where the deadline has passed and the side is not
    /// marked yet.
    Late(Option<Moment>),
}

/// What a waiting day awaits of a side's party, by what it waits for.
fn awaited(waiting: &WaitingDay, side: Side) -> Option<Awaited> {
    let WaitingDay { summary, awaited } = waiting;
    let of_side = side.pick(&summary.debit, &summary.credit);
    awaited.iter().find_map(|one| match one.what {
        What::Commitment(of) if of == side => Some(Awaited::InTime(summary.deadline_at)),
        What::LateCommitment(of) if of == side => Some(Awaited::Late(one.until)),
        // A late commitment may follow the mark; after its last round a party has none left.
        What::Default(of) if of == side && of_side.may_still_choose() => Some(Awaited::Late(None)),
        _ => None,
    })
}

fn finding(
    agreement: &Agreement,
    waiting: &WaitingDay,
    side: Side,
    business: &Business,
) -> Option<Finding> {
    let Business { member, now, .. } = business;
    let awaited = awaited(waiting, side)?;
    let day = &waiting.summary;
    let conditions = agreement.view.conditions_on(day.day)?;
    let is_ledger = conditions.source(side) == Source::Ledger;
    // The node commits by itself between cut-off and preset time.
    if !is_ledger && *now < day.preset_at {
        return None;
    }
    let time = |moment| moment_text(moment, agreement.offset_minutes(day.day.next()));
    let until = match awaited {
        Awaited::InTime(deadline) => format!("until {}", time(deadline)),
        Awaited::Late(Some(end)) => {
            format!(
                "since the deadline, and may be proven late until {}",
                time(end)
            )
        }
        Awaited::Late(None) => "since the deadline".into(),
    };
    let place = format!("agreement {}, {}", agreement.id, day_text(day.day));
    Some(Finding::warning(
        CHECK,
        match is_ledger {
            true => format!("{place}: the ledger of member {member} is awaited {until}"),
            false => format!("{place}: the commitment of member {member} is awaited {until}"),
        },
        remedy(agreement, day, is_ledger, *member),
    ))
}

fn remedy(agreement: &Agreement, day: &DaySummary, is_ledger: bool, member: MemberId) -> String {
    let place = format!("--agreement {} --day {}", agreement.id, day_text(day.day));
    if is_ledger {
        return format!(
            "`counterfoil book import {place} --file FILE --mapping FILE --confirm`, if it is not confirmed \
             yet; `counterfoil book show {place}` says."
        );
    }
    format!(
        "See that the node runs and acts for member {member}; `counterfoil book show {place}` names what \
         keeps it from committing."
    )
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::doctor::{examples, State};
    use counterfoil_primitives::{
        awaited_of_day::of_day,
        summary::{DayStatus, SideStatus, SideSummary},
        AgreementView, MAX_ROUNDS,
    };

    const CUT_OFF: Moment = 1_000;
    const PRESET: Moment = 2_000;
    const DEADLINE: Moment = 3_000;

    fn day(status: DayStatus, credit: SideSummary) -> DaySummary {
        DaySummary {
            day: examples::DAY,
            status,
            cut_off_at: CUT_OFF,
            preset_at: PRESET,
            deadline_at: DEADLINE,
            credit,
            ..Default::default()
        }
    }

    /// A day, as the chain answers with it at `now`.
    fn waiting(agreement: &AgreementView, summary: DaySummary, now: Moment) -> WaitingDay {
        let awaited = of_day(agreement, &summary, now);
        WaitingDay { summary, awaited }
    }

    fn side(status: SideStatus) -> SideSummary {
        SideSummary {
            status,
            ..Default::default()
        }
    }

    /// What is found of a day for the bank, whose book comes from `source`.
    fn found_of(source: Source, summary: DaySummary, now: Moment) -> Vec<Finding> {
        let mut business = examples::business(now);
        let named = &mut business.agreements[0];
        named.agreement.view.conditions[0].1.credit_source = source;
        named.days = vec![waiting(&named.agreement.view, summary, now)];
        findings(&business)
    }

    /// The same, of a day that is sealed.
    fn found(source: Source, credit: SideSummary, now: Moment) -> Vec<Finding> {
        found_of(source, day(DayStatus::Sealed, credit), now)
    }

    fn states(source: Source, status: SideStatus, now: Moment) -> Vec<State> {
        let found = found(source, side(status), now);
        found.iter().map(|found| found.state).collect()
    }

    #[test]
    fn a_day_that_is_not_sealed_awaits_no_book() {
        for now in [CUT_OFF - 1, CUT_OFF] {
            let open = day(DayStatus::Open, side(SideStatus::Awaited));
            let found = found_of(Source::Ledger, open, now);
            assert_eq!(found[0].state, State::Ok);
            assert!(found[0].found.contains("no day awaits"));
        }
    }

    #[test]
    fn a_ledger_is_awaited_from_the_seal_on() {
        let found = found(Source::Ledger, side(SideStatus::Awaited), CUT_OFF);
        assert_eq!(found[0].state, State::Warning);
        assert!(found[0]
            .found
            .contains("the ledger of member 3 is awaited until"));
        let remedy = found[0].remedy.as_ref().unwrap();
        assert!(
            remedy.contains("book import --agreement 7 --day 2026-11-23"),
            "{remedy}"
        );
    }

    #[test]
    fn a_node_has_until_the_preset_time_to_commit_by_itself() {
        let states = |now| states(Source::Received, SideStatus::Awaited, now);
        assert_eq!(states(PRESET - 1), [State::Ok]);
        assert_eq!(states(PRESET), [State::Warning]);
    }

    #[test]
    fn after_the_deadline_it_is_said_until_when_a_late_proof_counts() {
        let late = SideSummary {
            late_until: Some(DEADLINE + 86_400_000),
            ..side(SideStatus::Defaulted)
        };
        let marked = found(Source::Ledger, late, DEADLINE);
        assert!(
            marked[0].found.contains("proven late until 1970-01-02"),
            "{}",
            marked[0].found
        );
        let unmarked = found(Source::Ledger, side(SideStatus::Awaited), DEADLINE);
        assert!(unmarked[0].found.ends_with("since the deadline"));
    }

    #[test]
    fn what_is_committed_proven_or_too_late_awaits_nothing() {
        for status in [SideStatus::Committed, SideStatus::Proven { breaks: 2 }] {
            assert_eq!(states(Source::Ledger, status, PRESET), [State::Ok]);
        }
        let over = SideSummary {
            too_late: true,
            ..side(SideStatus::Defaulted)
        };
        assert_eq!(found(Source::Ledger, over, DEADLINE)[0].state, State::Ok);
    }

    #[test]
    fn a_party_without_a_round_left_has_nothing_to_commit_to() {
        let rejected = SideSummary {
            round: MAX_ROUNDS,
            ..side(SideStatus::Awaited)
        };
        let found = found(Source::Ledger, rejected, PRESET);
        assert_eq!(found[0].state, State::Ok);
    }

    #[test]
    fn the_other_partys_side_is_not_the_members() {
        let mut business = examples::business(DEADLINE);
        business.member = 4;
        let of_day = day(DayStatus::Sealed, side(SideStatus::Awaited));
        let named = &mut business.agreements[0];
        named.days = vec![waiting(&named.agreement.view, of_day, DEADLINE)];
        assert_eq!(findings(&business)[0].state, State::Ok);
    }
}
