//! Which line of a ledger fits which position of the chain, for ledgers longer than memory.
//!
//! Chain and ledger are read in order, as often as needed, and never held. What is held is a few
//! bytes for each position and each line, whatever they say: neither equal references nor equal
//! payments make it more.

mod fits;
mod index;
mod key;
mod originals;

pub use fits::{Fit, OfOriginal};

use crate::{align::needs_no_line, refund::RefundedPayment, Entry, Kind, LedgerEntry, TradeId};
use alloc::vec::Vec;
use index::Index;
use key::Key;

/// The chain's entries of a side of a day, and the lines of a ledger.
pub trait Readings {
    /// Why they could not be read on.
    type Error;

    /// The chain's entries, by position.
    fn chain(&mut self) -> impl Iterator<Item = Result<Entry, Self::Error>>;

    /// The payments of the day's refunds, ascending by the positions of the refunds.
    fn refunded(&mut self) -> impl Iterator<Item = Result<RefundedPayment, Self::Error>>;

    /// The lines, in the ledger's order.
    fn ledger(&mut self) -> impl Iterator<Item = Result<LedgerEntry, Self::Error>>;
}

/// A line fits a trade of its kind by the first of these that finds a free one:
///
/// 1. the trade's id;
/// 2. all but the id;
/// 3. for a refund: the id, else the reference, of its payment, and all else;
/// 4. for a refund: the id of its payment;
/// 5. the trade's reference;
/// 6. for a refund: the reference of its payment.
///
/// What agrees in all else comes before what shares a name alone: a refund's own reference may be that
/// of another refund's payment. What is left over is tried across kinds: by id, by all else, by
/// reference; then a line of a payment by what it has of a refund's payment.
///
/// Each of these goes through all lines before the next one begins. Of several lines for one trade the
/// first in the ledger takes it. Of several trades for one line the line takes the first on chain that
/// needs a line; if all of these are taken, the first that [needs no line](needs_no_line).
///
/// A line that names a trade of the day by its id is that trade or that trade again, never
/// another one by reference. A line of a refund that has the id of its payment names the refund.
pub fn fit<R: Readings>(
    readings: &mut R,
    positions: u32,
    lines: u32,
) -> Result<Vec<Fit>, R::Error> {
    let mut fitting = Fitting {
        readings,
        fits: alloc::vec![Fit::Nothing; lines as usize],
        held: alloc::vec![false; lines as usize],
        taken: alloc::vec![false; positions as usize],
        needless: Vec::new(),
        refunds: 0,
        has_refund_lines: false,
    };
    fitting.by_id()?;
    fitting.by(key::of_content)?;
    fitting.by_originals()?;
    fitting.by(key::of_reference_in_kind)?;
    fitting.by_references_of_originals()?;
    fitting.by_id_across_kinds()?;
    fitting.by(key::of_content_of_any_kind)?;
    fitting.by(|entry| entry.reference.0)?;
    fitting.by_originals_across_kinds()?;
    fitting.mark_originals()?;
    Ok(fitting.fits)
}

/// A ledger that is being fitted.
struct Fitting<'a, R> {
    readings: &'a mut R,
    /// By line.
    fits: Vec<Fit>,
    /// By line: whether it fits no other trade, since it names one of the other kind or repeats one.
    held: Vec<bool>,
    /// By position.
    taken: Vec<bool>,
    /// By position: whether it needs no line.
    needless: Vec<bool>,
    /// Positions of refunds.
    refunds: usize,
    /// Whether a line is of a refund.
    has_refund_lines: bool,
}

impl<R: Readings> Fitting<'_, R> {
    fn by_id(&mut self) -> Result<(), R::Error> {
        let mut refunds = 0;
        let mut needless = Vec::with_capacity(self.taken.len());
        let rows = self.rows(|entry| {
            refunds += usize::from(entry.kind == Kind::Refund);
            needless.push(needs_no_line(entry));
            key::of_id_in_kind(&entry.id, entry.kind)
        })?;
        let mut index = Index::new(rows, &needless);
        self.refunds = refunds;
        self.needless = needless;
        let lines = self.fits.iter_mut().zip(&mut self.held);
        for ((fit, held), line) in lines.zip(self.readings.ledger()) {
            let line = line?;
            self.has_refund_lines |= line.kind == Kind::Refund;
            if let Some(id) = line.id {
                let key = key::of_id_in_kind(&id, line.kind);
                *fit = match index.take(&key, &mut self.taken) {
                    Fit::Like(_) => Fit::NamedAgain,
                    found => found,
                };
                let other = key::of_id_in_kind(&id, line.kind.other());
                *held = *fit == Fit::Nothing && index.has(&other);
            }
        }
        drop(index);
        self.release_refunds()
    }

    /// Fits open lines by a key that they share with the chain's entries.
    fn by(&mut self, of: impl Fn(&Entry) -> Key) -> Result<(), R::Error> {
        if !self.has_open() {
            return Ok(());
        }
        let index = self.index(&of)?;
        let of_line = |line: &LedgerEntry| Some(of(&line.into_entry(TradeId::default())));
        self.take(index, of_line)
    }

    /// Fits the lines that name a trade of the other kind.
    fn by_id_across_kinds(&mut self) -> Result<(), R::Error> {
        if !self.fits.iter().any(Fit::is_open) {
            return Ok(());
        }
        let mut index = self.index(|entry| key::of_id_in_kind(&entry.id, entry.kind))?;
        let lines = self.fits.iter_mut().zip(&mut self.held);
        for ((fit, held), line) in lines.zip(self.readings.ledger()) {
            let line = line?;
            let Some(id) = line.id.filter(|_| fit.is_open()) else {
                continue;
            };
            let key = key::of_id_in_kind(&id, line.kind.other());
            let found = index.take(&key, &mut self.taken);
            *held = found != Fit::Nothing;
            *fit = match (found, *fit) {
                (Fit::At(position), _) => Fit::At(position),
                (Fit::Like(_), Fit::Nothing) => Fit::NamedAgain,
                (_, fit) => fit,
            };
        }
        Ok(())
    }

    /// Whether a line is left that may fit any trade.
    fn has_open(&self) -> bool {
        let mut lines = self.fits.iter().zip(&self.held);
        lines.any(|(fit, held)| fit.is_open() && !held)
    }

    /// Fits open lines by a key of theirs; lines without one stay as they are.
    fn take(
        &mut self,
        mut index: Index,
        of_line: impl Fn(&LedgerEntry) -> Option<Key>,
    ) -> Result<(), R::Error> {
        let lines = self.fits.iter_mut().zip(&self.held);
        for ((fit, held), line) in lines.zip(self.readings.ledger()) {
            let line = line?;
            if *held || !fit.is_open() {
                continue;
            }
            let Some(key) = of_line(&line) else {
                continue;
            };
            *fit = match (index.take(&key, &mut self.taken), *fit) {
                (Fit::At(position), _) => Fit::At(position),
                // What it equals says more of an extra than what shares its reference.
                (_, Fit::Like(position)) => Fit::Like(position),
                (found, _) => found,
            };
        }
        Ok(())
    }

    /// The positions by a key of their entries.
    fn index(&mut self, of: impl FnMut(&Entry) -> Key) -> Result<Index, R::Error> {
        Ok(Index::new(self.rows(of)?, &self.needless))
    }

    /// A key of each entry, and its position.
    fn rows(&mut self, mut of: impl FnMut(&Entry) -> Key) -> Result<Vec<(Key, u32)>, R::Error> {
        let positions = self.taken.len();
        let mut rows = Vec::with_capacity(positions);
        for (position, entry) in (0..positions as u32).zip(self.readings.chain()) {
            rows.push((of(&entry?), position));
        }
        Ok(rows)
    }
}
