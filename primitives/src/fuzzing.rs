//! What fuzzers feed with bytes: each function takes any bytes and must not panic.
//!
//! Also run by tests, with random bytes; `scripts/fuzz` searches longer.

use crate::{
    align::Book,
    book_exchange::{decode_answer, Answer, SignedRequest},
    book_storage::{BookState, Cursor, DayResult, ImportState, Suspended},
    commitment::Place,
    proof::InclusionProof,
    report::Report,
    tree,
    written::{amount, date, label, time, Denomination},
    BusinessDay, Commitment, Conditions, Entry, Kind, LedgerEntry, Reference, Side, SideId,
    TradeId, UserId,
};
use alloc::vec::Vec;
use codec::{DecodeAll, Encode};
use sp_core::H256;

/// Bytes taken one by one; zero once they are used up.
struct Input<'a>(&'a [u8]);

impl Input<'_> {
    fn byte(&mut self) -> u8 {
        match self.0.split_first() {
            Some((first, rest)) => {
                self.0 = rest;
                *first
            }
            None => 0,
        }
    }

    fn number(&mut self) -> usize {
        usize::from(u16::from_le_bytes([self.byte(), self.byte()]))
    }

    /// Changes bytes of `encoded`, as long as there is input: some in place, some put in, some
    /// taken out.
    fn edit(&mut self, encoded: &mut Vec<u8>) {
        while !self.0.is_empty() && !encoded.is_empty() {
            let at = self.number() % encoded.len();
            match self.byte() % 4 {
                0 | 1 => encoded[at] ^= self.byte(),
                2 => encoded.insert(at, self.byte()),
                _ => {
                    encoded.remove(at);
                }
            }
        }
    }
}

fn place() -> Place {
    Place {
        genesis: H256::repeat_byte(7),
        side_id: SideId::new(1, BusinessDay(20_000), Side::Credit),
    }
}

fn entry(position: usize) -> Entry {
    Entry {
        id: TradeId {
            client: 1,
            sequence: position as u64,
        },
        kind: Kind::BOTH[position % 2],
        reference: Reference([position as u8; 16]),
        user: UserId([position as u8 % 7; 16]),
        product: 1,
        amount: position as u128 * 17,
        occurred_at: position as u64,
    }
}

/// The chain's entries of a day of up to three pages, and a book that differs from it.
fn day_and_book(input: &mut Input<'_>) -> (Vec<Entry>, Book) {
    let count = input.number() % 600;
    let chain: Vec<Entry> = (0..count).map(entry).collect();
    let mut book = Book {
        slots: chain.iter().copied().map(Some).collect(),
        extras: Vec::new(),
    };
    for _ in 0..input.byte() % 8 {
        let at = input.number();
        let change = input.byte();
        if change.is_multiple_of(3) || count == 0 {
            book.extras.push(entry(at));
        } else {
            let changed = Entry {
                kind: Kind::BOTH[usize::from(change / 128)],
                amount: u128::from(change),
                ..entry(at)
            };
            book.slots[at % count] = (change % 3 == 1).then_some(changed);
        }
    }
    book.extras.sort_unstable();
    (chain, book)
}

/// A report without its witnesses, which only shade the causes.
fn without_witnesses(mut report: Report) -> Report {
    let extras = report.extras.iter_mut().flat_map(|(_, part)| part);
    extras.for_each(|(_, witness)| *witness = None);
    report
}

/// A report, honest but for some changed bytes: what is accepted is the honest one.
pub fn report(bytes: &[u8]) {
    let mut input = Input(bytes);
    let (chain, book) = day_and_book(&mut input);
    let place = place();
    let commitment = Commitment::of_book(&place, &book.slots, &book.extras);
    let honest = Report::of_book(place.side_id.day, &chain, &book);
    assert_eq!(honest.check(&place, &commitment, &chain), Ok(()));

    let mut encoded = honest.encode();
    input.edit(&mut encoded);
    let Ok(told) = Report::decode_all(&mut &encoded[..]) else {
        return;
    };
    if told.check(&place, &commitment, &chain).is_ok() {
        assert_eq!(without_witnesses(told), without_witnesses(honest));
    }
}

/// A proof of an entry, honest but for some changed bytes: what verifies shows what the book holds
/// on its position.
pub fn proof(bytes: &[u8]) {
    let mut input = Input(bytes);
    let (_, book) = day_and_book(&mut input);
    let slots = book.slots.len();
    if slots == 0 {
        return;
    }
    let commitment = Commitment::of_book(&place(), &book.slots, &book.extras);
    let pages: Vec<&[Option<Entry>]> = book.slots.chunks(tree::PAGE_SIZE as usize).collect();
    let roots: Vec<H256> = pages
        .iter()
        .map(|page| tree::slots_page_root(page))
        .collect();
    let position = (input.number() % slots) as u32;
    let page = pages[tree::locate(position).0 as usize];
    let domain = commitment.domain(&place());
    let honest = InclusionProof::new(domain, position, page, &roots).expect("the parts fit");
    assert!(honest.verify(commitment.slots_root));

    let mut encoded = honest.encode();
    input.edit(&mut encoded);
    let Ok(shown) = InclusionProof::decode_all(&mut &encoded[..]) else {
        return;
    };
    if shown.verify(commitment.slots_root) {
        // The leaf shows the position's neighbours too.
        let position = shown.position;
        assert_eq!(shown, InclusionProof { position, ..honest });
        assert_eq!(shown.entry(), book.slots[position as usize]);
    } else {
        assert_ne!(shown, honest);
    }
}

/// What decodes has one encoding.
fn check_encoding<V: DecodeAll + Encode>(bytes: &[u8]) {
    if let Ok(value) = V::decode_all(&mut &bytes[..]) {
        assert_eq!(value.encode(), bytes);
    }
}

/// Values of a node's off-chain database.
pub fn store(bytes: &[u8]) {
    check_encoding::<BookState>(bytes);
    check_encoding::<ImportState>(bytes);
    check_encoding::<Cursor>(bytes);
    check_encoding::<DayResult>(bytes);
    check_encoding::<Vec<Option<Entry>>>(bytes);
    check_encoding::<Vec<Entry>>(bytes);
    check_encoding::<Vec<Suspended>>(bytes);
    check_encoding::<Vec<LedgerEntry>>(bytes);
    check_encoding::<BusinessDay>(bytes);
}

/// What nodes send each other, and reports as the chain decodes them.
pub fn messages(bytes: &[u8]) {
    check_encoding::<SignedRequest>(bytes);
    check_encoding::<Answer>(bytes);
    if let Ok(answer) = decode_answer(bytes) {
        assert_eq!(answer.encode(), bytes);
    }
    check_encoding::<InclusionProof>(bytes);
    check_encoding::<Report>(bytes);
}

/// A text of a person: what is read of it shows as a text that reads as the same.
pub fn written(bytes: &[u8]) {
    let Ok(text) = core::str::from_utf8(bytes) else {
        return;
    };
    let denomination = Denomination {
        currency: "CZK",
        decimals: 2,
    };
    if let Ok(amount) = amount::read(text, &denomination) {
        let shown = amount::show(amount, &denomination);
        assert_eq!(amount::read(&shown, &denomination), Ok(amount));
    }
    if let Ok(day) = date::read(text) {
        assert_eq!(date::read(&date::show(day)), Ok(day));
    }
    let conditions = [(BusinessDay(0), Conditions::default())];
    if let Ok(moment) = time::read(text, &conditions) {
        let shown = time::show_by(moment, &conditions);
        assert_eq!(time::read(&shown, &conditions), Ok(moment));
    }
    if let Ok(user) = label::read_user(text) {
        assert_eq!(label::read_user(&label::show_user(&user)), Ok(user));
    }
    if let Ok(reference) = label::read_reference(text) {
        let shown = label::show_reference(&reference);
        assert_eq!(label::read_reference(&shown), Ok(reference));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn bytes() -> impl Strategy<Value = Vec<u8>> {
        prop::collection::vec(any::<u8>(), 0..200)
    }

    proptest! {
        #[test]
        fn no_changed_report_is_accepted(bytes in bytes()) {
            report(&bytes);
        }

        #[test]
        fn no_changed_proof_shows_what_the_book_does_not_hold(bytes in bytes()) {
            proof(&bytes);
        }

        #[test]
        fn stored_values_have_one_encoding(bytes in bytes()) {
            store(&bytes);
        }

        #[test]
        fn what_is_read_of_a_text_is_shown(text in "[0-9A-Z:. +-]{0,30}") {
            written(text.as_bytes());
        }

        #[test]
        fn messages_have_one_encoding(bytes in bytes()) {
            messages(&bytes);
        }
    }
}
