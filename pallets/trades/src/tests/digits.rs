//! Days that are given by the digits of their dates.

use crate::{mock::*, Call, Error, Links, Refunded, Refusal, Seals};
use counterfoil_primitives::{BusinessDay, Original, RefundRequest, Sequence};
use counterfoil_support::ValidateUnordered;
use sp_runtime::transaction_validity::{
    InvalidTransaction, TransactionSource, TransactionValidity,
};

/// 2024-10-04, the agreement's first day.
const DIGITS: BusinessDay = BusinessDay(20_241_004);
const NO_DATE: BusinessDay = BusinessDay(20_241_032);

#[test]
fn a_day_is_sealed_by_the_digits_of_its_date() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        Trades::seal(signed(BANK), AGREEMENT, DIGITS).unwrap();
        assert!(Seals::<Test>::contains_key(AGREEMENT, FIRST));
        assert!(!Seals::<Test>::contains_key(AGREEMENT, DIGITS));
    });
}

#[test]
fn digits_of_no_date_seal_nothing() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let refused = Trades::seal(signed(BANK), AGREEMENT, NO_DATE).unwrap_err();
        assert_eq!(refused.error, Error::<Test>::NoSuchDate.into());
        assert!(!Seals::<Test>::contains_key(AGREEMENT, FIRST));
    });
}

#[test]
fn the_pool_knows_a_day_by_its_number_and_by_its_date_as_one() {
    build_and_execute(|| {
        set_time(at(1, 12, 0));
        let validity = |day| -> TransactionValidity {
            let agreement = AGREEMENT;
            Call::<Test>::seal { agreement, day }
                .validate_unordered(BANK, TransactionSource::External)
        };
        assert!(validity(DIGITS).is_ok());
        assert_eq!(validity(DIGITS), validity(FIRST));
        assert_eq!(validity(NO_DATE), Err(InvalidTransaction::Call.into()));
    });
}

/// A refund of 5.00 of the first payment, whose day is given so and of which `before` was given back.
fn refund_on(day: BusinessDay, sequence: Sequence, before: u128) -> RefundRequest {
    let refund = refund_after(sequence, (FIRST, 0), before, 500, at(0, 11, 0));
    RefundRequest {
        original: Original {
            day,
            ..refund.original
        },
        ..refund
    }
}

#[test]
fn a_refund_names_the_day_of_its_payment_by_the_digits_of_its_date() {
    build_and_execute(|| {
        record(trades([0]));
        assert_eq!(refund_outcome(refund_on(DIGITS, 1, 0)), Ok(()));
        let link = Links::<Test>::get((AGREEMENT, FIRST, 1)).unwrap();
        assert_eq!(link.original.day, FIRST);
        assert_eq!(Refunded::<Test>::get((AGREEMENT, FIRST, 0)), 500);
        assert!(!Refunded::<Test>::contains_key((AGREEMENT, DIGITS, 0)));
    });
}

#[test]
fn refunds_that_name_a_day_by_its_number_and_by_its_date_see_each_other() {
    build_and_execute(|| {
        record(trades([0]));
        give_back(vec![refund_on(DIGITS, 1, 0), refund_on(FIRST, 2, 500)]);
        assert_eq!(Refunded::<Test>::get((AGREEMENT, FIRST, 0)), 1_000);
    });
}

#[test]
fn digits_of_no_date_give_nothing_back_and_are_not_kept_as_spent() {
    build_and_execute(|| {
        record(trades([0]));
        KeptSpent::set(false);
        let refused = refund_outcome(refund_on(NO_DATE, 1, 0));
        assert_eq!(refused, Err(Refusal::NoSuchDate));
        assert!(!KeptSpent::get());
        assert_eq!(Refunded::<Test>::get((AGREEMENT, FIRST, 0)), 0);
    });
}
