//! A party that commits again before the preset time: the last commitment counts, and no earlier one comes
//! back.

use super::{
    books::{committed, Damage},
    members::AGREEMENTS,
    operation::{Draft, Manner, Pick, Word},
    world::{on_chain, Outcome, World},
};
use crate::{Reconciliation, Runtime};
use counterfoil_primitives::{
    ports::SideView, summary::SideStatus, AgreementId, Commitment, Side, SideId, MAX_REPLACEMENTS,
};
use pallet_books::Replacements;

const AGREEMENT: AgreementId = AGREEMENTS[0];

/// The company's side of a sealed day with a trade, before its preset time.
fn sealed_side(world: &mut World) -> SideId {
    let day = world.today(AGREEMENT);
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 1,
        gross: 10_000,
        fault: None,
    };
    assert!(world.record(AGREEMENT, Manner::HONEST, &[draft]));
    let cut_off = world.agreement(AGREEMENT).cut_off_of(day);
    world.pass_to(cut_off.expect("the day has begun"));
    assert!(world.seal(AGREEMENT, day, Manner::HONEST));
    SideId::new(AGREEMENT, day, Side::Debit)
}

/// The book that lacks the day's trade.
fn wrong() -> Word {
    Word::Book(vec![(0, Damage::Drop)])
}

/// A book that equals the chain.
fn right() -> Word {
    Word::Book(Vec::new())
}

fn pass_to_preset(world: &mut World, side_id: SideId) {
    let times = world.times(AGREEMENT, side_id.day);
    world.pass_to(times.expect("the day has begun").preset);
}

/// What one of a number of different books comes to.
fn numbered(world: &mut World, side_id: SideId, number: u8) -> Commitment {
    world.word(side_id, &Word::Book(vec![(0, Damage::Amount(number))]))
}

#[test]
fn the_last_commitment_before_the_preset_time_is_proven() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        assert!(world.commit(side_id, Manner::HONEST, &wrong()));
        assert!(world.commit(side_id, Manner::HONEST, &right()));
        pass_to_preset(&mut world, side_id);
        world.report(side_id, Manner::HONEST, None);
        let status = Reconciliation::side_status(side_id);
        assert_eq!(status, SideStatus::Proven { breaks: 0 });
    });
}

#[test]
fn from_the_preset_time_on_no_commitment_is_replaced() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        assert!(world.commit(side_id, Manner::HONEST, &wrong()));
        pass_to_preset(&mut world, side_id);
        for manner in [Manner::HONEST, Manner::HONEST.ordered()] {
            assert!(!world.commit(side_id, manner, &right()));
        }
    });
}

/// A, then B, then what was signed for A: its era has not ended.
#[test]
fn nobody_sends_a_replaced_commitment_again() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        assert!(world.commit(side_id, Manner::HONEST, &wrong()));
        let first = world.sent.last().expect("it was sent").transaction.clone();
        assert!(world.commit(side_id, Manner::HONEST, &right()));
        let second = world.sent.last().expect("it was sent").transaction.clone();
        let standing = committed(side_id);
        for replayed in [first.clone(), second.clone()] {
            assert!(matches!(world.submit(replayed), Outcome::Refused(_)));
        }
        assert_eq!(committed(side_id), standing);
        // The party goes back to A itself: neither of what it signed before comes back after that.
        assert!(world.commit(side_id, Manner::HONEST, &wrong()));
        for replayed in [first, second] {
            assert!(matches!(world.submit(replayed), Outcome::Refused(_)));
        }
        assert_ne!(committed(side_id), standing);
    });
}

#[test]
fn a_commitment_under_another_number_than_the_next_is_refused() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        let [first, second] = [1, 2].map(|number| numbered(&mut world, side_id, number));
        assert!(!world.commit_under(side_id, (0, 1), Manner::HONEST, first));
        assert!(world.commit_under(side_id, (0, 0), Manner::HONEST, first));
        for replacement in [0, 2] {
            let number = (0, replacement);
            assert!(!world.commit_under(side_id, number, Manner::HONEST, second));
        }
        assert!(world.commit_under(side_id, (0, 1), Manner::HONEST, second));
    });
}

#[test]
fn a_commitment_is_replaced_sixteen_times_at_most() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        for number in 0..=MAX_REPLACEMENTS {
            let commitment = numbered(&mut world, side_id, number);
            assert!(world.commit_under(side_id, (0, number), Manner::HONEST, commitment));
        }
        assert_eq!(Replacements::<Runtime>::get(side_id, 0), MAX_REPLACEMENTS);
        assert!(!world.commit(side_id, Manner::HONEST, &right()));
    });
}
