//! Payments that an amendment recorded, and payments that come too late for their client.

use super::*;
use crate::journal::State;

fn client(looks_for_supplements: bool) -> Client {
    let client = Client::new(1);
    client.world.borrow_mut().looks_for_supplements = looks_for_supplements;
    client
}

fn state(client: &Client, id: &str) -> State {
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    journal.line(1, id).unwrap().unwrap().state
}

fn supplement(client: &Client, payment: &Prepared) {
    client.world.borrow_mut().supplement(&payment.trade);
}

const PLACE: Verdict = Verdict::Supplemented {
    day: BusinessDay(12),
    position: 0,
};

#[test]
fn a_payment_that_an_amendment_recorded_counts_as_done_with_its_place() {
    let client = client(true);
    supplement(&client, &payment(2));
    let verdicts = client.import(&payments(3));
    assert!(is_recorded(&verdicts[0]) && is_recorded(&verdicts[2]));
    assert_eq!(verdicts[1], PLACE);
    let (day, position) = (BusinessDay(12), 0);
    assert_eq!(state(&client, "p2"), State::Supplemented { day, position });
    assert_eq!(client.counts().get(&2), None);
}

#[test]
fn what_the_journal_has_as_recorded_by_an_amendment_is_not_sent_again() {
    let client = client(true);
    supplement(&client, &payment(1));
    client.import(&payments(1));
    client.world.borrow_mut().supplements.clear();
    assert_eq!(client.import(&payments(1)), [PLACE]);
    assert!(client.trades().is_empty());
}

#[test]
fn without_its_journal_the_chain_says_again_what_an_amendment_recorded() {
    let client = client(true);
    supplement(&client, &payment(1));
    client.import(&payments(1));
    client.lose_journal();
    assert_eq!(client.import(&payments(1)), [PLACE]);
    assert!(client.trades().is_empty());
}

#[test]
fn a_late_payment_that_an_amendment_recorded_is_done_though_the_chain_only_says_late() {
    let client = client(false);
    client.world.borrow_mut().late = Some(1);
    supplement(&client, &payment(1));
    assert_eq!(client.import(&payments(1)), [PLACE]);
}

#[test]
fn a_late_payment_that_no_amendment_recorded_is_refused_as_late() {
    let client = client(true);
    client.world.borrow_mut().late = Some(2);
    let verdicts = client.import(&payments(2));
    assert!(is_recorded(&verdicts[0]));
    let reason = NotRecorded::TooLate;
    assert_eq!(verdicts[1], Verdict::Refused { reason });
    assert!(matches!(state(&client, "p2"), State::Refused { .. }));
}

#[test]
fn a_payment_that_is_late_for_the_last_day_of_an_agreement_is_refused_as_late() {
    let client = client(true);
    client.world.borrow_mut().ended = Some(1);
    let reason = NotRecorded::TooLate;
    assert_eq!(client.import(&payments(1)), [Verdict::Refused { reason }]);
}

#[test]
fn a_payment_that_was_refused_as_late_is_done_once_an_amendment_recorded_it() {
    let client = client(false);
    client.world.borrow_mut().late = Some(1);
    client.import(&payments(1));
    supplement(&client, &payment(1));
    assert_eq!(client.import(&payments(1)), [PLACE]);
}

#[test]
fn a_payment_that_an_amendment_recorded_otherwise_is_told_with_what_differs() {
    let client = client(true);
    let mut other = payment(1);
    other.trade.user = UserId([7; 16]);
    supplement(&client, &other);
    for _ in 0..2 {
        let verdicts = client.import(&payments(1));
        let Verdict::Refused { reason } = &verdicts[0] else {
            panic!("{verdicts:?}")
        };
        let reason = reason.to_string();
        assert!(reason.contains("an amendment recorded"), "{reason}");
        assert!(reason.contains("what differs: user"), "{reason}");
    }
}

#[test]
fn a_refund_gives_back_from_a_payment_that_an_amendment_recorded() {
    let client = client(true);
    let original = payment(2);
    supplement(&client, &original);
    let refund = Prepared {
        id: "r1".into(),
        trade: TradeRequest {
            reference: reference_of(1, "r1"),
            gross: 1,
            debit: 0,
            ..original.trade
        },
        original: Some(original.id.clone()),
        ..original.clone()
    };
    let verdicts = client.import(&[original, refund]);
    assert_eq!(verdicts[0], PLACE);
    assert!(is_recorded(&verdicts[1]), "{verdicts:?}");
    let sent = client.world.borrow().refunds_sent[0];
    assert!(sent.original.id.is_of_amendment());
}

#[test]
fn an_import_that_is_killed_finds_out_again_what_an_amendment_recorded() {
    for fuel in 1..60 {
        let client = client(true);
        supplement(&client, &payment(2));
        let _ = client.import_with(&payments(3), &SETTINGS, Some(fuel));
        let verdicts = client.import(&payments(3));
        assert_eq!(verdicts[1], PLACE, "{fuel}");
        assert_eq!(client.trades().len(), 2, "{fuel}");
    }
}
