//! The accounts that members pay from and are paid to: changed by the members themselves, objected to, and
//! followed by a list that is kept apart from the registry's.

use super::{
    operation::{Form, Manner},
    world::World,
};
use crate::{AccountId, Registry, Runtime};
use counterfoil_primitives::{
    day::{DAY, MINUTE},
    ports::Directory,
    BusinessDay, MemberId, Moment, Role, UtcOffset,
};
use pallet_registry::{AccountVersion, Accounts, Call, Event, Members, SetBy};
use std::collections::BTreeMap;

/// What clocks may differ by, before a day: it counts as begun by then.
const LEAD: Moment = 5 * MINUTE;
/// How many days an account has before its member replaces it.
const KEPT_DAYS: u32 = 28;
/// How many accounts a member lists by itself.
const OWN: usize = 64;

/// An account that follows a member's first one.
#[derive(Clone, Debug)]
struct Change {
    from: BusinessDay,
    account: AccountId,
    /// The member asked for it by itself.
    asked: bool,
}

/// The accounts of all members, as events tell of them.
#[derive(Default)]
pub struct FollowedAccounts(BTreeMap<MemberId, Vec<Change>>);

/// Whether a day has begun somewhere by `moment`: the earliest clocks are fourteen hours ahead.
fn has_begun(day: BusinessDay, moment: Moment) -> bool {
    Moment::from(day.0) * DAY <= moment + LEAD + 14 * 60 * MINUTE
}

impl FollowedAccounts {
    /// What a member is paid to on a day.
    pub fn on(&self, member: MemberId, day: BusinessDay) -> AccountId {
        let account = self.last_on(member, day, |_| true);
        assert_eq!(Registry::account(member, day), Some(account.clone()));
        account
    }

    /// What a member pays from on a day: nothing that it asked for by itself.
    pub fn paying_on(&self, member: MemberId, day: BusinessDay) -> AccountId {
        let account = self.last_on(member, day, |one| !one.asked);
        assert_eq!(Registry::paying_account(member, day), Some(account.clone()));
        account
    }

    /// The last account by a day among those that count, or else the member's first one.
    fn last_on(
        &self,
        member: MemberId,
        day: BusinessDay,
        counts: impl Fn(&Change) -> bool,
    ) -> AccountId {
        let mut latest_first = self.of(member).iter().rev();
        let changed = latest_first.find(|one| one.from <= day && counts(one));
        changed.map(|one| one.account.clone()).unwrap_or_else(|| {
            let member = Members::<Runtime>::get(member).expect("a party is a member");
            member.account
        })
    }

    fn of(&self, member: MemberId) -> &[Change] {
        self.0.get(&member).map_or(&[], Vec::as_slice)
    }

    /// The change that the member asked for, if it can be objected to at `moment`.
    fn open(&self, member: MemberId, moment: Moment) -> Option<&Change> {
        let is_open = |one: &&Change| one.asked && !has_begun(one.from, moment);
        self.of(member).iter().find(is_open)
    }

    /// Whether a change that the member asked for can be objected to at `moment`.
    fn is_open(&self, member: MemberId, moment: Moment) -> bool {
        self.open(member, moment).is_some()
    }

    /// Whether a member may change its account by itself, in a block of `moment`.
    fn can_change(&self, member: MemberId, from: BusinessDay, moment: Moment) -> bool {
        let changes = self.of(member);
        // A company is paid where it pays from: the council sets that account.
        Members::<Runtime>::get(member).is_some_and(|member| member.role != Role::Company)
            && !has_begun(from, moment + DAY)
            && !self.is_open(member, moment)
            && changes.len() < OWN
            && changes
                .last()
                .is_none_or(|last| from.0 >= last.from.0 + KEPT_DAYS)
    }

    /// Takes in what a block of `moment` told.
    pub fn note(&mut self, event: &Event<Runtime>, moment: Moment) {
        match event {
            Event::AccountSet {
                member,
                from,
                account,
                ..
            } => {
                assert!(!has_begun(*from, moment), "{from:?} has begun");
                let changes = self.0.entry(*member).or_default();
                changes.retain(|one| one.from < *from);
                changes.push(Change {
                    from: *from,
                    account: account.clone(),
                    asked: false,
                });
            }
            Event::AccountChangeRequested {
                member,
                from,
                account,
                replaced,
                ..
            } => {
                assert!(self.can_change(*member, *from, moment), "{event:?}");
                self.0.entry(*member).or_default().push(Change {
                    from: *from,
                    account: account.clone(),
                    asked: true,
                });
                assert_eq!(self.on(*member, from.previous()), *replaced);
            }
            Event::AccountChangeObjected {
                member,
                from,
                account,
                kept,
                ..
            } => {
                let changes = self.0.entry(*member).or_default();
                let index = changes.iter().position(|one| one.from == *from);
                let gone = changes.remove(index.expect("there was a change"));
                assert!(gone.asked, "the council set it: {event:?}");
                assert!(!has_begun(*from, moment), "{event:?}");
                assert_eq!(gone.account, *account);
                assert_eq!(self.on(*member, *from), *kept);
            }
            Event::MemberRemoved { member } => {
                self.0.remove(member);
            }
            _ => {}
        }
    }

    /// The registry keeps the same accounts.
    pub fn check(&self) {
        for member in Members::<Runtime>::iter_keys() {
            let followed = self.of(member).iter();
            let followed: Vec<_> = followed
                .map(|one| {
                    let version = AccountVersion {
                        account: one.account.clone(),
                        set_by: if one.asked {
                            SetBy::Member
                        } else {
                            SetBy::Council
                        },
                    };
                    (one.from, version)
                })
                .collect();
            assert_eq!(Accounts::<Runtime>::get(member).into_inner(), followed);
        }
    }
}

impl World {
    /// Changes a member's account, from a number of days after today on, by UTC.
    pub fn change_account(&mut self, member: MemberId, manner: Manner, ahead: u32) {
        let who = manner.who.unwrap_or(member);
        let from = BusinessDay(UtcOffset(0).day_of(self.now).0 + ahead);
        let account = self.next_account();
        let good = self.model.accounts.can_change(who, from, self.upcoming());
        let call = Call::<Runtime>::change_account { from, account };
        let answer = self.send(manner, member, call.into());
        let good = good && manner.form == Form::Ordered && answer.actor.is_some();
        assert_eq!(answer.is_done(), good, "{from:?}: {answer:?}");
    }

    /// The call that objects to a member's open change, or to one from the day after it on.
    pub fn objection(&self, member: MemberId, names_open: bool) -> Call<Runtime> {
        let open = self.model.accounts.open(member, self.upcoming());
        let (from, account) = open.map_or((BusinessDay(0), AccountId::new([0; 32])), |one| {
            (one.from, one.account.clone())
        });
        Call::object_to_account {
            member,
            from: if names_open { from } else { from.next() },
            account,
        }
    }

    /// Objects to what a member asked for, or to another change.
    pub fn object_to_account(&mut self, member: MemberId, manner: Manner, names_open: bool) {
        let who = manner.who.unwrap_or(member);
        let is_open = names_open && self.model.accounts.is_open(member, self.upcoming());
        let call = self.objection(member, names_open);
        let answer = self.send(manner, member, call.into());
        let good =
            is_open && who == member && manner.form == Form::Ordered && answer.actor.is_some();
        assert_eq!(answer.is_done(), good, "{member}: {answer:?}");
    }
}

mod tests {
    use super::*;
    use crate::{
        presets::ASSET,
        tests::histories::{
            members::CALLERS,
            operation::{Admin, Draft, Pick},
            world::on_chain,
        },
        Assets,
    };
    use counterfoil_primitives::AgreementId;

    const AGREEMENT: AgreementId = 1;
    const COMPANY: MemberId = 2;
    const BANK: MemberId = 3;
    const BY_HAND: Manner = Manner::HONEST.ordered();

    fn is_open(member: MemberId) -> bool {
        Registry::open_account_change(member).is_some()
    }

    #[test]
    fn a_day_is_paid_to_the_account_that_its_bank_asked_for() {
        on_chain(|| {
            let mut world = World::new();
            let from = BusinessDay(UtcOffset(0).day_of(world.now).0 + 3);
            for party in [COMPANY, BANK] {
                world.change_account(party, BY_HAND, 3);
                assert_eq!(is_open(party), party == BANK);
            }
            while world.today(AGREEMENT) < from {
                world.pass_to(world.now + DAY);
            }
            let draft = Draft {
                sequence: Pick::Fresh(0),
                minutes_ago: 1,
                product: 1,
                gross: 10_000,
                fault: None,
            };
            assert!(world.record(AGREEMENT, Manner::HONEST, &[draft]));
            for _ in 0..20 {
                world.honest_step(AGREEMENT, &[]);
            }
            assert!(world.model.is_settled(AGREEMENT, from));
            let [old, new] = [from.previous(), from].map(|day| world.model.accounts.on(BANK, day));
            assert_ne!(old, new);
            assert!(Assets::balance(ASSET, new) > 0);
        });
    }

    #[test]
    fn a_change_by_a_stolen_key_is_taken_back_by_the_bank_or_by_the_council() {
        on_chain(|| {
            let mut world = World::new();
            world.change_account(BANK, BY_HAND, 3);
            world.object_to_account(BANK, BY_HAND, true);
            assert!(!is_open(BANK));
            world.change_account(BANK, BY_HAND, 3);
            world.administer(AGREEMENT, Admin::Object(BANK));
            assert!(!is_open(BANK));
        });
    }

    #[test]
    fn no_other_member_takes_a_change_back() {
        on_chain(|| {
            let mut world = World::new();
            world.change_account(BANK, BY_HAND, 3);
            for who in CALLERS.filter(|who| *who != BANK) {
                let who = Some(who);
                world.object_to_account(BANK, Manner { who, ..BY_HAND }, true);
            }
            world.object_to_account(BANK, Manner::HONEST, true);
            assert!(is_open(BANK));
        });
    }

    #[test]
    fn an_objection_that_is_delayed_leaves_a_change_made_since() {
        on_chain(|| {
            let mut world = World::new();
            world.change_account(BANK, BY_HAND, 3);
            let delayed = world.objection(BANK, true);
            world.object_to_account(BANK, BY_HAND, true);
            world.change_account(BANK, BY_HAND, 3);
            let answer = world.send(BY_HAND, BANK, delayed.into());
            assert!(!answer.is_done(), "{answer:?}");
            assert!(is_open(BANK));
            world.object_to_account(BANK, BY_HAND, true);
            assert!(!is_open(BANK));
        });
    }
}
