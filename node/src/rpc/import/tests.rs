//! An import from its beginning to its confirmation, and what is refused.

use super::*;
use crate::rpc::testing::{keystore, TestChain, AGREEMENT, BANK, COMPANY, FIRST_DAY};
use codec::Encode;
use counterfoil_primitives::{
    book_storage::import_hash, BusinessDay, MemberId, Round, Side, MAX_ROUNDS,
};
use futures::join;
use jsonrpsee::types::ErrorObjectOwned;
use parking_lot::Mutex;
use proptest::prelude::*;
use sc_rpc::DenyUnsafe;
use sp_core::offchain::storage::InMemOffchainStorage;
use std::{
    sync::{
        atomic::{AtomicBool, Ordering},
        Arc,
    },
    thread,
    time::Duration,
};

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

fn lines(count: u32) -> Vec<LedgerEntry> {
    (0..count)
        .map(|at| LedgerEntry {
            id: None,
            reference: Default::default(),
            user: Default::default(),
            product: 1,
            amount: u128::from(at),
            occurred_at: 0,
        })
        .collect()
}

fn close_book(fixture: &Fixture, round: Round) {
    let closed = BookState {
        frozen: true,
        round,
        ..Default::default()
    };
    fixture
        .import
        .books
        .lock()
        .set(SIDE_ID, Item::State, &closed);
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
        import.confirm_import(SIDE_ID, import_hash(&all)),
        Ok(IMPORT_PAGE + 5)
    );

    let state: ImportState = import.books.lock().get(SIDE_ID, Item::Import).unwrap();
    assert!(state.confirmed);
    let mut elsewhere = Books::new(InMemOffchainStorage::default());
    let kept = Ledgers::new(folder.path().join("ledgers"));
    assert_eq!(kept.restore(&mut elsewhere).unwrap(), 1);
}

#[test]
fn an_empty_ledger_is_confirmed() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    assert_eq!(import.confirm_import(SIDE_ID, import_hash(&[])), Ok(0));
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

    assert!(because(import.confirm_import(SIDE_ID, H256::zero())).contains("hash"));

    let state: ImportState = import.books.lock().get(SIDE_ID, Item::Import).unwrap();
    assert!(!state.confirmed);
}

#[test]
fn confirming_again_changes_nothing() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.take_page(SIDE_ID, 0, &lines(1)).unwrap();
    let hash = import_hash(&lines(1));
    import.confirm_import(SIDE_ID, hash).unwrap();
    assert_eq!(import.confirm_import(SIDE_ID, hash), Ok(1));
    assert!(because(import.confirm_import(SIDE_ID, H256::zero())).contains("another import"));
}

#[test]
fn a_confirmed_import_takes_no_more_pages() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.confirm_import(SIDE_ID, import_hash(&[])).unwrap();
    assert!(because(import.take_page(SIDE_ID, 0, &lines(1))).contains("begin"));
}

#[test]
fn a_new_import_replaces_the_one_before() {
    let Fixture { import, .. } = fixture(0);
    import.begin_import(SIDE_ID, NOW).unwrap();
    import.confirm_import(SIDE_ID, import_hash(&[])).unwrap();
    assert_eq!(import.begin_import(SIDE_ID, NOW), Ok(2));
}

#[test]
fn a_closed_book_takes_no_import() {
    let fixture = fixture(0);
    close_book(&fixture, 0);
    assert!(because(fixture.import.begin_import(SIDE_ID, NOW)).contains("closed"));
}

#[test]
fn a_book_whose_commitment_stands_takes_no_import_though_it_is_being_made_again() {
    let fixture = fixture_on(TestChain {
        status: SideStatus::Committed,
        ..Default::default()
    });
    assert!(because(fixture.import.begin_import(SIDE_ID, NOW)).contains("closed"));
}

#[test]
fn a_book_rejected_after_it_was_closed_takes_an_import() {
    let fixture = fixture(1);
    close_book(&fixture, 0);
    assert_eq!(fixture.import.begin_import(SIDE_ID, NOW), Ok(1));
}

#[test]
fn a_book_closed_after_its_rejection_takes_no_import() {
    let fixture = fixture(1);
    close_book(&fixture, 1);
    assert!(because(fixture.import.begin_import(SIDE_ID, NOW)).contains("closed"));
}

#[test]
fn a_book_rejected_in_the_last_round_takes_no_import() {
    let fixture = fixture(MAX_ROUNDS);
    close_book(&fixture, MAX_ROUNDS - 1);
    let why = because(fixture.import.begin_import(SIDE_ID, NOW));
    assert!(why.contains("was rejected 2 times"), "{why}");
    assert!(why.contains("`counterfoil book check`"), "{why}");
}

#[test]
fn after_the_deadline_a_side_that_nobody_has_marked_takes_no_import() {
    let Fixture { import, .. } = fixture(0);
    let why = because(import.begin_import(SIDE_ID, DEADLINE));
    assert!(why.contains("deadline"), "{why}");
    assert!(why.contains("`counterfoil book check`"), "{why}");
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

/// Whether a call of `method` that waits for another one leaves its thread to others.
fn leaves_its_thread(method: &str, params: &str) -> bool {
    let Fixture { import, .. } = fixture(0);
    let books = import.books.clone();
    let mut module = import.into_rpc();
    module.extensions_mut().insert(DenyUnsafe::No);
    let is_free = Arc::new(AtomicBool::new(false));
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_time()
        .build()
        .unwrap();
    let (is_held, waits) = std::sync::mpsc::channel();
    let other = thread::spawn({
        let is_free = is_free.clone();
        move || {
            let _held = books.lock();
            is_held.send(()).unwrap();
            thread::sleep(Duration::from_millis(500));
            is_free.store(true, Ordering::SeqCst);
        }
    });
    waits.recv().unwrap();
    let request = format!(r#"{{"jsonrpc":"2.0","id":1,"method":"{method}","params":{params}}}"#);
    let went_on = runtime.block_on(async {
        let call = module.raw_json_request(&request, 1);
        let meanwhile = async {
            tokio::time::sleep(Duration::from_millis(20)).await;
            !is_free.load(Ordering::SeqCst)
        };
        let (answer, went_on) = join!(call, meanwhile);
        answer.unwrap();
        went_on
    });
    other.join().unwrap();
    went_on
}

#[test]
fn a_call_that_waits_for_another_holds_up_no_thread_of_the_server() {
    let hash = format!("{:?}", H256::zero());
    let page = format!("0x{}", hex::encode(lines(1).encode()));
    let calls = [
        ("counterfoil_beginImport", r#"[1, 20000, "credit"]"#.into()),
        (
            "counterfoil_importBook",
            format!(r#"[1, 20000, "credit", 0, "{page}"]"#),
        ),
        (
            "counterfoil_confirmImport",
            format!(r#"[1, 20000, "credit", "{hash}"]"#),
        ),
    ];
    for (method, params) in calls {
        assert!(leaves_its_thread(method, &params), "{method}");
    }
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
