//! Random payments, refunds and amendments against a plain model of what is right.
//!
//! The model knows what each payment comes to, and which position does what to which payment. After all, the
//! day comes to what is left of the payments by its own arithmetic.

use crate::{mock::*, Error};
use counterfoil_primitives::{amendment::Content, Amount, ProductId};
use frame_support::assert_ok;
use proptest::{prelude::*, sample::Index};
use std::collections::{BTreeMap, BTreeSet};

/// What a member does.
#[derive(Clone, Debug)]
enum Act {
    /// The client records a payment.
    Pay(ProductId, Amount),
    /// The client refunds what is on a position, in part or as a whole.
    GiveBack(Index, Amount),
    /// The company proposes to cancel what is on positions.
    Cancel(Vec<Index>),
    /// The company proposes to replace what is on a position by a payment of another amount.
    Replace(Index, ProductId, Amount),
    /// The company proposes to record a payment of another amount.
    Supplement(Amount),
    /// The client records the last payment that was proposed as never recorded.
    PayMissing,
    /// The bank answers the oldest open proposal.
    Answer(bool),
    /// The company withdraws the newest proposal that waits, or writes it off where it is a claim.
    GiveUp,
}

fn act() -> impl Strategy<Value = Act> {
    let product = || prop::sample::select(vec![PRODUCT, OWN_DEBIT, FEE_KEPT]);
    let index = any::<Index>;
    prop_oneof![
        4 => (product(), 1u128..50_000).prop_map(|(product, gross)| Act::Pay(product, gross)),
        4 => (index(), 1u128..20_000).prop_map(|(which, gross)| Act::GiveBack(which, gross)),
        3 => prop::collection::vec(index(), 1..5).prop_map(Act::Cancel),
        2 => (index(), product(), 1u128..50_000)
            .prop_map(|(which, product, gross)| Act::Replace(which, product, gross)),
        2 => (1u128..50_000).prop_map(Act::Supplement),
        1 => Just(Act::PayMissing),
        5 => prop::bool::weighted(0.8).prop_map(Act::Answer),
        1 => Just(Act::GiveUp),
    ]
}

/// A payment: its product, what was paid, and what was given back of it.
#[derive(Clone, Debug)]
struct Paid {
    product: ProductId,
    gross: i128,
    back: i128,
    /// Whether all that was left was cancelled: then nothing is, whatever the fee.
    gone: bool,
}

/// What is on a position.
#[derive(Clone, Debug)]
enum Slot {
    /// The payment of this index.
    Payment(usize),
    /// What gave back of a payment: of which, how much, after how much, whether it cancelled all that was
    /// left, and whether it was put back.
    Back {
        of: usize,
        gross: i128,
        before: i128,
        cancels: bool,
        undone: bool,
    },
    /// What amendments do not undo by themselves: what put something back, or came with a replacement.
    Fixed,
}

/// What a proposal names.
#[derive(Clone, Debug)]
enum Named {
    Cancel(BTreeSet<usize>),
    Replace(usize, ProductId, i128),
    Supplement(u64, i128),
}

#[derive(Default)]
struct Model {
    payments: Vec<Paid>,
    slots: Vec<Slot>,
    open: BTreeMap<u32, Named>,
    /// Proposals that were rejected.
    claims: BTreeSet<u32>,
    /// Sequences that the client recorded though they were proposed as missing.
    own: BTreeSet<u64>,
    next: u64,
}

/// A rate in thousandths of an amount, halves up.
fn rate(gross: i128, thousandths: i128) -> i128 {
    (gross * thousandths + 500) / 1_000
}

impl Paid {
    fn left(&self) -> i128 {
        self.gross - self.back
    }

    /// What it comes to, of gross, debit and credit.
    fn net(&self) -> [i128; 3] {
        if self.gone {
            return [0; 3];
        }
        let (left, fee_base) = match self.product {
            FEE_KEPT => (self.left(), self.gross),
            _ => (self.left(), self.left()),
        };
        let credit = match self.product {
            OWN_DEBIT => rate(fee_base, 900),
            _ => rate(fee_base, 985),
        };
        let debit = match self.product {
            OWN_DEBIT => rate(left, 200),
            _ => left - credit,
        };
        [left, debit, credit]
    }

    /// Whether what is left covers the fee that the bank kept.
    fn covers_fee(&self) -> bool {
        self.product != FEE_KEPT || rate(self.gross, 985) <= self.left()
    }
}

impl Model {
    fn pay(&mut self, product: ProductId, gross: i128) {
        self.slots.push(Slot::Payment(self.payments.len()));
        self.payments.push(Paid {
            product,
            gross,
            back: 0,
            gone: false,
        });
    }

    fn give_back(&mut self, of: usize, gross: i128, cancels: bool) {
        let before = self.payments[of].back;
        self.slots.push(Slot::Back {
            of,
            gross,
            before,
            cancels,
            undone: false,
        });
        self.payments[of].back += gross;
        self.payments[of].gone = cancels;
    }

    /// Cancels what is on a position, if that can be done.
    fn cancel(&mut self, position: usize) {
        match self.slots[position].clone() {
            Slot::Payment(of) => {
                let payment = &self.payments[of];
                let left = payment.left();
                if left > 0 && payment.covers_fee() {
                    self.give_back(of, left, true);
                }
            }
            Slot::Back {
                of,
                gross,
                before,
                cancels,
                undone: false,
            } if self.payments[of].back == before + gross => {
                self.payments[of].back = before;
                if cancels {
                    self.payments[of].gone = false;
                }
                self.slots[position] = Slot::Back {
                    of,
                    gross,
                    before,
                    cancels,
                    undone: true,
                };
                self.slots.push(Slot::Fixed);
            }
            Slot::Back { .. } | Slot::Fixed => {}
        }
    }

    fn replace(&mut self, position: usize, product: ProductId, gross: i128) {
        let Slot::Payment(of) = self.slots[position] else {
            return;
        };
        let wrong = self.payments[of].clone();
        let right = Paid {
            product,
            gross,
            back: wrong.back,
            gone: false,
        };
        let fits = wrong.left() > 0 && wrong.covers_fee();
        if fits && right.left() > 0 && right.covers_fee() {
            self.payments[of].back = wrong.gross;
            self.payments[of].gone = true;
            self.slots.push(Slot::Fixed);
            self.slots.push(Slot::Payment(self.payments.len()));
            self.payments.push(right);
        }
    }

    fn book(&mut self, named: Named) {
        match named {
            Named::Cancel(positions) => {
                for position in positions.into_iter().rev() {
                    self.cancel(position);
                }
            }
            Named::Replace(position, product, gross) => self.replace(position, product, gross),
            Named::Supplement(sequence, gross) => {
                if !self.own.contains(&sequence) {
                    self.pay(PRODUCT, gross);
                }
            }
        }
    }

    /// Whether an open proposal names one of these positions.
    fn is_named(&self, positions: &BTreeSet<usize>) -> bool {
        self.open.values().any(|named| match named {
            Named::Cancel(others) => !others.is_disjoint(positions),
            Named::Replace(other, ..) => positions.contains(other),
            Named::Supplement(..) => false,
        })
    }

    /// The sums over all payments.
    fn net(&self) -> [i128; 3] {
        let mut sums = [0; 3];
        for payment in &self.payments {
            for (sum, part) in sums.iter_mut().zip(payment.net()) {
                *sum += part;
            }
        }
        sums
    }

    /// Whether one more proposal may wait.
    fn has_room(&self) -> bool {
        self.open.len() + self.claims.len() < MAX_PER_MEMBER as usize
    }

    /// Lets the company propose on the chain, and expects what the model expects.
    fn propose(&mut self, content: Content, named: Named, is_named: bool) {
        let proposed = propose(COMPANY, content);
        if !self.has_room() {
            assert_eq!(proposed, error(Error::TooManyProposals));
        } else if is_named {
            assert_eq!(proposed, error(Error::AlreadyNamed));
        } else {
            assert_ok!(proposed);
            self.open
                .insert(Amendments::last_amendment(AGREEMENT), named);
        }
    }

    /// Does something on the chain and in the model.
    fn act(&mut self, act: Act) {
        match act {
            Act::Pay(product, gross) => {
                let request = payment(self.next, product, gross, at(0, 10, 0));
                assert_ok!(record_all(CLIENT, vec![request]));
                self.next += 1;
                self.pay(product, gross as i128);
            }
            Act::GiveBack(which, gross) if !self.slots.is_empty() => {
                let position = which.index(self.slots.len());
                let given = refund(CLIENT, self.next, FIRST, position as u32, gross);
                match self.slots[position] {
                    Slot::Payment(of) if gross as i128 <= self.payments[of].left() => {
                        assert_ok!(given);
                        self.next += 1;
                        self.give_back(of, gross as i128, false);
                    }
                    _ => assert!(given.is_err()),
                }
            }
            Act::Cancel(which) if !self.slots.is_empty() => {
                let count = self.slots.len();
                let positions: BTreeSet<usize> =
                    which.iter().map(|which| which.index(count)).collect();
                let content = cancel(&spans(&positions));
                let is_named = self.is_named(&positions);
                self.propose(content, Named::Cancel(positions), is_named);
            }
            Act::Replace(which, product, gross) if !self.slots.is_empty() => {
                let position = which.index(self.slots.len());
                if matches!(self.slots[position], Slot::Payment(_)) {
                    let mut right = right(position as u32, gross);
                    right.product = product;
                    let is_named = self.is_named(&BTreeSet::from([position]));
                    let named = Named::Replace(position, product, gross as i128);
                    self.propose(replace(vec![right]), named, is_named);
                }
            }
            Act::Supplement(gross) => {
                let content = supplement(vec![missing(self.next, gross)]);
                self.propose(content, Named::Supplement(self.next, gross as i128), false);
                self.next += 1;
            }
            Act::PayMissing => self.pay_missing(),
            Act::Answer(accepts) => self.answer(accepts),
            Act::GiveUp => self.give_up(),
            Act::GiveBack(..) | Act::Cancel(..) | Act::Replace(..) => {}
        }
    }

    fn give_up(&mut self) {
        let newest = self.open.keys().chain(&self.claims).max().copied();
        let Some(number) = newest else {
            return;
        };
        if self.claims.remove(&number) {
            assert_eq!(withdraw(COMPANY, number), error(Error::IsAClaim));
            assert_ok!(write_off(COMPANY, number));
        } else {
            self.open.remove(&number);
            assert_eq!(write_off(COMPANY, number), error(Error::StillOpen));
            assert_ok!(withdraw(COMPANY, number));
        }
    }

    fn pay_missing(&mut self) {
        let missing = self.open.values().rev().find_map(|named| match named {
            Named::Supplement(sequence, gross) if !self.own.contains(sequence) => {
                Some((*sequence, *gross))
            }
            _ => None,
        });
        if let Some((sequence, gross)) = missing {
            let request = payment(sequence, PRODUCT, gross as Amount, at(0, 10, 0));
            assert_ok!(record_all(CLIENT, vec![request]));
            self.own.insert(sequence);
            self.pay(PRODUCT, gross);
        }
    }

    fn answer(&mut self, accepts: bool) {
        let Some((number, named)) = self.open.pop_first() else {
            return;
        };
        assert_ok!(answer(BANK, number, accepts));
        if accepts {
            book_all(number);
            self.book(named);
        } else {
            self.claims.insert(number);
        }
    }
}

/// Spans of these positions that do not touch each other.
fn spans(positions: &BTreeSet<usize>) -> Vec<(u32, u32)> {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for position in positions.iter().map(|position| *position as u32) {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == position => *last = position,
            _ => spans.push((position, position)),
        }
    }
    spans
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn the_day_comes_to_what_is_left_of_its_payments(
        acts in prop::collection::vec(act(), 1..60),
    ) {
        build_and_execute(|| {
            let mut model = Model::default();
            for act in acts {
                model.act(act);
                assert_eq!(net(FIRST), model.net());
                assert_eq!(stored(FIRST).len(), model.slots.len());
            }
            check_state();
        });
    }
}
