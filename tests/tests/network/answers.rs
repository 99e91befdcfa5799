//! A party's node that answers the reconciler with anything but its book.

use anyhow::{ensure, Result};
use codec::Encode;
use counterfoil_primitives::{
    book_exchange::Answer,
    summary::{DayStatus, SideStatus},
    Side, Source,
};
use counterfoil_tests::world::{at, day_that, repaired, same, set_endpoint, Shared, SharedWorld};
use counterfoil_tests::{
    agreement::{fresh_member, make, Wish},
    chain::to_hex,
    ledger::{confirm, import, right_ledger},
    member::now,
    trades::{owed_for, payments, record, recorded},
    wait,
};
use sp_core::H256;
use std::{
    sync::{
        atomic::{AtomicUsize, Ordering},
        Arc,
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::{TcpListener, TcpStream},
};

/// A kind of bad answer.
#[derive(Clone)]
enum Kind {
    /// Somebody else's book, in perfect shape.
    Other,
    /// No hexadecimal SCALE at all.
    Page,
    /// Too much.
    Oversized,
    /// An answer that ends before it should.
    CutOff,
    /// Late, and then nothing.
    Late,
    /// The right answer is elsewhere.
    Redirect(String),
    /// An answer that has no end.
    Endless,
}

/// Answers that are cut off, false, oversized, somebody else's or late: nothing of them is kept,
/// and the book is fetched once the party's node answers as it should.
pub async fn bad_answers_are_dropped_and_asked_for_again(world: SharedWorld) -> Result<()> {
    use Kind::*;
    dropped_and_asked_for_again(world, vec![Other, Page, Oversized, CutOff, Late]).await
}

/// The reconciler does not follow a redirect, not even to where the right answer is, and hangs up
/// on an answer that has no end.
pub async fn a_redirect_is_not_followed_and_an_endless_answer_not_read(
    world: SharedWorld,
) -> Result<()> {
    let right = right_endpoint(world.shared().await?);
    dropped_and_asked_for_again(world, vec![Kind::Redirect(right), Kind::Endless]).await
}

/// Where the bank's node answers.
fn right_endpoint(shared: &Shared) -> String {
    shared.bank().url().replace("ws://", "http://")
}

async fn dropped_and_asked_for_again(world: SharedWorld, kinds: Vec<Kind>) -> Result<()> {
    let shared = world.shared().await?;
    let chain = shared.client();
    let count = kinds.len();
    let (endpoint, asked) = serve_nonsense(kinds).await?;
    let bank = fresh_member();
    bank.move_into(shared.bank()).await?;
    let agreement = make(
        chain,
        Wish {
            bank: Some((bank.clone(), endpoint)),
            credit_source: Source::Ledger,
            ..Wish::default()
        },
    )
    .await?;
    let requests = payments(&agreement, agreement.client(), 0..40)?;
    record(chain, &agreement, agreement.client(), &requests).await?;
    let mut lines = right_ledger(&recorded(chain, &agreement).await?, Side::Credit);
    lines[7].amount += 4_711;
    import(shared.bank(), &agreement, Side::Credit, &lines).await?;
    confirm(shared.bank(), &agreement, Side::Credit, &lines).await?;

    at(agreement.plan.preset_at()).await;
    wait::until(
        "the reconciler to ask for the book over and over",
        Duration::from_secs(300),
        || async { Ok((asked.load(Ordering::Relaxed) > count).then_some(())) },
    )
    .await?;
    let day = chain.day(agreement.id, agreement.day()).await?;
    ensure!(
        day.is_some_and(
            |day| day.credit.status == SideStatus::Committed && day.credit.accepted_pages == 0
        ),
        "something of a bad answer was kept: {day:?}"
    );

    set_endpoint(chain, &bank, &right_endpoint(shared)).await?;
    let day = day_that(chain, &agreement, now(), "the day to settle", |day| {
        day.status == DayStatus::Settled
    })
    .await?;
    same("obligation", day.obligation, Some(owed_for(&requests)))?;
    let day = repaired(chain, &agreement).await?;
    same(
        "bank",
        day.credit.status,
        SideStatus::Repaired { breaks: 1 },
    )
}

/// Listens as a node that means no good, and answers in these ways in turn. Returns its address, and
/// how often it was asked.
async fn serve_nonsense(kinds: Vec<Kind>) -> Result<(String, Arc<AtomicUsize>)> {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
    let endpoint = format!("http://{}", listener.local_addr()?);
    let asked = Arc::new(AtomicUsize::new(0));
    let count = asked.clone();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let kind = kinds[count.fetch_add(1, Ordering::Relaxed) % kinds.len()].clone();
            // Whoever hangs up on us has seen enough.
            tokio::spawn(async move { answer(stream, kind).await.ok() });
        }
    });
    Ok((endpoint, asked))
}

async fn answer(mut stream: TcpStream, kind: Kind) -> Result<()> {
    let mut request = vec![0; 64 * 1024];
    let _ = stream.read(&mut request).await?;
    let roots = Answer::Roots {
        slots: vec![H256::repeat_byte(1)],
        extras: Vec::new(),
    };
    let answer = |result: String| format!(r#"{{"jsonrpc":"2.0","id":1,"result":"{result}"}}"#);
    let mut status = "200 OK".to_owned();
    let mut missing = 0;
    let body = match &kind {
        Kind::Other => answer(to_hex(&roots.encode())),
        Kind::Page => "<html>It works!</html>".into(),
        Kind::Oversized => answer("00".repeat(6 << 20)),
        Kind::CutOff => {
            missing = 500;
            answer(to_hex(&roots.encode()))[..30].into()
        }
        Kind::Late => {
            tokio::time::sleep(Duration::from_secs(15)).await;
            return Ok(());
        }
        Kind::Redirect(to) => {
            status = format!("307 Temporary Redirect\r\nlocation: {to}");
            String::new()
        }
        Kind::Endless => return endless(stream).await,
    };
    let length = body.len() + missing;
    let head = format!(
        "HTTP/1.1 {status}\r\ncontent-type: application/json\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes()).await?;
    stream.write_all(body.as_bytes()).await?;
    stream.shutdown().await?;
    Ok(())
}

/// Sends for as long as somebody reads.
async fn endless(mut stream: TcpStream) -> Result<()> {
    let head =
        "HTTP/1.1 200 OK\r\ncontent-type: application/json\r\ntransfer-encoding: chunked\r\n\r\n";
    stream.write_all(head.as_bytes()).await?;
    let chunk = format!("{:x}\r\n{}\r\n", 1 << 20, "0".repeat(1 << 20));
    loop {
        stream.write_all(chunk.as_bytes()).await?;
    }
}
