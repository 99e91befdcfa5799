//! An asset that its issuer destroys: what is owed in it stays due, and what is paid in another way goes on.

use super::{
    members::AGREEMENTS,
    model::Owed,
    operation::{Admin, Manner, Settling},
    settled_periods::{reconcile, record, settle},
    world::{on_chain, World},
};
use crate::{AccountId, Runtime, RuntimeOrigin, Settlement};
use counterfoil_primitives::{day::DAY, settlement::Waiting, AgreementId, BusinessDay, MemberId};
use frame_support::assert_noop;
use pallet_settlement::Error;
use sp_core::Pair;

const AGREEMENT: AgreementId = AGREEMENTS[0];
/// The agreement that is paid outside the chain.
const OUTSIDE: AgreementId = AGREEMENTS[1];
const COMPANY: MemberId = 2;

/// The issuer destroys the asset in which a day is owed. Returns the day.
fn strand(world: &mut World) -> BusinessDay {
    let day = world.today(AGREEMENT);
    record(world, AGREEMENT, 10_000, 1);
    reconcile(world, AGREEMENT, day);
    world.administer(AGREEMENT, Admin::Destroy);
    day
}

fn is_due(world: &World, day: BusinessDay) -> bool {
    world.model.owed(AGREEMENT, day).is_some_and(Owed::is_due)
}

#[test]
fn what_is_owed_in_an_asset_that_is_destroyed_stays_due_and_says_why() {
    on_chain(|| {
        let mut world = World::new();
        let day = strand(&mut world);
        let waiting = world.model.waiting(AGREEMENT, day);
        assert_eq!(waiting, Some(Waiting::AssetUnavailable));
        assert!(!world.pay(AGREEMENT, day, Manner::HONEST));
        let company = AccountId::from(world.keys[&COMPANY].public());
        assert_noop!(
            Settlement::pay(RuntimeOrigin::signed(company), AGREEMENT, day),
            Error::<Runtime>::AssetUnavailable
        );
        world.administer(AGREEMENT, Admin::Mint);
        world.pass_to(world.now + 3 * DAY);
        assert!(is_due(&world, day));
    });
}

#[test]
fn an_agreement_that_is_paid_outside_the_chain_goes_on_though_the_asset_is_destroyed() {
    on_chain(|| {
        let mut world = World::new();
        let stranded = strand(&mut world);
        let day = world.today(OUTSIDE);
        record(&mut world, OUTSIDE, 10_000, 1);
        settle(&mut world, OUTSIDE, day);
        assert!(is_due(&world, stranded));
    });
}

#[test]
fn later_days_are_paid_outside_the_chain_once_conditions_say_so() {
    on_chain(|| {
        let mut world = World::new();
        let stranded = strand(&mut world);
        let outside = Admin::Conditions {
            ahead: 1,
            offset: 60,
            settling: Settling {
                outside: true,
                ..Default::default()
            },
        };
        world.administer(AGREEMENT, outside);
        world.pass_to(world.now + DAY);
        let day = world.today(AGREEMENT);
        record(&mut world, AGREEMENT, 20_000, 1);
        settle(&mut world, AGREEMENT, day);
        let unpaid = Settlement::unpaid(AGREEMENT).into_iter();
        let unpaid: Vec<_> = unpaid.map(|view| view.period.first).collect();
        assert_eq!(unpaid, [stranded]);
    });
}
