//! The engine on a chain in memory: killed anywhere, with journals lost, it records each payment
//! once.

use super::{
    mock::{MockChain, MockWorld, DAY, ERA},
    *,
};
use crate::{journal::Journal, mapping::reference_of};
use counterfoil_primitives::{
    window::{reach, Reach, CHUNK_BITS},
    UserId,
};
use futures::executor::block_on;
use proptest::prelude::*;
use sp_core::H256;
use std::{cell::RefCell, collections::HashMap, path::PathBuf, rc::Rc};

mod corrected;
mod doubts;
mod down_three_days;
mod foreseen;
mod held_up;
mod lost_journals;
mod other_ids;
mod refunds;
mod slept;
mod supplements;
mod upgraded;
mod window;

const SETTINGS: Settings = Settings {
    agreement: 1,
    batch: 3,
    refunds: 3,
    in_flight: 2,
    trust_new_journal: false,
    anew: false,
    money: None,
};

fn payment(number: u128) -> Prepared {
    let id = format!("p{number}");
    Prepared {
        trade: TradeRequest {
            sequence: 0,
            reference: reference_of(1, &id),
            user: UserId::default(),
            product: 1,
            gross: number,
            debit: number,
            credit: 0,
            occurred_at: 10 * DAY + 7,
        },
        id,
        day: BusinessDay(10),
        original: None,
    }
}

fn payments(count: u128) -> Vec<Prepared> {
    (1..=count).map(payment).collect()
}

struct Client {
    world: Rc<RefCell<MockWorld>>,
    _folder: tempfile::TempDir,
    journal: PathBuf,
}

impl Client {
    fn new(seed: u64) -> Self {
        let folder = tempfile::tempdir().unwrap();
        Self {
            world: MockWorld::new(seed),
            journal: folder.path().join("journal"),
            _folder: folder,
        }
    }

    fn import_with(
        &self,
        payments: &[Prepared],
        settings: &Settings,
        fuel: Option<u32>,
    ) -> Result<Vec<Verdict>> {
        let journal = Journal::open(&self.journal, H256::zero(), 1)?;
        let mut chain = MockChain::new(&self.world, fuel);
        block_on(run(&mut chain, &journal, payments, settings, &mut |_| ()))
    }

    fn import(&self, payments: &[Prepared]) -> Vec<Verdict> {
        self.import_with(payments, &SETTINGS, None).unwrap()
    }

    fn lose_journal(&self) {
        let _ = std::fs::remove_file(&self.journal);
    }

    fn blocks(&self, count: usize) {
        (0..count).for_each(|_| self.world.borrow_mut().step());
    }

    fn trades(&self) -> Vec<Trade> {
        self.world.borrow().trades()
    }

    /// How often each payment is on chain, by its gross amount.
    fn counts(&self) -> HashMap<u128, usize> {
        let mut counts = HashMap::new();
        self.trades()
            .iter()
            .for_each(|trade| *counts.entry(trade.gross).or_default() += 1);
        counts
    }

    fn assert_each_once(&self, count: u128) {
        let counts = self.counts();
        assert!(
            (1..=count).all(|number| counts.get(&number) == Some(&1)),
            "{counts:?}"
        );
        assert_eq!(counts.len() as u128, count);
    }
}

fn is_recorded(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Recorded { .. })
}

fn is_known(verdict: &Verdict) -> bool {
    matches!(verdict, Verdict::Known { .. })
}

/// Imports two payments, and hands what the import says on the way to `watch`.
fn watched(client: &Client, mut watch: impl FnMut(Step)) {
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    block_on(run(
        &mut chain,
        &journal,
        &payments(2),
        &SETTINGS,
        &mut watch,
    ))
    .unwrap();
}

#[test]
fn payments_are_recorded_in_batches() {
    let client = Client::new(1);
    let verdicts = client.import(&payments(10));
    assert!(verdicts.iter().all(is_recorded));
    client.assert_each_once(10);
}

#[test]
fn an_import_repeated_records_nothing() {
    let client = Client::new(1);
    client.import(&payments(10));
    assert!(client.import(&payments(10)).iter().all(is_known));
    client.assert_each_once(10);
}

#[test]
fn a_larger_file_records_what_is_new() {
    let client = Client::new(1);
    client.import(&payments(5));
    let verdicts = client.import(&payments(8));
    assert_eq!(
        verdicts.iter().filter(|verdict| is_known(verdict)).count(),
        5
    );
    client.assert_each_once(8);
}

#[test]
fn a_sequence_of_another_trade_is_no_success() {
    let client = Client::new(1);
    // Another program of the client takes the sequence while the batch is under way.
    client.world.borrow_mut().slow = 4;
    let stranger = TradeRequest {
        sequence: 1,
        ..payment(99).trade
    };
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let world = client.world.clone();
    let mut intruded = false;
    let mut watch = |_| {
        if !std::mem::replace(&mut intruded, true) {
            world.borrow_mut().record_elsewhere(stranger);
        }
    };
    let verdicts = block_on(run(
        &mut chain,
        &journal,
        &payments(2),
        &SETTINGS,
        &mut watch,
    ))
    .unwrap();
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    let counts = client.counts();
    assert_eq!((counts[&1], counts[&2], counts[&99]), (1, 1, 1));
}

#[test]
fn a_payment_that_the_chain_refuses_can_be_corrected() {
    let client = Client::new(1);
    client.world.borrow_mut().too_much = 100;
    let mut list = vec![payment(1), payment(500)];
    let verdicts = client.import(&list);
    assert!(is_recorded(&verdicts[0]));
    assert_eq!(
        verdicts[1],
        Verdict::Refused {
            reason: NotRecorded::Other("too much".into())
        }
    );

    list[1].trade.gross = 50;
    let verdicts = client.import(&list);
    assert!(is_known(&verdicts[0]) && is_recorded(&verdicts[1]));
    assert_eq!(client.trades().len(), 2);
}

#[test]
fn a_corrected_payment_waits_until_the_refused_one_can_land_no_more() {
    let client = Client::new(1);
    client.world.borrow_mut().too_much = 100;
    let mut list = vec![payment(500)];
    client.import(&list);
    let refused_at = client.world.borrow().trades().len();
    list[0].trade.gross = 50;
    let mut chain = MockChain::new(&client.world, None);
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let start = block_on(chain.final_block()).unwrap();
    block_on(run(&mut chain, &journal, &list, &SETTINGS, &mut |_| ())).unwrap();
    let end = block_on(chain.final_block()).unwrap();
    assert!(end - start > ERA / 2, "{start} {end}");
    assert_eq!(client.trades().len(), refused_at + 1);
}

#[test]
fn a_recorded_payment_with_other_content_is_refused() {
    let client = Client::new(1);
    client.import(&payments(1));
    let mut changed = payments(1);
    changed[0].trade.gross = 77;
    for _ in 0..2 {
        let verdicts = client.import(&changed);
        let Verdict::Refused { reason } = &verdicts[0] else {
            panic!("{verdicts:?}")
        };
        let reason = reason.to_string();
        assert!(reason.contains("other content"), "{reason}");
        client.lose_journal();
    }
    client.assert_each_once(1);
}

#[test]
fn a_batch_that_the_network_loses_is_sent_again() {
    let client = Client::new(3);
    client.world.borrow_mut().loses = 50;
    let verdicts = client.import(&payments(12));
    assert!(verdicts.iter().all(is_recorded));
    client.assert_each_once(12);
}

#[test]
fn a_batch_that_a_fork_voided_is_signed_anew() {
    let client = Client::new(3);
    client.world.borrow_mut().voids = 50;
    let verdicts = client.import(&payments(12));
    assert!(verdicts.iter().all(is_recorded));
    client.assert_each_once(12);
}

#[test]
fn an_import_of_which_everything_is_voided_ends_with_the_reason() {
    let client = Client::new(1);
    client.world.borrow_mut().voids = 100;
    let error = client
        .import_with(&payments(1), &SETTINGS, None)
        .unwrap_err();
    let error = format!("{error:#}");
    assert!(
        error.contains("run it again") && error.contains("a fork"),
        "{error}"
    );
}

#[test]
fn an_import_into_a_chain_that_takes_nothing_ends_with_an_error() {
    let client = Client::new(1);
    client.world.borrow_mut().loses = 100;
    let error = client
        .import_with(&payments(1), &SETTINGS, None)
        .unwrap_err()
        .to_string();
    assert!(error.contains("run the import again"), "{error}");
}

#[test]
fn an_import_killed_at_any_step_and_repeated_records_each_payment_once() {
    for fuel in 0..60 {
        let client = Client::new(fuel.into());
        client.world.borrow_mut().slow = 3;
        let _ = client.import_with(&payments(8), &SETTINGS, Some(fuel));
        let verdicts = client.import(&payments(8));
        assert!(verdicts
            .iter()
            .all(|verdict| is_recorded(verdict) || is_known(verdict)));
        client.blocks(30);
        client.assert_each_once(8);
    }
}

#[test]
fn an_import_killed_at_any_step_and_its_journal_lost_records_each_payment_once() {
    for fuel in 0..60 {
        let client = Client::new(fuel.into());
        client.world.borrow_mut().slow = 12;
        let _ = client.import_with(&payments(8), &SETTINGS, Some(fuel));
        client.lose_journal();
        client.import(&payments(8));
        client.blocks(40);
        client.assert_each_once(8);
    }
}

#[test]
fn the_most_batches_in_flight_fit_the_window_wherever_they_begin() {
    let in_flight = (MAX_IN_FLIGHT * BATCH) as Sequence;
    for lowest in [0, CHUNK_BITS - 1, CHUNK_BITS] {
        let highest = Some(lowest + in_flight - 1);
        assert_eq!(reach(highest, lowest), Reach::Within);
    }
}

#[derive(Clone, Debug)]
struct Run {
    fuel: u32,
    lose_journal: bool,
    pause: usize,
    count: u128,
}

fn runs() -> impl Strategy<Value = Vec<Run>> {
    let run = (0u32..50, prop::bool::weighted(0.3), 0usize..30, 1u128..10).prop_map(
        |(fuel, lose_journal, pause, count)| Run {
            fuel,
            lose_journal,
            pause,
            count,
        },
    );
    prop::collection::vec(run, 0..5)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_history_of_kills_and_losses_records_a_payment_twice(
        seed: u64,
        runs in runs(),
        slow in 0u64..18,
        loses in 0u64..30,
        refuses in 0u64..40,
        voids in 0u64..20,
    ) {
        let client = Client::new(seed);
        {
            let mut world = client.world.borrow_mut();
            (world.slow, world.loses, world.refuses) = (slow, loses, refuses);
            world.voids = voids;
        }
        for run in runs {
            let _ = client.import_with(&payments(run.count), &SETTINGS, Some(run.fuel));
            if run.lose_journal {
                client.lose_journal();
            }
            client.blocks(run.pause);
        }
        {
            let mut world = client.world.borrow_mut();
            (world.loses, world.voids) = (0, 0);
        }
        let verdicts = client.import(&payments(10));
        prop_assert!(verdicts.iter().all(|verdict| is_recorded(verdict) || is_known(verdict)));
        client.blocks(40);
        client.assert_each_once(10);
    }
}
