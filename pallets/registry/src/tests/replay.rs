use crate::{mock::*, Call};
use counterfoil_primitives::{ports::Directory, Role};
use frame_support::{assert_err, assert_ok};
use sp_runtime::transaction_validity::InvalidTransaction;

fn to(address: &str) -> Call<Test> {
    Call::set_endpoint {
        endpoint: endpoint(address),
    }
}

fn leave_and_come_back() {
    assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
    assert_ok!(register(CLIENT, member(Role::Client, "Alice")));
}

#[test]
fn a_member_sends_with_a_balance_of_zero() {
    with_members(|| {
        assert_eq!(Balances::free_balance(account("Alice")), 0);
        assert_ok!(apply(signed("Alice", 0, to("http://one"))));
        assert_eq!(Registry::endpoint(CLIENT), Some(b"http://one".to_vec()));
        assert_eq!(System::account_nonce(account("Alice")), 1);
    });
}

#[test]
fn a_stranger_without_balance_cannot_send() {
    with_members(|| {
        assert_err!(
            validate(signed("Ferdie", 0, to("http://one"))),
            InvalidTransaction::Payment
        );
    });
}

#[test]
fn a_signed_call_does_not_replay_after_its_member_left_and_came_back() {
    with_members(|| {
        let old = signed("Alice", 0, to("http://old"));
        assert_ok!(apply(old.clone()));
        leave_and_come_back();
        assert_eq!(System::account_nonce(account("Alice")), 1);
        assert_err!(apply(old), InvalidTransaction::Stale);
        assert_eq!(
            Registry::endpoint(CLIENT),
            Some(b"http://127.0.0.1:9944".to_vec())
        );
        assert_ok!(apply(signed("Alice", 1, to("http://new"))));
    });
}

#[test]
fn a_signed_call_does_not_replay_after_its_account_paid_everything_away() {
    with_members(|| {
        let alice = account("Alice");
        assert_ok!(Balances::force_set_balance(
            RuntimeOrigin::root(),
            alice.clone(),
            100
        ));
        let old = signed("Alice", 0, to("http://old"));
        assert_ok!(apply(old.clone()));
        assert_ok!(Balances::force_set_balance(
            RuntimeOrigin::root(),
            alice.clone(),
            0
        ));
        assert_eq!(System::account_nonce(alice), 1);
        assert_err!(apply(old), InvalidTransaction::Stale);
    });
}

#[test]
fn a_removed_members_key_gets_nothing_done() {
    with_members(|| {
        assert_ok!(Registry::remove_member(RuntimeOrigin::root(), CLIENT));
        assert_err!(
            apply(signed("Alice", 0, to("http://one"))).expect("its account lives"),
            crate::Error::<Test>::NotAMember
        );
    });
}
