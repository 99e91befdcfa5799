//! What the calls cost.
//!
//! The figures are estimates for two cores of a usual server, each rounded up: reference hardware
//! hashes a Merkle leaf in half a microsecond and deposits an event in some ten; both through a
//! call out of wasm. Reads and writes are the runtime's own figures.
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
    /// `chunks` of the window, and `days` that take trades.
    fn record(trades: u32, refused: u32, lookups: u32, chunks: u32, days: u32) -> Weight;
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
    fn record(trades: u32, refused: u32, lookups: u32, chunks: u32, days: u32) -> Weight {
        estimates::record(T::DbWeight::get(), trades, refused, lookups, chunks, days)
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
    fn record(trades: u32, refused: u32, lookups: u32, chunks: u32, days: u32) -> Weight {
        estimates::record(RocksDbWeight::get(), trades, refused, lookups, chunks, days)
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
    ) -> Weight {
        let [n, r, l, c, d] = [trades, refused, lookups, chunks, days].map(u64::from);
        // Member, agreement, time, highest sequence; highest sequence and spent authorities.
        let base = micros(40)
            .saturating_add(db.reads_writes(5, 2))
            .saturating_add(proof(8 * SMALL));
        // A trade: its checks, its encoding, and its share of two page roots: four hashes.
        let trade = micros(4);
        // A refusal: its event.
        let refusal = micros(12);
        let lookup = micros(2)
            .saturating_add(db.reads(1))
            .saturating_add(proof(SMALL));
        let chunk = micros(3)
            .saturating_add(db.reads_writes(1, 1))
            .saturating_add(proof(Chunk::max_encoded_len() as u64 + SMALL));
        // A day: totals, seal, its last page and page roots; the page decoded and hashed, and two
        // events.
        let day = micros(650)
            .saturating_add(db.reads_writes(4, 3))
            .saturating_add(proof(page_bytes() + 4 * SMALL));
        let full_pages = n / u64::from(PAGE_SIZE) + d;
        base.saturating_add(trade.saturating_mul(n))
            .saturating_add(refusal.saturating_mul(r))
            .saturating_add(lookup.saturating_mul(l))
            .saturating_add(chunk.saturating_mul(c))
            .saturating_add(day.saturating_mul(d))
            .saturating_add(db.writes(full_pages))
    }

    pub fn authorize_record(db: RuntimeDbWeight, trades: u32, chunks: u32) -> Weight {
        let [n, c] = [u64::from(trades), u64::from(chunks).min(CHUNKS)];
        // A signature, and the hash of the arguments.
        let base = micros(120)
            .saturating_add(db.reads(5))
            .saturating_add(proof(8 * SMALL));
        let chunk = micros(2)
            .saturating_add(db.reads(1))
            .saturating_add(proof(Chunk::max_encoded_len() as u64 + SMALL));
        base.saturating_add(Weight::from_parts(MICROSECOND / 2, 0).saturating_mul(n))
            .saturating_add(chunk.saturating_mul(c))
    }

    pub fn seal(db: RuntimeDbWeight, pages: u32) -> Weight {
        let p = u64::from(pages);
        // The last page decoded and hashed.
        let base = micros(700)
            .saturating_add(db.reads_writes(6, 2))
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
