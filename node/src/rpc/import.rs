//! A party's staff imports its core ledger of a day.
//!
//! An import is begun, sent page by page, and confirmed by its hash. Until the preset time, and as long as
//! no book is closed, a new import replaces the one before. A confirmed import is kept durably before it is
//! in force.

use super::{
    error::{failed, refused, unreadable},
    finalized_state::State,
    now, staff_only,
};
use crate::{
    books_in_database::Books,
    ledger_copies::{Copy, Imports, Ledgers},
};
use codec::DecodeAll;
use counterfoil_primitives::{
    book_storage::{BookState, ImportState, Item, IMPORT_PAGE},
    commitment,
    ledger_import_hash::ImportHasher,
    summary::{SideStatus, SideSummary},
    AgreementId, LedgerEntry, Moment, SideId, MAX_REPLACEMENTS,
};
use jsonrpsee::{core::RpcResult, proc_macros::rpc, Extensions};
use sp_core::{offchain::OffchainStorage, Bytes, H256};
use sp_keystore::KeystorePtr;

mod ledger_never_read;

/// Imports of a ledger. Each method waits for the one before it, which may read and write a whole
/// import: none runs on a thread that answers others meanwhile.
#[rpc(server)]
pub trait ImportApi {
    /// Begins an import of a side (`debit` or `credit`) of a day; returns its generation. The day
    /// is a date's digits, like 20261128, or the days since 1970-01-01. The side's source must be a
    /// ledger on that day, and this node must act for its party.
    #[method(name = "counterfoil_beginImport", with_extensions, blocking)]
    fn begin(&self, agreement: AgreementId, day: u32, side: String) -> RpcResult<u32>;

    /// Takes a page: hexadecimal SCALE of up to 1,024 `LedgerEntry`, payments and refunds in any order; all
    /// pages full but the last. The last page may be sent again. Returns the lines so far.
    #[method(name = "counterfoil_importBook", with_extensions, blocking)]
    fn page(
        &self,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
        lines: Bytes,
    ) -> RpcResult<u32>;

    /// Confirms the import, whose pages must hash to `hash`; returns its lines.
    #[method(name = "counterfoil_confirmImport", with_extensions, blocking)]
    fn confirm(&self, agreement: AgreementId, day: u32, side: String, hash: H256)
        -> RpcResult<u32>;
}

/// Takes imports in.
pub struct Import<C, S> {
    chain: C,
    keystore: KeystorePtr,
    ledgers: Ledgers,
    /// Locked for a whole call: two calls for one book must not mix.
    books: Imports<S>,
}

impl<C, S> Import<C, S> {
    /// Writes imports to `books`, and confirmed ones to `ledgers` too, for the members whose
    /// operator keys `keystore` holds.
    pub const fn new(chain: C, keystore: KeystorePtr, books: Imports<S>, ledgers: Ledgers) -> Self {
        Self {
            chain,
            keystore,
            ledgers,
            books,
        }
    }
}

impl<C, S> ImportApiServer for Import<C, S>
where
    C: State + Send + Sync + 'static,
    S: OffchainStorage + 'static,
{
    fn begin(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
    ) -> RpcResult<u32> {
        staff_only::check(extensions)?;
        self.begin_import(staff_only::side_id(agreement, day, &side)?, now())
    }

    fn page(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
        page: u32,
        lines: Bytes,
    ) -> RpcResult<u32> {
        staff_only::check(extensions)?;
        let lines = Vec::decode_all(&mut &lines[..]).map_err(unreadable)?;
        self.take_page(staff_only::side_id(agreement, day, &side)?, page, &lines)
    }

    fn confirm(
        &self,
        extensions: &Extensions,
        agreement: AgreementId,
        day: u32,
        side: String,
        hash: H256,
    ) -> RpcResult<u32> {
        staff_only::check(extensions)?;
        self.confirm_import(staff_only::side_id(agreement, day, &side)?, hash, now())
    }
}

impl<C: State, S: OffchainStorage> Import<C, S> {
    /// A new generation, unless nothing would read it, the book is closed, or the chain takes no
    /// commitment any more.
    fn begin_import(&self, side_id: SideId, now: Moment) -> RpcResult<u32> {
        ledger_never_read::ensure_is_read(&self.chain, &self.keystore, side_id)?;
        let times = self.chain.due_times(side_id.agreement, side_id.day)?;
        let preset = times.map(|times| times.preset);
        let deadline = times.map(|times| times.deadline);
        let mut books = self.books.lock();
        let side = self.chain.side(side_id)?;
        ensure_open(&books, side_id, &side, (preset, now))?;
        ledger_never_read::ensure_can_be_committed_to(side_id, &side, deadline, now)?;
        let before: ImportState = books.get(side_id, Item::Import).unwrap_or_default();
        let state = ImportState {
            generation: before.generation.saturating_add(1),
            ..Default::default()
        };
        books.set(side_id, Item::Import, &state);
        // The worker looks at the import after it has closed a book, and this at the book after the
        // import: if both race, one of them backs off.
        let side = self.chain.side(side_id)?;
        if let Err(closed) = ensure_open(&books, side_id, &side, (preset, now)) {
            books.set(side_id, Item::Import, &before);
            return Err(closed);
        }
        Ok(state.generation)
    }

    fn take_page(&self, side_id: SideId, page: u32, lines: &Vec<LedgerEntry>) -> RpcResult<u32> {
        if lines.is_empty() || lines.len() > IMPORT_PAGE as usize {
            return Err(unreadable(format!("a page holds 1 to {IMPORT_PAGE} lines")));
        }
        let mut books = self.books.lock();
        let mut state = open_import(&books, side_id)?;
        let pages = state.lines.div_ceil(IMPORT_PAGE);
        let follows = page == pages && state.lines % IMPORT_PAGE == 0;
        let repeats_last = page.checked_add(1) == Some(pages);
        if !follows && !repeats_last {
            return Err(refused(format!(
                "page {page} does not follow the {} lines that are here",
                state.lines
            )));
        }
        let item = Item::ImportPage {
            generation: state.generation,
            page,
        };
        books.set(side_id, item, lines);
        state.lines = page
            .checked_mul(IMPORT_PAGE)
            .and_then(|before| before.checked_add(lines.len() as u32))
            .ok_or_else(|| refused("the import is too long"))?;
        books.set(side_id, Item::Import, &state);
        Ok(state.lines)
    }

    /// The copy is on the disk before the import is in force. A book that was closed after the import began
    /// would never be made of it, so staff is told.
    fn confirm_import(&self, side_id: SideId, hash: H256, now: Moment) -> RpcResult<u32> {
        let mut books = self.books.lock();
        let state: ImportState = books
            .get(side_id, Item::Import)
            .filter(|state: &ImportState| state.generation > 0)
            .ok_or_else(|| refused(format!("no import of {side_id} was begun")))?;
        if state.confirmed {
            return if state.hash == hash {
                Ok(state.lines)
            } else {
                Err(refused("another import was confirmed; begin a new one"))
            };
        }
        ledger_never_read::ensure_is_read(&self.chain, &self.keystore, side_id)?;
        let times = self.chain.due_times(side_id.agreement, side_id.day)?;
        let preset = times.map(|times| times.preset);
        let side = self.chain.side(side_id)?;
        ensure_open(&books, side_id, &side, (preset, now))?;
        let copy = confirmed_copy(&books, side_id, state)?;
        if copy.state.hash != hash {
            return Err(refused(format!(
                "the lines that are here hash to {:?}, not to {hash:?}: import them again",
                copy.state.hash
            )));
        }
        self.ledgers.keep(&copy).map_err(failed)?;
        books.set(side_id, Item::Import, &copy.state);
        Ok(copy.state.lines)
    }
}

/// Refuses a closed book.
///
/// Until the preset time none is: the worker makes the book of another import, and replaces the commitment,
/// as often as the chain takes that. Afterwards a book is closed from when the worker freezes it, and while
/// its commitment stands: the worker makes a damaged book again from its import. A rejection opens it, and
/// so does a default before any commitment.
fn ensure_open<S: OffchainStorage>(
    books: &Books<S>,
    side_id: SideId,
    side: &SideSummary,
    (preset, now): (Option<Moment>, Moment),
) -> RpcResult<()> {
    if commitment::may_be_replaced(side.replacements, preset, now) {
        return Ok(());
    }
    if side.replacements >= MAX_REPLACEMENTS {
        return Err(refused(format!(
            "the book of {side_id} was replaced {MAX_REPLACEMENTS} times, and the chain takes no other: the \
             last import that became a book stands"
        )));
    }
    let is_awaited = match side.status {
        SideStatus::Awaited => true,
        SideStatus::Defaulted => side.commitment.is_none(),
        _ => false,
    };
    let is_frozen = books
        .get::<BookState>(side_id, Item::State)
        .is_some_and(|state| state.frozen && side.round <= state.round);
    if is_awaited && !is_frozen {
        Ok(())
    } else {
        Err(refused(format!(
            "the book of {side_id} is closed: its import stands. Compare a ledger with the chain by \
             `counterfoil book check`; `counterfoil corrections export` has what to change in it"
        )))
    }
}

/// The state of an import that still takes pages.
fn open_import<S: OffchainStorage>(books: &Books<S>, side_id: SideId) -> RpcResult<ImportState> {
    books
        .get::<ImportState>(side_id, Item::Import)
        .filter(|state| state.generation > 0 && !state.confirmed)
        .ok_or_else(|| refused(format!("begin an import of {side_id} first")))
}

/// The import as it will be in force: its pages read back, hashed and confirmed.
fn confirmed_copy<S: OffchainStorage>(
    books: &Books<S>,
    side_id: SideId,
    state: ImportState,
) -> RpcResult<Copy> {
    let mut hasher = ImportHasher::default();
    let pages = (0..state.lines.div_ceil(IMPORT_PAGE))
        .map(|page| {
            let item = Item::ImportPage {
                generation: state.generation,
                page,
            };
            books.get::<Vec<LedgerEntry>>(side_id, item)
        })
        .collect::<Option<Vec<_>>>()
        .ok_or_else(|| refused("a page of the import is missing: import it again"))?;
    pages.iter().for_each(|page| hasher.push(page));
    Ok(Copy {
        side_id,
        state: ImportState {
            hash: hasher.finish(),
            confirmed: true,
            ..state
        },
        pages,
    })
}

#[cfg(test)]
mod tests;
