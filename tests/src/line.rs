//! A line to a node that breaks off: what a caller sends beyond a number of bytes never arrives, while
//! what the node sends always does.
//!
//! So a program gets its answers, and what it then sends at large is lost on the way, without a word to
//! either end.

use crate::chain::Chain;
use anyhow::{Context, Result};
use std::{net::Ipv4Addr, sync::Arc};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        tcp::{OwnedReadHalf, OwnedWriteHalf},
        TcpListener, TcpStream,
    },
    sync::watch,
    task::JoinSet,
};

/// Bytes that are carried as one piece.
const PIECE: usize = 4 * 1024;

/// A line to a node. It goes when this goes.
#[derive(Debug)]
pub struct Line {
    url: String,
    left: Arc<watch::Sender<usize>>,
    _proxy: JoinSet<()>,
}

impl Line {
    /// A line to a node that carries this number of bytes to it, over all its connections.
    pub async fn to(node: &Chain, bytes: usize) -> Result<Self> {
        let target = node
            .url()
            .strip_prefix("ws://")
            .with_context(|| format!("{} is no web socket", node.url()))?;
        Self::open(target.to_owned(), bytes).await
    }

    async fn open(target: String, bytes: usize) -> Result<Self> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let url = format!("ws://{}", listener.local_addr()?);
        let left = Arc::new(watch::Sender::new(bytes));
        let mut proxy = JoinSet::new();
        proxy.spawn(serve(listener, target, left.clone()));
        Ok(Self {
            url,
            left,
            _proxy: proxy,
        })
    }

    /// Where it begins.
    pub fn url(&self) -> &str {
        &self.url
    }

    /// Waits until it has carried all that it carries.
    pub async fn broke_off(&self) -> Result<()> {
        let mut left = self.left.subscribe();
        left.wait_for(|left| *left == 0).await?;
        Ok(())
    }
}

async fn serve(listener: TcpListener, target: String, left: Arc<watch::Sender<usize>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            accepted = listener.accept() => {
                if let Ok((caller, _)) = accepted {
                    connections.spawn(carry(caller, target.clone(), left.clone()));
                }
            }
            Some(_) = connections.join_next() => {}
        }
    }
}

/// Carries one connection until either end closes it.
async fn carry(caller: TcpStream, target: String, left: Arc<watch::Sender<usize>>) {
    let Ok(node) = TcpStream::connect(&target).await else {
        return;
    };
    let (caller_in, mut caller_out) = caller.into_split();
    let (mut node_in, node_out) = node.into_split();
    tokio::select! {
        () = to_the_node(caller_in, node_out, &left) => {}
        _ = tokio::io::copy(&mut node_in, &mut caller_out) => {}
    }
}

/// Carries what is left to be carried. The rest is read and dropped, so that the caller can send it.
async fn to_the_node(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, left: &watch::Sender<usize>) {
    let mut piece = vec![0; PIECE];
    while let Ok(read @ 1..) = from.read(&mut piece).await {
        let mut goes = 0;
        left.send_modify(|left| {
            goes = read.min(*left);
            *left -= goes;
        });
        if to.write_all(&piece[..goes]).await.is_err() {
            return;
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn what_is_sent_beyond_the_bytes_never_arrives_and_answers_do() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let target = listener.local_addr().unwrap().to_string();
        let line = Line::open(target, 5).await.unwrap();
        let mut caller = TcpStream::connect(line.url().trim_start_matches("ws://"))
            .await
            .unwrap();
        caller.write_all(b"hello, node").await.unwrap();
        let (mut node, _) = listener.accept().await.unwrap();
        line.broke_off().await.unwrap();
        node.write_all(b"and you").await.unwrap();
        let mut answer = [0; 7];
        caller.read_exact(&mut answer).await.unwrap();
        drop(caller);
        let mut arrived = Vec::new();
        node.read_to_end(&mut arrived).await.unwrap();
        assert_eq!((&arrived[..], &answer), (&b"hello"[..], b"and you"));
    }

    #[tokio::test]
    async fn a_line_with_bytes_left_has_not_broken_off() {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let target = listener.local_addr().unwrap().to_string();
        let line = Line::open(target, 6).await.unwrap();
        let mut caller = TcpStream::connect(line.url().trim_start_matches("ws://"))
            .await
            .unwrap();
        caller.write_all(b"hello").await.unwrap();
        let (mut node, _) = listener.accept().await.unwrap();
        let mut arrived = [0; 5];
        node.read_exact(&mut arrived).await.unwrap();
        assert_eq!(*line.left.borrow(), 1);
    }
}
