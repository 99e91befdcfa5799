//! A book of the party's own ledger.

use crate::{
    mock::*,
    worker::{alignment, ledger, session::with_lock, Book, Failure},
    Commitments,
};
use codec::Encode;
use counterfoil_primitives::{
    align::{align, LedgerEntry},
    day::MINUTE,
    ports,
    store::{BookState, ImportState, Item, Problem},
    summary::SideStatus,
    tree::{slots_page_root, PAGE_SIZE},
    Amount, Commitment, Entry, Side, Trade, TradeId,
};
use counterfoil_support::worker_lock;
use proptest::prelude::*;

fn committed() -> Option<Commitment> {
    Commitments::<Test>::get((AGREEMENT, DAY_ONE, Side::Credit))
}

/// The true ledger of a day of a number of trades.
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
        import(
            1,
            &vec![line(77); alignment::MAX_EXTRAS as usize + 11],
            true,
        );
        run_worker();

        assert_eq!(bank_state().problem, Some(Problem::TooManyExtras));
    });
}

#[test]
fn an_import_that_turns_out_to_be_of_another_day_is_refused() {
    build_and_execute(|| {
        ledger_day();
        import(1, &vec![line(77); alignment::MAX_EXTRAS as usize + 1], true);
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
fn a_committed_book_whose_import_is_damaged_too_comes_again_once_that_is_back() {
    build_and_execute(|| {
        let (right, _) = book_of(|ledger| ledger[4].amount += 1);
        let page = Item::ImportPage {
            generation: 1,
            page: 0,
        };
        let lines: Vec<LedgerEntry> = BANK_BOOK.read(page).unwrap();
        BANK_BOOK.write_slots(0, &[None; 10]);
        BANK_BOOK.clear(page);
        run_worker();
        run_worker();
        assert_eq!(bank_state().problem, Some(Problem::ImportDamaged));

        BANK_BOOK.write(page, &lines);
        pass(MINUTE);
        run_worker();
        assert!(bank_state().frozen);
        assert_eq!(slots(BANK_BOOK), right);
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

/// The bank's book, as a run sees it.
const RUN: Book = Book {
    id: BANK_BOOK,
    party: BANK,
    now: 0,
};

/// Makes the book of the stored import, the slots of one page at a time.
fn made_page_by_page() -> Result<BookState, Failure> {
    let import: ImportState = BANK_BOOK.read(Item::Import).expect("there is an import");
    let mut made = Err(Failure::LockLost);
    with_lock(AGREEMENT, Side::Credit, |session| {
        made = ledger::make::<Test>(&RUN, &import, 1, session);
    });
    made
}

/// Slots, extras and total of the book that is made of the stored import page by page.
fn aligned_page_by_page() -> (Vec<Option<Entry>>, Vec<Entry>, Amount) {
    let made = made_page_by_page().expect("the import gives a book");
    assert!(BANK_BOOK.replace_state(&None, &made));
    let slots = slots(BANK_BOOK);
    let roots: Vec<_> = slots
        .chunks(PAGE_SIZE as usize)
        .map(slots_page_root)
        .collect();
    assert_eq!(made.slots_page_roots, roots);
    (slots, stored_extras(), made.total)
}

/// What the same import gives when it is aligned in memory.
fn aligned_in_memory(ledger: &[LedgerEntry]) -> (Vec<Option<Entry>>, Vec<Entry>, Amount) {
    let entries = chain_slots(DAY_ONE, Side::Credit);
    let entries: Vec<Entry> = entries.into_iter().flatten().collect();
    let book = align(&entries, ledger);
    let total = commitment_to(&book.slots, &book.extras).total;
    (book.slots, book.extras, total)
}

#[test]
fn a_long_day_is_aligned_page_by_page() {
    build_and_execute(|| {
        record(700);
        let mut ledger = lines(720);
        ledger.remove(300);
        ledger[10].id = None;
        ledger[600].reference = reference(1);
        import(1, &ledger, true);

        assert_eq!(aligned_page_by_page(), aligned_in_memory(&ledger));
    });
}

/// Gives all trades of the day one reference.
fn one_reference() {
    chain(|chain| {
        let trades = chain.trades.entry(DAY_ONE).or_default();
        trades
            .iter_mut()
            .for_each(|trade| trade.reference = reference(0));
    });
}

/// A day and a ledger of a number of payments under one reference, in memory a multiple of what a
/// worker may allocate at once. No limit is lowered for it.
#[test]
fn a_long_day_of_one_reference_is_aligned() {
    const COUNT: u64 = 160_001;
    for named in [true, false] {
        build_and_execute(|| {
            bank_keeps_a_ledger();
            record(COUNT);
            one_reference();
            seal();
            let mut ledger = lines(COUNT);
            for line in &mut ledger {
                line.reference = reference(0);
                line.id = line.id.filter(|_| named);
            }
            ledger.reverse();
            import(1, &ledger, true);
            run_worker_and_apply();

            assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
            assert_eq!(bank_state().equal_references, COUNT as u32);
        });
    }
}

#[test]
fn a_long_day_of_equal_payments_is_aligned() {
    build_and_execute(|| {
        bank_keeps_a_ledger();
        record(160_001);
        chain(|chain| {
            let trades = chain.trades.entry(DAY_ONE).or_default();
            let first = trades[0];
            for trade in trades {
                *trade = Trade {
                    id: trade.id,
                    ..first
                };
            }
        });
        seal();
        let mut equal = line(0);
        equal.id = None;
        import(1, &vec![equal; 160_001], true);
        run_worker_and_apply();

        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

/// What another run's first step does to a book of three pages: nothing is in it yet.
fn reset_pages() {
    for (page, len) in [(0, 256), (1, 256), (2, 188)] {
        BANK_BOOK.write_slots(page, &vec![None; len]);
    }
}

/// Imports the true ledger of a sealed day of three pages.
fn three_pages() {
    bank_keeps_a_ledger();
    record(700);
    seal();
    import(1, &lines(700), true);
}

#[test]
fn what_another_run_resets_at_any_time_is_not_frozen() {
    let reads = build_and_execute(|| {
        three_pages();
        take_reads();
        made_page_by_page().expect("nothing disturbs it");
        take_reads().pages
    });
    let mut disturbed = 0;
    for at in 0..reads {
        build_and_execute(|| {
            three_pages();
            on_chain_read(at, reset_pages);
            match made_page_by_page() {
                Ok(state) => {
                    assert!(BANK_BOOK.replace_state(&None, &state));
                    assert_eq!(slots(BANK_BOOK), chain_slots(DAY_ONE, Side::Credit));
                }
                Err(failure) => {
                    assert_eq!(failure, Failure::Problem(Problem::ReadBackFailed));
                    disturbed += 1;
                }
            }
        });
    }
    assert!(
        disturbed > 0,
        "some of {reads} resets come after a page was written"
    );
}

#[test]
fn a_book_that_another_run_disturbed_is_made_a_minute_later() {
    let reads = build_and_execute(|| {
        three_pages();
        take_reads();
        run_worker();
        take_reads().pages
    });
    build_and_execute(|| {
        three_pages();
        on_chain_read(reads - 1, reset_pages);
        run_worker_and_apply();
        assert_eq!(bank_state().problem, Some(Problem::ReadBackFailed));
        assert_eq!(committed(), None);

        pass(MINUTE);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_BOOK)));
    });
}

#[test]
fn a_run_whose_lock_another_has_taken_makes_no_book() {
    build_and_execute(|| {
        three_pages();
        set_seed(1);
        on_chain_read(1, || {
            pass(20_001);
            set_seed(2);
            let key = (b"counterfoil/book-lock", AGREEMENT, Side::Credit).encode();
            worker_lock::try_take::<20_000>(&key).unwrap().forget();
        });
        run_worker_and_apply();
        assert_eq!((BANK_BOOK.state(), committed()), (None, None));
    });
}

fn any_line() -> impl Strategy<Value = LedgerEntry> {
    (0u64..600, 0u64..600, prop::bool::ANY, prop::bool::ANY).prop_map(
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
    fn page_by_page_a_ledger_is_aligned_as_in_memory(
        ledger in prop::collection::vec(any_line(), 0..60),
        count in 0u64..550,
        doubled in prop::collection::vec((0usize..550, 0usize..550), 0..20),
    ) {
        build_and_execute(|| {
            record(count);
            chain(|chain| {
                let trades = chain.trades.entry(DAY_ONE).or_default();
                let held = trades.len();
                for (from, to) in doubled.iter().filter(|(from, to)| *from.max(to) < held) {
                    trades[*to].reference = trades[*from].reference;
                }
            });
            import(1, &ledger, true);
            prop_assert_eq!(aligned_page_by_page(), aligned_in_memory(&ledger));
            Ok(())
        })?;
    }
}
