//! A stall of finality: what the chain announces after the council has noted it, in whatever order.

use super::*;

/// Two of four are lost. Those that are left are queued before the note, since the change that comes of it
/// takes who is queued.
#[test]
fn after_a_note_of_a_stall_the_new_list_finalizes_by_force() {
    on_chain(|| {
        assert_ok!(Validators::set_validators(root(), vec![1, 2]));
        end_session();
        assert_ok!(Validators::note_stalled(root(), 3, 1));
        let before = Session::current_index();
        let header = empty_block();
        assert_eq!(Session::current_index(), before + 1);
        assert!(matches!(
            &told_to_grandpa(&header)[..],
            [ConsensusLog::ForcedChange(1, change)]
                if change.delay == 3 && change.next_authorities.len() == 2
        ));
        assert_eq!(Grandpa::stalled(), None);
        // It waits for its blocks, and no other session begins meanwhile.
        assert_ok!(Validators::end_session(root()));
        let running = Session::current_index();
        for left in [2, 1, 0] {
            assert_eq!(authorities(), (2, 4), "{left} blocks are left");
            empty_block();
            assert_eq!(Session::current_index(), running);
        }
        assert_eq!(authorities(), (2, 2));
        empty_block();
        assert_eq!(Session::current_index(), running + 1);
    });
}

/// The newest final block is one of the session that runs.
#[test]
fn a_stall_of_this_session_is_noted_once_the_session_has_ended() {
    on_chain(|| {
        let last_final = System::block_number();
        let note = || Validators::note_stalled(root(), 3, last_final);
        let too_high = pallet_validators::Error::<Runtime>::FinalizedTooHigh;
        assert_noop!(note(), too_high);
        end_session();
        assert_ok!(note());
        assert!(matches!(
            &told_to_grandpa(&empty_block())[..],
            [ConsensusLog::ForcedChange(block, _)] if *block == last_final
        ));
    });
}

/// The session in which the stall had to be noted ended before, so that the chain announced the list as an
/// ordinary change, which the nodes never enact. The note, late as it is, has it announced by force. By then
/// the chain has counted one set more than the nodes.
#[test]
fn a_list_that_took_effect_before_the_note_of_a_stall_is_announced_once_more_by_force() {
    on_chain(|| {
        let last_final = System::block_number();
        assert_ok!(Validators::set_validators(root(), vec![1, 2]));
        assert!(told_to_grandpa(&end_session()).is_empty());
        let told = told_to_grandpa(&end_session());
        let [ConsensusLog::ScheduledChange(ordinary)] = &told[..] else {
            panic!("an ordinary change is announced")
        };
        assert_eq!((authorities(), set_id()), ((2, 2), 1));
        let active = |view: &ValidatorView| view.active.then_some(view.member);
        let views = crate::views::validators();
        let active: Vec<_> = views.iter().filter_map(active).collect();
        assert_eq!(active, [1, 2]);

        // Any session will do.
        end_session();
        assert_ok!(Validators::note_stalled(root(), 3, last_final));
        let told_again = told_to_grandpa(&empty_block());
        let [ConsensusLog::ForcedChange(block, forced)] = &told_again[..] else {
            panic!("a forced change is announced")
        };
        assert_eq!(*block, last_final);
        assert_eq!(forced.next_authorities, ordinary.next_authorities);
        assert_eq!(set_id(), 2);
    });
}

/// Alone and in a batch, in which no filter holds for root.
#[test]
fn what_root_notes_of_a_stall_past_the_checks_has_no_effect() {
    on_chain(|| {
        let note = RuntimeCall::Grandpa(pallet_grandpa::Call::note_stalled {
            delay: 1_000_000,
            best_finalized_block_number: 1_000_000,
        });
        let calls = vec![note.clone()];
        let batch = RuntimeCall::Utility(pallet_utility::Call::batch_all { calls });
        for call in [note, batch] {
            assert_ok!(call.dispatch(root()));
            assert!(told_to_grandpa(&end_session()).is_empty());
            assert_eq!(Grandpa::stalled(), None);
        }
        assert_eq!(set_id(), 0);
    });
}
