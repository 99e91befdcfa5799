//! A side whose whole book is rejected: what counts in its next round, and what stays of the one before.

use super::{
    books::Damage,
    members::AGREEMENTS,
    operation::{Draft, Form, Manner, Pick, Word},
    world::{on_chain, Outcome, World},
};
use crate::{Reconciliation, Runtime};
use counterfoil_primitives::{
    ports::SideView, summary::SideStatus, AgreementId, Commitment, Round, Side, SideId,
};
use pallet_books::Commitments;

/// The agreement with narrow limits: a third extra makes a whole book wrong.
const AGREEMENT: AgreementId = AGREEMENTS[1];

/// The company's side of a sealed day with a trade.
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

/// A book with three extras, the first of this number.
fn far_wrong(first: u8) -> Word {
    let extras = first..first + 3;
    Word::Book(extras.map(|extra| (0, Damage::Invent(extra))).collect())
}

/// A book that equals the chain.
fn right() -> Word {
    Word::Book(Vec::new())
}

/// Commits the party to a book, which is then rejected.
fn reject(world: &mut World, side_id: SideId, word: &Word) {
    assert!(world.commit(side_id, Manner::HONEST, word));
    let times = world.times(AGREEMENT, side_id.day);
    world.pass_to(times.expect("the day has begun").preset);
    world.report(side_id, Manner::HONEST, None);
    assert_eq!(Reconciliation::side_status(side_id), SideStatus::Awaited);
}

fn committed_in(round: Round, side_id: SideId) -> Option<Commitment> {
    Commitments::<Runtime>::get(side_id, round)
}

/// Both forms of an honest transaction.
fn forms() -> [Manner; 2] {
    [Form::Ordered, Form::Unordered].map(|form| Manner {
        form,
        ..Manner::HONEST
    })
}

#[test]
fn a_commitment_of_an_earlier_round_is_refused() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        reject(&mut world, side_id, &far_wrong(0));
        for manner in forms() {
            assert!(!world.commit_in(side_id, 0, manner, &right()));
        }
        assert!(world.commit_in(side_id, 1, Manner::HONEST, &right()));
    });
}

#[test]
fn nobody_sends_a_rejected_commitment_again() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        assert!(world.commit(side_id, Manner::HONEST, &far_wrong(0)));
        let sent = world.sent.last().expect("it was sent").transaction.clone();
        let times = world.times(AGREEMENT, side_id.day);
        world.pass_to(times.expect("the day has begun").preset);
        world.report(side_id, Manner::HONEST, None);
        assert_eq!(Reconciliation::round(side_id), 1);
        assert!(matches!(world.submit(sent), Outcome::Refused(_)));
        assert_eq!(committed_in(1, side_id), None);
    });
}

#[test]
fn the_commitments_of_all_rounds_stay_readable() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        reject(&mut world, side_id, &far_wrong(0));
        let first = committed_in(0, side_id);
        assert!(first.is_some());
        reject(&mut world, side_id, &far_wrong(3));
        assert_eq!(committed_in(0, side_id), first);
        let second = committed_in(1, side_id);
        assert!(second.is_some() && second != first);
    });
}

#[test]
fn after_the_last_round_nothing_is_committed() {
    on_chain(|| {
        let mut world = World::new();
        let side_id = sealed_side(&mut world);
        for round in 0..pallet_reconciliation::MAX_ROUNDS {
            reject(&mut world, side_id, &far_wrong(3 * round));
        }
        let round = Reconciliation::round(side_id);
        assert_eq!(round, pallet_reconciliation::MAX_ROUNDS);
        for manner in forms() {
            assert!(!world.commit_in(side_id, round, manner, &right()));
        }
    });
}
