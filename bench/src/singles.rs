//! Transactions of one record each, through the pool of one node as it is set up by default.
//!
//! A client that signs by its account numbers its transactions, and one that is lost holds up all
//! that follow; a client that authorises its calls does not.

use crate::{
    nodes::{payments, Stage},
    results::Table,
    stats::{median, per_second},
};
use anyhow::{ensure, Result};
use codec::Encode;
use counterfoil_tests::{
    agreement::{make, Deal, Wish},
    chain::Chain,
    submit::signed,
    trades::{record_call, recording},
};
use futures::{stream, StreamExt, TryStreamExt};
use std::time::{Duration, Instant};

/// Transactions that are handed to the node side by side.
const SIDE_BY_SIDE: usize = 64;
/// So many that those which overtake others do not fit into the pool's queue of future ones.
const FAR_APART: usize = 2_048;
/// How long the node may take over all.
const PATIENCE: Duration = Duration::from_secs(300);
/// How long the chain stands still before a client hands in again what is missing.
const STILL: Duration = Duration::from_secs(20);
/// How long a client waits before it hands in again what the pool had no room for.
const PAUSE: Duration = Duration::from_millis(500);

#[derive(Clone, Copy)]
enum Form {
    Authorised,
    Signed,
}

/// Measures both forms.
pub async fn measure(short: bool) -> Result<Vec<Table>> {
    let (count, runs) = if short { (500, 1) } else { (10_000, 1) };
    let mut table = Table::new(
        "singles",
        [
            "form",
            "handed in side by side",
            "transactions",
            "a second, to finality",
            "handed in again",
            "runs",
        ],
    );
    let forms = [
        (
            Form::Authorised,
            SIDE_BY_SIDE,
            "under the operator's authority",
        ),
        (Form::Signed, SIDE_BY_SIDE, "signed by one account"),
        (Form::Signed, FAR_APART, "signed by one account"),
    ];
    for (form, side_by_side, name) in forms {
        let (mut paces, mut again) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            // A node of its own each: a pool that is stuck does not spoil the next run.
            let stage = Stage::one().await?;
            let outcome = run(&stage, form, side_by_side, count).await?;
            eprintln!(
                "{count} transactions {name}, {side_by_side} side by side: final after {:.1} s",
                outcome.0.as_secs_f64()
            );
            paces.push(per_second(count as usize, outcome.0));
            again.push(outcome.1);
        }
        table.row([
            name.to_owned(),
            side_by_side.to_string(),
            count.to_string(),
            format!("{:.0}", median(paces).unwrap_or_default()),
            median(again).unwrap_or_default().to_string(),
            runs.to_string(),
        ]);
    }
    Ok(vec![table])
}

async fn run(
    stage: &Stage,
    form: Form,
    side_by_side: usize,
    count: u64,
) -> Result<(Duration, usize)> {
    let wish = Wish {
        ahead: Duration::from_secs(30 * 60),
        ..Wish::default()
    };
    let chain = stage.client();
    let deal = make(chain, wish).await?;
    let transactions = transactions(chain, &deal, form, count)?;
    let start = Instant::now();
    let mut again = 0;
    let submissions = stream::iter(&transactions)
        .map(|transaction| submit(chain, transaction))
        .buffer_unordered(side_by_side);
    futures::pin_mut!(submissions);
    while let Some(repeats) = submissions.try_next().await? {
        again += repeats;
    }
    let mut recorded = 0;
    let mut moved = Instant::now();
    while recorded < count {
        ensure!(
            start.elapsed() < PATIENCE,
            "only {recorded} of {count} trades are final"
        );
        tokio::time::sleep(PAUSE).await;
        let day = chain.day(deal.id, deal.day()).await?;
        let now = day.map_or(0, |day| u64::from(day.trades));
        if now > recorded {
            (recorded, moved) = (now, Instant::now());
        } else if moved.elapsed() > STILL {
            again += resubmit(chain, &transactions).await;
            moved = Instant::now();
        }
    }
    Ok((start.elapsed(), again))
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

/// Hands a transaction in until the pool takes it. Gives how often it did not.
async fn submit(chain: &Chain, transaction: &[u8]) -> Result<usize> {
    let mut repeats = 0;
    loop {
        match chain.submit(transaction).await {
            Ok(_) => return Ok(repeats),
            // The pool is full, or has it: what it took before it was told apart is fine.
            Err(error) if is_full(&error) => {
                repeats += 1;
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => return Err(error),
        }
    }
}

fn is_full(error: &anyhow::Error) -> bool {
    let text = error.to_string();
    ["1012", "1014", "1016"]
        .iter()
        .any(|code| text.contains(code))
        || text.contains("Immediately Dropped")
        || text.contains("temporarily banned")
}

fn transactions(chain: &Chain, deal: &Deal, form: Form, count: u64) -> Result<Vec<Vec<u8>>> {
    let payments = payments(deal)?;
    (0..count)
        .map(|number| {
            let trades = vec![payments.payment(number + 1)];
            let transaction = match form {
                Form::Authorised => recording(chain, deal.id, deal.client(), trades)?,
                Form::Signed => signed(
                    chain.genesis(),
                    deal.client().pair(),
                    number as u32,
                    record_call(deal.id, trades, None)?,
                ),
            };
            Ok(transaction.encode())
        })
        .collect()
}
