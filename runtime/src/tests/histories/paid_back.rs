//! Payments that are given back: by whom, how often and how much, and who owes for such a day.

use super::{
    members::CALLERS,
    operation::{Admin, Draft, Form, Manner, Pick, RefundDraft, RefundFault},
    world::{on_chain, Outcome, World},
};
use crate::{presets::ASSET, views, AccountId, Assets, Runtime};
use counterfoil_primitives::{
    day::DAY, summary::DayStatus, AgreementId, BusinessDay, Kind, MemberId,
};
use pallet_trades::Error;
use sp_runtime::DispatchError;

const AGREEMENT: AgreementId = 1;
const BANK: MemberId = 3;
const CLIENT: MemberId = 1;
const OTHER_CLIENT: MemberId = 5;

/// All that is left of the client's first payment.
const WHOLE: RefundDraft = RefundDraft {
    sequence: Pick::Fresh(0),
    minutes_ago: 0,
    of: 0,
    part: 1_000,
    fault: None,
};

fn by(who: MemberId) -> Manner {
    Manner {
        who: Some(who),
        ..Manner::HONEST
    }
}

/// A payment by the client.
fn pay(world: &mut World) {
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 1,
        gross: 10_000,
        fault: None,
    };
    assert!(world.record(AGREEMENT, by(CLIENT), &[draft]));
}

fn refund(world: &mut World, who: MemberId, draft: RefundDraft) -> Outcome {
    // With a nonce, so that a block takes it and names what is wrong.
    let manner = by(who).ordered();
    world.refund(AGREEMENT, manner, &[draft]).outcome
}

fn named(error: Error<Runtime>) -> Outcome {
    Outcome::Failed(DispatchError::from(error))
}

#[test]
fn each_wrong_refund_is_refused_by_its_name() {
    let faults = [
        (RefundFault::Missing, Error::OriginalMissing),
        (RefundFault::OtherId, Error::OriginalOtherId),
        (RefundFault::OtherProduct, Error::OriginalOtherProduct),
        (RefundFault::OtherUser, Error::OriginalOtherUser),
        (RefundFault::BeforeOriginal, Error::BeforeOriginal),
        (RefundFault::Meanwhile, Error::RefundedMeanwhile),
        (RefundFault::MoreThanLeft, Error::MoreThanLeft),
        (RefundFault::Debit, Error::WrongDebit),
        (RefundFault::Credit, Error::WrongCredit),
        (RefundFault::ZeroGross, Error::ZeroGross),
        (RefundFault::InFuture, Error::InFuture),
    ];
    on_chain(|| {
        let mut world = World::new();
        pay(&mut world);
        for (fault, error) in faults {
            let fault = Some(fault);
            let draft = RefundDraft { fault, ..WHOLE };
            assert_eq!(refund(&mut world, CLIENT, draft), named(error));
        }
        assert_eq!(refund(&mut world, CLIENT, WHOLE), Outcome::Done);
    });
}

#[test]
fn a_payment_is_given_back_in_parts_and_not_beyond() {
    on_chain(|| {
        let mut world = World::new();
        pay(&mut world);
        let third = RefundDraft { part: 333, ..WHOLE };
        let manner = by(CLIENT);
        assert!(world
            .refund(AGREEMENT, manner, &[third, third, WHOLE])
            .is_done());
        assert_eq!(world.model.of_kind(AGREEMENT, Kind::Refund).count(), 3);
        let again = refund(&mut world, CLIENT, WHOLE);
        assert_eq!(again, named(Error::MoreThanLeft));
    });
}

#[test]
fn a_refund_is_not_given_back() {
    on_chain(|| {
        let mut world = World::new();
        pay(&mut world);
        assert_eq!(refund(&mut world, CLIENT, WHOLE), Outcome::Done);
        let of_a_refund = RefundDraft {
            fault: Some(RefundFault::OfARefund),
            ..WHOLE
        };
        let outcome = refund(&mut world, CLIENT, of_a_refund);
        assert_eq!(outcome, named(Error::OriginalIsRefund));
    });
}

#[test]
fn another_client_gives_nothing_back() {
    on_chain(|| {
        let mut world = World::new();
        pay(&mut world);
        let of_another = RefundDraft {
            fault: Some(RefundFault::OtherClient),
            ..WHOLE
        };
        let outcome = refund(&mut world, OTHER_CLIENT, of_another);
        assert_eq!(outcome, named(Error::OriginalOfAnotherClient));
    });
}

#[test]
fn a_successor_gives_back_until_the_council_takes_its_place_from_it() {
    on_chain(|| {
        let mut world = World::new();
        pay(&mut world);
        let half = RefundDraft {
            part: 500,
            fault: Some(RefundFault::OtherClient),
            ..WHOLE
        };
        let name = |successor| Admin::Successor {
            client: CLIENT,
            successor,
        };
        world.administer(AGREEMENT, name(Some(OTHER_CLIENT)));
        assert_eq!(refund(&mut world, OTHER_CLIENT, half), Outcome::Done);
        world.administer(AGREEMENT, name(None));
        let outcome = refund(&mut world, OTHER_CLIENT, half);
        assert_eq!(outcome, named(Error::OriginalOfAnotherClient));
        assert_eq!(refund(&mut world, CLIENT, WHOLE), Outcome::Done);
    });
}

#[test]
fn what_is_longer_ago_than_the_agreement_says_is_not_given_back() {
    on_chain(|| {
        let mut world = World::new();
        let limits = |refund_days| Admin::Limits {
            pages: 2,
            extras: 2,
            deadline: 60,
            late: 6_000,
            refund_days,
            amend_days: 365,
            answer_days: 10,
            max_gross: None,
        };
        pay(&mut world);
        world.pass_to(world.now + DAY);
        world.administer(AGREEMENT, limits(0));
        let outcome = refund(&mut world, CLIENT, WHOLE);
        assert_eq!(outcome, named(Error::RefundTooLate));
        world.administer(AGREEMENT, limits(1));
        assert_eq!(refund(&mut world, CLIENT, WHOLE), Outcome::Done);
    });
}

/// Takes honest steps until a day is reconciled.
fn reconcile(world: &mut World, day: BusinessDay) {
    let status = || views::day(AGREEMENT, day).map(|day| day.status);
    for _ in 0..20 {
        if status() >= Some(DayStatus::Reconciled) {
            return;
        }
        world.honest_step(AGREEMENT, &[]);
    }
    panic!("{day:?} is not reconciled");
}

#[test]
fn a_day_that_gives_back_more_than_is_paid_is_owed_by_the_bank_and_paid_by_nobody_else() {
    on_chain(|| {
        let mut world = World::new();
        let paid_on = world.today(AGREEMENT);
        pay(&mut world);
        reconcile(&mut world, paid_on);
        assert!(world.pay(AGREEMENT, paid_on, Manner::HONEST));
        let bank = world.model.accounts.on(BANK, paid_on);
        let funds = |account: &AccountId| Assets::balance(ASSET, account);
        let received = funds(&bank);
        let refunded_on = world.today(AGREEMENT);
        assert_ne!(refunded_on, paid_on);
        assert_eq!(refund(&mut world, CLIENT, WHOLE), Outcome::Done);
        reconcile(&mut world, refunded_on);
        assert_eq!(world.model.debtor(AGREEMENT, refunded_on), BANK);
        for who in CALLERS.filter(|who| *who != BANK) {
            for form in [Form::Ordered, Form::Unordered] {
                let manner = Manner { form, ..by(who) };
                assert!(!world.pay(AGREEMENT, refunded_on, manner), "{manner:?}");
            }
        }
        assert!(world.pay(AGREEMENT, refunded_on, by(BANK)));
        assert!(received > 0);
        assert_eq!(funds(&bank), 0);
    });
}

/// Takes honest steps until what is owed for a day is paid.
fn settle(world: &mut World, day: BusinessDay) {
    for _ in 0..30 {
        if world.model.is_settled(AGREEMENT, day) {
            return;
        }
        world.honest_step(AGREEMENT, &[]);
    }
    panic!("{day:?} is not settled");
}

#[test]
fn a_bank_that_changed_its_account_is_paid_there_and_gives_back_from_what_the_council_set() {
    on_chain(|| {
        let mut world = World::new();
        let paid_on = world.today(AGREEMENT);
        pay(&mut world);
        settle(&mut world, paid_on);
        let from = BusinessDay(world.today(AGREEMENT).0 + 3);
        world.change_account(BANK, Manner::HONEST.ordered(), 3);
        while world.today(AGREEMENT) < from {
            world.pass_to(world.now + DAY);
        }
        let paid_on = world.today(AGREEMENT);
        pay(&mut world);
        settle(&mut world, paid_on);
        let refunded_on = world.today(AGREEMENT);
        assert_ne!(refunded_on, paid_on);
        let accounts = &world.model.accounts;
        let paying = accounts.paying_on(BANK, refunded_on);
        let named = accounts.on(BANK, refunded_on);
        assert_ne!(paying, named);
        let funds = || [&paying, &named].map(|account| Assets::balance(ASSET, account));
        let received = funds();
        assert!(received.iter().all(|amount| *amount > 0));
        assert_eq!(refund(&mut world, CLIENT, WHOLE), Outcome::Done);
        settle(&mut world, refunded_on);
        assert_eq!(world.model.debtor(AGREEMENT, refunded_on), BANK);
        assert_eq!(funds(), [0, received[1]]);
    });
}
