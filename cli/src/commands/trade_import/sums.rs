//! The sums of trades.

use counterfoil_primitives::{Amount, TradeRequest};

/// The sums of trades.
#[derive(Default)]
pub(super) struct Sums {
    pub(super) count: usize,
    pub(super) gross: Amount,
    pub(super) debit: Amount,
    pub(super) credit: Amount,
}

impl Sums {
    /// Adds a trade.
    pub(super) fn add(&mut self, trade: &TradeRequest) {
        self.count += 1;
        self.gross = self.gross.saturating_add(trade.gross);
        self.debit = self.debit.saturating_add(trade.debit);
        self.credit = self.credit.saturating_add(trade.credit);
    }

    /// Adds the sums of other trades.
    pub(super) fn join(&mut self, other: &Self) {
        self.count += other.count;
        self.gross = self.gross.saturating_add(other.gross);
        self.debit = self.debit.saturating_add(other.debit);
        self.credit = self.credit.saturating_add(other.credit);
    }
}
