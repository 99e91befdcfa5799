//! What a majority of the council does, and a minority does not.

use super::{
    blocks::{block_of, empty_block, on_chain_of},
    on_development_chain,
    transactions::validity,
};
use crate::{
    configs::council::MaxMotionWeight, constants::MOTION, presets::ASSET, AccountId, Assets,
    Council, Registry, Runtime, RuntimeCall, RuntimeOrigin, System, UncheckedExtrinsic, Validators,
};
use codec::Encode;
use counterfoil_primitives::{council::MotionView, ports::Directory, BusinessDay, MemberId, Role};
use frame_support::{dispatch::GetDispatchInfo, traits::fungibles::Inspect};
use pallet_council::{Call, MAX_CALL};
use pallet_share::priority::{COUNCIL, RECORDING};
use sp_core::H256;
use sp_keyring::Sr25519Keyring::{self, Alice, Bob, Charlie, Dave};
use sp_runtime::{
    traits::{BlakeTwo256, Hash},
    ApplyExtrinsicResult,
};

/// The members that act with the keys of Bob, Charlie and Dave.
const SEATS: [MemberId; 3] = [2, 3, 4];
const MAJORITY: u32 = 2;

/// A member that comes.
const NEW: MemberId = 20;

/// What only root does.
struct Act {
    call: RuntimeCall,
    is_done: fn() -> bool,
}

/// The acts by which a network is administered.
fn acts() -> [Act; 5] {
    let member = pallet_registry::Call::register_member {
        id: NEW,
        role: Role::Client,
        name: "Kiosk".try_into().expect("it is short"),
        account: AccountId::new([NEW as u8; 32]),
        operator: Sr25519Keyring::One.public().into(),
        endpoint: Default::default(),
    };
    let asset = pallet_assets::Call::force_create {
        id: ASSET + 1,
        owner: Alice.to_account_id().into(),
        is_sufficient: true,
        min_balance: 1,
    };
    let upgrade = frame_system::Call::authorize_upgrade {
        code_hash: H256::repeat_byte(1),
    };
    let stalled = pallet_validators::Call::note_stalled {
        delay: 5,
        best_finalized: 1,
    };
    let list = pallet_validators::Call::set_validators {
        members: vec![1, 2, 3],
    };
    [
        Act {
            call: RuntimeCall::System(upgrade),
            is_done: || System::authorized_upgrade().is_some(),
        },
        Act {
            call: RuntimeCall::Assets(asset),
            is_done: || Assets::asset_exists(ASSET + 1),
        },
        Act {
            call: RuntimeCall::Registry(member),
            is_done: || Registry::operator(NEW).is_some(),
        },
        Act {
            call: RuntimeCall::Validators(stalled),
            is_done: || pallet_validators::NotedStall::<Runtime>::exists(),
        },
        Act {
            call: RuntimeCall::Validators(list),
            is_done: || pallet_validators::Validators::<Runtime>::get()[..] == [1, 2, 3],
        },
    ]
}

fn on_chain(test: impl FnOnce()) {
    on_chain_of(&SEATS, MAJORITY, || {
        end_a_session();
        test()
    });
}

/// Ends a session: a stall can be noted from then on.
fn end_a_session() {
    empty_block();
    Validators::end_session(root()).expect("root may");
    empty_block();
}

fn root() -> RuntimeOrigin {
    RuntimeOrigin::root()
}

fn proposed(call: RuntimeCall) -> RuntimeCall {
    let call = Box::new(call);
    RuntimeCall::Council(Call::propose { call })
}

fn propose(seat: Sr25519Keyring, call: RuntimeCall) -> ApplyExtrinsicResult {
    block_of(seat, proposed(call))
}

fn vote(seat: Sr25519Keyring, of: &MotionView, approve: bool) -> ApplyExtrinsicResult {
    let (motion, index) = (of.motion, of.index);
    let vote = Call::vote {
        motion,
        index,
        approve,
    };
    block_of(seat, RuntimeCall::Council(vote))
}

fn close(seat: Sr25519Keyring, of: &MotionView) -> ApplyExtrinsicResult {
    let close = Call::close {
        motion: of.motion,
        index: of.index,
        weight_bound: of.weight,
        length_bound: of.length,
    };
    block_of(seat, RuntimeCall::Council(close))
}

/// The only open motion.
fn motion() -> MotionView {
    let mut motions = Council::view().motions;
    assert_eq!(motions.len(), 1);
    motions.remove(0)
}

/// Two seats approve a call, and the third closes the motion.
fn carry(call: RuntimeCall) {
    assert_eq!(propose(Bob, call), Ok(Ok(())));
    assert_eq!(vote(Charlie, &motion(), true), Ok(Ok(())));
    assert_eq!(close(Dave, &motion()), Ok(Ok(())));
    assert!(Council::view().motions.is_empty());
}

#[test]
fn a_majority_of_the_council_administers_the_chain() {
    for Act { call, is_done } in acts() {
        on_chain(|| {
            assert!(!is_done());
            carry(call.clone());
            assert!(is_done(), "{call:?}");
        });
    }
}

#[test]
fn a_minority_of_the_council_does_nothing() {
    for Act { call, is_done } in acts() {
        on_chain(|| {
            assert_eq!(propose(Bob, call.clone()), Ok(Ok(())));
            // While it is undecided, no seat closes it.
            for seat in [Bob, Charlie] {
                assert!(close(seat, &motion()).is_err());
            }
            for seat in [Charlie, Dave] {
                assert_eq!(vote(seat, &motion(), false), Ok(Ok(())));
            }
            assert_eq!(close(Bob, &motion()), Ok(Ok(())));
            assert!(Council::view().motions.is_empty());
            assert!(!is_done(), "{call:?}");
        });
    }
}

#[test]
fn a_motion_that_nobody_votes_on_runs_nothing_when_its_time_is_over() {
    for Act { call, is_done } in acts() {
        on_chain(|| {
            assert_eq!(propose(Bob, call.clone()), Ok(Ok(())));
            assert!(close(Bob, &motion()).is_err());
            System::set_block_number(System::block_number() + MOTION);
            // It ends a session that has lasted long enough.
            empty_block();
            assert_eq!(close(Charlie, &motion()), Ok(Ok(())));
            assert!(!is_done(), "{call:?}");
        });
    }
}

#[test]
fn no_seat_does_by_itself_what_a_majority_does() {
    for Act { call, is_done } in acts() {
        on_chain(|| {
            for seat in [Bob, Charlie, Dave] {
                assert!(block_of(seat, call.clone()).is_err());
            }
            // It can pay, and has no seat.
            assert!(block_of(Alice, call.clone()).is_ok_and(|applied| applied.is_err()));
            assert!(!is_done(), "{call:?}");
        });
    }
}

#[test]
fn a_lone_seat_administers_by_one_call() {
    for Act { call, is_done } in acts() {
        on_chain_of(&[1], 1, || {
            end_a_session();
            assert_eq!(propose(Alice, call.clone()), Ok(Ok(())));
            assert!(is_done(), "{call:?}");
        });
    }
}

#[test]
fn the_development_chain_has_one_seat_which_carries_alone() {
    on_development_chain(|| {
        let council = Council::view();
        assert_eq!((council.seats, council.majority), (vec![1], 1));
    });
}

/// Its bytes hold a nonce that is used.
#[test]
fn what_a_seat_signed_before_is_not_taken_again() {
    on_chain(|| {
        let call = acts()[0].call.clone();
        let nonce = System::account_nonce(Bob.to_account_id());
        let first = super::transactions::signed(&Bob.pair(), nonce, proposed(call.clone()));
        assert_eq!(propose(Bob, call), Ok(Ok(())));
        for seat in [Charlie, Dave] {
            assert_eq!(vote(seat, &motion(), false), Ok(Ok(())));
        }
        assert_eq!(close(Bob, &motion()), Ok(Ok(())));
        assert!(validity(first).is_err());
    });
}

/// Of many proposals of a seat a block takes two, and drops the others.
#[test]
fn of_the_calls_that_a_seat_has_in_the_pool_the_next_one_alone_comes_before_records() {
    on_chain(|| {
        let remark = |number: u8| {
            let remark = vec![number];
            RuntimeCall::System(frame_system::Call::remark { remark })
        };
        let priority = |nonce: u32| {
            let call = proposed(remark(nonce as u8));
            let sent = super::transactions::signed(&Bob.pair(), nonce, call);
            validity(sent).expect("the pool takes it").priority
        };
        let next = System::account_nonce(Bob.to_account_id());
        assert!(priority(next) >= COUNCIL);
        for later in [next + 1, next + 2, next + 100] {
            assert!(priority(later) < RECORDING, "{later}");
        }
        assert_eq!(propose(Bob, remark(next as u8)), Ok(Ok(())));
        assert!(priority(next + 1) >= COUNCIL);
        assert!(priority(next + 2) < RECORDING);
    });
}

/// The bytes of a call may mean another call to the new runtime.
#[test]
fn no_motion_outlives_an_upgrade_of_the_runtime() {
    on_chain(|| {
        let [Act { call, .. }, ..] = acts();
        assert_eq!(propose(Bob, call), Ok(Ok(())));
        empty_block();
        let open = motion();
        // As where the runtime has another version than the one before.
        frame_system::LastRuntimeUpgrade::<Runtime>::kill();
        empty_block();
        assert!(Council::view().motions.is_empty());
        assert_ne!(vote(Charlie, &open, true), Ok(Ok(())));
    });
}

#[test]
fn who_brings_the_code_that_the_council_authorized_needs_no_account() {
    on_chain(|| {
        let code = vec![1, 2, 3];
        let bring = |code| {
            let call = frame_system::Call::apply_authorized_upgrade { code };
            validity(UncheckedExtrinsic::new_bare(RuntimeCall::System(call)))
        };
        assert!(bring(code.clone()).is_err());
        // Of bytes that are no runtime, which the call with its checks would refuse.
        let upgrade = frame_system::Call::authorize_upgrade_without_checks {
            code_hash: BlakeTwo256::hash(&code),
        };
        carry(RuntimeCall::System(upgrade));
        assert!(bring(code).is_ok());
        assert!(bring(vec![1, 2]).is_err());
    });
}

/// A call of as many bytes as a motion may have.
fn longest() -> RuntimeCall {
    let of = |bytes: usize| {
        let remark = vec![0; bytes];
        RuntimeCall::System(frame_system::Call::remark { remark })
    };
    let most = MAX_CALL as usize;
    let around = of(most).encoded_size() - most;
    let call = of(most - around);
    assert_eq!(call.encoded_size(), most);
    call
}

/// A batch of calls that weigh much.
fn heavy(count: usize) -> RuntimeCall {
    let seal = RuntimeCall::Trades(pallet_trades::Call::seal {
        agreement: 1,
        day: BusinessDay(20_779),
    });
    let calls = vec![seal; count];
    RuntimeCall::Utility(pallet_utility::Call::batch { calls })
}

fn may_be_proposed(call: &RuntimeCall) -> bool {
    let call = Box::new(call.clone());
    let run = RuntimeCall::Council(Call::execute { call });
    run.get_dispatch_info()
        .call_weight
        .all_lte(MaxMotionWeight::get())
}

#[test]
fn the_largest_motions_fit_a_block() {
    let count = (1..)
        .take_while(|count| may_be_proposed(&heavy(*count)))
        .count();
    assert!(count > 0, "a motion may do something");
    for call in [longest(), heavy(count)] {
        on_chain(|| carry(call.clone()));
        on_chain_of(&[1], 1, || {
            empty_block();
            assert_eq!(propose(Alice, call.clone()), Ok(Ok(())));
        });
    }
}

#[test]
fn a_motion_that_would_fit_no_block_is_refused() {
    let count = (1..)
        .take_while(|count| may_be_proposed(&heavy(*count)))
        .count();
    on_chain(|| assert!(propose(Bob, heavy(count + 1)).is_err()));
}

/// The script reads the state that a chain starts with, and knows the names of its values as hashes.
#[test]
fn the_check_of_a_specification_finds_the_council_in_the_state() {
    let script = include_str!("../../../scripts/check-spec");
    let seats = pallet_council::Seats::<Runtime>::hashed_key();
    let majority = pallet_council::Majority::<Runtime>::hashed_key();
    for key in [seats, majority] {
        let hex = key.iter().map(|byte| format!("{byte:02x}"));
        assert!(script.contains(&hex.collect::<String>()));
    }
    on_chain_of(&SEATS, MAJORITY, || {
        // What the script reads of them.
        assert_eq!(
            sp_io::storage::get(&seats).map(|value| value[0] / 4),
            Some(3)
        );
        assert_eq!(
            sp_io::storage::get(&majority).map(|value| value[0]),
            Some(2)
        );
    });
}
