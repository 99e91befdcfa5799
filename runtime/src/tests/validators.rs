//! Who makes and finalises blocks, and from when on.

mod reports;
mod stalls;

use super::blocks::{block_of, empty_block, on_chain_of};
use crate::{
    cannot_pay_explained::NOT_FREE,
    constants::{REPORT_SESSIONS, SESSION},
    AccountId, BlockNumber, Executive, Grandpa, Hash, Header, Historical, Registry, Runtime,
    RuntimeCall, RuntimeEvent, RuntimeOrigin, Session, SessionKeys, System, UncheckedExtrinsic,
    Validators,
};
use codec::{Decode, Encode};
use counterfoil_primitives::{institution_account, validator::ValidatorView, MemberId, Role};
use frame_support::{
    assert_noop, assert_ok, dispatch::DispatchResultWithPostInfo, traits::KeyOwnerProofSystem,
};
use pallet_session::ShouldEndSession;
use pallet_validators::Event;
use sp_consensus_grandpa::{
    AuthorityId as GrandpaId, ConsensusLog, EquivocationProof, GRANDPA_ENGINE_ID, KEY_TYPE,
};
use sp_core::{ed25519, proof_of_possession::statement_of_ownership, sr25519, Pair};
use sp_keyring::{
    Ed25519Keyring,
    Sr25519Keyring::{self, Eve},
};
use sp_runtime::{
    traits::{Dispatchable, Header as _},
    transaction_validity::{InvalidTransaction, TransactionSource, TransactionValidityError},
    DigestItem,
};

/// The member that acts with the key of Eve, and is no validator at first.
const EVE: MemberId = 5;

fn on_chain(test: impl FnOnce()) {
    on_chain_of(&[1], 1, || {
        empty_block();
        test()
    });
}

fn root() -> RuntimeOrigin {
    RuntimeOrigin::root()
}

/// Ends the running session, and returns the block that does.
fn end_session() -> Header {
    let before = Session::current_index();
    assert_ok!(Validators::end_session(root()));
    let header = empty_block();
    assert_eq!(Session::current_index(), before + 1);
    header
}

/// How many make blocks, and how many finalise them.
fn authorities() -> (usize, usize) {
    let makers = pallet_aura::Authorities::<Runtime>::get().len();
    (makers, Grandpa::grandpa_authorities().len())
}

fn set_id() -> u64 {
    pallet_grandpa::CurrentSetId::<Runtime>::get()
}

/// What a block tells of GRANDPA's set.
fn told_to_grandpa(header: &Header) -> Vec<ConsensusLog<u32>> {
    let logs = header.digest().logs().iter();
    logs.filter_map(|item| match item {
        DigestItem::Consensus(GRANDPA_ENGINE_ID, log) => {
            Some(ConsensusLog::decode(&mut &log[..]).expect("it is GRANDPA's"))
        }
        _ => None,
    })
    .collect()
}

/// New keys of a member's node, and their proof.
pub(super) fn keys(member: MemberId, seed: u8) -> (SessionKeys, pallet_validators::KeyProof) {
    let maker = sr25519::Pair::from_seed(&[seed; 32]);
    let finalizer = ed25519::Pair::from_seed(&[seed; 32]);
    let statement = statement_of_ownership(institution_account(member).as_ref());
    let proof = (maker.sign(&statement), finalizer.sign(&statement)).encode();
    let keys = SessionKeys {
        aura: maker.public().into(),
        grandpa: finalizer.public().into(),
    };
    (keys, proof.try_into().expect("it is short"))
}

fn set_keys(signer: Sr25519Keyring, member: MemberId, seed: u8) {
    let (keys, proof) = keys(member, seed);
    let call = RuntimeCall::Validators(pallet_validators::Call::set_keys { keys, proof });
    assert_eq!(block_of(signer, call), Ok(Ok(())));
}

#[test]
fn a_list_takes_effect_two_sessions_later() {
    on_chain(|| {
        assert_ok!(Validators::set_validators(root(), vec![1, 2, 3]));
        assert_eq!(authorities(), (4, 4));
        assert!(told_to_grandpa(&end_session()).is_empty());
        assert_eq!(authorities(), (4, 4));
        let header = end_session();
        assert_eq!(authorities(), (3, 3));
        assert_eq!(set_id(), 1);
        assert!(matches!(
            &told_to_grandpa(&header)[..],
            [ConsensusLog::ScheduledChange(change)]
                if change.delay == 0 && change.next_authorities.len() == 3
        ));
    });
}

#[test]
fn a_member_that_set_its_keys_becomes_a_validator_with_them() {
    on_chain(|| {
        let list = vec![1, 2, 3, 4, EVE];
        assert_noop!(
            Validators::set_validators(root(), list.clone()),
            pallet_validators::Error::<Runtime>::NoKeys
        );
        set_keys(Eve, EVE, 50);
        assert_ok!(Validators::set_validators(root(), list));
        end_session();
        end_session();
        let keys = keys(EVE, 50).0;
        assert!(pallet_aura::Authorities::<Runtime>::get().contains(&keys.aura));
        assert!(Grandpa::grandpa_authorities().contains(&(keys.grandpa, 1)));
        assert_eq!(authorities(), (5, 5));
    });
}

#[test]
fn the_set_of_finality_does_not_move_while_nothing_changes() {
    on_chain(|| {
        for _ in 0..5 {
            assert!(told_to_grandpa(&end_session()).is_empty());
        }
        assert_eq!(set_id(), 0);
        assert_eq!(authorities(), (4, 4));
    });
}

#[test]
fn new_keys_of_a_validator_make_one_new_set() {
    on_chain(|| {
        set_keys(Sr25519Keyring::Bob, 2, 60);
        for expected in [0, 1, 1, 1] {
            end_session();
            assert_eq!(set_id(), expected);
        }
        let keys = keys(2, 60).0;
        assert!(Grandpa::grandpa_authorities().contains(&(keys.grandpa, 1)));
        assert!(pallet_aura::Authorities::<Runtime>::get().contains(&keys.aura));
    });
}

#[test]
fn a_session_lasts_an_hour() {
    on_chain(|| {
        type Sessions = <Runtime as pallet_session::Config>::ShouldEndSession;
        end_session();
        let start = System::block_number();
        assert!(!Sessions::should_end_session(start + SESSION - 1));
        assert!(Sessions::should_end_session(start + SESSION));
    });
}

#[test]
fn the_block_that_ends_a_session_takes_no_call() {
    on_chain(|| {
        assert_ok!(Validators::end_session(root()));
        let call = || {
            RuntimeCall::Registry(pallet_registry::Call::set_endpoint {
                endpoint: "http://127.0.0.1:9944".try_into().expect("it is short"),
            })
        };
        let full = TransactionValidityError::Invalid(InvalidTransaction::ExhaustsResources);
        assert_eq!(block_of(Eve, call()), Err(full));
        assert_eq!(block_of(Eve, call()), Ok(Ok(())));
    });
}

#[test]
fn whoever_gets_the_number_of_a_former_member_gets_no_keys_with_it() {
    on_chain(|| {
        set_keys(Eve, EVE, 50);
        assert_ok!(Registry::set_clients(root(), 1, vec![1]));
        assert_ok!(Registry::remove_member(root(), EVE));
        assert!(Session::load_keys(&institution_account(EVE)).is_none());
        assert_ok!(Registry::register_member(
            root(),
            EVE,
            Role::Client,
            "Kiosk".try_into().expect("it is short"),
            AccountId::new([9; 32]),
            Sr25519Keyring::One.public().into(),
            Default::default(),
        ));
        assert_noop!(
            Validators::set_validators(root(), vec![1, 2, 3, EVE]),
            pallet_validators::Error::<Runtime>::NoKeys
        );
    });
}

#[test]
fn a_validator_stays_a_member_until_it_makes_no_blocks() {
    on_chain(|| {
        set_keys(Eve, EVE, 50);
        assert_ok!(Validators::set_validators(root(), vec![1, 2, 3, 4, EVE]));
        assert_ok!(Registry::set_clients(root(), 1, vec![1]));
        let remove = || Registry::remove_member(root(), EVE);
        assert!(remove().is_err());
        end_session();
        end_session();
        assert_ok!(Validators::set_validators(root(), vec![1, 2, 3, 4]));
        end_session();
        assert!(remove().is_err());
        end_session();
        assert_ok!(remove());
    });
}

#[test]
fn staff_reads_who_makes_blocks_and_who_will() {
    on_chain(|| {
        set_keys(Eve, EVE, 50);
        assert_ok!(Validators::set_validators(root(), vec![1, 2, 3, EVE]));
        end_session();
        let views = crate::views::validators();
        let of = |member, in_list, active, queued| ValidatorView {
            member,
            has_keys: true,
            in_list,
            active,
            queued,
        };
        let expected = [
            of(1, true, true, true),
            of(2, true, true, true),
            of(3, true, true, true),
            of(4, false, true, false),
            of(EVE, true, false, true),
        ];
        assert_eq!(views, expected);
    });
}

/// It is free for a member that fails too, which then reads why.
#[test]
fn keys_that_are_refused_use_up_their_members_share() {
    on_chain(|| {
        let used = || pallet_share::UsedBy::<Runtime>::get(EVE).map(|used| used.here);
        assert_eq!(used(), None);
        let (keys, _) = keys(EVE, 50);
        let proof = Default::default();
        let call = RuntimeCall::Validators(pallet_validators::Call::set_keys { keys, proof });
        let wrong = pallet_validators::Error::<Runtime>::WrongProof;
        assert_eq!(block_of(Eve, call), Ok(Err(wrong.into())));
        assert_ne!(used(), Some(Default::default()));
        assert!(used().is_some());
    });
}

#[test]
fn a_validator_that_takes_its_keys_away_would_have_to_pay() {
    on_chain(|| {
        let purge =
            |member| RuntimeCall::Validators(pallet_validators::Call::purge_keys { member });
        let refused = block_of(Sr25519Keyring::Bob, purge(2));
        assert_eq!(refused, Err(TransactionValidityError::Invalid(NOT_FREE)));
        set_keys(Eve, EVE, 50);
        assert_eq!(block_of(Eve, purge(EVE)), Ok(Ok(())));
    });
}

/// The script reads the state that a chain starts with: the list, and the ends of keys of two maps.
#[test]
fn the_check_of_a_specification_finds_validators_members_and_session_keys_in_the_state() {
    let script = include_str!("../../../scripts/check-spec");
    let hex = |key: &[u8]| -> String { key.iter().map(|byte| format!("{byte:02x}")).collect() };
    let list = pallet_validators::Validators::<Runtime>::hashed_key();
    assert!(script.contains(&hex(&list[..])));
    let (member, account) = (2u32.encode(), institution_account(2).encode());
    let of_member = pallet_registry::Members::<Runtime>::hashed_key_for(2u32);
    let of_keys = pallet_session::NextKeys::<Runtime>::hashed_key_for(institution_account(2));
    for (key, end) in [(of_member, &member), (of_keys, &account)] {
        // Two names, eight bytes of a hash, and the end.
        assert!(script.contains(&hex(&key[..32])));
        assert_eq!(key[40..], end[..]);
    }
    assert_eq!(account[..12], b"modlcfl/inst"[..]);
    assert_eq!(account[12..], [member, vec![0; 16]].concat());
    on_chain(|| {
        let stored = sp_io::storage::get(&list).expect("there is a list");
        let validators = [1u32, 2, 3, 4].map(|member| member.encode()).concat();
        assert_eq!(stored[..], [vec![4 * 4], validators].concat());
    });
}

#[test]
fn a_stranger_sets_no_keys() {
    on_chain(|| {
        let (keys, proof) = keys(99, 70);
        let call = RuntimeCall::Validators(pallet_validators::Call::set_keys { keys, proof });
        assert!(block_of(Sr25519Keyring::One, call).is_err());
    });
}

#[test]
fn no_member_changes_the_list_by_itself() {
    on_chain(|| {
        for call in [
            pallet_validators::Call::set_validators { members: vec![1] },
            pallet_validators::Call::end_session {},
            pallet_validators::Call::note_stalled {
                delay: 3,
                best_finalized: 0,
            },
        ] {
            let refused = block_of(Eve, RuntimeCall::Validators(call));
            assert_eq!(refused, Err(TransactionValidityError::Invalid(NOT_FREE)));
        }
    });
}
