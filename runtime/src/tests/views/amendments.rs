//! What staff reads of amendments.

use super::*;
use crate::tests::amendments::{
    accept, amend, cancellation, missing, origin, pass_answers, propose, recorded, replacement,
};
use counterfoil_primitives::{
    amendment::{Content, Proposal, Selection, Span, Standing, Unresolved},
    ports::DayTrades,
    Amount, Kind,
};

fn waiting() -> Vec<(u32, Proposal)> {
    <Runtime as CounterfoilApi<Block>>::amendments(1)
}

/// The numbers of the proposals that are listed.
fn numbers() -> Vec<u32> {
    waiting().into_iter().map(|(number, _)| number).collect()
}

#[test]
fn a_proposal_is_listed_until_it_is_completed() {
    on_development_chain(|| {
        assert!(waiting().is_empty());
        recorded();
        let first = propose(cancellation());
        amend(missing());
        assert_eq!(numbers(), [first]);
        assert_eq!(
            <Runtime as CounterfoilApi<Block>>::last_amendment(1),
            first + 1
        );
        assert_eq!(<Runtime as CounterfoilApi<Block>>::last_amendment(2), 0);
    });
}

#[test]
fn the_links_of_what_an_amendment_booked_are_listed_too() {
    on_development_chain(|| {
        recorded();
        amend(replacement());
        let links = <Runtime as CounterfoilApi<Block>>::links(1, TODAY, 0);
        let positions: Vec<_> = links.iter().map(|(position, _)| *position).collect();
        assert_eq!(positions, [1, 2]);
    });
}

#[test]
fn a_claim_is_listed_until_it_is_written_off() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        pass_answers(number);
        let bob = || origin(Sr25519Keyring::Bob);
        crate::Amendments::lapse(bob(), 1, number).expect("its time is over");
        let [(listed, claim)] = waiting()[..] else {
            panic!("there is one")
        };
        assert_eq!(listed, number);
        let why = Unresolved::Lapsed;
        assert!(matches!(claim.standing, Standing::Unresolved { why: told, .. } if told == why));
        crate::Amendments::write_off(bob(), 1, number, claim.fingerprint).expect("it is its own");
        assert!(waiting().is_empty());
        assert_eq!(
            <Runtime as CounterfoilApi<Block>>::amendment(1, number),
            None
        );
    });
}

#[test]
fn a_proposal_is_read_with_what_it_names_and_without_once_that_is_booked() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        let read = || <Runtime as CounterfoilApi<Block>>::amendment(1, number);
        let (proposal, content) = read().expect("it is there");
        assert_eq!((proposal.proposer, proposal.stated.count()), (2, 1));
        let span = Span { first: 0, last: 0 };
        let named = Content::Cancel {
            day: TODAY,
            selection: Selection::Positions(vec![span].try_into().expect("it is one")),
        };
        assert_eq!(content, Some(named));
        accept(number);
        let from = 1;
        let bob = origin(Sr25519Keyring::Bob);
        crate::Amendments::book(bob, 1, number, from).expect("it was agreed");
        let (proposal, content) = read().expect("it stays");
        assert!(matches!(proposal.standing, Standing::Completed { .. }));
        assert_eq!(content, None);
    });
}

/// What is left of the trade on a position of today, and whose it is.
fn found(position: u32) -> Option<(Kind, MemberId, Amount, Option<Relation>)> {
    let found = <Runtime as CounterfoilApi<Block>>::found(1, TODAY, position)?;
    let left = found.left();
    Some((found.trade.kind, found.client, left, found.relation))
}

#[test]
fn what_an_amendment_made_of_a_payment_is_found_with_whose_it_is() {
    on_development_chain(|| {
        recorded();
        assert_eq!(found(0), Some((Kind::Payment, EVE, 1_000, None)));
        amend(replacement());
        assert_eq!(found(0), Some((Kind::Payment, EVE, 0, None)));
        let taken_back = Some(Relation::Cancellation);
        assert_eq!(found(1), Some((Kind::Refund, EVE, 1_000, taken_back)));
        let stated_right = Some(Relation::Replacement);
        assert_eq!(found(2), Some((Kind::Payment, EVE, 2_000, stated_right)));
        assert_eq!(found(3), None);
        assert_eq!(Trades::totals(1, TODAY).obligation(), 200);
    });
}

#[test]
fn a_supplemented_payment_is_found_by_its_client_and_reference() {
    on_development_chain(|| {
        let read = |client, reference| {
            let reference = Reference([reference; 16]);
            <Runtime as CounterfoilApi<Block>>::supplemented(1, client, reference)
        };
        let number = propose(missing());
        assert_eq!(read(EVE, 7), None);
        accept(number);
        let bob = origin(Sr25519Keyring::Bob);
        crate::Amendments::book(bob, 1, number, 0).expect("it was agreed");
        assert_eq!(read(EVE, 7), Some((TODAY, 0)));
        assert_eq!(read(1, 7), None);
        assert_eq!(read(EVE, 8), None);
    });
}
