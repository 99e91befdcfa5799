//! The calls by which records are amended, by members that have no business in them.

use super::{
    super::{
        operation::{AmendmentDraft, Remedy, Said},
        put_right::CANCELLATION,
    },
    *,
};
use counterfoil_primitives::day::DAY;

/// What members do with amendments by hand, and so with a nonce.
pub const AMENDING: [&str; 4] = [
    "amendments.propose",
    "amendments.answer",
    "amendments.withdraw",
    "amendments.write_off",
];

/// The number of the first proposal of an agreement.
const FIRST: u32 = 1;

fn propose(world: &mut World, manner: Manner) -> bool {
    world
        .propose_amendment(AGREEMENT, manner, &CANCELLATION)
        .is_done()
}

fn answer(world: &mut World, manner: Manner) -> bool {
    world.answer_amendment(AGREEMENT, FIRST, manner, Said::Accept)
}

/// A payment is recorded, and proposed to be taken back.
fn proposed(world: &mut World) {
    assert!(record(world, Manner::HONEST));
    assert!(propose(world, Manner::HONEST.ordered()));
}

/// Bank and company agree: it is to be booked.
pub fn accepted(world: &mut World) -> (Deed, Call) {
    proposed(world);
    assert!(answer(world, Manner::HONEST.ordered()));
    let book = |world: &mut World, manner| world.book_amendment(AGREEMENT, FIRST, manner, true);
    (Deed::Carry, Box::new(book))
}

/// Nobody answered in time.
pub fn unanswered(world: &mut World) -> (Deed, Call) {
    proposed(world);
    let days = world.agreement(AGREEMENT).answer_days;
    world.pass_to(world.now + (u64::from(days) + 1) * DAY);
    let lapse = |world: &mut World, manner| world.lapse_amendment(AGREEMENT, FIRST, manner);
    (Deed::Carry, Box::new(lapse))
}

/// Brings the chain to where a call is due that needs a nonce, and returns the call.
fn staged_by_hand(world: &mut World, name: &str) -> (Deed, Call) {
    match name {
        "amendments.propose" => {
            assert!(record(world, Manner::HONEST));
            (Deed::Amend, Box::new(propose))
        }
        "amendments.answer" => {
            proposed(world);
            let awaited = Deed::Answer {
                bank: true,
                company: false,
            };
            (awaited, Box::new(answer))
        }
        "amendments.withdraw" => {
            proposed(world);
            let withdraw =
                |world: &mut World, manner| world.withdraw_amendment(AGREEMENT, FIRST, manner);
            let company = world.agreement(AGREEMENT).company;
            (Deed::Withdraw(company), Box::new(withdraw))
        }
        "amendments.write_off" => {
            proposed(world);
            let bank = world.agreement(AGREEMENT).bank;
            let by_bank = Manner {
                who: Some(bank),
                ..Manner::HONEST.ordered()
            };
            assert!(world.answer_amendment(AGREEMENT, FIRST, by_bank, Said::Reject));
            let write_off =
                |world: &mut World, manner| world.write_off_amendment(AGREEMENT, FIRST, manner);
            let company = world.agreement(AGREEMENT).company;
            (Deed::Withdraw(company), Box::new(write_off))
        }
        other => panic!("{other} is not staged"),
    }
}

#[test]
fn no_member_proposes_answers_withdraws_or_writes_off_what_is_not_its_own() {
    for name in AMENDING {
        on_chain(|| {
            let mut world = World::new();
            let (deed, call) = staged_by_hand(&mut world, name);
            let agreement = world.agreement(AGREEMENT);
            for manner in manners() {
                let who = manner.who.expect("it is named");
                let is_entitled =
                    Members::<Runtime>::contains_key(who) && may(&agreement, who, deed);
                if !is_entitled || manner.form == Form::Unordered {
                    assert!(!call(&mut world, manner), "{name}: {manner:?}");
                }
            }
            let honest = Manner::HONEST.ordered();
            assert!(call(&mut world, honest), "{name} is not staged");
        });
    }
}

/// What was agreed is booked the same by whoever books it. A member that the agreement does not name does so
/// by a call with a nonce, and pays its fee.
#[test]
fn a_member_that_the_agreement_does_not_name_books_for_a_fee_and_not_without() {
    on_chain(|| {
        let mut world = World::new();
        let agreement = AGREEMENTS[1];
        let missing = AmendmentDraft {
            remedy: Remedy::Supplement,
            ..CANCELLATION
        };
        let by_hand = Manner::HONEST.ordered();
        let proposed = world.propose_amendment(agreement, by_hand, &missing);
        assert!(proposed.is_done());
        assert!(world.answer_amendment(agreement, FIRST, by_hand, Said::Accept));
        let mut books = |member, form| {
            let manner = Manner {
                who: Some(member),
                form,
                flaw: None,
            };
            world.book_amendment(agreement, FIRST, manner, true)
        };
        assert!(!books(POOR, Form::Ordered));
        assert!(!books(RICH, Form::Unordered));
        let account = AccountId::from(first_key(RICH).public());
        let before = Balances::free_balance(&account);
        assert!(books(RICH, Form::Ordered));
        assert!(Balances::free_balance(&account) < before);
    });
}
