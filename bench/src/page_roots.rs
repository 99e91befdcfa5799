//! Page roots within recording: what they take of it, what they would take with inner nodes, and how
//! recording compares with taking the same calls and dropping them. All of it is measured in one run.

use crate::{
    comparison::{self, name, Times},
    recording::{of_a_trade_in_the_largest_calls, OfATrade},
    results::Table,
    stats::per_second,
};
use anyhow::Result;
use counterfoil_bench_comparison::work::Work;
use counterfoil_primitives::tree::page_count;
use std::time::Duration;

/// Both rules of a page root.
const ROOTS: [Work; 2] = [Work::PageRoots, Work::TreePageRoots];
/// Sides of a day: each page is rooted for both.
const SIDES: f64 = 2.0;

/// Measures page roots by both rules, and what they are of recording.
pub fn measure(short: bool) -> Result<Vec<Table>> {
    let (slots, runs) = comparison::sizes(short);
    let roots = comparison::times(&ROOTS, slots, runs)?;
    let of_a_trade = tokio::task::block_in_place(|| of_a_trade_in_the_largest_calls(runs))?;
    let OfATrade { recorded, dropped } = of_a_trade;
    let mut table = Table::new(
        "pages",
        [
            "what",
            "pages of a side a second, native",
            "pages of a side a second, WebAssembly",
            "µs a trade",
            "% of recording it",
            "÷ taking and dropping it",
        ],
    );
    let mut row = |what: &str, paces: [String; 2], micros: f64| {
        let [native, in_wasm] = paces;
        table.row([
            what.to_owned(),
            native,
            in_wasm,
            format!("{micros:.2}"),
            format!("{:.0}", 100.0 * micros / recorded),
            format!("{:.2}", micros / dropped),
        ]);
    };
    for Times {
        work,
        native,
        in_wasm,
    } in roots
    {
        let pace = |time| format!("{:.0}", per_second(page_count(slots) as usize, time));
        row(
            name(work),
            [native, in_wasm].map(pace),
            of_both_sides(in_wasm, slots),
        );
    }
    let none = || ["–", "–"].map(str::to_owned);
    row("recorded, 1,000 a call", none(), recorded);
    row("taken and dropped, 1,000 a call", none(), dropped);
    Ok(vec![table])
}

/// Microseconds that the page roots of both sides take for a trade, where those of a side with this number of
/// slots take `time`.
fn of_both_sides(time: Duration, slots: u32) -> f64 {
    SIDES * time.as_secs_f64() * 1e6 / f64::from(slots)
}

const _: () = assert!(
    counterfoil_runtime::constants::MAX_BATCH == 1_000,
    "the rows say how many trades a call has"
);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_trade_pays_for_its_slots_of_both_sides() {
        let second = Duration::from_secs(1);
        assert_eq!(of_both_sides(second, 1_000_000), 2.0);
    }
}
