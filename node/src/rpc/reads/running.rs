//! How requests run: off the threads that serve connections, and within the limits.

use super::{feed::Feed, limits::Limits, refusal::failed, source::Source};
use jsonrpsee::{core::RpcResult, ConnectionId};
use serde_json::Value as Json;
use std::sync::Arc;

/// What the methods and subscriptions work on.
pub struct Context {
    /// The chain.
    pub source: Arc<dyn Source>,
    /// The limits.
    pub limits: Limits,
}

/// A feed, and what it has to send.
type Turn = (Box<dyn Feed>, RpcResult<Option<Json>>);

impl Context {
    /// Reads `source`, within the limits of a node.
    pub fn new(source: impl Source + 'static) -> Self {
        Self {
            source: Arc::new(source),
            limits: Limits::new(),
        }
    }

    /// Reads for a request of a connection; refused where too many are being answered.
    pub async fn answer<T: Send + 'static>(
        &self,
        connection: ConnectionId,
        read: impl FnOnce(&dyn Source) -> RpcResult<T> + Send + 'static,
    ) -> RpcResult<T> {
        let place = self.limits.requests.take(connection)?;
        self.blocking(move |source| {
            // A caller that hangs up does not free the place before its request is answered.
            let _place = place;
            read(source)
        })
        .await?
    }

    /// Reads for a subscription, when it is its turn.
    pub async fn turn(&self, mut feed: Box<dyn Feed>) -> RpcResult<Turn> {
        let _turn = self.limits.readers.acquire().await.map_err(failed)?;
        self.blocking(move |source| {
            let next = feed.next(source);
            (feed, next)
        })
        .await
    }

    async fn blocking<T: Send + 'static>(
        &self,
        read: impl FnOnce(&dyn Source) -> T + Send + 'static,
    ) -> RpcResult<T> {
        let source = self.source.clone();
        let reading = tokio::task::spawn_blocking(move || read(&*source));
        reading.await.map_err(failed)
    }
}
