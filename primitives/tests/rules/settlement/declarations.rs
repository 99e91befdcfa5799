//! Declarations of payments outside the chain: whatever is said in whatever order, sums hold.

use counterfoil_primitives::{
    settlement::{declaration::MAX_DECLARATIONS, BankReference, Declarations, NotDeclared},
    Amount, BusinessDay,
};
use proptest::prelude::*;
use std::collections::BTreeMap;

const DAY: BusinessDay = BusinessDay(20_000);

fn reference(text: &str) -> BankReference {
    BankReference::truncated(text)
}

/// Declares a part of 500 that are owed.
fn declare(of: &mut Declarations, amount: Amount, text: &str) -> Result<u32, NotDeclared> {
    of.declare(500, amount, DAY, reference(text), 1)
}

fn acknowledge(
    of: &mut Declarations,
    number: u32,
    text: &str,
    received: Amount,
) -> Result<(), NotDeclared> {
    of.acknowledge(number, &reference(text), received)
        .map(|_| ())
}

#[test]
fn a_declaration_is_open_until_it_is_answered() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(0));
    assert_eq!((of.open(), of.kept()), (300, 0));
    assert_eq!(acknowledge(&mut of, 0, "B-1", 250), Ok(()));
    assert_eq!((of.open(), of.kept()), (0, 250));
}

#[test]
fn what_is_declared_is_at_most_what_is_owed_and_neither_open_nor_kept() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 501, "B-1"), Err(NotDeclared::MoreThanDue));
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(0));
    assert_eq!(declare(&mut of, 201, "B-2"), Err(NotDeclared::MoreThanDue));
    assert_eq!(acknowledge(&mut of, 0, "B-1", 250), Ok(()));
    assert_eq!(declare(&mut of, 251, "B-2"), Err(NotDeclared::MoreThanDue));
    assert_eq!(declare(&mut of, 250, "B-2"), Ok(1));
}

#[test]
fn a_declaration_says_how_much_and_by_which_reference() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 0, "B-1"), Err(NotDeclared::Zero));
    assert_eq!(declare(&mut of, 1, ""), Err(NotDeclared::NoReference));
    assert_eq!(declare(&mut of, 1, "B-1"), Ok(0));
    assert_eq!(
        declare(&mut of, 1, "B-1"),
        Err(NotDeclared::ReferenceDeclared)
    );
}

#[test]
fn an_answer_names_the_declaration_by_number_and_reference() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(0));
    assert_eq!(acknowledge(&mut of, 1, "B-1", 1), Err(NotDeclared::Unknown));
    assert_eq!(
        acknowledge(&mut of, 0, "B-2", 1),
        Err(NotDeclared::OtherReference)
    );
    assert_eq!(
        acknowledge(&mut of, 0, "B-1", 301),
        Err(NotDeclared::MoreThanDeclared)
    );
    assert_eq!(acknowledge(&mut of, 0, "B-1", 300), Ok(()));
    assert_eq!(
        acknowledge(&mut of, 0, "B-1", 300),
        Err(NotDeclared::Answered)
    );
    assert_eq!(of.withdraw(0), Err(NotDeclared::Answered));
}

#[test]
fn what_comes_back_was_received_before() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(0));
    assert_eq!(of.give_back(0, 1, 0), Err(NotDeclared::NotAcknowledged));
    assert_eq!(acknowledge(&mut of, 0, "B-1", 250), Ok(()));
    assert_eq!(of.give_back(0, 0, 0), Err(NotDeclared::Zero));
    assert_eq!(of.give_back(0, 251, 0), Err(NotDeclared::MoreThanReceived));
    assert_eq!(of.give_back(0, 100, 0).map(|left| left.kept()), Ok(150));
    assert_eq!(of.give_back(0, 150, 100).map(|left| left.kept()), Ok(0));
    assert_eq!(of.give_back(0, 1, 250), Err(NotDeclared::Unknown));
}

#[test]
fn what_comes_back_is_said_with_what_came_back_before() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(0));
    assert_eq!(acknowledge(&mut of, 0, "B-1", 300), Ok(()));
    assert_eq!(of.give_back(0, 100, 1), Err(NotDeclared::ReturnedMeanwhile));
    assert_eq!(of.give_back(0, 100, 0).map(|left| left.kept()), Ok(200));
    for other in [0, 99, 101] {
        let again = of.give_back(0, 100, other);
        assert_eq!(again, Err(NotDeclared::ReturnedMeanwhile));
    }
    // What is more than stayed is a repetition first.
    assert_eq!(of.give_back(0, 201, 0), Err(NotDeclared::ReturnedMeanwhile));
    assert_eq!(of.give_back(0, 100, 100).map(|left| left.kept()), Ok(100));
}

#[test]
fn no_number_is_given_twice() {
    let mut of = Declarations::default();
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(0));
    assert_eq!(of.withdraw(0).map(|gone| gone.number), Ok(0));
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(1));
    assert_eq!(acknowledge(&mut of, 1, "B-1", 0), Ok(()));
    assert_eq!(declare(&mut of, 300, "B-1"), Ok(2));
}

#[test]
fn declarations_are_limited_in_number() {
    let mut of = Declarations::default();
    for number in 0..MAX_DECLARATIONS {
        assert_eq!(declare(&mut of, 1, &number.to_string()), Ok(number));
    }
    assert_eq!(declare(&mut of, 1, "more"), Err(NotDeclared::TooMany));
    assert_eq!(of.next, MAX_DECLARATIONS);
}

/// Something that a party says.
#[derive(Clone, Copy, Debug)]
enum Said {
    Declared(Amount, u8),
    Withdrawn(u32),
    Acknowledged(u32, u8, Amount),
    /// What came back, and whether it is said as if nothing had come back before.
    Returned(u32, Amount, bool),
}

fn anything_said() -> impl Strategy<Value = Said> {
    prop_oneof![
        (0..400u128, 0..6u8).prop_map(|(amount, name)| Said::Declared(amount, name)),
        (0..12u32).prop_map(Said::Withdrawn),
        (0..12u32, 0..6u8, 0..400u128)
            .prop_map(|(number, name, amount)| Said::Acknowledged(number, name, amount)),
        (0..12u32, 0..400u128, prop::bool::weighted(0.3))
            .prop_map(|(number, amount, as_first)| Said::Returned(number, amount, as_first)),
    ]
}

/// Name, amount, what stayed with the creditor, and what came back, by number; of what is open, nothing
/// stayed yet.
type Model = BTreeMap<u32, (u8, Amount, Option<Amount>, Amount)>;

/// What a report says that came back of a number before.
fn named_before(model: &Model, number: u32, as_first: bool) -> Amount {
    match model.get(&number) {
        Some((.., returned)) if !as_first => *returned,
        _ => 0,
    }
}

/// What is said, done to a plain model. Returns whether it may be said.
fn say(model: &mut Model, next: &mut u32, owed: Amount, said: Said) -> bool {
    let taken: Amount = model
        .values()
        .map(|(_, amount, kept, _)| kept.unwrap_or(*amount))
        .sum();
    match said {
        Said::Declared(amount, name) => {
            let is_fresh = model.values().all(|(other, ..)| *other != name);
            let may = amount > 0 && taken + amount <= owed && is_fresh;
            if may {
                model.insert(*next, (name, amount, None, 0));
                *next += 1;
            }
            may
        }
        Said::Withdrawn(number) => {
            let may = matches!(model.get(&number), Some((_, _, None, _)));
            if may {
                model.remove(&number);
            }
            may
        }
        Said::Acknowledged(number, name, received) => {
            let found = model.get(&number).copied();
            let may = found.is_some_and(|(own, amount, kept, _)| {
                own == name && kept.is_none() && received <= amount
            });
            if may {
                let (_, amount, ..) = found.expect("it was found");
                model.insert(number, (name, amount, Some(received), 0));
            }
            may
        }
        Said::Returned(number, returned, as_first) => {
            let found = model.get(&number).copied();
            let kept = found.and_then(|(_, _, kept, _)| kept).unwrap_or_default();
            let so_far = found.map_or(0, |(.., returned)| returned);
            let is_next = named_before(model, number, as_first) == so_far;
            let may = is_next && returned > 0 && returned <= kept;
            if let (true, Some((name, amount, ..))) = (may, found) {
                let now = (name, amount, Some(kept - returned), so_far + returned);
                model.insert(number, now);
            }
            may
        }
    }
}

proptest! {
    #[test]
    fn whatever_is_said_sums_are_those_of_a_plain_model(
        owed in 0..1_000u128,
        all in prop::collection::vec(anything_said(), 0..40),
    ) {
        let (mut of, mut model, mut next) = (Declarations::default(), Model::new(), 0);
        for said in all {
            let before = of.clone();
            let name = |name: u8| reference(&format!("B-{name}"));
            let is_taken = match said {
                Said::Declared(amount, text) => {
                    of.declare(owed, amount, DAY, name(text), 1).is_ok()
                }
                Said::Withdrawn(number) => of.withdraw(number).is_ok(),
                Said::Acknowledged(number, text, received) => {
                    of.acknowledge(number, &name(text), received).is_ok()
                }
                Said::Returned(number, amount, as_first) => {
                    let returned_before = named_before(&model, number, as_first);
                    of.give_back(number, amount, returned_before).is_ok()
                }
            };
            let may = say(&mut model, &mut next, owed, said);
            model.retain(|_, (_, _, kept, _)| *kept != Some(0));
            prop_assert_eq!(is_taken, may, "{:?}", said);
            // What is refused changes nothing.
            prop_assert!(is_taken || of == before);
            let kept: Amount = model.values().filter_map(|(_, _, kept, _)| *kept).sum();
            let open = model.values().filter(|(_, _, kept, _)| kept.is_none());
            let open: Amount = open.map(|(_, amount, ..)| *amount).sum();
            prop_assert_eq!((of.kept(), of.open(), of.next), (kept, open, next));
            prop_assert!(kept + open <= owed);
            let numbers: Vec<u32> = of.list.iter().map(|one| one.number).collect();
            prop_assert_eq!(numbers, model.keys().copied().collect::<Vec<_>>());
        }
    }
}
