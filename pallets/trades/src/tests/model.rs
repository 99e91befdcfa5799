//! A random history against a simple model: a set of ids, and a vector a day. What clients caused is counted
//! meanwhile, and compared with their trades after each step.

use crate::{mock::*, Days, Seals};
use counterfoil_primitives::{
    window::{CHUNKS, CHUNK_BITS, WIDTH},
    BusinessDay, MemberId, Moment, Sequence, TradeId,
};
use proptest::prelude::*;
use std::collections::{BTreeMap, BTreeSet};

/// A step of a history.
#[derive(Clone, Debug)]
enum Step {
    /// A client sends a batch.
    Record(MemberId, Vec<Sent>),
    /// The clock goes on, by minutes.
    Wait(u64),
    /// A member seals the day that lies a number of days before today.
    Seal(u32),
}

/// A trade as a client sends it.
#[derive(Clone, Debug)]
struct Sent {
    sequence: Sequence,
    minutes_ago: u64,
    good: bool,
}

fn sent() -> impl Strategy<Value = Sent> {
    let sequence = prop_oneof![
        8 => 0u64..400,
        1 => 0..2 * CHUNK_BITS,
        1 => WIDTH - 2..WIDTH + 400,
    ];
    let minutes_ago = prop_oneof![3 => 0u64..60, 1 => 0u64..6 * 24 * 60];
    (sequence, minutes_ago, prop::bool::weighted(0.9)).prop_map(|(sequence, minutes_ago, good)| {
        Sent {
            sequence,
            minutes_ago,
            good,
        }
    })
}

fn step() -> impl Strategy<Value = Step> {
    let client = prop_oneof![Just(CLIENT), Just(OTHER_CLIENT)];
    prop_oneof![
        6 => (client, prop::collection::vec(sent(), 1..200))
            .prop_map(|(client, batch)| Step::Record(client, batch)),
        2 => (0u64..40 * 60).prop_map(Step::Wait),
        1 => (0u32..3).prop_map(Step::Seal),
    ]
}

/// What the chain ought to hold.
#[derive(Default)]
struct Model {
    used: BTreeSet<TradeId>,
    highest: BTreeMap<MemberId, Sequence>,
    days: BTreeMap<BusinessDay, Vec<TradeId>>,
    sealed: BTreeSet<BusinessDay>,
}

impl Model {
    fn record(&mut self, client: MemberId, sent: &Sent, now: Moment) {
        let id = TradeId {
            client,
            sequence: sent.sequence,
        };
        let occurred_at = now - sent.minutes_ago * 60_000;
        if !sent.good || self.used.contains(&id) || !self.within(client, sent.sequence) {
            return;
        }
        let Some(day) = booked(occurred_at, now) else {
            return;
        };
        self.used.insert(id);
        let highest = self.highest.entry(client).or_default();
        *highest = sent.sequence.max(*highest);
        self.days.entry(day).or_default().push(id);
    }

    fn within(&self, client: MemberId, sequence: Sequence) -> bool {
        let highest = self.highest.get(&client).copied().unwrap_or(0);
        let lowest = (highest / CHUNK_BITS).saturating_sub(CHUNKS - 1) * CHUNK_BITS;
        (lowest..=highest + WIDTH).contains(&sequence)
    }
}

/// The day that takes a trade, by the agreement of the mock: days start at local midnight, and
/// take trades until half past the next.
fn booked(occurred_at: Moment, now: Moment) -> Option<BusinessDay> {
    let index = |moment: Moment| {
        let since = moment.checked_sub(at(0, 0, 0))?;
        Some((since / WHOLE_DAY) as u32)
    };
    let occurred = index(occurred_at)?;
    let cut_off = |index: u32| at(index + 1, 0, 30);
    if now > cut_off(occurred) + Moment::from(MAX_LATE) * 60_000 && now >= cut_off(occurred) {
        return None;
    }
    (occurred..)
        .find(|candidate| now < cut_off(*candidate))
        .map(day)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn a_random_history_agrees_with_the_model(steps in prop::collection::vec(step(), 1..25)) {
        build_and_execute(|| {
            limit_clients(1, 100_000, 0);
            let mut model = Model::default();
            let mut now = at(0, 12, 0);
            for step in steps {
                match step {
                    Step::Wait(minutes) => {
                        now += minutes * 60_000;
                        set_time(now);
                    }
                    Step::Seal(back) => {
                        let today = (now - at(0, 0, 0)) / WHOLE_DAY;
                        let Some(index) = (today as u32).checked_sub(back) else { continue };
                        let may = now >= at(index + 1, 0, 30) && model.sealed.insert(day(index));
                        let sealed = Trades::seal(signed(BANK), AGREEMENT, day(index));
                        assert_eq!(sealed.is_ok(), may);
                    }
                    Step::Record(client, sent) => {
                        let requests = sent.iter().map(|sent| {
                            let mut request = priced(
                                sent.sequence,
                                PRODUCT,
                                u128::from(sent.sequence) + 1_000,
                                now - sent.minutes_ago * 60_000,
                            );
                            request.credit += u128::from(!sent.good);
                            request
                        });
                        record_by(client, requests.collect());
                        for sent in &sent {
                            model.record(client, sent, now);
                        }
                    }
                }
                Trades::do_try_state().unwrap();
            }
            for (day, ids) in &model.days {
                let found: Vec<_> = stored(*day).iter().map(|trade| trade.id).collect();
                assert_eq!(&found, ids);
            }
            let count: u32 = Days::<Test>::iter().map(|(_, _, totals)| totals.count()).sum();
            assert_eq!(count as usize, model.used.len());
            assert_eq!(Seals::<Test>::iter().count(), model.sealed.len());
        });
    }
}
