//! Transactions as pool and block see them.

use crate::{
    era_and_nonce::{ENDS_TOO_SOON, WRONG_ERA},
    mock::{marks::Call, *},
    EraAndNonce, SpentTransactions, WeightInfo, UNORDERED,
};
use codec::Encode;
use counterfoil_primitives::envelope::{LONGEST_ERA, POOL_STAY};
use counterfoil_support::{
    unordered::{tag_of, NEEDS_NONCE},
    worker_priority::WORKER_PRIORITY,
};
use frame_support::{assert_err, assert_ok, dispatch::GetDispatchInfo, weights::Weight};
use frame_system::{CheckEra, CheckNonce};
use sp_runtime::{
    generic::Era,
    traits::{Applyable, Checkable, TransactionExtension},
    transaction_validity::{InvalidTransaction, TransactionSource},
};
use InvalidTransaction::{AncientBirthBlock, BadProof, BadSigner, Future, Stale};
use TransactionSource::{External, InBlock};

/// A call of Alice without a nonce, from block 96 to block 159.
fn unordered(call: Call<Test>) -> UncheckedExtrinsic {
    signed("Alice", Era::mortal(64, 96), UNORDERED, call)
}

fn ordered(nonce: u32, call: Call<Test>) -> UncheckedExtrinsic {
    signed("Alice", Era::mortal(64, 96), nonce, call)
}

fn parts() -> u32 {
    marks::Parts::<Test>::get()
}

#[test]
fn a_call_without_a_nonce_is_applied_and_raises_none() {
    build_and_execute(|| {
        assert_ok!(apply(&unordered(Call::mark { number: 1 })).unwrap());
        assert!(marks::Marked::<Test>::contains_key(1));
        assert_eq!(System::account_nonce(account("Alice")), 0);
    });
}

#[test]
fn calls_without_a_nonce_wait_side_by_side_in_any_order() {
    build_and_execute(|| {
        for number in [3, 1, 2] {
            let call = unordered(Call::mark { number });
            assert_eq!(
                validate(External, &call).unwrap().requires,
                Vec::<Vec<u8>>::new()
            );
            assert_ok!(apply(&call).unwrap());
        }
    });
}

#[test]
fn the_pool_is_told_what_the_call_says_and_when_the_era_ends() {
    build_and_execute(|| {
        let validity = validate(External, &unordered(Call::mark { number: 1 })).unwrap();
        assert_eq!(validity.provides, vec![tag_of(("mark", 1u32))]);
        assert_eq!(validity.priority, WORKER_PRIORITY);
        assert_eq!(validity.longevity, 160 - 100);
        let shorter = validate(External, &unordered(Call::part { number: 1 })).unwrap();
        assert_eq!(shorter.longevity, 20);
    });
}

#[test]
fn ordinary_nonces_go_on_beside() {
    build_and_execute(|| {
        assert_ok!(apply(&unordered(Call::mark { number: 1 })).unwrap());
        assert_ok!(apply(&ordered(0, Call::bare {})).unwrap());
        assert_ok!(apply(&unordered(Call::mark { number: 2 })).unwrap());
        assert_eq!(System::account_nonce(account("Alice")), 1);
        assert_err!(apply(&ordered(0, Call::bare {})), Stale);
        assert_err!(apply(&ordered(2, Call::bare {})), Future);
    });
}

#[test]
fn what_the_chains_state_shows_is_stale() {
    build_and_execute(|| {
        let call = unordered(Call::mark { number: 1 });
        assert_ok!(apply(&call).unwrap());
        assert_err!(validate(External, &call), Stale);
        assert_err!(apply(&call), Stale);
        assert!(SpentTransactions::<Test>::get(ALICE).kept.is_empty());
    });
}

#[test]
fn what_could_do_more_later_does_not_come_back_until_its_era_ends() {
    build_and_execute(|| {
        let call = unordered(Call::part { number: 1 });
        assert_ok!(apply(&call).unwrap());
        for block in [101, 159] {
            at_block(block);
            assert_err!(validate(InBlock, &call), Stale);
            assert_err!(apply(&call), Stale);
        }
        // The block at which the era ends is not known by a hash yet, later ones have another.
        at_block(160);
        assert_err!(validate(InBlock, &call), AncientBirthBlock);
        at_block(161);
        assert_err!(validate(InBlock, &call), BadProof);
        assert_eq!(parts(), 1);
    });
}

#[test]
fn what_failed_does_not_come_back_until_its_era_ends() {
    build_and_execute(|| {
        let call = unordered(Call::fail {});
        assert_err!(apply(&call).unwrap(), marks::Error::<Test>::Fails);
        at_block(159);
        assert_err!(apply(&call), Stale);
        at_block(161);
        assert_err!(apply(&call), BadProof);
    });
}

#[test]
fn what_was_spent_may_be_signed_anew() {
    build_and_execute(|| {
        assert_ok!(apply(&unordered(Call::part { number: 1 })).unwrap());
        let anew = signed(
            "Alice",
            Era::mortal(64, 97),
            UNORDERED,
            Call::part { number: 1 },
        );
        assert_ok!(apply(&anew).unwrap());
        assert_eq!(parts(), 2);
    });
}

/// sr25519 signatures differ from one signing to the next.
#[test]
fn another_signature_of_the_same_payload_is_spent_too() {
    build_and_execute(|| {
        let call = || unordered(Call::part { number: 1 });
        let (one, other) = (call(), call());
        assert_ne!(one.encode(), other.encode());
        assert_ok!(apply(&one).unwrap());
        assert_err!(apply(&other), Stale);
    });
}

#[test]
fn a_call_with_a_nonce_is_never_kept_as_spent() {
    build_and_execute(|| {
        assert_ok!(apply(&ordered(0, Call::part { number: 1 })).unwrap());
        assert_err!(
            apply(&ordered(1, Call::fail {})).unwrap(),
            marks::Error::<Test>::Fails
        );
        assert!(!SpentTransactions::<Test>::contains_key(ALICE));
    });
}

#[test]
fn a_call_that_nothing_but_a_nonce_protects_needs_one() {
    build_and_execute(|| {
        assert_err!(validate(External, &unordered(Call::bare {})), NEEDS_NONCE);
        let remark = frame_system::Call::remark { remark: vec![] };
        let remark = signed("Alice", Era::mortal(64, 96), UNORDERED, remark);
        assert_err!(validate(External, &remark), NEEDS_NONCE);
    });
}

#[test]
fn an_immortal_or_long_era_needs_a_nonce() {
    build_and_execute(|| {
        at_block(3_000);
        let with = |era| signed("Alice", era, UNORDERED, Call::mark { number: 1 });
        let now = 2_999;
        assert_err!(validate(External, &with(Era::Immortal)), WRONG_ERA);
        let long = Era::mortal(2 * LONGEST_ERA, now);
        assert_err!(validate(External, &with(long)), WRONG_ERA);
        assert_ok!(validate(External, &with(Era::mortal(LONGEST_ERA, now))));
    });
}

#[test]
fn what_ends_before_the_blocks_to_come_enters_a_block_and_not_the_pool() {
    build_and_execute(|| {
        let call = unordered(Call::mark { number: 1 });
        at_block(160 - POOL_STAY);
        assert_ok!(validate(External, &call));
        at_block(161 - POOL_STAY);
        assert_err!(validate(External, &call), ENDS_TOO_SOON);
        assert_ok!(validate(InBlock, &call));
    });
}

#[test]
fn an_operator_of_nobody_gets_nothing_in() {
    build_and_execute(|| {
        let stranger = signed(
            "Ferdie",
            Era::mortal(64, 96),
            UNORDERED,
            Call::mark { number: 1 },
        );
        assert_err!(validate(External, &stranger), BadSigner);
    });
}

#[test]
fn what_was_signed_for_another_fork_is_no_proof() {
    build_and_execute(|| {
        let call = unordered(Call::mark { number: 1 });
        frame_system::BlockHash::<Test>::insert(96, sp_core::H256::repeat_byte(9));
        assert_err!(validate(External, &call), BadProof);
    });
}

#[test]
fn a_changed_call_is_no_proof() {
    build_and_execute(|| {
        let mut call = unordered(Call::mark { number: 1 });
        call.function = Call::mark { number: 2 }.into();
        assert_err!(validate(External, &call), BadProof);
    });
}

#[test]
fn wallets_see_the_two_extensions_that_they_know() {
    let listed: Vec<_> = <EraAndNonce<Test> as TransactionExtension<RuntimeCall>>::metadata()
        .into_iter()
        .map(|one| one.identifier)
        .collect();
    assert_eq!(listed, ["CheckMortality", "CheckNonce"]);
}

#[test]
fn era_and_nonce_are_encoded_as_by_the_two_extensions() {
    let era = Era::mortal(64, 96);
    let two = (
        CheckEra::<Test>::from(era),
        CheckNonce::<Test>::from(1_000_000),
    );
    assert_eq!(
        EraAndNonce::<Test>::new(era, 1_000_000).encode(),
        two.encode()
    );
}

#[test]
fn a_call_without_a_nonce_is_charged_for_its_era_its_check_and_its_note() {
    build_and_execute(|| {
        let call = RuntimeCall::from(Call::mark { number: 1 });
        let era = CheckEra::<Test>::from(Era::mortal(64, 96));
        let of_era = TransactionExtension::<RuntimeCall>::weight(&era, &call);
        let of_call = Weight::from_parts(7, 0);
        assert_eq!(
            unordered(Call::mark { number: 1 })
                .get_dispatch_info()
                .extension_weight,
            of_era + <() as WeightInfo>::check_unordered() + of_call + note()
        );
    });
}

/// What it weighs to note that a transaction is spent.
fn note() -> Weight {
    <() as WeightInfo>::note_spent()
}

/// What a transaction gets back of what it was charged.
fn returned(transaction: &UncheckedExtrinsic) -> Weight {
    let (info, len) = (transaction.get_dispatch_info(), transaction.encoded_size());
    let context = frame_system::ChainContext::<Test>::default();
    let checked = Checkable::check(transaction.clone(), &context).expect("it is signed");
    let applied = checked
        .apply::<Test>(&info, len)
        .expect("the block takes it");
    let post_info = applied.unwrap_or_else(|error| error.post_info);
    info.total_weight() - post_info.calc_actual_weight(&info)
}

#[test]
fn what_is_not_kept_as_spent_gets_its_note_back() {
    build_and_execute(|| {
        assert_eq!(returned(&unordered(Call::mark { number: 1 })), note());
        for kept in [
            unordered(Call::part { number: 1 }),
            unordered(Call::fail {}),
        ] {
            assert_eq!(returned(&kept), Weight::zero());
        }
    });
}
