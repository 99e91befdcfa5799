//! The durable copies of confirmed ledger imports.
//!
//! The off-chain database may lose its last writes in a crash, and purging the chain empties it.
//! What a party confirmed is kept in a file of its own, written whole or not at all, with its
//! hash. When the node starts, what the database lacks is put back. While it runs, so is an import
//! that is lost, or that the worker found damaged: a book that was committed to cannot be made of
//! another one.

#[cfg(test)]
mod tests;

use crate::books_in_database::Books;
use codec::{Decode, Encode, MaxEncodedLen};
use counterfoil_primitives::{
    book_storage::{BookState, ImportProblem, ImportState, Item},
    ledger_import_hash::ImportHasher,
    BusinessDay, LedgerEntry, Side, SideId,
};
use futures::{Stream, StreamExt};
use parking_lot::Mutex;
use sp_core::offchain::OffchainStorage;
use std::{
    fs::{self, File},
    io::{self, Read, Write},
    path::{Path, PathBuf},
    sync::Arc,
};

/// The books, for whoever changes an import: one at a time.
pub type Imports<S> = Arc<Mutex<Books<S>>>;

/// Finalised blocks between two looks for damaged imports: half a minute.
const BLOCKS_PER_LOOK: usize = 10;

/// The folder of the copies.
#[derive(Clone, Debug)]
pub struct Ledgers {
    folder: PathBuf,
}

/// A confirmed import, as its file holds it.
#[derive(Debug, PartialEq, Eq, Encode, Decode)]
pub struct Copy {
    /// The side whose book the import is for.
    pub side_id: SideId,
    /// Its state.
    pub state: ImportState,
    /// Its lines, in pages.
    pub pages: Vec<Vec<LedgerEntry>>,
}

impl Copy {
    /// Whether the pages are those that the state counts and hashes.
    fn is_whole(&self) -> bool {
        let mut hasher = ImportHasher::default();
        self.pages.iter().for_each(|page| hasher.push(page));
        let lines: usize = self.pages.iter().map(Vec::len).sum();
        lines == self.state.lines as usize && hasher.finish() == self.state.hash
    }
}

impl Ledgers {
    /// The copies in `folder`, which is made when the first one is kept.
    pub const fn new(folder: PathBuf) -> Self {
        Self { folder }
    }

    /// Keeps a copy; when this returns, it lies on the disk.
    pub fn keep(&self, copy: &Copy) -> io::Result<()> {
        fs::create_dir_all(&self.folder)?;
        if let Some(parent) = self.folder.parent() {
            File::open(parent)?.sync_all()?;
        }
        let path = self.path(copy.side_id);
        let unfinished = path.with_extension("part");
        let mut file = File::create(&unfinished)?;
        file.write_all(&copy.encode())?;
        file.sync_all()?;
        fs::rename(&unfinished, &path)?;
        File::open(&self.folder)?.sync_all()
    }

    /// Puts what `books` lack of the copies back. A day that its worker is done with is left
    /// alone. Returns how many imports were restored; a damaged copy is logged and skipped.
    pub fn restore<S: OffchainStorage>(&self, books: &mut Books<S>) -> io::Result<usize> {
        self.restore_where(books, |_, _| true)
    }

    /// Puts back what the database shows to be lost or damaged, without comparing page by page:
    /// the state of an import, and an import of which the worker says so.
    pub fn heal<S: OffchainStorage>(&self, books: &mut Books<S>) -> io::Result<usize> {
        self.restore_where(books, is_lost_or_damaged)
    }

    /// Heals the imports, now and then, for as long as there are finalised blocks.
    pub async fn keep_healing<S: OffchainStorage>(
        self,
        imports: Imports<S>,
        finalized: impl Stream + Unpin,
    ) {
        let mut looks = finalized.map(drop).chunks(BLOCKS_PER_LOOK);
        while looks.next().await.is_some() {
            match self.heal(&mut imports.lock()) {
                Ok(0) => (),
                Ok(count) => {
                    log::info!("Restored {count} damaged ledger imports from their copies")
                }
                Err(error) => log::error!(
                    "The ledger copies in {} cannot be read: {error}. Remedy: check the disk",
                    self.folder.display()
                ),
            }
        }
    }

    fn restore_where<S: OffchainStorage>(
        &self,
        books: &mut Books<S>,
        is_suspect: impl Fn(&Books<S>, &Path) -> bool,
    ) -> io::Result<usize> {
        let mut restored = 0;
        let files = match fs::read_dir(&self.folder) {
            Ok(files) => files,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(0),
            Err(error) => return Err(error),
        };
        for file in files {
            let path = file?.path();
            if path
                .extension()
                .is_none_or(|extension| extension != "ledger")
            {
                continue;
            }
            if named(&path).is_some_and(|side_id| books.is_done_with(side_id))
                || !is_suspect(books, &path)
            {
                continue;
            }
            match read(&path) {
                Some(copy) if lacks(books, &copy) => {
                    write(books, &copy);
                    restored += 1;
                }
                Some(_) => (),
                None => log::error!(
                    "The ledger copy {} is damaged; import that ledger again",
                    path.display()
                ),
            }
        }
        Ok(restored)
    }

    fn path(&self, side_id: SideId) -> PathBuf {
        let SideId {
            agreement,
            day,
            side,
        } = side_id;
        let name = format!("{agreement}-{}-{}.ledger", day.0, side.name());
        self.folder.join(name)
    }
}

/// The side whose copy has this name.
fn named(path: &Path) -> Option<SideId> {
    let name = path.file_stem()?.to_str()?;
    let (agreement, rest) = name.split_once('-')?;
    let (day, side) = rest.split_once('-')?;
    Some(SideId {
        agreement: agreement.parse().ok()?,
        day: BusinessDay(day.parse().ok()?),
        side: Side::from_name(side)?,
    })
}

/// Whether the import of a copy is lost, or the worker found it damaged.
fn is_lost_or_damaged<S: OffchainStorage>(books: &Books<S>, path: &Path) -> bool {
    let Some((side_id, kept)) = read_state(path) else {
        return true;
    };
    match books.get::<ImportState>(side_id, Item::Import) {
        Some(state) if state.generation > kept.generation => false,
        Some(state) if state == kept => books
            .get::<BookState>(side_id, Item::State)
            .is_some_and(|state| state.problem == Some(ImportProblem::ImportDamaged)),
        _ => true,
    }
}

/// The head of a copy: whose import it is, and its state.
fn read_state(path: &Path) -> Option<(SideId, ImportState)> {
    let longest = (SideId::max_encoded_len() + ImportState::max_encoded_len()) as u64;
    let mut head = Vec::new();
    let file = File::open(path).ok()?;
    file.take(longest).read_to_end(&mut head).ok()?;
    Decode::decode(&mut &head[..]).ok()
}

fn read(path: &Path) -> Option<Copy> {
    let bytes = fs::read(path).ok()?;
    Copy::decode(&mut &bytes[..]).ok().filter(Copy::is_whole)
}

/// Whether the books lack the copy's import: its state, or one of its pages. A later import of
/// the same day stands.
fn lacks<S: OffchainStorage>(books: &Books<S>, copy: &Copy) -> bool {
    let side_id = copy.side_id;
    if books.is_done_with(side_id) {
        return false;
    }
    match books.get::<ImportState>(side_id, Item::Import) {
        Some(state) if state.generation > copy.state.generation => false,
        Some(state) if state == copy.state => copy
            .pages
            .iter()
            .enumerate()
            .any(|(page, lines)| books.get(side_id, item(copy, page)).as_ref() != Some(lines)),
        _ => true,
    }
}

/// Writes the pages before the state that counts them.
fn write<S: OffchainStorage>(books: &mut Books<S>, copy: &Copy) {
    for (page, lines) in copy.pages.iter().enumerate() {
        books.set(copy.side_id, item(copy, page), lines);
    }
    books.set(copy.side_id, Item::Import, &copy.state);
}

fn item(copy: &Copy, page: usize) -> Item {
    Item::ImportPage {
        generation: copy.state.generation,
        page: page as u32,
    }
}
