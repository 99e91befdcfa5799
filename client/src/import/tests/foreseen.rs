//! What an import would do, told without doing it.

use super::*;
use crate::money::Money;

/// What the client's import would do now, by its journal or without one. A payment of a gross amount
/// of 50 or more is taken by no day.
fn foresight(
    client: &Client,
    payments: &[Prepared],
    settings: &Settings,
    journal: bool,
) -> Foresight {
    let journal = journal
        .then(|| Journal::peek(&client.journal, H256::zero(), 1).unwrap())
        .flatten();
    let book = |_: Kind, occurred_at: Moment| match payments.iter().find(|p| p.trade.gross >= 50) {
        Some(payment) if payment.trade.occurred_at == occurred_at => Err(NotRecorded::TooLate),
        _ => Ok(BusinessDay((occurred_at / DAY) as u32)),
    };
    let mut chain = MockChain::new(&client.world, None);
    block_on(foresee(
        &mut chain,
        journal.as_ref(),
        payments,
        &Missing::new(),
        settings,
        &book,
    ))
    .unwrap()
}

fn in_crowns() -> Settings {
    Settings {
        money: Some(Money::of("CZK").unwrap()),
        ..SETTINGS
    }
}

fn foresee_with(client: &Client, payments: &[Prepared], journal: bool) -> Vec<Foreseen> {
    foresight(client, payments, &in_crowns(), journal).payments
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
        let reason = reason.to_string();
        assert!(
            reason.contains("amount (here 0.49 CZK, on chain 0.02 CZK)"),
            "{reason}"
        );
        let verdicts = client.import_with(&changed, &in_crowns(), None).unwrap();
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
    let reason = NotRecorded::TooLate;
    assert_eq!(foreseen[1], Foreseen::Settled(Verdict::Refused { reason }));
}

#[test]
fn a_payment_that_no_day_takes_and_an_amendment_recorded_is_foreseen_as_done() {
    let client = Client::new(1);
    let mut payments = payments(1);
    payments[0].trade.gross = 50;
    client.world.borrow_mut().supplement(&payments[0].trade);
    let foreseen = foresee_by_journal(&client, &payments);
    let done = matches!(foreseen[0], Foreseen::Settled(Verdict::Supplemented { .. }));
    assert!(done, "{foreseen:?}");
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

#[test]
fn what_an_import_does_with_payments_under_other_ids_is_foreseen() {
    let client = Client::new(1);
    client.import(&payments(3));
    let same_reference = other_ids::renamed(payment(1), "q1");
    let look_alike = other_ids::re_referenced(payment(2));
    let list = [same_reference, look_alike, payment(9)];
    let foreseen = foresee_by_journal(&client, &list);
    assert!(is_known_before(&foreseen[0]), "{foreseen:?}");
    assert!(would_be_sent(&foreseen[2]), "{foreseen:?}");
    let verdicts = client.import_with(&list, &in_crowns(), None).unwrap();
    assert!(is_known(&verdicts[0]) && is_recorded(&verdicts[2]));
    assert_eq!(foreseen[1], Foreseen::Settled(verdicts[1].clone()));
}

#[test]
fn a_payment_that_is_said_to_be_another_one_is_foreseen_as_sent() {
    let client = Client::new(1);
    client.import(&payments(1));
    let anew = Settings {
        anew: true,
        ..in_crowns()
    };
    let list = [other_ids::re_referenced(payment(1))];
    assert!(would_be_sent(
        &foresight(&client, &list, &anew, true).payments[0]
    ));
}

#[test]
fn the_wait_of_a_new_journal_is_foreseen() {
    let client = Client::new(1);
    client.import(&payments(2));
    let without =
        |count, settings: &Settings| foresight(&client, &payments(count), settings, false);
    let foresight = without(3, &SETTINGS);
    assert_eq!((foresight.doubt, foresight.wait), (Some(Doubt::New), 136));
    assert_eq!(without(2, &SETTINGS).wait, 0);
    let trusting = Settings {
        trust_new_journal: true,
        ..SETTINGS
    };
    assert_eq!(without(3, &trusting).wait, 0);
}

#[test]
fn the_wait_that_a_journal_noted_is_foreseen_to_its_end() {
    let client = Client::new(1);
    client.import(&payments(1));
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let final_block = block_on(MockChain::new(&client.world, None).final_block()).unwrap();
    journal.set_doubtful_until(Some(final_block + 7)).unwrap();
    drop(journal);
    let foresight = foresight(&client, &payments(2), &SETTINGS, true);
    assert_eq!((foresight.doubt, foresight.wait), (None, 7));
}

#[test]
fn an_import_that_goes_on_by_its_journal_is_foreseen_without_a_wait() {
    let client = Client::new(1);
    client.import(&payments(2));
    let foresight = foresight(&client, &payments(3), &SETTINGS, true);
    assert_eq!((foresight.doubt, foresight.wait), (None, 0));
}
