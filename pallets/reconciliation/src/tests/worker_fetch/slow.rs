//! Nodes that hang or are slow: they hold up neither the other side nor a day beyond its deadline.

use super::*;

#[test]
fn a_node_that_hangs_costs_a_request_and_does_not_stop_the_other_side() {
    at_preset(300, || {
        commit(DEBIT, &chain_book(DEBIT));
        commit(CREDIT, &broken_book());
        world(|world| world.manners.insert(COMPANY, Manner::Hangs));
        let before = world(|world| world.clock);
        worker::run::<Test>();
        assert_eq!(world(|world| world.clock) - before, REQUEST_MS);
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

/// Lets some days pass on which the company commits to a book with a break, but its node hangs.
fn days_with_a_hanging_company(days: u32) {
    world(|world| {
        world.agreement.deadline_minutes = 100_000;
        world.manners.insert(COMPANY, Manner::Hangs);
        world.clock += u64::from(days) * 86_400_000;
        world.now = world.clock;
    });
    for day in (DAY.0..DAY.0 + days).map(BusinessDay) {
        let side_id = SideId::new(AGREEMENT, day, Side::Debit);
        world(|world| {
            world.sealed.insert(day);
            world.trades.insert(day, vec![trade(day.0.into())]);
        });
        let mut book = chain_book(side_id);
        book.slots[0] = None;
        commit(side_id, &book);
    }
}

#[test]
fn a_node_that_hangs_is_asked_once_in_a_run_whatever_days_are_due() {
    at_preset(3, || {
        days_with_a_hanging_company(10);
        let before = world(|world| world.clock);
        worker::run::<Test>();
        assert_eq!(world(|world| world.clock) - before, REQUEST_MS);
    });
}

#[test]
fn a_node_that_hung_is_left_alone_for_a_while() {
    at_preset(3, || {
        days_with_a_hanging_company(2);
        worker::run::<Test>();
        world(|world| world.clock += 20_000);
        worker::run::<Test>();
        assert_eq!(world(|world| world.asked.len()), 1);
        world(|world| world.clock += 20_000);
        worker::run::<Test>();
        assert_eq!(world(|world| world.asked.len()), 2);
    });
}

#[test]
fn all_due_days_of_a_node_that_hangs_default_at_their_deadline() {
    at_preset(3, || {
        days_with_a_hanging_company(2);
        world(|world| world.agreement.deadline_minutes = 1);
        world(|world| world.clock += 60_000);
        world(|world| world.now += 60_000);
        worker::run::<Test>();
        apply_submitted();
        for day in [DAY, BusinessDay(DAY.0 + 1)] {
            let side_id = SideId::new(AGREEMENT, day, Side::Debit);
            assert_eq!(status(side_id), SideStatus::Defaulted);
        }
    });
}

#[test]
fn a_run_begins_no_request_that_its_budget_does_not_cover() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        let agreement = world(|world| world.agreement.clone());
        let commitment = committed(CREDIT).unwrap();
        let find = |budget: &Budget| {
            findings::of_side::<Test>(&agreement, RECONCILER, CREDIT, commitment, budget)
        };
        let budget = Budget::of_a_run();
        world(|world| world.clock += RUN_BUDGET_MS - REQUEST_MS);
        assert!(find(&budget).is_ok());
        world(|world| world.clock += 1);
        assert_eq!(find(&budget), Err(Problem::BudgetSpent));
    });
}

#[test]
fn another_run_leaves_what_a_run_is_at() {
    at_preset(3, || {
        commit(CREDIT, &chain_book(CREDIT));
        let name = b"counterfoil/reconciliation/lock/reports";
        let guard = worker_lock::try_take::<60_000>(name).unwrap();
        worker::run::<Test>();
        assert_eq!(world(|world| world.asked.len()), 0);
        assert_eq!(submitted().len(), 1, "the other side is marked overdue");
        drop(guard);
        worker::run::<Test>();
        assert_eq!(world(|world| world.asked.len()), 1);
    });
}

#[test]
fn a_slow_node_has_its_share_and_does_not_stop_the_other_side() {
    at_preset(300, || {
        commit(DEBIT, &broken_book_of(DEBIT));
        commit(CREDIT, &broken_book());
        world(|world| world.manners.insert(COMPANY, Manner::Slow));
        let before = world(|world| world.clock);
        worker::run::<Test>();
        assert!(world(|world| world.clock) - before <= SIDE_BUDGET_MS);
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Committed);
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_slow_node_is_left_alone_for_a_while() {
    at_preset(300, || {
        commit(DEBIT, &broken_book_of(DEBIT));
        world(|world| world.manners.insert(COMPANY, Manner::Slow));
        worker::run::<Test>();
        let asked = world(|world| world.asked.len());
        world(|world| world.clock += 20_000);
        worker::run::<Test>();
        assert_eq!(world(|world| world.asked.len()), asked);
    });
}

/// Lets the company's node be slow, past the deadline, with a book of three requests: a share has
/// room for two of its answers. Runs once.
fn run_over_a_slow_line() {
    commit(DEBIT, &broken_book_of(DEBIT));
    world(|world| world.manners.insert(COMPANY, Manner::Slow));
    set_clock(deadline() + worker::timer::BLOCK_LAG);
    world(|world| world.now = world.clock);
    worker::run::<Test>();
    apply_submitted();
}

/// Runs again after the peer's rest; returns what was asked of it.
fn run_after_a_rest() -> Vec<Question> {
    let before = world(|world| {
        world.clock += 40_000;
        world.asked.len()
    });
    worker::run::<Test>();
    apply_submitted();
    world(|world| {
        let asked = world.asked[before..].iter();
        asked.map(|request| request.question.clone()).collect()
    })
}

#[test]
fn what_came_over_a_slow_line_is_reported_and_the_rest_asked_for() {
    at_preset(300, || {
        run_over_a_slow_line();
        let header = crate::Headers::<Test>::get(DEBIT).unwrap();
        assert!(header.dirty.iter().all(|page| page.accepted));
        assert!(!header.extras[0].accepted);
        assert_eq!(run_after_a_rest(), [Question::Extras(vec![0])]);
        assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_slow_node_that_goes_on_answering_keeps_its_say_at_the_deadline() {
    at_preset(300, || {
        run_over_a_slow_line();
        assert_eq!(status(DEBIT), SideStatus::Committed);
    });
}

#[test]
fn a_slow_node_that_falls_silent_loses_its_say_at_the_deadline() {
    at_preset(300, || {
        run_over_a_slow_line();
        world(|world| world.manners.insert(COMPANY, Manner::Hangs));
        run_after_a_rest();
        assert_eq!(status(DEBIT), SideStatus::Defaulted);
    });
}

#[test]
fn what_came_before_a_node_had_enough_is_reported_and_the_rest_asked_for() {
    at_preset(300, || {
        commit(DEBIT, &broken_book_of(DEBIT));
        set_clock(deadline() + worker::timer::BLOCK_LAG);
        world(|world| world.now = world.clock);
        world(|world| world.manners.insert(COMPANY, Manner::UpTo(2)));
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Committed);
        world(|world| world.manners.insert(COMPANY, Manner::Honest));
        assert_eq!(run_after_a_rest(), [Question::Extras(vec![0])]);
        assert_eq!(status(DEBIT), SideStatus::Proven { breaks: 3 });
    });
}

#[test]
fn a_node_that_gives_its_page_roots_and_no_page_loses_its_say_at_the_deadline() {
    at_preset(300, || {
        commit(DEBIT, &broken_book_of(DEBIT));
        set_clock(deadline() + worker::timer::BLOCK_LAG);
        world(|world| world.now = world.clock);
        world(|world| world.manners.insert(COMPANY, Manner::UpTo(1)));
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(DEBIT), SideStatus::Defaulted);
    });
}

#[test]
fn a_fetch_of_all_pages_goes_on_where_an_earlier_run_came_to() {
    // Three requests' worth of pages; a share has room for two slow answers.
    at_preset(40 * 256, || {
        commit(CREDIT, &chain_book(CREDIT));
        crate::FullFetch::<Test>::insert(AGREEMENT, DAY, ());
        world(|world| world.manners.insert(BANK, Manner::Slow));
        set_clock(deadline() + worker::timer::BLOCK_LAG);
        world(|world| world.now = world.clock);
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Committed);
        world(|world| world.clock += 40_000);
        worker::run::<Test>();
        apply_submitted();
        assert_eq!(status(CREDIT), SideStatus::Proven { breaks: 0 });
    });
}
