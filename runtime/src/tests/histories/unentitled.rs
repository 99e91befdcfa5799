//! Every call, by every member that has no business in it.

mod amendment_calls;
mod council_calls;
mod decisions;
mod settlement_calls;

use super::{
    books::{self, Damage},
    council,
    lies::{self, Piece},
    members::{first_key, may, names, right, Deed, AGREEMENTS, CALLERS, DRIFTER, SEATS},
    operation::{Admin, Draft, Form, Manner, Pick, RefundDraft, RefundFault, Word, Written},
    world::{on_chain, Outcome, World},
};
use crate::{AccountId, Balances, Runtime, RuntimeCall};
use counterfoil_primitives::{AgreementId, BusinessDay, MemberId, Side, SideId};
use decisions::DECISIONS;
use frame_support::traits::GetCallName;
use pallet_registry::Members;
use sp_core::Pair;
use sp_runtime::DispatchError;

const AGREEMENT: AgreementId = 1;
/// A client whose account has funds: its calls are paid where they are not free.
const RICH: MemberId = 1;
/// A party whose account has too little for any fee.
const POOR: MemberId = 2;

/// What members do in an agreement.
const IN_AGREEMENTS: [&str; 15] = [
    "trades.record",
    "trades.refund",
    "trades.seal",
    "books.commit",
    "reconciliation.report_clean",
    "reconciliation.report_header",
    "reconciliation.report_slots",
    "reconciliation.report_extras",
    "reconciliation.mark_overdue",
    "reconciliation.mark_defaulted",
    "reconciliation.request_full_fetch",
    "reconciliation.confirm_repair",
    "settlement.pay",
    "amendments.book",
    "amendments.lapse",
];

/// What a person at a client does, by hand and so with a nonce.
const BY_HAND: [&str; 2] = ["trades.record_one", "trades.refund_one"];

/// What a member does for itself alone.
const FOR_ONESELF: [&str; 6] = [
    "registry.change_account",
    "registry.object_to_account",
    "registry.rotate_operator",
    "registry.set_endpoint",
    "validators.purge_keys",
    "validators.set_keys",
];

/// The day that is staged.
fn day(world: &World) -> BusinessDay {
    world.agreement(AGREEMENT).first_day.next()
}

fn side_id(world: &World, side: Side) -> SideId {
    SideId::new(AGREEMENT, day(world), side)
}

fn record(world: &mut World, manner: Manner) -> bool {
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 1,
        gross: 10_000,
        fault: None,
    };
    world.record(AGREEMENT, manner, &[draft])
}

/// Refunds a payment as a whole.
const WHOLE: RefundDraft = RefundDraft {
    sequence: Pick::Fresh(0),
    minutes_ago: 0,
    of: 0,
    part: 1_000,
    fault: None,
};

fn give_back(world: &mut World, manner: Manner) -> bool {
    world.refund(AGREEMENT, manner, &[WHOLE]).is_done()
}

/// A day with a trade, sealed.
fn seal_day(world: &mut World) {
    let today = day(world);
    assert!(record(world, Manner::HONEST));
    let cut_off = world.agreement(AGREEMENT).cut_off_of(today);
    world.pass_to(cut_off.expect("it is a day of the agreement"));
    assert!(world.seal(AGREEMENT, today, Manner::HONEST));
}

/// Both sides committed, with this damage, and the preset time come.
fn commit_day(world: &mut World, damages: &[(u16, Damage)]) {
    seal_day(world);
    for side_id in books::sides(AGREEMENT, day(world)) {
        assert!(world.commit(side_id, Manner::HONEST, &Word::Book(damages.to_vec())));
    }
    let times = world.times(AGREEMENT, day(world));
    world.pass_to(times.expect("it is a day of the agreement").preset);
}

/// The piece of the honest report of a broken book that `wanted` picks; those before it are in.
fn with_report(world: &mut World, wanted: fn(&Piece) -> bool) -> Piece {
    let damages = [(0, Damage::Drop), (0, Damage::Invent(1))];
    commit_day(world, &damages);
    let side_id = side_id(world, Side::Debit);
    let broken = books::damaged(side_id, &damages);
    for piece in lies::honest(side_id, &broken, day(world).next()) {
        if wanted(&piece) {
            return piece;
        }
        let answer = world.send_piece(side_id, Manner::HONEST, piece, true);
        assert!(answer.is_done());
    }
    panic!("the report has no such piece");
}

type Call = Box<dyn Fn(&mut World, Manner) -> bool>;

fn piece(world: &mut World, wanted: fn(&Piece) -> bool) -> (Deed, Call) {
    let piece = with_report(world, wanted);
    let send = move |world: &mut World, manner| {
        let side_id = side_id(world, Side::Debit);
        world
            .send_piece(side_id, manner, piece.clone(), true)
            .is_done()
    };
    (Deed::Report(day(world)), Box::new(send))
}

/// Brings the chain to where a call is due, and returns the call.
fn staged(world: &mut World, name: &str) -> (Deed, Call) {
    let debit = Side::Debit;
    match name {
        "trades.record" => (Deed::Record, Box::new(record)),
        "trades.refund" => {
            assert!(record(world, Manner::HONEST));
            (Deed::Record, Box::new(give_back))
        }
        "trades.seal" => {
            let cut_off = world.agreement(AGREEMENT).cut_off_of(day(world));
            world.pass_to(cut_off.expect("it is a day of the agreement"));
            let seal = |world: &mut World, manner| world.seal(AGREEMENT, day(world), manner);
            (Deed::Seal, Box::new(seal))
        }
        "books.commit" => {
            seal_day(world);
            let commit = |world: &mut World, manner| {
                world.commit(side_id(world, Side::Debit), manner, &Word::Book(Vec::new()))
            };
            (Deed::Commit(debit), Box::new(commit))
        }
        "reconciliation.confirm_repair" => {
            commit_day(world, &[(0, Damage::Drop)]);
            world.report(side_id(world, debit), Manner::HONEST, None);
            let repair = |world: &mut World, manner| {
                world.repair(side_id(world, Side::Debit), manner, false)
            };
            (Deed::Repair(debit), Box::new(repair))
        }
        "reconciliation.report_clean" => {
            commit_day(world, &[]);
            let report = |world: &mut World, manner| {
                let side_id = side_id(world, Side::Debit);
                world
                    .send_piece(side_id, manner, Piece::Clean, true)
                    .is_done()
            };
            (Deed::Report(day(world)), Box::new(report))
        }
        "reconciliation.report_header" => piece(world, |piece| matches!(piece, Piece::Header(_))),
        "reconciliation.report_slots" => piece(world, |piece| matches!(piece, Piece::Slots(..))),
        "reconciliation.report_extras" => piece(world, |piece| matches!(piece, Piece::Extras(..))),
        "reconciliation.mark_overdue" => {
            seal_day(world);
            let times = world.times(AGREEMENT, day(world));
            world.pass_to(times.expect("it is a day of the agreement").preset);
            let mark =
                |world: &mut World, manner| world.mark_overdue(side_id(world, Side::Debit), manner);
            (Deed::Report(day(world)), Box::new(mark))
        }
        "reconciliation.mark_defaulted" => {
            seal_day(world);
            let times = world.times(AGREEMENT, day(world));
            world.pass_to(times.expect("it is a day of the agreement").deadline);
            let mark = |world: &mut World, manner| {
                world.mark_defaulted(side_id(world, Side::Debit), manner)
            };
            (Deed::Report(day(world)), Box::new(mark))
        }
        "reconciliation.request_full_fetch" => {
            let ask = |world: &mut World, manner| world.full_fetch(AGREEMENT, day(world), manner);
            (Deed::Report(day(world)), Box::new(ask))
        }
        "settlement.pay" => {
            commit_day(world, &[]);
            for side_id in books::sides(AGREEMENT, day(world)) {
                world.report(side_id, Manner::HONEST, None);
            }
            let pay = |world: &mut World, manner| world.pay(AGREEMENT, day(world), manner);
            let company = world.agreement(AGREEMENT).company;
            (Deed::Pay(company), Box::new(pay))
        }
        "amendments.book" => amendment_calls::accepted(world),
        "amendments.lapse" => amendment_calls::unanswered(world),
        other => panic!("{other} is not staged"),
    }
}

fn manners() -> impl Iterator<Item = Manner> {
    let forms = [Form::Ordered, Form::Unordered];
    CALLERS.flat_map(move |member| {
        forms.map(|form| Manner {
            who: Some(member),
            form,
            flaw: None,
        })
    })
}

#[test]
fn every_call_of_the_pallets_is_tried() {
    let pallets: [(&str, &[&str]); 8] = [
        (
            "registry",
            pallet_registry::Call::<Runtime>::get_call_names(),
        ),
        ("trades", pallet_trades::Call::<Runtime>::get_call_names()),
        ("books", pallet_books::Call::<Runtime>::get_call_names()),
        (
            "reconciliation",
            pallet_reconciliation::Call::<Runtime>::get_call_names(),
        ),
        (
            "settlement",
            pallet_settlement::Call::<Runtime>::get_call_names(),
        ),
        (
            "amendments",
            pallet_amendments::Call::<Runtime>::get_call_names(),
        ),
        ("council", pallet_council::Call::<Runtime>::get_call_names()),
        (
            "validators",
            pallet_validators::Call::<Runtime>::get_call_names(),
        ),
    ];
    let mut all: Vec<String> = pallets
        .iter()
        .flat_map(|(pallet, calls)| calls.iter().map(move |call| format!("{pallet}.{call}")))
        .collect();
    let decisions = DECISIONS.map(|(name, _)| name);
    let mut tried = [
        &IN_AGREEMENTS[..],
        &BY_HAND,
        &amendment_calls::AMENDING,
        &settlement_calls::SETTLING,
        &settlement_calls::SUSPENDING,
        &FOR_ONESELF,
        &council_calls::OF_SEATS,
        &council_calls::OF_A_MOTION,
        &decisions,
    ]
    .concat();
    all.sort();
    tried.sort_unstable();
    assert_eq!(all, tried);
}

/// A seal is left to members that the agreement does not name: see the test after this one.
#[test]
fn no_call_lets_a_member_act_on_an_agreement_that_is_not_its_own() {
    for name in IN_AGREEMENTS {
        on_chain(|| {
            let mut world = World::new();
            let (deed, call) = staged(&mut world, name);
            let agreement = world.agreement(AGREEMENT);
            let is_stranger = |manner: &Manner| {
                let who = manner.who.expect("it is named");
                !(Members::<Runtime>::contains_key(who) && may(&agreement, who, deed))
            };
            for manner in manners().filter(is_stranger) {
                assert!(!call(&mut world, manner), "{name}: {manner:?}");
            }
            assert!(call(&mut world, Manner::HONEST), "{name} is not staged");
        });
    }
}

/// A seal says nothing but what the clock says. A member that the agreement does not name makes one by a
/// call with a nonce, and pays its fee.
#[test]
fn a_member_that_the_agreement_does_not_name_seals_for_a_fee_and_not_without() {
    on_chain(|| {
        let mut world = World::new();
        let agreement_id = AGREEMENTS[1];
        let agreement = world.agreement(agreement_id);
        assert!(![RICH, POOR].iter().any(|member| names(&agreement, *member)));
        // It has ended, and its cut-off has passed.
        let day = agreement.first_day;
        let mut seals = |member, form| {
            let manner = Manner {
                who: Some(member),
                form,
                flaw: None,
            };
            world.seal(agreement_id, day, manner)
        };
        assert!(!seals(POOR, Form::Ordered));
        assert!(!seals(RICH, Form::Unordered));
        let account = AccountId::from(first_key(RICH).public());
        let before = Balances::free_balance(&account);
        assert!(seals(RICH, Form::Ordered));
        assert!(Balances::free_balance(&account) < before);
    });
}

#[test]
fn nobody_writes_a_trade_but_a_client_of_the_agreement() {
    let written = Written {
        product: 1,
        gross: 10_000,
        again: false,
        slip: None,
    };
    on_chain(|| {
        let mut world = World::new();
        let agreement = world.agreement(AGREEMENT);
        for member in CALLERS {
            let manner = Manner {
                who: Some(member),
                form: Form::Ordered,
                flaw: None,
            };
            let is_client = may(&agreement, member, Deed::Record);
            let is_taken = world.write(AGREEMENT, manner, &written);
            assert_eq!(is_taken, is_client, "{member}");
        }
    });
}

#[test]
fn nobody_writes_a_refund_but_the_client_that_recorded_the_payment() {
    on_chain(|| {
        let mut world = World::new();
        assert!(record(&mut world, Manner::HONEST));
        let client = right(&world.agreement(AGREEMENT), Deed::Record);
        let of_another = RefundDraft {
            fault: Some(RefundFault::OtherClient),
            ..WHOLE
        };
        let by = |member| Manner {
            who: Some(member),
            ..Manner::HONEST.ordered()
        };
        for member in CALLERS.filter(|member| *member != client) {
            let answer = world.write_refund(AGREEMENT, by(member), &of_another);
            assert!(!answer.is_done(), "{member}");
        }
        let answer = world.write_refund(AGREEMENT, by(client), &WHOLE);
        assert!(answer.is_done(), "{answer:?}");
    });
}
