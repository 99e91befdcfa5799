//! The ways between nodes: TCP proxies that a scenario slows down, stalls, cuts and heals.
//!
//! Each node knows the others by proxies alone, one for each that it calls. So a link is cut for
//! both directions at once, whoever called whom. Nodes tell each other the ways that they know, so
//! a proxy asks who calls: a node calls from the port that it listens on.

use anyhow::Result;
use std::{collections::BTreeMap, net::Ipv4Addr, time::Duration};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{
        tcp::{OwnedReadHalf, OwnedWriteHalf},
        TcpListener, TcpStream,
    },
    sync::{mpsc, watch},
    task::JoinSet,
    time::Instant,
};

/// Bytes that travel as one piece.
const PIECE: usize = 16 * 1024;
/// Pieces on their way on one connection, in one direction.
const IN_FLIGHT: usize = 4_096;

/// How a link is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// Bytes arrive after a delay.
    Open {
        /// Each way.
        delay: Duration,
    },
    /// Bytes are held back, and connections stay, until it is open again.
    Stalled,
    /// Connections break, and new ones are refused.
    Cut,
}

impl State {
    /// A link that costs no time.
    pub const FAST: Self = Self::Open {
        delay: Duration::ZERO,
    };
}

/// The links between nodes that are known by their numbers. They go when this goes.
#[derive(Debug, Default)]
pub struct Links {
    states: BTreeMap<(usize, usize), watch::Sender<State>>,
    proxies: JoinSet<()>,
}

impl Links {
    /// Opens the way on which the first node calls the second one. Each is known by its number and
    /// the port of this machine that it listens on. Returns the port that the first one calls.
    pub async fn open(&mut self, from: (usize, u16), to: (usize, u16)) -> Result<u16> {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await?;
        let own = listener.local_addr()?.port();
        let way = Way {
            caller: from.1,
            target: to.1,
            state: self.link(from.0, to.0).subscribe(),
        };
        self.proxies.spawn(way.serve(listener));
        Ok(own)
    }

    /// Sets the link between two nodes.
    pub fn set(&mut self, a: usize, b: usize, state: State) {
        self.link(a, b).send_replace(state);
    }

    /// Sets all links of a node.
    pub fn set_all_of(&mut self, node: usize, state: State) {
        self.set_where(state, |a, b| a == node || b == node);
    }

    /// Cuts all links between the nodes of `group` and the others.
    pub fn part(&mut self, group: &[usize]) {
        self.set_where(State::Cut, |a, b| group.contains(&a) != group.contains(&b));
    }

    /// Makes all links fast again.
    pub fn heal(&mut self) {
        self.set_where(State::FAST, |_, _| true);
    }

    fn set_where(&mut self, state: State, is: impl Fn(usize, usize) -> bool) {
        for (&(a, b), link) in &self.states {
            if is(a, b) {
                link.send_replace(state);
            }
        }
    }

    fn link(&mut self, a: usize, b: usize) -> &watch::Sender<State> {
        self.states
            .entry((a.min(b), a.max(b)))
            .or_insert_with(|| watch::Sender::new(State::FAST))
    }
}

/// A proxy.
struct Way {
    /// The port of the only one who may call.
    caller: u16,
    /// The port of whom it calls.
    target: u16,
    state: watch::Receiver<State>,
}

impl Way {
    async fn serve(self, listener: TcpListener) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = listener.accept() => {
                    let Ok((stream, caller)) = accepted else {
                        continue;
                    };
                    if caller.port() == self.caller && *self.state.borrow() != State::Cut {
                        connections.spawn(carry(stream, self.target, self.state.clone()));
                    }
                }
                Some(_) = connections.join_next() => {}
            }
        }
    }
}

/// Carries one connection both ways, until an end closes it or the link is cut.
async fn carry(caller: TcpStream, target: u16, mut state: watch::Receiver<State>) {
    let Ok(callee) = TcpStream::connect((Ipv4Addr::LOCALHOST, target)).await else {
        return;
    };
    // Votes and announcements are small; waiting for more would add a delay of its own.
    caller.set_nodelay(true).ok();
    callee.set_nodelay(true).ok();
    let (caller_in, caller_out) = caller.into_split();
    let (callee_in, callee_out) = callee.into_split();
    let there = one_way(caller_in, callee_out, state.clone());
    let back = one_way(callee_in, caller_out, state.clone());
    tokio::select! {
        _ = async { tokio::join!(there, back) } => {}
        _ = state.wait_for(|state| *state == State::Cut) => {}
    }
}

async fn one_way(
    mut from: OwnedReadHalf,
    mut to: OwnedWriteHalf,
    mut state: watch::Receiver<State>,
) {
    let (sender, mut arriving) = mpsc::channel::<(Instant, Vec<u8>)>(IN_FLIGHT);
    let delays = state.clone();
    let take = async move {
        let mut piece = vec![0; PIECE];
        while let Ok(read @ 1..) = from.read(&mut piece).await {
            let delay = match *delays.borrow() {
                State::Open { delay } => delay,
                State::Stalled | State::Cut => Duration::ZERO,
            };
            let arrival = (Instant::now() + delay, piece[..read].to_vec());
            if sender.send(arrival).await.is_err() {
                return;
            }
        }
    };
    let give = async move {
        while let Some((at, piece)) = arriving.recv().await {
            tokio::time::sleep_until(at).await;
            let opens = state.wait_for(|state| matches!(state, State::Open { .. }));
            // What it found must go before the bytes do: it keeps the state from changing.
            let is_open = opens.await.is_ok();
            if !is_open || to.write_all(&piece).await.is_err() {
                return;
            }
        }
        to.shutdown().await.ok();
    };
    tokio::join!(take, give);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::node::free_port;
    use tokio::net::TcpSocket;

    /// Two nodes, 1 calling 0, which sends back what it gets. Returns the port that 1 calls, and its
    /// own.
    async fn linked() -> (Links, (u16, u16)) {
        let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, 0)).await.unwrap();
        let port = listener.local_addr().unwrap().port();
        tokio::spawn(async move {
            while let Ok((mut stream, _)) = listener.accept().await {
                tokio::spawn(async move {
                    let (mut from, mut to) = stream.split();
                    tokio::io::copy(&mut from, &mut to).await.ok();
                });
            }
        });
        let mut links = Links::default();
        let own = free_port().unwrap();
        let called = links.open((1, own), (0, port)).await.unwrap();
        (links, (called, own))
    }

    async fn call((port, own): (u16, u16)) -> TcpStream {
        let socket = TcpSocket::new_v4().unwrap();
        socket.set_reuseaddr(true).unwrap();
        socket.bind((Ipv4Addr::LOCALHOST, own).into()).unwrap();
        socket
            .connect((Ipv4Addr::LOCALHOST, port).into())
            .await
            .unwrap()
    }

    async fn echo(stream: &mut TcpStream) -> std::io::Result<[u8; 5]> {
        let mut back = [0; 5];
        stream.write_all(b"hello").await?;
        stream.read_exact(&mut back).await?;
        Ok(back)
    }

    #[tokio::test]
    async fn an_open_link_carries_both_ways() {
        let (_links, port) = linked().await;
        assert_eq!(&echo(&mut call(port).await).await.unwrap(), b"hello");
    }

    #[tokio::test]
    async fn a_node_that_calls_on_the_way_of_another_is_refused() {
        let (_links, (port, _)) = linked().await;
        let other = free_port().unwrap();
        assert!(echo(&mut call((port, other)).await).await.is_err());
    }

    #[tokio::test]
    async fn a_slow_link_delays_each_way() {
        let (mut links, port) = linked().await;
        let delay = Duration::from_millis(100);
        links.set(0, 1, State::Open { delay });
        let mut stream = call(port).await;
        let start = Instant::now();
        echo(&mut stream).await.unwrap();
        assert!(start.elapsed() >= 2 * delay);
    }

    #[tokio::test]
    async fn a_cut_link_breaks_connections_and_refuses_new_ones_until_it_heals() {
        let (mut links, port) = linked().await;
        let mut stream = call(port).await;
        echo(&mut stream).await.unwrap();
        links.part(&[0]);
        assert!(echo(&mut stream).await.is_err());
        drop(stream);
        assert!(echo(&mut call(port).await).await.is_err());
        links.heal();
        assert_eq!(&echo(&mut call(port).await).await.unwrap(), b"hello");
    }

    #[tokio::test]
    async fn a_stalled_link_holds_bytes_back_and_loses_none() {
        let (mut links, port) = linked().await;
        let mut stream = call(port).await;
        links.set_all_of(1, State::Stalled);
        stream.write_all(b"hello").await.unwrap();
        let mut back = [0; 5];
        let held = Duration::from_millis(100);
        let early = tokio::time::timeout(held, stream.read_exact(&mut back)).await;
        assert!(early.is_err(), "bytes pass a stalled link");
        links.heal();
        stream.read_exact(&mut back).await.unwrap();
        assert_eq!(&back, b"hello");
    }

    #[tokio::test]
    async fn a_link_within_a_group_stays() {
        let (mut links, port) = linked().await;
        links.part(&[0, 1]);
        assert_eq!(&echo(&mut call(port).await).await.unwrap(), b"hello");
    }
}
