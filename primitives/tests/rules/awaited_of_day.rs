//! What a day waits for, from whom, and until when; and who has to act, so that an obligation is paid.

use crate::refund;
use counterfoil_primitives::{
    awaited_of_day::{of_day, of_payment, Awaited, What},
    settlement::{Obligation, ObligationView, Rail, SettlementPeriod, Waiting},
    summary::{DayStatus, DaySummary, SideStatus, SideSummary},
    AgreementView, BusinessDay, Commitment, MemberId, Moment, Side, MAX_ROUNDS,
};

const CLIENT: MemberId = 1;
const COMPANY: MemberId = 2;
const BANK: MemberId = 3;
const RECONCILER: MemberId = 4;
const SECOND_CLIENT: MemberId = 5;
/// Who may report and mark a side.
const REPORTERS: [MemberId; 3] = [RECONCILER, COMPANY, BANK];

const DAY: BusinessDay = BusinessDay(20_000);
const CUT_OFF: Moment = 10;
const PRESET: Moment = 20;
const DEADLINE: Moment = 30;
const LATE_UNTIL: Moment = 40;

/// The sample agreement with a second client.
fn agreement() -> AgreementView {
    AgreementView {
        clients: vec![CLIENT, SECOND_CLIENT],
        ..refund::agreement()
    }
}

fn open_day() -> DaySummary {
    DaySummary {
        day: DAY,
        cut_off_at: CUT_OFF,
        preset_at: PRESET,
        deadline_at: DEADLINE,
        ..DaySummary::default()
    }
}

fn side(status: SideStatus) -> SideSummary {
    SideSummary {
        status,
        late_until: Some(LATE_UNTIL),
        ..SideSummary::default()
    }
}

/// A side of this state after that many rejected books.
fn in_round(status: SideStatus, round: u8) -> SideSummary {
    SideSummary {
        round,
        ..side(status)
    }
}

/// What `agreement` waits for on the open day.
fn of_open(agreement: &AgreementView, now: Moment) -> Awaited {
    let mut awaited = of_day(agreement, &open_day(), now);
    assert_eq!(awaited.len(), 1);
    awaited.remove(0)
}

/// What the bank's side of a sealed day waits for, whose company's side waits for nothing.
fn of_bank(credit: SideSummary, now: Moment) -> Option<Awaited> {
    let day = DaySummary {
        status: DayStatus::Sealed,
        debit: side(SideStatus::Proven { breaks: 0 }),
        credit,
        ..open_day()
    };
    let mut awaited = of_day(&agreement(), &day, now);
    assert!(awaited.len() <= 1);
    awaited.pop()
}

fn expected(
    what: What,
    from: impl Into<Vec<MemberId>>,
    until: Option<Moment>,
    is_late: bool,
) -> Awaited {
    Awaited {
        what,
        from: from.into(),
        until,
        is_late,
    }
}

#[test]
fn an_open_day_waits_for_trades_until_the_cut_off() {
    let clients = [CLIENT, SECOND_CLIENT];
    let trades = expected(What::Trades, clients, Some(CUT_OFF), false);
    assert_eq!(of_open(&agreement(), CUT_OFF - 1), trades);
}

#[test]
fn from_the_cut_off_on_a_day_waits_for_its_seal_which_is_late_from_the_preset_time_on() {
    for (now, is_late) in [(CUT_OFF, false), (PRESET - 1, false), (PRESET, true)] {
        let seal = expected(What::Seal, [RECONCILER], Some(PRESET), is_late);
        assert_eq!(of_open(&agreement(), now), seal);
    }
}

#[test]
fn of_a_suspended_client_nothing_is_awaited() {
    let agreement = AgreementView {
        suspended: vec![CLIENT],
        ..agreement()
    };
    assert_eq!(of_open(&agreement, 0).from, [SECOND_CLIENT]);
}

#[test]
fn from_the_end_of_an_agreement_on_refunds_alone_are_awaited() {
    for (end, what) in [(DAY, What::Refunds), (DAY.next(), What::Trades)] {
        let agreement = AgreementView {
            end: Some(end),
            ..agreement()
        };
        assert_eq!(of_open(&agreement, 0).what, what);
    }
}

#[test]
fn a_day_without_a_reconciler_waits_for_nobodys_seal() {
    let agreement = AgreementView {
        reconcilers: vec![(DAY.next(), RECONCILER)],
        ..agreement()
    };
    assert!(of_open(&agreement, CUT_OFF).from.is_empty());
}

#[test]
fn a_sealed_day_waits_for_the_commitments_of_both_parties() {
    for status in [DayStatus::Sealed, DayStatus::Reconciled, DayStatus::Settled] {
        let day = DaySummary {
            status,
            ..open_day()
        };
        let commitment =
            |side, party| expected(What::Commitment(side), [party], Some(PRESET), false);
        assert_eq!(
            of_day(&agreement(), &day, CUT_OFF),
            [
                commitment(Side::Debit, COMPANY),
                commitment(Side::Credit, BANK)
            ]
        );
    }
}

#[test]
fn a_commitment_is_late_from_the_preset_time_on_and_taken_until_the_deadline() {
    for (now, is_late) in [(PRESET - 1, false), (PRESET, true), (DEADLINE - 1, true)] {
        let what = What::Commitment(Side::Credit);
        let commitment = expected(what, [BANK], Some(PRESET), is_late);
        assert_eq!(of_bank(side(SideStatus::Awaited), now), Some(commitment));
    }
}

#[test]
fn a_commitment_after_a_rejected_book_is_in_time_until_the_deadline() {
    let what = What::Commitment(Side::Credit);
    let another = expected(what, [BANK], Some(DEADLINE), false);
    let rejected = in_round(SideStatus::Awaited, 1);
    assert_eq!(of_bank(rejected, DEADLINE - 1), Some(another));
}

#[test]
fn a_side_that_can_commit_no_more_waits_for_its_mark() {
    let mark = expected(What::Default(Side::Credit), REPORTERS, None, false);
    let silent = side(SideStatus::Awaited);
    assert_eq!(of_bank(silent, DEADLINE), Some(mark.clone()));
    let without_rounds = in_round(SideStatus::Awaited, MAX_ROUNDS);
    assert_eq!(of_bank(without_rounds, PRESET), Some(mark));
}

#[test]
fn a_report_is_awaited_from_the_reconciler_and_from_the_deadline_on_from_the_parties_too() {
    let committed = side(SideStatus::Committed);
    let what = What::Report(Side::Credit);
    let report = expected(what, [RECONCILER], Some(DEADLINE), false);
    assert_eq!(of_bank(committed, DEADLINE - 1), Some(report));
    let late = expected(what, REPORTERS, Some(DEADLINE), true);
    assert_eq!(of_bank(committed, DEADLINE), Some(late));
}

#[test]
fn who_may_report_are_those_whose_reports_the_chain_takes() {
    let late = of_bank(side(SideStatus::Committed), DEADLINE).expect("a report is awaited");
    for member in CLIENT..=SECOND_CLIENT {
        let may_report = agreement().may_report(member, DAY);
        assert_eq!(late.from.contains(&member), may_report, "{member}");
    }
}

#[test]
fn a_party_that_reconciles_itself_is_named_once() {
    let agreement = AgreementView {
        reconcilers: vec![(DAY, BANK)],
        ..agreement()
    };
    let day = DaySummary {
        status: DayStatus::Sealed,
        ..open_day()
    };
    let awaited = of_day(&agreement, &day, DEADLINE);
    assert_eq!(awaited[0].from, [BANK, COMPANY]);
}

#[test]
fn a_book_with_breaks_waits_for_its_repair_and_one_without_for_nothing() {
    let repair = expected(What::Repair(Side::Credit), [BANK], None, false);
    for status in [
        SideStatus::Proven { breaks: 1 },
        SideStatus::ProvenLate { breaks: 1 },
    ] {
        assert_eq!(of_bank(side(status), DEADLINE), Some(repair.clone()));
    }
    for status in [
        SideStatus::Proven { breaks: 0 },
        SideStatus::ProvenLate { breaks: 0 },
        SideStatus::Repaired { breaks: 1 },
    ] {
        assert_eq!(of_bank(side(status), DEADLINE), None, "{status}");
    }
}

/// A side that defaulted with a commitment.
fn defaulted_committed() -> SideSummary {
    SideSummary {
        commitment: Some(Commitment::default()),
        ..side(SideStatus::Defaulted)
    }
}

#[test]
fn a_side_that_defaulted_waits_for_a_late_commitment_and_then_for_a_late_report() {
    let what = What::LateCommitment(Side::Credit);
    let commitment = expected(what, [BANK], Some(LATE_UNTIL), false);
    let silent = side(SideStatus::Defaulted);
    assert_eq!(of_bank(silent, DEADLINE), Some(commitment));
    let what = What::LateReport(Side::Credit);
    let report = expected(what, REPORTERS, Some(LATE_UNTIL), false);
    assert_eq!(of_bank(defaulted_committed(), DEADLINE), Some(report));
}

#[test]
fn a_side_that_defaulted_waits_for_nothing_once_the_time_for_late_proofs_is_over() {
    for defaulted in [side(SideStatus::Defaulted), defaulted_committed()] {
        let over = SideSummary {
            too_late: true,
            ..defaulted
        };
        assert_eq!(of_bank(over, LATE_UNTIL), None);
    }
}

#[test]
fn no_late_commitment_is_awaited_of_a_side_without_rounds() {
    let of_round = |round| of_bank(in_round(SideStatus::Defaulted, round), DEADLINE);
    assert!(of_round(MAX_ROUNDS - 1).is_some());
    assert_eq!(of_round(MAX_ROUNDS), None);
}

#[test]
fn what_is_awaited_has_a_name_and_its_side() {
    let side = Side::Debit;
    let named = [
        (What::Trades, "trades", None),
        (What::Refunds, "refunds", None),
        (What::Seal, "seal", None),
        (What::Commitment(side), "commitment", Some(side)),
        (What::Report(side), "report", Some(side)),
        (What::Default(side), "default", Some(side)),
        (What::Repair(side), "repair", Some(side)),
        (What::LateCommitment(side), "late_commitment", Some(side)),
        (What::LateReport(side), "late_report", Some(side)),
    ];
    for (what, name, of) in named {
        assert_eq!((what.name(), what.side()), (name, of));
    }
}

/// What the company owes the bank, and why it is not paid.
fn owed(waiting: Option<Waiting>) -> ObligationView {
    ObligationView {
        agreement: 1,
        period: SettlementPeriod {
            first: DAY,
            last: DAY,
        },
        obligation: Obligation {
            amount: 500,
            ..Obligation::new(DAY, Rail::External)
        },
        debtor: Some(COMPANY),
        creditor: Some(BANK),
        days: vec![(DAY, 500)],
        declarations: vec![],
        waiting,
    }
}

#[test]
fn the_debtor_is_awaited_to_pay_to_release_or_to_declare() {
    for waiting in [
        None,
        Some(Waiting::Release),
        Some(Waiting::Short { by: 1 }),
        Some(Waiting::LeavesDust),
        Some(Waiting::Declaration { undeclared: 1 }),
    ] {
        assert_eq!(of_payment(&owed(waiting)), Some(COMPANY), "{waiting:?}");
    }
}

#[test]
fn the_creditor_is_awaited_to_acknowledge_and_to_be_able_to_receive() {
    for waiting in [
        Waiting::Acknowledgement { declared: 1 },
        Waiting::CreditorCannotReceive,
    ] {
        assert_eq!(of_payment(&owed(Some(waiting))), Some(BANK), "{waiting:?}");
    }
}

#[test]
fn neither_is_awaited_where_others_have_to_act() {
    for waiting in [
        Waiting::Days { missing: 1 },
        Waiting::Frozen,
        Waiting::AssetUnavailable,
        Waiting::OtherDecimals,
        Waiting::SameAccount,
        Waiting::NoAccount,
    ] {
        assert_eq!(of_payment(&owed(Some(waiting))), None, "{waiting:?}");
    }
}

#[test]
fn nobody_is_awaited_where_nothing_is_left_to_pay() {
    let mut paid = owed(None);
    paid.obligation.paid = 500;
    assert_eq!(of_payment(&paid), None);
}
