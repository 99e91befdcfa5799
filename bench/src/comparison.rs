//! The comparison alone: slot by slot, by page roots, and the making of page roots.

use crate::{results::Table, stats};
use anyhow::{ensure, Result};
use counterfoil_primitives::{
    compare::{diff_page, diff_roots},
    tree::{chain_page_root, slots_page_root, PAGE_SIZE},
    Entry, Reference, TradeId, UserId,
};
use sp_core::H256;
use std::{convert::Infallible, hint::black_box, time::Duration};

/// Slots that differ.
const BREAKS: usize = 1_000;

/// Measures in native code.
pub fn measure(short: bool) -> Result<Vec<Table>> {
    let (slots, runs) = if short { (20_000, 3) } else { (1_000_000, 9) };
    let chain: Vec<Entry> = (0..slots).map(entry).collect();
    let mut book: Vec<Option<Entry>> = chain.iter().copied().map(Some).collect();
    for entry in book.iter_mut().step_by(slots / BREAKS).flatten() {
        entry.amount += 1;
    }
    let page = PAGE_SIZE as usize;
    let pages = || chain.chunks(page).zip(book.chunks(page));
    let chain_roots: Vec<H256> = chain.chunks(page).map(chain_page_root).collect();
    let book_roots: Vec<H256> = book.chunks(page).map(slots_page_root).collect();

    let found: usize = pages()
        .map(|(chain, book)| diff_page(chain, book).len())
        .sum();
    ensure!(
        found == BREAKS.min(slots),
        "the comparison found {found} breaks"
    );

    let mut table = Table::new(
        "comparison",
        ["what", "slots", "ms", "million slots a second"],
    );
    let mut row = |what: &str, time: Duration| {
        table.row([
            what.to_owned(),
            slots.to_string(),
            format!("{:.2}", time.as_secs_f64() * 1e3),
            format!("{:.1}", stats::per_second(slots, time) / 1e6),
        ]);
    };
    row(
        "slot by slot, all pages",
        timed(runs, || {
            for (chain, book) in pages() {
                black_box(diff_page(black_box(chain), black_box(book)));
            }
        }),
    );
    row(
        "page roots of a book, hashed again",
        timed(runs, || {
            for slots in book.chunks(page) {
                black_box(slots_page_root(black_box(slots)));
            }
        }),
    );
    row(
        "page roots compared, pages that differ slot by slot",
        timed(runs, || {
            for dirty in diff_roots(black_box(&chain_roots), black_box(&book_roots)) {
                let start = dirty.page as usize * page;
                let end = (start + page).min(slots);
                black_box(diff_page(&chain[start..end], &book[start..end]));
            }
        }),
    );
    row(
        "page roots compared, none differs",
        timed(runs, || {
            black_box(diff_roots(black_box(&chain_roots), black_box(&chain_roots)));
        }),
    );
    Ok(vec![table])
}

fn timed(runs: usize, mut run: impl FnMut()) -> Duration {
    let outcome: Result<Duration, Infallible> = stats::time(runs, || {
        run();
        Ok(())
    });
    match outcome {
        Ok(time) => time,
        Err(never) => match never {},
    }
}

fn entry(index: usize) -> Entry {
    let number = index as u64;
    let mut reference = [0; 16];
    reference[8..].copy_from_slice(&number.to_be_bytes());
    Entry {
        id: TradeId {
            client: 1,
            sequence: number,
        },
        reference: Reference(reference),
        user: UserId(reference),
        product: 1,
        amount: 100_000 + u128::from(number),
        occurred_at: 1_795_431_600_000 + number,
    }
}
