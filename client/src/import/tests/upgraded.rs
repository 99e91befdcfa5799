//! An import amid which the chain gets a runtime for whose calls it was not built.

use super::*;
use crate::{
    error::Error,
    import::mock::{Upgrade, UNFIT},
};

/// More payments than are on their way at once.
const COUNT: u128 = 10;

/// Imports payments on a chain that is upgraded once the first are on their way. Returns why the import
/// stops.
fn stopped(client: &Client, is_noticed_late: bool) -> anyhow::Error {
    let from = Some(client.world.borrow().best() + 1);
    client.world.borrow_mut().upgrade = Upgrade {
        from,
        is_noticed_late,
    };
    let imported = client.import_with(&payments(COUNT), &SETTINGS, None);
    imported.unwrap_err()
}

/// Imports the same payments by the release that fits.
fn gone_on(client: &Client) {
    client.world.borrow_mut().upgrade = Upgrade::default();
    client.import(&payments(COUNT));
    client.blocks(40);
    client.assert_each_once(COUNT);
}

fn is_unfit(error: &anyhow::Error) -> bool {
    matches!(error.downcast_ref(), Some(Error::Unfit(unfit)) if *unfit == UNFIT)
}

#[test]
fn an_import_stops_by_name_before_it_sends_to_a_runtime_with_other_calls() {
    let client = Client::new(1);
    let error = stopped(&client, false);
    assert!(is_unfit(&error), "{error:#}");
    assert_eq!(client.world.borrow().pending(), 0);
    assert!((client.trades().len() as u128) < COUNT);
}

#[test]
fn an_import_that_notices_another_runtime_only_when_it_signs_stops_by_name() {
    let client = Client::new(1);
    let error = stopped(&client, true);
    assert!(is_unfit(&error), "{error:#}");
    assert_eq!(client.world.borrow().pending(), 0);
}

#[test]
fn the_release_that_fits_goes_on_where_an_import_stopped() {
    for is_noticed_late in [false, true] {
        let client = Client::new(1);
        assert!(is_unfit(&stopped(&client, is_noticed_late)));
        gone_on(&client);
    }
}
