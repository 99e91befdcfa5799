//! Whatever members and the council do, in any order, validators are those of a small model.

use crate::{mock::*, Validators as List};
use counterfoil_primitives::MemberId;
use proptest::{collection::vec, prelude::*};
use std::collections::{BTreeMap, BTreeSet};

/// What somebody does.
#[derive(Clone, Debug)]
enum Act {
    /// A member sets the keys of a number.
    SetKeys(MemberId, u32),
    /// A member takes its keys away.
    PurgeKeys(MemberId),
    /// The council names these validators.
    SetValidators(Vec<MemberId>),
    /// The council removes a member.
    Remove(MemberId),
    /// The council ends the session.
    EndSession,
    /// A block passes.
    Pass,
}

/// Validators and the numbers of their keys.
type Set = Vec<(MemberId, u32)>;

/// What must come of it.
#[derive(Default)]
struct Model {
    members: BTreeSet<MemberId>,
    keys: BTreeMap<MemberId, u32>,
    list: Vec<MemberId>,
    queued: Set,
    active: Set,
    sets: u64,
    session: u32,
}

impl Model {
    fn new() -> Self {
        let set: Set = FIRST_VALIDATORS.map(|member| (member, member)).to_vec();
        Self {
            members: MEMBERS.collect(),
            keys: set.iter().copied().collect(),
            list: FIRST_VALIDATORS.to_vec(),
            queued: set.clone(),
            active: set,
            ..Default::default()
        }
    }

    fn has_part(&self, member: MemberId) -> bool {
        let is_in = |set: &Set| set.iter().any(|(validator, _)| *validator == member);
        self.list.contains(&member) || is_in(&self.active) || is_in(&self.queued)
    }

    /// A session begins.
    fn begin(&mut self) {
        self.session += 1;
        let former = core::mem::replace(&mut self.active, self.queued.clone());
        self.sets += u64::from(former != self.active);
        self.queued = self
            .list
            .iter()
            .map(|member| (*member, self.keys[member]))
            .collect();
    }

    /// Whether the act succeeds. What it changes is changed then.
    fn act(&mut self, act: &Act) -> bool {
        match act {
            Act::SetKeys(member, number) => {
                let is_taken = self
                    .keys
                    .iter()
                    .any(|(owner, taken)| owner != member && taken == number);
                let succeeds = self.members.contains(member) && !is_taken;
                if succeeds {
                    self.keys.insert(*member, *number);
                }
                succeeds
            }
            Act::PurgeKeys(member) => {
                self.members.contains(member)
                    && !self.has_part(*member)
                    && self.keys.remove(member).is_some()
            }
            Act::SetValidators(members) => {
                let succeeds = !members.is_empty()
                    && members.is_sorted_by(|one, next| one < next)
                    && members.iter().all(|member| {
                        self.members.contains(member) && self.keys.contains_key(member)
                    });
                if succeeds {
                    self.list.clone_from(members);
                }
                succeeds
            }
            Act::Remove(member) => {
                let succeeds = !self.has_part(*member) && self.members.remove(member);
                if succeeds {
                    self.keys.remove(member);
                }
                succeeds
            }
            Act::EndSession | Act::Pass => true,
        }
    }
}

/// Does the same on the chain. Returns whether it succeeded.
fn does(act: &Act) -> bool {
    match act {
        Act::SetKeys(member, number) => set_keys(*member, *number).is_ok(),
        Act::PurgeKeys(member) => {
            Validators::purge_keys(RuntimeOrigin::signed(account(*member)), *member).is_ok()
        }
        Act::SetValidators(members) => set_validators(members).is_ok(),
        Act::Remove(member) => Registry::remove_member(RuntimeOrigin::root(), *member).is_ok(),
        Act::EndSession => {
            end_session();
            true
        }
        Act::Pass => {
            next_block();
            true
        }
    }
}

/// The chain has what the model has.
fn assert_same(model: &Model) {
    let accounts = |set: &Set| institutions(&set.iter().map(|(id, _)| *id).collect::<Vec<_>>());
    let queued: Vec<_> = accounts(&model.queued)
        .into_iter()
        .zip(model.queued.iter().map(|(_, number)| keys(*number)))
        .collect();
    let numbers: Vec<_> = model.active.iter().map(|(_, number)| *number).collect();
    assert_eq!(List::<Test>::get().into_inner(), model.list);
    assert_eq!(Session::validators(), accounts(&model.active));
    assert_eq!(Session::queued_keys(), queued);
    assert_eq!(Grandpa::current_set_id(), model.sets);
    assert_eq!(Grandpa::grandpa_authorities(), authorities(&numbers));
    Validators::do_try_state().expect("the state holds");
}

fn act() -> impl Strategy<Value = Act> {
    // One member more than there are, and keys for which members compete.
    let member = || 1..=7u32;
    prop_oneof![
        3 => (member(), 1..=9u32).prop_map(|(member, number)| Act::SetKeys(member, number)),
        1 => member().prop_map(Act::PurgeKeys),
        3 => vec(member(), 0..4).prop_map(|mut members| {
            members.sort_unstable();
            Act::SetValidators(members)
        }),
        1 => vec(member(), 0..4).prop_map(Act::SetValidators),
        1 => member().prop_map(Act::Remove),
        4 => Just(Act::EndSession),
        2 => Just(Act::Pass),
    ]
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(32))]

    #[test]
    fn validators_are_those_that_were_decided_two_sessions_before(acts in vec(act(), 1..40)) {
        externalities().execute_with(|| {
            let mut model = Model::new();
            for act in acts {
                assert_eq!(does(&act), model.act(&act), "{act:?}");
                // Sessions end by themselves too.
                while model.session < Session::current_index() {
                    model.begin();
                }
                // A set changes at the end of the block that says so.
                if pallet_grandpa::PendingChange::<Test>::exists() {
                    next_block();
                }
                assert_same(&model);
            }
        });
    }
}
