//! What the calls cost.
//!
//! The figures are estimates, some three to five times of what a native run of the tests measured
//! on a server of two cores, since wasm and a cold cache are slower: a batch of 1,000 trades took
//! 0.9 ms, of which page roots were 0.7 ms; one of 1,000 refusals 1.1 ms; a batch's authority
//! 0.16 ms. A hash costs most in wasm, where each leaves the sandbox: 1.5 µs, as was measured there.
//! Reads and writes are charged by the runtime's own figures.
//! The proof size counts what is read, though no parachain proves it.

use core::marker::PhantomData;
use counterfoil_primitives::{
    tree::PAGE_SIZE,
    window::{Chunk, CHUNKS},
};
use frame_support::{
    traits::Get,
    weights::{constants::RocksDbWeight, RuntimeDbWeight, Weight},
};

/// What the calls cost.
pub trait WeightInfo {
    /// Recording `trades` of which `refused` are refused, with so many `lookups` of terms,
    /// `chunks` of the window, `days` that take trades, and `full_pages` to root.
    fn record(
        trades: u32,
        refused: u32,
        lookups: u32,
        chunks: u32,
        days: u32,
        full_pages: u32,
    ) -> Weight;
    /// Checking the authority for a batch of `trades` that touches `chunks` of the window.
    fn authorize_record(trades: u32, chunks: u32) -> Weight;
    /// Sealing a day of `pages`.
    fn seal(pages: u32) -> Weight;
    /// Checking the authority for a seal.
    fn authorize_seal() -> Weight;
}

/// The estimates with the runtime's database figures.
pub struct SubstrateWeight<T>(PhantomData<T>);

impl<T: frame_system::Config> WeightInfo for SubstrateWeight<T> {
    fn record(
        trades: u32,
        refused: u32,
        lookups: u32,
        chunks: u32,
        days: u32,
        full_pages: u32,
    ) -> Weight {
        estimates::record(
            T::DbWeight::get(),
            trades,
            refused,
            lookups,
            chunks,
            days,
            full_pages,
        )
    }
    fn authorize_record(trades: u32, chunks: u32) -> Weight {
        estimates::authorize_record(T::DbWeight::get(), trades, chunks)
    }
    fn seal(pages: u32) -> Weight {
        estimates::seal(T::DbWeight::get(), pages)
    }
    fn authorize_seal() -> Weight {
        estimates::authorize_seal(T::DbWeight::get())
    }
}

/// For tests: the estimates with usual database figures.
impl WeightInfo for () {
    fn record(
        trades: u32,
        refused: u32,
        lookups: u32,
        chunks: u32,
        days: u32,
        full_pages: u32,
    ) -> Weight {
        estimates::record(
            RocksDbWeight::get(),
            trades,
            refused,
            lookups,
            chunks,
            days,
            full_pages,
        )
    }
    fn authorize_record(trades: u32, chunks: u32) -> Weight {
        estimates::authorize_record(RocksDbWeight::get(), trades, chunks)
    }
    fn seal(pages: u32) -> Weight {
        estimates::seal(RocksDbWeight::get(), pages)
    }
    fn authorize_seal() -> Weight {
        estimates::authorize_seal(RocksDbWeight::get())
    }
}

mod estimates {
    use super::*;
    use codec::MaxEncodedLen;
    use counterfoil_primitives::Trade;

    /// A microsecond of reference time.
    const MICROSECOND: u64 = 1_000_000;
    /// Bytes of proof that a small value costs.
    const SMALL: u64 = 1_024;

    /// The roots of a full page: for each side a leaf a position, and one inner node less.
    const PAGE_ROOTS: Weight =
        Weight::from_parts(2 * (2 * PAGE_SIZE as u64 - 1) * (3 * MICROSECOND / 2), 0);

    const fn micros(count: u64) -> Weight {
        Weight::from_parts(count * MICROSECOND, 0)
    }

    const fn proof(bytes: u64) -> Weight {
        Weight::from_parts(0, bytes)
    }

    fn page_bytes() -> u64 {
        u64::from(PAGE_SIZE) * Trade::max_encoded_len() as u64
    }

    pub fn record(
        db: RuntimeDbWeight,
        trades: u32,
        refused: u32,
        lookups: u32,
        chunks: u32,
        days: u32,
        full_pages: u32,
    ) -> Weight {
        let [n, r, l, c, d, p] =
            [trades, refused, lookups, chunks, days, full_pages].map(u64::from);
        // Member, agreement, time, highest sequence, spent authorities; the last two written.
        let base = micros(40)
            .saturating_add(db.reads_writes(5, 2))
            .saturating_add(proof(8 * SMALL));
        // A trade: its checks and its encoding.
        let trade = micros(2);
        // A refusal: its event.
        let refusal = micros(5);
        // A lookup: all versions of a product's terms are decoded.
        let lookup = micros(20)
            .saturating_add(db.reads(1))
            .saturating_add(proof(SMALL));
        let chunk = micros(3)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(proof(Chunk::max_encoded_len() as u64 + SMALL));
        // A day: totals, seal and its last page, which is copied, and two events.
        let day = micros(60)
            .saturating_add(db.reads_writes(3, 2))
            .saturating_add(proof(page_bytes() + 4 * SMALL));
        // A full page: the page decoded, its roots, and the next page.
        let full_page = micros(80)
            .saturating_add(PAGE_ROOTS)
            .saturating_add(db.reads_writes(1, 2))
            .saturating_add(proof(SMALL));
        base.saturating_add(trade.saturating_mul(n))
            .saturating_add(refusal.saturating_mul(r))
            .saturating_add(lookup.saturating_mul(l))
            .saturating_add(chunk.saturating_mul(c))
            .saturating_add(day.saturating_mul(d))
            .saturating_add(full_page.saturating_mul(p))
    }

    pub fn authorize_record(db: RuntimeDbWeight, trades: u32, chunks: u32) -> Weight {
        let [n, c] = [u64::from(trades), u64::from(chunks).min(CHUNKS)];
        // A signature, and the hash of the arguments. Member, time, genesis hash, agreement,
        // highest sequence, spent authorities.
        let base = micros(120)
            .saturating_add(db.reads(6))
            .saturating_add(proof(8 * SMALL));
        let chunk = micros(2)
            .saturating_add(db.reads(1))
            .saturating_add(proof(Chunk::max_encoded_len() as u64 + SMALL));
        base.saturating_add(Weight::from_parts(MICROSECOND / 2, 0).saturating_mul(n))
            .saturating_add(chunk.saturating_mul(c))
    }

    pub fn seal(db: RuntimeDbWeight, pages: u32) -> Weight {
        let p = u64::from(pages);
        // The last page decoded and hashed. Member, agreement, time, seal, totals, last page, and
        // the page roots twice.
        let base = micros(180)
            .saturating_add(PAGE_ROOTS)
            .saturating_add(db.reads_writes(8, 2))
            .saturating_add(proof(page_bytes() + 8 * SMALL));
        // A page: a leaf and at most an inner node of each side's tree.
        let page = micros(3).saturating_add(proof(64));
        base.saturating_add(page.saturating_mul(p))
    }

    pub fn authorize_seal(db: RuntimeDbWeight) -> Weight {
        micros(120)
            .saturating_add(db.reads(5))
            .saturating_add(proof(8 * SMALL))
    }
}
