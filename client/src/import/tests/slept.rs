//! An import whose machine sleeps: blocks pass that it cannot read any more.

use super::*;

/// Imports payments, and sleeps for a number of blocks once the first are on their way.
fn import_and_sleep(client: &Client, count: u128, blocks: usize) -> Vec<Verdict> {
    client.world.borrow_mut().sleeps = blocks;
    client.import(&payments(count))
}

#[test]
fn payments_that_landed_unseen_are_recorded_once() {
    for blocks in [1, 5, 19, 21, 300] {
        let client = Client::new(1);
        let verdicts = import_and_sleep(&client, 10, blocks);
        assert!(verdicts.iter().all(is_recorded), "{blocks}: {verdicts:?}");
        client.blocks(40);
        client.assert_each_once(10);
    }
}

#[test]
fn payments_that_the_network_lost_meanwhile_are_sent_again() {
    let client = Client::new(7);
    client.world.borrow_mut().loses = 50;
    let verdicts = import_and_sleep(&client, 30, 300);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    client.blocks(40);
    client.assert_each_once(30);
}

#[test]
fn payments_that_were_refused_unseen_are_refused_once_they_are_sent_again() {
    let client = Client::new(1);
    client.world.borrow_mut().too_much = 3;
    let verdicts = import_and_sleep(&client, 3, 300);
    assert!(verdicts[..2].iter().all(is_recorded), "{verdicts:?}");
    let reason = NotRecorded::Other("too much".into());
    assert_eq!(verdicts[2], Verdict::Refused { reason });
    client.blocks(40);
    client.assert_each_once(2);
}
