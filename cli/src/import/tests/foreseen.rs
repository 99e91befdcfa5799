//! What an import would do, told without doing it.

use super::*;
use crate::money::Money;

/// What the client's import would do now, by its journal or without one. A payment of a gross amount
/// of 50 or more is taken by no day.
fn foresee_with(client: &Client, payments: &[Prepared], journal: bool) -> Vec<Foreseen> {
    let journal = journal
        .then(|| Journal::peek(&client.journal, H256::zero(), 1).unwrap())
        .flatten();
    let book = |occurred_at: Moment| match payments.iter().find(|p| p.trade.gross >= 50) {
        Some(payment) if payment.trade.occurred_at == occurred_at => Err("too late".into()),
        _ => Ok(BusinessDay((occurred_at / DAY) as u32)),
    };
    let mut chain = Mock::new(&client.world, None);
    let money = Money::of("CZK").unwrap();
    block_on(foresee(
        &mut chain,
        journal.as_ref(),
        1,
        payments,
        &money,
        &book,
    ))
    .unwrap()
}

fn foresee_by_journal(client: &Client, payments: &[Prepared]) -> Vec<Foreseen> {
    foresee_with(client, payments, true)
}

fn would_be_sent(foreseen: &Foreseen) -> bool {
    matches!(
        foreseen,
        Foreseen::Sent {
            underway: false,
            ..
        }
    )
}

fn is_known_before(foreseen: &Foreseen) -> bool {
    matches!(foreseen, Foreseen::Settled(Verdict::Known { .. }))
}

#[test]
fn nothing_is_sent_and_no_journal_begun() {
    let client = Client::new(1);
    let foreseen = foresee_by_journal(&client, &payments(5));
    assert!(foreseen.iter().all(would_be_sent), "{foreseen:?}");
    assert!(client.trades().is_empty() && client.world.borrow().pending() == 0);
    assert!(!client.journal.exists());
}

#[test]
fn what_is_foreseen_is_what_an_import_does() {
    let client = Client::new(1);
    client.import(&payments(5));
    for journal in [true, false] {
        let foreseen = foresee_with(&client, &payments(8), journal);
        assert!(foreseen[..5].iter().all(is_known_before), "{foreseen:?}");
        assert!(foreseen[5..].iter().all(would_be_sent), "{foreseen:?}");
    }
    let verdicts = client.import(&payments(8));
    assert!(verdicts[..5].iter().all(is_known) && verdicts[5..].iter().all(is_recorded));
}

#[test]
fn a_payment_with_other_content_is_foreseen_as_refused() {
    let client = Client::new(1);
    client.import(&payments(3));
    let mut changed = payments(3);
    changed[1].trade.gross = 49;
    for journal in [true, false] {
        let foreseen = foresee_with(&client, &changed, journal);
        let Foreseen::Settled(verdict @ Verdict::Refused { reason }) = &foreseen[1] else {
            panic!("{foreseen:?}")
        };
        assert!(
            reason.contains("amount (here 0.49 CZK, on chain 0.02 CZK)"),
            "{reason}"
        );
        let settings = Settings {
            money: Some(Money::of("CZK").unwrap()),
            ..SETTINGS
        };
        let verdicts = client.import_with(&changed, &settings, None).unwrap();
        assert_eq!(&verdicts[1], verdict);
    }
}

#[test]
fn a_payment_that_no_day_takes_is_foreseen_as_refused() {
    let client = Client::new(1);
    let mut payments = payments(2);
    payments[1].trade.gross = 50;
    payments[1].trade.occurred_at += 1;
    let foreseen = foresee_by_journal(&client, &payments);
    assert!(would_be_sent(&foreseen[0]));
    let reason = "too late".to_owned();
    assert_eq!(foreseen[1], Foreseen::Settled(Verdict::Refused { reason }));
}

#[test]
fn a_payment_that_may_be_on_its_way_is_named_so() {
    let client = Client::new(1);
    client.world.borrow_mut().loses = 100;
    let _ = client.import_with(&payments(1), &SETTINGS, Some(12));
    let foreseen = foresee_by_journal(&client, &payments(2));
    assert!(
        matches!(foreseen[0], Foreseen::Sent { underway: true, .. }),
        "{foreseen:?}"
    );
    assert!(would_be_sent(&foreseen[1]));
}
