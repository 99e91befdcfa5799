//! The calls by which what is owed is released, declared and acknowledged, and by which clients are stopped,
//! by members that have no business in them.

use super::{
    super::{
        operation::{AnswerDraft, DeclarationDraft, ReturnDraft},
        settlement::WHOLE,
    },
    *,
};

/// What members do about what is owed by hand, and so with a nonce.
pub const SETTLING: [&str; 5] = [
    "settlement.release",
    "settlement.declare",
    "settlement.withdraw_declaration",
    "settlement.acknowledge",
    "settlement.report_return",
];

/// What institutions do about clients.
pub const SUSPENDING: [&str; 2] = ["registry.suspend_client", "registry.lift_suspension"];

/// The agreement that is paid outside the chain, and that limits what clients cause.
const OUTSIDE: AgreementId = AGREEMENTS[1];
/// A client of it.
const SHOP: MemberId = 6;

const ALL: AnswerDraft = AnswerDraft {
    of: 0,
    part: WHOLE,
    amiss: None,
};

/// A day on which a client went beyond its limit is reconciled.
fn go_beyond(world: &mut World) {
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 3,
        gross: 2_000_000,
        fault: None,
    };
    assert!(world.record(OUTSIDE, Manner::HONEST, &[draft; 2]));
    for _ in 0..20 {
        if world.model.is_reconciled(OUTSIDE, day(world)) {
            return;
        }
        world.honest_step(OUTSIDE, &[]);
    }
    panic!("it is not reconciled");
}

fn release(world: &mut World, manner: Manner) -> bool {
    world.release(OUTSIDE, day(world), manner)
}

fn declare(world: &mut World, manner: Manner) -> bool {
    let draft = DeclarationDraft {
        part: WHOLE,
        amiss: None,
    };
    world.declare(OUTSIDE, day(world), manner, draft)
}

fn acknowledge(world: &mut World, manner: Manner) -> bool {
    world.acknowledge(OUTSIDE, day(world), manner, ALL)
}

fn suspend(world: &mut World, manner: Manner) -> bool {
    world.suspend(OUTSIDE, SHOP, manner)
}

/// Takes the first of these steps by whoever each is for.
fn take(world: &mut World, steps: &[fn(&mut World, Manner) -> bool]) {
    go_beyond(world);
    for step in steps {
        assert!(step(world, Manner::HONEST.ordered()));
    }
}

/// Brings the chain to where a call is due, and returns the call.
fn staged_by_hand(world: &mut World, name: &str) -> (Deed, Call) {
    let agreement = world.agreement(OUTSIDE);
    let (debtor, creditor) = (Deed::Pay(agreement.company), Deed::Receive(agreement.bank));
    match name {
        "settlement.release" => {
            take(world, &[]);
            (debtor, Box::new(release))
        }
        "settlement.declare" => {
            take(world, &[release]);
            (debtor, Box::new(declare))
        }
        "settlement.withdraw_declaration" => {
            take(world, &[release, declare]);
            let withdraw = |world: &mut World, manner| {
                world.withdraw_declaration(OUTSIDE, day(world), manner, 0)
            };
            (debtor, Box::new(withdraw))
        }
        "settlement.acknowledge" => {
            take(world, &[release, declare]);
            (creditor, Box::new(acknowledge))
        }
        "settlement.report_return" => {
            take(world, &[release, declare, acknowledge]);
            let AnswerDraft { of, part, amiss } = ALL;
            let come_back = move |world: &mut World, manner| {
                let draft = ReturnDraft {
                    of,
                    part,
                    amiss,
                    as_first: true,
                };
                world.report_return(OUTSIDE, day(world), manner, draft)
            };
            (debtor, Box::new(come_back))
        }
        "registry.suspend_client" => (Deed::Suspend, Box::new(suspend)),
        "registry.lift_suspension" => {
            assert!(suspend(world, Manner::HONEST.ordered()));
            let lift = |world: &mut World, manner| world.lift(OUTSIDE, SHOP, manner);
            (Deed::Suspend, Box::new(lift))
        }
        other => panic!("{other} is not staged"),
    }
}

#[test]
fn no_member_settles_or_suspends_what_is_not_its_own() {
    for name in SETTLING.into_iter().chain(SUSPENDING) {
        on_chain(|| {
            let mut world = World::new();
            let (deed, call) = staged_by_hand(&mut world, name);
            let agreement = world.agreement(OUTSIDE);
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
