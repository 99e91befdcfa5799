//! Measures what Counterfoil holds and how fast it is, beside what a team would use instead.
//!
//! | module | what it measures, or holds |
//! |---|---|
//! | [`recording`] | recording: the execution of blocks, at several sizes of state, and bytes on disk |
//! | [`page_roots`] | page roots within recording, and recording beside dropping the same calls |
//! | [`sustained`] | recording through real nodes, from signed to final and in both books |
//! | [`charges`] | what small transactions are charged, and what they take |
//! | [`singles`] | transactions of one record each, through a node's pool |
//! | [`days`] | T+1: from the preset time to the accepted reports |
//! | [`amendments`] | a false file, cancelled: from the answer to the last step |
//! | [`comparison`] | the comparison alone |
//! | [`databases`] | the same day in PostgreSQL and in DuckDB |
//! | [`chain`] | a chain in this process, whose blocks are built and executed by hand |
//! | [`load`] | payments made up, and recorded by the client's own import |
//! | [`nodes`] | nodes to measure on |
//! | [`stats`] | medians |
//! | [`results`] | tables, and the document that shows them |

mod amendments;
mod chain;
mod charges;
mod comparison;
mod databases;
mod days;
mod load;
mod nodes;
mod page_roots;
mod recording;
mod results;
mod singles;
mod stats;
mod sustained;

use anyhow::Result;
use clap::{Parser, ValueEnum};
use days::Days;
use results::Results;
use std::path::PathBuf;

/// Measures Counterfoil. Progress goes to standard error, tables to standard output.
#[derive(Debug, Parser)]
#[command(name = "bench")]
struct Arguments {
    /// What to measure; everything unless named.
    #[arg(value_enum)]
    parts: Vec<Part>,
    /// Smaller sizes and fewer runs: to see that it works, not to quote.
    #[arg(long)]
    short: bool,
    /// How many trades the days have, by commas; the usual sizes unless given.
    #[arg(long, value_delimiter = ',')]
    trades: Vec<u64>,
    /// How many breaks the days have, by commas; the usual numbers unless given.
    #[arg(long, value_delimiter = ',')]
    breaks: Vec<u64>,
    /// Puts the tables of what was measured into this document.
    #[arg(long)]
    write: Option<PathBuf>,
}

/// Something to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
enum Part {
    /// Block execution of recording, and bytes on disk.
    Recording,
    /// Page roots within recording, and recording beside dropping the same calls.
    Pages,
    /// The comparison of a book with the chain.
    Comparison,
    /// PostgreSQL and DuckDB.
    Databases,
    /// From signed to final and in both books.
    Sustained,
    /// What small transactions are charged and take.
    Charges,
    /// Transactions of one record.
    Singles,
    /// From the preset time to the accepted reports.
    Days,
    /// From the answer to a proposal to its last step.
    Amendments,
}

#[tokio::main(flavor = "multi_thread", worker_threads = 4)]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let parts = match arguments.parts.as_slice() {
        [] => Part::value_variants(),
        named => named,
    };
    let mut results = Results::new();
    for part in parts {
        let measured = match part {
            Part::Recording => recording::measure(arguments.short)?,
            Part::Pages => page_roots::measure(arguments.short)?,
            Part::Comparison => comparison::measure(arguments.short)?,
            Part::Databases => databases::measure(arguments.short)?,
            Part::Sustained => sustained::measure(arguments.short).await?,
            Part::Charges => charges::measure(arguments.short)?,
            Part::Singles => singles::measure(arguments.short).await?,
            Part::Days => {
                let (trades, breaks) = (arguments.trades.clone(), arguments.breaks.clone());
                days::measure(&Days::new(arguments.short, trades, breaks)).await?
            }
            Part::Amendments => amendments::measure(arguments.short).await?,
        };
        for table in measured {
            println!("{}", table.text());
            results.add(table);
        }
        if let Some(path) = &arguments.write {
            results.write_into(path)?;
        }
    }
    Ok(())
}
