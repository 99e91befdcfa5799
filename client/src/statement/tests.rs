//! Which lines are acknowledged, and which are left to people.

use super::*;
use counterfoil_primitives::{
    settlement::{BankReference, Declaration},
    Amount, BusinessDay,
};
use proptest::prelude::*;

const FIRST: BusinessDay = BusinessDay(20_780);
const VALUE_DATE: BusinessDay = BusinessDay(20_783);

/// An open declaration for the period that begins on [`FIRST`].
fn declared(number: u32, reference: &str, amount: Amount) -> Declared {
    Declared {
        first: FIRST,
        declaration: Declaration {
            number,
            amount,
            value_date: VALUE_DATE,
            reference: BankReference::try_from(reference).unwrap(),
            declared_at: 0,
            received: None,
            returned: 0,
        },
    }
}

/// A line of money that came in on the value date.
fn line(text: &str, amount: Amount) -> StatementLine {
    StatementLine {
        line: 2,
        texts: vec![text.into()],
        amount,
        is_received: true,
        value_date: Some(VALUE_DATE),
    }
}

fn matched(lines: &[StatementLine], declared: &[Declared]) -> Matching {
    match_lines(7, lines, declared)
}

/// What is to be acknowledged: which declarations, with which amounts.
fn to_acknowledge(matching: &Matching) -> Vec<(usize, Amount)> {
    let all = matching.acknowledgements.iter();
    all.map(|one| (one.declared, one.received)).collect()
}

fn differs(declared: Option<usize>, why: Difference) -> Outcome {
    Outcome::Differs { declared, why }
}

/// The declarations after their acknowledgements are on chain.
fn acknowledged(declared: &[Declared], matching: &Matching) -> Vec<Declared> {
    let mut after = declared.to_vec();
    for one in &matching.acknowledgements {
        after[one.declared].declaration.received = Some(one.received);
    }
    after
}

#[test]
fn what_was_declared_and_came_in_is_acknowledged() {
    let matching = matched(&[line("FT-0001", 100)], &[declared(0, "FT-0001", 100)]);
    assert_eq!(to_acknowledge(&matching), [(0, 100)]);
    assert_eq!(matching.outcomes, [Outcome::Acknowledge(0)]);
    assert!(matching.absent.is_empty());
}

#[test]
fn less_than_was_declared_is_acknowledged_as_it_came_in() {
    let matching = matched(&[line("FT-0001", 99)], &[declared(0, "FT-0001", 100)]);
    assert_eq!(to_acknowledge(&matching), [(0, 99)]);
}

#[test]
fn more_than_was_declared_is_left_to_people() {
    let matching = matched(&[line("FT-0001", 101)], &[declared(0, "FT-0001", 100)]);
    assert!(matching.acknowledgements.is_empty());
    let more = differs(Some(0), Difference::MoreThanDeclared);
    assert_eq!(matching.outcomes, [more]);
}

#[test]
fn a_reference_among_other_words_is_found() {
    let text = "SEPA credit /EREF/ft-0001/ORDP/Bob";
    let matching = matched(&[line(text, 100)], &[declared(0, "FT-0001", 100)]);
    assert_eq!(to_acknowledge(&matching), [(0, 100)]);
}

#[test]
fn the_name_of_a_period_tells_where_the_amount_is_that_of_a_declaration() {
    let all = [declared(0, "FT-0001", 100), declared(1, "FT-0002", 60)];
    let matching = matched(&[line("rent CF-7-20261123", 60)], &all);
    assert_eq!(to_acknowledge(&matching), [(1, 60)]);
    assert_eq!(matching.absent, [0]);
}

#[test]
fn the_name_of_a_period_with_another_amount_is_left_to_people() {
    let matching = matched(&[line("CF-7-20261123", 40)], &[declared(0, "FT-0001", 100)]);
    assert!(matching.acknowledgements.is_empty());
    let other = differs(None, Difference::OtherAmount);
    assert_eq!(matching.outcomes, [other]);
}

#[test]
fn the_name_of_another_agreements_period_is_of_no_declaration() {
    let matching = matched(
        &[line("CF-8-20261123", 100)],
        &[declared(0, "FT-0001", 100)],
    );
    assert_eq!(matching.outcomes, [Outcome::Unmatched(NoMatch::Unknown)]);
}

#[test]
fn two_lines_of_one_declaration_are_acknowledged_together() {
    let lines = [line("FT-0001", 60), line("FT-0001", 40)];
    let matching = matched(&lines, &[declared(0, "FT-0001", 100)]);
    assert_eq!(to_acknowledge(&matching), [(0, 100)]);
    assert_eq!(matching.acknowledgements[0].lines, [0, 1]);
}

#[test]
fn two_lines_of_more_than_was_declared_are_left_to_people() {
    let lines = [line("FT-0001", 60), line("FT-0001", 41)];
    let matching = matched(&lines, &[declared(0, "FT-0001", 100)]);
    assert!(matching.acknowledgements.is_empty());
    let more = differs(Some(0), Difference::MoreThanDeclared);
    assert_eq!(matching.outcomes, [more, more]);
}

#[test]
fn the_same_line_twice_is_left_to_people() {
    let lines = [line("FT-0001", 40), line("FT-0001", 40)];
    let matching = matched(&lines, &[declared(0, "FT-0001", 100)]);
    assert!(matching.acknowledgements.is_empty());
    let twice = differs(Some(0), Difference::Twice);
    assert_eq!(matching.outcomes, [twice, twice]);
}

#[test]
fn money_that_went_back_keeps_its_declaration_from_being_acknowledged() {
    let back = StatementLine {
        is_received: false,
        ..line("FT-0001", 100)
    };
    let lines = [line("FT-0001", 100), back];
    let matching = matched(&lines, &[declared(0, "FT-0001", 100)]);
    assert!(matching.acknowledgements.is_empty());
    let paid_out = differs(Some(0), Difference::PaidOut);
    assert_eq!(matching.outcomes, [paid_out, paid_out]);
}

#[test]
fn a_line_without_a_reference_is_of_no_declaration() {
    let matching = matched(&[line("", 100)], &[declared(0, "FT-0001", 100)]);
    let none = Outcome::Unmatched(NoMatch::NoReference);
    assert_eq!(matching.outcomes, [none]);
    assert_eq!(matching.absent, [0]);
}

#[test]
fn money_that_was_paid_out_for_something_else_is_of_no_declaration() {
    let out = StatementLine {
        is_received: false,
        ..line("salaries", 100)
    };
    let matching = matched(&[out], &[declared(0, "FT-0001", 100)]);
    assert_eq!(matching.outcomes, [Outcome::Unmatched(NoMatch::PaidOut)]);
}

#[test]
fn of_equal_references_the_period_the_amount_and_the_value_date_decide_in_turn() {
    let other = |amount| Declared {
        first: FIRST.next(),
        ..declared(0, "FT-0001", amount)
    };
    let by_period = [declared(0, "FT-0001", 100), other(100)];
    let text = "FT-0001 CF-7-20261124";
    let matching = matched(&[line(text, 100)], &by_period);
    assert_eq!(to_acknowledge(&matching), [(1, 100)]);

    let by_amount = [declared(0, "FT-0001", 100), other(60)];
    let matching = matched(&[line("FT-0001", 60)], &by_amount);
    assert_eq!(to_acknowledge(&matching), [(1, 60)]);

    let mut by_date = [declared(0, "FT-0001", 100), other(100)];
    by_date[0].declaration.value_date = VALUE_DATE.next();
    let matching = matched(&[line("FT-0001", 100)], &by_date);
    assert_eq!(to_acknowledge(&matching), [(1, 100)]);

    let equal = [declared(0, "FT-0001", 100), other(100)];
    let matching = matched(&[line("FT-0001", 100)], &equal);
    let several = differs(None, Difference::Several);
    assert_eq!(matching.outcomes, [several]);
}

#[test]
fn a_later_value_date_is_told_and_does_not_hinder() {
    let late = StatementLine {
        value_date: Some(VALUE_DATE.next()),
        ..line("FT-0001", 100)
    };
    let matching = matched(&[late], &[declared(0, "FT-0001", 100)]);
    assert!(matching.acknowledgements[0].other_value_date);
    let matching = matched(&[line("FT-0001", 100)], &[declared(0, "FT-0001", 100)]);
    assert!(!matching.acknowledgements[0].other_value_date);
}

#[test]
fn a_line_of_before_the_declared_value_date_is_left_to_people() {
    // What came in with FT-0001 came back, and was paid once more under the same reference.
    let mut again = declared(1, "FT-0001", 100);
    again.declaration.value_date = VALUE_DATE.next();
    let matching = matched(&[line("FT-0001", 100)], &[again]);
    assert!(matching.acknowledgements.is_empty());
    let earlier = differs(Some(0), Difference::Earlier);
    assert_eq!(matching.outcomes, [earlier]);
}

#[test]
fn the_same_file_again_has_nothing_left() {
    let lines = [line("FT-0001", 99), line("CF-7-20261123", 60)];
    let all = [declared(0, "FT-0001", 100), declared(1, "FT-0002", 60)];
    let first = matched(&lines, &all);
    assert_eq!(to_acknowledge(&first), [(0, 99), (1, 60)]);
    let again = matched(&lines, &acknowledged(&all, &first));
    assert!(again.acknowledgements.is_empty());
    assert_eq!(again.outcomes, [Outcome::Before(0), Outcome::Before(1)]);
    assert!(again.absent.is_empty());
}

#[test]
fn what_was_acknowledged_with_another_amount_is_left_to_people() {
    let mut all = [declared(0, "FT-0001", 100)];
    all[0].declaration.received = Some(40);
    let matching = matched(&[line("FT-0001", 100)], &all);
    let otherwise = differs(Some(0), Difference::AnsweredOtherwise);
    assert_eq!(matching.outcomes, [otherwise]);
}

#[test]
fn control_sums_add_up_to_what_came_in() {
    let out = StatementLine {
        is_received: false,
        ..line("salaries", 7)
    };
    let lines = [
        line("FT-0001", 100),
        line("FT-0002", 61),
        line("", 5),
        out,
        line("FT-0003", 30),
    ];
    let mut all = [
        declared(0, "FT-0001", 100),
        declared(1, "FT-0002", 60),
        declared(2, "FT-0003", 30),
    ];
    all[2].declaration.received = Some(30);
    let sums = ControlSums::of(&lines, &matched(&lines, &all));
    let sum = |lines, amount| Sum { lines, amount };
    assert_eq!(
        sums,
        ControlSums {
            received: sum(4, 196),
            to_acknowledge: sum(1, 100),
            acknowledged_before: sum(1, 30),
            differing: sum(1, 61),
            unmatched: sum(1, 5),
            paid_out: sum(1, 7),
        }
    );
}

/// Declarations of few references, amounts and dates, so that many are alike.
fn some_declared() -> impl Strategy<Value = Vec<Declared>> {
    let one = (0u32..2, 0u32..2, 1u128..4, 0u32..2).prop_map(|(period, name, amount, date)| {
        let mut one = declared(0, &format!("FT-000{name}"), amount);
        one.first = BusinessDay(FIRST.0 + period);
        one.declaration.value_date = BusinessDay(VALUE_DATE.0 + date);
        one
    });
    prop::collection::vec(one, 0..5)
}

fn some_lines() -> impl Strategy<Value = Vec<StatementLine>> {
    const TEXTS: [&str; 5] = [
        "FT-0000",
        "FT-0001",
        "CF-7-20261123",
        "FT-0001 CF-7-20261124",
        "",
    ];
    let one = (0usize..5, 1u128..4, any::<bool>(), 0u32..2);
    let one = one.prop_map(|(text, amount, is_received, date)| StatementLine {
        is_received,
        value_date: Some(BusinessDay(VALUE_DATE.0 + date)),
        ..line(TEXTS[text], amount)
    });
    prop::collection::vec(one, 0..6)
}

proptest! {
    #[test]
    fn nothing_is_acknowledged_beyond_what_is_open_and_declared(
        lines in some_lines(),
        all in some_declared(),
    ) {
        let matching = matched(&lines, &all);
        prop_assert_eq!(matching.outcomes.len(), lines.len());
        for one in &matching.acknowledgements {
            let declaration = &all[one.declared].declaration;
            prop_assert!(declaration.received.is_none());
            prop_assert!(one.received > 0 && one.received <= declaration.amount);
        }
        let mut named: Vec<usize> = matching.acknowledgements.iter().map(|a| a.declared).collect();
        named.dedup();
        prop_assert_eq!(named.len(), matching.acknowledgements.len());
    }

    #[test]
    fn a_second_run_acknowledges_nothing(lines in some_lines(), all in some_declared()) {
        let first = matched(&lines, &all);
        let again = matched(&lines, &acknowledged(&all, &first));
        prop_assert!(again.acknowledgements.is_empty());
    }

    #[test]
    fn no_line_is_lost(lines in some_lines(), all in some_declared()) {
        let sums = ControlSums::of(&lines, &matched(&lines, &all));
        let parts = [
            sums.to_acknowledge,
            sums.acknowledged_before,
            sums.differing,
            sums.unmatched,
        ];
        let amount: Amount = parts.iter().map(|part| part.amount).sum();
        let count: usize = parts.iter().map(|part| part.lines).sum();
        prop_assert_eq!((count, amount), (sums.received.lines, sums.received.amount));
        prop_assert_eq!(sums.received.lines + sums.paid_out.lines, lines.len());
    }
}
