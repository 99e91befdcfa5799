//! Transactions of one record each, through the pool of one node as it is set up by default.
//!
//! A client that numbers its transactions by its account's nonce is held up where one is lost; a client
//! that sends them without a nonce is not. Either may hand in all that it has, or no more than some
//! ahead of the final blocks: a pool holds what a block took until that block is final. They come from
//! one client, or from many of one agreement in turn.

use crate::{
    nodes::{payments, Setup},
    results::Table,
    stats::{median, per_second},
};
use anyhow::{ensure, Context, Result};
use codec::Encode;
use counterfoil_tests::{
    agreement::{make, TestAgreement, Wish},
    chain::Chain,
    submit::signed,
    trades::{record_call, recording_of},
};
use futures::{stream, StreamExt, TryStreamExt};
use std::time::{Duration, Instant};
use tokio::sync::watch;

/// Transactions that are handed to the node side by side.
const SIDE_BY_SIDE: usize = 64;
/// How long the node may take over all.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long the chain stands still before a client hands in again what is missing.
const STILL: Duration = Duration::from_secs(20);
/// How long a client waits before it hands in again what the pool had no room for.
const PAUSE: Duration = Duration::from_millis(500);

/// Clients, where they are many.
const MANY: usize = 16;

/// How clients bring their transactions.
#[derive(Clone, Copy)]
struct Manner {
    form: Form,
    /// The most that was handed in and is not final; no end to them where it is `None`.
    outstanding: Option<u64>,
    /// How many clients they come from.
    clients: usize,
}

#[derive(Clone, Copy)]
enum Form {
    Unordered,
    Ordered,
}

impl Manner {
    const ALL: [Self; 5] = [
        // Fewer than the pool holds.
        Self::new(Form::Unordered, Some(7_000), 1),
        Self::new(Form::Unordered, Some(7_000), MANY),
        Self::new(Form::Unordered, None, 1),
        // Fewer than the pool holds of those whose turn has not come.
        Self::new(Form::Ordered, Some(512), 1),
        Self::new(Form::Ordered, Some(512), MANY),
    ];

    const fn new(form: Form, outstanding: Option<u64>, clients: usize) -> Self {
        Self {
            form,
            outstanding,
            clients,
        }
    }

    fn name(self) -> &'static str {
        match self.form {
            Form::Unordered => "without a nonce",
            Form::Ordered => "with a nonce",
        }
    }

    /// How many transactions are measured. A pool that gets more than it holds, and one that waits for
    /// nonces, are slow.
    const fn count(self, short: bool) -> u64 {
        match (short, self.form, self.outstanding) {
            (true, ..) => 2_000,
            (false, Form::Unordered, Some(_)) => 50_000,
            (false, ..) => 10_000,
        }
    }

    fn most(self) -> String {
        self.outstanding
            .map_or("–".to_owned(), |most| most.to_string())
    }
}

/// Measures all manners.
pub async fn measure(short: bool) -> Result<Vec<Table>> {
    let runs = if short { 1 } else { 3 };
    let mut table = Table::new(
        "singles",
        [
            "form",
            "clients",
            "most outstanding",
            "transactions",
            "a second, in final blocks",
            "handed in again",
            "runs",
        ],
    );
    let mut outcomes = Manner::ALL.map(|manner| (manner, Vec::new(), Vec::new()));
    // The manners take turns: the machine gets slower and faster as it goes.
    for _ in 0..runs {
        for (manner, paces, again) in &mut outcomes {
            // A node of its own each: a pool that is stuck does not spoil the next run.
            let setup = Setup::one().await?;
            let count = manner.count(short);
            let outcome = run(&setup, *manner, count).await?;
            eprintln!(
                "{count} transactions {} of {} clients, at most {} outstanding: {:.0} a second, {} handed in again",
                manner.name(),
                manner.clients,
                manner.most(),
                outcome.0,
                outcome.1
            );
            paces.push(outcome.0);
            again.push(outcome.1);
        }
    }
    for (manner, paces, again) in outcomes {
        table.row([
            manner.name().to_owned(),
            manner.clients.to_string(),
            manner.most(),
            manner.count(short).to_string(),
            format!("{:.0}", median(paces).unwrap_or_default()),
            median(again).unwrap_or_default().to_string(),
            runs.to_string(),
        ]);
    }
    Ok(vec![table])
}

/// How many became final a second, from the first ones on, and how many were handed in again.
async fn run(setup: &Setup, manner: Manner, count: u64) -> Result<(f64, usize)> {
    let wish = Wish {
        ahead: Duration::from_secs(30 * 60),
        clients: manner.clients,
        ..Wish::default()
    };
    let chain = setup.client();
    let agreement = make(chain, wish).await?;
    let transactions = transactions(chain, &agreement, manner, count).await?;
    let start = Instant::now();
    let (tell, finalized) = watch::channel(0);
    let mut again = tokio::select! {
        again = hand_in(chain, &transactions, manner, finalized) => again?,
        error = watch_blocks(chain, &agreement, tell) => return Err(error),
    };
    let mut recorded = 0;
    let mut first = None;
    let mut moved = Instant::now();
    while recorded < count {
        ensure!(
            start.elapsed() < PATIENCE,
            "only {recorded} of {count} trades are final"
        );
        tokio::time::sleep(PAUSE).await;
        let day = chain.day(agreement.id, agreement.day()).await?;
        let now = day.map_or(0, |day| u64::from(day.trades));
        if now > recorded {
            (recorded, moved) = (now, Instant::now());
            first.get_or_insert((recorded, moved));
        } else if moved.elapsed() > STILL {
            again += resubmit(chain, &transactions).await;
            moved = Instant::now();
        }
    }
    let (before, since) = first.context("nothing was recorded")?;
    let pace = per_second((recorded - before) as usize, moved - since);
    Ok((pace, again))
}

/// Hands all in, as far ahead of the blocks as the manner allows. Returns how often the pool had no
/// room.
async fn hand_in(
    chain: &Chain,
    transactions: &[Vec<u8>],
    manner: Manner,
    finalized: watch::Receiver<u64>,
) -> Result<usize> {
    let most = manner.outstanding.unwrap_or(u64::MAX);
    stream::iter((0..).zip(transactions))
        .map(|(number, transaction)| {
            let mut finalized = finalized.clone();
            async move {
                finalized
                    .wait_for(|finalized| number < finalized.saturating_add(most))
                    .await?;
                submit(chain, transaction).await
            }
        })
        .buffer_unordered(SIDE_BY_SIDE)
        .try_fold(0, |sum, repeats| async move { Ok(sum + repeats) })
        .await
}

/// Tells how many trades the final blocks have, until that fails.
async fn watch_blocks(
    chain: &Chain,
    agreement: &TestAgreement,
    tell: watch::Sender<u64>,
) -> anyhow::Error {
    loop {
        match chain.day(agreement.id, agreement.day()).await {
            Ok(day) => tell.send_replace(day.map_or(0, |day| day.trades.into())),
            Err(error) => return error,
        };
        tokio::time::sleep(PAUSE).await;
    }
}

/// Hands in once more what the pool took and dropped since: of all transactions those that it takes.
async fn resubmit(chain: &Chain, transactions: &[Vec<u8>]) -> usize {
    let answers = stream::iter(transactions)
        .map(|transaction| chain.submit(transaction))
        .buffered(SIDE_BY_SIDE);
    answers
        .filter(|answer| std::future::ready(answer.is_ok()))
        .count()
        .await
}

/// Hands a transaction in until the pool takes it. Returns how often it did not.
async fn submit(chain: &Chain, transaction: &[u8]) -> Result<usize> {
    let mut repeats = 0;
    loop {
        match chain.submit(transaction).await {
            Ok(_) => return Ok(repeats),
            Err(error) if is_known(&error) => return Ok(repeats),
            Err(error) if is_full(&error) => {
                repeats += 1;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => return Err(error),
        }
    }
}

/// Whether the pool has the transaction already.
fn is_known(error: &anyhow::Error) -> bool {
    error.to_string().contains("Already Imported")
}

/// Whether the pool has no room for it now.
fn is_full(error: &anyhow::Error) -> bool {
    let text = error.to_string();
    ["1012", "1014", "1016"]
        .iter()
        .any(|code| text.contains(code))
        || text.contains("Immediately Dropped")
        || text.contains("temporarily banned")
}

async fn transactions(
    chain: &Chain,
    agreement: &TestAgreement,
    manner: Manner,
    count: u64,
) -> Result<Vec<Vec<u8>>> {
    let birth = chain.birth().await?;
    let payments = payments(agreement)?;
    (0..count)
        .map(|number| {
            let clients = manner.clients as u64;
            let client = &agreement.clients[(number % clients) as usize];
            let nonce = number / clients;
            let trades = vec![payments.payment(nonce + 1)];
            let transaction = match manner.form {
                Form::Unordered => recording_of(chain, birth, agreement.id, client, trades)?,
                Form::Ordered => signed(
                    chain.genesis(),
                    client.pair(),
                    nonce as u32,
                    record_call(agreement.id, trades)?,
                ),
            };
            Ok(transaction.encode())
        })
        .collect()
}
