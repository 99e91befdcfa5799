//! What a call adds to a day: checked trade by trade, written at the end, and told to the parties.

use crate::{max_gross::max_trades, pages, Config, Days, Event, Pallet, Refusal, Seals};
use alloc::vec::Vec;
use counterfoil_primitives::{
    written::date, AgreementId, AgreementView, BusinessDay, DayTotals, Side, SideTotals, Trade,
};
use frame_support::ensure;

/// What a call adds to a day.
pub(crate) struct DayInCall {
    before: DayTotals,
    after: DayTotals,
    capacity: u32,
    trades: Vec<Trade>,
}

impl DayInCall {
    /// Nothing yet, on top of what the day holds.
    pub(crate) fn load<T: Config>(agreement: AgreementId, day: BusinessDay) -> Self {
        let before = Days::<T>::get(agreement, day);
        // A sealed day never grows, whatever the clock says.
        let capacity = if Seals::<T>::contains_key(agreement, day) {
            before.count()
        } else {
            max_trades::<T>()
        };
        Self {
            before,
            after: before,
            capacity,
            trades: Vec::new(),
        }
    }

    /// Adds a trade, and returns its position.
    pub(crate) fn add(&mut self, trade: Trade) -> Result<u32, Refusal> {
        let position = self.after.count();
        ensure!(position < self.capacity, Refusal::DayFull);
        // No sum overflows: see `max_gross`. Neither amount exceeds gross.
        self.after.add(&trade);
        self.trades.push(trade);
        Ok(position)
    }

    /// Whether the day takes as many trades more.
    pub(crate) const fn has_room(&self, trades: u32) -> bool {
        self.after.count().saturating_add(trades) <= self.capacity
    }

    /// What the call adds.
    pub(crate) fn added_totals(&self) -> DayTotals {
        let mut added = DayTotals::default();
        self.trades.iter().for_each(|trade| added.add(trade));
        added
    }

    /// The first position that the call adds.
    pub(crate) const fn first(&self) -> u32 {
        self.before.count()
    }

    /// The bank's amounts of what the call adds; `None` where it adds nothing.
    pub(crate) fn credits(&self) -> Option<SideTotals> {
        (!self.trades.is_empty()).then(|| self.added(Side::Credit))
    }

    /// What the call adds to a side.
    fn added(&self, side: Side) -> SideTotals {
        self.after.of(side).saturating_sub(self.before.of(side))
    }

    /// Writes what the call adds, and tells the parties. Returns how many pages got full.
    pub(crate) fn store<T: Config>(
        self,
        agreement_id: AgreementId,
        day: BusinessDay,
        agreement: &AgreementView,
    ) -> u32 {
        if self.trades.is_empty() {
            return 0;
        }
        let first = self.first();
        let count = self.after.count().saturating_sub(first);
        let [debit, credit] = Side::BOTH.map(|side| self.added(side));
        let full_pages = pages::append::<T>(agreement_id, day, first, &self.trades);
        Days::<T>::insert(agreement_id, day, self.after);
        let date = date::words(day);
        Pallet::<T>::deposit_event(Event::DebitEntriesIssued {
            company: agreement.company,
            agreement: agreement_id,
            day,
            date: date.clone(),
            first,
            count,
            total: debit.payments,
            refunds_total: debit.refunds,
        });
        Pallet::<T>::deposit_event(Event::CreditEntriesIssued {
            bank: agreement.bank,
            agreement: agreement_id,
            day,
            date,
            first,
            count,
            total: credit.payments,
            refunds_total: credit.refunds,
        });
        full_pages
    }
}
