//! Days that are done with or stuck, and clocks that were wrong.

use super::*;

#[test]
fn a_reconciled_day_is_left_behind() {
    at_preset(3, || {
        for side_id in [DEBIT, CREDIT] {
            commit(side_id, &chain_book(side_id));
            assert_ok!(report_clean(RECONCILER, side_id));
        }
        worker::run::<Test>();
        assert_eq!(submitted(), vec![]);
        assert_eq!(cursor(), BusinessDay(DAY.0 + 1));
    });
}

#[test]
fn a_day_that_is_stuck_does_not_hold_up_the_next() {
    at_preset(3, || {
        let tomorrow = BusinessDay(DAY.0 + 1);
        commit(DEBIT, &chain_book(DEBIT));
        world(|world| {
            world.manners.insert(COMPANY, Manner::Unreachable);
            world.sealed.insert(tomorrow);
            world.clock += 86_400_000;
            world.now += 86_400_000;
            world.agreement.deadline_minutes = 10_000;
        });
        let side_id = SideId::new(AGREEMENT, tomorrow, Side::Credit);
        commit(side_id, &chain_book(side_id));
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(side_id), SideStatus::Proven { breaks: 0 });
        assert_eq!(status(DEBIT), SideStatus::Committed);
    });
}

#[test]
fn a_cursor_beyond_today_is_found_again() {
    at_preset(3, || {
        let name = ("counterfoil/reconciliation/cursor", AGREEMENT).encode();
        StorageValueRef::persistent(&name).set(&BusinessDay(4_000_000_000));
        assert_eq!(cursor(), DAY);
    });
}

#[test]
fn a_lock_that_was_left_while_the_clock_was_ahead_does_not_hold() {
    for job in ["marks", "reports"] {
        at_preset(3, || {
            commit(CREDIT, &chain_book(CREDIT));
            let name = format!("counterfoil/reconciliation/lock/{job}");
            let now = world(|world| world.clock);
            set_clock(now + 86_400_000);
            worker_lock::try_take::<60_000>(name.as_bytes())
                .unwrap()
                .forget();
            set_clock(now);
            worker::run::<Test>();
            apply_submitted();
            assert!(Sides::<Test>::get(DEBIT).overdue);
            assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
        });
    }
}

#[test]
fn a_clock_that_steps_back_a_little_ends_no_pause_and_one_that_was_ahead_leaves_none() {
    at_preset(3, || {
        let now = world(|world| world.clock);
        assert!(take_turn(CREDIT, Step::Report, now));
        assert!(!take_turn(CREDIT, Step::Report, now - 1));
        assert!(!take_turn(CREDIT, Step::Report, now - CLOCK_STEP));
        assert!(take_turn(CREDIT, Step::Report, now - CLOCK_STEP - 1));
    });
}
