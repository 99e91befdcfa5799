//! Answers that are late, cut off, oversized, false or from somebody else: nothing of them is
//! kept, and a later run asks again, for what was not verified before.

use super::*;
use crate::worker::{
    self,
    fetch::{Budget, Problem, REQUEST_MS, RUN_BUDGET_MS, SIDE_BUDGET_MS},
    findings::{self, Findings},
};
use counterfoil_primitives::{fetch::MAX_PAGES, tree, Caps};
use counterfoil_support::worker_lock;

/// What comes of fetching the bank's book, broken as it is, from a node of this manner.
fn problem_with(manner: Manner) -> Problem {
    let mut problem = None;
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        problem = Some(fetch_badly(manner.clone()));
    });
    problem.unwrap()
}

/// Fetches the bank's book in vain; the worker submits nothing, and reports it when its node has
/// come to its senses.
fn fetch_badly(manner: Manner) -> Problem {
    world(|world| world.manners.insert(BANK, manner));
    let problem = findings().unwrap_err();
    worker::run::<Test>();
    let reports = submitted().into_iter().filter(|call| {
        let (_, _, side) = DEBIT;
        !matches!(call, crate::Call::mark_overdue { side: overdue, .. } if *overdue == side)
    });
    assert_eq!(reports.collect::<Vec<_>>(), vec![]);
    assert_eq!(crate::Sides::<Test>::get(CREDIT), Default::default());
    world(|world| {
        world.manners.clear();
        world.clock += 40_000;
    });
    worker::run::<Test>();
    apply_submitted();
    assert!(matches!(status(CREDIT), SideStatus::Proven { .. }));
    problem
}

fn findings() -> Result<Findings, Problem> {
    let view = world(|world| world.view.clone());
    let commitment = world(|world| world.commitments[&CREDIT]);
    findings::of_side::<Test>(&view, RECONCILER, CREDIT, commitment, &Budget::of_a_run())
}

#[test]
fn an_honest_node_is_believed() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        assert!(matches!(findings(), Ok(Findings::Breaks(_))));
    });
}

#[test]
fn an_unreachable_node_is_asked_again() {
    assert_eq!(problem_with(Manner::Unreachable), Problem::Unreachable);
}

#[test]
fn a_late_answer_is_not_waited_for() {
    assert_eq!(problem_with(Manner::Hangs), Problem::Late);
}

#[test]
fn a_body_that_stops_coming_is_not_waited_for() {
    assert_eq!(problem_with(Manner::HangsInBody), Problem::Late);
}

#[test]
fn an_answer_that_breaks_off_is_not_kept() {
    assert_eq!(problem_with(Manner::CutOff), Problem::CutOff);
}

#[test]
fn an_answer_that_ends_too_early_is_not_kept() {
    assert_eq!(problem_with(Manner::CutOffUnnoticed), Problem::NotJsonRpc);
}

#[test]
fn an_oversized_answer_is_not_read_to_its_end() {
    assert_eq!(problem_with(Manner::Oversized), Problem::TooLarge);
}

#[test]
fn an_answer_with_another_status_is_not_kept() {
    assert_eq!(problem_with(Manner::Status(502)), Problem::Status(502));
}

#[test]
fn an_answer_that_is_no_json_is_not_kept() {
    assert_eq!(problem_with(Manner::NotJson), Problem::NotJsonRpc);
}

#[test]
fn an_answer_with_another_id_is_not_kept() {
    assert_eq!(problem_with(Manner::OtherId), Problem::OtherId);
}

#[test]
fn an_error_is_reported_in_its_words() {
    assert_eq!(
        problem_with(Manner::Error),
        Problem::Error("-32601 Method not found".into())
    );
}

#[test]
fn a_result_that_is_no_hexadecimal_is_not_kept() {
    assert_eq!(problem_with(Manner::NotHex), Problem::NotDecodable);
}

#[test]
fn a_result_with_more_than_an_answer_is_not_kept() {
    assert_eq!(problem_with(Manner::NotScale), Problem::NotDecodable);
}

#[test]
fn an_answer_that_would_fill_the_memory_is_not_kept() {
    assert_eq!(problem_with(Manner::ManyEmptySlots), Problem::NotDecodable);
}

#[test]
fn a_refusal_is_reported_in_its_words_on_one_line() {
    assert_eq!(
        problem_with(Manner::Refuses),
        Problem::Refused("no\\nsuch book".into())
    );
}

#[test]
fn an_answer_to_another_question_is_not_kept() {
    assert_eq!(problem_with(Manner::OtherQuestion), Problem::OtherQuestion);
}

#[test]
fn page_roots_of_another_number_are_not_kept() {
    assert_eq!(problem_with(Manner::OnePageLess), Problem::False);
}

#[test]
fn somebody_elses_book_is_not_kept() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        let foreign = Manner::Foreign(chain_book(DEBIT));
        assert_eq!(fetch_badly(foreign), Problem::False);
    });
}

#[test]
fn false_pages_under_true_roots_are_not_kept() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let header = report_of(CREDIT, &book).header;
        assert_ok!(report_header(BANK, CREDIT, &header));
        let foreign = Manner::Foreign(chain_book(CREDIT));
        world(|world| world.manners.insert(BANK, foreign));
        assert_eq!(findings(), Err(Problem::False));
    });
}

#[test]
fn fewer_pages_than_asked_for_are_not_kept() {
    at_preset(300, || {
        let book = broken_book();
        commit(CREDIT, &book);
        let header = report_of(CREDIT, &book).header;
        assert_ok!(report_header(BANK, CREDIT, &header));
        world(|world| world.manners.insert(BANK, Manner::OnePageLess));
        assert_eq!(findings(), Err(Problem::False));
    });
}

#[test]
fn a_clean_side_whose_sampled_pages_are_false_is_not_reported() {
    at_preset(300, || {
        commit(CREDIT, &chain_book(CREDIT));
        let foreign = Manner::Foreign(broken_book());
        assert_eq!(fetch_badly(foreign), Problem::False);
    });
}

#[test]
fn a_party_without_endpoint_is_named() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        world(|world| world.endpoints.clear());
        assert_eq!(findings(), Err(Problem::NoEndpoint));
    });
}

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
        world.view.deadline_minutes = 100_000;
        world.manners.insert(COMPANY, Manner::Hangs);
        world.clock += u64::from(days) * 86_400_000;
        world.now = world.clock;
    });
    for day in (DAY.0..DAY.0 + days).map(BusinessDay) {
        let key = (AGREEMENT, day, Side::Debit);
        world(|world| {
            world.sealed.insert(day);
            world.trades.insert(day, vec![trade(day.0.into())]);
        });
        let mut book = chain_book(key);
        book.slots[0] = None;
        commit(key, &book);
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
        world(|world| world.view.deadline_minutes = 1);
        world(|world| world.clock += 60_000);
        world(|world| world.now += 60_000);
        worker::run::<Test>();
        apply_submitted();
        for day in [DAY, BusinessDay(DAY.0 + 1)] {
            let key = (AGREEMENT, day, Side::Debit);
            assert_eq!(status(key), SideStatus::Defaulted);
        }
    });
}

#[test]
fn a_run_begins_no_request_that_its_budget_does_not_cover() {
    at_preset(300, || {
        commit(CREDIT, &broken_book());
        let view = world(|world| world.view.clone());
        let commitment = world(|world| world.commitments[&CREDIT]);
        let find = |budget: &Budget| {
            findings::of_side::<Test>(&view, RECONCILER, CREDIT, commitment, budget)
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

/// Runs again after the peer's rest; gives what was asked of it.
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

/// Answers that a number of pages take.
fn answers(pages: u32) -> u32 {
    pages.div_ceil(MAX_PAGES as u32)
}

#[test]
fn the_largest_report_takes_eighty_answers() {
    let extras = tree::page_count(Caps::MOST.extras);
    assert_eq!(answers(Caps::MOST.pages) + answers(extras), 80);
}

#[test]
fn all_pages_of_the_largest_day_take_272_answers() {
    let extras = tree::page_count(Caps::MOST.extras);
    let clean = 4_096 - Caps::MOST.pages;
    assert_eq!(
        answers(clean) + answers(Caps::MOST.pages) + answers(extras),
        272
    );
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
