//! What is believed of the answers of a party's node. The worker and the client both take answers
//! by these functions, so an answer that is refused here is refused by both.

use crate::samples::{chain, day_and_book, entry, equal_book, other_places, place};
use codec::Encode;
use counterfoil_primitives::{
    align::Book,
    book_exchange::{
        all_pages, decode_answer, questions, Answer, CommittedBook, PageRoots, Question,
        Unreadable, Unusable, Wanted, MAX_ANSWER, MAX_PAGES, REQUEST_LIFETIME,
    },
    tree::{self, PAGE_SIZE},
    Commitment, Entry, SideTotals,
};
use proptest::prelude::*;

/// A book of three pages of slots and two pages of extras.
fn book() -> Book {
    let mut book = equal_book(&chain(600));
    book.slots[300] = None;
    book.extras = (1_000..1_300).map(entry).collect();
    book
}

fn committed(book: &Book) -> CommittedBook {
    CommittedBook {
        place: place(),
        commitment: Commitment::of_book(&place(), &book.slots, &book.extras),
    }
}

fn slots_pages(book: &Book) -> Vec<Vec<Option<Entry>>> {
    let pages = book.slots.chunks(PAGE_SIZE as usize);
    pages.map(<[_]>::to_vec).collect()
}

fn extras_pages(book: &Book) -> Vec<Vec<Entry>> {
    let pages = book.extras.chunks(PAGE_SIZE as usize);
    pages.map(<[_]>::to_vec).collect()
}

fn roots(book: &Book) -> PageRoots {
    PageRoots {
        slots: slots_pages(book)
            .iter()
            .map(|page| tree::slots_page_root(page))
            .collect(),
        extras: tree::extras_page_roots(&book.extras),
    }
}

fn roots_answer(roots: PageRoots) -> Answer {
    Answer::Roots {
        slots: roots.slots,
        extras: roots.extras,
    }
}

/// What is taken of pages of slots that were changed on their way.
fn slots_with(change: fn(&mut Vec<Vec<Option<Entry>>>)) -> Result<(), Unusable> {
    let book = book();
    let mut pages = slots_pages(&book);
    change(&mut pages);
    let wanted = all_pages(&roots(&book).slots);
    committed(&book)
        .take_slots(&wanted, Answer::Slots(pages))
        .map(|_| ())
}

/// The same of pages of extras.
fn extras_with(change: fn(&mut Vec<Vec<Entry>>)) -> Result<(), Unusable> {
    let book = book();
    let mut pages = extras_pages(&book);
    change(&mut pages);
    let wanted = all_pages(&roots(&book).extras);
    committed(&book)
        .take_extras(&wanted, Answer::Extras(pages))
        .map(|_| ())
}

#[test]
fn an_answer_is_decoded_as_it_was_encoded() {
    for answer in [
        roots_answer(roots(&book())),
        Answer::Slots(slots_pages(&book())),
        Answer::Extras(extras_pages(&book())),
        Answer::Refused("not yet".into()),
    ] {
        assert_eq!(decode_answer(&answer.encode()), Ok(answer));
    }
}

#[test]
fn an_answer_that_is_too_long_is_not_decoded() {
    let bytes = vec![0; MAX_ANSWER + 1];
    assert_eq!(decode_answer(&bytes), Err(Unreadable::TooLong));
    assert_ne!(decode_answer(&bytes[1..]), Err(Unreadable::TooLong));
}

#[test]
fn the_page_roots_of_ten_million_trades_are_not_too_long() {
    let pages = tree::page_count(10_000_000) as usize;
    let answer = Answer::Roots {
        slots: vec![Default::default(); pages],
        extras: Vec::new(),
    };
    assert_eq!(decode_answer(&answer.encode()), Ok(answer));
}

#[test]
fn an_answer_that_would_fill_the_memory_is_not_decoded() {
    let bytes = Answer::Slots(vec![vec![None; 2_000_000]]).encode();
    assert!(bytes.len() <= MAX_ANSWER);
    assert_eq!(decode_answer(&bytes), Err(Unreadable::NoAnswer));
}

#[test]
fn an_answer_with_trailing_bytes_is_not_decoded() {
    let mut bytes = Answer::Slots(slots_pages(&book())).encode();
    bytes.push(0);
    assert_eq!(decode_answer(&bytes), Err(Unreadable::Trailing));
}

#[test]
fn an_answer_that_breaks_off_is_not_decoded() {
    let bytes = Answer::Slots(slots_pages(&book())).encode();
    let half = &bytes[..bytes.len() / 2];
    assert_eq!(decode_answer(half), Err(Unreadable::NoAnswer));
    assert_eq!(decode_answer(&[]), Err(Unreadable::NoAnswer));
}

#[test]
fn the_committed_page_roots_are_taken() {
    let taken = committed(&book()).take_roots(roots_answer(roots(&book())));
    assert_eq!(taken, Ok(roots(&book())));
}

#[test]
fn other_page_roots_are_not_taken() {
    let with = |change: fn(&mut PageRoots)| {
        let mut roots = roots(&book());
        change(&mut roots);
        committed(&book()).take_roots(roots_answer(roots))
    };
    let changes: [fn(&mut PageRoots); 6] = [
        |roots| roots.slots.truncate(2),
        |roots| roots.slots.push(Default::default()),
        |roots| roots.slots.swap(0, 1),
        |roots| roots.slots[2] = Default::default(),
        |roots| roots.extras.truncate(1),
        |roots| roots.extras.swap(0, 1),
    ];
    for change in changes {
        assert_eq!(with(change), Err(Unusable::FalseRoots));
    }
}

#[test]
fn the_page_roots_of_another_place_are_not_taken() {
    for (name, there) in other_places() {
        let elsewhere = CommittedBook {
            place: there,
            ..committed(&book())
        };
        let taken = elsewhere.take_roots(roots_answer(roots(&book())));
        assert_eq!(taken, Err(Unusable::FalseRoots), "{name}");
    }
}

#[test]
fn another_number_of_pages_is_not_taken() {
    let wrong = |asked, came| Err(Unusable::WrongNumber { asked, came });
    assert_eq!(slots_with(|pages| pages.truncate(2)), wrong(3, 2));
    assert_eq!(slots_with(|pages| pages.push(Vec::new())), wrong(3, 4));
    assert_eq!(extras_with(|pages| pages.truncate(1)), wrong(2, 1));
    assert_eq!(extras_with(|pages| pages.push(Vec::new())), wrong(2, 3));
}

#[test]
fn a_page_of_another_length_is_not_taken() {
    let wrong = |page| Err(Unusable::FalsePage(page));
    assert_eq!(slots_with(|pages| pages[1].truncate(255)), wrong(1));
    assert_eq!(slots_with(|pages| pages[2].push(None)), wrong(2));
    assert_eq!(extras_with(|pages| pages[0].truncate(255)), wrong(0));
    assert_eq!(extras_with(|pages| pages[1].push(entry(7))), wrong(1));
}

/// A commitment may be to pages of any shape. Their lengths follow from its counts all the same.
#[test]
fn a_page_of_another_length_is_not_taken_whatever_root_was_committed_to() {
    let page = vec![Some(entry(1)); 3];
    let root = tree::slots_page_root(&page);
    let commitment = Commitment::from_page_roots(&place(), 2, 0, [root], [], SideTotals::default());
    let book = CommittedBook {
        place: place(),
        commitment,
    };
    let taken = book.take_slots(&[(0, root)], Answer::Slots(vec![page]));
    assert_eq!(taken, Err(Unusable::FalsePage(0)));
}

#[test]
fn a_page_with_another_root_is_not_taken() {
    let wrong = |page| Err(Unusable::FalsePage(page));
    assert_eq!(slots_with(|pages| pages[1][0] = None), wrong(1));
    assert_eq!(slots_with(|pages| pages[1][44] = Some(entry(7))), wrong(1));
    assert_eq!(extras_with(|pages| pages[0][0] = entry(7)), wrong(0));
}

#[test]
fn pages_in_another_order_are_not_taken() {
    let wrong = |page| Err(Unusable::FalsePage(page));
    assert_eq!(slots_with(|pages| pages.swap(0, 1)), wrong(0));
    assert_eq!(extras_with(|pages| pages.reverse()), wrong(0));
}

#[test]
fn an_answer_to_another_question_is_not_taken() {
    let book = committed(&book());
    let other = Err(Unusable::OtherQuestion);
    assert_eq!(book.take_roots(Answer::Slots(Vec::new())), other);
    let other = Err(Unusable::OtherQuestion);
    assert_eq!(book.take_slots(&[], Answer::Extras(Vec::new())), other);
    let other = Err(Unusable::OtherQuestion);
    assert_eq!(book.take_extras(&[], Answer::Slots(Vec::new())), other);
}

#[test]
fn a_refusal_is_told_to_whatever_question() {
    let book = committed(&book());
    let answer = || Answer::Refused("not yet".into());
    let refused = Unusable::Refused("not yet".into());
    assert_eq!(book.take_roots(answer()).unwrap_err(), refused);
    assert_eq!(book.take_slots(&[], answer()).unwrap_err(), refused);
    assert_eq!(book.take_extras(&[], answer()).unwrap_err(), refused);
}

#[test]
fn questions_hold_as_many_pages_as_a_node_answers_at_once() {
    let wanted: Vec<Wanted> = (0..MAX_PAGES as u32 + 1)
        .map(|page| (page, Default::default()))
        .collect();
    let asked: Vec<_> = questions(&wanted, Question::Slots).collect();
    assert_eq!(asked.len(), 2);
    assert_eq!(asked[1].0, Question::Slots(vec![MAX_PAGES as u32]));
    assert_eq!(asked[1].1, &wanted[MAX_PAGES..]);
    assert_eq!(questions(&[], Question::Extras).count(), 0);
}

#[test]
fn a_request_names_the_book_and_ends_in_time() {
    let book = committed(&book());
    let request = book.request(3, 4, Question::Roots, 1_000, [5; 16]);
    assert_eq!((request.addressee, request.requester), (3, 4));
    assert_eq!(request.genesis, place().genesis);
    assert_eq!(request.side_id, place().side_id);
    assert_eq!(request.expires_at, 1_000 + REQUEST_LIFETIME);
    assert_eq!(request.nonce, [5; 16]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_book_is_taken_as_it_was_committed_to((_, book) in day_and_book()) {
        let committed = committed(&book);
        let roots = committed.take_roots(roots_answer(roots(&book))).unwrap();
        let wanted = all_pages(&roots.slots);
        let slots = committed.take_slots(&wanted, Answer::Slots(slots_pages(&book))).unwrap();
        let wanted = all_pages(&roots.extras);
        let extras = committed.take_extras(&wanted, Answer::Extras(extras_pages(&book))).unwrap();
        prop_assert_eq!(Book { slots: slots.concat(), extras: extras.concat() }, book);
    }

    #[test]
    fn no_other_book_is_taken((_, book) in day_and_book(), (_, other) in day_and_book()) {
        let (committed, roots) = (committed(&book), roots(&book));
        let answer = Answer::Slots(slots_pages(&other));
        let taken = committed.take_slots(&all_pages(&roots.slots), answer);
        prop_assert_eq!(taken.is_ok(), other.slots == book.slots);
        let answer = Answer::Extras(extras_pages(&other));
        let taken = committed.take_extras(&all_pages(&roots.extras), answer);
        prop_assert_eq!(taken.is_ok(), other.extras == book.extras);
    }
}
