//! How much of a node the methods take: requests that are answered at a time, and subscriptions.
//!
//! What goes beyond a limit is refused at once, and nothing waits in a queue that a stranger can fill. The
//! limits of a connection leave room for others; those of the node hold however many connections there are.

use super::refusal::{Refusal, TOO_MANY_REQUESTS, TOO_MANY_SUBSCRIPTIONS};
use jsonrpsee::{types::ErrorObjectOwned, ConnectionId};
use parking_lot::Mutex;
use std::{collections::BTreeMap, sync::Arc, time::Duration};
use tokio::sync::Semaphore;

/// Requests of a connection that are answered at a time. A request by HTTP is a connection of its own.
pub const REQUESTS_PER_CONNECTION: usize = 4;
/// Requests that the node answers at a time: twice the runtime instances that the SDK keeps ready.
pub const REQUESTS_PER_NODE: usize = 16;
/// Subscriptions of a connection.
pub const SUBSCRIPTIONS_PER_CONNECTION: usize = 16;
/// Subscriptions of all connections.
pub const SUBSCRIPTIONS_PER_NODE: usize = 128;
/// Subscriptions for which the node reads the chain at a time; the others wait for their turn.
pub const READERS_FOR_SUBSCRIPTIONS: usize = 4;
/// How long a notification waits for room on its connection before the subscription ends.
pub const PATIENCE: Duration = Duration::from_secs(10);
/// How many days before the last final block a subscription may begin: as long as a node keeps states.
pub const MAX_DAYS_BACK: u32 = 30;

const _: () = assert!(
    REQUESTS_PER_CONNECTION < REQUESTS_PER_NODE
        && SUBSCRIPTIONS_PER_CONNECTION < SUBSCRIPTIONS_PER_NODE,
    "a connection leaves places for others"
);

/// The places of a kind: some for each connection, and some for all.
pub struct Places {
    per_connection: usize,
    per_node: usize,
    refusal: Refusal,
    remedy: &'static str,
    taken: Mutex<BTreeMap<usize, usize>>,
}

/// A place that is taken until this is dropped.
pub struct Place {
    of: Arc<Places>,
    connection: usize,
}

/// The limits of a node.
pub struct Limits {
    /// The requests that are being answered.
    pub requests: Arc<Places>,
    /// The subscriptions.
    pub subscriptions: Arc<Places>,
    /// Whose turn it is among subscriptions.
    pub readers: Semaphore,
    /// How long a notification waits for room.
    pub patience: Duration,
}

impl Limits {
    /// The limits, with nothing taken.
    pub fn new() -> Self {
        Self {
            requests: Arc::new(Places::new(
                REQUESTS_PER_CONNECTION,
                REQUESTS_PER_NODE,
                TOO_MANY_REQUESTS,
                "wait for the answer to an earlier request, and ask again",
            )),
            subscriptions: Arc::new(Places::new(
                SUBSCRIPTIONS_PER_CONNECTION,
                SUBSCRIPTIONS_PER_NODE,
                TOO_MANY_SUBSCRIPTIONS,
                "end a subscription that is not needed, or subscribe at another node",
            )),
            readers: Semaphore::new(READERS_FOR_SUBSCRIPTIONS),
            patience: PATIENCE,
        }
    }
}

impl Places {
    const fn new(
        per_connection: usize,
        per_node: usize,
        refusal: Refusal,
        remedy: &'static str,
    ) -> Self {
        Self {
            per_connection,
            per_node,
            refusal,
            remedy,
            taken: Mutex::new(BTreeMap::new()),
        }
    }

    /// Takes a place for a connection; refused where the connection, or the node, has none left.
    pub fn take(self: &Arc<Self>, connection: ConnectionId) -> Result<Place, ErrorObjectOwned> {
        let ConnectionId(connection) = connection;
        let mut taken = self.taken.lock();
        let of_connection = taken.get(&connection).copied().unwrap_or_default();
        let why = if of_connection >= self.per_connection {
            format!("a connection has at most {}", self.per_connection)
        } else if taken.values().sum::<usize>() >= self.per_node {
            format!("the node has at most {} of all connections", self.per_node)
        } else {
            taken.insert(connection, of_connection.saturating_add(1));
            return Ok(Place {
                of: self.clone(),
                connection,
            });
        };
        Err(self
            .refusal
            .of(None, format!("{why} at a time"), self.remedy))
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut taken = self.of.taken.lock();
        match taken.get_mut(&self.connection) {
            Some(count) if *count > 1 => *count -= 1,
            // Connections come and go: one without places leaves nothing behind.
            _ => {
                taken.remove(&self.connection);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn places() -> Arc<Places> {
        Arc::new(Places::new(2, 3, TOO_MANY_REQUESTS, "wait"))
    }

    /// Why a connection has no place.
    fn refused(places: &Arc<Places>, connection: usize) -> String {
        let refused = places.take(ConnectionId(connection)).err();
        let error = refused.expect("no place is left");
        assert_eq!(error.code(), TOO_MANY_REQUESTS.code);
        error.message().to_owned()
    }

    #[test]
    fn a_connection_takes_no_more_than_its_places() {
        let places = places();
        let _taken = [places.take(ConnectionId(1)), places.take(ConnectionId(1))];
        let why = refused(&places, 1);
        assert!(why.contains("a connection has at most 2"), "{why}");
        assert!(places.take(ConnectionId(2)).is_ok());
    }

    #[test]
    fn all_connections_take_no_more_than_the_nodes_places() {
        let places = places();
        let _taken = [1, 2, 3].map(|connection| places.take(ConnectionId(connection)));
        let why = refused(&places, 4);
        assert!(why.contains("the node has at most 3"), "{why}");
    }

    #[test]
    fn a_place_is_free_again_once_it_is_left() {
        let places = places();
        let first = places.take(ConnectionId(1));
        let second = places.take(ConnectionId(1));
        drop(first);
        assert!(places.take(ConnectionId(1)).is_ok());
        drop(second);
        assert!(places.taken.lock().is_empty());
    }
}
