//! A book in the off-chain database. What is lost and what does not decode reads the same: as
//! not there.

use alloc::vec::Vec;
use codec::{DecodeAll, Encode};
use counterfoil_primitives::{
    book_storage::{self, BookState, Item},
    tree, Entry, SideId,
};
use sp_core::{offchain::StorageKind, H256};
use sp_io::offchain::{local_storage_clear, local_storage_get, local_storage_set};

const KIND: StorageKind = StorageKind::PERSISTENT;

/// The book of a side, as the database holds it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StoredBook(pub SideId);

impl StoredBook {
    fn key(&self, item: Item) -> Vec<u8> {
        book_storage::key(self.0, item)
    }

    /// An item of the book.
    pub fn read<V: DecodeAll>(&self, item: Item) -> Option<V> {
        decode(local_storage_get(KIND, &self.key(item)))
    }

    /// Whether there is such an item of the book, whatever it holds.
    pub fn holds(&self, item: Item) -> bool {
        local_storage_get(KIND, &self.key(item)).is_some()
    }

    /// Writes an item of the book.
    pub fn write(&self, item: Item, value: &impl Encode) {
        value.using_encoded(|bytes| local_storage_set(KIND, &self.key(item), bytes));
    }

    /// Takes an item of the book away.
    pub fn clear(&self, item: Item) {
        local_storage_clear(KIND, &self.key(item));
    }

    /// The state of the book.
    pub fn state(&self) -> Option<BookState> {
        self.read(Item::State)
    }

    /// Puts `new` in the place of the state that the caller began from. Returns whether it still
    /// was the same.
    pub fn replace_state(&self, old: &Option<BookState>, new: &BookState) -> bool {
        if old.as_ref() == Some(new) {
            return true;
        }
        let key = self.key(Item::State);
        let stored = local_storage_get(KIND, &key);
        if decode::<BookState>(stored.clone()) != *old {
            return false;
        }
        sp_io::offchain::local_storage_compare_and_set(KIND, &key, stored, &new.encode())
    }

    /// A page of slots.
    pub fn slots(&self, page: u32) -> Option<Vec<Option<Entry>>> {
        self.read(Item::Slots(page))
    }

    /// Writes a page of slots.
    pub fn write_slots(&self, page: u32, slots: &[Option<Entry>]) {
        slots.using_encoded(|bytes| {
            local_storage_set(KIND, &self.key(Item::Slots(page)), bytes);
        });
    }

    /// A page of slots, if what is stored has this root.
    pub fn slots_with_root(&self, page: u32, root: &H256) -> Option<Vec<Option<Entry>>> {
        self.slots(page)
            .filter(|slots| tree::slots_page_root(slots) == *root)
    }

    /// A page of extras, if what is stored has this root.
    pub fn extras_with_root(&self, page: u32, root: &H256) -> Option<Vec<Entry>> {
        self.read::<Vec<Entry>>(Item::Extras(page))
            .filter(|extras| tree::extras_page_root(extras) == *root)
    }
}

fn decode<V: DecodeAll>(stored: Option<Vec<u8>>) -> Option<V> {
    V::decode_all(&mut &stored?[..]).ok()
}
