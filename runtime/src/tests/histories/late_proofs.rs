//! A side that defaulted, and is proven late: what was wrong in its book is recorded, and what is owed
//! stays.

use super::{
    books::Damage,
    lies::Piece,
    members::AGREEMENTS,
    operation::{Draft, Manner, Pick, Word},
    world::{on_chain, World},
};
use crate::{views, views_in_words, Reconciliation, Runtime};
use counterfoil_primitives::{
    ports::SideView,
    summary::{DayStatus, SideStatus},
    AgreementId, Side, SideId,
};
use pallet_reconciliation::Outcomes;

const AGREEMENT: AgreementId = AGREEMENTS[0];

/// A book with one break.
fn wrong() -> Word {
    Word::Book(vec![(0, Damage::Drop)])
}

/// A book that equals the chain.
fn right() -> Word {
    Word::Book(Vec::new())
}

/// The bank's side of a reconciled day with a trade: it defaulted, and the company's was proven clean.
/// Where there is a `word`, the bank committed to it in time, and nobody could fetch its book.
fn defaulted(world: &mut World, word: Option<&Word>) -> SideId {
    let day = world.today(AGREEMENT);
    let draft = Draft {
        sequence: Pick::Fresh(0),
        minutes_ago: 1,
        product: 1,
        gross: 10_000,
        fault: None,
    };
    assert!(world.record(AGREEMENT, Manner::HONEST, &[draft]));
    let agreement = world.agreement(AGREEMENT);
    world.pass_to(agreement.cut_off_of(day).expect("the day has begun"));
    assert!(world.seal(AGREEMENT, day, Manner::HONEST));
    let [company, bank] = Side::BOTH.map(|side| SideId::new(AGREEMENT, day, side));
    assert!(world.commit(company, Manner::HONEST, &right()));
    if let Some(word) = word {
        assert!(world.commit(bank, Manner::HONEST, word));
    }
    let times = world.times(AGREEMENT, day).expect("the day has begun");
    world.pass_to(times.preset);
    world.report(company, Manner::HONEST, None);
    world.pass_to(times.deadline);
    assert!(world.mark_defaulted(bank, Manner::HONEST));
    assert_eq!(status(bank), SideStatus::Defaulted);
    bank
}

fn status(side_id: SideId) -> SideStatus {
    Reconciliation::side_status(side_id)
}

#[test]
fn a_side_that_never_committed_is_committed_proven_and_repaired_late() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, None);
        let before = Outcomes::<Runtime>::get(AGREEMENT, bank.day).expect("it is reconciled");
        assert!(world.commit(bank, Manner::HONEST, &wrong()));
        assert_eq!(status(bank), SideStatus::Defaulted);
        world.report(bank, Manner::HONEST, None);
        assert_eq!(status(bank), SideStatus::ProvenLate { breaks: 1 });
        assert_eq!(Reconciliation::proven_slot_breaks(bank).len(), 1);
        assert!(world.repair(bank, Manner::HONEST, false));
        assert_eq!(status(bank), SideStatus::Repaired { breaks: 1 });

        let day = views::day(AGREEMENT, bank.day).expect("it has begun");
        assert!(day.credit.defaulted);
        let in_words = views_in_words::day(AGREEMENT, bank.day).expect("it has begun");
        assert_eq!(in_words.bank_side, "repaired, 1 breaks, proven late");
        assert_eq!(in_words.company_side, "proven, no breaks");
        assert_eq!(day.status, DayStatus::Reconciled);
        assert_eq!(day.obligation, Some(before.obligation));
        assert_eq!(Outcomes::<Runtime>::get(AGREEMENT, bank.day), Some(before));
    });
}

#[test]
fn a_side_whose_book_nobody_could_fetch_is_proven_late_by_its_commitment() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, Some(&wrong()));
        assert!(!world.commit(bank, Manner::HONEST, &right()));
        world.report(bank, Manner::HONEST, None);
        assert_eq!(status(bank), SideStatus::ProvenLate { breaks: 1 });
    });
}

#[test]
fn a_late_commitment_to_the_chains_own_book_is_proven_by_one_call() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, None);
        assert!(world.commit(bank, Manner::HONEST, &right()));
        world.report(bank, Manner::HONEST, None);
        assert_eq!(status(bank), SideStatus::ProvenLate { breaks: 0 });
    });
}

#[test]
fn a_late_commitment_is_not_replaced() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, None);
        assert!(world.commit(bank, Manner::HONEST, &wrong()));
        assert!(!world.commit(bank, Manner::HONEST, &right()));
    });
}

#[test]
fn a_late_commitment_is_not_proven_once_the_days_for_it_are_over() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, None);
        assert!(world.commit(bank, Manner::HONEST, &right()));
        let until = world.late_until(bank).expect("the day has begun");
        world.pass_to(until);
        let answer = world.send_piece(bank, Manner::HONEST, Piece::Clean, false);
        assert!(!answer.is_done());
        assert_eq!(status(bank), SideStatus::Defaulted);
    });
}

#[test]
fn nothing_is_committed_to_once_the_days_for_a_late_proof_are_over() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, None);
        let until = world.late_until(bank).expect("the day has begun");
        world.pass_to(until);
        assert!(!world.commit(bank, Manner::HONEST, &right()));
    });
}

#[test]
fn a_side_is_proven_in_the_last_block_of_the_days_for_it() {
    on_chain(|| {
        let mut world = World::new();
        let bank = defaulted(&mut world, None);
        let until = world.late_until(bank).expect("the day has begun");
        assert!(world.commit(bank, Manner::HONEST, &right()));
        world.pass_to(until - 2 * crate::constants::SLOT_MILLIS);
        world.report(bank, Manner::HONEST, None);
        assert_eq!(status(bank), SideStatus::ProvenLate { breaks: 0 });
    });
}
