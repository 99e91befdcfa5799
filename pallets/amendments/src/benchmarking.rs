//! Benchmarks of the calls, and of what the pool checks of them.
//!
//! As many claims wait as may, the agreement is as large as it gets, and a cancellation names its trades by
//! as many spans as it may: see [`setup`]. What the end of a proposal frees is measured by a lapse, and added
//! by `weighing`.

pub mod helper;
pub mod setup;

pub use helper::BenchmarkHelper;

use super::*;
use counterfoil_primitives::{
    amendment::{Ground, Standing},
    MemberId,
};
use counterfoil_support::{account_of, ValidateUnordered};
use frame_benchmarking::v2::*;
use frame_support::pallet_prelude::TransactionSource;
use frame_system::RawOrigin;
use setup::Setup;
use sp_core::{crypto::AccountId32, H256};
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

/// Whether all of a proposal was booked.
fn is_booked<T: Config>(setup: &Setup, number: u32) -> bool {
    let proposal = Proposals::<T>::get(setup.agreement_id, number).expect("it was put up");
    matches!(proposal.standing, Standing::Completed { progress, .. } if progress.fallen_out == 0)
}

#[benchmarks]
mod benchmarks {
    use super::*;

    /// A cancellation, by the pages on which it names trades.
    #[benchmark]
    fn propose(p: Linear<1, 256>) {
        let setup = setup::begin::<T>(1);
        setup::put_pages::<T>(&setup, p);
        let content = setup::cancellation(&setup, p);
        let stated = setup::stated::<T>(&setup, &content);
        let (company, ground) = (signed::<T>(setup.agreement.company), Ground::WrongFile);

        #[extrinsic_call]
        propose(
            company,
            setup.agreement_id,
            ground,
            H256::zero(),
            content,
            stated,
        );

        let last = LastNumber::<T>::get(setup.agreement_id);
        assert!(Contents::<T>::contains_key(setup.agreement_id, last));
        assert_eq!(Named::<T>::iter().count() as u32, p);
    }

    /// A replacement, by the payments that it corrects, each by a product of its own.
    #[benchmark]
    fn propose_corrections(c: Linear<1, 1_000>) {
        let setup = setup::begin::<T>(c);
        setup::put_pages::<T>(&setup, 4);
        let content = setup::replacement(&setup, c);
        let stated = setup::stated::<T>(&setup, &content);
        let (company, ground) = (signed::<T>(setup.agreement.company), Ground::WrongProduct);

        #[extrinsic_call]
        propose(
            company,
            setup.agreement_id,
            ground,
            H256::zero(),
            content,
            stated,
        );

        let last = LastNumber::<T>::get(setup.agreement_id);
        assert!(Contents::<T>::contains_key(setup.agreement_id, last));
    }

    /// A supplement, by its payments, each of a product of its own.
    #[benchmark]
    fn propose_missing(m: Linear<1, 1_000>) {
        let setup = setup::begin::<T>(m);
        let content = setup::supplement(&setup, m);
        let stated = setup::stated::<T>(&setup, &content);
        let (company, ground) = (signed::<T>(setup.agreement.company), Ground::NotRecorded);

        #[extrinsic_call]
        propose(
            company,
            setup.agreement_id,
            ground,
            H256::zero(),
            content,
            stated,
        );

        let last = LastNumber::<T>::get(setup.agreement_id);
        assert!(Contents::<T>::contains_key(setup.agreement_id, last));
    }

    /// The last answer, which accepts the longest cancellation.
    #[benchmark]
    fn answer() {
        let setup = setup::begin::<T>(1);
        setup::put_pages::<T>(&setup, 256);
        let content = setup::cancellation(&setup, 256);
        let (number, proposal) = setup::put_up::<T>(&setup, content);
        let bank = signed::<T>(setup.agreement.bank);

        #[extrinsic_call]
        answer(bank, setup.agreement_id, number, proposal.fingerprint, true);

        assert!(setup::progress::<T>(&setup, number).is_some());
    }

    /// Of a cancellation, by the pages on which it names trades.
    #[benchmark]
    fn lapse(p: Linear<1, 256>) {
        let setup = setup::begin::<T>(1);
        setup::put_pages::<T>(&setup, p);
        let content = setup::cancellation(&setup, p);
        let number = setup::put_up_and_wait::<T>(&setup, content);
        let bank = signed::<T>(setup.agreement.bank);

        #[extrinsic_call]
        lapse(bank, setup.agreement_id, number);

        assert_eq!(Named::<T>::iter().count(), 0);
    }

    /// Of a supplement, by its payments.
    #[benchmark]
    fn lapse_missing(m: Linear<1, 1_000>) {
        let setup = setup::begin::<T>(m);
        let content = setup::supplement(&setup, m);
        let number = setup::put_up_and_wait::<T>(&setup, content);
        let bank = signed::<T>(setup.agreement.bank);

        #[extrinsic_call]
        lapse(bank, setup.agreement_id, number);

        let proposal = Proposals::<T>::get(setup.agreement_id, number).expect("it was put up");
        assert!(matches!(proposal.standing, Standing::Unresolved { .. }));
    }

    /// Of the longest cancellation, which nobody answered in time.
    #[benchmark]
    fn write_off() {
        let setup = setup::begin::<T>(1);
        setup::put_pages::<T>(&setup, 256);
        let content = setup::cancellation(&setup, 256);
        let (number, fingerprint) = setup::put_up_and_lapse::<T>(&setup, content);
        let company = signed::<T>(setup.agreement.company);

        #[extrinsic_call]
        write_off(company, setup.agreement_id, number, fingerprint);

        assert!(!Proposals::<T>::contains_key(setup.agreement_id, number));
    }

    /// The last step of a cancellation, by its trades. What costs most to cancel is a cancellation: it is
    /// read with its payment, and those are spread over all pages.
    #[benchmark]
    fn book_cancel(t: Linear<1, 400>) {
        let setup = setup::begin::<T>(1);
        setup::put_pages::<T>(&setup, 256);
        let cancelled = setup::cancel_scattered::<T>(&setup, t);
        let (number, from) = setup::put_up_and_accept::<T>(&setup, cancelled);
        let bank = signed::<T>(setup.agreement.bank);

        #[extrinsic_call]
        book(bank, setup.agreement_id, number, from);

        assert!(is_booked::<T>(&setup, number));
    }

    /// The last step of a replacement, by its payments, each by a product of its own.
    #[benchmark]
    fn book_replace(r: Linear<1, 200>) {
        let setup = setup::begin::<T>(r);
        setup::put_pages::<T>(&setup, 256);
        let content = setup::replacement(&setup, r);
        let (number, from) = setup::put_up_and_accept::<T>(&setup, content);
        setup::put_today::<T>(&setup, 0);
        let bank = signed::<T>(setup.agreement.bank);

        #[extrinsic_call]
        book(bank, setup.agreement_id, number, from);

        assert!(is_booked::<T>(&setup, number));
    }

    /// The last step of a supplement, by its payments, each of a product of its own.
    #[benchmark]
    fn book_missing(m: Linear<1, 400>) {
        let setup = setup::begin::<T>(m);
        let content = setup::supplement(&setup, m);
        let (number, from) = setup::put_up_and_accept::<T>(&setup, content);
        setup::put_today::<T>(&setup, 0);
        let bank = signed::<T>(setup.agreement.bank);

        #[extrinsic_call]
        book(bank, setup.agreement_id, number, from);

        assert!(is_booked::<T>(&setup, number));
    }

    #[benchmark]
    fn validate_book() {
        let setup = setup::begin::<T>(1);
        let content = setup::supplement(&setup, 1);
        let (number, from) = setup::put_up_and_accept::<T>(&setup, content);
        let call = Call::<T>::book {
            agreement: setup.agreement_id,
            number,
            from,
        };

        #[block]
        {
            validate(setup.agreement.bank, &call);
        }
    }

    #[benchmark]
    fn validate_lapse() {
        let setup = setup::begin::<T>(1);
        let content = setup::supplement(&setup, 1);
        let number = setup::put_up_and_wait::<T>(&setup, content);
        let call = Call::<T>::lapse {
            agreement: setup.agreement_id,
            number,
        };

        #[block]
        {
            validate(setup.agreement.bank, &call);
        }
    }

    impl_benchmark_test_suite!(Pallet, crate::mock::for_benchmarks(), crate::mock::Test);
}
