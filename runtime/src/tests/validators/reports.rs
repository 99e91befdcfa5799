//! Two votes of a validator in a round: proofs, reports, and what becomes of them.

use super::*;

/// The key of Alice's node by which blocks are finalised.
fn key() -> (sp_core::crypto::KeyTypeId, GrandpaId) {
    (KEY_TYPE, Ed25519Keyring::Alice.public().into())
}

#[test]
fn a_validators_key_can_be_proven_as_long_as_its_votes_are_looked_into() {
    on_chain(|| {
        let proof = Historical::prove(key()).expect("it is a validator's");
        let owner = || Historical::check_proof(key(), proof.clone()).map(|(account, _)| account);
        assert_eq!(owner(), Some(institution_account(1)));
        for _ in 0..REPORT_SESSIONS {
            end_session();
        }
        assert_eq!(owner(), Some(institution_account(1)));
        end_session();
        assert_eq!(owner(), None);
    });
}

/// Votes of Alice's node for blocks of these hashes in one round, in the bytes of a report.
fn votes(round: u64, blocks: [u8; 2]) -> Box<EquivocationProof<Hash, BlockNumber>> {
    const PREVOTE: u8 = 0;
    let alice = Ed25519Keyring::Alice;
    let vote = |block: u8| {
        let (hash, number) = (Hash::repeat_byte(block), 7 as BlockNumber);
        let signature = alice.sign(&(PREVOTE, hash, number, round, set_id()).encode());
        (hash, number, signature)
    };
    let [first, second] = blocks.map(vote);
    let proof = (set_id(), PREVOTE, round, alice.public(), first, second).encode();
    Box::new(Decode::decode(&mut &proof[..]).expect("it is a report"))
}

fn report(round: u64, blocks: [u8; 2]) -> DispatchResultWithPostInfo {
    let owner = Historical::prove(key()).expect("it is a validator's");
    Grandpa::report_equivocation_unsigned(RuntimeOrigin::none(), votes(round, blocks), owner)
}

fn told() -> Vec<(MemberId, u32)> {
    let events = System::events().into_iter();
    events
        .filter_map(|record| match record.event {
            RuntimeEvent::Validators(Event::Equivocated { member, session }) => {
                Some((member, session))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn two_votes_of_a_validator_in_a_round_are_told_by_its_number_and_disable_nobody() {
    on_chain(|| {
        end_session();
        assert_ok!(report(1, [1, 2]));
        assert_eq!(told(), [(1, 1)]);
        assert!(Session::disabled_validators().is_empty());
        end_session();
        assert_eq!(authorities(), (4, 4));
        assert_eq!(set_id(), 0);
    });
}

#[test]
fn what_is_no_equivocation_or_was_reported_is_not_told() {
    on_chain(|| {
        assert!(report(1, [1, 1]).is_err());
        assert_ok!(report(1, [1, 2]));
        assert!(report(1, [1, 2]).is_err());
        assert_eq!(told(), [(1, 0)]);
    });
}

/// A report that has no signer comes of the node that saw the votes, in a block that it makes.
#[test]
fn a_report_without_a_signer_is_taken_of_the_own_node_alone() {
    on_chain(|| {
        let call = pallet_grandpa::Call::report_equivocation_unsigned {
            equivocation_proof: votes(1, [1, 2]),
            key_owner_proof: Historical::prove(key()).expect("it is a validator's"),
        };
        let report = UncheckedExtrinsic::new_bare(RuntimeCall::Grandpa(call));
        let of = |source| Executive::validate_transaction(source, report.clone(), Hash::zero());
        assert!(of(TransactionSource::External).is_err());
        assert!(of(TransactionSource::Local).is_ok());
    });
}

#[test]
fn the_key_of_nobodys_node_cannot_be_proven() {
    on_chain(|| {
        let stranger: GrandpaId = Ed25519Keyring::Ferdie.public().into();
        let proof = Historical::prove((KEY_TYPE, stranger.clone()));
        let owner = proof.and_then(|proof| Historical::check_proof((KEY_TYPE, stranger), proof));
        assert!(owner.is_none());
    });
}

/// Rounds that there never were, in reports that a validator brings into its own blocks.
#[test]
fn a_validator_fills_the_state_with_a_limited_number_of_reports() {
    on_chain(|| {
        for round in 0..u64::from(pallet_validators::MAX_REPORTS) {
            assert_ok!(report(round, [1, 2]));
        }
        assert!(report(99, [1, 2]).is_err());
        end_session();
        assert_ok!(report(100, [1, 2]));
    });
}
