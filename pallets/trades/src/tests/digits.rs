//! Days that are given by the digits of their dates.

use crate::{mock::*, Call, Error, Seals};
use counterfoil_primitives::BusinessDay;
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
