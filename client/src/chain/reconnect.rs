//! A connection that is made again when it breaks.
//!
//! A node's connection breaks when a balancer drops it, a node restarts, or a machine sleeps. A
//! request that it takes along is asked again over a new one. What this client asks may be asked
//! twice: a transaction that the pool has already is known there, and the chain takes it once. Only
//! a request for a book may not, whose number a node takes once; it fails and is for the user to
//! repeat.

use crate::error::Lost;
use counterfoil_primitives::book_exchange;
use futures::{future::BoxFuture, stream, StreamExt};
use std::time::{Duration, Instant};
use subxt::rpcs::{
    client::{RawRpcFuture, RawRpcSubscription, RawValue, RpcClientT},
    rpc_params, Error, RpcClient,
};
use tokio::sync::Mutex;

/// For how long a node that is away is tried again.
const PATIENCE: Duration = Duration::from_secs(120);

/// Between two tries.
const PAUSE: Duration = Duration::from_secs(2);

/// Tries that are made however long they take: a machine may sleep between them.
const LEAST_TRIES: u32 = 3;

/// How often a request is asked again whose connections break, though new ones are made.
const REPEATS: u32 = 3;

/// Makes a connection.
type Connect = Box<dyn Fn() -> BoxFuture<'static, Result<RpcClient, Error>> + Send + Sync>;

impl From<Lost> for Error {
    fn from(lost: Lost) -> Self {
        Self::Client(Box::new(lost))
    }
}

/// The connection at a time, counted.
struct Line {
    count: u64,
    client: RpcClient,
}

/// A connection to a node that is made again when it breaks.
pub(super) struct Reconnecting {
    connect: Connect,
    url: String,
    genesis: String,
    line: Mutex<Line>,
    patience: Duration,
    pause: Duration,
}

impl Reconnecting {
    /// Connects to the node at `url`.
    pub(super) async fn to(url: &str) -> Result<Self, Error> {
        let place = url.to_owned();
        let connect = move || -> BoxFuture<'static, Result<RpcClient, Error>> {
            let place = place.clone();
            Box::pin(async move { RpcClient::from_insecure_url(place).await })
        };
        Self::by(Box::new(connect), url, PATIENCE, PAUSE).await
    }

    async fn by(
        connect: Connect,
        url: &str,
        patience: Duration,
        pause: Duration,
    ) -> Result<Self, Error> {
        let client = connect().await?;
        Ok(Self {
            genesis: genesis(&client).await?,
            connect,
            url: url.into(),
            line: Mutex::new(Line { count: 0, client }),
            patience,
            pause,
        })
    }

    async fn line(&self) -> (u64, RpcClient) {
        let line = self.line.lock().await;
        (line.count, line.client.clone())
    }

    /// Makes the connection anew, unless that was done since the one of this `count`.
    async fn renew(&self, count: u64) -> Result<(), Lost> {
        // Whoever asks meanwhile waits for the new connection.
        let mut line = self.line.lock().await;
        if line.count != count {
            return Ok(());
        }
        eprintln!(
            "the connection to {} is lost; trying to reconnect for {} s",
            self.url,
            self.patience.as_secs()
        );
        let (begin, mut tries) = (Instant::now(), 0);
        while begin.elapsed() < self.patience || tries < LEAST_TRIES {
            tries += 1;
            if let Ok((client, genesis)) = self.try_again().await {
                if genesis != self.genesis {
                    let url = self.url.clone();
                    return Err(Lost::OtherChain { url });
                }
                eprintln!("the connection to {} is restored", self.url);
                *line = Line {
                    count: count.wrapping_add(1),
                    client,
                };
                return Ok(());
            }
            tokio::time::sleep(self.pause).await;
        }
        Err(Lost::Away {
            url: self.url.clone(),
            tried: begin.elapsed(),
        })
    }

    async fn try_again(&self) -> Result<(RpcClient, String), Error> {
        let client = (self.connect)().await?;
        let genesis = genesis(&client).await?;
        Ok((client, genesis))
    }

    async fn request(
        &self,
        method: &str,
        params: Option<Box<RawValue>>,
    ) -> Result<Box<RawValue>, Error> {
        let mut repeats = 0;
        loop {
            let (count, client) = self.line().await;
            let answer = client.request_raw(method, params.clone()).await;
            match answer {
                Err(Error::Client(_)) if repeats < REPEATS => self.renew(count).await?,
                answer => return answer,
            }
            if method == book_exchange::METHOD {
                let url = self.url.clone();
                return Err(Lost::Broken { url }.into());
            }
            repeats += 1;
        }
    }

    async fn subscribe(
        &self,
        method: &str,
        params: Option<Box<RawValue>>,
        end: &str,
    ) -> Result<RawRpcSubscription, Error> {
        let (count, client) = self.line().await;
        let begun = client.subscribe_raw(method, params.clone(), end).await;
        let begun = match begun {
            Err(Error::Client(_)) => {
                self.renew(count).await?;
                let (_, client) = self.line().await;
                client.subscribe_raw(method, params, end).await
            }
            begun => begun,
        };
        let RawRpcSubscription { stream, id } = begun?;
        // A stream that ends before its listener has heard all was cut off.
        let url = self.url.clone();
        let cut = stream::once(async move { Err(Error::from(Lost::Broken { url })) });
        Ok(RawRpcSubscription {
            stream: stream.chain(cut).boxed(),
            id,
        })
    }
}

/// The hash of the first block of the node's chain.
async fn genesis(client: &RpcClient) -> Result<String, Error> {
    client.request("chain_getBlockHash", rpc_params![0]).await
}

impl RpcClientT for Reconnecting {
    fn request_raw<'a>(
        &'a self,
        method: &'a str,
        params: Option<Box<RawValue>>,
    ) -> RawRpcFuture<'a, Box<RawValue>> {
        Box::pin(self.request(method, params))
    }

    fn subscribe_raw<'a>(
        &'a self,
        method: &'a str,
        params: Option<Box<RawValue>>,
        end: &'a str,
    ) -> RawRpcFuture<'a, RawRpcSubscription> {
        Box::pin(self.subscribe(method, params, end))
    }
}

#[cfg(test)]
mod tests;
