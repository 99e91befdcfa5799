//! Which day takes a trade. The rule is tested where it is defined; here, that it is followed.

use crate::{mock::*, Refusal};
use counterfoil_primitives::{day::MINUTE, Moment};

fn record_at(sequence: u64, occurred_at: Moment) {
    record(vec![priced(sequence, PRODUCT, 10_000, occurred_at)]);
}

#[test]
fn the_local_day_counts() {
    build_and_execute(|| {
        set_time(at(1, 0, 15));
        record_at(0, at(1, 0, 0) - 1);
        record_at(1, at(1, 0, 0));
        assert_eq!(sequences(day(0)), [0]);
        assert_eq!(sequences(day(1)), [1]);
    });
}

#[test]
fn a_day_takes_trades_until_its_cut_off() {
    build_and_execute(|| {
        set_time(at(1, 0, 30) - 1);
        record_at(0, at(0, 10, 0));
        set_time(at(1, 0, 30));
        record_at(1, at(0, 10, 0));
        assert_eq!(sequences(day(0)), [0]);
        assert_eq!(sequences(day(1)), [1]);
    });
}

#[test]
fn a_late_trade_keeps_its_time_and_its_terms() {
    build_and_execute(|| {
        set_time(at(2, 12, 0));
        let late = priced(0, PRODUCT, 10_000, at(0, 10, 0));
        record(vec![late]);
        assert_eq!(stored(day(2)), [late.into_trade(CLIENT, 0)]);
    });
}

#[test]
fn a_late_trade_goes_to_the_earliest_day_that_takes_trades() {
    build_and_execute(|| {
        set_time(at(2, 0, 15));
        record_at(0, at(0, 10, 0));
        assert_eq!(sequences(day(1)), [0]);
    });
}

#[test]
fn a_day_past_its_cut_off_takes_none_though_nobody_sealed_it() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        record_at(0, at(0, 10, 0));
        assert!(!crate::Seals::<Test>::contains_key(AGREEMENT, FIRST));
        assert!(sequences(day(0)).is_empty());
    });
}

#[test]
fn a_trade_can_be_too_late() {
    build_and_execute(|| {
        let limit = at(1, 0, 30) + Moment::from(MAX_LATE) * MINUTE;
        set_time(limit);
        let late = |sequence| priced(sequence, PRODUCT, 10_000, at(0, 10, 0));
        assert_eq!(outcome(late(0)), Ok(()));
        set_time(limit + 1);
        assert_eq!(outcome(late(1)), Err(Refusal::TooLate));
    });
}

#[test]
fn a_new_offset_moves_the_border_of_the_days() {
    build_and_execute(|| {
        // From day 2 on, local time is two hours ahead of UTC.
        Registry::set_conditions(RuntimeOrigin::root(), AGREEMENT, day(2), conditions(120))
            .unwrap();
        let border = at(2, 0, 0) - 60 * MINUTE;
        set_time(border);
        record_at(0, border - 1);
        record_at(1, border);
        assert_eq!(sequences(day(1)), [0]);
        assert_eq!(sequences(day(2)), [1]);
    });
}

#[test]
fn a_trade_of_tomorrow_within_the_tolerance_waits_for_tomorrow() {
    build_and_execute(|| {
        set_time(at(1, 0, 0) - 1);
        record_at(0, at(1, 0, 0));
        assert_eq!(sequences(day(1)), [0]);
    });
}

#[test]
fn a_batch_mixes_days_as_if_recorded_one_by_one() {
    build_and_execute(|| {
        set_time(at(2, 0, 15));
        record(vec![
            priced(0, PRODUCT, 10_000, at(2, 0, 10)),
            priced(1, PRODUCT, 10_000, at(0, 10, 0)),
            priced(2, PRODUCT, 10_000, at(1, 10, 0)),
        ]);
        assert_eq!(sequences(day(1)), [1, 2]);
        assert_eq!(sequences(day(2)), [0]);
    });
}

#[test]
fn an_agreement_that_has_ended_records_no_payments() {
    build_and_execute(|| {
        end(1, 2);
        // Until its cut-off the last day takes its trades.
        set_time(at(1, 0, 30) - 1);
        let of = |sequence, occurred_at| outcome(priced(sequence, PRODUCT, 10_000, occurred_at));
        assert_eq!(of(0, at(0, 10, 0)), Ok(()));
        assert_eq!(of(1, at(1, 0, 10)), Err(Refusal::AgreementEnded));
        set_time(at(1, 0, 30));
        assert_eq!(of(2, at(0, 10, 0)), Err(Refusal::AgreementEnded));
        assert_eq!(sequences(day(0)), [0]);
        assert!(sequences(day(1)).is_empty());
    });
}
