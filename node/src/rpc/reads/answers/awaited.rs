//! Whom a day waits for, and until when.

use super::super::{
    schema::Schema,
    written::{moment, name},
};
use counterfoil_primitives::{
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    AgreementView, MemberId, Moment, Side, MAX_ROUNDS,
};
use serde_json::{json, Value as Json};

/// The names of what is awaited.
const WHAT: [&str; 7] = [
    "trades",
    "seal",
    "commitment",
    "report",
    "default",
    "late_commitment",
    "late_report",
];

/// What a day waits for.
#[derive(Debug, PartialEq, Eq)]
pub struct Awaited {
    what: &'static str,
    members: Vec<MemberId>,
    side: Option<Side>,
    until: Option<Moment>,
}

/// All that a day waits for, at a time of the chain.
pub fn of_day(agreement: &AgreementView, day: &DaySummary, now: Moment) -> Vec<Awaited> {
    let reconciler: Vec<MemberId> = agreement.reconciler_on(day.day).into_iter().collect();
    if day.status == DayStatus::Open {
        let takes_trades = now < day.cut_off_at;
        let clients = agreement.clients.iter().copied();
        let clients = clients.filter(|client| !agreement.is_suspended(*client));
        return vec![Awaited {
            what: if takes_trades { "trades" } else { "seal" },
            members: match takes_trades {
                true => clients.collect(),
                false => reconciler,
            },
            side: None,
            until: Some(match takes_trades {
                true => day.cut_off_at,
                false => day.preset_at,
            }),
        }];
    }
    let sides = Side::BOTH.into_iter().filter_map(|side| {
        let of_side = side.pick(day.debit, day.credit);
        let (what, until) = of_side_at(&of_side, day, now)?;
        let is_partys = matches!(what, "commitment" | "late_commitment");
        Some(Awaited {
            what,
            members: match is_partys {
                true => vec![agreement.party(side)],
                false => reconciler.clone(),
            },
            side: Some(side),
            until,
        })
    });
    sides.collect()
}

/// What a side of a sealed day waits for, and until when.
fn of_side_at(
    side: &SideSummary,
    day: &DaySummary,
    now: Moment,
) -> Option<(&'static str, Option<Moment>)> {
    let is_over = now >= day.deadline_at;
    let may_commit = side.round < MAX_ROUNDS;
    match side.status {
        SideStatus::Awaited if may_commit && !is_over => {
            let until = match now < day.preset_at {
                true => day.preset_at,
                false => day.deadline_at,
            };
            Some(("commitment", Some(until)))
        }
        SideStatus::Committed if !is_over => Some(("report", Some(day.deadline_at))),
        SideStatus::Awaited | SideStatus::Committed => Some(("default", None)),
        SideStatus::Defaulted if side.too_late => None,
        SideStatus::Defaulted => match side.commitment {
            Some(_) => Some(("late_report", side.late_until)),
            None if may_commit => Some(("late_commitment", side.late_until)),
            None => None,
        },
        SideStatus::Proven { .. } | SideStatus::ProvenLate { .. } | SideStatus::Repaired { .. } => {
            None
        }
    }
}

impl Awaited {
    /// As answers have it.
    pub fn to_json(&self) -> Json {
        json!({
            "what": self.what,
            "members": self.members,
            "side": self.side.map(Side::name),
            "until": self.until.map(moment),
        })
    }
}

/// The schema of [`Awaited::to_json`].
pub fn schema() -> Schema {
    Schema::object([
        (
            "what",
            Schema::names(WHAT),
            "What is awaited; `default`: that the side is marked defaulted.",
        ),
        (
            "members",
            Schema::number().list(),
            "From whom; of trades, from any of them.",
        ),
        (
            "side",
            Schema::names_of(Side::name).or_null(),
            "Of which side; null: of the day.",
        ),
        (
            "until",
            Schema::moment().or_null(),
            "Until when it is in time; null where no time ends it.",
        ),
    ])
}

/// The schema of the states of a day.
pub fn states() -> Schema {
    Schema::names_of(name::<DayStatus>)
}

#[cfg(test)]
mod tests {
    use super::*;
    use counterfoil_primitives::Commitment;

    /// What a side waits for at a time.
    fn at(side: SideSummary, now: Moment) -> Option<(&'static str, Option<Moment>)> {
        of_side_at(&side, &day(), now)
    }

    fn day() -> DaySummary {
        DaySummary {
            cut_off_at: 10,
            preset_at: 20,
            deadline_at: 30,
            ..DaySummary::default()
        }
    }

    fn side(status: SideStatus) -> SideSummary {
        SideSummary {
            status,
            late_until: Some(40),
            ..SideSummary::default()
        }
    }

    #[test]
    fn a_commitment_is_awaited_in_time_and_then_until_the_deadline() {
        let awaited = side(SideStatus::Awaited);
        assert_eq!(at(awaited, 15), Some(("commitment", Some(20))));
        assert_eq!(at(awaited, 20), Some(("commitment", Some(30))));
    }

    #[test]
    fn a_report_is_awaited_of_what_was_committed_to() {
        let committed = side(SideStatus::Committed);
        assert_eq!(at(committed, 15), Some(("report", Some(30))));
    }

    #[test]
    fn after_the_deadline_a_side_waits_for_its_mark() {
        for status in [SideStatus::Awaited, SideStatus::Committed] {
            assert_eq!(at(side(status), 30), Some(("default", None)));
        }
    }

    #[test]
    fn a_party_without_a_round_left_is_not_awaited() {
        let rejected = SideSummary {
            round: MAX_ROUNDS,
            ..side(SideStatus::Awaited)
        };
        assert_eq!(at(rejected, 15), Some(("default", None)));
        let defaulted = SideSummary {
            round: MAX_ROUNDS,
            ..side(SideStatus::Defaulted)
        };
        assert_eq!(at(defaulted, 35), None);
    }

    #[test]
    fn a_defaulted_side_waits_for_a_late_proof_until_its_time_is_over() {
        let silent = side(SideStatus::Defaulted);
        assert_eq!(at(silent, 35), Some(("late_commitment", Some(40))));
        let committed = SideSummary {
            commitment: Some(Commitment::default()),
            ..silent
        };
        assert_eq!(at(committed, 35), Some(("late_report", Some(40))));
        let over = SideSummary {
            too_late: true,
            ..silent
        };
        assert_eq!(at(over, 45), None);
    }

    #[test]
    fn a_proven_side_waits_for_nobody() {
        assert_eq!(at(side(SideStatus::Proven { breaks: 1 }), 15), None);
    }

    #[test]
    fn an_open_day_waits_for_trades_and_then_for_its_seal() {
        let agreement = crate::rpc::reads::tests::example::agreement();
        let open = DaySummary {
            day: agreement.first_day,
            ..day()
        };
        let before = of_day(&agreement, &open, 9);
        assert_eq!((before[0].what, before[0].until), ("trades", Some(10)));
        assert_eq!(before[0].members, agreement.clients);
        let behind = of_day(&agreement, &open, 10);
        assert_eq!((behind[0].what, behind[0].until), ("seal", Some(20)));
        assert_eq!(behind[0].members, [4]);
    }
}
