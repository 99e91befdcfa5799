//! What small transactions are charged of a block, and what they take.
//!
//! A block's weight says what they were charged, after refunds. What they take is what a block of them
//! takes to execute beyond an empty one, as an importing node executes it.

use crate::{
    chain::LocalChain,
    recording::{Form, Recorder},
    results::Table,
    stats::median,
};
use anyhow::{Context, Result};
use counterfoil_runtime::{RuntimeCall, UncheckedExtrinsic};
use counterfoil_tests::submit::signed;

/// Transactions of a block.
const CALLS: usize = 1_000;

/// Measures a transaction that does nothing, and one that records a trade.
pub fn measure(short: bool) -> Result<Vec<Table>> {
    let runtime = tokio::runtime::Handle::current();
    tokio::task::block_in_place(|| runtime.block_on(measure_all(short)))
}

async fn measure_all(short: bool) -> Result<Vec<Table>> {
    let runs = if short { 3 } else { 31 };
    let recorder = Recorder::new()?;
    let nothing = (0..CALLS).map(|nonce| nothing(&recorder, nonce as u32));
    let forms = [
        ("nothing, with a nonce, for a fee", nothing.collect()),
        (
            "a trade, with a nonce",
            recorder.transactions(Form::Ordered, CALLS, 1)?,
        ),
        (
            "a trade, without a nonce",
            recorder.transactions(Form::Unordered, CALLS, 1)?,
        ),
    ];
    let mut table = Table::new(
        "charges",
        [
            "transaction",
            "transactions a block",
            "executed, µs each",
            "charged, µs each",
            "charged ÷ executed",
            "runs",
        ],
    );
    for (name, transactions) in forms {
        // Another chain each: what one form recorded, another could not.
        let mut chain = LocalChain::new(crate::recording::NOON)?;
        let executed = executed(&chain, &transactions, runs)?;
        let charged = charged(&mut chain, &transactions).await?;
        table.row([
            name.to_owned(),
            CALLS.to_string(),
            format!("{executed:.1}"),
            format!("{charged:.1}"),
            format!("{:.2}", charged / executed),
            runs.to_string(),
        ]);
    }
    Ok(vec![table])
}

/// A transaction that pays its fee and whose call does nothing.
fn nothing(recorder: &Recorder, nonce: u32) -> UncheckedExtrinsic {
    let call = RuntimeCall::System(frame_system::Call::remark { remark: Vec::new() });
    signed(
        recorder.chain.genesis(),
        recorder.client.pair(),
        nonce,
        call,
    )
}

/// Microseconds that each transaction takes. The empty block and the full one take turns.
fn executed(chain: &LocalChain, transactions: &[UncheckedExtrinsic], runs: usize) -> Result<f64> {
    let (empty, full) = (chain.build(&[])?, chain.build(transactions)?);
    // The first turn warms caches.
    chain.execute(&empty)?;
    chain.execute(&full)?;
    let turns = (0..runs)
        .map(|_| {
            let nothing = chain.execute(&empty)?.as_secs_f64();
            Ok(chain.execute(&full)?.as_secs_f64() - nothing)
        })
        .collect::<Result<Vec<_>>>()?;
    let seconds = median(turns).context("there are no runs")?;
    Ok(seconds * 1e6 / transactions.len() as f64)
}

/// Microseconds that a block is charged for each transaction, beyond an empty one.
async fn charged(chain: &mut LocalChain, transactions: &[UncheckedExtrinsic]) -> Result<f64> {
    let full = chain.build(transactions)?;
    chain.import(full).await?;
    let taken = chain.normal_weight()?;
    Ok(taken.ref_time() as f64 / 1e6 / transactions.len() as f64)
}
