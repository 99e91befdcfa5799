//! The check of storage finds each kind of damage.

use crate::{mock::*, types::PositionsOfPage, Contents, LastNumber, Named, Proposals, Waiting};
use counterfoil_primitives::{
    amendment::{Proposal, Standing},
    AgreementId,
};
use frame_support::BoundedVec;
use sp_runtime::DispatchError;

/// What the check says of a claim, an open and an accepted proposal and a completed one, numbered from 1,
/// after `damage`.
fn verdict(damage: impl FnOnce()) -> &'static str {
    externalities().execute_with(|| {
        record(CLIENT, 0..10);
        let claim = put_up(COMPANY, cancel(&[(0, 0)]));
        answer(BANK, claim, false).unwrap();
        put_up(COMPANY, cancel(&[(1, 2)]));
        let accepted = put_up(COMPANY, cancel(&[(3, 4)]));
        accept(accepted);
        let completed = put_up(BANK, cancel(&[(5, 5)]));
        accept(completed);
        book_all(completed);
        check_state();
        damage();
        match Amendments::do_try_state() {
            Ok(()) => "all is well",
            Err(DispatchError::Other(text)) => text,
            Err(other) => panic!("unexpected: {other:?}"),
        }
    })
}

/// What the check says once the proposal of this number was changed.
fn verdict_of(number: u32, change: impl FnOnce(&mut Proposal)) -> &'static str {
    verdict(|| {
        Proposals::<Test>::mutate(AGREEMENT, number, |proposal| {
            change(proposal.as_mut().expect("it is there"));
        });
    })
}

#[test]
fn an_undamaged_state_passes() {
    assert_eq!(verdict(|| ()), "all is well");
}

#[test]
fn numbers_out_of_order_are_found() {
    let found = verdict(|| {
        let numbers = BoundedVec::truncate_from(vec![2, 1, 3]);
        Waiting::<Test>::insert(AGREEMENT, numbers);
    });
    assert_eq!(found, "the numbers of what waits do not ascend");
}

#[test]
fn a_proposal_that_does_not_wait_is_found() {
    let found = verdict(|| {
        Waiting::<Test>::insert(AGREEMENT, BoundedVec::truncate_from(vec![2, 3]));
    });
    assert_eq!(found, "what waits is not what is not completed");
}

#[test]
fn a_completed_proposal_that_waits_is_found() {
    let found = verdict(|| {
        Waiting::<Test>::insert(AGREEMENT, BoundedVec::truncate_from(vec![1, 2, 3, 4]));
    });
    assert_eq!(found, "what waits is not what is not completed");
}

#[test]
fn a_content_too_few_is_found() {
    let found = verdict(|| Contents::<Test>::remove(AGREEMENT, 2));
    assert_eq!(found, "contents are kept of other proposals than wait");
}

#[test]
fn a_content_of_a_completed_proposal_is_found() {
    let found = verdict(|| Contents::<Test>::insert(AGREEMENT, 4, cancel(&[(5, 5)])));
    assert_eq!(found, "contents are kept of other proposals than wait");
}

#[test]
fn a_content_by_sequences_is_found() {
    let found = verdict(|| {
        let content = cancel_sequences(CLIENT, (1, 2), (0, 0));
        Contents::<Test>::insert(AGREEMENT, 2, content);
    });
    assert_eq!(found, "a content does not name positions in order");
}

#[test]
fn a_content_that_names_nothing_is_found() {
    let found = verdict(|| Contents::<Test>::insert(AGREEMENT, 2, cancel(&[])));
    assert_eq!(found, "a content does not name positions in order");
}

#[test]
fn a_trade_of_two_proposals_is_found() {
    let found = verdict(|| Contents::<Test>::insert(AGREEMENT, 2, cancel(&[(2, 3)])));
    assert_eq!(found, "two proposals name the same trade");
}

#[test]
fn a_position_that_is_named_by_no_proposal_is_found() {
    let found = verdict(|| {
        Named::<Test>::mutate((AGREEMENT, FIRST, 0), |positions| positions.insert(0));
    });
    assert_eq!(
        found,
        "what is named is not what open and accepted proposals name"
    );
}

#[test]
fn a_position_that_is_not_named_is_found() {
    let found = verdict(|| {
        Named::<Test>::mutate((AGREEMENT, FIRST, 0), |positions| positions.remove(1));
    });
    assert_eq!(
        found,
        "what is named is not what open and accepted proposals name"
    );
}

#[test]
fn a_page_without_named_positions_is_found() {
    let found = verdict(|| {
        Named::<Test>::insert((AGREEMENT, FIRST, 1), PositionsOfPage::default());
    });
    assert_eq!(
        found,
        "what is named is not what open and accepted proposals name"
    );
}

#[test]
fn an_accepted_proposal_without_a_next_step_is_found() {
    let found = verdict_of(3, |proposal| {
        if let Standing::Accepted { progress, .. } = &mut proposal.standing {
            progress.next = 3;
        }
    });
    assert_eq!(found, "an accepted proposal has nothing left to book");
}

#[test]
fn a_number_that_was_not_given_is_found() {
    let found = verdict(|| LastNumber::<Test>::insert(AGREEMENT, 3));
    assert_eq!(found, "a proposal has a number that was not given");
}

#[test]
fn a_proposal_of_another_agreement_is_found() {
    const OTHER_AGREEMENT: AgreementId = 99;
    let found = verdict_of(4, |proposal| proposal.agreement = OTHER_AGREEMENT);
    assert_eq!(found, "a proposal is of another agreement, or of none");
}

#[test]
fn a_proposal_of_no_agreement_is_found() {
    const NO_AGREEMENT: AgreementId = 99;
    let found = verdict(|| {
        let mut moved = proposal(4);
        moved.agreement = NO_AGREEMENT;
        Proposals::<Test>::insert(NO_AGREEMENT, 1, moved);
        LastNumber::<Test>::insert(NO_AGREEMENT, 1);
    });
    assert_eq!(found, "a proposal is of another agreement, or of none");
}

#[test]
fn more_proposals_of_a_member_than_may_wait_are_found() {
    let found = verdict(|| {
        let claim = proposal(1);
        Proposals::<Test>::insert(AGREEMENT, 5, claim);
        Contents::<Test>::insert(AGREEMENT, 5, cancel(&[(0, 0)]));
        Waiting::<Test>::insert(AGREEMENT, BoundedVec::truncate_from(vec![1, 2, 3, 5]));
        LastNumber::<Test>::insert(AGREEMENT, 5);
    });
    assert_eq!(found, "more proposals of a member wait than may");
}
