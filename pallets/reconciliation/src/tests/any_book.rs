//! Any book: what the worker finds proves the side, and its corrections give the chain's record.

use super::*;
use crate::worker;
use counterfoil_primitives::Kind;
use proptest::prelude::*;

/// Payments of the day: more than two pages.
const PAYMENTS: u32 = 600;

/// Refunds of the day, each of another of its payments.
const REFUNDS: u32 = 9;

/// The positions of the day.
const POSITIONS: usize = (PAYMENTS + REFUNDS) as usize;

/// A change to the book that equals the chain.
#[derive(Clone, Debug)]
enum Change {
    Remove(usize),
    Amount(usize, u128),
    User(usize, u8),
    Kind(usize),
    Swap(usize, usize),
    Repeat(u64),
    Invent(u64),
}

fn changes() -> impl Strategy<Value = Vec<Change>> {
    let position = 0..POSITIONS;
    let change = prop_oneof![
        position.clone().prop_map(Change::Remove),
        (position.clone(), any::<u128>()).prop_map(|(at, amount)| Change::Amount(at, amount)),
        (position.clone(), any::<u8>()).prop_map(|(at, user)| Change::User(at, user)),
        position.clone().prop_map(Change::Kind),
        (position.clone(), position).prop_map(|(one, other)| Change::Swap(one, other)),
        (0..u64::from(PAYMENTS)).prop_map(Change::Repeat),
        any::<u32>().prop_map(|sequence| Change::Invent(sequence.into())),
    ];
    proptest::collection::vec(change, 0..40)
}

fn changed(changes: Vec<Change>) -> Book {
    let mut book = chain_book(CREDIT);
    for change in changes {
        match change {
            Change::Remove(at) => book.slots[at] = None,
            Change::Amount(at, amount) => {
                if let Some(entry) = &mut book.slots[at] {
                    entry.amount = amount;
                }
            }
            Change::User(at, user) => {
                if let Some(entry) = &mut book.slots[at] {
                    entry.user.0[0] = user;
                }
            }
            Change::Kind(at) => {
                if let Some(entry) = &mut book.slots[at] {
                    entry.kind = entry.kind.pick(Kind::Refund, Kind::Payment);
                }
            }
            Change::Swap(one, other) => book.slots.swap(one, other),
            Change::Repeat(sequence) => book.extras.push(trade(sequence).entry(Side::Credit)),
            Change::Invent(sequence) => book.extras.push(unknown(sequence)),
        }
    }
    book.extras.sort_unstable();
    book
}

/// Runs `test` at the preset time of a day of payments and refunds.
fn on_the_day(test: impl FnOnce()) {
    at_preset(PAYMENTS.into(), || {
        for (paid_at, part) in (0..REFUNDS).zip(1..) {
            put_refund(DAY, paid_at, part * 1_234_567);
        }
        test();
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn of_any_book_the_worker_proves_exactly_the_breaks(changes in changes()) {
        on_the_day(|| {
            let book = changed(changes);
            commit(CREDIT, &book);
            worker::run::<Test>();
            apply_submitted();
            let chain = chain_book(CREDIT);
            let wrong = (0..POSITIONS).filter(|at| book.slots[*at] != chain.slots[*at]);
            let breaks = wrong.count() + book.extras.len();
            assert_eq!(status(CREDIT), SideStatus::Proven { breaks: breaks as u32 });
        });
    }

    #[test]
    fn the_corrections_of_any_book_give_the_chains_record(changes in changes()) {
        on_the_day(|| {
            let mut book = changed(changes);
            commit(CREDIT, &book);
            worker::run::<Test>();
            apply_submitted();
            for one in Reconciliation::proven_slot_breaks(CREDIT) {
                assert_eq!(book.slots[one.position as usize], one.found);
                book.slots[one.position as usize] = Some(one.right);
            }
            assert_eq!(book.slots, chain_book(CREDIT).slots);
            let suspended = Reconciliation::proven_extra_breaks(CREDIT);
            let suspended: Vec<Entry> = suspended.into_iter().map(|one| one.entry).collect();
            assert_eq!(book.extras, suspended);
        });
    }
}
