//! What people read of amendments, and of the trades that they booked.

use super::*;
use crate::{
    tests::amendments::{
        accept, amend, cancellation, missing, of_refund, origin, pass_answers, propose, recorded,
        replacement,
    },
    views_in_words::{AmendmentInWords, TradeInWords},
    Amendments,
};

/// The only proposal that is listed.
fn proposal() -> AmendmentInWords {
    let mut proposals = <Runtime as CounterfoilApi<Block>>::amendments_in_words(1);
    assert_eq!(proposals.len(), 1);
    proposals.remove(0)
}

/// The trades of today.
fn trades() -> Vec<TradeInWords> {
    <Runtime as CounterfoilApi<Block>>::trades_in_words(1, TODAY, 0)
}

#[test]
fn a_proposal_reads_with_what_it_names_and_who_has_to_answer() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        let read = proposal();
        assert_eq!((read.number, &*read.proposer), (number, "2 (Fund house)"));
        assert_eq!(read.ground, "a wrong file was imported");
        assert_eq!(read.content, "take back 1 trade of 2026-11-23: position 0");
        assert_eq!(
            (read.payments.count, &*read.payments.gross.words),
            (1, "10.00 CZK")
        );
        assert_eq!((read.refunds.count, read.refunds.gross.amount), (0, 0));
        assert_eq!(read.awaited, ["3 (Bank)"]);
        assert!(
            read.answer_until.starts_with("2026-12-03T"),
            "{}",
            read.answer_until
        );
        assert_eq!(read.standing, "open: answers are awaited");
        let (stored, _) = Amendments::amendment(1, number).expect("it is there");
        assert_eq!(read.fingerprint, stored.fingerprint);
    });
}

#[test]
fn what_is_to_be_done_reads_by_its_kind() {
    on_development_chain(|| {
        recorded();
        let contents = [
            (
                replacement(),
                "state 1 payment of 2026-11-23 right: position 0",
            ),
            (missing(), "record 1 payment not recorded before"),
        ];
        for (content, words) in contents {
            let number = propose(content);
            let read = proposal();
            assert_eq!(read.content, words);
            let bob = origin(Sr25519Keyring::Bob);
            Amendments::withdraw(bob, 1, number, read.fingerprint).expect("it is its own");
        }
    });
}

#[test]
fn an_accepted_proposal_reads_with_what_is_booked_of_it_and_awaits_nobody() {
    on_development_chain(|| {
        recorded();
        accept(propose(cancellation()));
        let read = proposal();
        assert!(read.awaited.is_empty());
        assert!(
            read.standing.starts_with("accepted 2026-11-23T"),
            "{}",
            read.standing
        );
        let nothing = "0 booked, 0 fell out; payments of 0.00 CZK, refunds of 0.00 CZK";
        assert!(read.standing.ends_with(nothing), "{}", read.standing);
    });
}

#[test]
fn a_proposal_reads_as_late_and_then_as_a_claim() {
    on_development_chain(|| {
        recorded();
        let number = propose(cancellation());
        pass_answers(number);
        assert_eq!(proposal().standing, "not answered in time: it can lapse");
        assert!(proposal().awaited.is_empty());
        let bob = origin(Sr25519Keyring::Bob);
        Amendments::lapse(bob, 1, number).expect("its time is over");
        let standing = proposal().standing;
        assert!(standing.starts_with("lapsed 2026-12-03T"), "{standing}");
        assert!(
            standing.ends_with("until its proposer writes it off"),
            "{standing}"
        );
        assert!(proposal().awaited.is_empty());
    });
}

#[test]
fn an_agreement_without_proposals_reads_none() {
    on_development_chain(|| {
        for agreement in [1, 9] {
            let read = <Runtime as CounterfoilApi<Block>>::amendments_in_words(agreement);
            assert_eq!(read, []);
        }
    });
}

#[test]
fn a_replaced_payment_reads_with_what_became_of_it() {
    on_development_chain(|| {
        recorded();
        amend(replacement());
        let payment = "payment 1 of client 5 (Web shop), 2026-11-23, position 0";
        let read: Vec<_> = trades().into_iter().map(|trade| trade.amendment).collect();
        let expected = [
            None,
            Some(format!("takes back what was left of {payment}")),
            Some(format!("states right {payment}")),
        ];
        assert_eq!(read, expected);
    });
}

#[test]
fn a_cancellation_that_is_put_back_reads_so() {
    on_development_chain(|| {
        recorded();
        amend(cancellation());
        amend(of_refund());
        let [_, _, undone] = &trades()[..] else {
            panic!("there are three")
        };
        let words = undone.amendment.as_deref().expect("an amendment booked it");
        assert!(
            words.starts_with("puts back what a cancellation took of "),
            "{words}"
        );
        assert_eq!(undone.kind, Kind::Payment);
    });
}

#[test]
fn what_amendments_booked_reads_as_of_the_client_and_as_nobodys_refund() {
    on_development_chain(|| {
        recorded();
        amend(cancellation());
        amend(missing());
        let trades = trades();
        for trade in &trades {
            assert_eq!(trade.client, "5 (Web shop)");
            assert_eq!(trade.refund_of, None);
        }
        let words = trades[2].amendment.as_deref();
        assert_eq!(words, Some("records a payment that was not recorded"));
    });
}
