//! A book of the entries as they came.

use crate::{mock::*, worker::lock_and_budget::PAGES_PER_RUN, Commitments};
use counterfoil_primitives::{
    book_storage::{BookState, Item},
    summary::SideStatus,
    tree::PAGE_SIZE,
    Commitment, SideTotals,
};
use sp_core::H256;

#[test]
fn a_book_follows_the_finalized_trades() {
    build_and_execute(|| {
        record(300);
        run_worker();
        record(400);
        run_worker();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        let total = chain_slots(BANK_SIDE)
            .iter()
            .flatten()
            .map(|entry| entry.amount)
            .sum::<u128>();
        let totals = SideTotals {
            payments: total,
            refunds: 0,
        };
        let state = bank_state();
        assert_eq!((state.slots, state.totals), (700, totals));
        assert!(!state.frozen);
    });
}

#[test]
fn a_book_that_follows_sums_payments_and_refunds_apart() {
    build_and_execute(|| {
        record(10);
        run_worker();
        record_refund(3, 400, 40);
        run_worker();

        let totals = SideTotals {
            payments: 955,
            refunds: 40,
        };
        assert_eq!(bank_state().totals, totals);
    });
}

#[test]
fn a_book_with_refunds_is_committed_to_as_the_chain_has_it() {
    build_and_execute(|| {
        record(300);
        record_refund(5, 400, 40);
        run_worker();
        record_refund(299, 1_000, 0);
        seal();
        run_worker_and_apply();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
        assert_eq!(bank_state().totals.refunds, 40);
    });
}

#[test]
fn an_older_block_that_comes_late_changes_nothing() {
    build_and_execute(|| {
        record(300);
        run_worker();
        let newer = bank_state();

        chain(|chain| chain.trades.get_mut(&DAY_ONE).unwrap().truncate(10));
        run_worker();
        assert_eq!(bank_state(), newer);
        chain(|chain| chain.trades.clear());
    });
}

#[test]
fn a_book_is_committed_to_once_its_day_is_sealed() {
    build_and_execute(|| {
        record(700);
        run_worker_and_apply();
        assert_eq!(committed(), None);

        seal();
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
        assert!(bank_state().frozen);
    });
}

#[test]
fn a_day_without_trades_is_committed_to() {
    build_and_execute(|| {
        seal();
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_node_that_was_away_catches_up_at_once() {
    build_and_execute(|| {
        record(700);
        seal();
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_long_day_is_caught_up_with_in_several_runs() {
    build_and_execute(|| {
        record(u64::from(PAGES_PER_RUN * PAGE_SIZE) + 1);
        seal();

        run_worker_and_apply();
        assert_eq!(bank_state().slots, PAGES_PER_RUN * PAGE_SIZE);

        // One run for the last page and most of the reading back, one for the rest of it.
        run_worker_and_apply();
        assert_eq!(bank_state().slots, PAGES_PER_RUN * PAGE_SIZE + 1);
        assert_eq!(committed(), None);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_lost_state_is_rebuilt_from_the_chain() {
    build_and_execute(|| {
        record(300);
        run_worker();
        let before = bank_state();

        BANK_BOOK.clear(Item::State);
        run_worker();
        assert_eq!(bank_state(), before);
    });
}

#[test]
fn a_damaged_state_is_rebuilt_from_the_chain() {
    build_and_execute(|| {
        record(300);
        run_worker();
        let before = bank_state();

        BANK_BOOK.write(Item::State, &[1u8, 2, 3]);
        run_worker();
        assert_eq!(bank_state(), before);
    });
}

#[test]
fn a_damaged_page_is_rebuilt_before_the_commitment() {
    build_and_execute(|| {
        record(700);
        run_worker();
        BANK_BOOK.write(Item::Slots(0), &[7u8; 10]);
        let mut wrong = BANK_BOOK.slots(1).unwrap();
        wrong[3] = None;
        BANK_BOOK.write_slots(1, &wrong);

        seal();
        run_worker_and_apply();
        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_lost_page_is_rebuilt_before_the_commitment() {
    build_and_execute(|| {
        record(700);
        run_worker();
        BANK_BOOK.clear(Item::Slots(2));

        seal();
        run_worker_and_apply();
        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
    });
}

#[test]
fn a_state_of_more_trades_than_the_sealed_day_has_is_rebuilt() {
    build_and_execute(|| {
        record(10);
        seal();
        let foreign = BookState {
            slots: 900,
            ..Default::default()
        };
        assert!(BANK_BOOK.replace_state(&None, &foreign));

        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn a_page_damaged_after_the_commitment_is_healed() {
    build_and_execute(|| {
        record(700);
        seal();
        run_worker_and_apply();

        BANK_BOOK.clear(Item::Slots(1));
        run_worker();
        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
    });
}

#[test]
fn a_book_lost_after_the_commitment_is_rebuilt() {
    build_and_execute(|| {
        record(700);
        seal();
        run_worker_and_apply();
        let before = bank_state();

        BANK_BOOK.clear(Item::State);
        (0..3).for_each(|page| BANK_BOOK.clear(Item::Slots(page)));
        run_worker();
        assert_eq!(bank_state(), before);
        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_rejected_book_is_rebuilt_and_committed_to_once_more() {
    build_and_execute(|| {
        record(300);
        seal();
        run_worker_and_apply();
        BANK_BOOK.clear(Item::Slots(0));
        // A whole book is rejected only where it is another than the chain's.
        let false_one = Commitment {
            slots_root: H256::repeat_byte(1),
            ..chain_commitment(BANK_SIDE)
        };
        Commitments::<Test>::insert(BANK_SIDE, 0, false_one);
        reject(BANK_SIDE);
        assert_eq!(committed(), None);

        pass(30_000);
        run_worker_and_apply();
        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
        assert_eq!(bank_state().round, 1);
    });
}

#[test]
fn equal_references_are_counted() {
    build_and_execute(|| {
        record(10);
        chain(|chain| {
            let trades = chain.trades.get_mut(&DAY_ONE).unwrap();
            trades[4].reference = trades[1].reference;
            trades[9].reference = trades[1].reference;
        });
        seal();
        run_worker();

        assert_eq!(bank_state().equal_references, 3);
    });
}

#[test]
fn references_are_counted_by_kind() {
    for (refunds, counted) in [(1, 0), (2, 2)] {
        build_and_execute(|| {
            record(3);
            for _ in 0..refunds {
                record_refund(1, 100, 10);
            }
            chain(|chain| {
                let trades = chain.trades.get_mut(&DAY_ONE).unwrap();
                let of_payment = trades[1].reference;
                for refund in &mut trades[3..] {
                    refund.reference = of_payment;
                }
            });
            seal();
            run_worker();

            assert_eq!(bank_state().equal_references, counted, "{refunds}");
        });
    }
}

#[test]
fn a_defaulted_side_still_has_its_book() {
    build_and_execute(|| {
        record(300);
        seal();
        set_status(BANK_SIDE, SideStatus::Defaulted);
        run_worker();

        assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
        assert_eq!(sent(), vec![]);
    });
}
