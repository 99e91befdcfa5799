//! Copies of imports: what is written, what is put back, and what is not believed.

use super::*;
use counterfoil_primitives::{book_storage::Cursor, ledger_import_hash::import_hash, Kind};
use sp_core::offchain::storage::InMemOffchainStorage;

const SIDE_ID: SideId = SideId::new(1, BusinessDay(20_000), Side::Credit);

fn copy(generation: u32) -> Copy {
    let line = LedgerEntry {
        id: None,
        kind: Kind::Refund,
        reference: Default::default(),
        user: Default::default(),
        product: 1,
        amount: 250,
        occurred_at: 7,
    };
    Copy {
        side_id: SIDE_ID,
        state: ImportState {
            generation,
            lines: 1,
            hash: import_hash(&[line]),
            confirmed: true,
        },
        pages: vec![vec![line]],
    }
}

fn fixture() -> (tempfile::TempDir, Ledgers, Books<InMemOffchainStorage>) {
    let folder = tempfile::tempdir().unwrap();
    let ledgers = Ledgers::new(folder.path().join("ledgers"));
    (folder, ledgers, Books::new(Default::default()))
}

#[test]
fn nothing_is_restored_where_nothing_was_kept() {
    let (_folder, ledgers, mut books) = fixture();
    assert_eq!(ledgers.restore(&mut books).unwrap(), 0);
}

#[test]
fn an_empty_database_gets_the_import_back() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();

    assert_eq!(ledgers.restore(&mut books).unwrap(), 1);

    assert_eq!(books.get(SIDE_ID, Item::Import), Some(copy(1).state));
    let page = Item::ImportPage {
        generation: 1,
        page: 0,
    };
    assert_eq!(books.get(SIDE_ID, page), Some(copy(1).pages[0].clone()));
}

#[test]
fn a_database_that_holds_the_import_is_left_alone() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    ledgers.restore(&mut books).unwrap();
    assert_eq!(ledgers.restore(&mut books).unwrap(), 0);
}

#[test]
fn a_lost_page_is_restored() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    books.set(SIDE_ID, Item::Import, &copy(1).state);
    assert_eq!(ledgers.restore(&mut books).unwrap(), 1);
}

#[test]
fn a_later_import_stands() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    books.set(SIDE_ID, Item::Import, &copy(2).state);
    assert_eq!(ledgers.restore(&mut books).unwrap(), 0);
}

/// A node that dies while it writes leaves the unfinished file at some length, and the copy of
/// before in its place.
#[test]
fn a_node_that_dies_at_any_byte_of_a_copy_keeps_the_one_of_before() {
    let (_folder, ledgers, _) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    let whole = copy(2).encode();
    for length in 0..=whole.len() {
        let unfinished = ledgers.path(SIDE_ID).with_extension("part");
        fs::write(unfinished, &whole[..length]).unwrap();
        let mut books = Books::new(InMemOffchainStorage::default());
        assert_eq!(ledgers.restore(&mut books).unwrap(), 1);
        assert_eq!(books.get(SIDE_ID, Item::Import), Some(copy(1).state));
    }
}

#[test]
fn a_copy_is_kept_over_what_a_node_that_died_left() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    let unfinished = ledgers.path(SIDE_ID).with_extension("part");
    fs::write(&unfinished, vec![0xFF; 10_000]).unwrap();

    ledgers.keep(&copy(2)).unwrap();

    assert_eq!(ledgers.restore(&mut books).unwrap(), 1);
    assert_eq!(books.get(SIDE_ID, Item::Import), Some(copy(2).state));
    assert!(!unfinished.exists());
}

/// Should a disk itself lose what was synced, a part of a copy never passes for the whole.
#[test]
fn a_copy_cut_off_at_any_byte_is_skipped() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    let whole = copy(1).encode();
    for length in 0..whole.len() {
        fs::write(ledgers.path(SIDE_ID), &whole[..length]).unwrap();
        assert_eq!(ledgers.restore(&mut books).unwrap(), 0);
    }
}

/// What the worker writes where it cannot make a book of an import.
fn report_damage(books: &mut Books<InMemOffchainStorage>) {
    let state = BookState {
        problem: Some(ImportProblem::ImportDamaged),
        ..Default::default()
    };
    books.set(SIDE_ID, Item::State, &state);
}

const PAGE: Item = Item::ImportPage {
    generation: 1,
    page: 0,
};

#[test]
fn an_import_that_the_worker_found_damaged_is_put_back() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    ledgers.restore(&mut books).unwrap();
    books.set(SIDE_ID, PAGE, &Vec::<LedgerEntry>::new());
    assert_eq!(ledgers.heal(&mut books).unwrap(), 0, "nothing says so yet");

    report_damage(&mut books);
    assert_eq!(ledgers.heal(&mut books).unwrap(), 1);

    assert_eq!(books.get(SIDE_ID, PAGE), Some(copy(1).pages[0].clone()));
    assert_eq!(ledgers.heal(&mut books).unwrap(), 0, "it is whole");
}

#[test]
fn an_import_whose_state_is_lost_is_put_back_while_the_node_runs() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    assert_eq!(ledgers.heal(&mut books).unwrap(), 1);
    assert_eq!(books.get(SIDE_ID, Item::Import), Some(copy(1).state));
}

#[test]
fn an_import_that_was_begun_anew_is_left_alone() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    report_damage(&mut books);
    let begun = ImportState {
        generation: 2,
        ..Default::default()
    };
    books.set(SIDE_ID, Item::Import, &begun);
    assert_eq!(ledgers.heal(&mut books).unwrap(), 0);
    assert_eq!(books.get(SIDE_ID, Item::Import), Some(begun));
}

#[test]
fn damaged_imports_are_put_back_as_blocks_are_finalized() {
    let (_folder, ledgers, books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    let imports = Arc::new(Mutex::new(books));
    let blocks = futures::stream::iter(0..BLOCKS_PER_LOOK);
    futures::executor::block_on(ledgers.keep_healing(imports.clone(), blocks));
    let state = imports.lock().get(SIDE_ID, Item::Import);
    assert_eq!(state, Some(copy(1).state));
}

#[test]
fn a_copy_is_named_after_its_book() {
    let (_folder, ledgers, _) = fixture();
    assert_eq!(named(&ledgers.path(SIDE_ID)), Some(SIDE_ID));
    assert_eq!(named(Path::new("1-x-debit.ledger")), None);
}

#[test]
fn a_day_that_is_done_with_is_left_alone() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    let side_id = SideId {
        day: BusinessDay::default(),
        ..SIDE_ID
    };
    let cursor = Cursor {
        next: SIDE_ID.day.next(),
        ..Default::default()
    };
    books.set(side_id, Item::Cursor, &cursor);
    assert_eq!(ledgers.restore(&mut books).unwrap(), 0);
}

#[test]
fn a_day_that_waits_for_its_late_proof_gets_its_import_back() {
    let (_folder, ledgers, mut books) = fixture();
    ledgers.keep(&copy(1)).unwrap();
    let side_id = SideId {
        day: BusinessDay::default(),
        ..SIDE_ID
    };
    let cursor = Cursor {
        next: SIDE_ID.day.next(),
        unpaid: vec![SIDE_ID.day],
    };
    books.set(side_id, Item::Cursor, &cursor);
    assert_eq!(ledgers.restore(&mut books).unwrap(), 1);
}

#[test]
fn a_damaged_copy_is_skipped() {
    let (_folder, ledgers, mut books) = fixture();
    let mut damaged = copy(1);
    damaged.pages[0][0].amount += 1;
    ledgers.keep(&damaged).unwrap();
    assert_eq!(ledgers.restore(&mut books).unwrap(), 0);
}
