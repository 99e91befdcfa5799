//! Random payments, refunds and amendments on two days and on forks, against a plain model of what is right.
//!
//! The model has its own arithmetic (`amounts`): some forty lines, which share no code with the chain. It
//! knows which place does what to which payment (`places`), and whether the chain takes what members send
//! (`taken`). That has the model's amounts, which the chain compares with its own. After whatever is sent,
//! the trades and sums of both days and what is left of each payment are those of the model (`compared`).

mod amounts;
mod compared;
mod drawn;
mod formed;
mod places;
mod sent;
mod taken;

use crate::mock::*;
use counterfoil_primitives::{RefundFee, Sequence};
use drawn::{products, step, Act, Products, Stated, Step};
use frame_support::storage::{with_transaction_unchecked, TransactionOutcome};
use places::{Does, Paid, Places};
use proptest::{prelude::*, sample::Index};
use sent::{product, Named, Proposed, Sent};
use std::collections::{BTreeMap, BTreeSet};

/// How far a payment is that was proposed as never recorded.
#[derive(Clone, Copy, Debug, PartialEq)]
enum Missing {
    Proposed,
    /// Its client recorded it after all.
    Recorded,
    /// The amendment booked it.
    Booked,
}

#[derive(Clone, Debug)]
struct Model {
    products: Products,
    places: Places,
    /// Sequences of the client.
    used: BTreeSet<Sequence>,
    missing: BTreeMap<Sequence, (Stated, Missing)>,
    open: BTreeMap<u32, Proposed>,
    /// Proposals that were rejected.
    claims: BTreeSet<u32>,
    /// The number of the last proposal.
    last: u32,
    /// The sequence of what is formed next. No fork takes it back, as no client does.
    next: Sequence,
}

impl Model {
    fn new(products: Products) -> Self {
        for (index, [first, second]) in products.iter().enumerate() {
            let versions = vec![(day(0), *first), (day(1), *second)];
            Registry::add_product(RuntimeOrigin::root(), AGREEMENT, product(index), versions)
                .expect("its terms are valid");
        }
        Self {
            products,
            places: Places::default(),
            used: BTreeSet::new(),
            missing: BTreeMap::new(),
            open: BTreeMap::new(),
            claims: BTreeSet::new(),
            last: 0,
            next: 0,
        }
    }

    fn paid(&self, stated: Stated) -> Paid {
        Paid::new(&self.products, stated)
    }

    /// Sends it to the chain, which takes it or not as the model does.
    fn send(&mut self, sent: &Sent) {
        let is_taken = sent.send(&self.products).is_ok();
        assert_eq!(is_taken, self.takes(sent), "{sent:?}");
        if is_taken {
            self.take(sent);
        }
        compared::assert_as(&self.places);
    }

    /// Does something. Returns what was sent.
    fn act(&mut self, act: Act) -> Option<Sent> {
        let sent = self.form(act)?;
        self.next += 1;
        self.send(&sent);
        Some(sent)
    }

    fn step(&mut self, step: Step) {
        match step {
            Step::Act(act) => {
                self.act(act);
            }
            Step::Fork(lost, order) => self.fork(lost, order),
            Step::NextDay => {
                self.places.today = 1;
                set_time(at(1, 12, 0));
            }
        }
    }

    /// What is done on a branch that loses is as if it had not been. What was sent there may come again.
    fn fork(&mut self, lost: Vec<Act>, order: Vec<Index>) {
        let mut branch = self.clone();
        let mut sent: Vec<Sent> = rolled_back(|| {
            let acts = lost.into_iter();
            acts.filter_map(|act| branch.act(act)).collect()
        });
        self.next = branch.next;
        compared::assert_as(&self.places);
        for which in order {
            if !sent.is_empty() {
                let again = sent.swap_remove(which.index(sent.len()));
                self.send(&again);
            }
        }
    }

    /// Refunds all that is left of each payment.
    fn give_all_back(&mut self) {
        for place in self.places.all() {
            let Does::Pay(of) = self.places.days[place.0][place.1].does else {
                continue;
            };
            let left = self.places.payments[of].left();
            if left > 0 {
                let refund = self.refund(place, left);
                self.next += 1;
                self.send(&Sent::GiveBack(refund));
            }
            let payment = self.places.payments[of];
            if payment.terms.refund_fee == RefundFee::Returned {
                assert_eq!(payment.net(), [0; 3]);
            } else if !payment.gone {
                let paid = Paid { back: 0, ..payment };
                let [_, _, kept] = paid.net();
                let [gross, _, credit] = payment.net();
                assert_eq!((gross, credit), (0, kept));
            }
        }
    }

    /// Cancels all trades, the last one first.
    fn cancel_all(&mut self) {
        while let Some(given_up) = self.form(Act::GiveUp) {
            self.send(&given_up);
        }
        for of in [1, 0] {
            let all: BTreeSet<usize> = (0..self.places.days[of].len()).collect();
            if !all.is_empty() {
                let proposal = self.propose(Named::Cancel(of, all));
                self.send(&proposal.expect("all are there"));
                let answer = self.answer(true);
                self.send(&answer.expect("it is open"));
            }
        }
    }
}

/// Does something on the chain, and takes it back.
fn rolled_back<R>(change: impl FnOnce() -> R) -> R {
    with_transaction_unchecked(|| TransactionOutcome::Rollback(change()))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn days_come_to_what_is_left_of_their_payments_on_any_fork(
        products in products(),
        steps in prop::collection::vec(step(), 1..50),
    ) {
        build_and_execute(|| {
            let mut model = Model::new(products);
            for step in steps {
                model.step(step);
            }
        });
    }

    #[test]
    fn refunds_and_cancellations_come_to_their_payments_on_either_side(
        products in products(),
        steps in prop::collection::vec(step(), 1..40),
    ) {
        build_and_execute(|| {
            let mut model = Model::new(products);
            for step in steps {
                model.step(step);
            }
            rolled_back(|| model.clone().give_all_back());
            model.cancel_all();
            let payments = &model.places.payments;
            assert!(payments.iter().all(|payment| payment.net() == [0; 3]));
            let [first, second] = [0, 1].map(|of| net(day(of)));
            assert_eq!(first, second.map(|sum| -sum));
        });
    }
}
