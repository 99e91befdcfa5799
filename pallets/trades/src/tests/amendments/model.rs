//! Random refunds, cancellations and replacements against a simple model of what stands. Whatever happens,
//! the day comes to what is left of its payments, and of a payment and its replacements one stands.

use super::{refunding::refund, *};
use crate::Days;
use counterfoil_primitives::{ports::Directory, ProductId};
use proptest::{prelude::*, sample::Index};
use std::collections::BTreeMap;

/// What stands on a position.
#[derive(Clone, Copy)]
enum Slot {
    /// A payment, and the position of the first one that it states right.
    Payment {
        product: ProductId,
        paid: Amount,
        refunded: Amount,
        root: u32,
    },
    /// A refund or a cancellation of the payment on a position.
    Taken {
        of: u32,
        before: Amount,
        gross: Amount,
        is_put_back: bool,
        made_room: bool,
    },
    /// What puts such a one back.
    PutBack,
}

/// What happens.
#[derive(Clone, Debug)]
enum Step {
    /// A part of the payment on a position is given back.
    Refund(Index, Amount),
    /// What is on a position is cancelled.
    Cancel(Index),
    /// The payment on a position is stated right.
    Replace(Index, ProductId, Amount),
}

fn product() -> impl Strategy<Value = ProductId> {
    prop::sample::select(vec![PRODUCT, OWN_DEBIT])
}

fn step() -> impl Strategy<Value = Step> {
    prop_oneof![
        3 => (any::<Index>(), any::<Amount>()).prop_map(|(at, draw)| Step::Refund(at, draw)),
        4 => any::<Index>().prop_map(Step::Cancel),
        2 => (any::<Index>(), product(), 1u128..20_000)
            .prop_map(|(at, product, gross)| Step::Replace(at, product, gross)),
    ]
}

/// What ought to stand on each position.
#[derive(Default)]
struct Model(Vec<Slot>);

impl Model {
    /// What is left of the payment on a position; `None` where none is there.
    fn left(&self, position: u32) -> Option<Amount> {
        match self.0[position as usize] {
            Slot::Payment { paid, refunded, .. } => Some(paid - refunded),
            Slot::Taken { .. } | Slot::PutBack => None,
        }
    }

    fn set_refunded(&mut self, position: u32, amount: Amount) {
        match &mut self.0[position as usize] {
            Slot::Payment { refunded, .. } => *refunded = amount,
            Slot::Taken { .. } | Slot::PutBack => panic!("no payment"),
        }
    }

    fn refunded(&self, position: u32) -> Amount {
        match self.0[position as usize] {
            Slot::Payment { refunded, .. } => refunded,
            Slot::Taken { .. } | Slot::PutBack => panic!("no payment"),
        }
    }

    fn take(&mut self, of: u32, gross: Amount, made_room: bool) {
        let before = self.refunded(of);
        self.set_refunded(of, before + gross);
        self.0.push(Slot::Taken {
            of,
            before,
            gross,
            is_put_back: false,
            made_room,
        });
    }

    fn cancel(&mut self, position: u32) -> Result<(), FallenOut> {
        match self.0[position as usize] {
            Slot::Payment { paid, refunded, .. } if paid == refunded => Err(FallenOut::NothingLeft),
            Slot::Payment { paid, refunded, .. } => {
                self.take(position, paid - refunded, false);
                Ok(())
            }
            Slot::PutBack => Err(FallenOut::UndoesAnother),
            Slot::Taken {
                is_put_back: true, ..
            } => Err(FallenOut::NothingLeft),
            Slot::Taken {
                made_room: true, ..
            } => Err(FallenOut::Replaced),
            Slot::Taken {
                of, before, gross, ..
            } if self.refunded(of) != before + gross => Err(FallenOut::NotLatest),
            Slot::Taken { of, before, .. } => {
                self.set_refunded(of, before);
                if let Slot::Taken { is_put_back, .. } = &mut self.0[position as usize] {
                    *is_put_back = true;
                }
                self.0.push(Slot::PutBack);
                Ok(())
            }
        }
    }

    fn replace(
        &mut self,
        position: u32,
        product: ProductId,
        gross: Amount,
    ) -> Result<(), FallenOut> {
        let Slot::Payment {
            paid,
            refunded,
            root,
            ..
        } = self.0[position as usize]
        else {
            return Err(FallenOut::NotAPayment);
        };
        if paid == refunded {
            return Err(FallenOut::NothingLeft);
        }
        if gross <= refunded {
            return Err(FallenOut::GivenBack);
        }
        self.take(position, paid - refunded, true);
        self.0.push(Slot::Payment {
            product,
            paid: gross,
            refunded,
            root,
        });
        Ok(())
    }
}

/// Takes a step on chain and in the model, which agree on what comes of it.
fn go(model: &mut Model, step: Step, sequence: u64) {
    let at = |index: Index, model: &Model| index.index(model.0.len()) as u32;
    match step {
        Step::Refund(index, draw) => {
            let position = at(index, model);
            let left = model.left(position).unwrap_or(0);
            if left > 0 {
                let gross = 1 + draw % left;
                assert_eq!(refund_outcome(refund(sequence, position, gross)), Ok(()));
                model.take(position, gross, false);
            }
        }
        Step::Cancel(index) => {
            let position = at(index, model);
            assert_eq!(book(&[cancel(position)]), [model.cancel(position)]);
        }
        Step::Replace(index, product, gross) => {
            let position = at(index, model);
            let correction = Correction {
                product,
                gross,
                ..right(position)
            };
            let expected = model.replace(position, product, gross);
            assert_eq!(book(&[replace(correction)]), [expected]);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn a_day_comes_to_what_is_left_of_its_payments(
        payments in prop::collection::vec((product(), 1u128..20_000), 1..6),
        steps in prop::collection::vec(step(), 0..50),
    ) {
        build_and_execute(|| {
            let mut model = Model::default();
            for (position, (product, paid)) in (0u32..).zip(payments) {
                record(vec![priced(position.into(), product, paid, at(0, 10, 0))]);
                let (refunded, root) = (0, position);
                model.0.push(Slot::Payment { product, paid, refunded, root });
            }
            for (sequence, step) in (100..).zip(steps) {
                go(&mut model, step, sequence);
                Trades::do_try_state().unwrap();
            }
            let (mut debit, mut credit) = (0, 0);
            let mut standing = BTreeMap::<u32, u32>::new();
            for (position, slot) in (0u32..).zip(&model.0) {
                let Slot::Payment { product, paid, refunded, root } = *slot else { continue };
                assert_eq!(Trades::found(AGREEMENT, FIRST, position).unwrap().refunded, refunded);
                let left = Registry::terms(AGREEMENT, product)[0].amounts(paid - refunded);
                debit += left.debit;
                credit += left.credit;
                *standing.entry(root).or_default() += u32::from(paid > refunded);
            }
            let totals = Days::<Test>::get(AGREEMENT, FIRST);
            assert_eq!(totals.count() as usize, model.0.len());
            assert_eq!(totals.payments.debit, totals.refunds.debit + debit);
            assert_eq!(totals.payments.credit, totals.refunds.credit + credit);
            assert!(standing.values().all(|count| *count <= 1));
        });
    }
}
