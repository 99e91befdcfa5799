//! A book of the party's own ledger.

use crate::{
    mock::*,
    worker::{groups, session::with_lock, Book},
    Commitments,
};
use counterfoil_primitives::{
    align::{align, LedgerEntry},
    day::MINUTE,
    ports,
    store::{BookState, ImportState, Item, Problem},
    summary::SideStatus,
    tree::{slots_page_root, PAGE_SIZE},
    Amount, Commitment, Entry, Side, TradeId,
};
use proptest::prelude::*;

fn committed() -> Option<Commitment> {
    Commitments::<Test>::get((AGREEMENT, DAY_ONE, Side::Credit))
}

/// The true ledger of a day of so many trades.
fn lines(count: u64) -> Vec<LedgerEntry> {
    (0..count).map(line).collect()
}

/// A sealed day of ten trades, and a bank that keeps a ledger.
fn ledger_day() {
    bank_keeps_a_ledger();
    record(10);
    seal();
}

fn stored_extras() -> Vec<Entry> {
    BANK_BOOK.read(Item::Extras(0)).unwrap_or_default()
}

/// The commitment to a book of these slots and extras.
fn commitment_to(slots: &[Option<Entry>], extras: &[Entry]) -> Commitment {
    let place = <Script as ports::DayLedger>::place(AGREEMENT, DAY_ONE, Side::Credit);
    Commitment::of_book(&place, slots, extras)
}

/// Imports a ledger of ten trades that `change` makes wrong, and lets the worker commit to it.
fn book_of(change: impl FnOnce(&mut Vec<LedgerEntry>)) -> (Vec<Option<Entry>>, Vec<Entry>) {
    ledger_day();
    let mut ledger = lines(10);
    change(&mut ledger);
    import(1, &ledger, true);
    run_worker_and_apply();
    let book = (slots(BANK_BOOK), stored_extras());
    assert_eq!(committed(), Some(commitment_to(&book.0, &book.1)));
    book
}

/// What the chain holds in the slots, with one of them changed.
fn slots_but(position: usize, change: impl FnOnce(&mut Option<Entry>)) -> Vec<Option<Entry>> {
    let mut slots = chain_slots(DAY_ONE, Side::Credit);
    change(&mut slots[position]);
    slots
}

#[test]
fn a_true_ledger_commits_to_what_the_chain_has() {
    build_and_execute(|| {
        book_of(|_| {});

        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn a_ledger_in_another_order_is_the_same_book() {
    build_and_execute(|| {
        book_of(|ledger| ledger.reverse());

        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn a_ledger_without_ids_is_aligned_by_reference() {
    build_and_execute(|| {
        book_of(|ledger| ledger.iter_mut().for_each(|line| line.id = None));

        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn a_missing_line_leaves_its_slot_empty() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| {
            ledger.remove(4);
        });

        assert_eq!(slots, slots_but(4, |slot| *slot = None));
        assert_eq!(extras, vec![]);
    });
}

#[test]
fn a_wrong_amount_stands_in_its_slot() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger[4].amount += 1);

        let wrong = slots_but(4, |slot| slot.as_mut().unwrap().amount += 1);
        assert_eq!((slots, extras), (wrong, vec![]));
    });
}

#[test]
fn a_wrong_user_stands_in_its_slot() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger[4].user.0[0] = 9);

        let wrong = slots_but(4, |slot| slot.as_mut().unwrap().user.0[0] = 9);
        assert_eq!((slots, extras), (wrong, vec![]));
    });
}

#[test]
fn a_duplicate_is_an_extra() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger.push(line(4)));

        assert_eq!(slots, chain_slots(DAY_ONE, Side::Credit));
        assert_eq!(extras, vec![trade(4).entry(Side::Credit)]);
    });
}

#[test]
fn a_line_that_is_not_on_chain_is_an_extra() {
    build_and_execute(|| {
        let (slots, extras) = book_of(|ledger| ledger.push(line(77)));

        assert_eq!(slots, chain_slots(DAY_ONE, Side::Credit));
        assert_eq!(extras, vec![trade(77).entry(Side::Credit)]);
    });
}

#[test]
fn a_day_without_trades_may_have_an_extra() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        seal();
        import(1, &[line(3)], true);
        run_worker_and_apply();

        let extra = trade(3).entry(Side::Credit);
        assert_eq!(committed(), Some(commitment_to(&[], &[extra])));
    });
}

#[test]
fn an_empty_ledger_is_a_book_too() {
    build_and_execute(|| {
        ledger_day();
        import(1, &[], true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(commitment_to(&[None; 10], &[])));
    });
}

#[test]
fn a_ledger_waits_for_the_seal() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(10);
        import(1, &lines(10), true);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_ledger_waits_for_an_import() {
    build_and_execute(|| {
        ledger_day();
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
    });
}

#[test]
fn a_ledger_waits_for_the_confirmation() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), false);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
    });
}

#[test]
fn an_import_is_replaced_until_it_is_confirmed() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(9), false);
        run_worker_and_apply();
        import(2, &lines(10), true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
        assert_eq!(bank_state().generation, 2);
    });
}

#[test]
fn a_committed_book_is_not_replaced() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(9), true);
        run_worker_and_apply();
        let before = bank_state();
        import(2, &lines(10), true);
        run_worker_and_apply();

        assert_eq!(bank_state(), before);
    });
}

#[test]
fn a_damaged_import_is_not_committed_to() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        let item = Item::ImportPage {
            generation: 1,
            page: 0,
        };
        let mut other = lines(10);
        other[0].amount += 1;
        BANK_BOOK.write(item, &other);
        run_worker();

        let state = bank_state();
        assert!(!state.frozen);
        assert_eq!(state.problem, Some(Problem::ImportDamaged));
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_lost_page_of_an_import_is_damage() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        BANK_BOOK.clear(Item::ImportPage {
            generation: 1,
            page: 0,
        });
        run_worker();

        assert_eq!(bank_state().problem, Some(Problem::ImportDamaged));
    });
}

#[test]
fn a_repaired_import_is_tried_again_after_a_minute() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        let item = Item::ImportPage {
            generation: 1,
            page: 0,
        };
        BANK_BOOK.clear(item);
        run_worker_and_apply();
        BANK_BOOK.write(item, &lines(10));
        run_worker_and_apply();
        assert_eq!(committed(), None);

        pass(MINUTE);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn another_import_is_tried_at_once() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        BANK_BOOK.clear(Item::ImportPage {
            generation: 1,
            page: 0,
        });
        run_worker_and_apply();
        import(2, &lines(10), true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn an_import_of_far_too_many_lines_is_refused() {
    build_and_execute(|| {
        ledger_day();
        import(1, &vec![line(77); groups::MAX_EXTRAS as usize + 11], true);
        run_worker();

        assert_eq!(bank_state().problem, Some(Problem::TooManyExtras));
    });
}

#[test]
fn an_import_that_turns_out_to_be_of_another_day_is_refused() {
    build_and_execute(|| {
        ledger_day();
        import(1, &vec![line(77); groups::MAX_EXTRAS as usize + 1], true);
        run_worker();

        assert_eq!(bank_state().problem, Some(Problem::TooManyExtras));
    });
}

#[test]
fn a_committed_book_that_is_lost_comes_again_from_its_import() {
    build_and_execute(|| {
        book_of(|ledger| ledger.push(line(77)));
        let before = (bank_state(), slots(BANK_BOOK), stored_extras());
        BANK_BOOK.clear(Item::State);
        BANK_BOOK.clear(Item::Slots(0));
        BANK_BOOK.clear(Item::Extras(0));
        run_worker();

        assert_eq!((bank_state(), slots(BANK_BOOK), stored_extras()), before);
        assert_eq!(sent(), vec![]);
    });
}

#[test]
fn a_damaged_page_of_a_committed_book_comes_again_from_its_import() {
    build_and_execute(|| {
        let (right, _) = book_of(|ledger| ledger[4].amount += 1);
        BANK_BOOK.write_slots(0, &[None; 10]);
        // One run finds it, the next makes the book again.
        run_worker();
        run_worker();

        assert_eq!(slots(BANK_BOOK), right);
    });
}

#[test]
fn a_damaged_page_of_extras_comes_again_from_its_import() {
    build_and_execute(|| {
        let (_, right) = book_of(|ledger| ledger.push(line(77)));
        BANK_BOOK.clear(Item::Extras(0));
        run_worker();
        run_worker();

        assert_eq!(stored_extras(), right);
    });
}

#[test]
fn a_rejected_book_waits_for_another_import() {
    build_and_execute(|| {
        book_of(Vec::clear);
        <Books as ports::Commitments>::reject(AGREEMENT, DAY_ONE, Side::Credit);
        pass(30_000);
        run_worker_and_apply();
        assert_eq!(committed(), None);

        import(2, &lines(10), true);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn the_rejected_lines_imported_again_leave_room_for_another_import() {
    build_and_execute(|| {
        book_of(Vec::clear);
        <Books as ports::Commitments>::reject(AGREEMENT, DAY_ONE, Side::Credit);
        import(2, &[], true);
        pass(30_000);
        run_worker_and_apply();
        assert_eq!(committed(), None);
        assert_eq!(BANK_BOOK.state().unwrap().rejections, 0);

        import(3, &lines(10), true);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn a_rejected_book_whose_state_is_lost_leaves_room_for_another_import() {
    build_and_execute(|| {
        book_of(Vec::clear);
        <Books as ports::Commitments>::reject(AGREEMENT, DAY_ONE, Side::Credit);
        BANK_BOOK.clear(Item::State);
        pass(30_000);
        run_worker_and_apply();
        assert_eq!(committed(), None);
        assert_eq!(BANK_BOOK.state().unwrap().rejections, 0);
    });
}

#[test]
fn a_defaulted_ledger_is_left_as_it_is() {
    build_and_execute(|| {
        ledger_day();
        import(1, &lines(10), true);
        set_status(BANK_BOOK, SideStatus::Defaulted);
        run_worker();

        assert_eq!(BANK_BOOK.state(), None);
        assert_eq!(sent(), vec![]);
    });
}

/// Aligns the stored import in groups of so many, and gives slots, extras and total as written.
fn aligned_in_groups(count: u32, group: u32) -> (Vec<Option<Entry>>, Vec<Entry>, Amount) {
    let state: ImportState = BANK_BOOK.read(Item::Import).expect("there is an import");
    let book = Book {
        id: BANK_BOOK,
        party: BANK,
        now: 0,
    };
    let mut aligned = None;
    with_lock(AGREEMENT, Side::Credit, |session| {
        aligned = groups::align::<Test>(&book, &state, count, group, session).ok();
    });
    let aligned = aligned.expect("it is small");
    let written = BookState {
        slots: count,
        ..Default::default()
    };
    assert!(BANK_BOOK.replace_state(&None, &written));
    let slots = slots(BANK_BOOK);
    let roots: Vec<_> = slots
        .chunks(PAGE_SIZE as usize)
        .map(slots_page_root)
        .collect();
    assert_eq!(aligned.slots_page_roots, roots);
    (slots, aligned.extras, aligned.total)
}

/// What the same import gives when it is aligned as a whole.
fn aligned_as_a_whole(ledger: &[LedgerEntry]) -> (Vec<Option<Entry>>, Vec<Entry>, Amount) {
    let entries = chain_slots(DAY_ONE, Side::Credit);
    let entries: Vec<Entry> = entries.into_iter().flatten().collect();
    let book = align(&entries, ledger);
    let total = commitment_to(&book.slots, &book.extras).total;
    (book.slots, book.extras, total)
}

#[test]
fn groups_fill_the_pages_of_a_long_day() {
    build_and_execute(|| {
        record(700);
        let mut ledger = lines(720);
        ledger.remove(300);
        ledger[10].id = None;
        ledger[600].reference = reference(1);
        import(1, &ledger, true);

        assert_eq!(aligned_in_groups(700, 100), aligned_as_a_whole(&ledger));
    });
}

fn any_line() -> impl Strategy<Value = LedgerEntry> {
    (0u64..30, 0u64..30, prop::bool::ANY, prop::bool::ANY).prop_map(
        |(sequence, other, named, strange)| {
            let mut line = line(sequence);
            line.id = named.then_some(TradeId {
                client: CLIENT,
                sequence: if strange { other } else { sequence },
            });
            line.amount += u128::from(strange);
            line
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn in_groups_a_ledger_is_aligned_as_in_one(
        ledger in prop::collection::vec(any_line(), 0..60),
        count in 0u64..25,
        doubled in prop::option::of((0usize..25, 0usize..25)),
        group in 1u32..20,
    ) {
        build_and_execute(|| {
            record(count);
            chain(|chain| {
                let trades = chain.trades.entry(DAY_ONE).or_default();
                if let Some((from, to)) = doubled.filter(|(from, to)| from.max(to) < &trades.len()) {
                    trades[to].reference = trades[from].reference;
                }
            });
            import(1, &ledger, true);
            prop_assert_eq!(
                aligned_in_groups(count as u32, group),
                aligned_as_a_whole(&ledger)
            );
            Ok(())
        })?;
    }
}
