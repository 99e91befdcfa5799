//! Aligns an import of any length to a day of any length.
//!
//! [`align`](counterfoil_primitives::align::align) holds chain and ledger in memory, and a worker
//! may not allocate more than 32 MiB at once. So a long day is divided into groups by reference:
//! lines and trades of different groups have nothing to do with each other, as a line goes to
//! the trade of its id, and else to one of its reference. A line belongs to the group of the
//! trade that it names by id, and else to the group of its own reference.

use super::{
    ledger::{import_page, import_pages},
    Book, Session,
};
use crate::Config;
use alloc::vec::Vec;
use counterfoil_primitives::{
    align::{self, LedgerEntry},
    store::{ImportState, Problem},
    tree::{self, PAGE_SIZE},
    Amount, Entry, Reference, TradeId,
};
use sp_core::H256;

/// Trades or lines of a group, about.
pub const GROUP: u32 = 1 << 17;

/// Most extras of a book; an agreement's caps lie far below.
pub const MAX_EXTRAS: u32 = 1 << 17;

/// Most positions of a day: the index of ids is one allocation.
const MAX_POSITIONS: u32 = 2_000_000;

/// Most trades or lines of one group, where references are spread badly.
const MAX_GROUP: usize = 160_000;

/// An aligned ledger: its slots are written, the rest is here.
pub struct Aligned {
    /// The roots of the pages of slots, as they were written.
    pub slots_page_roots: Vec<H256>,
    /// The entries on no position, sorted.
    pub extras: Vec<Entry>,
    /// The sum of all amounts.
    pub total: Amount,
}

impl Aligned {
    /// The extras by page.
    pub fn extras_pages(&self) -> impl Iterator<Item = &[Entry]> {
        self.extras.chunks(PAGE_SIZE as usize)
    }

    /// The roots of the pages of extras.
    pub fn extras_page_roots(&self) -> Vec<H256> {
        tree::extras_page_roots(&self.extras)
    }
}

/// Aligns a confirmed import to the `count` positions of the day, and writes the slots.
pub fn align<T: Config>(
    book: &Book,
    import: &ImportState,
    count: u32,
    group_size: u32,
    session: &mut Session,
) -> Result<Aligned, Problem> {
    if count > MAX_POSITIONS {
        return Err(Problem::TooLarge);
    }
    if import.lines > count.saturating_add(MAX_EXTRAS) {
        return Err(Problem::TooManyExtras);
    }
    let groups = import.lines.max(count).div_ceil(group_size).max(1);
    let names = Names::of::<T>(book, count, groups);
    let mut aligned = Aligned {
        slots_page_roots: Vec::new(),
        extras: Vec::new(),
        total: 0,
    };
    for group in 0..groups {
        session.hold();
        let trades = Trades::of::<T>(book, count, group, groups)?;
        let lines = lines_of(book, import, &names, group, groups)?;
        session.hold();
        let found = align::align(&trades.entries, &lines);
        drop(lines);
        aligned.total = found
            .slots
            .iter()
            .flatten()
            .chain(&found.extras)
            .fold(aligned.total, |sum, entry| sum.saturating_add(entry.amount));
        aligned.extras.extend(found.extras);
        if aligned.extras.len() as u32 > MAX_EXTRAS {
            return Err(Problem::TooManyExtras);
        }
        let roots = write_slots(book, count, group, &trades.positions, &found.slots, session)?;
        if group + 1 == groups {
            aligned.slots_page_roots = roots;
        }
    }
    aligned.extras.sort_unstable();
    Ok(aligned)
}

/// The group of a reference, of so many.
pub fn group_of(reference: &Reference, groups: u32) -> u32 {
    if groups <= 1 {
        return 0;
    }
    let hash = sp_io::hashing::twox_64(&reference.0);
    (u64::from_le_bytes(hash) % u64::from(groups)) as u32
}

/// The groups of the day's trades, by id; empty where there is one group.
struct Names(Vec<u128>);

impl Names {
    const GROUP_BITS: u32 = 32;

    fn of<T: Config>(book: &Book, count: u32, groups: u32) -> Self {
        if groups <= 1 {
            return Self(Vec::new());
        }
        let mut names = Vec::with_capacity(count as usize);
        for page in 0..tree::page_count(count) {
            let entries = book.chain_page::<T>(page);
            names.extend(entries.iter().map(|entry| {
                let group = group_of(&entry.reference, groups);
                Self::number(&entry.id) << Self::GROUP_BITS | u128::from(group)
            }));
        }
        names.sort_unstable();
        Self(names)
    }

    /// Client and sequence as one number of 96 bits.
    fn number(id: &TradeId) -> u128 {
        u128::from(id.client) << u64::BITS | u128::from(id.sequence)
    }

    /// The group of the trade with `id`.
    fn group(&self, id: &TradeId) -> Option<u32> {
        let number = Self::number(id);
        let at = self
            .0
            .partition_point(|name| name >> Self::GROUP_BITS < number);
        self.0
            .get(at)
            .filter(|name| **name >> Self::GROUP_BITS == number)
            .map(|name| *name as u32)
    }

    fn group_of_line(&self, line: &LedgerEntry, groups: u32) -> u32 {
        line.id
            .and_then(|id| self.group(&id))
            .unwrap_or_else(|| group_of(&line.reference, groups))
    }
}

/// The day's trades of a group, with their positions.
struct Trades {
    entries: Vec<Entry>,
    positions: Vec<u32>,
}

impl Trades {
    fn of<T: Config>(book: &Book, count: u32, group: u32, groups: u32) -> Result<Self, Problem> {
        let share = room(count, groups);
        let mut trades = Self {
            entries: Vec::with_capacity(share),
            positions: Vec::with_capacity(share),
        };
        for page in 0..tree::page_count(count) {
            let entries = book.chain_page::<T>(page);
            let first = page.saturating_mul(PAGE_SIZE);
            for (position, entry) in (first..count).zip(entries) {
                if group_of(&entry.reference, groups) == group {
                    trades.positions.push(position);
                    trades.entries.push(entry);
                }
            }
            if trades.entries.len() > MAX_GROUP {
                return Err(Problem::TooLarge);
            }
        }
        Ok(trades)
    }
}

/// Room for a group, with some to spare: a list that grows copies itself and holds twice as much.
fn room(count: u32, groups: u32) -> usize {
    let share = count / groups.max(1);
    (share + share / 8 + PAGE_SIZE) as usize
}

/// The import's lines of a group, in their order.
fn lines_of(
    book: &Book,
    import: &ImportState,
    names: &Names,
    group: u32,
    groups: u32,
) -> Result<Vec<LedgerEntry>, Problem> {
    let mut lines = Vec::with_capacity(room(import.lines, groups));
    for page in 0..import_pages(import) {
        let of_page = import_page(book, import, page).ok_or(Problem::ImportDamaged)?;
        lines.extend(
            of_page
                .into_iter()
                .filter(|line| groups == 1 || names.group_of_line(line, groups) == group),
        );
        if lines.len() > MAX_GROUP {
            return Err(Problem::TooLarge);
        }
    }
    Ok(lines)
}

/// Writes a group's slots to their positions: the first group begins the pages, the others fill
/// them. Gives the roots of the pages.
fn write_slots(
    book: &Book,
    count: u32,
    group: u32,
    positions: &[u32],
    slots: &[Option<Entry>],
    session: &mut Session,
) -> Result<Vec<H256>, Problem> {
    let mut placed = positions.iter().zip(slots).peekable();
    let mut roots = Vec::with_capacity(tree::page_count(count) as usize);
    for page in 0..tree::page_count(count) {
        session.step();
        let len = tree::page_len(count, page) as usize;
        let mut written = if group == 0 {
            alloc::vec![None; len]
        } else {
            book.id
                .slots(page)
                .filter(|slots| slots.len() == len)
                .ok_or(Problem::ReadBackFailed)?
        };
        while let Some((position, slot)) = placed.next_if(|(at, _)| tree::locate(**at).0 == page) {
            if let Some(place) = written.get_mut(usize::from(tree::locate(*position).1)) {
                *place = *slot;
            }
        }
        book.id.write_slots(page, &written);
        roots.push(tree::slots_page_root(&written));
    }
    Ok(roots)
}
