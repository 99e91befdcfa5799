//! A written refund does what the refund of the same meaning does, whatever becomes of it.

use super::*;
use counterfoil_primitives::{
    ports::DayTrades,
    written::{
        amount::{self, Denomination},
        label::show_reference,
    },
    Link, RefundRequest, Trade,
};
use frame_support::dispatch::DispatchResult;
use proptest::{prelude::*, sample::Index};

/// A refund: of which payment, how much, by how much it is mistaken in what was given back before, and
/// whether it names another trade than there is.
type Attempt = (Index, Amount, Amount, bool);

fn attempt() -> impl Strategy<Value = Attempt> {
    let gross = prop_oneof![6 => 0u128..20_000, 1 => 0u128..u128::from(u64::MAX)];
    let mistaken = prop_oneof![6 => Just(0u128), 1 => 1u128..20_000];
    let names_another = prop::bool::weighted(0.1);
    (any::<Index>(), gross, mistaken, names_another)
}

fn payment() -> impl Strategy<Value = (ProductId, Amount)> {
    let product = prop::sample::select(vec![PRODUCT, OWN_DEBIT, FEE_KEPT]);
    (product, 1u128..100_000)
}

/// Sends a refund as a program does.
fn by_program(refund: &RefundRequest) -> DispatchResult {
    let refunds = vec![*refund].try_into().unwrap();
    without_weight(Trades::refund(signed(CLIENT), AGREEMENT, refunds))
}

/// Sends the refund of the same meaning as a person writes it.
fn by_hand(refund: &RefundRequest) -> DispatchResult {
    let crowns = Denomination {
        currency: "CZK",
        decimals: 2,
    };
    let before = amount::show(refund.refunded_before, &crowns);
    let form = Form {
        original: refund.original,
        amount: &amount::show(refund.gross, &crowns),
        reference: &show_reference(&refund.reference),
        // What is left out means nothing, too.
        before: (refund.refunded_before > 0).then_some(before.as_str()),
        ..FORM
    };
    without_weight(refund_one(signed(CLIENT), form))
}

/// What refunds come to: what became of each, and the trades of the day with their links.
type Outcome = (Vec<DispatchResult>, Vec<(Trade, Option<Link>)>);

/// Makes payments and refunds them.
fn outcome(
    payments: &[(ProductId, Amount)],
    attempts: &[Attempt],
    send: fn(&RefundRequest) -> DispatchResult,
) -> Outcome {
    let mut outcome = Outcome::default();
    build_and_execute(|| {
        let paid = |(sequence, (product, gross)): (u64, &(ProductId, Amount))| {
            priced(sequence, *product, *gross, at(0, 10, 0))
        };
        record((1..).zip(payments).map(paid).collect());
        for (which, gross, mistaken, names_another) in attempts {
            let place = (FIRST, which.index(payments.len()) as u32);
            let sequence = Windows::<Test>::get(CLIENT).map_or(1, |highest| highest + 1);
            let mut refund = refund_of(sequence, place, *gross, at(0, 11, 0));
            refund.refunded_before += mistaken;
            refund.original.id.sequence += u64::from(*names_another);
            outcome.0.push(send(&refund));
        }
        let link = |position| Trades::link(AGREEMENT, FIRST, position);
        outcome.1 = (0..)
            .zip(stored(FIRST))
            .map(|(position, trade)| (trade, link(position)))
            .collect();
    });
    outcome
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_written_refund_does_what_the_refund_of_its_meaning_does(
        payments in prop::collection::vec(payment(), 1..6),
        attempts in prop::collection::vec(attempt(), 0..24),
    ) {
        let [by_program, by_hand] =
            [by_program, by_hand].map(|send| outcome(&payments, &attempts, send));
        prop_assert_eq!(by_program, by_hand);
    }
}
