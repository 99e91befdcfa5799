//! Access to the party's books in the off-chain database.
//!
//! The runtime's workers write books there; imports are written here. Both name values as
//! `counterfoil_primitives::book_storage` says.

use codec::{Decode, Encode};
use counterfoil_primitives::{
    book_storage::{self, Cursor, Item},
    BusinessDay, SideId,
};
use sp_core::offchain::{OffchainStorage, STORAGE_PREFIX};

/// The books in an off-chain database.
#[derive(Clone)]
pub struct Books<S> {
    storage: S,
}

impl<S: OffchainStorage> Books<S> {
    /// The books in `storage`.
    pub const fn new(storage: S) -> Self {
        Self { storage }
    }

    /// The database.
    pub const fn storage(&self) -> &S {
        &self.storage
    }

    /// A value of a book; `None` where it is missing or damaged.
    pub fn get<V: Decode>(&self, side_id: SideId, item: Item) -> Option<V> {
        let key = book_storage::key(side_id, item);
        let bytes = self.storage.get(STORAGE_PREFIX, &key)?;
        V::decode(&mut &bytes[..]).ok()
    }

    /// Writes a value of a book.
    pub fn set(&mut self, side_id: SideId, item: Item, value: &impl Encode) {
        let key = book_storage::key(side_id, item);
        self.storage.set(STORAGE_PREFIX, &key, &value.encode());
    }

    /// Whether the worker is done with a book: its day waits for nothing, not for a late proof either.
    pub fn is_done_with(&self, side_id: SideId) -> bool {
        let day = BusinessDay::default();
        self.get::<Cursor>(SideId { day, ..side_id }, Item::Cursor)
            .is_some_and(|cursor| {
                side_id.day < cursor.next && !cursor.unpaid.contains(&side_id.day)
            })
    }
}
