//! Access to the party's books in the off-chain database.
//!
//! The runtime's workers write books there; imports are written here. Both name values as
//! `counterfoil_primitives::book_storage` says.

use codec::{Decode, Encode};
use counterfoil_primitives::{
    book_storage::{self, Cursor, Item},
    AgreementId, BusinessDay, Side, SideId,
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

    /// The first day whose book the worker of this side is not done with.
    pub fn first_open_day(&self, agreement: AgreementId, side: Side) -> Option<BusinessDay> {
        let side_id = SideId::new(agreement, BusinessDay::default(), side);
        let cursor: Cursor = self.get(side_id, Item::Cursor)?;
        Some(cursor.next)
    }
}
