//! Settlement periods of several days, paid once: in the asset, or outside the chain; and what keeps them
//! from being paid.

use super::{
    members::AGREEMENTS,
    model::Owed,
    operation::{Admin, AnswerDraft, DeclarationDraft, Draft, Manner, Pick, ReturnDraft, Settling},
    settlement::WHOLE,
    world::{on_chain, World},
};
use crate::{presets::ASSET, Assets, Settlement};
use counterfoil_primitives::{
    day::DAY,
    settlement::{Period, Waiting},
    AgreementId, BusinessDay, MemberId,
};

const AGREEMENT: AgreementId = AGREEMENTS[0];
/// The agreement that is paid outside the chain, and that limits what clients cause.
const OUTSIDE: AgreementId = AGREEMENTS[1];
const CLIENT: MemberId = 1;
const COMPANY: MemberId = 2;
const BANK: MemberId = 3;

const BY_HAND: Manner = Manner::HONEST.ordered();

fn by(who: MemberId) -> Manner {
    Manner {
        who: Some(who),
        ..BY_HAND
    }
}

/// Payments by a client, alike.
pub fn record(world: &mut World, agreement: AgreementId, gross: u32, count: usize) {
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 1,
        gross,
        fault: None,
    };
    assert!(world.record(agreement, Manner::HONEST, &vec![draft; count]));
}

/// Takes honest steps until something holds.
fn until(world: &mut World, agreement: AgreementId, holds: impl Fn(&World) -> bool) {
    for _ in 0..60 {
        if holds(world) {
            return;
        }
        world.honest_step(agreement, &[]);
    }
    panic!("it does not come to hold");
}

pub fn reconcile(world: &mut World, agreement: AgreementId, day: BusinessDay) {
    until(world, agreement, |world| {
        world.model.is_reconciled(agreement, day)
    });
}

pub fn settle(world: &mut World, agreement: AgreementId, day: BusinessDay) {
    until(world, agreement, |world| {
        world.model.is_settled(agreement, day)
    });
}

fn days(world: &World, day: BusinessDay) -> usize {
    world.model.owed(AGREEMENT, day).map_or(0, Owed::days)
}

/// Lets the first agreement settle by this period from tomorrow on, and day by day from two days later on.
/// Returns tomorrow, which has come.
fn settle_by(world: &mut World, period: Period) -> BusinessDay {
    let first = Settling {
        period,
        ..Default::default()
    };
    let admin = Admin::ConditionsByDay {
        ahead: 1,
        offset: 60,
        settling: [first, Settling::default()],
    };
    world.administer(AGREEMENT, admin);
    world.pass_to(world.now + DAY);
    world.today(AGREEMENT)
}

#[test]
fn the_days_of_a_month_are_paid_at_once_when_all_are_reconciled() {
    on_chain(|| {
        let mut world = World::new();
        let first = settle_by(&mut world, Period::Month);
        record(&mut world, AGREEMENT, 10_000, 1);
        reconcile(&mut world, AGREEMENT, first);
        let waiting = world.model.waiting(AGREEMENT, first);
        assert_eq!(waiting, Some(Waiting::Days { missing: 1 }));
        assert!(!world.pay(AGREEMENT, first, Manner::HONEST));
        assert_eq!(world.today(AGREEMENT), first.next());
        record(&mut world, AGREEMENT, 20_000, 1);
        settle(&mut world, AGREEMENT, first);
        assert!(world.model.is_settled(AGREEMENT, first.next()));
        assert_eq!(days(&world, first), 2);
        let bank = world.model.accounts.on(BANK, first);
        // A tenth of both payments, whose gross amounts grow with their sequences.
        let received = Assets::balance(ASSET, &bank);
        assert!((3_000..3_010).contains(&received), "{received}");
    });
}

#[test]
fn a_day_after_a_cut_is_paid_though_the_period_before_it_is_not_whole() {
    on_chain(|| {
        let mut world = World::new();
        let by = |period| Admin::Conditions {
            ahead: 1,
            offset: 60,
            settling: Settling {
                period,
                ..Default::default()
            },
        };
        world.administer(AGREEMENT, by(Period::Month));
        world.pass_to(world.now + DAY);
        let first = world.today(AGREEMENT);
        record(&mut world, AGREEMENT, 10_000, 1);
        reconcile(&mut world, AGREEMENT, first);
        assert_eq!(world.today(AGREEMENT), first.next());
        world.administer(AGREEMENT, by(Period::Day));
        world.pass_to(world.now + DAY);
        let later = world.today(AGREEMENT);
        record(&mut world, AGREEMENT, 20_000, 1);
        for _ in 0..20 {
            if !world.model.is_reconciled(AGREEMENT, later) {
                world.honest_step_of(AGREEMENT, later, &[]);
            }
        }
        assert!(!world.model.is_reconciled(AGREEMENT, first.next()));
        let waiting = world.model.waiting(AGREEMENT, first);
        assert_eq!(waiting, Some(Waiting::Days { missing: 1 }));
        assert!(world.pay(AGREEMENT, later, Manner::HONEST));
        settle(&mut world, AGREEMENT, first);
        assert_eq!([first, later].map(|day| days(&world, day)), [2, 1]);
    });
}

#[test]
fn the_days_before_a_working_day_are_paid_at_once_those_without_trades_among_them() {
    on_chain(|| {
        let mut world = World::new();
        let closed = Admin::Calendar {
            ahead: 2,
            closed: 0,
        };
        world.administer(AGREEMENT, closed);
        let named = Admin::Calendars {
            ahead: 1,
            named: true,
        };
        world.administer(AGREEMENT, named);
        let first = settle_by(&mut world, Period::WorkingDay);
        record(&mut world, AGREEMENT, 10_000, 1);
        settle(&mut world, AGREEMENT, first);
        assert_eq!(days(&world, first), 2);
        assert!(world.model.is_reconciled(AGREEMENT, first.next()));
    });
}

#[test]
fn what_waits_for_staff_is_not_declared_before_it_is_released() {
    on_chain(|| {
        let mut world = World::new();
        let day = world.today(OUTSIDE);
        // A twentieth is the bank's: more than the 300,000 that a client may cause.
        record(&mut world, OUTSIDE, 2_000_000, 4);
        reconcile(&mut world, OUTSIDE, day);
        assert_eq!(world.model.waiting(OUTSIDE, day), Some(Waiting::Release));
        let (part, amiss) = (WHOLE, None);
        let whole = DeclarationDraft { part, amiss };
        assert!(!world.declare(OUTSIDE, day, BY_HAND, whole));
        assert!(world.release(OUTSIDE, day, BY_HAND));
        assert!(!world.release(OUTSIDE, day, BY_HAND));
        assert!(world.declare(OUTSIDE, day, BY_HAND, whole));
    });
}

#[test]
fn a_payment_outside_the_chain_is_made_in_parts_and_owed_again_where_it_comes_back() {
    on_chain(|| {
        let mut world = World::new();
        let day = world.today(OUTSIDE);
        record(&mut world, OUTSIDE, 10_000, 1);
        reconcile(&mut world, OUTSIDE, day);
        let amiss = None;
        let half = DeclarationDraft { part: 500, amiss };
        assert!(world.declare(OUTSIDE, day, BY_HAND, half));
        let answer = |of| AnswerDraft {
            of,
            part: WHOLE,
            amiss,
        };
        assert!(world.acknowledge(OUTSIDE, day, BY_HAND, answer(0)));
        assert!(!world.model.is_settled(OUTSIDE, day));
        settle(&mut world, OUTSIDE, day);
        assert!(Settlement::unpaid(OUTSIDE).is_empty());
        let back = |part, as_first| ReturnDraft {
            of: 0,
            part,
            amiss,
            as_first,
        };
        assert!(world.report_return(OUTSIDE, day, BY_HAND, back(200, true)));
        // A fifth came back, and once said it is not said again; then all the rest comes back.
        assert!(!world.report_return(OUTSIDE, day, BY_HAND, back(200, true)));
        let waiting = world.model.waiting(OUTSIDE, day);
        assert_eq!(waiting, Some(Waiting::Declaration { undeclared: 50 }));
        assert!(world.report_return(OUTSIDE, day, BY_HAND, back(WHOLE, false)));
        assert!(!world.model.is_settled(OUTSIDE, day));
        let waiting = world.model.waiting(OUTSIDE, day);
        assert_eq!(waiting, Some(Waiting::Declaration { undeclared: 250 }));
        settle(&mut world, OUTSIDE, day);
    });
}

#[test]
fn a_frozen_account_and_one_that_holds_too_little_pay_once_they_can() {
    on_chain(|| {
        let mut world = World::new();
        let day = world.today(AGREEMENT);
        record(&mut world, AGREEMENT, 10_000, 1);
        reconcile(&mut world, AGREEMENT, day);
        world.administer(AGREEMENT, Admin::Freeze);
        let waiting = |world: &World| world.model.waiting(AGREEMENT, day);
        assert_eq!(waiting(&world), Some(Waiting::Frozen));
        assert!(!world.pay(AGREEMENT, day, Manner::HONEST));
        world.administer(AGREEMENT, Admin::Thaw);
        world.administer(AGREEMENT, Admin::Burn);
        assert_eq!(waiting(&world), Some(Waiting::Short { by: 1_000 }));
        assert!(!world.pay(AGREEMENT, day, Manner::HONEST));
        world.administer(AGREEMENT, Admin::Mint);
        assert_eq!(waiting(&world), None);
        assert!(world.pay(AGREEMENT, day, Manner::HONEST));
    });
}

#[test]
fn a_client_that_one_party_suspends_records_again_once_both_lift_it() {
    on_chain(|| {
        let mut world = World::new();
        let draft = Draft {
            sequence: Pick::Fresh(0),
            minutes_ago: 1,
            product: 1,
            gross: 10_000,
            fault: None,
        };
        let records = |world: &mut World| world.record(AGREEMENT, by(CLIENT), &[draft]);
        assert!(records(&mut world));
        assert!(world.suspend(AGREEMENT, CLIENT, by(BANK)));
        assert!(!records(&mut world));
        assert!(world.lift(AGREEMENT, CLIENT, by(BANK)));
        assert!(!world.lift(AGREEMENT, CLIENT, by(BANK)));
        assert!(!records(&mut world));
        // The other party takes the half that was given back.
        assert!(world.suspend(AGREEMENT, CLIENT, by(COMPANY)));
        assert!(world.lift(AGREEMENT, CLIENT, by(COMPANY)));
        assert!(!records(&mut world));
        assert!(world.lift(AGREEMENT, CLIENT, by(BANK)));
        assert!(records(&mut world));
    });
}
