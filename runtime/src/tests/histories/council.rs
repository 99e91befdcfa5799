//! What the council's seats do, and what others try in their place.

use super::{
    operation::{Form, Manner},
    world::World,
};
use crate::{Council, Runtime, RuntimeCall, RuntimeEvent, System};
use counterfoil_primitives::{council::MotionView, MemberId};
use pallet_council::{Call, Event, Majority, Seats};
use proptest::sample::Index;
use sp_runtime::traits::{BlakeTwo256, Hash};

/// As a seat sends a call.
pub const fn by(seat: MemberId) -> Manner {
    Manner {
        who: Some(seat),
        ..Manner::HONEST.ordered()
    }
}

/// The open motions, oldest first.
pub fn open() -> Vec<MotionView> {
    Council::view().motions
}

/// One of the open motions, where there is any.
pub fn pick(index: &Index) -> Option<MotionView> {
    let mut motions = open();
    (!motions.is_empty()).then(|| motions.swap_remove(index.index(motions.len())))
}

pub fn propose(call: RuntimeCall) -> RuntimeCall {
    let call = Box::new(call);
    Call::<Runtime>::propose { call }.into()
}

pub fn vote(motion: &MotionView, approve: bool) -> RuntimeCall {
    Call::<Runtime>::vote {
        motion: motion.motion,
        index: motion.index,
        approve,
    }
    .into()
}

pub fn close(motion: &MotionView) -> RuntimeCall {
    Call::<Runtime>::close {
        motion: motion.motion,
        index: motion.index,
        weight_bound: motion.weight,
        length_bound: motion.length,
    }
    .into()
}

/// What a motion does when it is carried.
pub fn run(call: RuntimeCall) -> RuntimeCall {
    let call = Box::new(call);
    Call::<Runtime>::execute { call }.into()
}

impl World {
    /// Has the council run a call: a seat proposes it, as many others as it needs approve it, and a seat
    /// closes it. Returns whether it ran; it may have failed. It does not run where the same is open, or
    /// each seat has as many open motions as it may have.
    pub fn carry(&mut self, call: RuntimeCall) -> bool {
        let seats = Seats::<Runtime>::get().into_inner();
        let majority = Majority::<Runtime>::get() as usize;
        let motion = BlakeTwo256::hash_of(&run(call.clone()));
        if open().iter().any(|open| open.motion == motion) {
            return false;
        }
        let proposer = seats
            .iter()
            .copied()
            .find(|seat| self.propose(by(*seat), call.clone()));
        let Some(proposer) = proposer else {
            return false;
        };
        if majority == 1 {
            return true;
        }
        let find = || open().into_iter().find(|open| open.motion == motion);
        let others = seats.iter().copied().filter(|seat| *seat != proposer);
        for seat in others.take(majority - 1) {
            let motion = find().expect("it is open");
            assert!(self.vote(by(seat), &motion, true), "{seat}: {motion:?}");
        }
        let carried = find().expect("it is open");
        assert!(self.close(by(proposer), &carried), "{carried:?}");
        assert!(find().is_none(), "it was closed");
        true
    }

    /// Sends a call that only a seat may make, with a nonce. Returns whether it was taken.
    fn as_seat(&mut self, manner: Manner, call: RuntimeCall) -> bool {
        let seat = Seats::<Runtime>::get()[0];
        let seats = Seats::<Runtime>::get();
        let answer = self.send(manner, seat, call);
        let may = manner.form == Form::Ordered
            && answer.actor.is_some_and(|actor| seats.contains(&actor));
        assert!(may || !answer.is_done(), "{manner:?}: {answer:?}");
        answer.is_done()
    }

    pub fn propose(&mut self, manner: Manner, call: RuntimeCall) -> bool {
        let before = open().len();
        let alone = Majority::<Runtime>::get() == 1;
        let is_done = self.as_seat(manner, propose(call));
        // Alone, a seat opens nothing: its call ran, and may have set other seats.
        assert!(alone || open().len() == before + usize::from(is_done));
        is_done
    }

    pub fn vote(&mut self, manner: Manner, motion: &MotionView, approve: bool) -> bool {
        self.as_seat(manner, vote(motion, approve))
    }

    /// A motion runs only within its time, and only where enough of the seats approved it, by the majority of
    /// when it was proposed and by the one that there is.
    pub fn close(&mut self, manner: Manner, motion: &MotionView) -> bool {
        let ayes = motion.ayes.len() as u32;
        let carried = ayes >= motion.threshold && ayes >= Majority::<Runtime>::get();
        let is_done = self.as_seat(manner, close(motion));
        let in_time = System::block_number() < motion.ends_at_block;
        assert_eq!(
            self.ran(motion),
            carried && in_time && is_done,
            "{motion:?}"
        );
        is_done
    }

    /// Whether the last transaction ran a motion.
    fn ran(&self, motion: &MotionView) -> bool {
        self.events.iter().any(|event| {
            matches!(event, RuntimeEvent::Council(Event::Executed { motion: ran, .. })
                if *ran == motion.motion)
        })
    }
}
