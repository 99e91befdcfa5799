//! An import from its beginning to its confirmation, and what is refused.

use super::*;
use crate::rpc::testing::{keystore, TestChain, AGREEMENT, BANK, COMPANY, FIRST_DAY};
use codec::Encode;
use counterfoil_primitives::{
    ledger_import_hash::import_hash, BusinessDay, Kind, MemberId, Round, Side,
};
use jsonrpsee::types::ErrorObjectOwned;
use parking_lot::Mutex;
use proptest::prelude::*;
use sc_rpc::DenyUnsafe;
use sp_core::offchain::storage::InMemOffchainStorage;
use std::sync::Arc;

mod closed;
mod threads;

const DAY: BusinessDay = BusinessDay(20_000);
const SIDE_ID: SideId = SideId::new(AGREEMENT, DAY, Side::Credit);
/// A minute after the agreement's preset time, which is midnight, UTC.
const DEADLINE: Moment = (DAY.0 as Moment + 1) * 86_400_000 + 60_000;
/// The last moment at which a commitment comes in time.
const NOW: Moment = DEADLINE - 1;
/// A day whose deadline does not pass while the tests run, which ask the node's clock for the time.
const FAR_AHEAD: u32 = 90_000;

struct Fixture {
    folder: tempfile::TempDir,
    import: Import<TestChain, InMemOffchainStorage>,
}

fn fixture(round: Round) -> Fixture {
    fixture_on(TestChain {
        round,
        ..Default::default()
    })
}

fn fixture_on(chain: TestChain) -> Fixture {
    fixture_of(chain, &[BANK, COMPANY])
}

/// A node that acts for `members`.
fn fixture_of(chain: TestChain, members: &[MemberId]) -> Fixture {
    let folder = tempfile::tempdir().unwrap();
    let books = Books::new(InMemOffchainStorage::default());
    let ledgers = Ledgers::new(folder.path().join("ledgers"));
    Fixture {
        import: Import::new(
            chain,
            keystore(members),
            Arc::new(Mutex::new(books)),
            ledgers,
        ),
        folder,
    }
}

/// Lines of payments and refunds in turn.
fn lines(count: u32) -> Vec<LedgerEntry> {
    (0..count)
        .map(|at| LedgerEntry {
            id: None,
            kind: Kind::BOTH[at as usize % 2],
            reference: Default::default(),
            user: Default::default(),
            product: 1,
            amount: u128::from(at),
            occurred_at: 0,
        })
        .collect()
}

fn because<V: std::fmt::Debug>(result: Result<V, ErrorObjectOwned>) -> String {
    result.unwrap_err().message().into()
}

#[test]
fn an_import_of_two_pages_is_confirmed_and_kept() {
    let Fixture { import, folder } = fixture(0);
    let all = lines(IMPORT_PAGE + 5);
    let (first, second) = all.split_at(IMPORT_PAGE as usize);

    assert_eq!(import.begin_import(SIDE_ID, NOW), Ok(1));
    assert_eq!(
        import.take_page(SIDE_ID, 0, &first.to_vec()),
        Ok(IMPORT_PAGE)
    );
    assert_eq!(
        import.take_page(SIDE_ID, 1, &second.to_vec()),
        Ok(IMPORT_PAGE + 5)
    );
    assert_eq!(
        import.confirm_import(SIDE_ID, import_hash(&all), NOW),
        Ok(IMPORT_PAGE + 5)
    );

    let state: ImportState = import.books.lock().get(SIDE_ID, Item::Import).unwrap();
    assert!(state.confirmed);
    let mut elsewhere = Books::new(InMemOffchainStorage::default());
    let kept = Ledgers::new(folder.path().join("ledgers"));
    assert_eq!(kept.restore(&mut elsewhere).unwrap(), 1);
}

#[test]
fn lines_keep_their_kinds() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    let mut staff = Extensions::new();
    staff.insert(DenyUnsafe::No);
    let (day, bytes) = (SIDE_ID.day.0, lines(2).encode().into());
    let taken = import.page(&staff, AGREEMENT, day, "credit".into(), 0, bytes);
    assert_eq!(taken, Ok(2));

    let page = Item::ImportPage {
        generation: 1,
        page: 0,
    };
    let kept: Vec<LedgerEntry> = import.books.lock().get(SIDE_ID, page).unwrap();
    let kinds: Vec<_> = kept.iter().map(|line| line.kind).collect();
    assert_eq!(kinds, [Kind::Payment, Kind::Refund]);
}

#[test]
fn an_empty_ledger_is_confirmed() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    assert_eq!(import.confirm_import(SIDE_ID, import_hash(&[]), NOW), Ok(0));
}

#[test]
fn an_import_for_no_agreement_is_refused() {
    let Fixture { import, .. } = fixture(0);
    let nowhere = SideId {
        agreement: AGREEMENT + 1,
        ..SIDE_ID
    };
    assert!(because(import.begin_import(nowhere, NOW)).contains("no such agreement"));
}

#[test]
fn a_book_that_is_received_takes_no_ledger() {
    let Fixture { import, .. } = fixture(0);
    let received = SideId {
        side: Side::Debit,
        ..SIDE_ID
    };
    assert!(because(import.begin_import(received, NOW)).contains("reads no ledger"));
}

#[test]
fn a_day_before_the_agreement_begins_takes_no_ledger() {
    let Fixture { import, .. } = fixture(0);
    let before = SideId {
        day: FIRST_DAY.previous(),
        ..SIDE_ID
    };
    let why = because(import.begin_import(before, NOW));
    assert!(why.contains("begins later, on 1997-05-19"), "{why}");
}

#[test]
fn a_node_that_does_not_act_for_the_party_takes_no_ledger() {
    let Fixture { import, .. } = fixture_of(TestChain::default(), &[COMPANY]);
    assert!(because(import.begin_import(SIDE_ID, NOW)).contains("operator key"));
}

#[test]
fn a_page_before_the_beginning_is_refused() {
    let Fixture { import, .. } = fixture(0);
    assert!(because(import.take_page(SIDE_ID, 0, &lines(1))).contains("begin"));
}

#[test]
fn a_page_after_a_gap_is_refused() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    assert!(because(import.take_page(SIDE_ID, 1, &lines(1))).contains("does not follow"));
}

#[test]
fn a_page_after_one_that_is_not_full_is_refused() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.take_page(SIDE_ID, 0, &lines(1)).unwrap();
    assert!(because(import.take_page(SIDE_ID, 1, &lines(1))).contains("does not follow"));
}

#[test]
fn the_last_page_may_be_sent_again() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.take_page(SIDE_ID, 0, &lines(3)).unwrap();
    assert_eq!(import.take_page(SIDE_ID, 0, &lines(2)), Ok(2));
}

#[test]
fn a_page_too_long_or_empty_is_refused() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    assert!(because(import.take_page(SIDE_ID, 0, &lines(IMPORT_PAGE + 1))).contains("lines"));
    assert!(because(import.take_page(SIDE_ID, 0, &lines(0))).contains("lines"));
}

#[test]
fn another_hash_confirms_nothing() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.take_page(SIDE_ID, 0, &lines(1)).unwrap();

    assert!(because(import.confirm_import(SIDE_ID, H256::zero(), NOW)).contains("hash"));

    let state: ImportState = import.books.lock().get(SIDE_ID, Item::Import).unwrap();
    assert!(!state.confirmed);
}

#[test]
fn confirming_again_changes_nothing() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.take_page(SIDE_ID, 0, &lines(1)).unwrap();
    let hash = import_hash(&lines(1));
    import.confirm_import(SIDE_ID, hash, NOW).unwrap();
    assert_eq!(import.confirm_import(SIDE_ID, hash, NOW), Ok(1));
    assert!(because(import.confirm_import(SIDE_ID, H256::zero(), NOW)).contains("another import"));
}

#[test]
fn a_confirmed_import_takes_no_more_pages() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import
        .confirm_import(SIDE_ID, import_hash(&[]), NOW)
        .unwrap();
    assert!(because(import.take_page(SIDE_ID, 0, &lines(1))).contains("begin"));
}

#[test]
fn a_new_import_replaces_the_one_before() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import
        .confirm_import(SIDE_ID, import_hash(&[]), NOW)
        .unwrap();
    assert_eq!(import.begin_import(SIDE_ID, NOW), Ok(2));
}

#[test]
fn a_caller_from_outside_is_refused() {
    let Fixture { import, .. } = fixture(0);
    let mut extensions = Extensions::new();
    extensions.insert(DenyUnsafe::Yes);
    let begin = |extensions: &Extensions| import.begin(extensions, 1, FAR_AHEAD, "credit".into());
    assert!(begin(&extensions).is_err());
    extensions.insert(DenyUnsafe::No);
    assert_eq!(begin(&extensions), Ok(1));
}

#[test]
fn a_side_is_debit_or_credit() {
    let Fixture { import, .. } = fixture(0);
    let mut extensions = Extensions::new();
    extensions.insert(DenyUnsafe::No);
    assert!(because(import.begin(&extensions, 1, 20_000, "bank".into())).contains("debit"));
}

proptest! {
    #[test]
    fn any_bytes_are_taken_as_a_page_or_refused(
        page in 0u32..3,
        bytes in prop::collection::vec(any::<u8>(), 0..300),
    ) {
        let Fixture { import, folder: _folder } = fixture(0);
        import.begin_import(SIDE_ID, NOW).unwrap();
        let mut staff = Extensions::new();
        staff.insert(DenyUnsafe::No);
        let day = SIDE_ID.day.0;
        let taken = import.page(&staff, AGREEMENT, day, "credit".into(), page, bytes.clone().into());
        let lines = Vec::<LedgerEntry>::decode_all(&mut &bytes[..]);
        match taken {
            Ok(count) => prop_assert_eq!(lines.unwrap().len(), count as usize),
            Err(_) => prop_assert!(page > 0 || lines.is_err() || lines.unwrap().is_empty()),
        }
    }
}
