//! What an import says while payments wait for room on the chain.

use super::*;

/// What an import of two payments said of being held up. The network loses nothing once it has said so.
fn held_up(client: &Client) -> Vec<HeldUp> {
    let mut told = Vec::new();
    watched(client, |step| {
        if let Step::HeldUp(held_up) = step {
            told.push(held_up);
            client.world.borrow_mut().loses = 0;
        }
    });
    told
}

#[test]
fn an_import_that_goes_on_says_nothing_of_being_held_up() {
    assert_eq!(held_up(&Client::new(1)), []);
}

#[test]
fn an_import_says_why_the_pool_takes_nothing() {
    let client = Client::new(1);
    client.world.borrow_mut().refuses = 90;
    let told = held_up(&client);
    assert!(
        matches!(&told[..], [HeldUp::ByThePool { reason }, ..] if reason.contains("full")),
        "{told:?}"
    );
}

#[test]
fn an_import_says_that_blocks_go_by_without_it() {
    let client = Client::new(1);
    client.world.borrow_mut().loses = 100;
    let told = held_up(&client);
    assert!(
        matches!(told[..], [HeldUp::InThePool { blocks: 10 }, ..]),
        "{told:?}"
    );
}
