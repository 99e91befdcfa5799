//! What the calls cost, and the checks of their authority.
//!
//! Agreement, day and header are as large as they get. What the end of a side adds to a call is
//! measured by itself, and added by `cost`.

pub mod stage;

use super::*;
use codec::{Decode, Encode};
use counterfoil_primitives::{Moment, OperatorAuth, Trade};
use frame_benchmarking::v2::*;
use frame_support::{
    pallet_prelude::TransactionSource,
    traits::{Authorize, UnfilteredDispatchable},
};
use frame_system::RawOrigin;
use stage::{parts, Reported};

/// What the benchmarks set up behind the ports, which only read.
pub trait BenchmarkHelper {
    /// Puts an agreement there that is as large as it gets, with the widest caps and so many
    /// products, from 1 on, with as many versions of terms as are kept. Gives its id, a past day,
    /// and the reconciler, whose key lies in the keystore.
    fn put_agreement(products: u32) -> (AgreementId, BusinessDay, MemberId);

    /// Sets the block's time.
    fn set_time(now: Moment);

    /// Seals the day, with so many full pages.
    fn seal(day: BusinessDay, pages: u32);

    /// Puts these trades on a page of the day.
    fn put_page(day: BusinessDay, page: u32, trades: alloc::vec::Vec<Trade>);

    /// Lets the client's window show its sequence zero as used, by a chunk that is kept.
    fn use_up(client: MemberId);

    /// Puts a commitment there.
    fn commit(key: SideKey, commitment: counterfoil_primitives::Commitment);

    /// A member's authority for a call.
    fn authority(member: MemberId, action: &str, arguments: &impl Encode) -> OperatorAuth;
}

/// Decodes and dispatches a call, as a block does once it is authorised.
fn dispatch<T: Config>(call: &[u8]) {
    Call::<T>::decode(&mut &call[..])
        .expect("it was encoded")
        .dispatch_bypass_filter(RawOrigin::Authorized.into())
        .expect("the call is good");
}

/// Checks a call for its authority, as the pool does.
fn authorise<T: Config>(call: &Call<T>) {
    call.authorize(TransactionSource::External)
        .expect("the call asks for an authority")
        .expect("the authority is good");
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn report_clean() {
        let Reported { call, key } = stage::clean::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        assert_eq!(Sides::<T>::get(key).proven, Some(0));
    }

    #[benchmark]
    fn authorize_report_clean() {
        let Reported { call, .. } = stage::clean::<T>();

        #[block]
        {
            authorise(&call);
        }
    }

    /// By the pages that differ, and the pages of extras, of a day that has as many pages as a
    /// day may have.
    #[benchmark]
    fn report_header(d: Linear<1, 1_024>, x: Linear<0, 256>) {
        let Reported { call, key } = stage::header::<T>(d, x);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        let header = Headers::<T>::get(key).expect("it was accepted");
        assert_eq!(header.listed(), d + x);
    }

    /// As the header's report.
    #[benchmark]
    fn authorize_report_header(d: Linear<1, 1_024>, x: Linear<0, 256>) {
        let Reported { call, .. } = stage::header::<T>(d, x);

        #[block]
        {
            authorise(&call);
        }
    }

    /// By the slots, each of another product.
    #[benchmark]
    fn report_slots(s: Linear<1, 256>) {
        let Reported { call, key } = stage::slots::<T>(s);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        let (agreement, day, side) = key;
        let breaks = SlotBreaks::<T>::get((agreement, day, side, 0));
        assert_eq!(breaks.len(), s as usize);
    }

    /// As the report of slots.
    #[benchmark]
    fn authorize_report_slots(s: Linear<1, 256>) {
        let Reported { call, .. } = stage::slots::<T>(s);

        #[block]
        {
            authorise(&call);
        }
    }

    /// By the extras, each with a witness on a page of its own, and by a client of its own.
    #[benchmark]
    fn report_extras(e: Linear<1, 256>) {
        let Reported { call, key } = stage::extras::<T>(e);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        let (agreement, day, side) = key;
        let breaks = ExtraBreaks::<T>::get((agreement, day, side, 0));
        assert_eq!(breaks.len(), e as usize);
    }

    /// As the report of extras.
    #[benchmark]
    fn authorize_report_extras(e: Linear<1, 256>) {
        let Reported { call, .. } = stage::extras::<T>(e);

        #[block]
        {
            authorise(&call);
        }
    }

    #[benchmark]
    fn mark_overdue() {
        let Reported { call, key } = stage::overdue::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        assert!(Sides::<T>::get(key).overdue);
    }

    #[benchmark]
    fn authorize_mark_overdue() {
        let Reported { call, .. } = stage::overdue::<T>();

        #[block]
        {
            authorise(&call);
        }
    }

    /// By the parts of a report that go.
    #[benchmark]
    fn mark_defaulted(p: Linear<0, 1_280>) {
        let Reported { call, key } = stage::defaulted::<T>(p);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        assert!(Sides::<T>::get(key).defaulted);
        assert_eq!(parts::<T>(), 0);
    }

    #[benchmark]
    fn authorize_mark_defaulted() {
        let Reported { call, .. } = stage::defaulted::<T>(MAX_PARTS);

        #[block]
        {
            authorise(&call);
        }
    }

    #[benchmark]
    fn request_full_fetch() {
        let Reported { call, key } = stage::full_fetch::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(&call);
        }

        assert!(FullFetch::<T>::contains_key(key.0, key.1));
    }

    #[benchmark]
    fn authorize_request_full_fetch() {
        let Reported { call, .. } = stage::full_fetch::<T>();

        #[block]
        {
            authorise(&call);
        }
    }

    /// The end of a day.
    #[benchmark]
    fn close_day() {
        let (view, agreement, day) = stage::closed_sides::<T>();

        #[block]
        {
            Pallet::<T>::close_day(&view, agreement, day);
        }

        assert!(Outcomes::<T>::contains_key(agreement, day));
        assert!(!FullFetch::<T>::contains_key(agreement, day));
    }

    /// The rejection of a book, by the parts of its report that go.
    #[benchmark]
    fn discard(p: Linear<0, 1_280>) {
        let key = stage::with_parts::<T>(p);
        let gone;

        #[block]
        {
            gone = Pallet::<T>::reject(key, SideRecord::default(), Rejection::FalseTotal);
        }

        assert_eq!(gone, p);
        assert_eq!(parts::<T>(), 0);
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}
