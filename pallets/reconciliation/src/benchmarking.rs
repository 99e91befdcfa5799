//! Benchmarks of the calls, and of what the pool checks of them.
//!
//! Agreement, day and header are as large as they get. What the end of a side adds to a call is
//! measured by itself, and added by `weighing`.

pub mod setup;

use super::*;
use codec::{Decode, Encode};
use counterfoil_primitives::{
    AgreementId, BusinessDay, Commitment, MemberId, Moment, SideId, Trade,
};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::{pallet_prelude::TransactionSource, traits::UnfilteredDispatchable};
use frame_system::RawOrigin;
use setup::parts;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// What the benchmarks set up behind the ports, which only read.
pub trait BenchmarkHelper {
    /// Puts an agreement there that is as large as it gets, with the widest caps and a number of
    /// products, from 1 on, with as many versions of terms as are kept. Its parties and its reconciler
    /// have operators. Returns its id, a past day, and the reconciler.
    fn put_agreement(products: u32) -> (AgreementId, BusinessDay, MemberId);

    /// Sets the block's time.
    fn set_time(now: Moment);

    /// Seals the day, with a number of full pages.
    fn seal(day: BusinessDay, pages: u32);

    /// Puts these trades on a page of the day.
    fn put_page(day: BusinessDay, page: u32, trades: alloc::vec::Vec<Trade>);

    /// Lets the client's window show its sequence zero as used, by a chunk that is kept.
    fn use_up(client: MemberId);

    /// Puts a commitment of the first round there.
    fn commit(side_id: SideId, commitment: Commitment);
}

/// Decodes and dispatches a call, as a block does.
fn dispatch<T: Config>(member: MemberId, call: &[u8]) {
    let account = account_of::<T::Directory>(member).expect("the member exists");
    Call::<T>::decode(&mut &call[..])
        .expect("it was encoded")
        .dispatch_bypass_filter(RawOrigin::Signed(account).into())
        .expect("the call is good");
}

/// What the pool does with a call without a nonce, and the hash that the envelope takes of it.
fn validate<T: Config>(member: MemberId, call: &Call<T>) {
    call.validate_unordered(member, TransactionSource::External)
        .expect("the call is good");
    core::hint::black_box(BlakeTwo256::hash_of(call));
}

#[benchmarks]
mod benchmarks {
    use super::*;

    #[benchmark]
    fn report_clean() {
        let (member, call, side_id) = setup::clean::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        assert_eq!(Sides::<T>::get(side_id).proven, Some(0));
    }

    #[benchmark]
    fn validate_report_clean() {
        let (member, call, _) = setup::clean::<T>();

        #[block]
        {
            validate(member, &call);
        }
    }

    /// By the pages that differ, and the pages of extras, of a day that has as many pages as a
    /// day may have.
    #[benchmark]
    fn report_header(d: Linear<1, 1_024>, x: Linear<0, 256>) {
        let (member, call, side_id) = setup::header::<T>(d, x);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        let header = Headers::<T>::get(side_id).expect("it was accepted");
        assert_eq!(header.listed(), d + x);
    }

    /// As the header's report.
    #[benchmark]
    fn validate_report_header(d: Linear<1, 1_024>, x: Linear<0, 256>) {
        let (member, call, _) = setup::header::<T>(d, x);

        #[block]
        {
            validate(member, &call);
        }
    }

    /// By the slots, each of another product.
    #[benchmark]
    fn report_slots(s: Linear<1, 256>) {
        let (member, call, side_id) = setup::slots::<T>(s);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        let breaks = SlotBreaks::<T>::get(side_id, 0);
        assert_eq!(breaks.len(), s as usize);
    }

    /// As the report of slots.
    #[benchmark]
    fn validate_report_slots(s: Linear<1, 256>) {
        let (member, call, _) = setup::slots::<T>(s);

        #[block]
        {
            validate(member, &call);
        }
    }

    /// By the extras, each with a witness on a page of its own, and by a client of its own.
    #[benchmark]
    fn report_extras(e: Linear<1, 256>) {
        let (member, call, side_id) = setup::extras::<T>(e);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        let breaks = ExtraBreaks::<T>::get(side_id, 0);
        assert_eq!(breaks.len(), e as usize);
    }

    /// As the report of extras.
    #[benchmark]
    fn validate_report_extras(e: Linear<1, 256>) {
        let (member, call, _) = setup::extras::<T>(e);

        #[block]
        {
            validate(member, &call);
        }
    }

    #[benchmark]
    fn mark_overdue() {
        let (member, call, side_id) = setup::overdue::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        assert!(Sides::<T>::get(side_id).overdue);
    }

    #[benchmark]
    fn validate_mark_overdue() {
        let (member, call, _) = setup::overdue::<T>();

        #[block]
        {
            validate(member, &call);
        }
    }

    /// By the parts of a report that go.
    #[benchmark]
    fn mark_defaulted(p: Linear<0, 1_280>) {
        let (member, call, side_id) = setup::defaulted::<T>(p);
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        assert!(Sides::<T>::get(side_id).defaulted);
        assert_eq!(parts::<T>(), 0);
    }

    #[benchmark]
    fn validate_mark_defaulted() {
        let (member, call, _) = setup::defaulted::<T>(MAX_PARTS);

        #[block]
        {
            validate(member, &call);
        }
    }

    #[benchmark]
    fn request_full_fetch() {
        let (member, call, side_id) = setup::full_fetch::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        assert!(FullFetch::<T>::contains_key(side_id.agreement, side_id.day));
    }

    #[benchmark]
    fn validate_request_full_fetch() {
        let (member, call, _) = setup::full_fetch::<T>();

        #[block]
        {
            validate(member, &call);
        }
    }

    #[benchmark]
    fn confirm_repair() {
        let (member, call, side_id) = setup::repaired::<T>();
        let call = call.encode();

        #[block]
        {
            dispatch::<T>(member, &call);
        }

        assert!(Sides::<T>::get(side_id).repaired);
    }

    #[benchmark]
    fn validate_confirm_repair() {
        let (member, call, _) = setup::repaired::<T>();

        #[block]
        {
            validate(member, &call);
        }
    }

    /// The end of a day.
    #[benchmark]
    fn close_day() {
        let (agreement, agreement_id, day) = setup::closed_sides::<T>();

        #[block]
        {
            day_outcome::close_day::<T>(&agreement, agreement_id, day);
        }

        assert!(Outcomes::<T>::contains_key(agreement_id, day));
        assert!(!FullFetch::<T>::contains_key(agreement_id, day));
    }

    /// The rejection of a book, by the parts of its report that go.
    #[benchmark]
    fn discard(p: Linear<0, 1_280>) {
        let side_id = setup::with_parts::<T>(p);
        let gone;

        #[block]
        {
            gone =
                book_rejected::reject::<T>(side_id, SideRecord::default(), Rejection::FalseTotal);
        }

        assert_eq!(gone, p);
        assert_eq!(parts::<T>(), 0);
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}
