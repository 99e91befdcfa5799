//! Successors of clients: who may be one, and what the agreement names with them.

use crate::{mock::*, Error, Event, NamedBy, Successors};
use counterfoil_primitives::{ports::Directory, AgreementId, MemberId, Role};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use sp_runtime::DispatchError;

/// A client that comes later.
const THIRD_CLIENT: MemberId = 9;

fn name(client: MemberId, successor: Option<MemberId>) -> DispatchResult {
    Registry::name_successor(RuntimeOrigin::root(), AGREEMENT, client, successor)
}

fn admit(clients: &[MemberId]) {
    let root = RuntimeOrigin::root();
    assert_ok!(Registry::set_clients(root, AGREEMENT, clients.to_vec()));
}

/// How often agreements name these members.
fn named(members: [MemberId; 3]) -> [u32; 3] {
    members.map(NamedBy::<Test>::get)
}

/// A test with an agreement that admits two of three clients.
fn with_clients(test: impl FnOnce()) {
    with_agreement(|| {
        assert_ok!(register(THIRD_CLIENT, member(Role::Client, "Ferdie")));
        admit(&[CLIENT, SECOND_CLIENT]);
        test();
    });
}

#[test]
fn a_successor_gives_back_beside_the_client_that_it_succeeds() {
    with_clients(|| {
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert_eq!(Registry::successor(AGREEMENT, CLIENT), Some(SECOND_CLIENT));
        let may = |client| Registry::may_give_back(AGREEMENT, client, CLIENT);
        let all = [CLIENT, SECOND_CLIENT, THIRD_CLIENT].map(may);
        assert_eq!(all, [true, true, false]);
        assert!(!Registry::may_give_back(AGREEMENT, CLIENT, SECOND_CLIENT));
        let expected = Event::SuccessorNamed {
            agreement: AGREEMENT,
            client: CLIENT,
            successor: Some(SECOND_CLIENT),
        };
        assert_eq!(last_event(), expected);
    });
}

#[test]
fn a_successor_of_one_agreement_is_none_of_another() {
    with_clients(|| {
        let other: AgreementId = 9;
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::create_agreement(root, other, spec()));
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert_eq!(Registry::successor(other, CLIENT), None);
    });
}

#[test]
fn another_successor_takes_the_place_of_the_one_before() {
    with_clients(|| {
        admit(&[SECOND_CLIENT, THIRD_CLIENT]);
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert_ok!(name(CLIENT, Some(THIRD_CLIENT)));
        assert_eq!(Registry::successor(AGREEMENT, CLIENT), Some(THIRD_CLIENT));
        assert_eq!(named([CLIENT, SECOND_CLIENT, THIRD_CLIENT]), [1, 1, 2]);
    });
}

#[test]
fn a_successor_is_taken_back() {
    with_clients(|| {
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert_ok!(name(CLIENT, None));
        assert_eq!(Registry::successor(AGREEMENT, CLIENT), None);
        assert_eq!(named([CLIENT, SECOND_CLIENT, THIRD_CLIENT]), [1, 1, 0]);
        assert_noop!(name(CLIENT, None), Error::<Test>::NoSuccessor);
    });
}

#[test]
fn the_same_successor_is_named_again_and_counted_once() {
    with_clients(|| {
        for _ in 0..2 {
            assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
            assert_eq!(named([CLIENT, SECOND_CLIENT, THIRD_CLIENT]), [2, 2, 0]);
        }
    });
}

#[test]
fn a_client_that_the_agreement_does_not_admit_any_more_has_a_successor() {
    with_clients(|| {
        admit(&[SECOND_CLIENT]);
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert!(Registry::may_give_back(AGREEMENT, SECOND_CLIENT, CLIENT));
    });
}

#[test]
fn two_clients_have_one_successor_and_two_clients_succeed_each_other() {
    with_clients(|| {
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert_ok!(name(THIRD_CLIENT, Some(SECOND_CLIENT)));
        assert_ok!(name(SECOND_CLIENT, Some(CLIENT)));
        assert_eq!(Successors::<Test>::iter_prefix(AGREEMENT).count(), 3);
        // Nobody succeeds a client by way of another one.
        assert!(!Registry::may_give_back(AGREEMENT, CLIENT, THIRD_CLIENT));
    });
}

#[test]
fn whoever_is_no_admitted_client_is_no_successor() {
    with_clients(|| {
        for (successor, error) in [
            (99, Error::<Test>::UnknownMember),
            (COMPANY, Error::WrongRole),
            (THIRD_CLIENT, Error::NotAClient),
            (CLIENT, Error::OwnSuccessor),
        ] {
            assert_noop!(name(CLIENT, Some(successor)), error);
        }
    });
}

#[test]
fn whoever_is_no_client_has_no_successor() {
    with_clients(|| {
        let successor = Some(SECOND_CLIENT);
        assert_noop!(name(99, successor), Error::<Test>::UnknownMember);
        assert_noop!(name(BANK, successor), Error::<Test>::WrongRole);
    });
}

#[test]
fn successors_are_of_agreements_that_there_are() {
    with_clients(|| {
        for successor in [Some(SECOND_CLIENT), None] {
            let root = RuntimeOrigin::root();
            assert_noop!(
                Registry::name_successor(root, 9, CLIENT, successor),
                Error::<Test>::UnknownAgreement
            );
        }
    });
}

#[test]
fn the_council_alone_names_successors() {
    with_clients(|| {
        for operator in ["Alice", "Bob", "Charlie", "Dave", "Eve"] {
            let origin = RuntimeOrigin::signed(account(operator));
            assert_noop!(
                Registry::name_successor(origin, AGREEMENT, CLIENT, Some(SECOND_CLIENT)),
                DispatchError::BadOrigin
            );
        }
    });
}

#[test]
fn a_client_and_its_successor_stay_members_while_the_agreement_names_them() {
    with_clients(|| {
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        admit(&[]);
        let remove = |member| Registry::remove_member(RuntimeOrigin::root(), member);
        for member in [CLIENT, SECOND_CLIENT] {
            assert_noop!(remove(member), Error::<Test>::MemberIsNamed);
        }
        assert_ok!(name(CLIENT, None));
        for member in [CLIENT, SECOND_CLIENT] {
            assert_ok!(remove(member));
        }
    });
}

/// Damages a chain that names a successor, and checks that it is noticed.
fn is_noticed(damage: impl FnOnce()) {
    let agreement = crate::AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    };
    externalities(genesis(vec![agreement])).execute_with(|| {
        admit(&[CLIENT, SECOND_CLIENT]);
        assert_ok!(name(CLIENT, Some(SECOND_CLIENT)));
        assert_ok!(Registry::do_try_state());
        damage();
        assert!(Registry::do_try_state().is_err());
    });
}

/// Puts a successor there, and counts as if it were named.
fn put(agreement: AgreementId, client: MemberId, successor: MemberId) {
    Successors::<Test>::insert(agreement, client, successor);
    for member in [client, successor] {
        NamedBy::<Test>::mutate(member, |times| *times += 1);
    }
}

#[test]
fn a_successor_that_is_not_counted_is_noticed() {
    is_noticed(|| Successors::<Test>::remove(AGREEMENT, CLIENT));
}

#[test]
fn a_successor_of_no_agreement_is_noticed() {
    is_noticed(|| put(9, CLIENT, SECOND_CLIENT));
}

#[test]
fn a_successor_that_is_no_other_client_is_noticed() {
    for (client, successor) in [
        (SECOND_CLIENT, SECOND_CLIENT),
        (SECOND_CLIENT, BANK),
        (BANK, CLIENT),
        (SECOND_CLIENT, 99),
    ] {
        is_noticed(|| put(AGREEMENT, client, successor));
    }
}
