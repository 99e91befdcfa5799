//! False records that are put right: by whom, how often, and what is left of them.

use super::{
    members::CALLERS,
    operation::{
        AmendmentDraft, Draft, Form, Manner, Pick, RefundDraft, RefundFault, Remedy, Said,
    },
    world::{on_chain, Outcome, World},
};
use crate::{Amendments, Runtime, RuntimeEvent};
use counterfoil_primitives::{
    amendment::{FallenOut, Ground, Standing, Unresolved},
    day::DAY,
    AgreementId, BusinessDay, Kind, MemberId, Relation,
};
use pallet_amendments::{Event, MAX_STEP_TRADES};
use pallet_trades::Error;
use sp_runtime::DispatchError;

const AGREEMENT: AgreementId = 1;
const CLIENT: MemberId = 1;
const OTHER_CLIENT: MemberId = 5;
const BANK: MemberId = 3;

/// Takes the first payment back.
pub const CANCELLATION: AmendmentDraft = AmendmentDraft {
    remedy: Remedy::Cancel,
    ground: Ground::NotPaid,
    of: 0,
    more: 0,
    minutes_ago: 0,
    product: 1,
    gross: 20_000,
    fault: None,
};

const REPLACEMENT: AmendmentDraft = AmendmentDraft {
    remedy: Remedy::Replace,
    ground: Ground::WrongAmount,
    ..CANCELLATION
};

/// The client's next payment, which it did not record.
const SUPPLEMENT: AmendmentDraft = AmendmentDraft {
    remedy: Remedy::Supplement,
    ground: Ground::NotRecorded,
    ..CANCELLATION
};

/// All that is left of a payment.
const WHOLE: RefundDraft = RefundDraft {
    sequence: Pick::Fresh(0),
    minutes_ago: 0,
    of: 0,
    part: 1_000,
    fault: None,
};

const BY_HAND: Manner = Manner::HONEST.ordered();

fn by(who: MemberId) -> Manner {
    Manner {
        who: Some(who),
        ..BY_HAND
    }
}

/// As many payments by the client, alike.
fn pay(world: &mut World, count: usize) -> bool {
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 1,
        gross: 10_000,
        fault: None,
    };
    world.record(AGREEMENT, by(CLIENT), &vec![draft; count])
}

fn refund(world: &mut World, draft: RefundDraft) -> Outcome {
    world.refund(AGREEMENT, by(CLIENT), &[draft]).outcome
}

/// The company proposes it. Returns its number.
fn propose(world: &mut World, draft: &AmendmentDraft) -> u32 {
    let answer = world.propose_amendment(AGREEMENT, BY_HAND, draft);
    assert!(answer.is_done(), "{answer:?}");
    Amendments::last_amendment(AGREEMENT)
}

/// The company proposes it, and the bank accepts. Returns its number.
fn accept(world: &mut World, draft: &AmendmentDraft) -> u32 {
    let number = propose(world, draft);
    assert!(world.answer_amendment(AGREEMENT, number, by(BANK), Said::Accept));
    number
}

fn book(world: &mut World, number: u32) {
    assert!(world.book_amendment(AGREEMENT, number, Manner::HONEST, true));
}

/// What was agreed and booked at once. Returns why items fell out.
fn amend(world: &mut World, draft: &AmendmentDraft) -> Vec<FallenOut> {
    let number = accept(world, draft);
    book(world, number);
    assert!(world.model.amended.proposal(AGREEMENT, number).is_none());
    fallen_out(world)
}

/// What fell out in the last block.
fn fallen_out(world: &World) -> Vec<FallenOut> {
    let reasons = world.events.iter().filter_map(|event| match event {
        RuntimeEvent::Amendments(Event::FellOut { reason, .. }) => Some(*reason),
        _ => None,
    });
    reasons.collect()
}

/// How many trades of a kind there are.
fn count(world: &World, kind: Kind) -> usize {
    world.model.of_kind(AGREEMENT, kind).count()
}

/// What the trade on a position of today is to another one.
fn relation(world: &World, position: u32) -> Option<Relation> {
    let today: BusinessDay = world.today(AGREEMENT);
    let found = world.model.found((AGREEMENT, today, position));
    found.expect("it is there").relation
}

fn standing(world: &World, number: u32) -> Standing {
    world.amendment(AGREEMENT, number).standing
}

/// Why a proposal is a claim, if it is one.
fn claim(world: &World, number: u32) -> Option<Unresolved> {
    match standing(world, number) {
        Standing::Unresolved { why, .. } => Some(why),
        _ => None,
    }
}

#[test]
fn a_payment_is_taken_back_once() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        assert_eq!(amend(&mut world, &CANCELLATION), []);
        assert_eq!(count(&world, Kind::Refund), 1);
        assert_eq!(amend(&mut world, &CANCELLATION), [FallenOut::NothingLeft]);
        assert_eq!(count(&world, Kind::Refund), 1);
    });
}

#[test]
fn a_payment_is_taken_back_less_what_was_refunded_after_it_was_proposed() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        let number = accept(&mut world, &CANCELLATION);
        let third = RefundDraft { part: 333, ..WHOLE };
        assert_eq!(refund(&mut world, third), Outcome::Done);
        book(&mut world, number);
        assert_eq!(relation(&world, 2), Some(Relation::Cancellation));
        let again = refund(&mut world, WHOLE);
        let nothing_left = DispatchError::from(Error::<Runtime>::MoreThanLeft);
        assert_eq!(again, Outcome::Failed(nothing_left));
    });
}

#[test]
fn a_cancellation_is_put_back_and_the_payment_can_be_refunded_again() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        assert_eq!(amend(&mut world, &CANCELLATION), []);
        // Refunds are counted behind payments.
        let of_refund = AmendmentDraft {
            of: 1,
            ..CANCELLATION
        };
        assert_eq!(amend(&mut world, &of_refund), []);
        assert_eq!(relation(&world, 2), Some(Relation::UndoneCancellation));
        assert_eq!(refund(&mut world, WHOLE), Outcome::Done);
    });
}

#[test]
fn a_replaced_payment_is_refunded_by_its_client_and_by_no_other() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        assert_eq!(amend(&mut world, &REPLACEMENT), []);
        assert_eq!(relation(&world, 2), Some(Relation::Replacement));
        let of_replacement = RefundDraft { of: 1, ..WHOLE };
        let by_another = RefundDraft {
            fault: Some(RefundFault::OtherClient),
            ..of_replacement
        };
        let outcome = world
            .refund(AGREEMENT, by(OTHER_CLIENT), &[by_another])
            .outcome;
        let of_another = DispatchError::from(Error::<Runtime>::OriginalOfAnotherClient);
        assert_eq!(outcome, Outcome::Failed(of_another));
        assert_eq!(refund(&mut world, of_replacement), Outcome::Done);
    });
}

#[test]
fn a_client_does_not_record_what_an_amendment_recorded() {
    on_chain(|| {
        let mut world = World::new();
        assert_eq!(amend(&mut world, &SUPPLEMENT), []);
        assert_eq!(count(&world, Kind::Payment), 1);
        assert!(!pay(&mut world, 1));
        assert_eq!(count(&world, Kind::Payment), 1);
    });
}

#[test]
fn what_its_client_recorded_in_between_is_not_recorded_by_an_amendment() {
    on_chain(|| {
        let mut world = World::new();
        let number = accept(&mut world, &SUPPLEMENT);
        assert!(pay(&mut world, 1));
        book(&mut world, number);
        assert_eq!(fallen_out(&world), [FallenOut::RecordedMeanwhile]);
        assert_eq!(count(&world, Kind::Payment), 1);
    });
}

#[test]
fn many_trades_are_taken_back_in_steps_each_once() {
    on_chain(|| {
        let mut world = World::new();
        let all = MAX_STEP_TRADES as usize + 10;
        assert!(pay(&mut world, all));
        let of_all = AmendmentDraft {
            more: all as u16 - 1,
            ..CANCELLATION
        };
        let number = accept(&mut world, &of_all);
        assert!(!world.book_amendment(AGREEMENT, number, BY_HAND, false));
        book(&mut world, number);
        assert!(matches!(
            standing(&world, number),
            Standing::Accepted { .. }
        ));
        assert_eq!(count(&world, Kind::Refund), MAX_STEP_TRADES as usize);
        book(&mut world, number);
        assert!(world.model.amended.proposal(AGREEMENT, number).is_none());
        assert_eq!(count(&world, Kind::Refund), all);
    });
}

#[test]
fn nothing_is_booked_that_one_institution_alone_agrees_to() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        // A client needs both.
        let proposed = world.propose_amendment(AGREEMENT, by(CLIENT), &CANCELLATION);
        assert!(proposed.is_done());
        assert!(world.answer_amendment(AGREEMENT, 1, by(BANK), Said::Accept));
        for who in CALLERS {
            for form in [Form::Ordered, Form::Unordered] {
                let manner = Manner { form, ..by(who) };
                assert!(
                    !world.book_amendment(AGREEMENT, 1, manner, true),
                    "{manner:?}"
                );
            }
        }
        assert!(world.answer_amendment(AGREEMENT, 1, BY_HAND, Said::Accept));
        book(&mut world, 1);
        assert_eq!(count(&world, Kind::Refund), 1);
    });
}

#[test]
fn an_answer_to_another_content_does_not_count() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        let number = propose(&mut world, &CANCELLATION);
        assert!(!world.answer_amendment(AGREEMENT, number, by(BANK), Said::Other));
        assert_eq!(standing(&world, number), Standing::Open);
    });
}

#[test]
fn a_rejected_claim_stays_until_it_is_written_off_and_frees_what_it_named() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        let number = propose(&mut world, &CANCELLATION);
        let again = world.propose_amendment(AGREEMENT, BY_HAND, &CANCELLATION);
        assert!(!again.is_done());
        assert!(world.answer_amendment(AGREEMENT, number, by(BANK), Said::Reject));
        assert_eq!(claim(&world, number), Some(Unresolved::Rejected));
        assert_eq!(amend(&mut world, &CANCELLATION), []);
        assert!(world.write_off_amendment(AGREEMENT, number, BY_HAND));
        assert_eq!(Amendments::amendment(AGREEMENT, number), None);
    });
}

#[test]
fn a_proposal_is_withdrawn_while_it_is_open_and_written_off_as_a_claim() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        let open = propose(&mut world, &CANCELLATION);
        assert!(!world.write_off_amendment(AGREEMENT, open, BY_HAND));
        assert!(world.withdraw_amendment(AGREEMENT, open, BY_HAND));
        let number = propose(&mut world, &CANCELLATION);
        assert!(world.answer_amendment(AGREEMENT, number, by(BANK), Said::Reject));
        assert!(!world.withdraw_amendment(AGREEMENT, number, BY_HAND));
        assert!(world.write_off_amendment(AGREEMENT, number, BY_HAND));
    });
}

#[test]
fn what_nobody_answers_lapses_and_not_before() {
    on_chain(|| {
        let mut world = World::new();
        assert!(pay(&mut world, 1));
        let number = propose(&mut world, &CANCELLATION);
        let until = world.amendment(AGREEMENT, number).answer_until;
        world.pass_to(until - DAY);
        assert!(!world.lapse_amendment(AGREEMENT, number, BY_HAND));
        world.pass_to(until + 1);
        assert!(!world.answer_amendment(AGREEMENT, number, by(BANK), Said::Accept));
        assert!(world.lapse_amendment(AGREEMENT, number, Manner::HONEST));
        assert_eq!(claim(&world, number), Some(Unresolved::Lapsed));
    });
}
