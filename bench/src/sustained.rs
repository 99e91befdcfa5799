//! Recording through real nodes: from the signature to finality and both books, by the client's
//! own import.

use crate::{
    load,
    nodes::{payments, Setup},
    results::Table,
    stats::{median, per_second},
};
use anyhow::Result;
use counterfoil_primitives::Side;
use counterfoil_tests::{
    agreement::{make, Wish},
    wait,
};
use std::time::{Duration, Instant};

/// How long books may take to follow.
const PATIENCE: Duration = Duration::from_secs(600);

/// Measures on one node and on four.
pub async fn measure(short: bool) -> Result<Vec<Table>> {
    let (counts, runs): ([u64; 2], usize) = if short {
        ([30_000, 30_000], 1)
    } else {
        ([600_000, 300_000], 3)
    };
    let mut table = Table::new(
        "sustained",
        [
            "nodes",
            "trades",
            "trades a second, to finality",
            "trades a second, to both books",
            "runs",
            "most memory of a node, MiB",
        ],
    );
    for (nodes, count) in [1, 4].into_iter().zip(counts) {
        let setup = match nodes {
            1 => Setup::one().await?,
            _ => Setup::four().await?,
        };
        let (mut final_, mut booked) = (Vec::new(), Vec::new());
        for _ in 0..runs {
            let times = run(&setup, count).await?;
            eprintln!(
                "{nodes} nodes, {count} trades: final after {:.1} s, in both books after {:.1} s",
                times.finality.as_secs_f64(),
                times.books.as_secs_f64()
            );
            final_.push(per_second(count as usize, times.finality));
            booked.push(per_second(count as usize, times.books));
        }
        let memory = setup.peak_memory()?.into_iter().max().unwrap_or_default();
        table.row([
            nodes.to_string(),
            count.to_string(),
            format!("{:.0}", median(final_).unwrap_or_default()),
            format!("{:.0}", median(booked).unwrap_or_default()),
            runs.to_string(),
            memory.to_string(),
        ]);
    }
    Ok(vec![table])
}

struct Times {
    finality: Duration,
    books: Duration,
}

async fn run(setup: &Setup, count: u64) -> Result<Times> {
    let wish = Wish {
        ahead: Duration::from_secs(30 * 60),
        ..Wish::default()
    };
    let agreement = make(setup.client(), wish).await?;
    let payments = payments(&agreement)?;
    let start = Instant::now();
    load::import(
        setup.client().url(),
        setup.folder(),
        &agreement,
        agreement.client(),
        &payments,
        count,
    )
    .await?;
    let finality = start.elapsed();
    for side in Side::BOTH {
        wait::until("both books to hold the trades", PATIENCE, || async {
            let booked = setup.booked(agreement.side_id(side)).await?;
            Ok((booked >= count).then_some(()))
        })
        .await?;
    }
    Ok(Times {
        finality,
        books: start.elapsed(),
    })
}
