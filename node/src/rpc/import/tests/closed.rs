//! Books that take no import any more, or take one again.

use super::*;
use counterfoil_primitives::{Commitment, MAX_ROUNDS};

fn close_book(fixture: &Fixture, round: Round) {
    let closed = BookState {
        frozen: true,
        round,
        ..Default::default()
    };
    fixture
        .import
        .books
        .lock()
        .set(SIDE_ID, Item::State, &closed);
}

#[test]
fn a_closed_book_takes_no_import() {
    let fixture = fixture(0);
    close_book(&fixture, 0);
    let why = because(fixture.import.begin_import(SIDE_ID, NOW));
    for part in [
        "its import stands",
        "`counterfoil book check`",
        "`counterfoil corrections export`",
    ] {
        assert!(why.contains(part), "{part}: {why}");
    }
}

#[test]
fn a_book_whose_commitment_stands_takes_no_import_though_it_is_being_made_again() {
    let fixture = fixture_on(TestChain {
        status: SideStatus::Committed,
        ..Default::default()
    });
    assert!(because(fixture.import.begin_import(SIDE_ID, NOW)).contains("closed"));
}

#[test]
fn a_book_rejected_after_it_was_closed_takes_an_import() {
    let fixture = fixture(1);
    close_book(&fixture, 0);
    assert_eq!(fixture.import.begin_import(SIDE_ID, NOW), Ok(1));
}

#[test]
fn a_book_closed_after_its_rejection_takes_no_import() {
    let fixture = fixture(1);
    close_book(&fixture, 1);
    assert!(because(fixture.import.begin_import(SIDE_ID, NOW)).contains("closed"));
}

#[test]
fn a_book_rejected_in_the_last_round_takes_no_import() {
    let fixture = fixture(MAX_ROUNDS);
    close_book(&fixture, MAX_ROUNDS - 1);
    let why = because(fixture.import.begin_import(SIDE_ID, NOW));
    assert!(why.contains("was rejected 2 times"), "{why}");
    assert!(why.contains("`counterfoil book check`"), "{why}");
}

#[test]
fn after_the_deadline_a_side_that_nobody_has_marked_takes_no_import() {
    let Fixture { import, .. } = fixture(0);
    let why = because(import.begin_import(SIDE_ID, DEADLINE));
    assert!(why.contains("deadline"), "{why}");
    assert!(why.contains("`counterfoil book check`"), "{why}");
}

/// A minute before the deadline.
const PRESET: Moment = DEADLINE - 60_000;

#[test]
fn until_the_preset_time_a_closed_book_takes_another_import() {
    for status in [SideStatus::Awaited, SideStatus::Committed] {
        let fixture = fixture_on(TestChain {
            status,
            ..Default::default()
        });
        close_book(&fixture, 0);
        assert_eq!(fixture.import.begin_import(SIDE_ID, PRESET - 1), Ok(1));
        let why = because(fixture.import.begin_import(SIDE_ID, PRESET));
        assert!(why.contains("closed"), "{why}");
    }
}

#[test]
fn an_import_is_not_confirmed_once_its_book_was_closed_after_it_began() {
    let Fixture { import, .. } = fixture_on(TestChain {
        status: SideStatus::Committed,
        ..Default::default()
    });
    let hash = import_hash(&[]);
    assert_eq!(import.begin_import(SIDE_ID, PRESET - 1), Ok(1));
    let why = because(import.confirm_import(SIDE_ID, hash, PRESET));
    assert!(why.contains("closed"), "{why}");
    assert_eq!(import.confirm_import(SIDE_ID, hash, PRESET - 1), Ok(0));
}

#[test]
fn a_book_that_was_replaced_as_often_as_is_allowed_takes_no_import() {
    let side = SideSummary {
        replacements: MAX_REPLACEMENTS,
        ..Default::default()
    };
    let fixture = fixture_on(TestChain {
        status: SideStatus::Committed,
        side,
        ..Default::default()
    });
    let why = because(fixture.import.begin_import(SIDE_ID, PRESET - 1));
    assert!(why.contains("replaced 16 times"), "{why}");
}

/// A side that defaulted, and may be proven late until a day after its deadline.
fn defaulted(commitment: Option<Commitment>) -> Fixture {
    let side = SideSummary {
        defaulted: true,
        commitment,
        late_until: Some(DEADLINE + 86_400_000),
        ..Default::default()
    };
    fixture_on(TestChain {
        status: SideStatus::Defaulted,
        side,
        ..Default::default()
    })
}

#[test]
fn a_side_that_defaulted_without_a_commitment_takes_an_import_as_long_as_it_may_be_proven_late() {
    let Fixture { import, .. } = defaulted(None);
    let until = DEADLINE + 86_400_000;
    assert_eq!(import.begin_import(SIDE_ID, until - 1), Ok(1));
    let why = because(import.begin_import(SIDE_ID, until));
    assert!(why.contains("cannot be proven late any more"), "{why}");
    assert!(why.contains("`counterfoil book check`"), "{why}");
}

#[test]
fn a_side_that_defaulted_with_a_commitment_takes_no_import() {
    let Fixture { import, .. } = defaulted(Some(Commitment::default()));
    assert!(because(import.begin_import(SIDE_ID, DEADLINE)).contains("closed"));
}

#[test]
fn after_the_deadline_staff_is_told_to_import_once_the_side_is_defaulted() {
    let Fixture { import, .. } = fixture(0);
    let why = because(import.begin_import(SIDE_ID, DEADLINE));
    assert!(why.contains("`counterfoil day show`"), "{why}");
}

#[test]
fn before_a_closed_day_a_side_takes_an_import_for_a_day_more() {
    let chain = TestChain {
        closed_days: 1,
        ..Default::default()
    };
    let Fixture { import, .. } = fixture_on(chain);
    let moved = DEADLINE + 86_400_000;
    assert_eq!(import.begin_import(SIDE_ID, moved - 1), Ok(1));
    let why = because(import.begin_import(SIDE_ID, moved));
    assert!(why.contains("deadline"), "{why}");
}

#[test]
fn before_a_closed_day_an_import_replaces_another_for_a_day_more() {
    let Fixture { import, .. } = fixture_on(TestChain {
        status: SideStatus::Committed,
        closed_days: 1,
        ..Default::default()
    });
    let moved = PRESET + 86_400_000;
    assert_eq!(import.begin_import(SIDE_ID, moved - 1), Ok(1));
    let hash = import_hash(&[]);
    let why = because(import.confirm_import(SIDE_ID, hash, moved));
    assert!(why.contains("closed"), "{why}");
    assert_eq!(import.confirm_import(SIDE_ID, hash, moved - 1), Ok(0));
}
