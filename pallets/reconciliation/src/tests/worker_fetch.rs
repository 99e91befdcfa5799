//! Answers that are late, cut off, oversized, false or from somebody else: nothing of them is
//! kept, and a later run asks again, for what was not verified before.

mod slow;

use super::*;
use crate::worker::{
    self,
    budget::{Budget, REQUEST_MS, RUN_BUDGET_MS, SIDE_BUDGET_MS},
    fetch_problem::Problem,
    findings::{self, Findings},
};
use counterfoil_primitives::{book_exchange::MAX_PAGES, tree, Caps};
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
    let reports = submitted().into_iter().filter(
        |call| !matches!(call, crate::Call::mark_overdue { side, .. } if *side == DEBIT.side),
    );
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
    let agreement = world(|world| world.agreement.clone());
    let commitment = committed(CREDIT).unwrap();
    findings::of_side::<Test>(
        &agreement,
        RECONCILER,
        CREDIT,
        commitment,
        &Budget::of_a_run(),
    )
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

/// Answers that a number of pages take.
fn answers(pages: u32) -> u32 {
    pages.div_ceil(MAX_PAGES as u32)
}

#[test]
fn the_largest_report_takes_eighty_answers() {
    let extras = tree::page_count(Caps::MAX.extras);
    assert_eq!(answers(Caps::MAX.pages) + answers(extras), 80);
}

#[test]
fn all_pages_of_the_largest_day_take_272_answers() {
    let extras = tree::page_count(Caps::MAX.extras);
    let clean = 4_096 - Caps::MAX.pages;
    assert_eq!(
        answers(clean) + answers(Caps::MAX.pages) + answers(extras),
        272
    );
}
