//! Which line of a ledger fits which position of the chain, for ledgers longer than memory.
//!
//! Chain and ledger are read in order, as often as needed, and never held. What is held is a few
//! bytes for each position and each line, whatever they say: neither equal references nor equal
//! payments make it more.

use crate::{Amount, Entry, LedgerEntry, Moment, ProductId, Reference, TradeId, UserId};
use alloc::vec::Vec;
use blake2b_simd::Params;

/// The chain's entries of a side of a day, and the lines of a ledger.
pub trait Readings {
    /// Why they could not be read on.
    type Error;

    /// The chain's entries, by position.
    fn chain(&mut self) -> impl Iterator<Item = Result<Entry, Self::Error>>;

    /// The lines, in the ledger's order.
    fn ledger(&mut self) -> impl Iterator<Item = Result<LedgerEntry, Self::Error>>;
}

/// Where a line belongs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fit {
    /// On this position.
    At(u32),
    /// An extra that names a trade by its id, which another line has taken.
    NamedAgain,
    /// An extra that is like the trade on this position, which another line has taken.
    Like(u32),
    /// An extra that is like no trade of the day.
    Nothing,
}

/// A line fits by its id; else a trade equal to it in all else; else one of its reference. Of
/// several lines for one trade the first in the ledger takes it, and of several trades for one
/// line the line takes the first on chain.
///
/// A line that names a trade of the day by its id is that trade or that trade again, never
/// another one by reference.
pub fn fit<R: Readings>(
    readings: &mut R,
    positions: u32,
    lines: u32,
) -> Result<Vec<Fit>, R::Error> {
    let mut fits = alloc::vec![Fit::Nothing; lines as usize];
    let mut taken = alloc::vec![false; positions as usize];

    let mut by_id = Index::of(readings.chain(), positions, |entry| of_id(&entry.id))?;
    for (fit, line) in fits.iter_mut().zip(readings.ledger()) {
        if let Some(id) = line?.id {
            *fit = match by_id.take(&of_id(&id), &mut taken) {
                Fit::Like(_) => Fit::NamedAgain,
                found => found,
            };
        }
    }
    drop(by_id);

    let of_line = |line: LedgerEntry| of_content(&line.into_entry(TradeId::default()));
    fit_by(readings, &mut fits, &mut taken, of_content, of_line)?;
    let of_line = |line: LedgerEntry| line.reference.0;
    fit_by(
        readings,
        &mut fits,
        &mut taken,
        |entry| entry.reference.0,
        of_line,
    )?;
    Ok(fits)
}

/// Fits the lines that have no position yet, and named none, by a key of theirs.
fn fit_by<R: Readings>(
    readings: &mut R,
    fits: &mut [Fit],
    taken: &mut [bool],
    of_entry: impl Fn(&Entry) -> Key,
    of_line: impl Fn(LedgerEntry) -> Key,
) -> Result<(), R::Error> {
    let is_open = |fit: &Fit| matches!(fit, Fit::Like(_) | Fit::Nothing);
    if !fits.iter().any(is_open) {
        return Ok(());
    }
    let mut index = Index::of(readings.chain(), taken.len() as u32, of_entry)?;
    for (fit, line) in fits.iter_mut().zip(readings.ledger()) {
        let line = line?;
        if is_open(fit) {
            *fit = match (index.take(&of_line(line), taken), *fit) {
                (Fit::At(position), _) => Fit::At(position),
                // What it equals says more of an extra than what shares its reference.
                (_, Fit::Like(position)) => Fit::Like(position),
                (found, _) => found,
            };
        }
    }
    Ok(())
}

/// What trades are told apart by.
type Key = [u8; 16];

fn of_id(id: &TradeId) -> Key {
    let mut key = [0; 16];
    key[..4].copy_from_slice(&id.client.to_be_bytes());
    key[4..12].copy_from_slice(&id.sequence.to_be_bytes());
    key
}

/// A hash of all but the id.
fn of_content(entry: &Entry) -> Key {
    const LEN: usize = size_of::<Reference>()
        + size_of::<UserId>()
        + size_of::<ProductId>()
        + size_of::<Amount>()
        + size_of::<Moment>();
    let mut content = [0; LEN];
    let parts: [&[u8]; 5] = [
        &entry.reference.0,
        &entry.user.0,
        &entry.product.to_be_bytes(),
        &entry.amount.to_be_bytes(),
        &entry.occurred_at.to_be_bytes(),
    ];
    for (at, byte) in content.iter_mut().zip(parts.into_iter().flatten()) {
        *at = *byte;
    }
    let hash = Params::new().hash_length(16).hash(&content);
    let mut key = [0; 16];
    key.copy_from_slice(hash.as_bytes());
    key
}

/// The positions by a key of their trades.
struct Index {
    /// Sorted, so that the positions of a key lie in a row, ascending.
    rows: Vec<(Key, u32)>,
    /// For the first place of each row, how many of its positions are known to be taken.
    passed: Vec<u32>,
}

impl Index {
    fn of<E>(
        chain: impl Iterator<Item = Result<Entry, E>>,
        positions: u32,
        key: impl Fn(&Entry) -> Key,
    ) -> Result<Self, E> {
        let mut rows = Vec::with_capacity(positions as usize);
        for (position, entry) in (0..positions).zip(chain) {
            rows.push((key(&entry?), position));
        }
        rows.sort_unstable();
        let passed = alloc::vec![0; rows.len()];
        Ok(Self { rows, passed })
    }

    /// Takes the first free position of `key`.
    fn take(&mut self, key: &Key, taken: &mut [bool]) -> Fit {
        let start = self.rows.partition_point(|(other, _)| other < key);
        let position = |at: usize| {
            let row = self.rows.get(at).filter(|(other, _)| other == key);
            row.map(|(_, position)| *position)
        };
        let Some(first) = position(start) else {
            return Fit::Nothing;
        };
        // Each row is gone through once, however many lines ask for it.
        let mut at = start + self.passed[start] as usize;
        let found = loop {
            let Some(next) = position(at) else {
                break Fit::Like(first);
            };
            at += 1;
            if !core::mem::replace(&mut taken[next as usize], true) {
                break Fit::At(next);
            }
        };
        self.passed[start] = (at - start) as u32;
        found
    }
}
