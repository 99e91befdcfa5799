//! Measures what the calls of the pallets cost, and writes the pallets' `weights.rs`.
//!
//! The runtime runs in WebAssembly, as on a node, on the genesis state of its development preset.
//! Each benchmark is run for values of one component from its least to its most while the others
//! are at their most, then at their least: once with its database accesses counted, then in rounds
//! over all values with the clock.
//!
//! It does what `frame-omni-bencher` does for these pallets, on the same libraries, without the
//! parts of that program that know of relay chains.

mod chain;
mod figures;
mod template;

use anyhow::{ensure, Context, Result};
use chain::Chain;
use clap::Parser;
use std::{fs, path::PathBuf};
use template::Provenance;

#[cfg(feature = "runtime-benchmarks")]
mod wasm {
    #![allow(dead_code)]
    include!(env!("RUNTIME_WITH_BENCHMARKS"));
}

/// The runtime with its benchmarks.
#[cfg(feature = "runtime-benchmarks")]
const RUNTIME: Option<&[u8]> = wasm::WASM_BINARY;
#[cfg(not(feature = "runtime-benchmarks"))]
const RUNTIME: Option<&[u8]> = None;

/// Measures what the calls cost.
#[derive(Parser)]
struct Options {
    /// The pallets to measure, such as `trades`; all where none is named.
    pallets: Vec<String>,
    /// Values of each component.
    #[arg(long, default_value_t = 12, value_parser = clap::value_parser!(u32).range(2..))]
    steps: u32,
    /// Runs with the clock for each value.
    #[arg(long, default_value_t = 10, value_parser = clap::value_parser!(u32).range(1..))]
    repeats: u32,
    /// Two values of each component, one run each, and nothing is written: to see that all benchmarks
    /// run.
    #[arg(long, conflicts_with_all = ["steps", "repeats"])]
    short: bool,
    /// The folder of the pallets.
    #[arg(long, default_value = "pallets")]
    output: PathBuf,
    /// The commit that is measured, for the files' headers.
    #[arg(long, default_value = "unknown")]
    commit: String,
}

fn main() -> Result<()> {
    let options = Options::parse();
    let runtime = RUNTIME.context(
        "this program was built without the runtime that it measures: run scripts/weights",
    )?;
    let chain = Chain::new(runtime)?;
    let pallets = chain.pallets()?;
    for name in &options.pallets {
        let known = pallets.iter().any(|pallet| pallet.name == *name);
        ensure!(
            known,
            "the runtime has no benchmarks of a pallet `{name}`; it has those of {}",
            pallets
                .iter()
                .map(|pallet| pallet.name.as_str())
                .collect::<Vec<_>>()
                .join(", ")
        );
    }
    let (steps, repeats) = match options.short {
        true => (2, 1),
        false => (options.steps, options.repeats),
    };
    let provenance = Provenance::here(&options.commit, steps, repeats);
    let wanted = |name: &String| options.pallets.is_empty() || options.pallets.contains(name);
    for pallet in pallets.iter().filter(|pallet| wanted(&pallet.name)) {
        let mut functions = Vec::new();
        for benchmark in &pallet.benchmarks {
            eprintln!("{}: {}", pallet.name, benchmark.name);
            let measured = chain
                .measure(pallet, benchmark, steps, repeats)
                .with_context(|| format!("{}: {}", pallet.name, benchmark.name))?;
            functions.push(figures::Function::of(benchmark, &measured)?);
        }
        if options.short {
            continue;
        }
        let path = options.output.join(&pallet.name).join("src/weights.rs");
        let text = template::file(&pallet.name, &functions, &provenance);
        fs::write(&path, text).with_context(|| format!("cannot write {}", path.display()))?;
        eprintln!("wrote {}", path.display());
    }
    Ok(())
}
