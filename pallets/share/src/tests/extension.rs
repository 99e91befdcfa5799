//! The extension as wallets and authors see it.

use crate::{block_room, mock::*};
use codec::{Decode, Encode};
use frame_support::{assert_ok, dispatch::DispatchInfo, weights::Weight};
use frame_system::CheckWeight;
use scale_info::meta_type;
use sp_runtime::{
    traits::{TransactionExtension, TransactionExtensionMetadata},
    transaction_validity::{InvalidTransaction, TransactionValidityError},
};

/// What it stands around.
type Inner = (CheckWorker, CheckWeight<Test>);

#[test]
fn wallets_see_what_it_stands_around_and_no_byte() {
    let identifiers = |shown: Vec<TransactionExtensionMetadata>| {
        let identifiers = shown.into_iter().map(|one| one.identifier);
        identifiers.collect::<Vec<_>>()
    };
    let shown = <Extension as TransactionExtension<RuntimeCall>>::metadata();
    assert_eq!(identifiers(shown), ["CheckWorker", "CheckWeight"]);
    assert_eq!(meta_type::<Extension>(), meta_type::<Inner>());
    assert!(extension().encode().is_empty());
    assert_eq!(Extension::decode(&mut &[][..]), Ok(extension()));
}

#[test]
fn a_members_later_calls_of_a_block_are_charged_less_than_its_first() {
    build_and_execute(|| {
        let mut last = Weight::zero();
        let mut charged = || {
            assert_ok!(sent(1, Kind::Other).apply());
            let now = block_room::taken::<Test>().weight;
            let charged = now - core::mem::replace(&mut last, now);
            charged.ref_time()
        };
        let first = charged();
        let later = charged();
        let saved = Extension::saved().ref_time();
        assert!(saved > 0);
        assert_eq!(first, later + saved);
        assert_eq!(charged(), later);
    });
}

#[test]
fn the_blocks_own_limit_holds_for_everybody() {
    build_and_execute(|| {
        while sent(ADMINISTRATOR, Kind::Other).apply().is_ok() {}
        let taken = block_room::taken::<Test>();
        assert!(taken.fits(block_room::budget::<Test>()));
        assert_eq!(
            sent(1, Kind::Worker).apply(),
            Err(InvalidTransaction::ExhaustsResources.into())
        );
    });
}

#[test]
fn a_bare_call_is_checked_and_booked_by_its_weight_alone() {
    build_and_execute(|| {
        let info = |milli: u64| DispatchInfo {
            call_weight: MILLI * milli,
            ..Default::default()
        };
        let call = RuntimeCall::System(frame_system::Call::remark { remark: vec![] });
        let prepare = |milli| Extension::bare_validate_and_prepare(&call, &info(milli), 10);
        let too_much: TransactionValidityError = InvalidTransaction::ExhaustsResources.into();
        assert_ok!(Extension::bare_validate(&call, &info(100), 10));
        assert_eq!(
            Extension::bare_validate(&call, &info(100), 10_000_000),
            Err(too_much)
        );
        assert_ok!(prepare(100));
        assert_eq!(prepare(100), Err(too_much));
        assert_eq!(
            block_room::taken::<Test>().weight.ref_time(),
            100 * MILLI.ref_time()
        );
        let mut done = frame_support::dispatch::PostDispatchInfo {
            actual_weight: Some(MILLI * 40),
            pays_fee: Default::default(),
        };
        assert_ok!(Extension::bare_post_dispatch(
            &info(100),
            &mut done,
            10,
            &Ok(())
        ));
        assert_eq!(
            block_room::taken::<Test>().weight.ref_time(),
            40 * MILLI.ref_time()
        );
    });
}
