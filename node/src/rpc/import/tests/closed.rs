//! Books that take no import any more, or take one again.

use super::*;
use counterfoil_primitives::MAX_ROUNDS;

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
    assert!(because(fixture.import.begin_import(SIDE_ID, NOW)).contains("closed"));
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
