//! An agreement that ends: what its days take until it closes, and who pays then.

use super::{
    members::CALLERS,
    operation::{Admin, AmendmentDraft, Draft, Form, Manner, Pick, RefundDraft, Remedy, Said},
    world::{on_chain, Outcome, World},
};
use crate::{views, Amendments};
use counterfoil_primitives::{
    amendment::{Ground, Standing, Unresolved},
    day::DAY,
    AgreementId, BusinessDay, MemberId,
};
use pallet_trades::Error;
use sp_runtime::DispatchError;

const AGREEMENT: AgreementId = 1;
const CLIENT: MemberId = 1;
const BANK: MemberId = 3;

const BY_HAND: Manner = Manner::HONEST.ordered();

/// Takes the first payment back.
const CANCELLATION: AmendmentDraft = AmendmentDraft {
    remedy: Remedy::Cancel,
    ground: Ground::NotPaid,
    of: 0,
    more: 0,
    minutes_ago: 0,
    product: 1,
    gross: 20_000,
    fault: None,
};

/// All that is left of the client's second payment.
const SECOND: RefundDraft = RefundDraft {
    sequence: Pick::Fresh(0),
    minutes_ago: 0,
    of: 1,
    part: 1_000,
    fault: None,
};

fn by(who: MemberId) -> Manner {
    Manner {
        who: Some(who),
        ..BY_HAND
    }
}

/// As many payments by the client, alike. Returns whether they were taken.
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

/// The company proposes to cancel the first payment, and the bank accepts. Returns the proposal's number.
fn accept(world: &mut World) -> u32 {
    accept_draft(world, &CANCELLATION)
}

/// The company proposes an amendment, and the bank accepts. Returns the proposal's number.
fn accept_draft(world: &mut World, draft: &AmendmentDraft) -> u32 {
    let answer = world.propose_amendment(AGREEMENT, BY_HAND, draft);
    assert!(answer.is_done(), "{answer:?}");
    let number = Amendments::last_amendment(AGREEMENT);
    assert!(world.answer_amendment(AGREEMENT, number, by(BANK), Said::Accept));
    number
}

/// Takes honest steps until what is owed for a day is paid.
fn settle(world: &mut World, day: BusinessDay) {
    for _ in 0..30 {
        if world.model.is_settled(AGREEMENT, day) {
            return;
        }
        world.honest_step_of(AGREEMENT, day, &[]);
    }
    panic!("{day:?} is not settled");
}

/// An agreement on its last day, with two payments of that day. It closes two days after its end. Returns
/// the day.
fn begin(world: &mut World) -> BusinessDay {
    let limits = Admin::Limits {
        pages: 2,
        extras: 2,
        deadline: 2_000,
        late: 6_000,
        refund_days: 2,
        amend_days: 1,
        answer_days: 10,
        max_gross: None,
    };
    world.administer(AGREEMENT, limits);
    world.administer(AGREEMENT, Admin::End(1));
    assert!(pay(world, 2));
    world.today(AGREEMENT)
}

#[test]
fn after_the_end_nothing_is_paid_for_and_what_was_is_given_back_and_amended() {
    on_chain(|| {
        let mut world = World::new();
        let last = begin(&mut world);
        world.pass_to(world.now + DAY);
        let after = world.today(AGREEMENT);
        assert_eq!(after, last.next());
        assert!(!pay(&mut world, 1));
        let number = accept(&mut world);
        assert!(world.book_amendment(AGREEMENT, number, Manner::HONEST, true));
        let refund = world.refund(AGREEMENT, by(CLIENT), &[SECOND]);
        assert_eq!(refund.outcome, Outcome::Done);
        assert_eq!(world.model.trades(AGREEMENT, after).len(), 2);
        settle(&mut world, last);
        settle(&mut world, after);
        assert_eq!(world.model.debtor(AGREEMENT, after), BANK);
    });
}

#[test]
fn once_an_agreement_has_closed_nobody_seals_its_days_and_nothing_is_given_back() {
    on_chain(|| {
        let mut world = World::new();
        let last = begin(&mut world);
        world.pass_to(world.now + 3 * DAY);
        let close = world.today(AGREEMENT);
        assert_eq!(close.0, last.0 + 3);
        let refund = world.refund(AGREEMENT, by(CLIENT), &[SECOND]);
        let ended = DispatchError::from(Error::<crate::Runtime>::AgreementEnded);
        assert_eq!(refund.outcome, Outcome::Failed(ended));
        assert_eq!(views::day(AGREEMENT, close), None);
        world.pass_to(world.now + 2 * DAY);
        for day in [last, last.next(), close.previous()] {
            assert!(world.seal(AGREEMENT, day, Manner::HONEST), "{day:?}");
        }
        for who in CALLERS {
            for form in [Form::Ordered, Form::Unordered] {
                let manner = Manner { form, ..by(who) };
                assert!(!world.seal(AGREEMENT, close, manner), "{manner:?}");
            }
        }
    });
}

#[test]
fn what_was_agreed_and_not_booked_is_a_claim_once_the_agreement_has_closed() {
    on_chain(|| {
        let mut world = World::new();
        begin(&mut world);
        let number = accept(&mut world);
        world.pass_to(world.now + 2 * DAY);
        assert!(!world.lapse_amendment(AGREEMENT, number, Manner::HONEST));
        world.pass_to(world.now + DAY);
        assert!(!world.book_amendment(AGREEMENT, number, Manner::HONEST, true));
        assert!(world.lapse_amendment(AGREEMENT, number, Manner::HONEST));
        let standing = world.amendment(AGREEMENT, number).standing;
        let Standing::Unresolved { why, .. } = standing else {
            panic!("{standing:?}");
        };
        assert!(matches!(why, Unresolved::Ended { .. }), "{why:?}");
    });
}

#[test]
fn what_was_booked_before_the_close_stays_when_the_rest_is_written_off() {
    on_chain(|| {
        let mut world = World::new();
        begin(&mut world);
        assert!(pay(&mut world, 450));
        let all = AmendmentDraft {
            more: 600,
            ..CANCELLATION
        };
        let number = accept_draft(&mut world, &all);
        assert!(world.book_amendment(AGREEMENT, number, Manner::HONEST, true));
        let standing = world.amendment(AGREEMENT, number).standing;
        let Standing::Accepted { progress, .. } = standing else {
            panic!("{standing:?}");
        };
        assert_eq!(progress.booked, 400);
        world.pass_to(world.now + 3 * DAY);
        assert!(world.lapse_amendment(AGREEMENT, number, Manner::HONEST));
        assert!(world.write_off_amendment(AGREEMENT, number, BY_HAND));
        assert_eq!(world.model.amended.written_off, progress.totals);
    });
}

#[test]
fn the_close_does_not_move_once_the_end_has_come() {
    on_chain(|| {
        let mut world = World::new();
        begin(&mut world);
        let close = |world: &World| world.agreement(AGREEMENT).close();
        let before = close(&world);
        world.pass_to(world.now + DAY);
        let longer = Admin::Limits {
            pages: 2,
            extras: 2,
            deadline: 2_000,
            late: 6_000,
            refund_days: 9,
            amend_days: 9,
            answer_days: 10,
            max_gross: None,
        };
        world.administer(AGREEMENT, longer);
        world.administer(AGREEMENT, Admin::End(3));
        assert_eq!(close(&world), before);
    });
}
