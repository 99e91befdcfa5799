//! Refunds amid forks: what a fork moves is named anew, and each payment and refund is recorded once.

use super::*;
use crate::import::mock::Fork;

/// Imports, and lets a fork take the place of the best block once `landed` trades are in blocks.
fn import_amid_a_fork(
    client: &Client,
    list: &[Prepared],
    landed: usize,
    day: Option<BusinessDay>,
) -> Vec<Verdict> {
    let journal = Journal::open(&client.journal, H256::zero(), 1).unwrap();
    let mut chain = MockChain::new(&client.world, None);
    let mut has_forked = false;
    let mut watch = |_: Step| {
        if client.trades().len() == landed && !std::mem::replace(&mut has_forked, true) {
            let mut world = client.world.borrow_mut();
            let first = world.best();
            world.reorganize(Fork { first, day });
        }
    };
    block_on(run(&mut chain, &journal, list, &SETTINGS, &mut watch)).unwrap()
}

/// The days and positions that the refunds named that were sent.
fn named(client: &Client) -> Vec<(u32, u32)> {
    let world = client.world.borrow();
    let originals = world.refunds_sent.iter().map(|sent| sent.original);
    originals
        .map(|original| (original.day.0, original.position))
        .collect()
}

/// Why refunds were refused that formed anew may do.
fn refused_for(client: &Client) -> Vec<String> {
    let refusals = client.world.borrow().refusals();
    let reasons = refusals.into_iter().map(|refusal| match refusal {
        Refusal::Meanwhile(reason) => reason,
        refusal => panic!("{refusal:?}"),
    });
    reasons.collect()
}

/// The gross amounts of all that is on chain, ascending.
fn amounts(client: &Client) -> Vec<u128> {
    let mut amounts: Vec<u128> = client.trades().iter().map(|trade| trade.gross).collect();
    amounts.sort_unstable();
    amounts
}

#[test]
fn a_refund_of_a_payment_that_a_fork_moved_names_its_place_on_the_final_chain() {
    for day in [10, 11] {
        let client = Client::new(1);
        let list = [payment(7), payment(100), refund(1, 100, 40)];
        let verdicts = import_amid_a_fork(&client, &list, 2, Some(BusinessDay(day)));
        assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
        // It was the second one of the tenth day before.
        assert_eq!(named(&client), [(day, 0)]);
        assert_eq!(amounts(&client), [7, 40, 100]);
    }
}

#[test]
fn a_refund_before_which_a_fork_puts_a_later_one_lets_that_be_refused_and_formed_anew() {
    let client = with_a_payment();
    let list = [refund(1, 100, 40), refund(2, 100, 30)];
    let verdicts = import_amid_a_fork(&client, &list, 3, None);
    assert!(verdicts.iter().all(is_recorded), "{verdicts:?}");
    assert_eq!(refused_for(&client), ["RefundedMeanwhile"]);
    assert_eq!(refunded_before(&client), [0, 40, 40]);
    assert_eq!(amounts(&client), [30, 40, 100]);
}

/// Where too many validators are faulty, a fork may go below what a node called final.
#[test]
fn a_refund_whose_final_original_a_fork_moved_is_refused_by_name_and_formed_anew() {
    for (day, reason) in [(10, "OriginalOtherId"), (11, "OriginalMissing")] {
        let client = Client::new(1);
        let list = [payment(7), payment(100), refund(1, 100, 40)];
        client.import(&list[..2]);
        client.world.borrow_mut().fork = Some(Fork {
            first: 1,
            day: Some(BusinessDay(day)),
        });
        let verdicts = client.import(&list);
        assert!(verdicts[..2].iter().all(is_known), "{verdicts:?}");
        assert!(is_recorded(&verdicts[2]), "{verdicts:?}");
        assert_eq!(refused_for(&client), [reason]);
        assert_eq!(named(&client), [(10, 1), (day, 0)]);
        let world = client.world.borrow();
        let sequences = [0, 1].map(|at: usize| world.refunds_sent[at].sequence);
        assert_eq!(sequences[0], sequences[1], "a refused refund uses none up");
        assert_eq!(amounts(&client), [7, 40, 100]);
    }
}

#[test]
fn a_refund_that_a_fork_puts_before_its_original_is_refused_by_name_and_recorded_later() {
    let client = with_a_payment();
    let theirs = by_another_program(&client, 40);
    client.world.borrow_mut().record_refund(theirs);
    let fork = Fork {
        first: 1,
        day: None,
    };
    client.world.borrow_mut().reorganize(fork);
    assert_eq!(refused_for(&client), ["OriginalMissing"]);
    assert_eq!(amounts(&client), [100]);
    let verdicts = client.import(&[refund(77, 100, 40)]);
    assert!(is_recorded(&verdicts[0]), "{verdicts:?}");
    assert_eq!(amounts(&client), [40, 100]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn no_history_of_forks_and_kills_records_a_payment_or_a_refund_twice(
        seed: u64,
        runs in runs(),
        forks in 10u64..60,
        slow in 0u64..6,
        loses in 0u64..20,
    ) {
        let list = [
            refund(1, 100, 40),
            payment(100),
            refund(2, 100, 30),
            payment(50),
            refund(3, 50, 50),
            refund(4, 100, 30),
        ];
        let client = Client::new(seed);
        {
            let mut world = client.world.borrow_mut();
            (world.forks, world.slow, world.loses) = (forks, slow, loses);
        }
        for run in runs {
            let _ = client.import_with(&list, &SETTINGS, Some(run.fuel));
            if run.lose_journal {
                client.lose_journal();
            }
            client.blocks(run.pause);
        }
        client.world.borrow_mut().loses = 0;
        let verdicts = client.import(&list);
        let is_done = |verdict| is_recorded(verdict) || is_known(verdict);
        prop_assert!(verdicts.iter().all(is_done), "{:?}", verdicts);
        client.blocks(40);
        prop_assert_eq!(amounts(&client), [30, 30, 40, 50, 50, 100]);
    }
}
