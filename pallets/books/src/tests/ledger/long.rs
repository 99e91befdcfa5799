//! Long days, whose books are made page by page, and runs that overlap while they are.

use super::*;
use counterfoil_primitives::{
    matching::Fit, refund::RefundedPayment, tree::page_count, Link, Original, Relation,
};

/// The bank's book, as a run sees it.
const RUN: Book = Book {
    side_id: BANK_SIDE,
    party: BANK,
    now: 0,
};

/// Makes the book of the stored import, the slots of one page at a time.
fn made_page_by_page() -> Result<BookState, Failure> {
    let import: ImportState = BANK_BOOK.read(Item::Import).expect("there is an import");
    let mut made = Err(Failure::LockLost);
    with_lock(AGREEMENT, Side::Credit, |session| {
        made = ledger_book::make::<Test>(&RUN, &import, 1, session);
    });
    made
}

/// Slots, extras and totals of the book that is made of the stored import page by page.
fn aligned_page_by_page() -> (Vec<Option<Entry>>, Vec<Entry>, SideTotals) {
    let made = made_page_by_page().expect("the import gives a book");
    assert!(BANK_BOOK.replace_state(&None, &made));
    let slots = slots(BANK_BOOK);
    let roots: Vec<_> = slots
        .chunks(PAGE_SIZE as usize)
        .map(slots_page_root)
        .collect();
    assert_eq!(made.slots_page_roots, roots);
    (slots, stored_extras(), made.totals)
}

/// The payments of the day's refunds.
fn refunded() -> Vec<RefundedPayment> {
    let pages = page_count(MockPorts::totals(AGREEMENT, DAY_ONE).count());
    (0..pages)
        .flat_map(|page| MockPorts::refunded_payments(AGREEMENT, DAY_ONE, page))
        .collect()
}

/// What the same import yields when it is aligned in memory.
fn aligned_in_memory(ledger: &[LedgerEntry]) -> (Vec<Option<Entry>>, Vec<Entry>, SideTotals) {
    let entries = chain_slots(BANK_SIDE);
    let entries: Vec<Entry> = entries.into_iter().flatten().collect();
    let book = align(&entries, &refunded(), ledger);
    let totals = commitment_to(&book.slots, &book.extras).totals;
    (book.slots, book.extras, totals)
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

/// Sets one reference for all trades of the day.
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

            assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
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

        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
    });
}

#[test]
fn what_is_held_of_the_longest_day_is_allocated_in_parts_that_a_worker_may_have() {
    /// The most that a worker may allocate at once, in bytes.
    const LARGEST: usize = 32 << 20;
    let slots = (alignment::PAGES_AT_ONCE * PAGE_SIZE) as usize;
    let lines = (alignment::MAX_POSITIONS + alignment::MAX_EXTRAS) as usize;
    let parts = [
        slots * size_of::<Option<Entry>>(),
        lines * size_of::<Fit>(),
        alignment::MAX_EXTRAS as usize * size_of::<Entry>(),
    ];
    for part in parts {
        assert!(part <= LARGEST, "{part} bytes");
    }
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
                    assert_eq!(slots(BANK_BOOK), chain_slots(BANK_SIDE));
                }
                Err(failure) => {
                    assert_eq!(failure, Failure::Problem(ImportProblem::ReadBackFailed));
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
        assert_eq!(bank_state().problem, Some(ImportProblem::ReadBackFailed));
        assert_eq!(committed(), None);

        pass(MINUTE);
        run_worker_and_apply();
        assert_eq!(committed(), Some(chain_commitment(BANK_SIDE)));
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
    let kind = prop::sample::select(Kind::BOTH.to_vec());
    (0u64..600, 0u64..600, prop::bool::ANY, prop::bool::ANY, kind).prop_map(
        |(sequence, other, named, strange, kind)| {
            let mut line = line(sequence);
            line.kind = kind;
            line.id = named.then_some(TradeId {
                client: CLIENT,
                sequence: if strange { other } else { sequence },
            });
            line.amount += u128::from(strange);
            line
        },
    )
}

/// Makes the trade on a position of the day a refund of what stands on another.
fn make_refund(position: usize, payment: usize) {
    chain(|chain| {
        let trades = chain.trades.entry(DAY_ONE).or_default();
        trades[position].kind = Kind::Refund;
        let paid = trades[payment];
        let link = Link {
            relation: Relation::Refund,
            original: Original {
                id: paid.id,
                day: DAY_ONE,
                position: payment as u32,
            },
            paid: paid.gross,
            refunded_before: 0,
        };
        chain.links.insert((DAY_ONE, position as u32), link);
    });
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn page_by_page_a_ledger_is_aligned_as_in_memory(
        ledger in prop::collection::vec(any_line(), 0..60),
        count in 0u64..550,
        doubled in prop::collection::vec((0usize..550, 0usize..550), 0..20),
        refunds in prop::collection::vec((0usize..550, 0usize..550), 0..100),
        of_nothing in prop::collection::vec(0usize..550, 0..20),
    ) {
        build_and_execute(|| {
            record(count);
            chain(|chain| {
                let trades = chain.trades.entry(DAY_ONE).or_default();
                let held = trades.len();
                for (from, to) in doubled.iter().filter(|(from, to)| *from.max(to) < held) {
                    trades[*to].reference = trades[*from].reference;
                }
                for at in of_nothing.iter().filter(|at| **at < held) {
                    trades[*at].credit = 0;
                }
            });
            for (position, payment) in refunds {
                if position.max(payment) < count as usize {
                    make_refund(position, payment);
                }
            }
            import(1, &ledger, true);
            prop_assert_eq!(aligned_page_by_page(), aligned_in_memory(&ledger));
            Ok(())
        })?;
    }
}
