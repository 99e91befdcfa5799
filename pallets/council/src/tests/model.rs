//! A random history against a simple model: seats, and a list of motions with their votes.

use crate::{mock::*, MAX_SEATS};
use counterfoil_primitives::MemberId;
use frame_support::dispatch::DispatchResult;
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A step of a history.
#[derive(Clone, Debug)]
enum Step {
    /// A member proposes to store a number.
    Propose(MemberId, u8),
    /// A member proposes seats.
    ProposeSeats(MemberId, BTreeSet<MemberId>, u32),
    /// A member votes on one of the motions that there ever were.
    Vote(MemberId, usize, bool),
    /// A member closes one of them.
    Close(MemberId, usize),
    /// Root sets the seats.
    SetSeats(BTreeSet<MemberId>, u32),
    /// Blocks go by.
    Wait(u64),
}

fn member() -> impl Strategy<Value = MemberId> {
    1u32..8
}

fn seats() -> impl Strategy<Value = (BTreeSet<MemberId>, u32)> {
    let seats = prop::collection::btree_set(member(), 0..7);
    // Most majorities are valid.
    let excess = prop_oneof![4 => 0u32..2, 1 => 0u32..9];
    (seats, excess).prop_map(|(seats, excess)| {
        let half = seats.len() as u32 / 2;
        (seats, half + excess)
    })
}

fn step() -> impl Strategy<Value = Step> {
    let recent = any::<prop::sample::Index>().prop_map(|index| index.index(6));
    let recent_too = any::<prop::sample::Index>().prop_map(|index| index.index(6));
    prop_oneof![
        6 => (member(), 0u8..6).prop_map(|(member, number)| Step::Propose(member, number)),
        2 => (member(), seats())
            .prop_map(|(member, (seats, majority))| Step::ProposeSeats(member, seats, majority)),
        16 => (member(), recent, any::<bool>())
            .prop_map(|(member, motion, approve)| Step::Vote(member, motion, approve)),
        8 => (member(), recent_too).prop_map(|(member, motion)| Step::Close(member, motion)),
        1 => seats().prop_map(|(seats, majority)| Step::SetSeats(seats, majority)),
        2 => (1..DURATION).prop_map(Step::Wait),
    ]
}

/// What a motion does.
#[derive(Clone, Debug, PartialEq)]
enum Act {
    Store(u8),
    Seats(BTreeSet<MemberId>, u32),
}

impl Act {
    fn call(&self) -> RuntimeCall {
        match self {
            Self::Store(number) => set(*number),
            Self::Seats(seats, majority) => {
                let seats: Vec<_> = seats.iter().copied().collect();
                set_seats(&seats, *majority)
            }
        }
    }
}

/// A motion, as the model keeps it.
#[derive(Clone, Debug)]
struct Open {
    act: Act,
    proposer: MemberId,
    threshold: usize,
    end: u64,
    votes: BTreeMap<MemberId, bool>,
}

impl Open {
    fn ayes(&self) -> usize {
        self.votes.values().filter(|vote| **vote).count()
    }

    /// The nays of others than the proposer.
    fn nays(&self) -> usize {
        let votes = self.votes.iter();
        votes
            .filter(|(voter, vote)| !**vote && **voter != self.proposer)
            .count()
    }
}

/// What the chain ought to hold.
struct Model {
    seats: BTreeSet<MemberId>,
    majority: usize,
    stored: Option<u8>,
    now: u64,
    /// The open motions, by index.
    open: BTreeMap<u32, Open>,
    next: u32,
}

impl Model {
    /// How many have to approve a motion: by the majority of when it was proposed, and of now.
    fn needed(&self, open: &Open) -> usize {
        open.threshold.max(self.majority)
    }

    fn propose(&mut self, member: MemberId, act: Act) -> bool {
        let own = self.open.values().filter(|open| open.proposer == member);
        if !self.seats.contains(&member)
            || own.count() as u32 >= MAX_OPEN
            || self.open.values().any(|open| open.act == act)
        {
            return false;
        }
        if self.majority == 1 {
            self.run(&act, 1);
            return true;
        }
        let open = Open {
            act,
            proposer: member,
            threshold: self.majority,
            end: self.now + DURATION,
            votes: [(member, true)].into(),
        };
        self.open.insert(self.next, open);
        self.next += 1;
        true
    }

    fn vote(&mut self, member: MemberId, index: u32, approve: bool) -> bool {
        if !self.seats.contains(&member) {
            return false;
        }
        let now = self.now;
        self.open.get_mut(&index).is_some_and(|open| {
            now < open.end && open.votes.insert(member, approve) != Some(approve)
        })
    }

    fn close(&mut self, member: MemberId, index: u32) -> bool {
        if !self.seats.contains(&member) {
            return false;
        }
        let Some(open) = self.open.get(&index).cloned() else {
            return false;
        };
        let needed = self.needed(&open);
        if self.now < open.end {
            if open.ayes() >= needed {
                let before = self.seats.clone();
                self.run(&open.act, open.ayes());
                self.open.remove(&index);
                if self.seats != before {
                    self.end_lapsed(&[]);
                }
            } else if self.seats.len().saturating_sub(open.nays()) >= needed {
                return false;
            }
        }
        self.open.remove(&index);
        true
    }

    fn run(&mut self, act: &Act, ayes: usize) {
        if ayes < self.majority {
            return;
        }
        match act {
            Act::Store(number) => self.stored = Some(*number),
            Act::Seats(seats, majority) => {
                self.set_seats(seats, *majority);
            }
        }
    }

    fn set_seats(&mut self, seats: &BTreeSet<MemberId>, majority: u32) -> bool {
        let count = seats.len() as u32;
        if majority == 0 || majority > count || 2 * majority <= count || count > MAX_SEATS {
            return false;
        }
        let motions = self.open.iter();
        let carried: Vec<_> = motions
            .filter(|(_, open)| open.ayes() >= self.needed(open))
            .map(|(index, _)| *index)
            .collect();
        self.open
            .retain(|index, open| carried.contains(index) || seats.contains(&open.proposer));
        for open in self.open.values_mut() {
            open.votes.retain(|voter, _| seats.contains(voter));
        }
        (self.seats, self.majority) = (seats.clone(), majority as usize);
        self.end_lapsed(&carried);
        true
    }

    /// Ends what the seats are too few to carry, and what members without one proposed and is not carried.
    fn end_lapsed(&mut self, kept: &[u32]) {
        let (seats, majority) = (self.seats.clone(), self.majority);
        self.open.retain(|index, open| {
            let needed = open.threshold.max(majority);
            let goes_on = seats.contains(&open.proposer) || open.ayes() >= needed;
            kept.contains(index) || (goes_on && seats.len() >= needed)
        });
    }

    fn assert_holds(&self) {
        let view = Council::view();
        assert_eq!(view.seats, Vec::from_iter(self.seats.iter().copied()));
        assert_eq!(view.majority as usize, self.majority);
        assert_eq!(stored(), self.stored);
        let listed: Vec<_> = view.motions.iter().map(|view| view.index).collect();
        assert_eq!(listed, Vec::from_iter(self.open.keys().copied()));
        for (view, open) in view.motions.iter().zip(self.open.values()) {
            let voted = |approve: bool| -> Vec<MemberId> {
                let votes = open.votes.iter();
                votes
                    .filter(|(_, vote)| **vote == approve)
                    .map(|(voter, _)| *voter)
                    .collect()
            };
            assert_eq!((&view.ayes, &view.nays), (&voted(true), &voted(false)));
            assert_eq!(view.proposer, open.proposer);
            assert_eq!(view.threshold as usize, self.needed(open));
            assert_eq!(u64::from(view.ends_at_block), open.end);
        }
        Council::do_try_state().expect("the state holds");
    }
}

/// The names of all motions that there ever were.
#[derive(Default)]
struct Names(Vec<Named>);

impl Names {
    /// One of the latest motions; one that never was, where there were fewer.
    fn recent(&self, back: usize) -> Named {
        let latest = self.0.iter().rev().nth(back);
        latest.copied().unwrap_or((Default::default(), u32::MAX))
    }

    fn note_new(&mut self) {
        let known = self.0.len() as u32;
        let new = motions().into_iter().filter(|view| view.index >= known);
        self.0.extend(new.map(|view| (view.motion, view.index)));
    }
}

fn done(result: DispatchResult) -> bool {
    result.is_ok()
}

fn apply(step: Step, model: &mut Model, names: &Names) -> (bool, bool) {
    match step {
        Step::Propose(member, number) => {
            let act = Act::Store(number);
            let call = act.call();
            (done(propose(member, call)), model.propose(member, act))
        }
        Step::ProposeSeats(member, seats, majority) => {
            let act = Act::Seats(seats, majority);
            let call = act.call();
            (done(propose(member, call)), model.propose(member, act))
        }
        Step::Vote(member, back, approve) => {
            let named = names.recent(back);
            (
                done(vote(member, named, approve)),
                model.vote(member, named.1, approve),
            )
        }
        Step::Close(member, back) => {
            let named = names.recent(back);
            (done(close(member, named)), model.close(member, named.1))
        }
        Step::SetSeats(seats, majority) => {
            let listed = seats.iter().copied().collect();
            let result = Council::set_seats(RuntimeOrigin::root(), listed, majority);
            (done(result), model.set_seats(&seats, majority))
        }
        Step::Wait(blocks) => {
            model.now += blocks;
            System::set_block_number(model.now);
            (true, true)
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn a_random_history_agrees_with_the_model(steps in prop::collection::vec(step(), 1..80)) {
        build_and_execute(|| {
            let mut model = Model {
                seats: SEATS.into(),
                majority: MAJORITY as usize,
                stored: None,
                now: 1,
                open: BTreeMap::new(),
                next: 0,
            };
            let mut names = Names::default();
            for step in steps {
                let what = format!("{step:?}");
                let (done, expected) = apply(step, &mut model, &names);
                assert_eq!(done, expected, "{what}");
                names.note_new();
                model.assert_holds();
            }
        });
    }
}
