//! Benchmarks of the calls, of what the pool checks of a payment, and of a reconciled day.
//!
//! Each call names the last day of the longest period, whose first day is looked up the longest way.

use super::*;
use alloc::{format, vec::Vec};
use counterfoil_primitives::{
    calendar::{CalendarDates, MAX_DATES, MAX_NAMES},
    ports::OnReconciled,
    settlement::{
        declaration::MAX_DECLARATIONS, period::MAX_PERIOD_DAYS, BankReference, Declaration,
        Declarations, Obligation, Period, Rail, Release,
    },
    Amount, BusinessDay, Calendar, Caps, Conditions, MemberId, SignedAmount, WorkingDays,
};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::{
    pallet_prelude::TransactionSource,
    traits::fungibles::{Create, Inspect, Mutate},
};
use frame_system::RawOrigin;
use pallet_registry::{
    benchmarking::setup::{self, AGREEMENT, BANK, COMPANY},
    Agreements, Calendars,
};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// The first day of the period.
const DAY: BusinessDay = BusinessDay(20_000);
/// The last day of the period.
const LAST: BusinessDay = BusinessDay(20_000 + MAX_PERIOD_DAYS - 1);
const ASSET: u32 = 1_000;
const AMOUNT: Amount = 1_000_000;

/// Puts the agreement there, which pays by working day on this rail.
fn put_agreement<T: pallet_registry::Config>(rail: Rail) {
    let conditions = Conditions {
        period: Period::WorkingDay,
        rail,
        ..setup::conditions()
    };
    setup::put_agreement::<T>(&[(DAY, conditions)], Caps::MAX);
    // An asset without metadata has none.
    Agreements::<T>::mutate(AGREEMENT, |agreement| {
        agreement.as_mut().expect("it was put there").decimals = 0;
    });
}

/// Puts an obligation of the company's there, which is due.
fn put_obligation<T: Config + pallet_registry::Config>(rail: Rail, release: Release) {
    put_agreement::<T>(rail);
    let obligation = Obligation {
        days: MAX_PERIOD_DAYS,
        amount: AMOUNT as SignedAmount,
        release,
        due_since: Some(0),
        ..Obligation::new(LAST, rail)
    };
    Obligations::<T>::insert(AGREEMENT, DAY, obligation);
    Due::<T>::insert(AGREEMENT, DAY, ());
}

/// Puts an obligation in an asset there, and just enough on the company's account. The bank has none of the
/// asset yet: one account of it goes and another comes, which is the most that a payment can change.
fn put_payment<T>()
where
    T: Config + pallet_registry::Config,
    T::Assets: Create<AccountId32>,
{
    put_obligation::<T>(Rail::Asset(ASSET), Release::NotNeeded);
    T::Assets::create(ASSET, setup::account(0), true, 1).expect("no asset has this id");
    T::Assets::mint_into(ASSET, &setup::account(COMPANY), AMOUNT).expect("the account may hold it");
}

/// A reference of the longest kind; no two numbers have the same.
fn reference(number: u32) -> BankReference {
    BankReference::truncated(&format!("{number:035}"))
}

/// Puts an obligation outside the chain there, with a number of declarations, each of one unit; all but the
/// last are acknowledged.
fn put_declarations<T: Config + pallet_registry::Config>(count: u32) {
    put_obligation::<T>(Rail::External, Release::NotNeeded);
    let declarations = (0..count).map(|number| Declaration {
        number,
        amount: 1,
        value_date: DAY,
        reference: reference(number),
        declared_at: 0,
        received: (number + 1 < count).then_some(1),
        returned: 0,
    });
    let list: Vec<_> = declarations.collect();
    let declarations = Declarations {
        list: list.try_into().expect("there is room"),
        next: count,
    };
    Obligations::<T>::mutate(AGREEMENT, DAY, |obligation| {
        obligation.as_mut().expect("it was put there").paid = declarations.kept();
    });
    Declared::<T>::insert(AGREEMENT, DAY, declarations);
}

/// The account of a party's operator key.
fn operator<T: Config>(member: MemberId) -> RawOrigin<AccountId32> {
    RawOrigin::Signed(account_of::<T::Directory>(member).expect("the member exists"))
}

/// Closes all days after [`DAY`] to [`LAST`] in both calendars, which have as many dates as they may.
fn close_days<T: pallet_registry::Config>() {
    let dates: Vec<_> = (DAY.next().0..=DAY.0 + MAX_DATES)
        .map(|day| (BusinessDay(day), day > LAST.0))
        .collect();
    for number in 0..MAX_NAMES {
        let calendar = Calendar {
            weekly: WorkingDays::ALL,
            dates: CalendarDates::truncate_from(dates.clone()),
            filled_until: BusinessDay(DAY.0 + MAX_DATES),
        };
        Calendars::<T>::insert(setup::calendar_name(number), calendar);
    }
}

#[benchmarks(where T: pallet_registry::Config, T::Assets: Create<AccountId32>)]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn pay() {
        put_payment::<T>();

        #[extrinsic_call]
        pay(operator::<T>(COMPANY), AGREEMENT, LAST);

        assert_eq!(T::Assets::balance(ASSET, &setup::account(BANK)), AMOUNT);
        assert_eq!(T::Assets::balance(ASSET, &setup::account(COMPANY)), 0);
        assert!(!Due::<T>::contains_key(AGREEMENT, DAY));
    }

    #[benchmark]
    fn release() {
        put_obligation::<T>(Rail::External, Release::Awaited);

        #[extrinsic_call]
        release(operator::<T>(COMPANY), AGREEMENT, LAST);

        let obligation = Obligations::<T>::get(AGREEMENT, DAY).expect("it stays");
        assert!(matches!(obligation.release, Release::Given { .. }));
    }

    #[benchmark]
    fn declare() {
        put_declarations::<T>(MAX_DECLARATIONS - 1);
        let reference = reference(MAX_DECLARATIONS);

        #[extrinsic_call]
        declare(operator::<T>(COMPANY), AGREEMENT, LAST, 1, DAY, reference);

        let declared = Declared::<T>::get(AGREEMENT, DAY);
        assert_eq!(declared.list.len(), MAX_DECLARATIONS as usize);
    }

    #[benchmark]
    fn withdraw_declaration() {
        put_declarations::<T>(MAX_DECLARATIONS);
        let last = MAX_DECLARATIONS - 1;

        #[extrinsic_call]
        withdraw_declaration(operator::<T>(COMPANY), AGREEMENT, LAST, last);

        assert_eq!(Declared::<T>::get(AGREEMENT, DAY).list.len(), last as usize);
    }

    /// With the last unit, nothing is left: the period is paid.
    #[benchmark]
    fn acknowledge() {
        put_declarations::<T>(MAX_DECLARATIONS);
        Obligations::<T>::mutate(AGREEMENT, DAY, |obligation| {
            let obligation = obligation.as_mut().expect("it was put there");
            obligation.amount = SignedAmount::from(MAX_DECLARATIONS);
        });
        let last = MAX_DECLARATIONS - 1;

        #[extrinsic_call]
        acknowledge(
            operator::<T>(BANK),
            AGREEMENT,
            LAST,
            last,
            reference(last),
            1,
        );

        assert!(!Due::<T>::contains_key(AGREEMENT, DAY));
    }

    #[benchmark]
    fn report_return() {
        put_declarations::<T>(MAX_DECLARATIONS);
        let number = MAX_DECLARATIONS - 2;

        #[extrinsic_call]
        report_return(operator::<T>(COMPANY), AGREEMENT, LAST, number, 1, 0);

        let declared = Declared::<T>::get(AGREEMENT, DAY);
        assert_eq!(declared.list.len(), MAX_DECLARATIONS as usize - 1);
    }

    /// The last day of the longest period, with two full calendars: all its days are searched. A client went
    /// beyond its limits on an earlier one, so that a release is awaited.
    #[benchmark]
    fn on_reconciled() {
        put_agreement::<T>(Rail::External);
        close_days::<T>();
        for day in DAY.0..LAST.0 {
            DayObligations::<T>::insert(AGREEMENT, BusinessDay(day), 1);
        }
        let obligation = Obligation {
            days: MAX_PERIOD_DAYS - 1,
            amount: SignedAmount::from(MAX_PERIOD_DAYS - 1),
            release: Release::Awaited,
            ..Obligation::new(LAST, Rail::External)
        };
        Obligations::<T>::insert(AGREEMENT, DAY, obligation);

        #[block]
        {
            Pallet::<T>::on_reconciled(AGREEMENT, LAST, 1);
        }

        assert!(Due::<T>::contains_key(AGREEMENT, DAY));
    }

    #[benchmark]
    fn validate_pay() {
        put_payment::<T>();
        let call = Call::<T>::pay {
            agreement: AGREEMENT,
            day: LAST,
        };

        #[block]
        {
            call.validate_unordered(COMPANY, TransactionSource::External)
                .expect("the call is good");
            // The envelope takes this hash.
            core::hint::black_box(BlakeTwo256::hash_of(&call));
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}
