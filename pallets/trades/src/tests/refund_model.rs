//! Random refunds against a simple model: what is left of each payment. At the end, all that is left
//! is given back, and either side's refunds come to what its payment says.

use crate::{mock::*, Refusal};
use counterfoil_primitives::{ports::DayTrades, Amount, Kind, ProductId, Trade};
use proptest::{prelude::*, sample::Index};

/// A payment: its product, and what the user paid.
fn payment() -> impl Strategy<Value = (ProductId, Amount)> {
    let product = prop::sample::select(vec![PRODUCT, OWN_DEBIT, FEE_KEPT]);
    (product, 1u128..100_000)
}

/// A refund: of which payment, how much, and whether it is formed before another one.
fn attempt() -> impl Strategy<Value = (Index, Amount, bool)> {
    let gross = prop_oneof![4 => 0u128..20_000, 1 => 0u128..120_000];
    (any::<Index>(), gross, prop::bool::weighted(0.2))
}

/// The sums of gross, debit and credit of the refunds of the payment on a position.
fn given_back(position: u32) -> (Amount, Amount, Amount) {
    let is_of = |at: &u32| {
        Trades::link(AGREEMENT, FIRST, *at).is_some_and(|link| link.original.position == position)
    };
    let trades: Vec<Trade> = stored(FIRST);
    let refunds = (0u32..).zip(&trades).filter(|(at, _)| is_of(at));
    refunds.fold((0, 0, 0), |(gross, debit, credit), (_, refund)| {
        assert_eq!(refund.kind, Kind::Refund);
        (
            gross + refund.gross,
            debit + refund.debit,
            credit + refund.credit,
        )
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn refunds_come_to_their_payment(
        payments in prop::collection::vec(payment(), 1..8),
        attempts in prop::collection::vec(attempt(), 0..60),
    ) {
        build_and_execute(|| {
            let at_ten = |(sequence, (product, gross)): (u64, &(ProductId, Amount))| {
                priced(sequence, *product, *gross, at(0, 10, 0))
            };
            let requests: Vec<_> = (0..).zip(&payments).map(at_ten).collect();
            record(requests.clone());
            let mut left: Vec<Amount> = payments.iter().map(|(_, gross)| *gross).collect();
            let mut sequence = payments.len() as u64;
            for (which, gross, is_stale) in attempts {
                let which = which.index(left.len());
                let mut refund = refund_of(sequence, (FIRST, which as u32), gross, at(0, 11, 0));
                refund.refunded_before += Amount::from(is_stale);
                let expected = match (gross, is_stale) {
                    (0, _) => Err(Refusal::ZeroGross),
                    (_, true) => Err(Refusal::RefundedMeanwhile),
                    (gross, _) if gross > left[which] => Err(Refusal::MoreThanLeft),
                    _ => Ok(()),
                };
                assert_eq!(refund_outcome(refund), expected);
                if expected.is_ok() {
                    left[which] -= gross;
                    sequence += 1;
                }
            }
            for (position, gross) in (0..).zip(left).filter(|(_, left)| *left > 0) {
                let rest = refund_of(sequence, (FIRST, position), gross, at(0, 11, 0));
                assert_eq!(refund_outcome(rest), Ok(()));
                sequence += 1;
            }
            for (position, payment) in (0..).zip(requests) {
                let expected = match payment.product {
                    FEE_KEPT => (payment.gross, payment.gross, 0),
                    _ => (payment.gross, payment.debit, payment.credit),
                };
                assert_eq!(given_back(position), expected);
            }
        });
    }
}
