//! What members can repeat free of fees leaves no more in storage, however often they do.

use super::{storage::storage, *};
use crate::{
    tests::{
        amendments::{origin, reject, TODAY},
        validators::keys,
    },
    AccountId, Books, Registry, Trades,
};
use counterfoil_primitives::{
    day::DAY,
    operator::rotation_payload,
    ports::{DayTrades, Directory},
    settlement::{BankReference, Rail},
    Conditions, SideId, MAX_REPLACEMENTS,
};
use frame_support::{assert_noop, assert_ok, dispatch::DispatchResult};
use pallet_registry::{MemberByOperator, RetiredOperators};
use sp_core::{sr25519, Pair};
use sp_runtime::traits::Dispatchable;
use Sr25519Keyring::{Bob, Charlie, Eve};

/// The member that acts with the key of Charlie: the bank.
const CHARLIE: MemberId = 3;
/// The first day that has not begun.
const TOMORROW: BusinessDay = TODAY.next();

/// Rounds after which storage has all that they leave.
const FEW: u32 = 4;
/// Rounds after which it has no more.
const MANY: u32 = 60;

/// The keys of storage, each with the length of its value.
fn lengths() -> BTreeMap<Vec<u8>, usize> {
    let pairs = storage().into_iter();
    pairs.map(|(key, value)| (key, value.len())).collect()
}

fn dispatch(of: Sr25519Keyring, call: impl Into<RuntimeCall>) {
    assert_ok!(call.into().dispatch(origin(of)));
}

/// Asserts that storage has after many rounds what it has after few.
fn assert_leaves_no_more(round: impl Fn(u32)) {
    (0..FEW).for_each(&round);
    let few = lengths();
    (FEW..MANY).for_each(&round);
    assert_eq!(lengths(), few);
}

#[test]
fn proposals_that_are_withdrawn_leave_no_more_however_many_they_are() {
    on_development_chain(|| {
        recorded();
        assert_leaves_no_more(|_| {
            for content in [cancellation(), missing()] {
                let number = propose(content);
                dispatch(Bob, withdraw_call(number));
            }
        });
    });
}

#[test]
fn claims_that_are_written_off_leave_no_more_however_many_they_are() {
    on_development_chain(|| {
        recorded();
        assert_leaves_no_more(|_| {
            for content in [cancellation(), missing()] {
                for become_a_claim in [reject, lapse] {
                    let number = propose(content.clone());
                    become_a_claim(number);
                    dispatch(Bob, write_off_call(number));
                    // A lapse comes days later.
                    pallet_timestamp::Now::<Runtime>::put(NOON);
                }
            }
        });
    });
}

#[test]
fn declarations_that_are_withdrawn_leave_no_more_however_many_they_are() {
    on_development_chain(|| {
        let agreement = Registry::agreement(1).expect("it is there");
        let conditions = Conditions {
            rail: Rail::External,
            ..*agreement.conditions_on(TODAY).expect("it has begun")
        };
        let root = RuntimeOrigin::root();
        assert_ok!(Registry::set_conditions(root, 1, TOMORROW, conditions));
        reconcile(TOMORROW, 500);
        assert_leaves_no_more(|number| {
            let declare = pallet_settlement::Call::<Runtime>::declare {
                agreement: 1,
                day: TOMORROW,
                amount: 500,
                value_date: TODAY,
                reference: BankReference::truncated("B-1"),
            };
            dispatch(Bob, declare);
            let withdraw = pallet_settlement::Call::<Runtime>::withdraw_declaration {
                agreement: 1,
                day: TOMORROW,
                number,
            };
            dispatch(Bob, withdraw);
        });
    });
}

#[test]
fn suspensions_that_are_lifted_leave_no_more_however_many_they_are() {
    on_development_chain(|| {
        let (agreement, client) = (1, EVE);
        assert_leaves_no_more(|_| {
            dispatch(
                Charlie,
                pallet_registry::Call::<Runtime>::suspend_client { agreement, client },
            );
            for party in [Charlie, Bob] {
                dispatch(
                    party,
                    pallet_registry::Call::<Runtime>::lift_suspension { agreement, client },
                );
            }
        });
        let agreement = Registry::agreement(agreement).expect("it is there");
        assert!(!agreement.is_suspended(client));
    });
}

#[test]
fn changes_of_account_that_are_objected_to_leave_no_more_however_many_they_are() {
    on_development_chain(|| {
        let from = BusinessDay(TODAY.0 + 3);
        assert_leaves_no_more(|round| {
            let account = AccountId::new([round as u8; 32]);
            let change = pallet_registry::Call::<Runtime>::change_account {
                from,
                account: account.clone(),
            };
            dispatch(Charlie, change);
            let object = pallet_registry::Call::<Runtime>::object_to_account {
                member: CHARLIE,
                from,
                account,
            };
            dispatch(Charlie, object);
        });
    });
}

#[test]
fn endpoints_and_session_keys_that_are_set_again_leave_no_more() {
    on_development_chain(|| {
        assert_leaves_no_more(|round| {
            dispatch(Eve, endpoint());
            // One of two by turns, each in the place of the other.
            let (keys, proof) = keys(EVE, 100 + round as u8 % 2);
            dispatch(
                Eve,
                pallet_validators::Call::<Runtime>::set_keys { keys, proof },
            );
        });
    });
}

#[test]
fn session_keys_that_are_taken_away_leave_no_more_however_often() {
    on_development_chain(|| {
        assert_leaves_no_more(|round| {
            let (keys, proof) = keys(EVE, 100 + round as u8);
            dispatch(
                Eve,
                pallet_validators::Call::<Runtime>::set_keys { keys, proof },
            );
            dispatch(
                Eve,
                pallet_validators::Call::<Runtime>::purge_keys { member: EVE },
            );
        });
    });
}

/// The company commits to a book of today that nobody else commits to.
fn commit(replacement: u8) -> DispatchResult {
    let side_id = SideId::new(1, TODAY, Side::Debit);
    let chain = Trades::chain_commitment(side_id).expect("the day is sealed");
    let commitment = Commitment {
        slots_root: H256::repeat_byte(replacement),
        ..chain
    };
    Books::commit(
        origin(Bob),
        side_id.agreement,
        side_id.day,
        side_id.side,
        0,
        replacement,
        commitment,
    )
}

#[test]
fn commitments_that_are_replaced_leave_no_more_and_soon_end() {
    on_development_chain(|| {
        recorded();
        let agreement = Registry::agreement(1).expect("it is there");
        let cut_off = agreement.cut_off_of(TODAY).expect("it has begun");
        pallet_timestamp::Now::<Runtime>::put(cut_off);
        assert_ok!(Trades::seal(origin(Bob), 1, TODAY));
        assert_ok!(commit(0));
        assert_ok!(commit(1));
        let few = lengths();
        for replacement in 2..=MAX_REPLACEMENTS {
            assert_ok!(commit(replacement));
        }
        assert_eq!(lengths(), few);
        let no_more = pallet_books::Error::<Runtime>::NoMoreReplacements;
        assert_noop!(commit(MAX_REPLACEMENTS + 1), no_more);
    });
}

/// A key that comes back would let everything be sent again that it ever signed. So it is kept, with its
/// account's nonce.
#[test]
fn a_rotation_leaves_a_retired_key_and_comes_once_a_day() {
    on_development_chain(|| {
        let rotate = |old: &sr25519::Pair, new: &sr25519::Pair| {
            let consent = rotation_payload(System::block_hash(0), EVE);
            let of_old = RuntimeOrigin::signed(old.public().into());
            Registry::rotate_operator(of_old, new.public().into(), new.sign(&consent).into())
        };
        let key = |number: u8| sr25519::Pair::from_seed(&[number; 32]);
        assert_ok!(rotate(&Eve.pair(), &key(0)));
        let all = || lengths().into_keys().collect::<BTreeSet<_>>();
        let mut kept = all();
        for number in 1..=MANY as u8 {
            let [old, new] = [number - 1, number].map(key);
            let recent = pallet_registry::Error::<Runtime>::RotatedRecently;
            assert_noop!(rotate(&old, &new), recent);
            pallet_timestamp::Now::<Runtime>::mutate(|now| *now += DAY);
            assert_ok!(rotate(&old, &new));
            let [old, new] = [old, new].map(|pair| AccountId::from(pair.public()));
            kept.remove(&MemberByOperator::<Runtime>::hashed_key_for(&old));
            kept.extend([
                RetiredOperators::<Runtime>::hashed_key_for(&old),
                MemberByOperator::<Runtime>::hashed_key_for(&new),
                frame_system::Account::<Runtime>::hashed_key_for(&new),
            ]);
            assert_eq!(all(), kept);
        }
    });
}
