//! What an import says of trades that its journal does not know.

use super::*;

/// What an import of payments tells of doubt, and its verdicts.
fn doubts(client: &Client, payments: &[Prepared]) -> (Vec<Doubt>, Vec<Verdict>) {
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let mut told = Vec::new();
    let mut watch = |step| {
        if let Step::Doubt(doubt) = step {
            told.push(doubt);
        }
    };
    let verdicts = block_on(run(&mut chain, &journal, payments, &SETTINGS, &mut watch)).unwrap();
    (told, verdicts)
}

/// A trade of another program of the client.
fn foreign(sequence: Sequence) -> TradeRequest {
    TradeRequest {
        sequence,
        ..payment(90 + u128::from(sequence)).trade
    }
}

#[test]
fn a_client_that_begins_is_in_no_doubt() {
    let client = Client::new(1);
    assert!(doubts(&client, &payments(3)).0.is_empty());
    client.blocks(5);
    assert!(doubts(&client, &payments(4)).0.is_empty());
}

#[test]
fn a_new_journal_of_a_client_that_has_recorded_is_new() {
    let client = Client::new(1);
    client.import(&payments(3));
    client.lose_journal();
    client.blocks(5);
    assert_eq!(doubts(&client, &payments(4)).0, [Doubt::New]);
}

#[test]
fn sequences_that_another_program_used_are_told_as_such() {
    let client = Client::new(1);
    client.import(&payments(3));
    for sequence in 4..=6 {
        client
            .world
            .borrow_mut()
            .record_elsewhere(foreign(sequence));
    }
    client.blocks(5);
    let (told, verdicts) = doubts(&client, &payments(4));
    let others = Doubt::Others {
        given: 3,
        highest: 6,
    };
    assert_eq!(told, [others]);
    assert!(
        verdicts[..3].iter().all(is_known) && is_recorded(&verdicts[3]),
        "{verdicts:?}"
    );
    // Once all go by this journal, there is no doubt any more.
    client.blocks(5);
    assert!(doubts(&client, &payments(5)).0.is_empty());
}

#[test]
fn a_doubt_that_an_earlier_import_noted_begins_anew() {
    let client = Client::new(1);
    client.import(&payments(1));
    client.lose_journal();
    client.blocks(5);
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    journal.set_doubtful_until(Some(1)).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let mut waits = Vec::new();
    let mut watch = |step| {
        if let Step::WaitingOutDoubt { left } = step {
            waits.push(left);
        }
    };
    let list = payments(2);
    block_on(run(&mut chain, &journal, &list, &SETTINGS, &mut watch)).unwrap();
    assert!(waits.first() >= Some(&ERA), "{waits:?}");
    assert_eq!(journal.doubtful_until().unwrap(), None);
}
