//! Imports whose journal is new, or was lost.

use super::*;

#[test]
fn a_lost_journal_is_rebuilt_without_a_new_trade() {
    let client = Client::new(1);
    client.import(&payments(10));
    client.lose_journal();
    assert!(client.import(&payments(10)).iter().all(is_known));
    client.assert_each_once(10);
    assert!(client.import(&payments(10)).iter().all(is_known));
}

#[test]
fn a_lost_journals_batches_are_waited_for_before_new_sequences_are_given() {
    let client = Client::new(1);
    client.world.borrow_mut().slow = 15;
    let killed = client.import_with(&payments(10), &SETTINGS, Some(9));
    assert!(killed.is_err());
    assert!(
        client.world.borrow().pending() > 0,
        "something must be on its way"
    );
    client.lose_journal();
    client.import(&payments(10));
    client.blocks(30);
    client.assert_each_once(10);
}

#[test]
fn the_first_import_of_a_client_does_not_wait() {
    let mut waited = false;
    watched(&Client::new(1), |step| {
        waited |= matches!(step, Step::WaitingOutDoubt { .. });
    });
    assert!(!waited);
}

#[test]
fn a_new_journal_of_a_client_with_trades_waits_unless_told_not_to() {
    let client = Client::new(1);
    client.import(&payments(2));
    client.lose_journal();
    let before = client.world.borrow().trades().len();
    let trusting = Settings {
        trust_new_journal: true,
        ..SETTINGS
    };
    let verdicts = client.import_with(&payments(3), &trusting, None).unwrap();
    assert!(is_known(&verdicts[0]) && is_recorded(&verdicts[2]));
    assert_eq!(client.trades().len(), before + 1);
}

#[test]
fn a_journal_that_was_lost_looks_every_payment_up_that_it_does_not_know() {
    let client = Client::new(1);
    client.import(&payments(4)[1..]);
    client.lose_journal();
    // The new journal gets ahead of the chain again by a payment that is new, and does not learn
    // of the others by it.
    client.import(&payments(1));
    client.import(&payments(4));
    client.blocks(40);
    client.assert_each_once(4);
}

#[test]
fn payments_that_waited_for_a_lost_journal_go_in_an_era_that_has_not_ended() {
    let client = Client::new(1);
    client.import(&payments(1));
    client.lose_journal();
    let verdicts = client.import_with(&payments(2), &SETTINGS, None);
    assert!(is_recorded(&verdicts.unwrap()[1]));
}
