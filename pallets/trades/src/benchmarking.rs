//! Benchmarks of the calls, and of what the pool checks of them.
//!
//! A batch costs by several drivers at once, each swept while the others are at their highest.
//! [`BatchSize`](crate::weighing::BatchSize) puts the figures together.

pub mod setup;

use super::*;
use alloc::vec::Vec;
use counterfoil_primitives::{tree::PAGE_SIZE, MemberId, Moment, SideTotals};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::{dispatch::CheckIfFeeless, pallet_prelude::TransactionSource, traits::Get};
use frame_system::RawOrigin;
use pallet_registry::benchmarking::setup::{AGREEMENT, CLIENT, RECONCILER};
use setup::{open_day, Plan, PAST};
use sp_core::crypto::AccountId32;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What the pool does with a call without a nonce, and the hash that the envelope takes of it.
fn validate<T: Config>(member: MemberId, call: &Call<T>) {
    call.validate_unordered(member, TransactionSource::External)
        .expect("the call is good");
    core::hint::black_box(BlakeTwo256::hash_of(call));
}

/// The origin of a call by a member's operator account.
fn signed<T: Config>(member: MemberId) -> RawOrigin<AccountId32> {
    RawOrigin::Signed(account_of::<T::Directory>(member).expect("the member exists"))
}

/// Calls of one late trade each.
fn singles<T: setup::BenchmarkRuntime>(count: u32) -> Vec<Call<T>> {
    let call = |trades| Call::record {
        agreement: AGREEMENT,
        trades,
    };
    setup::singles::<T>(count).into_iter().map(call).collect()
}

#[benchmarks(where T: pallet_registry::Config + pallet_timestamp::Config<Moment = Moment>)]
mod benchmarks {
    use super::*;

    /// A batch that fills no page, by the trades kept and refused, the terms looked up, the
    /// chunks of the window and the days that it touches.
    #[benchmark]
    fn record(
        k: Linear<32, 240>,
        r: Linear<1, 500>,
        l: Linear<4, 32>,
        c: Linear<1, 32>,
        d: Linear<1, 4>,
    ) {
        setup::put_all::<T>();
        let plan = Plan {
            kept: k,
            refused: r,
            lookups: l,
            chunks: c,
            days: d,
        };
        let trades = setup::batch::<T>(&plan);
        // After the call the last page of each day lacks one trade.
        setup::put_day::<T>(open_day(0), PAGE_SIZE - 1 - (k - d + 1), 0);
        for day in 1..d {
            setup::put_day::<T>(open_day(day), PAGE_SIZE - 2, 0);
        }

        #[extrinsic_call]
        record(signed::<T>(CLIENT), AGREEMENT, trades);

        for day in 0..d {
            assert_eq!(
                Days::<T>::get(AGREEMENT, open_day(day)).count(),
                PAGE_SIZE - 1
            );
        }
    }

    /// A batch of eight trades, by the pages that get full, each on a day of its own that is
    /// nearly as long as a day may be.
    #[benchmark]
    fn fill_pages(p: Linear<0, 4>) {
        setup::put_all::<T>();
        let plan = Plan {
            kept: 8,
            refused: 0,
            lookups: 4,
            chunks: 1,
            days: 4,
        };
        let trades = setup::evenly::<T>(&plan);
        let last = T::MaxPagesPerDay::get() - 2;
        for day in 0..4 {
            let room = if day < p { 1 } else { 3 };
            setup::put_day::<T>(open_day(day), PAGE_SIZE - room, last);
        }

        #[extrinsic_call]
        record(signed::<T>(CLIENT), AGREEMENT, trades);

        let full =
            |day: &u32| pages::stored_roots::<T>(AGREEMENT, open_day(*day)).len() as u32 > last;
        assert_eq!((0..4).filter(full).count() as u32, p);
    }

    /// By the trades and the chunks of the window, where only the last trade is fresh.
    #[benchmark]
    fn validate_record(n: Linear<32, 1_000>, c: Linear<1, 32>) {
        setup::put_all::<T>();
        let trades = setup::nearly_all_used::<T>(n, c);
        let call = Call::<T>::record {
            agreement: AGREEMENT,
            trades,
        };

        #[block]
        {
            validate(CLIENT, &call);
        }
    }

    /// Calls of one late trade each, on one page that does not get full. What the first one reads, the
    /// others find in memory, and all write to the database together.
    #[benchmark]
    fn record_singles(n: Linear<1, 64>) {
        setup::put_all::<T>();
        setup::put_day::<T>(open_day(0), PAGE_SIZE - 1 - n, 0);
        let singles = setup::singles::<T>(n);
        let client = signed::<T>(CLIENT);

        #[block]
        {
            for single in singles {
                Pallet::<T>::record(client.clone().into(), AGREEMENT, single)
                    .expect("the trade is good");
            }
        }

        assert_eq!(
            Days::<T>::get(AGREEMENT, open_day(0)).count(),
            PAGE_SIZE - 1
        );
    }

    /// Looks at whether a call of one trade is free. What the first look reads, the others find in memory.
    #[benchmark]
    fn check_entitlement(n: Linear<1, 64>) {
        setup::put_all::<T>();
        let origin = signed::<T>(CLIENT).into();
        let calls = singles::<T>(n);

        #[block]
        {
            assert!(calls.iter().all(|call| call.is_feeless(&origin)));
        }
    }

    /// What the pool checks of calls of one trade each. What the first check reads, the others find in
    /// memory.
    #[benchmark]
    fn validate_singles(n: Linear<1, 64>) {
        setup::put_all::<T>();
        let calls = singles::<T>(n);

        #[block]
        {
            calls.iter().for_each(|call| validate(CLIENT, call));
        }
    }

    /// A late trade that fills no page, with the longest texts.
    #[benchmark]
    fn record_one() {
        setup::put_all::<T>();
        setup::put_day::<T>(open_day(0), PAGE_SIZE - 2, 0);
        let form = setup::form();

        #[extrinsic_call]
        record_one(
            signed::<T>(CLIENT),
            AGREEMENT,
            1,
            form.amount,
            form.payer,
            form.reference,
            Some(form.occurred_at),
        );

        assert_eq!(
            Days::<T>::get(AGREEMENT, open_day(0)).count(),
            PAGE_SIZE - 1
        );
    }

    /// By the day's pages; the last one is not full.
    #[benchmark]
    fn seal(p: Linear<1, 4_096>) {
        setup::put_all::<T>();
        setup::put_day::<T>(PAST, PAGE_SIZE - 1, p - 1);

        #[extrinsic_call]
        seal(signed::<T>(RECONCILER), AGREEMENT, PAST);

        assert!(Seals::<T>::contains_key(AGREEMENT, PAST));
    }

    #[benchmark]
    fn validate_seal() {
        setup::put_all::<T>();
        let call = Call::<T>::seal {
            agreement: AGREEMENT,
            day: PAST,
        };

        #[block]
        {
            validate(RECONCILER, &call);
        }
    }

    /// Late refunds that fill no page, by those kept and refused, and by the payments that they name,
    /// each on a page and of a product of its own. The refused ones are refused after all else was
    /// checked.
    #[benchmark]
    fn refund(k: Linear<32, 240>, r: Linear<1, 240>, o: Linear<1, 32>) {
        setup::put_all::<T>();
        setup::put_payments::<T>(o);
        setup::put_day::<T>(open_day(0), PAGE_SIZE - 1 - k, 0);
        let refunds = setup::refunds::<T>(k, r, o);

        #[extrinsic_call]
        refund(signed::<T>(CLIENT), AGREEMENT, refunds);

        let totals = Days::<T>::get(AGREEMENT, open_day(0));
        assert_eq!(totals.refunds.count, k);
        assert_eq!(Refunded::<T>::iter().count() as u32, o);
    }

    /// A late refund that fills no page, with the longest texts.
    #[benchmark]
    fn refund_one() {
        setup::put_all::<T>();
        setup::put_payments::<T>(1);
        setup::put_day::<T>(open_day(0), PAGE_SIZE - 2, 0);
        let form = setup::refund_form();

        #[extrinsic_call]
        refund_one(
            signed::<T>(CLIENT),
            AGREEMENT,
            form.original,
            form.amount,
            form.reference,
            Some(form.refunded_before),
            Some(form.occurred_at),
        );

        let totals = Days::<T>::get(AGREEMENT, open_day(0));
        assert_eq!((totals.count(), totals.refunds.count), (PAGE_SIZE - 1, 1));
    }

    /// Calls that count, one after the other, what the client caused on a day. What the first one reads, the
    /// others find in memory, and all write to the database together.
    #[benchmark]
    fn count_credits(n: Linear<1, 64>) {
        let agreement = setup::put_limits::<T>();
        let caused = SideTotals {
            payments: 1,
            refunds: 0,
        };

        #[block]
        {
            for _ in 0..n {
                client_credits::count::<T>(CLIENT, AGREEMENT, &agreement, [(open_day(0), caused)]);
            }
        }

        let kept = ClientCredits::<T>::get(AGREEMENT, CLIENT);
        assert_eq!((kept.len(), kept[0].1.payments), (4, n.into()));
    }

    /// A call on four days that goes beyond a limit on some of them.
    #[benchmark]
    fn exceed_limits(x: Linear<0, 4>) {
        let agreement = setup::put_limits::<T>();
        let caused: Vec<_> = (0..4)
            .map(|day| (open_day(day), setup::caused(day < x)))
            .collect();

        #[block]
        {
            client_credits::count::<T>(CLIENT, AGREEMENT, &agreement, caused);
        }

        assert_eq!(OverLimit::<T>::iter().count() as u32, x);
    }

    /// By the refunds and the chunks of the window, where only the last refund is fresh.
    #[benchmark]
    fn validate_refund(n: Linear<32, 500>, c: Linear<1, 32>) {
        setup::put_all::<T>();
        let refunds = setup::nearly_all_used_refunds::<T>(n, c);
        let call = Call::<T>::refund {
            agreement: AGREEMENT,
            refunds,
        };

        #[block]
        {
            validate(CLIENT, &call);
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}
