//! Clients that bank or company suspends, and that both admit to record again.

use crate::{mock::*, Agreements, Call, Error, Event, Suspension};
use counterfoil_primitives::{ports::Directory, MemberId};
use frame_support::{
    assert_err, assert_noop, assert_ok,
    dispatch::{CheckIfFeeless, DispatchResult},
    BoundedVec,
};
use sp_runtime::transaction_validity::InvalidTransaction;

fn suspend_by(operator: &str, client: MemberId) -> DispatchResult {
    Registry::suspend_client(RuntimeOrigin::signed(account(operator)), AGREEMENT, client)
}

fn lift_by(operator: &str, client: MemberId) -> DispatchResult {
    Registry::lift_suspension(RuntimeOrigin::signed(account(operator)), AGREEMENT, client)
}

fn set_clients(clients: &[MemberId]) {
    let clients = clients.to_vec();
    assert_ok!(Registry::set_clients(
        RuntimeOrigin::root(),
        AGREEMENT,
        clients
    ));
}

/// The suspended clients, as the other pallets see them.
fn suspended() -> Vec<MemberId> {
    Registry::agreement(AGREEMENT).expect("there").suspended
}

/// Who agreed to lift the suspension of [`CLIENT`].
fn lift_agreed_by() -> Option<MemberId> {
    let agreement = Agreements::<Test>::get(AGREEMENT).expect("there");
    let mut suspended = agreement.suspended.iter();
    let suspension = suspended.find(|suspension| suspension.client == CLIENT);
    suspension.expect("it is suspended").lift_agreed_by
}

/// The operators of company and bank, each with the other one.
const PARTIES: [(&str, MemberId, &str); 2] =
    [("Bob", COMPANY, "Charlie"), ("Charlie", BANK, "Bob")];

#[test]
fn bank_or_company_suspends_a_client_alone() {
    for (party, by, _) in PARTIES {
        with_agreement(|| {
            assert_ok!(suspend_by(party, CLIENT));
            assert_eq!(suspended(), vec![CLIENT]);
            assert_eq!(
                last_event(),
                Event::ClientSuspended {
                    agreement: AGREEMENT,
                    client: CLIENT,
                    by,
                }
            );
        });
    }
}

#[test]
fn a_suspended_client_is_still_one_of_the_agreement() {
    with_agreement(|| {
        assert_ok!(suspend_by("Charlie", CLIENT));
        let agreement = Registry::agreement(AGREEMENT).expect("there");
        assert!(agreement.admits(CLIENT) && agreement.is_suspended(CLIENT));
        assert_noop!(
            Registry::remove_member(RuntimeOrigin::root(), CLIENT),
            Error::<Test>::MemberIsNamed
        );
    });
}

#[test]
fn nobody_but_bank_and_company_suspends_a_client() {
    with_agreement(|| {
        for other in ["Alice", "Dave", "Eve"] {
            assert_noop!(suspend_by(other, CLIENT), Error::<Test>::NotAParty);
        }
        assert_noop!(suspend_by("Ferdie", CLIENT), Error::<Test>::NotAMember);
        assert_noop!(
            Registry::suspend_client(RuntimeOrigin::root(), AGREEMENT, CLIENT),
            Error::<Test>::NotAMember
        );
    });
}

#[test]
fn nobody_but_bank_and_company_lifts_a_suspension() {
    with_agreement(|| {
        assert_ok!(suspend_by("Charlie", CLIENT));
        for other in ["Alice", "Dave", "Eve"] {
            assert_noop!(lift_by(other, CLIENT), Error::<Test>::NotAParty);
        }
        assert_noop!(lift_by("Ferdie", CLIENT), Error::<Test>::NotAMember);
        assert_noop!(
            Registry::lift_suspension(RuntimeOrigin::root(), AGREEMENT, CLIENT),
            Error::<Test>::NotAMember
        );
    });
}

#[test]
fn whoever_is_no_client_of_the_agreement_is_not_suspended_in_it() {
    with_agreement(|| {
        for other in [SECOND_CLIENT, COMPANY, 99] {
            assert_noop!(suspend_by("Charlie", other), Error::<Test>::NotAClient);
            assert_noop!(lift_by("Charlie", other), Error::<Test>::NotAClient);
        }
        let bank = || RuntimeOrigin::signed(account("Charlie"));
        assert_noop!(
            Registry::suspend_client(bank(), 9, CLIENT),
            Error::<Test>::UnknownAgreement
        );
        assert_noop!(
            Registry::lift_suspension(bank(), 9, CLIENT),
            Error::<Test>::UnknownAgreement
        );
    });
}

#[test]
fn a_client_is_suspended_in_one_agreement_only() {
    with_agreement(|| {
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::create_agreement(root, 9, spec()));
        assert_ok!(suspend_by("Charlie", CLIENT));
        let other = Registry::agreement(9).expect("created");
        assert!(other.admits(CLIENT) && !other.is_suspended(CLIENT));
    });
}

#[test]
fn suspended_clients_are_listed_in_ascending_order() {
    with_agreement(|| {
        // The agreement lists its clients in the order in which the council names them.
        set_clients(&[SECOND_CLIENT, CLIENT]);
        assert_ok!(suspend_by("Charlie", SECOND_CLIENT));
        assert_ok!(suspend_by("Charlie", CLIENT));
        assert_eq!(suspended(), vec![CLIENT, SECOND_CLIENT]);
    });
}

#[test]
fn a_suspension_ends_once_both_parties_lift_it() {
    for (first, agreed, second) in PARTIES {
        with_agreement(|| {
            assert_ok!(suspend_by("Charlie", CLIENT));
            assert_ok!(lift_by(first, CLIENT));
            assert_eq!(suspended(), vec![CLIENT]);
            assert_eq!(
                last_event(),
                Event::LiftAgreed {
                    agreement: AGREEMENT,
                    client: CLIENT,
                    by: agreed,
                }
            );
            assert_ok!(lift_by(second, CLIENT));
            assert_eq!(suspended(), Vec::<MemberId>::new());
            assert_eq!(
                last_event(),
                Event::SuspensionLifted {
                    agreement: AGREEMENT,
                    client: CLIENT,
                }
            );
        });
    }
}

#[test]
fn one_party_does_not_lift_a_suspension_by_saying_so_twice() {
    for (party, _, _) in PARTIES {
        with_agreement(|| {
            assert_ok!(suspend_by("Charlie", CLIENT));
            assert_ok!(lift_by(party, CLIENT));
            assert_noop!(lift_by(party, CLIENT), Error::<Test>::LiftAgreedAlready);
        });
    }
}

#[test]
fn a_lift_is_of_one_client() {
    with_agreement(|| {
        set_clients(&[CLIENT, SECOND_CLIENT]);
        for client in [CLIENT, SECOND_CLIENT] {
            assert_ok!(suspend_by("Charlie", client));
        }
        for party in ["Bob", "Charlie"] {
            assert_ok!(lift_by(party, CLIENT));
        }
        assert_eq!(suspended(), vec![SECOND_CLIENT]);
    });
}

#[test]
fn a_client_that_is_not_suspended_has_nothing_to_lift() {
    with_agreement(|| {
        assert_noop!(lift_by("Bob", CLIENT), Error::<Test>::NotSuspended);
    });
}

#[test]
fn a_client_is_suspended_once() {
    with_agreement(|| {
        assert_ok!(suspend_by("Charlie", CLIENT));
        for (party, _, _) in PARTIES {
            assert_noop!(suspend_by(party, CLIENT), Error::<Test>::AlreadySuspended);
        }
    });
}

#[test]
fn suspending_again_takes_a_half_given_lift_back() {
    for (party, by, other) in PARTIES {
        with_agreement(|| {
            assert_ok!(suspend_by("Charlie", CLIENT));
            assert_ok!(lift_by("Bob", CLIENT));
            assert_eq!(lift_agreed_by(), Some(COMPANY));
            assert_ok!(suspend_by(party, CLIENT));
            assert_eq!(lift_agreed_by(), None);
            assert_eq!(
                last_event(),
                Event::ClientSuspended {
                    agreement: AGREEMENT,
                    client: CLIENT,
                    by,
                }
            );
            // One word does not lift it any more.
            assert_ok!(lift_by(other, CLIENT));
            assert_eq!(suspended(), vec![CLIENT]);
        });
    }
}

#[test]
fn a_client_whose_suspension_was_lifted_can_be_suspended_again() {
    with_agreement(|| {
        assert_ok!(suspend_by("Charlie", CLIENT));
        for party in ["Bob", "Charlie"] {
            assert_ok!(lift_by(party, CLIENT));
        }
        assert_ok!(suspend_by("Bob", CLIENT));
        assert_eq!((suspended(), lift_agreed_by()), (vec![CLIENT], None));
    });
}

#[test]
fn a_client_that_stays_in_the_agreement_stays_suspended() {
    with_agreement(|| {
        assert_ok!(suspend_by("Charlie", CLIENT));
        assert_ok!(lift_by("Bob", CLIENT));
        set_clients(&[SECOND_CLIENT, CLIENT]);
        assert_eq!(suspended(), vec![CLIENT]);
        assert_eq!(lift_agreed_by(), Some(COMPANY));
    });
}

#[test]
fn a_client_that_the_council_takes_out_leaves_no_suspension() {
    with_agreement(|| {
        assert_ok!(suspend_by("Charlie", CLIENT));
        set_clients(&[SECOND_CLIENT]);
        assert_eq!(suspended(), Vec::<MemberId>::new());
        set_clients(&[SECOND_CLIENT, CLIENT]);
        assert_eq!(suspended(), Vec::<MemberId>::new());
    });
}

#[test]
fn to_suspend_and_to_lift_is_free_for_whom_it_succeeds() {
    with_agreement(|| {
        let suspend = Call::<Test>::suspend_client {
            agreement: AGREEMENT,
            client: CLIENT,
        };
        let lift = Call::<Test>::lift_suspension {
            agreement: AGREEMENT,
            client: CLIENT,
        };
        // Which of the two calls is free, for each of these operators.
        let free = |operators: [&str; 4]| {
            operators.map(|operator| {
                let origin = RuntimeOrigin::signed(account(operator));
                (suspend.is_feeless(&origin), lift.is_feeless(&origin))
            })
        };
        let of_each = || free(["Alice", "Bob", "Charlie", "Ferdie"]);
        let none = (false, false);
        assert_eq!(of_each(), [none, (true, false), (true, false), none]);
        assert_ok!(suspend_by("Charlie", CLIENT));
        assert_eq!(of_each(), [none, (false, true), (false, true), none]);
        assert_ok!(lift_by("Bob", CLIENT));
        assert_eq!(of_each(), [none, (true, false), (true, true), none]);
    });
}

#[test]
fn a_suspension_that_was_lifted_does_not_come_back_with_its_transaction() {
    with_agreement(|| {
        let suspend = signed(
            "Charlie",
            0,
            Call::<Test>::suspend_client {
                agreement: AGREEMENT,
                client: CLIENT,
            },
        );
        let applied = apply(suspend.clone());
        assert_ok!(applied.expect("its nonce is next"));
        for party in ["Bob", "Charlie"] {
            assert_ok!(lift_by(party, CLIENT));
        }
        assert_err!(apply(suspend), InvalidTransaction::Stale);
        assert_eq!(suspended(), Vec::<MemberId>::new());
    });
}

/// Damages the suspensions of a sound chain, and checks that it is noticed.
fn is_noticed(damaged: &[Suspension]) {
    let agreement = crate::AgreementGenesis {
        id: AGREEMENT,
        spec: spec(),
    };
    externalities(genesis(vec![agreement])).execute_with(|| {
        set_clients(&[CLIENT, SECOND_CLIENT]);
        assert_ok!(Registry::do_try_state());
        Agreements::<Test>::mutate(AGREEMENT, |agreement| {
            let agreement = agreement.as_mut().expect("there");
            agreement.suspended = BoundedVec::truncate_from(damaged.to_vec());
        });
        assert!(Registry::do_try_state().is_err());
    });
}

fn suspension(client: MemberId, lift_agreed_by: Option<MemberId>) -> Suspension {
    Suspension {
        client,
        lift_agreed_by,
    }
}

#[test]
fn suspensions_out_of_order_are_noticed() {
    is_noticed(&[suspension(SECOND_CLIENT, None), suspension(CLIENT, None)]);
    is_noticed(&[suspension(CLIENT, None), suspension(CLIENT, None)]);
}

#[test]
fn a_suspension_of_whoever_is_no_client_is_noticed() {
    is_noticed(&[suspension(99, None)]);
}

#[test]
fn a_lift_that_no_party_agreed_to_is_noticed() {
    is_noticed(&[suspension(CLIENT, Some(RECONCILER))]);
}
