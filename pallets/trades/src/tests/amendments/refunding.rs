//! Refunds of what amendments booked, by the clients for whom they did.

use super::*;
use crate::Refusal;
use counterfoil_primitives::{ports::Directory, RefundRequest};

/// A refund, by the chain's own account, of the trade on a position of the first day.
pub(super) fn refund(sequence: u64, position: u32, gross: Amount) -> RefundRequest {
    let found = Trades::found(AGREEMENT, FIRST, position).unwrap();
    let (product, version) = (found.trade.product, found.trade.terms_version);
    let terms = Registry::terms_of_version(AGREEMENT, product, version).unwrap();
    let amounts = terms.refund_amounts(found.paid, found.refunded, gross);
    RefundRequest {
        debit: amounts.debit,
        credit: amounts.credit,
        ..refund_of(sequence, (FIRST, position), gross, eleven())
    }
}

/// What becomes of a refund of another client.
fn by_other(refund: RefundRequest) -> Result<(), sp_runtime::DispatchError> {
    let refunds = vec![refund].try_into().unwrap();
    without_weight(Trades::refund(signed(OTHER_CLIENT), AGREEMENT, refunds))
}

#[test]
fn a_supplement_is_given_back_by_the_client_that_it_was_booked_for() {
    build_and_execute(|| {
        supplement(7);
        let of_another = crate::Error::<Test>::OriginalOfAnotherClient;
        assert_eq!(by_other(refund(1, 0, 500)), Err(of_another.into()));
        assert_eq!(refund_outcome(refund(1, 0, 500)), Ok(()));
        assert_eq!(refund_outcome(refund(2, 0, 9_500)), Ok(()));
        let more = RefundRequest {
            gross: 1,
            ..refund(3, 0, 0)
        };
        assert_eq!(refund_outcome(more), Err(Refusal::MoreThanLeft));
    });
}

#[test]
fn a_successor_gives_back_what_an_amendment_booked_for_the_client_before_it() {
    build_and_execute(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        book(&[replace(right(0))]);
        supplement(7);
        succeed(OTHER_CLIENT, Some(CLIENT));
        assert_eq!(refund_outcome(refund(1, 2, 500)), Ok(()));
        succeed(CLIENT, Some(OTHER_CLIENT));
        assert_eq!(by_other(refund(1, 3, 500)), Ok(()));
        assert_eq!([2, 3].map(refunded), [500, 500]);
    });
}

#[test]
fn a_person_gives_back_from_a_replacement_and_not_from_the_payment_that_it_replaced() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[replace(right(0))]);
        let given = |position| {
            let text = |text: &str| text.try_into().expect("it is short");
            without_weight(Trades::refund_one(
                signed(CLIENT),
                AGREEMENT,
                original(position),
                text("5.00"),
                text("B-1"),
                None,
                Some(text("2024-10-04 11:00")),
            ))
        };
        let replaced = crate::Error::<Test>::RefundedMeanwhile;
        assert_eq!(given(0), Err(replaced.into()));
        assert_eq!(given(2), Ok(()));
        assert_eq!((on(2).id, refunded(2)), (booked_as(2), 500));
        let told = events().pop();
        let Some(crate::Event::RefundRecorded { payer, left, .. }) = told else {
            panic!("unexpected: {told:?}")
        };
        assert_eq!((&*payer, &*left), ("other", "45.00 CZK"));
    });
}

#[test]
fn a_replacement_is_given_back_by_the_client_of_its_payment() {
    build_and_execute(|| {
        record_by(OTHER_CLIENT, vec![trade(0)]);
        book(&[replace(right(0))]);
        let given = refund(1, 2, 500);
        assert_eq!(refund_outcome(given), Err(Refusal::OriginalOfAnotherClient));
        assert_eq!(by_other(given), Ok(()));
        assert_eq!(refunded(2), 500);
    });
}

#[test]
fn refunds_of_a_replacement_and_those_before_it_come_to_what_is_right() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        book(&[replace(right(0))]);
        assert_eq!(refund_outcome(refund(2, 3, 1_500)), Ok(()));
        let more = refund(3, 3, 2_501);
        assert_eq!(refund_outcome(more), Err(Refusal::MoreThanLeft));
        assert_eq!(refund_outcome(refund(3, 3, 2_500)), Ok(()));
        let of_replacement = [3, 4, 5].map(on);
        let [stated, first, last] = of_replacement;
        assert_eq!(stated.credit, first.credit + last.credit);
        assert_eq!(stated.debit, first.debit + last.debit);
    });
}

#[test]
fn a_refund_of_a_replacement_is_put_back() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        book(&[replace(right(0))]);
        assert_eq!(refund_outcome(refund(2, 3, 1_500)), Ok(()));
        assert_eq!(book(&[cancel(4)]), [Ok(())]);
        assert_eq!([refunded(3), refunded(4)], [1_000, 1_500]);
    });
}

#[test]
fn a_replacement_is_taken_back_as_far_as_it_was_not_given_back() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 1_000);
        book(&[replace(right(0))]);
        assert_eq!(refund_outcome(refund(2, 3, 1_500)), Ok(()));
        assert_eq!(book(&[cancel(3)]), [Ok(())]);
        assert_eq!((on(5).gross, refunded(3)), (2_500, 5_000));
    });
}

#[test]
fn a_supplement_in_the_place_of_a_replacement_has_no_link_and_is_given_back_whole() {
    build_and_execute(|| {
        pay(PRODUCT);
        give(1, 4_000);
        let corrected = Correction {
            gross: 8_000,
            ..right(0)
        };
        book(&[replace(corrected)]);
        assert_eq!(fallen_out(cancel(1)), FallenOut::NotLatest);
        assert_eq!(book(&[cancel(3)]), [Ok(())]);
        let stated = MissingPayment {
            gross: 8_000,
            ..missing(0)
        };
        assert_eq!(note(&[stated]), Ok(()));
        assert_eq!(book(&[Item::Supplement(stated)]), [Ok(())]);
        assert_eq!((on(5).gross, link(5)), (8_000, None));
        // The refund of before takes nothing of it.
        assert_eq!(refund_outcome(refund(2, 5, 8_000)), Ok(()));
        assert_eq!(
            [refunded(0), refunded(3), refunded(5)],
            [10_000, 8_000, 8_000]
        );
    });
}

#[test]
fn nothing_is_given_back_of_a_payment_that_was_replaced_or_cancelled() {
    build_and_execute(|| {
        record(trades(0..2));
        book(&[cancel(1), replace(right(0))]);
        for position in [0, 1] {
            let given = refund(2, position, 1);
            assert_eq!(refund_outcome(given), Err(Refusal::MoreThanLeft));
        }
    });
}

#[test]
fn nothing_is_given_back_of_what_takes_back_or_puts_back() {
    build_and_execute(|| {
        pay(PRODUCT);
        book(&[cancel(0)]);
        book(&[cancel(1)]);
        for position in [1, 2] {
            let given = RefundRequest {
                refunded_before: 0,
                occurred_at: at(0, 11, 45),
                ..refund(1, position, 1)
            };
            assert_eq!(refund_outcome(given), Err(Refusal::OriginalIsRefund));
        }
    });
}
