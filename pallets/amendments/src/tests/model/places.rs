//! What is on the places of both days, and what that does to which payment.

use super::{
    amounts::{left, Sums},
    drawn::{Products, Stated},
};
use crate::mock::CLIENT;
use counterfoil_primitives::{
    amendment::AMENDMENTS, DayTotals, Kind, KindTotals, Sequence, Terms, TradeId,
};

/// A day, by index, and a position on it.
pub type Place = (usize, usize);

/// A payment: by which terms, what was paid, and what was given back of it.
#[derive(Clone, Copy, Debug)]
pub struct Paid {
    pub product: usize,
    pub terms: Terms,
    pub gross: i128,
    pub back: i128,
    /// Whether all that was left was cancelled: then nothing is, whatever the fee.
    pub gone: bool,
}

impl Paid {
    /// By the terms of the day on which it occurred.
    pub fn new(products: &Products, stated: Stated) -> Self {
        Self {
            product: stated.product,
            terms: products[stated.product][stated.day],
            gross: stated.gross,
            back: 0,
            gone: false,
        }
    }

    pub const fn left(&self) -> i128 {
        self.gross - self.back
    }

    /// What it comes to.
    pub fn net(&self) -> Sums {
        if self.gone {
            return [0; 3];
        }
        left(&self.terms, self.gross, self.back)
    }

    /// The amounts of a refund of `gross`.
    pub fn refund(&self, gross: i128) -> Sums {
        let back = (self.back + gross).min(self.gross);
        let after = Self { back, ..*self }.net();
        let before = self.net();
        core::array::from_fn(|index| before[index] - after[index])
    }

    /// Whether something is left that covers the fee that the bank kept.
    fn can_be_cancelled(&self) -> bool {
        let [left, _, credit] = self.net();
        left > 0 && credit <= left
    }
}

/// What a trade does.
#[derive(Clone, Copy, Debug)]
pub enum Does {
    /// It is the payment of this index.
    Pay(usize),
    /// It gave back of a payment, of which `before` was given back by then.
    GiveBack {
        of: usize,
        before: i128,
        /// Whether it was put back.
        undone: bool,
    },
    /// What amendments do not undo by themselves: it put something back, or came with a replacement.
    Fixed,
}

/// A trade.
#[derive(Clone, Copy, Debug)]
pub struct Slot {
    pub id: TradeId,
    pub kind: Kind,
    pub amounts: Sums,
    pub does: Does,
}

#[derive(Clone, Debug, Default)]
pub struct Places {
    pub payments: Vec<Paid>,
    pub days: [Vec<Slot>; 2],
    pub today: usize,
    /// How many trades amendments booked.
    amended: Sequence,
}

/// The id of a client's trade.
pub const fn own(sequence: Sequence) -> TradeId {
    TradeId {
        client: CLIENT,
        sequence,
    }
}

impl Places {
    pub fn slot(&self, (day, position): Place) -> Option<&Slot> {
        self.days[day].get(position)
    }

    /// All places, those of the first day first.
    pub fn all(&self) -> Vec<Place> {
        let of_day = |day: usize| (0..self.days[day].len()).map(move |position| (day, position));
        of_day(0).chain(of_day(1)).collect()
    }

    fn put(&mut self, id: TradeId, kind: Kind, amounts: Sums, does: Does) {
        self.days[self.today].push(Slot {
            id,
            kind,
            amounts,
            does,
        });
    }

    fn next_of_amendment(&mut self) -> TradeId {
        self.amended += 1;
        TradeId {
            client: AMENDMENTS,
            sequence: self.amended,
        }
    }

    /// A payment by the client, or by an amendment.
    pub fn pay(&mut self, own: Option<TradeId>, payment: Paid) {
        let id = own.unwrap_or_else(|| self.next_of_amendment());
        let does = Does::Pay(self.payments.len());
        self.put(id, Kind::Payment, payment.net(), does);
        self.payments.push(payment);
    }

    /// A refund by the client.
    pub fn refund(&mut self, id: TradeId, of: usize, gross: i128) {
        let payment = self.payments[of];
        self.give_back(id, of, payment.refund(gross), false);
    }

    fn give_back(&mut self, id: TradeId, of: usize, amounts: Sums, cancels: bool) {
        let does = Does::GiveBack {
            of,
            before: self.payments[of].back,
            undone: false,
        };
        self.put(id, Kind::Refund, amounts, does);
        self.payments[of].back += amounts[0];
        self.payments[of].gone = cancels;
    }

    /// An amendment cancels what is on a place, if that can be done.
    pub fn cancel(&mut self, (day, position): Place) {
        let slot = self.days[day][position];
        match slot.does {
            Does::Pay(of) if self.payments[of].can_be_cancelled() => {
                let id = self.next_of_amendment();
                self.give_back(id, of, self.payments[of].net(), true);
            }
            Does::GiveBack {
                of,
                before,
                undone: false,
            } if self.payments[of].back == before + slot.amounts[0] => {
                self.payments[of].back = before;
                self.payments[of].gone = false;
                self.days[day][position].does = Does::GiveBack {
                    of,
                    before,
                    undone: true,
                };
                let id = self.next_of_amendment();
                self.put(id, Kind::Payment, slot.amounts, Does::Fixed);
            }
            Does::Pay(_) | Does::GiveBack { .. } | Does::Fixed => {}
        }
    }

    /// An amendment replaces the payment on a place by what is right, if that can be done.
    pub fn replace(&mut self, (day, position): Place, right: Paid) {
        let Does::Pay(of) = self.days[day][position].does else {
            return;
        };
        let wrong = self.payments[of];
        let right = Paid {
            back: wrong.back,
            ..right
        };
        if wrong.can_be_cancelled() && right.can_be_cancelled() {
            let id = self.next_of_amendment();
            self.put(id, Kind::Refund, wrong.net(), Does::Fixed);
            self.payments[of].back = wrong.gross;
            self.payments[of].gone = true;
            self.pay(None, right);
        }
    }
}

/// The sums of trades, by kind.
pub fn totals<'a>(slots: impl IntoIterator<Item = &'a Slot>) -> DayTotals {
    let mut totals = DayTotals::default();
    for slot in slots {
        match slot.kind {
            Kind::Payment => count(&mut totals.payments, slot.amounts),
            Kind::Refund => count(&mut totals.refunds, slot.amounts),
        }
    }
    totals
}

pub fn count(totals: &mut KindTotals, [gross, debit, credit]: Sums) {
    totals.count += 1;
    totals.gross += gross as u128;
    totals.debit += debit as u128;
    totals.credit += credit as u128;
}
