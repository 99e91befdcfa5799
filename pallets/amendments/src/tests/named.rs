//! That a trade is named once, and that a fingerprint fits no other content.

use crate::{mock::*, types::PositionsOfPage, Error, Named};
use counterfoil_primitives::{amendment::Content, MemberId};
use frame_support::assert_ok;
use sp_core::H256;

#[test]
fn two_proposals_do_not_name_the_same_trade() {
    build_and_execute(|| {
        record(CLIENT, 0..10);
        put_up(CLIENT, cancel(&[(2, 4)]));
        for content in [cancel(&[(0, 2)]), replace(vec![right(4, 1)])] {
            assert_eq!(propose(COMPANY, content), error(Error::AlreadyNamed));
        }
        assert_ok!(propose(COMPANY, cancel(&[(0, 1), (5, 9)])));
    });
}

#[test]
fn a_trade_of_an_accepted_proposal_is_not_named_again_until_that_is_booked() {
    build_and_execute(|| {
        record(CLIENT, 0..1);
        let number = put_up(COMPANY, cancel(&[(0, 0)]));
        accept(number);
        assert_eq!(propose(BANK, cancel(&[(0, 0)])), error(Error::AlreadyNamed));
        book_all(number);
        assert_ok!(propose(BANK, cancel(&[(0, 0)])));
    });
}

#[test]
fn proposals_share_a_page() {
    build_and_execute(|| {
        record(CLIENT, 0..300);
        let first = put_up(COMPANY, cancel(&[(0, 257)]));
        let second = put_up(BANK, cancel(&[(258, 299)]));
        assert_ok!(withdraw(COMPANY, first));
        assert_eq!(Named::<Test>::iter().count(), 1);
        assert_ok!(withdraw(BANK, second));
        assert_eq!(Named::<Test>::iter().count(), 0);
    });
}

#[test]
fn positions_of_a_page_are_a_set() {
    let mut positions = PositionsOfPage::default();
    assert!(positions.is_empty());
    for offset in [0, 7, 8, 255] {
        positions.insert(offset);
        assert!(positions.holds(offset));
    }
    assert!(!positions.holds(1));
    let mut others = PositionsOfPage::default();
    others.insert(1);
    assert!(!positions.meets(&others));
    others.insert(255);
    assert!(positions.meets(&others));
    positions.remove_all(&others);
    assert!(!positions.holds(255) && positions.holds(0));
    positions.insert_all(&others);
    assert!(positions.holds(1) && positions.holds(255));
    positions.remove(1);
    assert!(!positions.holds(1));
}

/// The fingerprint of a proposal on a chain on which `client` recorded three payments.
fn fingerprint(recorded_by: MemberId, proposer: MemberId, content: Content) -> H256 {
    externalities().execute_with(|| {
        record(recorded_by, 0..3);
        proposal(put_up(proposer, content)).fingerprint
    })
}

#[test]
fn a_fingerprint_is_of_the_trades_themselves() {
    let content = || cancel(&[(0, 1)]);
    let one = fingerprint(CLIENT, BANK, content());
    assert_eq!(one, fingerprint(CLIENT, BANK, content()));
    assert_ne!(one, fingerprint(OTHER, BANK, content()));
}

#[test]
fn a_fingerprint_is_of_proposer_and_content() {
    let one = fingerprint(CLIENT, BANK, cancel(&[(0, 1)]));
    assert_ne!(one, fingerprint(CLIENT, COMPANY, cancel(&[(0, 1)])));
    assert_ne!(one, fingerprint(CLIENT, BANK, cancel(&[(0, 2)])));
    let replaced = fingerprint(CLIENT, BANK, replace(vec![right(0, 1)]));
    let otherwise = fingerprint(CLIENT, BANK, replace(vec![right(0, 2)]));
    assert_ne!(replaced, otherwise);
}

#[test]
fn an_answer_given_before_a_fork_fits_no_other_trades_after_it() {
    let before = fingerprint(CLIENT, COMPANY, cancel(&[(0, 2)]));
    build_and_execute(|| {
        record(OTHER, 0..3);
        let number = put_up(COMPANY, cancel(&[(0, 2)]));
        let on_fork = |fingerprint| {
            let bank = signed(BANK);
            without_weight(Amendments::answer(
                bank,
                AGREEMENT,
                number,
                fingerprint,
                true,
            ))
        };
        assert_eq!(on_fork(before), error(Error::OtherContent));
        assert_ok!(on_fork(proposal(number).fingerprint));
    });
}
