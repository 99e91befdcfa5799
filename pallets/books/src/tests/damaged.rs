//! A node's database of which anything may be lost, or be anything: it costs work, never a book.

use crate::mock::*;
use counterfoil_primitives::{
    book_storage::{self, BookState, Item},
    BusinessDay, SideId,
};
use proptest::prelude::*;
use sp_core::{offchain::StorageKind, H256};

/// What happens between two runs of the worker.
#[derive(Clone, Debug)]
enum Step {
    Record(u64),
    /// The day's first payment is given back in part, where there is one.
    Refund,
    /// A value is lost.
    Lose(Item),
    /// A value is overwritten.
    Spoil(Item, Vec<u8>),
}

fn item() -> impl Strategy<Value = Item> {
    prop_oneof![
        2 => Just(Item::State),
        3 => (0u32..4).prop_map(Item::Slots),
        1 => Just(Item::Extras(0)),
        1 => Just(Item::Cursor),
        1 => Just(Item::Import),
        1 => Just(Item::Result),
        1 => Just(Item::ImportsOfBooks),
        1 => Just(Item::Suspense),
    ]
}

fn step() -> impl Strategy<Value = Step> {
    let bytes = prop::collection::vec(any::<u8>(), 0..100);
    prop_oneof![
        (1u64..300).prop_map(Step::Record),
        Just(Step::Refund),
        item().prop_map(Step::Lose),
        (item(), bytes).prop_map(|(item, bytes)| Step::Spoil(item, bytes)),
    ]
}

fn key(item: Item) -> Vec<u8> {
    let day = match item {
        Item::Cursor => BusinessDay::default(),
        _ => DAY_ONE,
    };
    book_storage::key(SideId { day, ..BANK_SIDE }, item)
}

fn take(step: &Step) {
    match step {
        Step::Record(count) => record(*count),
        Step::Refund if chain_slots(BANK_SIDE).is_empty() => {}
        Step::Refund => {
            record_refund(0, 10, 1);
        }
        Step::Lose(item) => {
            sp_io::offchain::local_storage_clear(StorageKind::PERSISTENT, &key(*item));
        }
        Step::Spoil(item, bytes) => {
            sp_io::offchain::local_storage_set(StorageKind::PERSISTENT, &key(*item), bytes);
        }
    }
}

fn is_committed() -> bool {
    assert!(committed().is_none_or(|committed| committed == chain_commitment(BANK_SIDE)));
    committed().is_some()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn whatever_the_database_holds_the_chains_book_is_committed_to(
        before in prop::collection::vec(step(), 0..8),
        after in prop::collection::vec(step(), 0..8),
    ) {
        build_and_execute(|| {
            for step in &before {
                take(step);
                run_worker_and_apply();
            }
            seal();
            let damage = |step: &&Step| !matches!(step, Step::Record(_) | Step::Refund);
            for step in after.iter().filter(damage) {
                take(step);
                run_worker_and_apply();
            }
            for _ in 0..10 {
                pass(60_000);
                run_worker_and_apply();
            }
            assert!(is_committed());
        });
    }
}

#[test]
fn page_roots_that_were_noted_wrong_are_read_back_again() {
    build_and_execute(|| {
        record(300);
        run_worker();
        let noted = BookState {
            slots_page_roots: vec![H256::repeat_byte(1)],
            ..bank_state()
        };
        BANK_BOOK.write(Item::State, &noted);
        seal();
        run_worker_and_apply();
        assert!(!is_committed());
        run_worker_and_apply();
        assert!(is_committed());
    });
}
