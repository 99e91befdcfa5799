//! When a session ends, and what GRANDPA learns of the next one.

use crate::{mock::*, EndNow, Error, Event, NotedStall, SessionStart, MAX_DELAY};
use frame_support::{
    assert_noop, assert_ok,
    traits::{EstimateNextSessionRotation, KeyOwnerProofSystem},
};
use pallet_session::historical::HistoricalSessions;
use scale_info::{TypeDef, TypeInfo};
use sp_consensus_grandpa::{ConsensusLog, ScheduledChange};
use sp_core::crypto::key_types::GRANDPA;
use sp_runtime::Permill;

/// The block with which the session is estimated to end.
fn estimated_end() -> Option<u64> {
    Validators::estimate_next_session_rotation(System::block_number()).0
}

#[test]
fn a_session_ends_after_its_length() {
    build_and_execute(|| {
        run_to(LENGTH - 1);
        assert_eq!(Session::current_index(), 0);
        next_block();
        assert_eq!(
            (Session::current_index(), System::block_number()),
            (1, LENGTH)
        );
        run_to(2 * LENGTH - 1);
        assert_eq!(Session::current_index(), 1);
        next_block();
        assert_eq!(Session::current_index(), 2);
    });
}

#[test]
fn the_council_ends_a_session_with_the_next_block() {
    build_and_execute(|| {
        run_to(3);
        assert_ok!(Validators::end_session(RuntimeOrigin::root()));
        assert_eq!(events().pop(), Some(Event::SessionEnds));
        assert_eq!(Session::current_index(), 0);
        next_block();
        assert_eq!(Session::current_index(), 1);
        assert_eq!(SessionStart::<Test>::get(), 4);
        // It ends one session, and the next one has its whole length.
        run_to(4 + LENGTH - 1);
        assert_eq!(Session::current_index(), 1);
        next_block();
        assert_eq!(Session::current_index(), 2);
    });
}

#[test]
fn validators_that_stay_leave_the_set_of_grandpa_as_it_is() {
    build_and_execute(|| {
        for session in 1..=5 {
            assert_eq!(end_session(), []);
            assert_eq!(Session::current_index(), session);
            // To decide on the same list again changes as little.
            assert_ok!(set_validators(&FIRST_VALIDATORS));
        }
        assert_eq!(Grandpa::current_set_id(), 0);
    });
}

#[test]
fn another_list_moves_the_set_of_grandpa_once() {
    build_and_execute(|| {
        assert_ok!(set_validators(&[2, 3]));
        assert_eq!(end_session(), []);
        let change = ScheduledChange {
            next_authorities: authorities(&[2, 3]),
            delay: 0,
        };
        assert_eq!(end_session(), [ConsensusLog::ScheduledChange(change)]);
        assert_eq!(Grandpa::current_set_id(), 1);
        assert_eq!(end_session(), []);
        assert_eq!(Grandpa::current_set_id(), 1);
    });
}

/// Stalls GRANDPA with a list of two that is queued, and ends the session. Its change is enacted after
/// three blocks.
fn force_a_change() -> Vec<ConsensusLog<u64>> {
    assert_ok!(set_validators(&[1, 2]));
    assert_eq!(end_session(), []);
    assert_ok!(note_stalled(3, 1));
    begin_session()
}

/// The first block of the session that a call let begin. Returns what GRANDPA told its voters in it.
fn begin_session() -> Vec<ConsensusLog<u64>> {
    let before = Session::current_index();
    next_block();
    assert_eq!(Session::current_index(), before + 1);
    next_block()
}

#[test]
fn a_stalled_network_gets_a_forced_change_with_the_list_that_was_queued() {
    build_and_execute(|| {
        let change = ScheduledChange {
            next_authorities: authorities(&[1, 2]),
            delay: 3,
        };
        assert_eq!(force_a_change(), [ConsensusLog::ForcedChange(1, change)]);
        assert_eq!(Grandpa::current_set_id(), 1);
        assert!(Grandpa::stalled().is_none());
        run_to(System::block_number() + 3);
        assert_eq!(Grandpa::grandpa_authorities(), authorities(&[1, 2]));
    });
}

#[test]
fn a_stalled_network_gets_a_forced_change_without_another_list() {
    build_and_execute(|| {
        end_session();
        assert_ok!(note_stalled(3, 1));
        let noted = Event::StallNoted {
            delay: 3,
            best_finalized: 1,
        };
        assert_eq!(events(), [noted, Event::SessionEnds]);
        let change = ScheduledChange {
            next_authorities: authorities(&FIRST_VALIDATORS),
            delay: 3,
        };
        assert_eq!(begin_session(), [ConsensusLog::ForcedChange(1, change)]);
        assert!(NotedStall::<Test>::get().is_none());
        // It is told of once.
        run_to(System::block_number() + 3);
        assert_eq!(end_session(), []);
    });
}

#[test]
fn a_forced_change_is_enacted_within_a_bounded_time() {
    build_and_execute(|| {
        end_session();
        let most = u64::from(MAX_DELAY);
        for delay in [0, most + 1, u64::MAX] {
            assert_noop!(note_stalled(delay, 1), Error::<Test>::InvalidDelay);
        }
        for delay in [1, most] {
            assert_ok!(note_stalled(delay, 1));
        }
    });
}

#[test]
fn the_refusal_of_a_delay_names_its_bounds() {
    let TypeDef::Variant(errors) = Error::<Test>::type_info().type_def else {
        panic!("errors are variants")
    };
    let mut errors = errors.variants.iter();
    let refusal = errors.find(|error| error.name == "InvalidDelay");
    let docs = refusal.expect("it is an error").docs.join(" ");
    let bounds = format!("between 1 and {MAX_DELAY} blocks");
    assert!(docs.contains(&bounds), "{docs}");
}

#[test]
fn a_block_of_this_session_is_not_taken_to_be_the_final_one() {
    build_and_execute(|| {
        assert_noop!(note_stalled(3, 0), Error::<Test>::FinalizedTooHigh);
        end_session();
        let start = SessionStart::<Test>::get();
        for block in [start, start + 1, u64::MAX] {
            assert_noop!(note_stalled(3, block), Error::<Test>::FinalizedTooHigh);
        }
        assert_ok!(note_stalled(3, start - 1));
    });
}

#[test]
fn a_second_forced_change_waits_until_twice_the_delay_of_the_first_has_passed() {
    build_and_execute(|| {
        force_a_change();
        let announced = System::block_number() - 1;
        for block in announced + 1..announced + 6 {
            run_to(block);
            assert_noop!(note_stalled(3, 1), Error::<Test>::ForcedLately);
        }
        run_to(announced + 6);
        assert_ok!(note_stalled(3, 1));
        let change = ScheduledChange {
            next_authorities: authorities(&[1, 2]),
            delay: 3,
        };
        assert_eq!(begin_session(), [ConsensusLog::ForcedChange(1, change)]);
    });
}

/// GRANDPA's own call checks nothing. Whoever makes it as root, alone or in a batch, changes nothing.
#[test]
fn what_grandpa_itself_notes_of_a_stall_has_no_effect() {
    build_and_execute(|| {
        assert_ok!(Grandpa::note_stalled(
            RuntimeOrigin::root(),
            u64::MAX,
            u64::MAX
        ));
        assert_eq!(end_session(), []);
        assert!(Grandpa::stalled().is_none());
        assert_eq!(Grandpa::current_set_id(), 0);
        assert_ok!(note_stalled(3, 1));
        assert_ok!(Grandpa::note_stalled(RuntimeOrigin::root(), 9, 99));
        let change = ScheduledChange {
            next_authorities: authorities(&FIRST_VALIDATORS),
            delay: 3,
        };
        assert_eq!(begin_session(), [ConsensusLog::ForcedChange(1, change)]);
    });
}

#[test]
fn no_session_ends_while_a_forced_change_is_pending() {
    build_and_execute(|| {
        force_a_change();
        let signalled = System::block_number() - 1;
        let session = Session::current_index();
        assert_ok!(set_validators(&[1, 3]));
        assert_ok!(Validators::end_session(RuntimeOrigin::root()));
        assert_eq!(estimated_end(), None);
        run_to(signalled + 3);
        assert_eq!(Session::current_index(), session);
        assert!(EndNow::<Test>::get());
        // The change is enacted at the end of this block.
        next_block();
        assert_eq!(Session::current_index(), session + 1);
        assert!(!EndNow::<Test>::get());
        end_session();
        assert_eq!(Grandpa::grandpa_authorities(), authorities(&[1, 3]));
    });
}

#[test]
fn the_end_of_a_session_is_estimated() {
    build_and_execute(|| {
        assert_eq!(Validators::average_session_length(), LENGTH);
        assert_eq!(estimated_end(), Some(LENGTH));
        run_to(4);
        let (progress, _) = Validators::estimate_current_session_progress(4);
        assert_eq!(progress, Some(Permill::from_percent(50)));
        assert_ok!(Validators::end_session(RuntimeOrigin::root()));
        assert_eq!(estimated_end(), Some(5));
        next_block();
        assert_eq!(estimated_end(), Some(5 + LENGTH));
        let (progress, _) = Validators::estimate_current_session_progress(5);
        assert_eq!(progress, Some(Permill::from_percent(10)));
    });
}

#[test]
fn a_key_can_be_proven_until_its_session_is_too_long_ago() {
    build_and_execute(|| {
        let key = || (GRANDPA, keys(1).grandpa);
        let proof = Historical::prove(key()).expect("the key is a validator's");
        let institution = institutions(&[1]).remove(0);
        for session in 0..=LONGEVITY {
            assert_eq!(Session::current_index(), session);
            assert_eq!(
                Historical::check_proof(key(), proof.clone()),
                Some((institution.clone(), institution.clone()))
            );
            end_session();
        }
        assert_eq!(Historical::check_proof(key(), proof), None);
    });
}

#[test]
fn a_limited_number_of_sessions_is_kept() {
    build_and_execute(|| {
        for _ in 0..4 * LONGEVITY {
            end_session();
        }
        // Those that passed, this one, and the next.
        let kept = HistoricalSessions::<Test>::iter().count();
        assert_eq!(kept as u32, LONGEVITY + 2);
    });
}
