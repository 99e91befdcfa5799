//! The calls that are the council's, by members without a seat.

use super::*;

/// What seats of the council do.
pub const OF_SEATS: [&str; 3] = ["council.propose", "council.vote", "council.close"];

/// What a motion does when it is carried.
pub const OF_A_MOTION: [&str; 1] = ["council.execute"];

/// Makes sure that a call that is the council's is refused of every member: by the pool, or by the call where
/// the member can pay.
fn assert_is_refused_of_all(
    world: &mut World,
    name: &str,
    call: impl Fn(&mut World) -> RuntimeCall,
) {
    for member in CALLERS {
        let call = call(world);
        let transaction = world.signed(member, Manner::HONEST.ordered(), call);
        match world.submit(transaction) {
            Outcome::Failed(why) if member == RICH => {
                assert_eq!(why, DispatchError::BadOrigin, "{name}")
            }
            // A call of the council's pallet is refused of a member without a seat, though it can pay.
            Outcome::Refused(_) if member != RICH || name.starts_with("council.") => {}
            outcome => panic!("{name}: {member}: {outcome:?}"),
        }
    }
}

#[test]
fn no_member_does_by_itself_what_the_council_decides() {
    on_chain(|| {
        let mut world = World::new();
        for (name, decision) in DECISIONS {
            assert_is_refused_of_all(&mut world, name, |world| world.decided(AGREEMENT, decision));
        }
    });
}

#[test]
fn no_member_runs_a_motion_by_itself() {
    on_chain(|| {
        let mut world = World::new();
        for name in OF_A_MOTION {
            assert_is_refused_of_all(&mut world, name, |world| {
                council::run(world.decided(AGREEMENT, Admin::Remove(DRIFTER)))
            });
        }
    });
}

/// Brings the council to where a call of a seat is due, and returns the call, and the seat that makes it.
fn staged_motion(world: &mut World, name: &str) -> (MemberId, RuntimeCall) {
    let decision = world.decided(AGREEMENT, Admin::Register);
    if name == "council.propose" {
        return (SEATS[0], council::propose(decision));
    }
    assert!(world.propose(council::by(SEATS[0]), decision));
    let motion = council::open().remove(0);
    if name == "council.vote" {
        return (SEATS[1], council::vote(&motion, true));
    }
    assert!(world.vote(council::by(SEATS[1]), &motion, true));
    (SEATS[2], council::close(&motion))
}

#[test]
fn no_call_of_a_seat_is_taken_of_anybody_else() {
    for name in OF_SEATS {
        on_chain(|| {
            let mut world = World::new();
            let (seat, call) = staged_motion(&mut world, name);
            for manner in manners() {
                let who = manner.who.expect("it is named");
                if !SEATS.contains(&who) || manner.form == Form::Unordered {
                    let answer = world.send(manner, who, call.clone());
                    assert!(!answer.is_done(), "{name}: {manner:?}");
                }
            }
            let answer = world.send(council::by(seat), seat, call);
            assert!(answer.is_done(), "{name} is not staged: {answer:?}");
        });
    }
}
