//! Which days a run tends, and how its cursor goes past those that are done with.

use super::*;

#[test]
fn every_day_up_to_today_is_tended() {
    build_and_execute(|| {
        pass(2 * DAY);
        let days = [DAY_ONE, DAY_ONE.next(), DAY_ONE.next().next()];
        chain(|chain| chain.sealed.extend(days));
        run_worker_and_apply();

        for day in days {
            let side_id = SideId { day, ..BANK_SIDE };
            assert!(Commitments::<Test>::contains_key(side_id, 0));
        }
    });
}

#[test]
fn a_final_day_stays_open_until_it_is_reconciled() {
    build_and_execute(|| {
        seal();
        settle(DAY_ONE);
        chain(|chain| chain.obligations.clear());
        run_worker();
        assert_eq!(cursor(), None);

        chain(|chain| chain.obligations.insert(DAY_ONE, (12, true)));
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
    });
}

#[test]
fn a_day_that_is_owed_for_is_done_with_once_it_is_paid() {
    build_and_execute(|| {
        seal();
        settle(DAY_ONE);
        chain(|chain| chain.obligations.insert(DAY_ONE, (12, false)));
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[DAY_ONE]));
        assert!(!result_of(DAY_ONE).unwrap().paid);

        chain(|chain| chain.obligations.insert(DAY_ONE, (12, true)));
        run_worker();
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
        assert!(result_of(DAY_ONE).unwrap().paid);
    });
}

/// A number of final days that the company does not pay for, the worker through with their books.
fn unpaid_days(count: u32) -> Vec<BusinessDay> {
    let days: Vec<_> = (0..count).map(|at| BusinessDay(DAY_ONE.0 + at)).collect();
    pass(u64::from(count) * DAY);
    for day in &days {
        settle(*day);
        chain(|chain| {
            chain.sealed.insert(*day);
            chain.obligations.insert(*day, (12, false));
        });
    }
    run_worker();
    let today = BusinessDay(DAY_ONE.0 + count);
    assert_eq!(cursor(), cursor_at(today, &days));
    days
}

#[test]
fn days_that_are_not_paid_cost_a_run_a_few_bytes_each() {
    build_and_execute(|| {
        unpaid_days(200);
        take_reads();
        run_worker();

        let reads = take_reads();
        assert_eq!((reads.sides, reads.pages), (1, 0), "today's side alone");
        assert!((1..=UNPAID_PER_RUN).contains(&reads.obligations));
        assert!(reads.bytes < 200 * 4 + 200, "{reads:?}");
    });
}

#[test]
fn each_day_that_is_not_paid_has_its_turn() {
    build_and_execute(|| {
        let days = unpaid_days(50);
        for day in &days {
            chain(|chain| chain.obligations.insert(*day, (12, true)));
        }
        for _ in 0..50_usize.div_ceil(UNPAID_PER_RUN) * 2 {
            run_worker();
        }

        assert_eq!(cursor().unwrap().unpaid, []);
        assert!(days.iter().all(|day| result_of(*day).unwrap().paid));
    });
}

#[test]
fn unpaid_days_that_make_no_sense_are_not_believed() {
    build_and_execute(|| {
        let cursor = Cursor {
            next: DAY_ONE,
            unpaid: vec![BusinessDay(3), DAY_ONE, BusinessDay(9_999)],
        };
        CURSOR.write(Item::Cursor, &cursor);
        take_reads();
        run_worker();

        assert_eq!(take_reads().obligations, 0);
    });
}

#[test]
fn the_cursor_goes_past_a_settled_day() {
    build_and_execute(|| {
        seal();
        settle(DAY_ONE);
        run_worker();

        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
    });
}

#[test]
fn the_cursor_does_not_leap_over_an_open_day() {
    build_and_execute(|| {
        pass(DAY);
        chain(|chain| chain.sealed.insert(DAY_ONE.next()));
        settle(DAY_ONE.next());
        run_worker();

        assert_eq!(cursor(), None);
    });
}

#[test]
fn a_day_behind_the_cursor_is_not_looked_at() {
    build_and_execute(|| {
        seal();
        settle(DAY_ONE);
        run_worker();
        BANK_BOOK.clear(Item::State);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
    });
}

#[test]
fn with_a_lost_database_every_day_comes_again() {
    build_and_execute(|| {
        record(10);
        seal();
        settle(DAY_ONE);
        run_worker();
        let before = slots(BANK_BOOK);
        CURSOR.clear(Item::Cursor);
        BANK_BOOK.clear(Item::State);
        BANK_BOOK.clear(Item::Slots(0));
        run_worker();

        assert_eq!(slots(BANK_BOOK), before);
        assert_eq!(cursor(), cursor_at(DAY_ONE.next(), &[]));
    });
}

#[test]
fn a_cursor_that_makes_no_sense_is_not_believed() {
    build_and_execute(|| {
        let cursor = Cursor {
            next: BusinessDay(9_999),
            ..Default::default()
        };
        CURSOR.write(Item::Cursor, &cursor);
        record(10);
        run_worker();

        assert_eq!(bank_state().slots, 10);
    });
}
