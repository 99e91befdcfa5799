use super::*;
use crate::testing;
use codec::Encode;
use counterfoil_primitives::settlement::{Obligation, Rail, SettlementPeriod};

const FIRST: BusinessDay = BusinessDay(20_780);
const COMPANY: MemberId = 2;
const BANK: MemberId = 3;

fn agreement() -> Agreement {
    testing::agreement(testing::agreement_view(FIRST))
}

fn reference(text: &str) -> BankReference {
    BankReference::try_from(text).unwrap()
}

/// A declaration of 40.00 with number 3, of which this was received.
fn declared(received: Option<Amount>) -> Declaration {
    Declaration {
        number: 3,
        amount: 4_000,
        value_date: FIRST.next(),
        reference: reference("FT-0001"),
        declared_at: 0,
        received,
        returned: 0,
    }
}

/// The company owes the bank 100.00 outside the chain, for one day that is due.
fn due(declarations: Vec<Declaration>) -> ObligationView {
    ObligationView {
        agreement: 7,
        period: SettlementPeriod {
            first: FIRST,
            last: FIRST,
        },
        obligation: Obligation {
            days: 1,
            amount: 10_000,
            due_since: Some(1),
            ..Obligation::new(FIRST, Rail::External)
        },
        debtor: Some(COMPANY),
        creditor: Some(BANK),
        days: vec![(FIRST, 10_000)],
        declarations,
        waiting: None,
    }
}

fn declare(amount: Amount) -> Act {
    Act::Declare {
        amount,
        value_date: FIRST.next(),
        reference: reference("FT-0002"),
    }
}

fn acknowledge(received: Amount) -> Act {
    Act::Acknowledge {
        number: 3,
        reference: reference("FT-0001"),
        received,
    }
}

fn came_back(amount: Amount, returned_before: Amount) -> Act {
    Act::Return {
        number: 3,
        amount,
        returned_before,
    }
}

/// Why an act of a member is refused, in words.
fn refused(act: &Act, view: &ObligationView, member: MemberId) -> String {
    act.check(&agreement(), view, member)
        .unwrap_err()
        .to_string()
}

fn taken(act: &Act, view: &ObligationView, member: MemberId) {
    act.check(&agreement(), view, member).unwrap();
}

#[test]
fn the_debtor_declares_what_is_due_and_no_more() {
    let view = due(vec![declared(None)]);
    taken(&declare(6_000), &view, COMPANY);
    let words = refused(&declare(6_001), &view, COMPANY);
    assert!(words.contains("60.00 CZK"), "{words}");
    let words = refused(&declare(6_000), &view, BANK);
    assert!(words.contains("member 2 owes"), "{words}");
}

#[test]
fn nothing_is_released_before_the_period_is_whole() {
    let mut view = due(Vec::new());
    view.obligation.release = Release::Awaited;
    view.obligation.due_since = None;
    view.period.last = FIRST.next();
    let words = refused(&Act::Release, &view, COMPANY);
    assert!(words.ends_with("not reconciled: 1"), "{words}");
}

#[test]
fn nothing_is_declared_before_the_period_is_whole_or_once_it_is_paid() {
    let mut view = due(Vec::new());
    view.period.last = BusinessDay(FIRST.0 + 2);
    view.obligation.due_since = None;
    let words = refused(&declare(1), &view, COMPANY);
    assert!(words.ends_with("not reconciled: 2"), "{words}");
    let mut view = due(Vec::new());
    view.obligation.paid_at = Some(2);
    let words = refused(&declare(1), &view, COMPANY);
    assert!(words.contains("nothing is left"), "{words}");
}

#[test]
fn nothing_is_declared_before_it_is_released() {
    let mut view = due(Vec::new());
    view.obligation.release = Release::Awaited;
    assert!(refused(&declare(1), &view, COMPANY).contains("release"));
    taken(&Act::Release, &view, COMPANY);
}

#[test]
fn what_waits_for_no_release_is_not_released() {
    let words = refused(&Act::Release, &due(Vec::new()), COMPANY);
    assert!(words.contains("waits for no release"), "{words}");
}

#[test]
fn what_is_paid_in_an_asset_is_not_declared() {
    let mut view = due(Vec::new());
    view.obligation.rail = Rail::Asset(1);
    let words = refused(&declare(1), &view, COMPANY);
    assert!(words.contains("in asset 1"), "{words}");
}

#[test]
fn the_creditor_acknowledges_what_was_declared_or_less() {
    let view = due(vec![declared(None)]);
    for received in [4_000, 3_999, 0] {
        taken(&acknowledge(received), &view, BANK);
    }
    let words = refused(&acknowledge(4_001), &view, BANK);
    assert!(words.contains("40.00 CZK"), "{words}");
    let words = refused(&acknowledge(1), &view, COMPANY);
    assert!(words.contains("member 3 is owed"), "{words}");
}

#[test]
fn a_declaration_is_answered_once_and_withdrawn_only_before() {
    let answered = due(vec![declared(Some(4_000))]);
    let withdraw = Act::Withdraw { number: 3 };
    for (act, member) in [(&acknowledge(1), BANK), (&withdraw, COMPANY)] {
        let words = refused(act, &answered, member);
        assert!(words.contains("answered already"), "{words}");
    }
    taken(&withdraw, &due(vec![declared(None)]), COMPANY);
}

#[test]
fn no_more_comes_back_than_was_received() {
    let returned = |amount| came_back(amount, 0);
    let view = due(vec![declared(Some(2_500))]);
    taken(&returned(2_500), &view, COMPANY);
    let words = refused(&returned(2_501), &view, COMPANY);
    assert!(words.contains("25.00 CZK"), "{words}");
    let open = due(vec![declared(None)]);
    let words = refused(&returned(1), &open, COMPANY);
    assert!(words.contains("not acknowledged"), "{words}");
}

#[test]
fn a_return_that_is_said_again_is_refused_with_what_came_back_by_now() {
    let view = due(vec![Declaration {
        returned: 1_000,
        ..declared(Some(4_000))
    }]);
    let again = came_back(1_000, 0);
    let words = refused(&again, &view, COMPANY);
    assert!(
        words.ends_with("of declaration 3 before, 10.00 CZK"),
        "{words}"
    );
    let refusal = again.check(&agreement(), &view, COMPANY).unwrap_err();
    assert!(refusal.remedy().contains("`--returned-before`"));
    taken(&came_back(1_000, 1_000), &view, COMPANY);
}

#[test]
fn the_call_of_a_return_has_what_came_back_before_at_its_end() {
    let call = came_back(4_000, 1_000).call(7, FIRST);
    let arguments = (7u32, FIRST, 3u32, 4_000u128, 1_000u128);
    assert_eq!(call.arguments(), arguments.encode());
}

#[test]
fn where_nothing_is_owed_nobody_has_anything_to_say() {
    let mut view = due(Vec::new());
    (view.debtor, view.creditor) = (None, None);
    let words = refused(&Act::Release, &view, COMPANY);
    assert!(words.contains("nothing is owed"), "{words}");
}

#[test]
fn an_unknown_declaration_is_told_with_those_that_there_are() {
    let view = due(vec![declared(None)]);
    assert_eq!(declaration(&view, 3).unwrap().number, 3);
    let words = declaration(&view, 4).unwrap_err().to_string();
    assert!(words.contains("no declaration 4; there are 3"), "{words}");
}

#[test]
fn calls_name_the_first_day_of_the_period() {
    let call = declare(6_000).call(7, FIRST);
    assert_eq!(call.title(), "Settlement.declare");
    let arguments = (7u32, FIRST, 6_000u128, FIRST.next(), reference("FT-0002"));
    assert_eq!(call.arguments(), arguments.encode());
    let call = acknowledge(4_000).call(7, FIRST);
    assert_eq!(call.title(), "Settlement.acknowledge");
    let arguments = (7u32, FIRST, 3u32, reference("FT-0001"), 4_000u128);
    assert_eq!(call.arguments(), arguments.encode());
    let titles = [Act::Release, Act::Withdraw { number: 3 }, came_back(1, 0)]
        .map(|act| act.call(7, FIRST).title());
    assert_eq!(
        titles,
        [
            "Settlement.release",
            "Settlement.withdraw_declaration",
            "Settlement.report_return"
        ]
    );
}
