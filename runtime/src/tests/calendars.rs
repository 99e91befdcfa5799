//! Whole days before closed ones: what goes on, what waits, and what comes due at one moment.

use super::on_development_chain;
use crate::{
    counterfoil_api::runtime_decl_for_counterfoil_api::CounterfoilApi, views, Block, Books,
    Reconciliation, Registry, Runtime, RuntimeOrigin, Trades,
};
use counterfoil_primitives::{
    calendar::CalendarDates,
    day::DAY,
    ports::{DayTrades, Directory},
    summary::{DayStatus, SideStatus},
    AgreementId, BusinessDay, CalendarName, CalendarNames, Moment, Reference, Sequence, Side,
    SideId, TradeRequest, UserId, UtcOffset, WorkingDays,
};
use frame_support::{assert_noop, assert_ok};
use sp_keyring::Sr25519Keyring::{self, Bob, Charlie, Dave, Eve};

const AGREEMENT: AgreementId = 1;
/// 2026-12-02, the Wednesday before eight closed days.
const FIRST: BusinessDay = BusinessDay(20_789);
/// 2026-12-11, the Friday after them.
const OPEN: BusinessDay = BusinessDay(20_798);

fn signed(member: Sr25519Keyring) -> RuntimeOrigin {
    RuntimeOrigin::signed(member.to_account_id())
}

fn set_clock(now: Moment) {
    pallet_timestamp::Now::<Runtime>::put(now);
}

fn name(text: &str) -> CalendarName {
    text.try_into().expect("it is short")
}

/// Sets a calendar with these dates, known until the end of the year.
fn set_calendar(text: &str, weekly: WorkingDays, dates: Vec<(BusinessDay, bool)>) {
    let dates = CalendarDates::try_from(dates).expect("there are few");
    let filled_until = BusinessDay(20_818);
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::set_calendar(
        root,
        name(text),
        weekly,
        dates,
        filled_until
    ));
}

/// Lets the agreement go by these calendars, from the day before the first on.
fn go_by(names: &[&str]) {
    let names: Vec<_> = names.iter().map(|text| name(text)).collect();
    let names = CalendarNames::try_from(names).expect("there are two at most");
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::set_calendars(
        root,
        AGREEMENT,
        FIRST.previous(),
        names
    ));
}

/// A week from Monday to Friday, holidays from Thursday to Thursday, and work on the Saturday after them.
fn put_golden_week() {
    let holidays = [20_790, 20_791, 20_794, 20_795, 20_796, 20_797];
    let mut dates: Vec<_> = holidays.map(|day| (BusinessDay(day), false)).into();
    dates.push((OPEN.next(), true));
    set_calendar("CN", WorkingDays::MONDAY_TO_FRIDAY, dates);
}

fn days() -> impl Iterator<Item = BusinessDay> {
    (FIRST.0..OPEN.0).map(BusinessDay)
}

/// Records a trade at noon of a day.
fn record(day: BusinessDay) {
    let noon = UtcOffset(60).start_of(day) + DAY / 2;
    set_clock(noon);
    let trade = TradeRequest {
        sequence: Sequence::from(day.0),
        reference: Reference([day.0 as u8; 16]),
        user: UserId([2; 16]),
        product: 1,
        gross: 1_000,
        debit: 900,
        credit: 100,
        occurred_at: noon,
    };
    let trades = vec![trade].try_into().expect("it is one");
    assert_ok!(Trades::record(signed(Eve), AGREEMENT, trades));
}

fn sides(day: BusinessDay) -> [SideId; 2] {
    Side::BOTH.map(|side| SideId::new(AGREEMENT, day, side))
}

/// Seals a day at its cut-off, and commits both sides to what the chain has.
fn seal_and_commit(day: BusinessDay) {
    let agreement = Registry::agreement(AGREEMENT).expect("there");
    set_clock(agreement.cut_off_of(day).expect("it has begun"));
    assert_ok!(Trades::seal(signed(Dave), AGREEMENT, day));
    for side_id in sides(day) {
        let party = side_id.side.pick(Bob, Charlie);
        let commitment = Trades::chain_commitment(side_id).expect("the day is sealed");
        let (origin, side) = (signed(party), side_id.side);
        assert_ok!(Books::commit(
            origin, AGREEMENT, day, side, 0, 0, commitment
        ));
    }
}

fn report(side_id: SideId) -> Result<(), sp_runtime::DispatchError> {
    let SideId {
        agreement,
        day,
        side,
    } = side_id;
    Reconciliation::report_clean(signed(Dave), agreement, day, side)
        .map(|_| ())
        .map_err(|error| error.error)
}

fn preset_of(day: BusinessDay) -> Moment {
    views::due_times(AGREEMENT, day)
        .expect("it has begun")
        .preset
}

#[test]
fn nine_days_come_due_at_one_moment_after_eight_closed_ones() {
    on_development_chain(|| {
        put_golden_week();
        go_by(&["CN"]);
        let due_at = preset_of(OPEN.previous());
        for day in days() {
            assert_eq!(preset_of(day), due_at);
            record(day);
            seal_and_commit(day);
        }
        assert_eq!(days().count(), 9);
        set_clock(due_at - 1);
        for side_id in days().flat_map(sides) {
            assert_noop!(
                report(side_id),
                pallet_reconciliation::Error::<Runtime>::BeforePreset
            );
        }
        set_clock(due_at);
        for side_id in days().flat_map(sides) {
            assert_ok!(report(side_id));
        }
        for day in days() {
            let summary = views::day(AGREEMENT, day).expect("it has begun");
            assert_eq!(summary.status, DayStatus::Reconciled);
            assert_eq!(summary.obligation, Some(100));
        }
    });
}

#[test]
fn a_side_may_commit_until_the_deadline_after_the_closed_days() {
    on_development_chain(|| {
        put_golden_week();
        go_by(&["CN"]);
        record(FIRST);
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        let unmoved = agreement.deadline_of(FIRST).expect("it has begun");
        set_clock(unmoved);
        assert_ok!(Trades::seal(signed(Dave), AGREEMENT, FIRST));
        let default = |side| {
            Reconciliation::mark_defaulted(signed(Dave), AGREEMENT, FIRST, side)
                .map(|_| ())
                .map_err(|error| error.error)
        };
        assert_noop!(
            default(Side::Debit),
            pallet_reconciliation::Error::<Runtime>::BeforeDeadline
        );
        let [debit, credit] = sides(FIRST);
        let commitment = Trades::chain_commitment(credit).expect("the day is sealed");
        let moved = views::due_times(AGREEMENT, FIRST).expect("it has begun");
        set_clock(moved.deadline - 1);
        assert_ok!(Books::commit(
            signed(Charlie),
            AGREEMENT,
            FIRST,
            Side::Credit,
            0,
            0,
            commitment
        ));
        set_clock(moved.deadline);
        assert_ok!(default(Side::Debit));
        let side = Reconciliation::side_summary(debit);
        assert_eq!(side.status, SideStatus::Defaulted);
    });
}

#[test]
fn a_day_waits_for_the_saturday_on_which_both_work() {
    on_development_chain(|| {
        put_golden_week();
        set_calendar("DE", WorkingDays::ALL, vec![(OPEN, false)]);
        go_by(&["CN", "DE"]);
        // The Friday is closed in the second calendar, and the Saturday is made up for in the first.
        assert_eq!(Registry::due_with(AGREEMENT, FIRST), OPEN);
        // The Sunday is closed in the first again.
        assert_eq!(
            Registry::due_with(AGREEMENT, OPEN.next()),
            OPEN.next().next()
        );
    });
}

#[test]
fn a_year_without_dates_follows_the_week() {
    on_development_chain(|| {
        put_golden_week();
        go_by(&["CN"]);
        // 2027-12-02, a Thursday, and the Friday after it.
        let thursday = BusinessDay(FIRST.0 + 365);
        assert_eq!(Registry::due_with(AGREEMENT, thursday), thursday);
        let friday = thursday.next();
        assert_eq!(
            Registry::due_with(AGREEMENT, friday),
            BusinessDay(friday.0 + 2)
        );
    });
}

#[test]
fn people_read_for_which_closed_days_a_day_waits() {
    on_development_chain(|| {
        put_golden_week();
        go_by(&["CN"]);
        record(FIRST);
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(AGREEMENT, FIRST).unwrap();
        assert_eq!(
            day.due,
            "due on 2026-12-11, since 2026-12-03 to 2026-12-10 are closed"
        );
        assert!(day.preset_at.starts_with("2026-12-11"), "{}", day.preset_at);
        let before = FIRST.previous();
        let day = <Runtime as CounterfoilApi<Block>>::day_in_words(AGREEMENT, before).unwrap();
        assert_eq!(day.due, "due on 2026-12-02");
        let agreement = <Runtime as CounterfoilApi<Block>>::agreement_in_words(AGREEMENT).unwrap();
        assert_eq!(agreement.calendars, ["CN, known until 2026-12-31"]);
    });
}

#[test]
fn calendars_are_listed_with_the_agreements_that_go_by_them() {
    on_development_chain(|| {
        set_calendar("DE", WorkingDays::ALL, Vec::new());
        put_golden_week();
        go_by(&["CN"]);
        let listed: Vec<_> = <Runtime as CounterfoilApi<Block>>::calendars()
            .into_iter()
            .map(|view| (view.name, view.agreements))
            .collect();
        let expected = vec![(name("CN"), vec![AGREEMENT]), (name("DE"), vec![])];
        assert_eq!(listed, expected);
        let of_agreement = <Runtime as CounterfoilApi<Block>>::agreement_calendars(AGREEMENT);
        let names = CalendarNames::truncate_from(vec![name("CN")]);
        assert_eq!(of_agreement, vec![(FIRST.previous(), names)]);
    });
}
