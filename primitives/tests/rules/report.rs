//! An honest report of any book is accepted, and says what the book is.

use crate::samples::{chain, day_and_book, entry, equal_book, place, totals_of};
use counterfoil_primitives::{
    align::Book,
    compare::{check_extras, check_header, check_slots, Fault, ReportHeader, SlotDiff},
    report::{BookTotals, Report},
    tree::{chain_page_root, extras_page_root, slots_page_root},
    Caps, Commitment, Entry,
};
use proptest::prelude::*;
use std::cell::RefCell;

fn commit(book: &Book) -> Commitment {
    Commitment::of_book(&place(), &book.slots, &book.extras)
}

/// The book that a report describes.
fn rebuilt(chain: &[Entry], report: &Report) -> Book {
    let mut book = equal_book(chain);
    for (page, slots) in &report.slots {
        for diff in slots {
            book.slots[*page as usize * 256 + diff.offset as usize] = diff.found;
        }
    }
    book.extras = report
        .extras
        .iter()
        .flat_map(|(_, page)| page.iter().map(|(entry, _)| *entry))
        .collect();
    book
}

#[test]
fn a_clean_book_has_nothing_to_report() {
    let chain = chain(300);
    let book = equal_book(&chain);
    let report = Report::of_book(place().side_id.day, &chain, &book);
    assert_eq!(report, Report::default());
    assert_eq!(report.check(&place(), &commit(&book), &chain), Ok(()));
}

#[test]
fn a_report_names_the_pages_and_slots_that_differ() {
    let chain = chain(600);
    let mut book = equal_book(&chain);
    book.slots[3] = None;
    book.slots[599] = Some(entry(0));
    book.extras = vec![entry(900)];
    let report = Report::of_book(place().side_id.day, &chain, &book);
    assert_eq!(report.breaks(), 3);
    let missing = SlotDiff {
        offset: 3,
        found: None,
    };
    let wrong = SlotDiff {
        offset: 87,
        found: Some(entry(0)),
    };
    assert_eq!(report.slots, vec![(0, vec![missing]), (2, vec![wrong])]);
    assert_eq!(report.extras, vec![(0, vec![(entry(900), None)])]);
}

#[test]
fn an_empty_day_with_extras_is_reported() {
    let book = Book {
        slots: vec![],
        extras: vec![entry(1)],
    };
    let report = Report::of_book(place().side_id.day, &[], &book);
    assert_eq!(report.breaks(), 1);
    assert_eq!(report.check(&place(), &commit(&book), &[]), Ok(()));
}

#[test]
fn unsorted_extras_that_a_party_committed_to_are_reported_all_the_same() {
    let book = Book {
        slots: vec![],
        extras: vec![entry(2), entry(1)],
    };
    let report = Report::of_book(place().side_id.day, &[], &book);
    assert_eq!(report.check(&place(), &commit(&book), &[]), Ok(()));
}

#[test]
fn a_header_with_pages_out_of_order_or_range_is_refused() {
    let chain = chain(600);
    let mut book = equal_book(&chain);
    book.slots[0] = None;
    book.slots[300] = None;
    let commitment = commit(&book);
    let roots: Vec<_> = chain.chunks(256).map(chain_page_root).collect();
    let honest = Report::of_book(place().side_id.day, &chain, &book).header;
    let check = |header: &ReportHeader| check_header(&place(), &commitment, &roots, header);
    assert_eq!(check(&honest), Ok(()));

    let mut header = honest.clone();
    header.dirty.reverse();
    assert_eq!(check(&header), Err(Fault::NotAscending));
    let mut header = honest.clone();
    header.dirty.insert(1, header.dirty[0]);
    assert_eq!(check(&header), Err(Fault::NotAscending));
    let mut header = honest.clone();
    header.dirty[1].page = 3;
    assert_eq!(check(&header), Err(Fault::OutOfRange));
    let mut header = honest.clone();
    header.dirty[1].root = roots[1];
    assert_eq!(check(&header), Err(Fault::NotDifferent));
    let mut header = honest.clone();
    header.dirty.pop();
    assert_eq!(check(&header), Err(Fault::SlotsRootMismatch));
    let mut header = honest.clone();
    header.extras.push(roots[0]);
    assert_eq!(check(&header), Err(Fault::WrongExtrasCount));
    let shorter = check_header(&place(), &commitment, &roots[..2], &honest);
    assert_eq!(shorter, Err(Fault::SlotsRootMismatch));
}

#[test]
fn slots_out_of_order_or_range_or_equal_to_the_chain_are_refused() {
    let chain = chain(10);
    let mut book = equal_book(&chain);
    book.slots[2] = None;
    book.slots[5] = Some(entry(700));
    let root = slots_page_root(&book.slots);
    let honest = Report::of_book(place().side_id.day, &chain, &book).slots[0]
        .1
        .clone();
    let check = |slots: &[SlotDiff]| check_slots(&chain, slots, root);
    assert_eq!(check(&honest), Ok(()));
    assert_eq!(check(&[honest[1], honest[0]]), Err(Fault::NotAscending));
    assert_eq!(
        check(&[honest[0], honest[0], honest[1]]),
        Err(Fault::NotAscending)
    );
    let beyond = SlotDiff {
        offset: 10,
        found: None,
    };
    assert_eq!(
        check(&[honest[0], honest[1], beyond]),
        Err(Fault::OutOfRange)
    );
    let equal = SlotDiff {
        offset: 7,
        found: Some(chain[7]),
    };
    assert_eq!(
        check(&[honest[0], honest[1], equal]),
        Err(Fault::NotDifferent)
    );
    assert_eq!(check(&honest[..1]), Err(Fault::PageRootMismatch));
    assert_eq!(check(&[]), Err(Fault::PageRootMismatch));
}

#[test]
fn extras_of_another_number_or_page_are_refused() {
    let extras = chain(300);
    let root = extras_page_root(&extras[256..]);
    assert_eq!(check_extras(300, 1, &extras[256..], root), Ok(()));
    assert_eq!(
        check_extras(300, 0, &extras[256..], root),
        Err(Fault::WrongExtrasCount)
    );
    assert_eq!(
        check_extras(300, 2, &[], Default::default()),
        Err(Fault::OutOfRange)
    );
    assert_eq!(
        check_extras(300, 1, &extras[..44], root),
        Err(Fault::PageRootMismatch)
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn the_report_of_any_book_rebuilds_its_commitment((chain, book) in day_and_book()) {
        let report = Report::of_book(place().side_id.day, &chain, &book);
        prop_assert_eq!(report.check(&place(), &commit(&book), &chain), Ok(()));
    }

    #[test]
    fn a_report_is_checked_by_page_roots_and_the_pages_that_differ((chain, book) in day_and_book()) {
        let report = Report::of_book(place().side_id.day, &chain, &book);
        let pages: Vec<&[Entry]> = chain.chunks(256).collect();
        let roots: Vec<_> = pages.iter().map(|page| chain_page_root(page)).collect();
        let read = RefCell::new(Vec::new());
        let page_of = |page: u32| {
            read.borrow_mut().push(page);
            pages[page as usize]
        };
        let totals = report.check_by_pages(&place(), &commit(&book), &roots, page_of).unwrap();
        prop_assert_eq!(totals.totals(totals_of(&chain)), commit(&book).totals);
        let differing: Vec<u32> = report.slots.iter().map(|(page, _)| *page).collect();
        prop_assert_eq!(read.into_inner(), differing);
    }

    #[test]
    fn the_report_of_any_book_describes_the_book((chain, book) in day_and_book()) {
        let report = Report::of_book(place().side_id.day, &chain, &book);
        prop_assert_eq!(rebuilt(&chain, &report), book);
    }

    #[test]
    fn the_breaks_and_the_chain_give_the_book_its_totals((mut chain, mut book) in day_and_book()) {
        // The chain's own totals fit; what a book adds to it may not.
        for (entry, slot) in chain.iter_mut().zip(&mut book.slots) {
            let equal = *slot == Some(*entry);
            entry.amount = entry.amount.saturating_mul(1 << 100);
            if equal {
                *slot = Some(*entry);
            }
        }
        let mut totals = BookTotals::default();
        let report = Report::of_book(place().side_id.day, &chain, &book);
        for (page, slots) in report.slots.iter().rev() {
            for diff in slots {
                let right = &chain[*page as usize * 256 + diff.offset as usize];
                totals.add_slot(right, diff.found.as_ref());
            }
        }
        for (extra, _) in report.extras.iter().flat_map(|(_, page)| page) {
            totals.add_extra(extra);
        }
        prop_assert_eq!(totals.totals(totals_of(&chain)), commit(&book).totals);
    }
}

#[test]
fn a_book_may_be_wrong_up_to_the_caps() {
    let caps = Caps {
        pages: 3,
        extras: 2,
    };
    assert!(caps.allows_pages(3) && !caps.allows_pages(4));
    assert!(caps.allows_extras(2) && !caps.allows_extras(3));
}
