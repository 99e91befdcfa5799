//! Lines that name the payment of a refund instead of the refund.

use super::{index::Index, key, Fit, Fitting, Key, OfOriginal, Readings};
use crate::{refund::RefundedPayment, Kind, LedgerEntry, TradeId};
use alloc::vec::Vec;

/// By what a line names a payment.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Name {
    Id,
    Reference,
}

impl Name {
    fn of_original(self, original: &RefundedPayment) -> Key {
        match self {
            Self::Id => key::of_id(&original.id),
            Self::Reference => original.reference.0,
        }
    }

    fn of_line(self, line: &LedgerEntry) -> Option<Key> {
        match self {
            Self::Id => line.id.as_ref().map(key::of_id),
            Self::Reference => Some(line.reference.0),
        }
    }
}

impl<R: Readings> Fitting<'_, R> {
    /// Fits open lines of refunds by the payments: what also agrees in user, product, amount and time
    /// goes first, so that refunds of one payment are told apart. Then by the payments' ids: an id names
    /// one payment, and a reference may be shared.
    pub(super) fn by_originals(&mut self) -> Result<(), R::Error> {
        if !self.has_refunds() || !self.has_open() {
            return Ok(());
        }
        let rests = self.rests_of_refunds()?;
        self.by_original(Kind::Refund, Name::Id, Some(&rests))?;
        self.by_original(Kind::Refund, Name::Reference, Some(&rests))?;
        drop(rests);
        self.by_original(Kind::Refund, Name::Id, None)
    }

    /// Fits open lines of refunds by the payments' references.
    pub(super) fn by_references_of_originals(&mut self) -> Result<(), R::Error> {
        if !self.has_refunds() || !self.has_open() {
            return Ok(());
        }
        self.by_original(Kind::Refund, Name::Reference, None)
    }

    /// Fits lines of payments that are left over to refunds, by the payments of these: a book without kinds
    /// has a refund under the names of its payment. A line equal to a payment of the day repeats that, unless
    /// it is equal to the refund as well.
    pub(super) fn by_originals_across_kinds(&mut self) -> Result<(), R::Error> {
        let has_extras = self.fits.iter().any(|fit| fit.position().is_none());
        let is_full = self.taken.iter().all(|taken| *taken);
        if self.refunds == 0 || is_full || !has_extras {
            return Ok(());
        }
        let rests = self.rests_of_refunds()?;
        self.by_original(Kind::Payment, Name::Reference, Some(&rests))?;
        self.by_original(Kind::Payment, Name::Id, Some(&rests))?;
        drop(rests);
        self.hold_repeats()?;
        self.by_original(Kind::Payment, Name::Id, None)?;
        self.by_original(Kind::Payment, Name::Reference, None)
    }

    /// Lets the lines of refunds go that name the payment of a refund of the day.
    pub(super) fn release_refunds(&mut self) -> Result<(), R::Error> {
        if !self.has_refunds() || !self.held.contains(&true) {
            return Ok(());
        }
        let rows = self.originals(|original| Some(key::of_id(&original.id)))?;
        let originals = Index::new(rows, &self.needless);
        for (held, line) in self.held.iter_mut().zip(self.readings.ledger()) {
            let line = line?;
            let of_refund = |id: TradeId| originals.has(&key::of_id(&id));
            if line.kind == Kind::Refund && line.id.is_some_and(of_refund) {
                *held = false;
            }
        }
        Ok(())
    }

    /// Marks what the lines of refunds have of the payments.
    pub(super) fn mark_originals(&mut self) -> Result<(), R::Error> {
        if self.refunds == 0 {
            return Ok(());
        }
        self.mark(Name::Id, |original| original.id = true)?;
        self.mark(Name::Reference, |original| original.reference = true)
    }

    fn mark(&mut self, name: Name, mark: impl Fn(&mut OfOriginal)) -> Result<(), R::Error> {
        let originals = self.originals(|original| Some(name.of_original(original)))?;
        for (fit, line) in self.fits.iter_mut().zip(self.readings.ledger()) {
            let line = line?;
            // A payment that is only like a refund is none.
            let position = match line.kind {
                Kind::Refund => fit.trade(),
                Kind::Payment => fit.position(),
            };
            let Some(position) = position else {
                continue;
            };
            let original = originals.binary_search_by_key(&position, |(_, at)| *at);
            if original.is_ok_and(|at| Some(originals[at].0) == name.of_line(&line)) {
                *fit = fit.by_original(&mark);
            }
        }
        Ok(())
    }

    /// Whether both the chain and the ledger have refunds.
    const fn has_refunds(&self) -> bool {
        self.refunds > 0 && self.has_refund_lines
    }

    /// Fits lines of `kind` by a name of the payments; where `rests` are given, by what else the refunds
    /// are too.
    fn by_original(
        &mut self,
        kind: Kind,
        name: Name,
        rests: Option<&[(Key, u32)]>,
    ) -> Result<(), R::Error> {
        let originals = self.originals(|original| {
            let named = name.of_original(original);
            let Some(rests) = rests else {
                return Some(named);
            };
            let at = rests.binary_search_by_key(&original.position, |(_, at)| *at);
            Some(key::join(&rests[at.ok()?].0, &named))
        })?;
        let of_line = |line: &LedgerEntry| {
            let named = name.of_line(line).filter(|_| line.kind == kind)?;
            let rest = || key::of_rest(&line.into_entry(TradeId::default()));
            Some(rests.map_or(named, |_| key::join(&rest(), &named)))
        };
        let index = Index::new(originals, &self.needless);
        match kind {
            Kind::Refund => self.take(index, of_line),
            Kind::Payment => self.take_refunds(index, name, of_line),
        }
    }

    /// Lets lines of payments take free refunds. A line that finds none stays what it is: an extra like a
    /// payment. One that names its trade again may have named it for the refund's payment.
    fn take_refunds(
        &mut self,
        mut index: Index,
        name: Name,
        of_line: impl Fn(&LedgerEntry) -> Option<Key>,
    ) -> Result<(), R::Error> {
        let lines = self.fits.iter_mut().zip(&self.held);
        for ((fit, held), line) in lines.zip(self.readings.ledger()) {
            let line = line?;
            let names_again = name == Name::Id && *fit == Fit::NamedAgain;
            if *held || !(fit.is_open() || names_again) {
                continue;
            }
            let found = of_line(&line).map(|key| index.take(&key, &mut self.taken));
            if let Some(Fit::At(position)) = found {
                *fit = Fit::At(position);
            }
        }
        Ok(())
    }

    /// Holds lines that are equal to a trade of the day.
    fn hold_repeats(&mut self) -> Result<(), R::Error> {
        let trades = self.index(key::of_content)?;
        for (held, line) in self.held.iter_mut().zip(self.readings.ledger()) {
            let content = key::of_content(&line?.into_entry(TradeId::default()));
            *held |= trades.has(&content);
        }
        Ok(())
    }

    /// A key of the payment of each refund, and the refund's position, ascending by that.
    fn originals(
        &mut self,
        of: impl Fn(&RefundedPayment) -> Option<Key>,
    ) -> Result<Vec<(Key, u32)>, R::Error> {
        let positions = self.taken.len() as u32;
        let mut rows = Vec::with_capacity(self.refunds);
        for original in self.readings.refunded() {
            let original = original?;
            let key = of(&original).filter(|_| original.position < positions);
            rows.extend(key.map(|key| (key, original.position)));
        }
        Ok(rows)
    }

    /// For each refund, by position: the key of what neither names it nor its payment.
    fn rests_of_refunds(&mut self) -> Result<Vec<(Key, u32)>, R::Error> {
        let mut rests = Vec::with_capacity(self.refunds);
        for (position, entry) in (0..self.taken.len() as u32).zip(self.readings.chain()) {
            let entry = entry?;
            if entry.kind == Kind::Refund {
                rests.push((key::of_rest(&entry), position));
            }
        }
        Ok(rests)
    }
}
